"""The oldest: `use = "earliest"`, `of` = a date field, or any field with `order` = the date field that orders it; `where`, `by`.

Of equal dates the first row counts.  A partial date counts as its last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from officeflow.figures._kind import FigureKind, Selection, Terms
from officeflow.figures._printing import as_figure_value
from officeflow.figures.latest import Dated, dated
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue


def fold(selection: Selection) -> Dated | None:
    """Return the oldest value with its day, or None."""
    nothing: Dated | None = None
    return reduce(merge, dated(selection), nothing)


def merge(left: Dated | None, right: Dated | None) -> Dated | None:
    """Return the older of two."""
    if left is None or right is None:
        return right if left is None else left
    return right if right[0] < left[0] else left


def finish(state: Dated | None, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return the value alone."""
    return None if state is None else as_figure_value(state[1])


KIND = FigureKind(
    fold=fold,
    merge=merge,
    finish=finish,
    takes=frozenset({"where", "on", "window", "by", "order"}),
    shows_cells=True,
)
