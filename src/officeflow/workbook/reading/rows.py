"""Which rows of a sheet are data, and what cells mean that say what stands above: merged cells, 同上, pictures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from officeflow.checks import masked
from officeflow.model.cells import CellRef
from officeflow.model.kit import Field, Form
from officeflow.text.messages import Place
from officeflow.text.reading import as_shown
from officeflow.workbook.files.book import Raw, Sheet
from officeflow.workbook.reading.headings import Layout
from officeflow.workbook.reading.notes import Notes
from officeflow.workbook.words import folded, words

PICTURE = "DISPIMG("
"""WPS 2021 stores a picture in a cell as a formula of this name."""


def fill_merged(
    cells: dict[str, list[Raw]],
    rows: tuple[int, ...],
    *,
    sheet: Sheet,
    form: Form,
    layout: Layout,
    notes: Notes,
) -> list[tuple[str, int, int]]:
    """Repeat the value of a merged cell in the rows it covers, listing each.

    A merged number is not repeated (one amount for three rows is one amount);
    such numbers are returned as (field id, entry, rows).
    """
    numbers: list[tuple[str, int, int]] = []
    by_column = {column: field_id for field_id, column in layout.columns.items()}
    entry_at = {row: entry for entry, row in enumerate(rows)}
    for area in sheet.areas:
        field_id = by_column.get(area.left)
        if field_id is None or area.bottom == area.top or area.top not in entry_at:
            continue
        column, value = cells[field_id], cells[field_id][entry_at[area.top]]
        if value == "":
            continue
        field = form.by_id[field_id]
        if field.is_number:
            numbers.append((field_id, entry_at[area.top], area.bottom - area.top + 1))
            continue
        # Of a merged column that reaches to the end of the sheet only its rows are looked at.
        for entry in range(bisect_right(rows, area.top), bisect_right(rows, area.bottom)):
            if column[entry] == "":
                column[entry] = value
                at = CellRef(sheet.name, rows[entry], area.left)
                notes.repair(at, typed="", read_as=_said(value, field), rule=words().rules["merged"])
    return numbers


def fill_marks(
    cells: dict[str, list[Raw]],
    rows: tuple[int, ...],
    *,
    sheet: Sheet,
    form: Form,
    layout: Layout,
    notes: Notes,
) -> None:
    """Put the value above where a cell says 同上, and words where a cell holds a picture; list each."""
    known = words()
    for field_id, column in cells.items():
        field = form.by_id[field_id]
        above: Raw = ""
        for entry, value in enumerate(column):
            at = CellRef(sheet.name, rows[entry], layout.columns[field_id])
            rule = ""
            if (at.row, at.column) in sheet.pictures or (isinstance(value, str) and PICTURE in value):
                column[entry], rule = known.picture, "picture"
            elif isinstance(value, str) and value.strip() in known.ditto:
                column[entry], rule = above, "ditto"
                if above == "":
                    notes.say("DITTO_OF_NOTHING", Place(sheet.name, at.row, field.header, at.a1), value=value)
            above = column[entry]
            if rule and above != "":
                read_as = _said(above, field)
                notes.repair(at, typed=as_shown(value), read_as=read_as, rule=known.rules[rule])


def _said(value: Raw, field: Field) -> str:
    return masked(as_shown(value)) if field.personal else as_shown(value)


_TITLE_ROWS = 6
"""Rows that a title with its lines takes above the heading of a sheet pasted below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRows:
    """The rows of a ledger below its heading, by kind; numbers are sheet rows."""

    data: tuple[int, ...]
    totals: tuple[tuple[int, str], ...] = ()
    """(row, what stands first in it)."""
    notes: tuple[tuple[int, str], ...] = ()
    """Rows that hold words for people and no data."""
    headings: tuple[int, ...] = ()
    columns: tuple[tuple[Raw, ...], ...] = ()
    """Every column of the sheet from the first row below the heading on."""
    has_marks: bool = False
    """Whether some cell says 同上 or holds a picture formula."""


def sort_rows(sheet: Sheet, layout: Layout) -> LedgerRows:
    """Return the rows below the heading by kind.

    A row is data when any column of the form holds something: a value, an error
    or a formula without result.  A row with 序号 alone is blank.
    """
    ours = frozenset(layout.columns.values())
    if not ours:
        return LedgerRows(data=())
    hollow = {
        row - layout.first
        for row, column in (*sheet.broken, *sheet.pictures)
        if column in ours and row >= layout.first
    }
    block = list(sheet.rows[layout.first - 1 :])
    # calamine ends at the last value; a formula without result may stand below it.
    block += [[""] * len(sheet.rows[0])] * (max(hollow, default=-1) + 1 - len(block))
    if not block:
        return LedgerRows(data=())
    columns = tuple(zip(*block, strict=True))
    mapped = [column - 1 for column in ours if column <= len(columns)]
    filled = _filled(columns, mapped) | hollow
    loose = _loose(columns, layout, mapped)
    block = block[: max(filled | loose.keys(), default=-1) + 1]
    texts = _texts(columns)
    special = _special(block, layout, texts)
    loose = {index: text for index, text in loose.items() if index not in filled and index not in special}
    by_kind: dict[str, dict[int, str]] = {"total": {}, "note": loose, "heading": {}}
    for index, (kind, text) in special.items():
        by_kind[kind][index] = text
    first = layout.first
    return LedgerRows(
        data=tuple(index + first for index in sorted(filled - special.keys())),
        totals=tuple((index + first, text) for index, text in sorted(by_kind["total"].items())),
        notes=tuple((index + first, text) for index, text in sorted(by_kind["note"].items())),
        headings=tuple(index + first for index in sorted(by_kind["heading"])),
        columns=columns,
        has_marks=not words().ditto.isdisjoint(texts)
        or any(PICTURE in text for text in texts if text[:1] == "="),
    )


def _texts(columns: Sequence[Sequence[Raw]]) -> set[str]:
    found: set[str] = set()
    for column in columns:
        if str in set(map(type, column)):
            found.update(cell for cell in set(column) if cell.__class__ is str)
    return found


def _filled(columns: Sequence[Sequence[Raw]], mapped: Sequence[int]) -> set[int]:
    nothing = ("",) * len(mapped)
    cut = zip(*(columns[index] for index in mapped), strict=True)
    found = [(index, cells) for index, cells in enumerate(cut) if cells != nothing]
    # A cell may hold spaces only; the first cell of a row nearly always settles it.
    return {index for index, cells in found if _says(cells[0]) or any(map(_says, cells))}


def _says(cell: Raw) -> bool:
    return cell != "" and not (cell.__class__ is str and cell.isspace())


def _loose(columns: Sequence[Sequence[Raw]], layout: Layout, mapped: Sequence[int]) -> dict[int, str]:
    """Return the first text of each row outside the columns of the form."""
    loose: dict[int, str] = {}
    for number, column in enumerate(columns):
        if number in mapped:
            continue
        is_serial = number == layout.serial - 1
        for index, cell in enumerate(column):
            if cell.__class__ is str and cell.strip() and not (is_serial and cell.strip().isdigit()):
                loose.setdefault(index, cell.strip())
    return loose


def _special(block: Sequence[Sequence[Raw]], layout: Layout, texts: set[str]) -> dict[int, tuple[str, str]]:
    """Return row index → its kind and first text, for rows that are no data."""
    known = words()
    starts, ends = known.starts, known.ends
    headings = set(layout.headings.values())
    kinds = {text: _kind(text) for text in texts if text[:1] in starts or text[-1:] in ends}
    kinds = {text: kind for text, kind in kinds.items() if kind}
    if not kinds and texts.isdisjoint(headings):
        return {}
    names = {column: folded(layout.headings[field_id]) for field_id, column in layout.columns.items()}
    found: dict[int, tuple[str, str]] = {}
    for index, row in enumerate(block):
        said = [cell for cell in row if cell.__class__ is str and cell.strip()]
        if kind := _row_kind(said, kinds, row, layout):
            found[index] = kind
        elif not headings.isdisjoint(row):
            same = sum(c <= len(row) and folded(str(row[c - 1])) == name for c, name in names.items())
            if same > 1 or layout.texts >= set(filter(_says, row)):
                found[index] = ("heading", str(said[0]))
    return found | _pasted_titles(block, layout, found)


def _row_kind(
    said: Sequence[str], kinds: dict[str, str], row: Sequence[Raw], layout: Layout
) -> tuple[str, str] | None:
    """Return kind and text of a row that adds up or speaks to people, by its texts; None for any other."""
    if said and kinds.get(said[0]) == "note":
        return "note", said[0].strip()
    total = next((text for text in said if kinds.get(text) == "total"), None)
    if total is None:
        return None
    # 西山社区小计 without any number adds nothing up: it must not vanish without a word.
    numbers = any(c <= len(row) and _counts(row[c - 1]) for c in layout.columns.values())
    return ("total" if numbers or words().total_alone.fullmatch(folded(total)) else "note"), total.strip()


def _counts(cell: Raw) -> bool:
    return any(map(str.isdigit, cell)) if isinstance(cell, str) else cell.__class__ in {int, float}


def _pasted_titles(
    block: Sequence[Sequence[Raw]], layout: Layout, found: dict[int, tuple[str, str]]
) -> dict[int, tuple[str, str]]:
    """Return the rows from the title of a sheet pasted below to its heading: its notes and its 合计 are no data of ours."""
    titles: dict[int, tuple[str, str]] = {}
    edge = min(layout.columns.values())
    for heading in (index for index, (kind, _) in found.items() if kind == "heading"):
        for above in range(heading - 1, max(heading - _TITLE_ROWS, 0) - 1, -1):
            filled = [(number, cell) for number, cell in enumerate(block[above], 1) if _says(cell)]
            if above in found or not filled:
                continue
            if len(filled) > 1 or filled[0][0] > edge or not isinstance(filled[0][1], str):
                break
            for index in range(above, heading):
                text = next((str(cell) for cell in block[index] if _says(cell)), "")
                if text and found.get(index, ("", ""))[0] != "heading":
                    titles[index] = ("note", text)
    return titles


def _kind(text: str) -> str:
    known = words()
    if known.total.fullmatch(folded(text)):
        return "total"
    return "note" if known.note.match(text) else ""
