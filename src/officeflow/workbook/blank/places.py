"""Where things stand in a built workbook, and how a formula names them."""

from __future__ import annotations

from openpyxl.utils import get_column_letter, quote_sheetname

from officeflow.model.kit import Form, Kit

# Ledgers: row 1 title, 2 unit and period, 3 totals, 4 headings; the totals stand above so that adding rows needs no care.
TOTAL_ROW, HEAD_ROW, FIRST_ROW = 3, 4, 5
LAST_ROW = FIRST_ROW + 499
"""Drop-downs and prompts reach so far."""
NUMBERED = 40
"""Rows with 序号 in a blank: a formula that shows nothing is printed by LibreOffice all the same (measured: 157
pages with 500 rows).  Excel continues it as rows are typed, `repair` where rows were pasted."""
REACH = 5000
"""Lists and the printed area reach so far: nobody types more, and Excel stays quick."""
LAST_SHEET_ROW = 1_048_576
FORMULA_REACH = FIRST_ROW + 999
"""Figures and the self-check reach so far (measured: LibreOffice takes seconds for 5000 rows); what stands below is guarded."""
FIRST_FIELD = 2  # behind 序号
REMARK = "#remark"
"""Where a row keeps what stands under 备注, which is not a field (ids have no #)."""

# Records: row 1 title, 2 what the sheet is for, 3 headings.
RECORD_HEAD, RECORD_FIRST = 3, 4
LABEL_COLUMN, VALUE_COLUMN, PROMPT_COLUMN = 1, 2, 3


def field_column(form: Form, field_id: str) -> int:
    """Return the column of a ledger's field."""
    return FIRST_FIELD + list(form.by_id).index(field_id)


def record_row(form: Form, field_id: str) -> int:
    """Return the row of a record's field."""
    return RECORD_FIRST + list(form.by_id).index(field_id)


def record_cell(kit: Kit, path: str) -> str:
    """Return the cell of a record field (`form.field`) as a formula of another sheet names it."""
    form_id, _, field_id = path.partition(".")
    form = kit.form_by_id[form_id]
    return f"{quote_sheetname(form.sheet)}!${get_column_letter(VALUE_COLUMN)}${record_row(form, field_id)}"


def list_name(path: str) -> str:
    """Return the defined name of a column that drop-downs offer."""
    return "list_" + path.replace(".", "_")


def list_range(kit: Kit, path: str) -> str:
    """Return the filled part of a ledger's column, without volatile functions.

    Anchored at the heading: a row inserted above the first one belongs to the list too.
    """
    form_id, _, field_id = path.partition(".")
    form = kit.form_by_id[form_id]
    letter = get_column_letter(field_column(form, field_id))
    column = f"{quote_sheetname(form.sheet)}!${letter}${HEAD_ROW}:${letter}${REACH}"
    return f"INDEX({column},2):INDEX({column},MAX(2,COUNTA({column})))"
