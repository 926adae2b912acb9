"""A date cell → day or stretch of days, with the rule that mended it or the problem with it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from officeflow.model.values import DatePart, PartialDate, Period
from officeflow.text.clean import clean, with_narrow_signs
from officeflow.text.date_words import YEAR_TOLD, ImpossibleDayError, WrittenDate, in_year, read_words
from officeflow.text.messages import shown
from officeflow.text.missing import MASK, read_missing
from officeflow.text.reading import EMPTY, LONGEST, Typed, as_shown, number_shown_as_date, unreadable

Precision: TypeAlias = Literal["day", "旬", "month", "half"]
SERIAL, WRITTEN, CLOCK = "Excel序列号转日期", "统一日期写法", "去掉时间"
_EPOCH = date(1899, 12, 30)  # serials after 59: Excel counts 1900-02-29, which never was
_SERIALS = range(18264, 73051)  # 1950-01-01 … 2099-12-31; any other number in a date cell is a slip
_COARSENESS = {"旬": 1, DatePart.MONTH: 2, "month": 2, "half": 3, DatePart.YEAR: 4}
_TEN_DAYS = frozenset({DatePart.FIRST_TEN, DatePart.SECOND_TEN, DatePart.LAST_TEN})
_REGULAR = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日")
_FORGETFUL = re.compile(r"\d{4}\.1")
_SHORT_YEAR = re.compile(r"(\d{2})年\d{1,2}月\d{1,2}[日号]?")  # 14-3-26 may be 14 March 2026
_WITHOUT_ZERO = re.compile(r"(\d{1,2})\.([1-3])")


def read_date(raw: object, *, precision: Precision = "day", period: Period | None = None) -> Typed:
    """Return the day, or the part of a month or year, that a cell means.

    A date without a year gets the year that puts it into `period`.  A partial
    date coarser than `precision` is the problem DATE_COARSE, its value kept.
    """
    if isinstance(raw, date) and (number := number_shown_as_date(raw)) is not None:
        raw = number
    match raw:
        case None | "":
            return EMPTY
        case datetime():
            return Typed(raw.date(), CLOCK if (raw.hour, raw.minute, raw.second) != (0, 0, 0) else "")
        case date():
            return Typed(raw)
        case bool():
            return _unclear(period)
        case int() | float():
            return _checked(_from_number(float(raw), period), precision)
        case str():
            return _checked(_from_text(with_narrow_signs(clean(raw)), period), precision)
        case _:
            return _unclear(period)


def _checked(found: Typed, precision: Precision) -> Typed:
    if found.problem or not isinstance(found.value, PartialDate):
        return found
    if not is_too_coarse(found.value, precision):
        return found
    return Typed(found.value, problem="DATE_COARSE", values=_example(None, found.value.first))


def is_too_coarse(value: PartialDate, precision: Precision) -> bool:
    """Whether a field of that precision asks for more than such a date tells.

    >>> is_too_coarse(PartialDate(2014, DatePart.MONTH, 3), "half")
    False
    """
    coarseness = (
        1 if value.part in _TEN_DAYS else _COARSENESS.get(value.part, 3)
    )  # a quarter is as coarse as a half
    return coarseness > _COARSENESS.get(precision, 0)


def _from_number(number: float, period: Period | None) -> Typed:
    if number == number and abs(number) < 1e9 and int(number) in _SERIALS:  # noqa: PLR0124, PLR2004  NaN
        day = _EPOCH + timedelta(days=int(number))
        return Typed(day, SERIAL if number == int(number) else f"{SERIAL}、{CLOCK}")
    text = as_shown(number)
    if _FORGETFUL.fullmatch(text):  # 2014.1 may have been typed as 2014.10: a number forgets its last 0
        return _unclear(period, f"{text[:4]}年1月还是10月")
    return _from_text(text, period)


def _from_text(text: str, period: Period | None) -> Typed:
    if not text:
        return EMPTY
    gap = read_missing(text)
    if gap:
        return Typed(gap)
    if MASK.search(text):
        return unreadable("MASKED_DATE", **_example(period))
    if len(text) > LONGEST:
        return _unclear(period)
    if text.isdecimal() and int(text) in _SERIALS:  # ² is a digit, but no decimal
        return _from_number(float(text), period)
    forgetful = _WITHOUT_ZERO.fullmatch(text)  # 3.2 may have been 3.20
    if forgetful:
        month, day = forgetful.groups()
        return _unclear(period, f"{month}月{day}日还是{month}月{day}0日")
    day = _of_short_year(text, period)
    return _from_words(text, period) if day is None else Typed(day, problem="ODD_DATE", suggestion=shown(day))


def _from_words(text: str, period: Period | None) -> Typed:
    written = read_words(text, period)
    if isinstance(written, str):
        return _unclear(period) if written == "DATE_UNCLEAR" else unreadable(written, **_example(period))
    try:
        value, told = in_year(written, period)
    except ImpossibleDayError:
        return unreadable("DATE_IMPOSSIBLE", **_example(period))
    if value is None:
        return unreadable("DATE_NO_YEAR", **_example(period))
    return Typed(value, "、".join(_rules(text, written, value, told)))


def _of_short_year(text: str, period: Period | None) -> date | None:
    """Return the day that 14年4月29日 means where its year is one of the period's or next to them."""
    short = _SHORT_YEAR.fullmatch(text)
    if short is None or period is None:
        return None
    year = period.last.year // 100 * 100 + int(short[1])
    if not period.first.year - 1 <= year <= period.last.year + 1:
        return None
    found = _from_text(f"{year}{text[2:]}", period).value
    return found if isinstance(found, date) else None


def _rules(text: str, written: WrittenDate, value: date | PartialDate, told: str) -> list[str]:
    is_regular = _REGULAR.fullmatch(text) if isinstance(value, date) else text == shown(value)
    rules = [*written.rules, told] if told else [*written.rules]
    return rules if is_regular or rules else [WRITTEN]


def _unclear(period: Period | None, reading: str = "哪一天") -> Typed:
    return unreadable("DATE_UNCLEAR", reading=reading, **_example(period))


def _example(period: Period | None, day: date | None = None) -> dict[str, str]:
    return {"example": shown(day or (period.last if period else date(2014, 3, 20)))}


__all__ = ["YEAR_TOLD", "Precision", "is_too_coarse", "read_date"]
