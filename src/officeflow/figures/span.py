"""From the first day to the last: `use = "span"`, `of` = date fields; `where`, `by`.

One day for all is that date, several a period (到岗日期 3月26日, or 3月26日至28日).
Partial dates count with all their days; they alone, all alike, stay as typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from officeflow.figures._kind import FigureKind, Selection, Terms
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue, PartialDate, Period

Dates = frozenset[date | PartialDate]


def fold(selection: Selection) -> Dates:
    """Return the different dates."""
    return frozenset(value for value in selection.values() if isinstance(value, date | PartialDate))


def merge(left: Dates, right: Dates) -> Dates:
    """Return the dates of both."""
    return left | right


def finish(state: Dates, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return the date, the period, or None."""
    if len(state) <= 1:
        return next(iter(state), None)
    first = min(day.first if isinstance(day, PartialDate) else day for day in state)
    last = max(day.last if isinstance(day, PartialDate) else day for day in state)
    return Period(first, last)


KIND = FigureKind(
    fold=fold,
    merge=merge,
    finish=finish,
    takes=frozenset({"where", "on", "window", "by"}),
    shows_cells=True,
    over=frozenset({"date"}),
    gives={"": "period"},
)
