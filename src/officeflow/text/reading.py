"""What reading one cell gives: a value, the rule that mended it, or the problem with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from math import isfinite
from typing import Any

from officeflow.model.findings import Finding, Repair
from officeflow.model.values import Gap, Value, canonical, plain
from officeflow.text.messages import Catalogue, Place, shown

MESSAGES = Catalogue.beside(__file__)
LONGEST = 50
"""Signs of the longest text that can be one number or date; longer ones are prose, and not searched through."""
_FIRST_YEAR = 1900  # serials 1 to 366: nobody reports days of that year, everybody types 3.2 and 12
_LIMIT = 10**15  # Excel keeps 15 significant digits and writes 0 for the rest


@dataclass(frozen=True)
class Typed:
    """One cell as read.

    `repair` names the rules by which the text was made regular, '' when it
    stood as it is.  `problem` is a finding code, '' for none; the value is then
    what was probably meant where that can be proposed, else Gap.UNREADABLE.
    """

    value: Value = None
    repair: str = ""
    problem: str = ""
    suggestion: str = ""
    """What should probably be typed instead."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Placeholders of the problem's message."""
    unit: str = ""
    """The unit written in the cell, '' for none."""

    @cached_property
    def read_as(self) -> str:
        """The value as a person reads it; equal cells of a column share it."""
        return shown_value(self.value)

    def finding(self, *, typed: str, place: Place, file: str = "", row_key: str = "") -> Finding | None:
        """Return the problem, or the hint that the text was made regular, or None.

        `typed` is what stands in the cell.
        """
        if not self.problem and not self.repair:
            return None
        return MESSAGES.finding(
            self.problem or "READ_AS",
            place=place,
            file=file,
            row_key=row_key,
            value=typed,
            expected=self.suggestion if self.problem else self.read_as,
            **{"rule_name": self.repair, **self.values},
        )

    def repaired(self, *, typed: str, place: Place) -> Repair | None:
        """Return the repair for the list of repairs, or None when nothing was mended."""
        if not self.repair:
            return None
        return Repair(sheet=place.sheet, cell=place.cell, typed=typed, read_as=self.read_as, rule=self.repair)


EMPTY = Typed()


def shown_value(value: Value) -> str:
    """Return a value as a person reads it in a list of repairs."""
    match value:
        case bool():
            return "是" if value else "否"
        case Gap():
            return {Gap.NOT_APPLICABLE: "不适用", Gap.NOT_COUNTED: "未统计"}.get(value, "")
        case _:
            return shown(value)


def unreadable(problem: str, suggestion: str = "", **values: str) -> Typed:
    """Return a cell that gives no value."""
    return Typed(Gap.UNREADABLE, problem=problem, suggestion=suggestion, values=values)


def exact(number: float) -> Decimal | None:
    """Return a number as Excel shows it, or None if it is not a number or has more whole digits than Excel keeps.

    Excel turns the 16th and later digits into 0, so such a number is not what was typed.
    """
    if isinstance(number, int):
        return Decimal(number) if abs(number) < _LIMIT else None
    return Decimal(format(number, ".15g")) if abs(number) < _LIMIT else None


def number_shown_as_date(raw: date) -> float | None:
    """Return the number that a cell with a date format shows as a day of 1900, None for a real day.

    >>> number_shown_as_date(datetime(1900, 1, 3, 4, 48)), number_shown_as_date(date(1921, 7, 1))
    (3.2, None)
    """
    if raw.year > _FIRST_YEAR:
        return None
    moment = raw if isinstance(raw, datetime) else datetime(raw.year, raw.month, raw.day)  # noqa: DTZ001  a cell has no zone
    # Excel counts 1900-02-29, which never was: days before it are one too high.
    epoch = datetime(1899, 12, 31 if moment < datetime(1900, 3, 1) else 30)  # noqa: DTZ001
    return round((moment - epoch) / timedelta(days=1), 8)


def as_shown(raw: object) -> str:
    """Return what a person typed: numbers as Excel prints them, dates as year-month-day."""
    if isinstance(raw, date) and (number := number_shown_as_date(raw)) is not None:
        raw = number
    match raw:
        case None:
            return ""
        case bool():
            return "TRUE" if raw else "FALSE"
        case int() | float():
            return plain(Decimal(format(raw, ".15g"))) if isfinite(raw) else str(raw)
        case datetime():
            clock = f" {raw.hour:02}:{raw.minute:02}" if raw.hour or raw.minute else ""
            return f"{raw.date().isoformat()}{clock}"
        case Decimal() | date():
            return canonical(raw)
        case _:
            return str(raw)
