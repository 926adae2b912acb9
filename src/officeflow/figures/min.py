"""The smallest number, or the earliest date, of a column or of figures: `use = "min"`, `of`; `where`, `by`.

Hedged numbers go by the number as typed, partial dates by their first day.
Over a figure with members (`count` `by` community) it is the smallest member.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from officeflow.figures._kind import Kind, Selection, Terms
from officeflow.figures._order import sort_key
from officeflow.figures._printing import as_figure_value
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue, Value

if TYPE_CHECKING:
    from officeflow.figures._formula import Asked


def fold(selection: Selection) -> Value:
    """Return the smallest value, or None."""
    nothing: Value = None
    return reduce(merge, selection.values(), nothing)


def merge(left: Value, right: Value) -> Value:
    """Return the smallest of two; of equal ones the first."""
    if left is None or right is None:
        return right if left is None else left
    return left if sort_key(left) <= sort_key(right) else right


def finish(state: Value, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return it as it is."""
    return as_figure_value(state)


def formula(asked: Asked) -> str:
    """Return the smallest number or date; texts have no formula."""
    return asked.unless_blank(asked.lowest()) if asked.is_measurable else ""


KIND = Kind(fold=fold, merge=merge, finish=finish, takes=frozenset({"where", "by"}), formula=formula)
