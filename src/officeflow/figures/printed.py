"""How many items the report really prints (随文稿): `use = "printed"`; `to` = the number expected.

The figure has no value until the report is composed; a printed number that
differs from `to` is put to the writer as 请核实.
"""

from __future__ import annotations

from collections.abc import Sequence

from officeflow.figures._kind import FigureKind, Terms
from officeflow.model.figures import Figure, State
from officeflow.model.values import FigureValue


def finish(_state: None, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return nothing: the number is not known yet."""
    return None


KIND = FigureKind(
    finish=finish,
    takes=frozenset({"to"}),
    needs=frozenset(),
    unit="",
    state=State.PRINTED,
    gives={"": "number"},
)
