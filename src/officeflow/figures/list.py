"""Values one by one: `use = "list"`, `of` = `form.field`, several fields of a form, or a form; `where`, `by`, `distinct`, `order`, `last`.

* fields: their texts row by row; `distinct = true` drops repeats.
* a form: one member per row, whose `fields` are the row's values by field id,
  by header and by the id of every figure `by = "row"` of that form; its text
  is that of the first key field.
* `by` = field: one member per group, each a list (报尾名单: 报, 发, 送).
* `order = "count"`: the most frequent first, ties in the order of the choices;
  `last`: values put at the end (其他).  Otherwise the order of the sheet.
* prints joined with 、; `format` 和 or 顿号 says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import add

from officeflow.figures._kind import FigureKind, Selection, Terms, has_value
from officeflow.figures._printing import as_figure_value, text_of
from officeflow.figures._select import place_field
from officeflow.model.figures import Figure
from officeflow.model.values import FigureValue, Value


def fold(selection: Selection) -> tuple[Value, ...]:
    """Return the values entry by entry."""
    if selection.table is not None and not selection.fields:
        return tuple(filter(has_value, selection.column(place_field(selection.table.form))))
    return tuple(selection.values())


def finish(state: tuple[Value, ...], _operands: Sequence[Figure], terms: Terms) -> FigureValue:
    """Return the texts in the order asked for."""
    unit = "" if terms.field is None else terms.field.unit
    texts = [text_of(as_figure_value(value), unit=unit) for value in state]
    counts = Counter(texts)
    if terms.rule.distinct:
        texts = list(counts)
    if terms.rule.order == "count":
        choices = {} if terms.field is None else {name: at for at, name in enumerate(terms.field.choices)}
        texts.sort(key=lambda text: (-counts[text], choices.get(text, len(choices))))
    texts.sort(key=lambda text: text in terms.rule.last)
    return tuple(texts)


KIND = FigureKind(
    fold=fold,
    merge=add,
    finish=finish,
    takes=frozenset({"where", "on", "window", "by", "distinct", "order", "last"}),
    orders=frozenset({"count"}),
    lists_rows=True,
    unit="",
    gives={"": "list"},
)
