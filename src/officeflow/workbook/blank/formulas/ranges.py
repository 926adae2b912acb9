"""Fields and conditions of a kit as Excel expressions: named ranges, defaults put in, rows that count.

Arrays have one element per row of a ledger, from the first row to FORMULA_REACH.  A
ledger's rows are those whose first always-required field is filled; where some
row lacks it `guards` makes every figure over the ledger say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter, quote_sheetname

from officeflow.figures import meets
from officeflow.model.kit import Condition, Field, Form, Kit, Scalar, Where
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.places import (
    FIRST_FIELD,
    FIRST_ROW,
    FORMULA_REACH,
    HEAD_ROW,
    LAST_SHEET_ROW,
    field_column,
    record_cell,
)

_EPOCH = date(1899, 12, 30)


def literal(value: Scalar) -> str:
    """Return a constant of a formula; 是/否 for booleans, the serial number of a date."""
    if isinstance(value, bool):
        return quoted(labels().words.yes if value else labels().words.no)
    if isinstance(value, date):
        return str(serial(value))
    return str(value) if isinstance(value, int | Decimal) else quoted(value)


def quoted(text: str) -> str:
    """Return a text as a constant of a formula."""
    return '"{}"'.format(text.replace('"', '""'))


def constants(texts: Iterable[str]) -> str:
    """Return texts as an array constant."""
    return "{" + ",".join(map(quoted, texts)) + "}"


def serial(day: date) -> int:
    """Return the number by which Excel knows a day."""
    return (day - _EPOCH).days


class Ranges:
    """The expressions of one kit; `names` are the defined names they use so far."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.names: dict[str, str] = {}

    def column(self, path: str) -> str:
        """Return the cells of a ledger's field, or the one cell of a record's."""
        form, field = self._found(path)
        if form.kind == "record":
            return record_cell(self.kit, path)
        letter = get_column_letter(field_column(form, field.id))
        return self._named(f"of_{form.id}_{field.id}", form, letter, letter)

    def block(self, form: Form) -> str:
        """Return the cells of all fields of a ledger."""
        last = get_column_letter(FIRST_FIELD + len(form.fields) - 1)
        return self._named(f"of_{form.id}", form, get_column_letter(FIRST_FIELD), last)

    def rows(self, form: Form) -> str:
        """Return all cells of a ledger, 序号 included."""
        last = get_column_letter(FIRST_FIELD + len(form.fields) - 1)
        return self._named(f"rows_{form.id}", form, "A", last)

    def beyond(self, form: Form) -> str:
        """Return how many cells are filled below what formulas reach."""
        sheet, last = quote_sheetname(form.sheet), get_column_letter(FIRST_FIELD + len(form.fields) - 1)
        return f"COUNTA({sheet}!$B${FORMULA_REACH + 1}:${last}${LAST_SHEET_ROW})"

    def started(self, form: Form) -> str:
        """Return the array that is true for rows in which anything stands."""
        ones = "{" + ";".join("1" * len(form.fields)) + "}"
        return f'(MMULT(--({self.block(form)}<>""),{ones})>0)'

    def anchor(self, form: Form) -> Field | None:
        """Return the field whose filled cells are the rows of a ledger."""
        return next((one for one in form.fields if one.required is True and one.default is None), None)

    def mask(self, form: Form, where: Where) -> str:
        """Return the array of 1 and 0: the rows that satisfy every condition."""
        anchor = self.anchor(form)
        rows = self.started(form) if anchor is None else f'({self.column(f"{form.id}.{anchor.id}")}<>"")'
        conditions = [self.holds(form, name, condition) for name, condition in where.items()]
        return f"({'*'.join([rows, *conditions])}*1)"

    def holds(self, form: Form, name: str, condition: Condition) -> str:
        """Return the expression of 1 and 0 for a condition over one field, its default put in."""
        field = form.by_id[name]
        if isinstance(condition, Mapping):
            if "filled" in condition:
                filled = self.filled(form, field)
                return filled if condition["filled"] else f"(1-{filled})"
            return f"(1-{self.holds(form, name, condition['not'])})"
        cells = self.column(f"{form.id}.{name}")
        allowed = condition if isinstance(condition, list) else [condition]
        parts = [f"({cells}={literal(value)})" for value in allowed]
        wanted = meets(allowed)
        parts += [f'({cells}="")*{rows}' for value, rows in self._defaults(form, field) if wanted(value)]  # type: ignore[arg-type]
        return f"({'+'.join(parts)})"

    def filled(self, form: Form, field: Field) -> str:
        """Return the expression of 1 and 0: the field has a value, typed or by default."""
        cells = self.column(f"{form.id}.{field.id}")
        parts = [f'({cells}<>"")', *(f'({cells}="")*{rows}' for _, rows in self._defaults(form, field))]
        return f"({'+'.join(parts)})" if len(parts) > 1 else parts[0]

    def value(self, form: Form, field: Field) -> str:
        """Return the values of a field, its default put in where it is blank."""
        cells = self.column(f"{form.id}.{field.id}")
        if form.kind == "record":
            found = [value for value, _ in self._defaults(form, field)]
            return f'IF({cells}="",{literal(found[0])},{cells})' if found else cells
        if not field.is_number:
            return cells
        parts = [f'({cells}="")*{rows}*{literal(value)}' for value, rows in self._defaults(form, field)]
        return f"({'+'.join([cells, *parts])})" if parts else cells

    def text(self, form: Form, field: Field) -> str:
        """Return the values of a ledger's field as texts, '' where there is none."""
        cells = self.column(f"{form.id}.{field.id}")
        defaults = self._defaults(form, field)
        return "&".join(
            [cells, *(f'REPT({literal(value)},({cells}="")*{rows})' for value, rows in defaults), '""']
        )

    def _defaults(self, form: Form, field: Field) -> list[tuple[Scalar, str]]:
        """Return each default with the expression of 1 and 0 for the rows it is for."""
        if not isinstance(field.default, dict):
            return [] if field.default is None else [(field.default, "1")]
        other = self.column(f"{form.id}.{field.default_by}")
        return [(value, f"({other}={quoted(key)})") for key, value in field.default.items() if key != "by"]

    def _named(self, name: str, form: Form, first: str, last: str) -> str:
        # Anchored at the heading, so that a row inserted above the first one belongs to it too.
        sheet = quote_sheetname(form.sheet)
        top = f"{sheet}!${first}${HEAD_ROW}:${first}${FORMULA_REACH}"
        self.names[name] = f"INDEX({top},{FIRST_ROW - HEAD_ROW + 1}):{sheet}!${last}${FORMULA_REACH}"
        return name

    def _found(self, path: str) -> tuple[Form, Field]:
        form_id, _, field_id = path.partition(".")
        form = self.kit.form_by_id[form_id]
        return form, form.by_id[field_id]
