"""`of` − `to` (+ `plus`): `use = "difference"`; of two dates the days between; `where`, `by`, `plus`.

`by = "row"`: of two fields of one ledger, one result per row.  `plus = 1`
counts both ends (到场天数, 25—29期 is 5).  `options = { days = "working" }`: of two dates the
working days after the earlier one up to the later; years whose holidays are not known make it unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from officeflow.figures._arithmetic import subtract
from officeflow.figures._kind import FigureKind, Terms
from officeflow.figures._workdays import counts_workdays, workdays_between
from officeflow.model.figures import Figure
from officeflow.model.values import Bounded, FigureValue, Gap, add


def finish(_state: None, operands: Sequence[Figure], terms: Terms) -> FigureValue | Gap:
    """Return the difference, or None when the two cannot be subtracted."""
    left, right = operands[0].value, operands[1].value
    plus = terms.rule.plus or Decimal(0)
    if isinstance(left, date) and isinstance(right, date):
        if not counts_workdays(terms.rule):
            return Decimal((left - right).days) + plus
        days = workdays_between(right, left)
        return Gap.NOT_COUNTED if days is None else Decimal(days) + plus
    if isinstance(left, Decimal | Bounded) and isinstance(right, Decimal | Bounded):
        return add(subtract(left, right), plus)
    return None


KIND = FigureKind(
    finish=finish,
    takes=frozenset({"to", "where", "on", "window", "by", "plus", "options"}),
    needs=frozenset({"of", "to"}),
    operands=("of", "to"),
    over=frozenset({"number", "date"}),
    alike=("of", "to"),
    gives={"date": "number"},
)
