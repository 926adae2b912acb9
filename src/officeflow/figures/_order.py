"""One order for all values of a column: numbers, then dates, then texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from officeflow.model.values import Bounded, FigureValue, PartialDate, Value, canonical

SortKey = tuple[int, Decimal, str]
TEXT = 2
"""The first part of the key of a text: texts have no size."""


def sort_key(value: Value | FigureValue) -> SortKey:
    """Return a key by which any two values compare; a partial date counts as its first day.

    >>> sort_key(Decimal(9)) < sort_key(Decimal(10)) < sort_key(date(2014, 3, 26)) < sort_key("甲")
    True
    """
    match value:
        case Decimal():
            return (0, value, "")
        case Bounded():
            return (0, value.number, "")
        case date():
            return (1, Decimal(value.toordinal()), "")
        case PartialDate():
            return (1, Decimal(value.first.toordinal()), "")
        case _:
            return (TEXT, Decimal(0), canonical(value))
