"""What a kit takes over into the next period's workbook: master data, open matters, and the period itself."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from officeflow.figures import meets
from officeflow.model.kit import Condition, Form, Kit
from officeflow.model.submission import Submission
from officeflow.model.values import EXACT, Period
from officeflow.workbook.entries.typed import Entries, Entry

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The rows of one form that go on, and how many stay behind."""

    form: Form
    entries: tuple[Entry, ...]
    rows: tuple[Mapping[str, object], ...]
    """`entries` as they are to be typed."""
    count_left: int


def carry(kit: Kit, entries: Entries, period: Period) -> tuple[Carried, ...]:
    """Return what is put into the workbook of `period`, form by form; the form of the period always, others only if they carry."""
    first, last = kit.period
    carried = []
    for form in kit.forms:
        days = {
            path.partition(".")[2]: day
            for path, day in ((first, period.first), (last, period.last))
            if path.startswith(f"{form.id}.")
        }
        if form.carries == "nothing" and not days:
            continue
        own = entries.get(form.id, ())
        going = tuple(entry for entry in own if _goes_on(form, entry))
        rows = tuple({**_next_cells(form, entry), **days} for entry in going) or ((days,) if days else ())
        carried.append(Carried(form=form, entries=going, rows=rows, count_left=len(own) - len(going)))
    return tuple(carried)


def _goes_on(form: Form, entry: Entry) -> bool:
    where = form.carries if isinstance(form.carries, dict) else {}
    return form.carries != "nothing" and all(
        meets(condition)(entry.values.get(field_id)) for field_id, condition in where.items()
    )


def _next_cells(form: Form, entry: Entry) -> Mapping[str, object]:
    cells: dict[str, object] = {}
    for name, cell in entry.cells.items():
        field = form.by_id.get(name)  # a remark belongs to no field
        how = "same" if field is None else field.carry
        value = entry.values[name]
        if how == "one_more" and isinstance(value, Decimal):
            cells[name] = EXACT.add(value, Decimal(1))
        elif how != "blank":
            cells[name] = cell
    return cells


def next_period(submission: Submission) -> Period | None:
    """Return the period that follows: as the kit says, else beginning the day after and as long; None without one.

    Whole months stay whole months (26日—25日 too), other spans keep their number of days.
    """
    period = submission.period
    if period is None or period.last < period.first:
        return None
    try:
        return _following(submission, period)
    except (OverflowError, ValueError):  # past the year 9999
        return None


def _following(submission: Submission, period: Period) -> Period:
    rule = submission.kit.next
    months = _MONTHS.get(rule.every) or _whole_months(period)
    first = period.last + timedelta(days=1)
    # Where the day after begins no month of the period's own, days are counted.
    last = _later(first, months) - timedelta(days=1) if months else period.last + (first - period.first)
    if _holds(submission, rule.keeps_start):
        first = period.first
    elif _holds(submission, rule.year_start):
        first = period.first if period.first.year == last.year else date(last.year, 1, 1)
    return Period(first, last)


def _holds(submission: Submission, conditions: Mapping[str, Condition]) -> bool:
    return bool(conditions) and all(
        meets(wanted)(submission.record(path)) for path, wanted in conditions.items()
    )


def _whole_months(period: Period) -> int:
    """Return how many whole months a period has, 0 when it has none in the calendar's sense."""
    after = period.last + timedelta(days=1)
    months = (after.year - period.first.year) * _YEAR + after.month - period.first.month
    return months if after.day == period.first.day else 0


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
