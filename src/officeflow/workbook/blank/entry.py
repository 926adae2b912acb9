"""What may be typed into one field: number format, prompt, drop-down, and the colour of a gap that must be filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from officeflow.model.kit import Condition, Field, Kit, Where
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.page import CELL, HEADING, HEADING_CONDITIONAL, HEADING_REQUIRED, Look
from officeflow.workbook.blank.places import list_name

_FORMATS = {
    # Text columns keep 0123 and 3-4 as typed; `long` must not, cells over 255 characters show #### then.
    "text": "@",
    "choice": "@",
    "ref": "@",
    "reporting_unit": "@",
    "yes_no": "@",
    "int": "0",
    "money": "#,##0.00",
    "date": "yyyy-m-d",
}
_CENTRED = frozenset({"date", "yes_no", "choice"})
_LITERAL_LIMIT = 255  # ECMA-376 part 1, 18.3.1.33: a list written into the rule
_TITLE_LIMIT, _PROMPT_LIMIT = 32, 255
_EARLIEST = "18264"  # 1950-01-01: whatever is earlier was not meant as a date
_LOWEST = "-999999999999"


def entry_look(field: Field) -> Look:
    """Return how typed values of a field look."""
    look = replace(CELL, number_format=_FORMATS.get(field.type, "General"))
    if field.type == "money":
        return replace(look, align="right", indent=1)
    return replace(look, align="center") if field.is_number or field.type in _CENTRED else look


def heading_mark(field: Field) -> str:
    """Return the sign before a field's heading: required, conditionally required, or ''."""
    marks = labels().marks
    if isinstance(field.required, dict):
        return marks.conditional
    # A field with a default is never blank.
    return marks.required if field.required and field.default is None else ""


def heading_look(field: Field) -> Look:
    """Return how a field's heading looks; the mark in front is a number format."""
    mark = heading_mark(field)
    if not mark:
        return HEADING
    look = HEADING_REQUIRED if mark == labels().marks.required else HEADING_CONDITIONAL
    return replace(look, number_format=f'"{mark}"@')


def cell_value(value: object) -> object:
    """Return what is put into a cell for a value of the sample: 是/否 for booleans, the rest as it is."""
    if isinstance(value, bool):
        return labels().words.yes if value else labels().words.no
    return value


def validation(field: Field, kit: Kit) -> DataValidation | None:
    """Return the drop-down, limits and prompt of a field; None when there is nothing to say."""
    rule = _rule(field, kit)
    prompt = _prompt(field)
    if not rule and not prompt:
        return None
    made = DataValidation(allow_blank=True, **rule)
    made.showInputMessage, made.promptTitle, made.prompt = bool(prompt), field.header[:_TITLE_LIMIT], prompt
    made.showErrorMessage, made.errorTitle = "error" in rule, field.header[:_TITLE_LIMIT]
    return made


def _prompt(field: Field) -> str:
    words = labels().words
    need = {labels().marks.required: words.required, labels().marks.conditional: words.conditional}
    parts = [need.get(heading_mark(field), ""), field.prompt]
    if field.is_number and field.unit and field.unit not in field.header:
        parts.append(words.unit.format(unit=field.unit))
    # A line feed in a prompt is a line feed on the screen.
    return "\n".join(part for part in parts if part)[:_PROMPT_LIMIT]


def _rule(field: Field, kit: Kit) -> dict[str, Any]:
    """The arguments of the rule; without "error" everything may be typed."""
    errors, words = labels().error, labels().words
    match field.type:
        case "choice" | "yes_no":
            choices = field.choices or (words.yes, words.no)
            literal = ",".join(choices)
            if len(literal) > _LITERAL_LIMIT - 2 or any("," in choice for choice in choices):
                return {}
            return {"type": "list", "formula1": f'"{literal}"', "error": errors.choice}
        case "ref":
            sheet = kit.form_by_id[field.refers.partition(".")[0]].sheet
            return {
                "type": "list",
                "formula1": list_name(field.refers),
                "error": errors.ref.format(sheet=sheet),
            }
        case "int" | "decimal" | "money" | "percent" if not field.bounds:
            return _limit(field)
        case "date" if field.precision == "day":
            return _warning("date", "greaterThanOrEqual", _EARLIEST, errors.date)
        case "text" | "long" if field.max_length is not None:
            text = errors.length.format(length=field.max_length)
            return _warning("textLength", "lessThanOrEqual", str(field.max_length), text)
        case "text" if field.suggest:
            return {"type": "list", "formula1": list_name(field.suggest)}
        case _:
            return {}


def _limit(field: Field) -> dict[str, Any]:
    kind = "whole" if field.type == "int" else "decimal"
    if field.above is not None:
        return _warning(kind, "greaterThan", str(field.above), labels().error.number)
    lowest = _LOWEST if field.min is None else str(field.min)
    return _warning(kind, "greaterThanOrEqual", lowest, labels().error.number)


def _warning(kind: str, operator: str, limit: str, error: str) -> dict[str, Any]:
    # A warning, not a stop: 1.6万元 and 2014.3.26 are understood, Excel does not know it.
    return {"type": kind, "operator": operator, "formula1": limit, "errorStyle": "warning", "error": error}


def gap_formula(field: Field, cell: str, others: Callable[[str], str]) -> str:
    """Return the formula that is true while a cell must be filled and is blank; '' for fields that may be blank.

    `others` gives the address of another field of the same row or record.
    """
    if not heading_mark(field):
        return ""
    where = field.required if isinstance(field.required, dict) else {}
    return ",".join((f"LEN(TRIM({cell}))=0", *_holds(where, others)))


def _holds(where: Where, others: Callable[[str], str]) -> list[str]:
    return [_condition(others(field_id), condition) for field_id, condition in where.items()]


def _condition(cell: str, condition: Condition) -> str:
    if isinstance(condition, Mapping):
        parts = []
        if "filled" in condition:
            parts.append(f"LEN(TRIM({cell})){'>' if condition['filled'] else '='}0")
        if "not" in condition:
            # A blank cell has no value yet, so nothing follows from it.
            parts.append(f"LEN(TRIM({cell}))>0")
            parts.append(f"NOT({_condition(cell, condition['not'])})")
        return f"AND({','.join(parts)})"
    if isinstance(condition, list):
        return f"OR({','.join(_condition(cell, one) for one in condition)})"
    return f"{cell}={_literal(cell_value(condition))}"


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int | Decimal) else '"{}"'.format(str(value).replace('"', '""'))
