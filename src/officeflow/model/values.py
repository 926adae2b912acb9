"""What one cell or one figure can hold, exactly.

A cell value is one of: text `str`; an exact number `Decimal`; a hedged number
`Bounded` (约39, 1000余); `date`; `PartialDate` (3月下旬); `bool` (是/否);
a `Gap` (something stands there, but no value); or None, the empty cell.
`float` and `int` never leave the reader.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import Any, TypeAlias

EXACT = Context(prec=50, rounding=ROUND_HALF_UP)
"""The one arithmetic of the program: 50 digits, halves rounded up."""


class Gap(StrEnum):
    """A filled cell that gives no value; never 0 and never blank."""

    NOT_APPLICABLE = "not_applicable"  # "/" or "—"
    NOT_COUNTED = "not_counted"  # 未统计
    UNREADABLE = "unreadable"  # a finding at the cell says why; figures over it are unknown


class Hedge(StrEnum):
    """Which way a typed number is inexact."""

    OVER = "over"  # 余 多 来: N up to the next step
    UNDER = "under"  # 近 不到: below N, within one step
    AT_LEAST = "at_least"  # 以上 至少 超 逾
    AT_MOST = "at_most"  # 以下 至多
    ABOUT = "about"  # 约 左右: N ± 10 %, and sums of unlike hedges
    RANGE = "range"  # 1～3, 三四个: both ends typed; the number is the lower one


@dataclass(frozen=True, slots=True)
class Bounded:
    """A hedged number: the number as typed and the interval it stands for.

    `low` or `high` None means no limit on that side; `open_low` / `open_high`
    say that the end itself is excluded.
    """

    number: Decimal
    hedge: Hedge
    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False


Number: TypeAlias = Decimal | Bounded


class DatePart(StrEnum):
    """The stretch of a year or month that a partial date names."""

    FIRST_TEN = "上旬"
    SECOND_TEN = "中旬"
    LAST_TEN = "下旬"
    MONTH = "month"
    QUARTER_1 = "Q1"
    QUARTER_2 = "Q2"
    QUARTER_3 = "Q3"
    QUARTER_4 = "Q4"
    FIRST_HALF = "H1"
    SECOND_HALF = "H2"
    YEAR = "year"


_SPANS = {  # part → (first month, last month) of the year
    DatePart.QUARTER_1: (1, 3),
    DatePart.QUARTER_2: (4, 6),
    DatePart.QUARTER_3: (7, 9),
    DatePart.QUARTER_4: (10, 12),
    DatePart.FIRST_HALF: (1, 6),
    DatePart.SECOND_HALF: (7, 12),
    DatePart.YEAR: (1, 12),
}
_TEN_DAYS = {DatePart.FIRST_TEN: (1, 10), DatePart.SECOND_TEN: (11, 20), DatePart.LAST_TEN: (21, 31)}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known only to a part: 2014年3月下旬, 2014年上半年.

    `month` is set for ten-day parts and whole months, None otherwise.
    """

    year: int
    part: DatePart
    month: int | None = None

    @property
    def first(self) -> date:
        """The first day it can mean."""
        if self.month is not None:
            return date(self.year, self.month, _TEN_DAYS.get(self.part, (1, 31))[0])
        return date(self.year, _SPANS[self.part][0], 1)

    @property
    def last(self) -> date:
        """The last day it can mean."""
        end = _month_end(self.year, self.month if self.month is not None else _SPANS[self.part][1])
        return end.replace(day=min(end.day, _TEN_DAYS.get(self.part, (1, 31))[1]))

    def __str__(self) -> str:
        """Return the stable text used in JSON and digests: '2014-03-下旬', '2014-03', '2014-H1', '2014'."""
        if self.month is not None:
            head = f"{self.year:04}-{self.month:02}"
            return head if self.part is DatePart.MONTH else f"{head}-{self.part.value}"
        return f"{self.year:04}" if self.part is DatePart.YEAR else f"{self.year:04}-{self.part.value}"

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """Return the partial date that its stable text says, or None.

        >>> PartialDate.parse("2014-03"), PartialDate.parse("2014-03-26")
        (PartialDate(year=2014, part=<DatePart.MONTH: 'month'>, month=3), None)
        """
        match = _PARTIAL.fullmatch(text)
        if match is None:
            return None
        month = None if match[2] is None else int(match[2])
        part = match[3] or ("year" if month is None else "month")
        try:
            return cls(int(match[1]), DatePart(part), month)
        except ValueError:
            return None


_PARTIAL = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-([上中下]旬|[QH]\d))?")


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """A pair of days, both included; the 统计时段 of a submission or the span of several dates."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def name(self) -> str:
        """Its short name: '2026-11', '2026Q4', '2026H2', '2026', else '20260326-20260425'."""
        for part, (first, last) in _SPANS.items():
            if (self.first, self.last) == _whole_months(self.first.year, first, last):
                return f"{self.first.year:04}" + ("" if part is DatePart.YEAR else part.value)
        if (self.first, self.last) == _whole_months(self.first.year, self.first.month, self.first.month):
            return f"{self.first.year:04}-{self.first.month:02}"
        return f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"

    @classmethod
    def parse(cls, text: str, begins: int = 1) -> Period | None:
        """Return the period that a name or an ISO pair ('2026-03-01/2026-06-05') says, or None.

        `begins` is the day of the month before on which named periods begin, 1 for whole months.

        >>> str(Period.parse("2026Q4"))
        '2026-10-01/2026-12-31'
        >>> str(Period.parse("2026-01", begins=26))
        '2025-12-26/2026-01-25'
        """
        first, _, last = text.partition("/")
        try:
            if last:
                return cls(date.fromisoformat(first), date.fromisoformat(last))
            year, rest = int(text[:4]), text[4:]
            months = (int(rest[1:]),) * 2 if rest.startswith("-") else _SPANS[DatePart(rest or "year")]
            whole_first, whole_last = _whole_months(year, *months)
            if begins == 1:
                return cls(whole_first, whole_last)
            before = whole_first - timedelta(days=1)
            return cls(before.replace(day=begins), whole_last.replace(day=begins - 1))
        except (ValueError, KeyError, OverflowError):
            return None


def _whole_months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), _month_end(year, last)


Value: TypeAlias = str | Number | date | PartialDate | bool | Gap | None
FigureValue: TypeAlias = Number | date | PartialDate | Period | str | tuple[str, ...] | None


def ends(value: Number) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and highest number a value can mean; None where that side has no limit."""
    return (value.low, value.high) if isinstance(value, Bounded) else (value, value)


def number_of(value: Number) -> Decimal:
    """Return the number as typed, without its hedge."""
    return value.number if isinstance(value, Bounded) else value


def add(left: Number, right: Number) -> Number:
    """Return the sum; ends add, exact + hedged keeps the hedge, unlike hedges become ABOUT."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return EXACT.add(left, right)
    hedges = {side.hedge for side in (left, right) if isinstance(side, Bounded)}
    (low1, high1), (low2, high2) = ends(left), ends(right)
    return Bounded(
        number=EXACT.add(number_of(left), number_of(right)),
        hedge=hedges.pop() if len(hedges) == 1 else Hedge.ABOUT,
        low=None if low1 is None or low2 is None else EXACT.add(low1, low2),
        high=None if high1 is None or high2 is None else EXACT.add(high1, high2),
        open_low=any(isinstance(side, Bounded) and side.open_low for side in (left, right)),
        open_high=any(isinstance(side, Bounded) and side.open_high for side in (left, right)),
    )


def canonical(value: Value | FigureValue) -> str:
    """Return the one text of a value for JSON, digests and records; '' for the empty value.

    Numbers lose trailing zeros and exponents ('12.50' → '12.5'), dates are ISO,
    是/否 is 'true'/'false', a hedged number carries its hedge ('1000 over').
    """
    direct = _DIRECT.get(value.__class__)
    if direct is not None:
        return direct(value)
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Bounded(hedge=Hedge.RANGE, low=Decimal() as low, high=Decimal() as high):
            return f"{plain(low)}～{plain(high)}"
        case Bounded():
            return f"{plain(value.number)} {value.hedge.value}"
        case Gap():
            return f"<{value.value}>"
        case date():
            return value.isoformat()
        case tuple():
            return "、".join(value)
        case _:
            return str(value)


def canonical_column(values: Sequence[Value]) -> list[str]:
    """Return `canonical` of every value; a column of one kind, as nearly all are, is turned at once."""
    kinds = set(map(type, values))
    if kinds <= {str, type(None)}:
        return [value or "" for value in values]  # type: ignore[misc]  # only texts and blanks
    if len(kinds - {type(None)}) == 1 and kinds <= _REPEATED:
        texts = {value: canonical(value) for value in set(values)}
        return [texts[value] for value in values]
    return list(map(canonical, values))


def plain(number: Decimal) -> str:
    """Return a number without exponent, trailing zeros or a negative zero.

    >>> plain(Decimal("1.60E+4")), plain(Decimal("-0.0"))
    ('16000', '0')
    """
    text = str(number)
    if "." not in text and "E" not in text and text != "-0":
        return text  # nearly every count and amount
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def number_in(text: str) -> Decimal | None:
    """Return the number that `plain` writes as `text`; None for any other text, though `Decimal` takes it.

    >>> number_in("-12.50"), number_in("NaN"), number_in("1e9")
    (Decimal('-12.50'), None, None)
    """
    return Decimal(text) if _NUMBER.fullmatch(text) else None


_NUMBER = re.compile(r"-?\d{1,400}(?:\.\d{1,400})?")
"""Digits as `plain` writes them; longer ones nobody reckons with."""
# Nearly all cells are one of these, and a click asks for all of them.
_REPEATED = {Decimal, date, bool, type(None)}
"""Kinds of which a column holds the same values again and again."""
_DIRECT: dict[type, Callable[[Any], str]] = {str: str, Decimal: plain, date: date.isoformat}
