"""A record sheet: one labelled line per field, protected except the cells to fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from officeflow.model.kit import Form, Kit
from officeflow.workbook.blank.entry import (
    cell_value,
    entry_look,
    gap_formula,
    heading_look,
    heading_mark,
    validation,
)
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.page import HEADING, LABEL, NOTE, PROMPT, TITLE, Page, row_height
from officeflow.workbook.blank.places import (
    LABEL_COLUMN,
    PROMPT_COLUMN,
    RECORD_FIRST,
    RECORD_HEAD,
    VALUE_COLUMN,
    record_row,
)

_WIDTHS = (26, 44, 40)
_LONG_LINES = 4
_NO_MARK = "\u3000"  # as wide as a mark, so that labels stand in line


def build_record(page: Page, kit: Kit, form: Form, values: Mapping[str, object]) -> None:
    """Lay out `form` on `page` with `values`."""
    page.widths(_WIDTHS)
    page.put_wide(1, (1, PROMPT_COLUMN), form.sheet, TITLE)
    page.height(1, 34)
    legend = labels().line.legend
    page.put_wide(2, (1, PROMPT_COLUMN), f"{form.note}　　{legend}" if form.note else legend, NOTE)
    page.height(2, 22)
    heads = labels().record
    for column, head in (
        (LABEL_COLUMN, heads.label),
        (VALUE_COLUMN, heads.value),
        (PROMPT_COLUMN, heads.prompt),
    ):
        page.put(RECORD_HEAD, column, head, HEADING)
    page.height(RECORD_HEAD, 22)
    _lines(page, form, values)
    _entry_rules(page, kit, form)
    page.sheet.freeze_panes = f"A{RECORD_FIRST}"
    page.print_on_a4(kit.title, "portrait")
    page.protect()


def _lines(page: Page, form: Form, values: Mapping[str, object]) -> None:
    for row, field in enumerate(form.fields, start=RECORD_FIRST):
        mark = heading_mark(field)
        # The mark is a number format, so that the label's text stays what the reader looks for.
        look = replace(LABEL, number_format=f'"{mark or _NO_MARK}"@', fill=heading_look(field).fill)
        page.put(row, LABEL_COLUMN, field.header, look)
        value = cell_value(values.get(field.id))
        page.put(
            row, VALUE_COLUMN, value, replace(entry_look(field), align="left", is_locked=False, indent=1)
        )
        page.put(row, PROMPT_COLUMN, field.prompt, PROMPT)
        texts = {field.header + mark: _WIDTHS[0] - 2, field.prompt: _WIDTHS[2] - 2}
        if isinstance(value, str):
            texts[value] = _WIDTHS[1] - 2
        least = 11 * 1.32 * _LONG_LINES + 6 if field.type == "long" else 24
        page.height(row, row_height(texts, size=11, least=least))


def _entry_rules(page: Page, kit: Kit, form: Form) -> None:
    for row, field in enumerate(form.fields, start=RECORD_FIRST):
        cell = page.sheet.cell(row, VALUE_COLUMN).coordinate
        rule = validation(field, kit)
        if rule is not None:
            rule.add(cell)
            page.sheet.add_data_validation(rule)
        gap = gap_formula(field, cell, lambda other: f"$B${record_row(form, other)}")
        if gap:
            page.colour_gaps(cell, f"AND({gap})")
