"""The newest: `use = "latest"`, `of` = a date field, or any field with `order` = the date field that orders it; `where`, `by`.

Of equal dates the last row counts.  A partial date counts as its last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from officeflow.figures._kind import FigureKind, Selection, Terms, has_value
from officeflow.figures._printing import as_figure_value
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue, PartialDate, Value

Dated = tuple[date, Value]


def fold(selection: Selection) -> Dated | None:
    """Return the newest value with its day, or None."""
    state: Dated | None = None
    for item in dated(selection):
        state = merge(state, item)
    return state


def dated(selection: Selection) -> list[Dated]:
    """Return every value with the day that orders it, entry by entry."""
    values = [row[0] for row in selection.rows()]
    goes_by = selection.rule.order if selection.table is not None else ""
    days = selection.column(goes_by) if goes_by else values
    pairs = zip(days, values, strict=True)
    return [
        (_day(day), value) for day, value in pairs if isinstance(day, date | PartialDate) and has_value(value)
    ]


def merge(left: Dated | None, right: Dated | None) -> Dated | None:
    """Return the newer of two."""
    if left is None or right is None:
        return right if left is None else left
    return right if right[0] >= left[0] else left


def finish(state: Dated | None, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return the value alone."""
    return None if state is None else as_figure_value(state[1])


def _day(day: date | PartialDate) -> date:
    return day.last if isinstance(day, PartialDate) else day


KIND = FigureKind(
    fold=fold,
    merge=merge,
    finish=finish,
    takes=frozenset({"where", "on", "window", "by", "order"}),
    shows_cells=True,
)
