"""A ledger sheet: title, unit and period, totals, headings, then rows that grow downwards; never protected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from officeflow.model.kit import Field, Form, Kit
from officeflow.workbook.blank.entry import (
    cell_value,
    entry_look,
    gap_formula,
    heading_look,
    heading_mark,
    validation,
)
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.page import (
    CELL,
    HEADING,
    LINE_2,
    PREFILLED,
    SERIAL,
    TITLE,
    TOTAL,
    Look,
    Page,
    row_height,
    text_width,
)
from officeflow.workbook.blank.places import (
    FIRST_FIELD,
    FIRST_ROW,
    HEAD_ROW,
    LAST_ROW,
    LAST_SHEET_ROW,
    NUMBERED,
    REACH,
    REMARK,
    TOTAL_ROW,
    field_column,
    record_cell,
)

Row = Mapping[str, object]
_SERIAL_WIDTH, _REMARK_WIDTH = 6, 16
_WIDTHS = {"long": 26, "date": 12, "money": 13, "yes_no": 8, "int": 9, "decimal": 9, "percent": 9}
_PRINTED_ROWS = 20
_PRINT_AREA = "_xlnm.Print_Area"  # ECMA-376 part 1, 18.2.5


@dataclass(frozen=True, kw_only=True)
class Sender:
    """What every ledger repeats from the first record: unit and period, '' while blank."""

    unit: str
    first: str
    last: str

    @classmethod
    def of(cls, kit: Kit, rows: Mapping[str, Sequence[Row]]) -> Sender:
        """Return what the filled rows say."""
        unit, first, last = (_typed(rows, path) for path in (kit.unit, *kit.period))
        return cls(unit=unit, first=first, last=last)


def _typed(rows: Mapping[str, Sequence[Row]], path: str) -> str:
    form_id, _, field_id = path.partition(".")
    value = next((row.get(field_id) for row in rows.get(form_id, ())), None)
    return f"{value.year}-{value.month}-{value.day}" if isinstance(value, date) else str(value or "")


@dataclass(frozen=True, kw_only=True)
class Filling:
    """What is put into a ledger, and how it is shown."""

    rows: Sequence[Row]
    is_proposed: bool = False
    """The program proposes the rows: they stand in grey."""
    is_sample: bool = False


def build_ledger(page: Page, kit: Kit, form: Form, filling: Filling, sender: Sender) -> None:
    """Lay out `form` on `page`."""
    rows = filling.rows
    last = last_column(form)
    _widths(page, form)
    page.put_wide(1, (1, last), form.sheet, TITLE)
    page.height(1, 30)
    _line_2(page, kit, form, sender, last)
    _totals(page, form, rows)
    _headings(page, form)
    _rows(page, form, rows, is_proposed=filling.is_proposed)
    _entry_rules(page, kit, form)
    sheet = page.sheet
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_FIELD + 1).coordinate
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    _print_area(page, form, filling)
    page.print_on_a4(kit.title, "landscape")


def _width(field: Field) -> float:
    if field.width is not None:
        return field.width
    heading = text_width(field.header) // 2 + 4  # a heading may take two lines
    return min(40, max(8, _WIDTHS.get(field.type, 12), heading))


def _widths(page: Page, form: Form) -> None:
    remark = [_REMARK_WIDTH] if form.kind == "ledger" else []
    page.widths([_SERIAL_WIDTH, *map(_width, form.fields), *remark])


def _line_2(page: Page, kit: Kit, form: Form, sender: Sender, last: int) -> None:
    line, joint = labels().line, labels().words.joint
    units = joint.join(dict.fromkeys(field.unit for field in form.fields if field.is_number and field.unit))
    tail = "　　" + (line.measure.format(units=units) if units else "") + line.legend
    formula, shown = sender_line(kit, sender)
    formula, shown = f'{formula}&"{tail}"', shown + tail
    page.put_wide(2, (1, last), None, LINE_2)
    page.put_formula(2, 1, formula, shown, LINE_2)
    width = sum(map(_width, form.fields)) + _SERIAL_WIDTH + _REMARK_WIDTH
    page.height(2, row_height({shown: width}, size=10, least=20))


def sender_line(kit: Kit, sender: Sender) -> tuple[str, str]:
    """Return the formula that repeats unit and period, and what it shows at first."""
    line = labels().line
    unit, first, until = (record_cell(kit, path) for path in (kit.unit, *kit.period))
    formula = "&".join(
        (
            f'"{line.unit}"',
            f'IF({unit}="","{line.blank}",{unit})',
            f'"{line.period}"',
            f'IF({first}="","{line.blank}",TEXT({first},"yyyy-m-d"))',
            f'"{line.until}"',
            f'IF({until}="","{line.blank}",TEXT({until},"yyyy-m-d"))',
        )
    )
    blank = line.blank
    days = (sender.first or blank, line.until, sender.last or blank)
    return formula, "".join((line.unit, sender.unit or blank, line.period, *days))


def _totals(page: Page, form: Form, rows: Sequence[Row]) -> None:
    line = labels().line
    page.put(TOTAL_ROW, 1, labels().words.total, TOTAL)
    for column, field in enumerate(form.fields, start=FIRST_FIELD):
        # From the heading on: a row inserted above the first one is counted too.
        cells = f"{get_column_letter(column)}${HEAD_ROW}:{get_column_letter(column)}${LAST_SHEET_ROW}"
        if field.is_number and field.has_total and field.type != "percent":
            typed = [row[field.id] for row in rows if field.id in row]
            total = sum((Decimal(value) for value in typed if isinstance(value, int | Decimal)), Decimal())
            entry = entry_look(field)
            look = replace(TOTAL, align=entry.align, indent=entry.indent, number_format=entry.number_format)
            page.put_formula(TOTAL_ROW, column, f"SUM({cells})", total, look)
        elif column == FIRST_FIELD:
            formula = f'"{line.count_before}"&(COUNTA({cells})-1)&"{line.count_after}"'
            page.put_formula(
                TOTAL_ROW, column, formula, f"{line.count_before}{len(rows)}{line.count_after}", TOTAL
            )
        else:
            page.put(TOTAL_ROW, column, None, TOTAL)
    if form.kind == "ledger":
        page.put(TOTAL_ROW, FIRST_FIELD + len(form.fields), None, TOTAL)
    page.height(TOTAL_ROW, 18)


def _headings(page: Page, form: Form) -> None:
    words = labels().words
    page.put(HEAD_ROW, 1, words.serial, HEADING)
    for column, field in enumerate(form.fields, start=FIRST_FIELD):
        page.put(HEAD_ROW, column, field.header, heading_look(field))
    if form.kind == "ledger":
        page.put(HEAD_ROW, FIRST_FIELD + len(form.fields), words.remark, HEADING)
    cells = {field.header + heading_mark(field): _width(field) for field in form.fields}
    page.height(HEAD_ROW, row_height(cells, size=11, least=36))


def _rows(page: Page, form: Form, rows: Sequence[Row], *, is_proposed: bool) -> None:
    looks: list[Look] = [entry_look(field) for field in form.fields]
    if is_proposed:
        looks = [replace(look, color=PREFILLED) for look in looks]
    last = get_column_letter(FIRST_FIELD + len(form.fields) - 1)
    for row in range(FIRST_ROW, FIRST_ROW + max(NUMBERED, len(rows))):
        serial = (
            f'IF(COUNTA(${get_column_letter(FIRST_FIELD)}{row}:${last}{row})=0,"",ROW()-ROW($A${HEAD_ROW}))'
        )
        is_filled = row - FIRST_ROW < len(rows)
        page.put_formula(row, 1, serial, Decimal(row - HEAD_ROW) if is_filled else "", SERIAL)
    page.grows_from = FIRST_ROW
    for row, entry in enumerate(rows, start=FIRST_ROW):
        for column, (field, look) in enumerate(zip(form.fields, looks, strict=True), start=FIRST_FIELD):
            page.put(row, column, cell_value(entry.get(field.id)), look)
        if form.kind == "ledger":
            page.put(row, FIRST_FIELD + len(form.fields), entry.get(REMARK), CELL)
        texts = {
            str(entry[field.id]): _width(field)
            for field in form.fields
            if isinstance(entry.get(field.id), str)
        }
        page.height(row, row_height(texts, size=11, least=18))
    # Looks of whole columns reach every row that will ever be typed, and cost nothing to read.
    for column, look in enumerate([SERIAL, *looks, CELL][: last_column(form)], start=1):
        replace(look, color=CELL.color if column > 1 else look.color).on(
            page.sheet.column_dimensions[get_column_letter(column)]
        )


def last_column(form: Form) -> int:
    """Return the last column of a ledger, 备注 included."""
    return FIRST_FIELD + len(form.fields) - 1 + (form.kind == "ledger")


def _print_area(page: Page, form: Form, filling: Filling) -> None:
    """Print down to the last filled row, at least one page to fill by hand; formulas in blank rows print nothing."""
    least, right = HEAD_ROW + _PRINTED_ROWS, get_column_letter(last_column(form))
    if filling.is_sample:
        # LibreOffice takes a fixed area only; nobody adds rows to a sample.
        page.sheet.print_area = f"A1:{right}{max(least, HEAD_ROW + len(filling.rows))}"
        return
    sheet, key = quote_sheetname(page.sheet.title), get_column_letter(FIRST_FIELD)
    keys = f"{sheet}!${key}${HEAD_ROW}:${key}${REACH}"
    last = f'MAX({least},LOOKUP(2,1/({keys}<>""),ROW({keys})))'
    area = f"{sheet}!$A$1:INDEX({sheet}!${right}$1:${right}${REACH},{last})"
    page.sheet.defined_names[_PRINT_AREA] = DefinedName(_PRINT_AREA, attr_text=area)


def _entry_rules(page: Page, kit: Kit, form: Form) -> None:
    first = get_column_letter(FIRST_FIELD)
    last = get_column_letter(FIRST_FIELD + len(form.fields) - 1)
    for column, field in enumerate(form.fields, start=FIRST_FIELD):
        letter = get_column_letter(column)
        cells = f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}"
        rule = validation(field, kit)
        if rule is not None:
            rule.add(cells)
            page.sheet.add_data_validation(rule)
        gap = gap_formula(
            field,
            f"{letter}{FIRST_ROW}",
            lambda other: f"${get_column_letter(field_column(form, other))}{FIRST_ROW}",
        )
        if gap:
            page.colour_gaps(cells, f"AND(COUNTA(${first}{FIRST_ROW}:${last}{FIRST_ROW})>0,{gap})")
