"""What stands in a workbook and is read by no form: sheets, columns and lines of its kit's other versions, or a clerk's own.

Our own pages (目录, 本期汇总 …) are recomputed and do not count, nor does
what stands above a heading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from officeflow.model.cells import CellRef, ranges
from officeflow.model.findings import Finding
from officeflow.model.kit import Form, Kit
from officeflow.text.messages import Place
from officeflow.workbook.entries.typed import MESSAGES
from officeflow.workbook.files.book import Book, Raw, Sheet
from officeflow.workbook.reading.headings import Layout
from officeflow.workbook.reading.recognise import find_layout, find_sheets
from officeflow.workbook.reading.rows import sort_rows
from officeflow.workbook.words import folded, words

_SHOWN = 3
"""Ranges named in a sentence; the finding's cell names all."""


def left_behind(book: Book, kit: Kit, forms: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Return one finding per sheet, column or group of lines that no form of the kit reads.

    `forms` (ids) limits it to the sheets of those forms; none: the whole workbook.
    """
    wanted, found = frozenset(forms), find_sheets(book, kit)
    findings: list[Finding] = []
    for tab in book.tabs:
        sheet = book.sheet(tab).value
        form_id = next((name for name, own in found.tabs.items() if own == tab), "")
        if sheet is None or (wanted and form_id not in wanted):
            continue
        if form_id:
            findings += _in_form(sheet, kit.form_by_id[form_id], str(book.path))
        elif tab in found.unknown and (cells := _filled(sheet, 1)):
            findings.append(_finding("LEFT_SHEET", sheet, cells, "", str(book.path)))
    return tuple(findings)


def _in_form(sheet: Sheet, form: Form, file: str) -> Iterator[Finding]:
    layout = find_layout(sheet, form)
    if not layout.columns:
        if cells := _filled(sheet, 1):
            yield _finding("LEFT_SHEET", sheet, cells, "", file)
        return
    columns = _of_record(sheet, layout) if form.kind == "record" else _of_ledger(sheet, layout)
    for heading, cells in columns.items():
        yield _finding("LEFT_COLUMN" if heading else "LEFT_ROWS", sheet, cells, heading, file)


def _of_ledger(sheet: Sheet, layout: Layout) -> Mapping[str, list[CellRef]]:
    """Return heading → cells in columns of no field; under '' the lines that are no data."""
    rows = sort_rows(sheet, layout)
    data, headings = frozenset(rows.data), frozenset(rows.headings)
    known = frozenset(layout.columns.values())
    found: dict[str, list[CellRef]] = defaultdict(list)
    for cell in _filled(sheet, layout.first):
        is_serial = cell.column == layout.serial and _is_number(sheet.at(cell.row, cell.column))
        is_read = cell.row in data and cell.column in known | {layout.serial, layout.remark}
        if not (is_serial or is_read or cell.row in headings):
            found[layout.extra.get(cell.column, "")].append(cell)
    return found


def _of_record(sheet: Sheet, layout: Layout) -> Mapping[str, list[CellRef]]:
    """Return label → the cells right of a label that no field has; under '' what stands right of the prompts."""
    labels, heads = frozenset(layout.labels.values()), words().record_heads
    places = {(layout.rows[name], column) for name, column in layout.labels.items()}
    beyond = max(layout.columns.values()) + 1
    found: dict[str, list[CellRef]] = defaultdict(list)
    for cell in _filled(sheet, 1):
        label = sheet.at(cell.row, cell.column - 1)
        if cell.column > beyond:
            found[""].append(cell)
        elif (
            cell.column - 1 in labels
            and (cell.row, cell.column - 1) not in places
            and label != ""
            and folded(str(sheet.at(cell.row, cell.column))) not in heads
        ):
            found[str(label)].append(cell)
    return found


def _filled(sheet: Sheet, first: int) -> list[CellRef]:
    """Return the cells from row `first` on that hold something, hidden by the fast reader or not."""
    cells = {
        (row, column)
        for row, values in enumerate(sheet.rows[first - 1 :], first)
        for column, value in enumerate(values, 1)
        if _says(value)
    }
    cells |= {at for at in (*sheet.broken, *sheet.pictures) if at[0] >= first}
    return [CellRef(sheet.name, row, column) for row, column in sorted(cells)]


def _says(value: Raw) -> bool:
    return value != "" and not (isinstance(value, str) and value.isspace())


def _is_number(value: Raw) -> bool:
    # Blank: the formula of a row nobody filled, never calculated.
    return not isinstance(value, str) or value == "" or value.strip().isdigit()


def _finding(code: str, sheet: Sheet, cells: list[CellRef], heading: str, file: str) -> Finding:
    listed = ranges(cells)[sheet.name]
    parts = listed.split(",")
    named = "、".join(parts[:_SHOWN]) + ("…" if len(parts) > _SHOWN else "")
    finding = MESSAGES.finding(
        code,
        place=Place(sheet.name),
        file=file,
        row_key=heading,
        value=heading,
        count=len(cells),
        cells=named,
    )
    return replace(finding, cell=listed)
