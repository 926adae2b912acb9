"""Which place a value has among others: `use = "rank"`, `of` = the value (record field, figure), `in` = a ledger column; `where`, `order`.

Without `in`: the place of each member among all, `of` = a figure with members, or a form or
field `by` a field or `"row"`.

The smallest is first; `order = "desc"`: the largest.  Equal values share the
better place (1, 2, 2, 4); a value that is not among them has none (empty).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from operator import add
from typing import Any

from officeflow.figures._kind import FigureKind, Selection, Terms
from officeflow.figures._order import sort_key
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue, Value


def fold(selection: Selection) -> tuple[Value, ...]:
    """Return the values it is placed among."""
    return tuple(selection.values())


def finish(state: tuple[Value, ...], operands: Sequence[Figure], terms: Terms) -> FigureValue:
    """Return its place, counted from 1."""
    own: Any = operands[0].value
    if own not in state:
        return None
    before = [value for value in state if _is_before(value, own, is_falling=terms.rule.order == "desc")]
    return Decimal(len(before) + 1)


def _is_before(value: Value, own: FigureValue, *, is_falling: bool) -> bool:
    left, right = sort_key(value), sort_key(own)
    return left > right if is_falling else left < right


KIND = FigureKind(
    fold=fold,
    merge=add,
    finish=finish,
    takes=frozenset({"in_", "where", "order", "by", "on", "window"}),
    orders=frozenset({"asc", "desc"}),
    needs=frozenset({"of"}),
    folds="in_",
    operands=("of",),
    is_among=True,
    unit="",
    gives={"": "number"},
)
