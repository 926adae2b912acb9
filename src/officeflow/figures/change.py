"""By how many per cent `of` differs from `to`: `use = "change"`; (of − to) ÷ to.

`to` is the earlier figure, most often `{ use = "value", of = "捐款", previous = true }`.
From 0 there is no change in per cent: empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from officeflow.figures._arithmetic import divide, subtract, times
from officeflow.figures._kind import FigureKind, Terms
from officeflow.model.figures import Figure
from officeflow.model.values import Bounded, FigureValue


def finish(_state: None, operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return the change in per cent, negative for a fall."""
    now, before = operands[0].value, operands[1].value
    if not isinstance(now, Decimal | Bounded) or not isinstance(before, Decimal | Bounded):
        return None
    rise = divide(subtract(now, before), before)
    return None if rise is None else times(rise, Decimal(100))


KIND = FigureKind(
    finish=finish,
    takes=frozenset({"to", "where", "on", "window", "by"}),
    needs=frozenset({"of", "to"}),
    operands=("of", "to"),
    unit="%",
    over=frozenset({"number"}),
    alike=("of", "to"),
    gives={"": "number"},
)
