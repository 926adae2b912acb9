"""`of` − `to` (+ `plus`): `use = "difference"`; of two dates the days between; `where`, `by`, `plus`.

`by = "row"`: of two fields of one ledger, one result per row.  `plus = 1`
counts both ends (到场天数, 25—29期 is 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from officeflow.figures._arithmetic import subtract
from officeflow.figures._kind import Kind, Terms
from officeflow.model.figures import Figure
from officeflow.model.values import Bounded, FigureValue, add


def finish(_state: None, operands: Sequence[Figure], terms: Terms) -> FigureValue:
    """Return the difference, or None when the two cannot be subtracted."""
    left, right = operands[0].value, operands[1].value
    plus = terms.rule.plus or Decimal(0)
    if isinstance(left, date) and isinstance(right, date):
        return Decimal((left - right).days) + plus
    if isinstance(left, Decimal | Bounded) and isinstance(right, Decimal | Bounded):
        return add(subtract(left, right), plus)
    return None


KIND = Kind(
    finish=finish,
    takes=frozenset({"to", "where", "by", "plus"}),
    needs=frozenset({"of", "to"}),
    operands=("of", "to"),
    over=frozenset({"number", "date"}),
    alike=("of", "to"),
    gives={"date": "number"},
)
