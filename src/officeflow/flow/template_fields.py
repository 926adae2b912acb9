"""List what the templates of a kit may name: each figure, how it prints, and the fields of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from officeflow.flow._words import words
from officeflow.flow.answers import Exit, FieldAnswer, FieldsAnswer, Result
from officeflow.flow.destination import put
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find, unreadable
from officeflow.intake.workbooks import example
from officeflow.model.figures import Figure
from officeflow.text.personal import masked

if TYPE_CHECKING:
    from officeflow.document.authoring.lists import ListedField


def run(desk: Desk, *, kit: str, output: Path | None = None) -> Result:
    """Return every name a template of the kit may use, in the kit's order, with the sample's printed text.

    With `output` they are also written as a Word page to copy tags from.

    Raises:
        OSError: the page cannot be written.
    """
    found = find(desk, kit)
    if found.value is None:
        return Result(FieldsAnswer(fields=()), found.findings, Exit.UNUSABLE)
    reading = example(desk, found.value)
    if reading is None:
        return Result(FieldsAnswer(fields=()), (unreadable(found.value),), Exit.UNUSABLE)
    fields = tuple(map(_field, reading.tally.all()))
    if output is None:
        return Result(FieldsAnswer(fields=fields))
    from officeflow.document.authoring.lists import build_field_list

    page = build_field_list(found.value.kit.title, _listed(fields))
    written = put("template fields", page, output, is_named=True)
    files = () if written.value is None else (str(written.value),)
    return Result(
        FieldsAnswer(fields=fields, files=files), written.findings, Exit.DONE if files else Exit.FINDINGS
    )


def _listed(fields: Iterable[FieldAnswer]) -> Iterator[ListedField]:
    """Yield the lines of the page: a list's fields stand below it, between the tags that print its rows."""
    from officeflow.document.authoring.lists import ListedField

    row = words()["row"]
    for field in fields:
        title = field.title if field.title != field.name else ""
        yield ListedField(f"{{{{ {field.name} }}}}", field.text, title)
        if field.fields:
            yield ListedField(f"{{%tr for {row} in {field.name} %}}", "", words()["row_begin"], is_inner=True)
            for one in field.fields:
                yield ListedField(f"{{{{ {row}.{one.name} }}}}", one.text, "", is_inner=True)
            yield ListedField("{%tr endfor %}", "", words()["row_end"], is_inner=True)


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
