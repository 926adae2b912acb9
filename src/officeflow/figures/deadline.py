"""The day by which something is due: `use = "deadline"`, `of` = date field, `plus` = days; `where`, `by`, `options = { days = "working" }`.

`by = "row"`: one day per row, against which a check can hold the day it was done.  With `days =
"working"` weekends and public holidays do not count; years whose holidays are not known make it unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from officeflow.figures._kind import FigureKind, Terms
from officeflow.figures._workdays import counts_workdays, workday_after
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue, Gap

_MOST_DAYS = 36_500
"""A hundred years: no term is longer."""


def finish(_state: None, operands: Sequence[Figure], terms: Terms) -> FigureValue | Gap:
    """Return the day, None if it is not a whole day, a gap outside the known years."""
    first, plus = operands[0].value, terms.rule.plus
    if not isinstance(first, date) or plus is None or plus != int(plus) or abs(plus) > _MOST_DAYS:
        return None
    if counts_workdays(terms.rule):
        return workday_after(first, int(plus)) or Gap.NOT_COUNTED
    try:
        return first + timedelta(days=int(plus))
    except OverflowError:
        return None


KIND = FigureKind(
    finish=finish,
    takes=frozenset({"where", "on", "window", "by", "plus", "options"}),
    needs=frozenset({"of", "plus"}),
    operands=("of",),
    unit="",
)
