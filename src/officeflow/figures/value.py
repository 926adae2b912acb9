"""One value as it stands: `use = "value"`, `of` = record `form.field`, ledger `form.field` (first filled row of `where`), or a figure.

With `previous = true` and `of` = figure id: last period's value of that figure;
unknown when the workbook carries none.  With `by = "row"`: each row's value.
A number prints in the field's unit; 是/否 prints as that word.
"""

from __future__ import annotations

from collections.abc import Sequence

from officeflow.figures._kind import FigureKind, Selection, Terms
from officeflow.figures._printing import as_figure_value
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue, Value


def fold(selection: Selection) -> Value:
    """Return the first value there is, or None."""
    return next(iter(selection.values()), None)


def merge(left: Value, right: Value) -> Value:
    """Return the first value there is, or None."""
    return right if left is None else left


def finish(state: Value, _operands: Sequence[Figure], _terms: Terms) -> FigureValue:
    """Return the value; 是/否 becomes its word."""
    return as_figure_value(state)


KIND = FigureKind(
    fold=fold,
    merge=merge,
    finish=finish,
    takes=frozenset({"where", "on", "window", "by", "previous"}),
    shows_cells=True,
)
