"""What the smallest and the largest value share: one pass, one comparison."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

from officeflow.figures._kind import FigureKind, Selection, Terms
from officeflow.figures._order import SortKey, sort_key
from officeflow.figures._printing import as_figure_value
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue, Value


def extreme(goes_before: Callable[[SortKey, SortKey], bool]) -> FigureKind:
    """Return the kind that keeps the value that comes before all others; of equal ones the first."""

    def merge(left: Value, right: Value) -> Value:
        if left is None or right is None:
            return right if left is None else left
        return right if goes_before(sort_key(right), sort_key(left)) else left

    def fold(selection: Selection) -> Value:
        nothing: Value = None
        return reduce(merge, selection.values(), nothing)

    def finish(state: Value, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
        return as_figure_value(state)

    return FigureKind(
        fold=fold,
        merge=merge,
        finish=finish,
        takes=frozenset({"where", "on", "window", "by"}),
        shows_cells=True,
        over=frozenset({"number", "date"}),
        alike=("of",),
    )
