"""Write findings back into a workbook, and take them out again, by changing nothing else in the file.

Marks are a colour and a note at each cell, the page 校验结果 with links, and the
questions of 情况说明.  Parts are cut and joined as text: charts, pictures, shapes
and extensions of other programs stay byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from officeflow.model.findings import Finding, Severity
from officeflow.model.kit import Kit
from officeflow.ooxml import Package, open_package
from officeflow.ooxml.parts import Parts
from officeflow.ooxml.small_workbook import bare_workbook
from officeflow.workbook.files.book import Book, Sheet
from officeflow.workbook.files.xlsx import open_xlsx
from officeflow.workbook.marks.answers import ask, forget
from officeflow.workbook.marks.cells import Painter, mark_cells, remove_notes
from officeflow.workbook.marks.page import (
    PageLooks,
    absent_cells,
    absent_text,
    clear_results,
    read_journal,
    results_tab,
    text_edit,
    write_journal,
    write_results,
)
from officeflow.workbook.marks.plan import MarkPlan, page_words, plan_marks, words
from officeflow.workbook.sheetml.sheet import SheetText
from officeflow.workbook.sheetml.styles import StylesText
from officeflow.workbook.sheetml.tabs import TabPart, remove_tab, styles_part, tab_named, tabs_of

_FAMILIES = (b"fonts", b"fills", b"borders", b"cellXfs")


def mark(data: bytes, findings: Sequence[Finding], *, kit: Kit) -> bytes:
    """Return the workbook (.xlsx, .xlsm) with these findings marked in it; marks of an earlier time are gone.

    Values, formulas and everything else stay.  Answered findings are listed, not marked.

    Raises:
        PartError: a part is damaged, or a newer program's marks are in it (`NewerMarksError`).
        MarkupError: a part is not well-formed XML.
    """
    package = _opened(unmark(data))
    book = _book(package)
    return write_marks(package, book, plan_marks(findings, book=book, kit=kit))


def write_marks(package: Package, book: Book, plan: MarkPlan) -> bytes:
    """Return the package, which carries no marks, with those of the plan; `book` are its cells.

    Raises:
        PartError: a part is damaged.
        MarkupError: a part is not well-formed XML.
    """
    patch = Parts(package)
    styles_name = styles_part(patch)
    styles = StylesText(patch.read(styles_name))
    before = {family.decode(): len(styles.items(family)) for family in _FAMILIES}
    painter = Painter(styles=styles)
    record: dict[str, Any] = {"counts": before}
    made = mark_cells(patch, plan.cells, painter)
    record["absent"] = {name: absent_text(cells) for name, cells in made.items() if cells}
    record["notes"] = sorted(painter.notes)
    if plan.questions is not None:
        record["asked"] = ask(patch, plan.questions)
    tab, record["added"] = results_tab(patch, styles)
    page = SheetText(patch.read(tab.part))
    record["note"] = str(_sheet(book, tab.name).at(2, 1)) if not record["added"] else ""
    write_results(page, plan.lines, plan.summary, PageLooks(styles))
    record["styles"] = hashlib.sha256(styles.xml).hexdigest()
    write_journal(page, painter.pairs, record)
    patch.write(tab.part, page.xml)
    patch.write(styles_name, styles.xml)
    return patch.to_bytes()


def unmark(data: bytes) -> bytes:
    """Return the workbook as it was before `mark`, with what was typed since; without marks, the same bytes.

    Answers typed into 情况说明 stay.  A workbook that lost its 校验结果 loses our
    colours and notes all the same; colours that were there before cannot come back then.

    Raises:
        PartError: a part is damaged, or the marks are a newer program's (`NewerMarksError`).
        MarkupError: a part is not well-formed XML.
    """
    package = _opened(data)
    patch = Parts(package)
    tab = tab_named(patch, page_words()["sheet"])
    has_page = tab is not None and b'r="H2"' in patch.read(tab.part)
    if not has_page and not _has_our_colours(patch):
        return data
    book = _book(package)
    page = SheetText(patch.read(tab.part)) if tab is not None else None
    sheet = _sheet(book, tab.name) if tab is not None else None
    found = None if page is None or sheet is None else read_journal(page, sheet)
    styles_name = styles_part(patch)
    styles = StylesText(patch.read(styles_name))
    pairs, record = found or ({}, {})
    pairs |= {style: old for style, old in _plain_styles(styles) if style not in pairs}
    _restore_cells(patch, pairs, record)
    forget(patch, book, record.get("asked"))
    if found and tab is not None and page is not None and sheet is not None:
        _restore_page(patch, tab, page, sheet, record)
    if record.get("styles") == hashlib.sha256(patch.read(styles_name)).hexdigest():
        for family in _FAMILIES:
            styles.truncate(family, int(record["counts"][family.decode()]))
    patch.write(styles_name, styles.xml)
    return patch.to_bytes()


def is_as_marked(data: bytes) -> bool:
    """Whether a file is a marked copy that no program has saved since: rewriting it loses nothing.

    Every office program keeps texts in a list of their own and writes the styles in its own way.
    """
    package = open_package(data).value
    if package is None or "xl/workbook.xml" not in package:
        return False
    patch = Parts(package)
    tab = tab_named(patch, page_words()["sheet"])
    if tab is None:
        return False
    digest = hashlib.sha256(patch.read(styles_part(patch))).hexdigest().encode()
    return digest in patch.read(tab.part)


def _restore_cells(patch: Parts, pairs: dict[int, int], record: dict[str, Any]) -> None:
    absent, notes = record.get("absent", {}), frozenset(record.get("notes", ()))
    for tab in tabs_of(patch):
        sheet = SheetText(patch.read(tab.part))
        sheet.restyle(pairs)
        if tab.name in absent:
            sheet.remove_blank(absent_cells(absent[tab.name]))
        patch.write(tab.part, sheet.xml)
        remove_notes(patch, tab.part, notes)


def _restore_page(patch: Parts, tab: TabPart, page: SheetText, sheet: Sheet, record: dict[str, Any]) -> None:
    if record.get("added"):
        remove_tab(patch, tab)
        return
    clear_results(page, sheet, str(record.get("note", "")))
    patch.write(tab.part, page.xml)


def _has_our_colours(patch: Parts) -> bool:
    xml = patch.read(styles_part(patch))
    return any(color.encode() in xml for color in words()["color"].values())


def _plain_styles(styles: StylesText) -> list[tuple[int, int]]:
    """Return styles in our colours with what they are without one: for marks whose record is lost or that were edited."""
    ours = {color.encode() for color in (words()["color"][one.value] for one in Severity)}
    found = [
        index
        for index in range(len(styles.items(b"cellXfs")))
        if any(color in styles.fill_of(index) for color in ours)
    ]
    return [(index, styles.with_changes(index, fillId=0)) for index in found]


def _opened(data: bytes) -> Package:
    package = open_package(data).value
    if package is None:
        raise ValueError
    return package


def _book(package: Package) -> Book:
    book = open_xlsx(Path(package.name or "book.xlsx"), package).value
    if book is None:
        raise ValueError
    return book


def _sheet(book: Book, name: str) -> Sheet:
    tab = next(tab for tab in book.tabs if tab.name == name)
    return book.sheet(tab).value or Sheet(name=name, rows=())


def findings_workbook(name: str, findings: Sequence[Finding]) -> bytes:
    """Return a workbook that lists findings with links to the cells of the file `name` in the same folder."""
    patch = bare_workbook({})
    styles_name = styles_part(patch)
    styles = StylesText(patch.read(styles_name))
    tab, _ = results_tab(patch, styles)
    page = SheetText(patch.read(tab.part))
    # The address of the file is a relation's, the cell in it the link's own.
    link = patch.relate_outside(tab.part, "hyperlink", quote(name))
    plan = plan_marks(findings)
    write_results(page, plan.lines, plan.summary, PageLooks(styles), outside=link)
    page.edit({(1, 1): text_edit(words()["beside"]["title"].format(name=name))})
    # As in a marked copy: by this a list that nobody has saved since is known.
    write_journal(page, {}, {"styles": hashlib.sha256(styles.xml).hexdigest()})
    patch.write(tab.part, page.xml)
    patch.write(styles_name, styles.xml)
    return patch.to_bytes()
