"""`of` ÷ `to`: `use = "ratio"`; `where`, `by`.  Divided by 0 it is empty.  Prints with `unit` (倍)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from officeflow.figures._arithmetic import divide
from officeflow.figures._kind import FigureKind, Terms
from officeflow.model.figures import Figure
from officeflow.model.values import Bounded, FigureValue


def finish(_state: None, operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return the quotient, None when it has none."""
    left, right = operands[0].value, operands[1].value
    if isinstance(left, Decimal | Bounded) and isinstance(right, Decimal | Bounded):
        return divide(left, right)
    return None


KIND = FigureKind(
    finish=finish,
    takes=frozenset({"to", "where", "on", "window", "by"}),
    needs=frozenset({"of", "to"}),
    operands=("of", "to"),
    unit="",
    over=frozenset({"number"}),
    gives={"": "number"},
)
