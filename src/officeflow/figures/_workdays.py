"""Working days of the mainland calendar: weekends, public holidays and the days worked in their stead.

The days are those of the State Council's yearly notices, as the package
`chinese_calendar` has them; outside its years nobody knows them yet.
"""

from __future__ import annotations

from datetime import date, timedelta

from officeflow.model.kit import Rule

WORKING = "working"
"""What `options.days` is where only working days count."""


def counts_workdays(rule: Rule) -> bool:
    """Whether a rule counts working days only."""
    return rule.options.get("days") == WORKING


def workdays_between(first: date, last: date) -> int | None:
    """Return how many working days lie after `first` up to `last`, negative where `last` is earlier; None outside the known years."""
    from chinese_calendar import get_workdays

    start, end = min(first, last), max(first, last)
    if start == end:
        return 0
    try:
        count = len(get_workdays(start + timedelta(days=1), end))
    except NotImplementedError:
        return None
    return count if first <= last else -count


def workday_after(first: date, count: int) -> date | None:
    """Return the day `count` working days after `first` (before it for a negative count); None outside the known years."""
    from chinese_calendar import is_workday

    day, step = first, timedelta(days=1 if count > 0 else -1)
    try:
        for _ in range(abs(count)):
            day += step
            while not is_workday(day):
                day += step
    except (NotImplementedError, OverflowError):
        return None
    return day
