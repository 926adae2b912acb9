"""The fields of a row as figures, made when a template asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from officeflow.figures._operand import FormRows, resolve_of
from officeflow.figures._partial import Row
from officeflow.figures._printing import as_figure_value, text_of
from officeflow.model.figures import Figure, State
from officeflow.model.kit import Field, Form, Kit, Rule
from officeflow.model.values import Gap


class RowFields(Mapping[str, Figure]):
    """Field id, header or by-row figure id → the figure of that name in one row; ids go before headers."""

    __slots__ = ("_kit", "_made", "_result", "_row")

    def __init__(self, row: Row, kit: Kit, result: Callable[[Rule, Row], Figure]) -> None:
        self._row = row
        self._kit = kit
        self._result = result
        self._made: dict[str, Figure] = {}

    def __getitem__(self, name: str) -> Figure:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        form = self._form
        yield from dict.fromkeys(
            (
                *form.by_id,
                *(rule.id for rule in row_rules(self._kit, form.id)),
                *(field.header for field in form.fields),
            )
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def _form(self) -> Form:
        return self._kit.form_by_id[self._row.layout.form]

    def _make(self, name: str) -> Figure:
        form = self._form
        if name in form.by_id:
            return _field_figure(self._row, form.by_id[name], form)
        for rule in row_rules(self._kit, form.id):
            if rule.id == name:
                return self._result(rule, self._row)
        for field in form.fields:
            if field.header == name:
                return _field_figure(self._row, field, form)
        raise KeyError(name)


def row_rules(kit: Kit, form_id: str) -> list[Rule]:
    """Return the kit's figures `by = "row"` over the rows of a form."""
    return [rule for rule in kit.figures if rule.by == "row" and _form_id(kit, rule) == form_id]


def _form_id(kit: Kit, rule: Rule) -> str:
    found = resolve_of(kit, rule.of)
    return found[0].form.id if found and isinstance(found[0], FormRows) else ""


def _field_figure(row: Row, field: Field, form: Form) -> Figure:
    position = form.fields.index(field)
    held = row.values[position]
    value = as_figure_value(held)
    state = State.UNKNOWN if held is Gap.UNREADABLE else State.EMPTY if value is None else State.KNOWN
    cell = row.cell(position)
    return Figure(
        id=f"{form.id}.{field.id}",
        name=field.header,
        value=value,
        state=state,
        unit=field.unit,
        text=text_of(value, unit=field.unit),
        cells=() if cell is None else (cell,),
        key=row.key,
        has_tags=field.tags,
        is_personal=field.personal,
    )
