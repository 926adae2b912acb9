"""What a rule is over: the fields behind the figures it names, what people call it, whether it gives dates or texts."""

from __future__ import annotations

from officeflow.figures._kind import find_kind
from officeflow.figures._operand import FormRows, resolve_of
from officeflow.model.kit import Field, Kit, Rule


def field_of(kit: Kit, rule: Rule) -> Field | None:
    """Return the first field a rule is over, through the figures it names."""
    found = resolve_of(kit, rule.of)
    rows = found[0] if found else None
    if isinstance(rows, Rule):
        return field_of(kit, rows)
    return rows.fields[0] if isinstance(rows, FormRows) and rows.fields else None


def name_of(kit: Kit, rule: Rule) -> str:
    """Return what people call what a rule is over: a heading, a sheet, a figure."""
    found = resolve_of(kit, rule.of)
    rows = found[0] if found else None
    if isinstance(rows, FormRows):
        return rows.fields[0].header if rows.fields else rows.form.sheet
    return rows.name or rows.id if isinstance(rows, Rule) else ""


def is_date(kit: Kit, rule: Rule) -> bool:
    """Whether its value is one of its field's dates."""
    field, kind = field_of(kit, rule), find_kind(rule.use)
    takes_values = kind is not None and kind.fold is not None and kind.zero is None and kind.unit is None
    return field is not None and field.type == "date" and takes_values


def is_text(kit: Kit, rule: Rule) -> bool:
    """Whether its value is a text."""
    found = resolve_of(kit, rule.of)
    rows = found[0] if found else None
    if rule.use != "value" or rows is None:
        return False
    if isinstance(rows, FormRows):
        return not is_measurable(rows)
    return isinstance(rows, Rule) and is_text(kit, rows)


def is_measurable(rows: FormRows) -> bool:
    """Whether its first field holds numbers or dates."""
    return bool(rows.fields) and (rows.fields[0].is_number or rows.fields[0].type == "date")


def natural_kind(rows: FormRows) -> str:
    """Return the kind of the one value that rows stand for."""
    if not rows.fields:
        return "count"
    return "total" if rows.form.kind == "ledger" and rows.fields[0].is_number else "value"
