"""What the text of an operand names: a form, a `form.field`, or a figure of the kit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from officeflow.model.kit import Field, Form, Kit, Rule, Scalar


@dataclass(frozen=True, slots=True)
class FormRows:
    """A form's rows, or fields of them."""

    form: Form
    fields: tuple[Field, ...] = ()


Literal = bool | int | Decimal | date
Operand = FormRows | Rule | Literal | None
"""None: nothing of that name."""


def resolve(kit: Kit, operand: str | Rule | Scalar) -> Operand:
    """Return what an operand means; a name is a form id, else `form.field`, else a figure id."""
    if not isinstance(operand, str):
        return operand
    if operand in kit.form_by_id:
        return FormRows(kit.form_by_id[operand])
    field = kit.field(operand) if "." in operand else None
    if field is not None:
        return FormRows(kit.form_by_id[operand.partition(".")[0]], (field,))
    return kit.figure_by_id.get(operand)


def resolve_of(kit: Kit, of: str | Rule | list[str | Rule] | None) -> list[Operand]:
    """Return what `of` names: fields of one form as one `FormRows` (cells of a row, compound keys), else each operand."""
    items = of if isinstance(of, list) else [] if of is None else [of]
    found = [resolve(kit, item) for item in items]
    joined: list[Operand] = []
    for item in found:
        last = joined[-1] if joined else None
        if (
            isinstance(item, FormRows)
            and isinstance(last, FormRows)
            and item.fields
            and last.fields
            and item.form is last.form
        ):
            joined[-1] = FormRows(item.form, last.fields + item.fields)
        else:
            joined.append(item)
    return joined
