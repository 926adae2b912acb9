"""The sum of a column: `use = "total"`, `of` = `form.field`, a list of them, or figures; `where`, `by`.

Hedged numbers add their ends.  Prints in the field's unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import reduce

from officeflow.figures._kind import FigureKind, Selection, Terms
from officeflow.model.figures import Figure
from officeflow.model.values import EXACT, Bounded, FigureValue, Number, add


def fold(selection: Selection) -> Number | None:
    """Return the sum, or None when no cell holds a number."""
    values = selection.values()
    exact = [value for value in values if isinstance(value, Decimal)]
    hedged: list[Number] = [value for value in values if isinstance(value, Bounded)]
    if not exact:
        return reduce(add, hedged) if hedged else None
    with localcontext(EXACT):
        sum_: Number = sum(exact, Decimal(0))
    return reduce(add, hedged, sum_)


def merge(left: Number | None, right: Number | None) -> Number | None:
    """Return the sum of two sums."""
    if left is None or right is None:
        return right if left is None else left
    return add(left, right)


def finish(state: Number | None, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return the sum at the one precision."""
    return EXACT.plus(state) if isinstance(state, Decimal) else state


KIND = FigureKind(
    fold=fold,
    merge=merge,
    finish=finish,
    takes=frozenset({"where", "on", "window", "by"}),
    zero=Decimal(0),
    over=frozenset({"number"}),
    alike=("of",),
)
