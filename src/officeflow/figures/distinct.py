"""How many different values: `use = "distinct"`, `of` = `form.field` or a list of fields of one form (compound key); `where`, `by`.

Rows whose key is blank in every part do not count.  Prints with `unit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from officeflow.figures._kind import FigureKind, Selection, Terms, has_value
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue, canonical


def fold(selection: Selection) -> frozenset[tuple[str, ...]]:
    """Return the different keys."""
    different = {row for row in selection.rows() if any(map(has_value, row))}
    return frozenset(tuple(map(canonical, row)) for row in different)


def merge(left: frozenset[tuple[str, ...]], right: frozenset[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """Return the keys of both."""
    return left | right


def finish(state: frozenset[tuple[str, ...]], _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return how many there are; none is the empty figure."""
    return Decimal(len(state)) if state else None


KIND = FigureKind(
    fold=fold,
    merge=merge,
    finish=finish,
    takes=frozenset({"where", "on", "window", "by"}),
    zero=Decimal(0),
    unit="",
    gives={"": "number"},
)
