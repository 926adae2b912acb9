"""Put a filled workbook right from its blank: what is typed stays, what the form needs comes back.

By patching parts, as marks do: headings, drop-downs and prompts, looks, formulas
above and beside the rows, colours of gaps, sheets that were deleted, the stamp.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from officeflow.model.findings import Finding
from officeflow.model.kit import Kit
from officeflow.ooxml import Package, open_package
from officeflow.ooxml.parts import Parts
from officeflow.text.messages import Catalogue
from officeflow.workbook.files.book import Book, Sheet
from officeflow.workbook.files.xlsx import open_xlsx
from officeflow.workbook.marks.writer import unmark
from officeflow.workbook.reading.recognise import find_sheets
from officeflow.workbook.repair.form import FormRepair, Side
from officeflow.workbook.repair.sheets import (
    compute_on_opening,
    put_back_names,
    put_back_print_names,
    put_back_property,
    put_back_sheets,
)
from officeflow.workbook.sheetml.sheet import SheetText
from officeflow.workbook.sheetml.styles import Looks, StyleImport, StylesText
from officeflow.workbook.sheetml.tabs import styles_part, tab_named

MESSAGES = Catalogue.beside(__file__, "repair.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The workbook put right, and what was done to it in words."""

    data: bytes
    done: tuple[Finding, ...]


def repair_workbook(data: bytes, *, kit: Kit, blank: bytes) -> Repaired:
    """Return the workbook (.xlsx, .xlsm) put right after the kit's blank; no typed value changes.

    Marks are taken out first.  What could not be told (a column that is gone, a
    heading with another unit) is said, not guessed.

    Raises:
        PartError: a part is damaged.
        MarkupError: a part is no well-formed XML.
    """
    package, model = _opened(unmark(data)), _opened(blank)
    patch, ours = Parts(package), Parts(model)
    book, our_book = _book(package), _book(model)
    name = styles_part(patch)
    target, source = StylesText(patch.read(name)), StylesText(ours.read(styles_part(ours)))
    styles = StyleImport(target, source)
    looks = (Looks(source), Looks(StylesText(patch.read(name))))
    found = find_sheets(book, kit)
    said: list[Finding] = []
    for form in kit.forms:
        tab, our_tab = found.tabs.get(form.id), tab_named(ours, form.sheet)
        part = None if tab is None else tab_named(patch, tab.name)
        if tab is None or part is None or our_tab is None:
            continue
        sheet, our_sheet = book.sheet(tab).value, _sheet(our_book, our_tab.name)
        if sheet is None or our_sheet is None:
            continue
        theirs = Side.of(SheetText(patch.read(part.part)), sheet, form)
        built = Side.of(SheetText(ours.read(our_tab.part)), our_sheet, form)
        one = FormRepair(
            form=form, ours=built, theirs=theirs, styles=styles, our_looks=looks[0], their_looks=looks[1]
        )
        one.run()
        patch.write(part.part, theirs.text.xml)
        if put_back_print_names(patch, ours, part, our_tab):
            one.say("REPAIRED_PRINTING")
        said += one.said
    said += put_back_sheets(patch, ours, styles, {kit.form_by_id[form_id].sheet for form_id in found.tabs})
    said += put_back_names(patch, ours)
    said += put_back_property(patch, ours)
    patch.write(name, target.xml)
    if any(one.code in {"REPAIRED_FORMULAS", "REPAIRED_SHEET"} for one in said):
        compute_on_opening(patch)
    return Repaired(data=patch.to_bytes(), done=tuple(_once(said)))


def _once(said: list[Finding]) -> list[Finding]:
    """The stamp stands in two places and is one thing."""
    return list(dict.fromkeys(said)) or [MESSAGES.finding("REPAIR_NOTHING")]


def _opened(data: bytes) -> Package:
    package = open_package(data).value
    if package is None:
        raise ValueError
    return package


def _book(package: Package) -> Book:
    book = open_xlsx(Path("book.xlsx"), package).value
    if book is None:
        raise ValueError
    return book


def _sheet(book: Book, name: str) -> Sheet | None:
    tab = next(tab for tab in book.tabs if tab.name == name)
    return book.sheet(tab).value
