"""Tell the rows below a heading apart: data, totals, notes for people, repeated headings, nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from officeflow.workbook.book import Raw, Sheet
from officeflow.workbook.fill import PICTURE
from officeflow.workbook.headings import Layout
from officeflow.workbook.words import folded, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
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


def sort_rows(sheet: Sheet, layout: Layout) -> Rows:
    """Return the rows below the heading by kind.

    A row is data when any column of the form holds something: a value, an error
    or a formula without result.  A row with 序号 alone is blank.
    """
    ours = frozenset(layout.columns.values())
    if not ours:
        return Rows(data=())
    hollow = {
        row - layout.first
        for row, column in (*sheet.broken, *sheet.pictures)
        if column in ours and row >= layout.first
    }
    block = list(sheet.rows[layout.first - 1 :])
    # calamine ends at the last value; a formula without result may stand below it.
    block += [[""] * len(sheet.rows[0])] * (max(hollow, default=-1) + 1 - len(block))
    if not block:
        return Rows(data=())
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
    return Rows(
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
    headings = set(layout.headings.values())
    kinds = {text: _kind(text) for text in texts if text[:1] in known.starts}
    kinds = {text: kind for text, kind in kinds.items() if kind}
    if not kinds and texts.isdisjoint(headings):
        return {}
    names = {column: folded(layout.headings[field_id]) for field_id, column in layout.columns.items()}
    found: dict[int, tuple[str, str]] = {}
    for index, row in enumerate(block):
        text = next((cell for cell in row if cell.__class__ is str and cell.strip()), "")
        if text in kinds:
            found[index] = (kinds[text], text.strip())
        elif not headings.isdisjoint(row):
            same = sum(c <= len(row) and folded(str(row[c - 1])) == name for c, name in names.items())
            if same > 1:
                found[index] = ("heading", str(text))
    return found


def _kind(text: str) -> str:
    known = words()
    if known.total.fullmatch(folded(text)):
        return "total"
    return "note" if known.note.match(text) else ""
