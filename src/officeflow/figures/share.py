"""How many per cent `of` is of `to`: `use = "share"`; `where` (of the part), `by` (one share per group).

`of = "posts", where = { category = "其他" }, to = "posts"`: a bare form counts
its rows, a bare column of numbers is its total.  A share of 0 is empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from officeflow.figures import ratio
from officeflow.figures._arithmetic import times
from officeflow.figures._kind import FigureKind, Terms
from officeflow.model.figures import Figure
from officeflow.model.values import Bounded, FigureValue


def finish(_state: None, operands: Sequence[Figure], terms: Terms) -> FigureValue:
    """Return the share in per cent, None when the whole is 0."""
    quotient = ratio.finish(None, operands, terms)
    return times(quotient, Decimal(100)) if isinstance(quotient, Decimal | Bounded) else None


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
