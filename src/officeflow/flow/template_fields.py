"""List what the templates of a kit may name: each figure, how it prints, and the fields of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.flow._example import example
from officeflow.flow._kits import find
from officeflow.flow._messages import MESSAGES
from officeflow.flow._template_answers import FieldAnswer, FieldsAnswer
from officeflow.flow.answers import Exit, Result
from officeflow.model.figures import Figure
from officeflow.text.personal import masked


def run(*, kit: str) -> Result:
    """Return every name a template of the kit may use, in the kit's order, with the sample's printed text."""
    found = find(kit)
    if found.value is None:
        return Result(FieldsAnswer(fields=()), found.findings, Exit.UNUSABLE)
    reading = example(found.value)
    if reading is None:
        lost = MESSAGES.finding("KIT_REFUSED", file=str(found.value.folder))
        return Result(FieldsAnswer(fields=()), (lost,), Exit.UNUSABLE)
    return Result(FieldsAnswer(fields=tuple(map(_field, reading.tally.all()))))


def _field(figure: Figure) -> FieldAnswer:
    return FieldAnswer(
        name=figure.id,
        title=figure.name,
        unit=figure.unit,
        text=masked(figure.text) if figure.is_personal else figure.text,
        state=figure.state.value,
        fields=tuple(_row_fields(figure)),
    )


def _row_fields(figure: Figure) -> Iterator[FieldAnswer]:
    """Yield the fields of a list's rows, each under the name that people know it by and a template can write."""
    row = next((member.fields for member in figure.members if member.fields), {})
    names: dict[str, str] = {}
    for name, own in row.items():
        # A row knows a field by its id and by its heading (地点/社区, which only `row["…"]` could reach).
        if own.id not in names or name.isidentifier():
            names[own.id] = name
    for name in names.values():
        own = row[name]
        text = masked(own.text) if own.is_personal else own.text
        yield FieldAnswer(name=name, title=own.name, unit=own.unit, text=text, state=own.state.value)
