"""The average of a column: `use = "mean"`, `of` = number fields or figures; `where`, `by`.

Blank cells do not count.  Exact to 50 digits; `format` rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from officeflow.figures import total
from officeflow.figures._arithmetic import divide
from officeflow.figures._kind import FigureKind, Selection, Terms
from officeflow.model.figures import Figure
from officeflow.model.values import Bounded, FigureValue, Number

State = tuple[Number | None, int]


def fold(selection: Selection) -> State:
    """Return the sum and how many numbers it is of."""
    return total.fold(selection), sum(isinstance(value, Decimal | Bounded) for value in selection.values())


def merge(left: State, right: State) -> State:
    """Return the sum and number of both."""
    return total.merge(left[0], right[0]), left[1] + right[1]


def finish(state: State, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return the average, None of no number."""
    sum_, count = state
    return None if sum_ is None else divide(sum_, Decimal(count))


KIND = FigureKind(
    fold=fold,
    merge=merge,
    finish=finish,
    takes=frozenset({"where", "on", "window", "by"}),
    over=frozenset({"number"}),
    alike=("of",),
)
