"""How many rows or filled cells: `use = "count"`, `of` = form (rows), `form.field` or a list of them (filled cells); `where`, `by`.

Rows of a form are counted through its first key field, which is their source.
With `by = "row"` and a list of fields: how many of them are filled in each row.
Prints with `unit` (个, 名); a count never takes the field's unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from operator import add

from officeflow.figures._kind import FigureKind, Selection, Terms
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue


def fold(selection: Selection) -> int:
    """Return the number of entries, or of filled cells when fields are named."""
    if selection.table is not None and not selection.fields:
        return len(selection.entries)
    return sum(value is not None for row in selection.rows() for value in row)


def finish(state: int, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return the count as an exact number."""
    return Decimal(state)


KIND = FigureKind(
    fold=fold,
    merge=add,
    finish=finish,
    takes=frozenset({"where", "on", "window", "by"}),
    zero=Decimal(0),
    unit="",
    reads_cells=False,
    gives={"": "number"},
)
