"""Time windows over a ledger: which days 本月 or 本季 are, seen from a period, and which came before."""

from __future__ import annotations

from datetime import date, timedelta

from officeflow.model.values import PartialDate, Period

_NAMED = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_YEAR = 12


def window_of(window: str, period: Period, begins: int) -> Period | None:
    """Return the days of a window as seen from the last day of a period, None outside the calendar.

    `month`, `quarter`, `half` and `year` are whole ones, on the day `begins` of
    the month before for months that do not begin on the first; `to_date` is from the beginning
    of the year to the last day, `period` (or '') the period itself.
    """
    if window in ("", "period"):
        return period
    year, month = _month_of(period.last, begins)
    if window == "to_date":
        whole = Period.parse(f"{year:04}", begins)
        return None if whole is None else Period(whole.first, period.last)
    length = _NAMED[window]
    part = (month - 1) // length + 1
    name = {1: f"-{month:02}", 3: f"Q{part}", 6: f"H{part}", _YEAR: ""}[length]
    return Period.parse(f"{year:04}{name}", begins)


def window_before(window: str, period: Period, begins: int) -> Period | None:
    """Return the window before that of a period: the month before, the same stretch of last year for `to_date`.

    None for `period`, whose predecessor only the workbook before knows.
    """
    current = window_of(window, period, begins)
    if current is None or window in ("", "period") or current.first == date.min:
        return None
    eve = current.first - timedelta(days=1)
    if window != "to_date":
        return window_of(window, Period(eve, eve), begins)
    year = Period.parse(f"{_month_of(eve, begins)[0]:04}", begins)
    return None if year is None else Period(year.first, _year_earlier(current.last))


def are_alike(period: Period, before: Period) -> bool:
    """Whether two periods may be compared: as many whole months, as many days, or counts that go on from one first day."""
    if period.first == before.first:
        return True
    months = _months(period)
    if months or _months(before):
        return months == _months(before)
    return period.last - period.first == before.last - before.first


def is_within(value: date | PartialDate, window: Period) -> bool | None:
    """Whether a day is in a window; None for a partial date that only may be."""
    first, last = (value.first, value.last) if isinstance(value, PartialDate) else (value, value)
    if window.first <= first and last <= window.last:
        return True
    return False if last < window.first or window.last < first else None


def _month_of(day: date, begins: int) -> tuple[int, int]:
    if begins == 1 or day.day < begins:
        return day.year, day.month
    return (day.year + 1, 1) if day.month == _YEAR else (day.year, day.month + 1)


def _months(period: Period) -> int:
    """Return how many whole months a period has, 0 for one that ends within a month."""
    if period.last == date.max:
        return 0
    end = period.last + timedelta(days=1)
    if end.day != period.first.day:
        return 0
    return (end.year - period.first.year) * _YEAR + end.month - period.first.month


def _year_earlier(day: date) -> date:
    is_last_of_month = (day + timedelta(days=1)).day == 1
    if day.month == 2 and is_last_of_month:  # noqa: PLR2004  February, the one month that changes
        return date(day.year - 1, 3, 1) - timedelta(days=1)
    return day.replace(year=day.year - 1)
