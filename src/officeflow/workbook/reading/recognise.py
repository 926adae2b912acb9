"""Which kit a workbook belongs to, and which of its sheets is which form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from officeflow.model.kit import Form, Kit
from officeflow.text.nearest import nearest
from officeflow.workbook.files.book import Book, Sheet, Tab
from officeflow.workbook.reading.headings import Layout, find_ledger, find_record
from officeflow.workbook.words import folded, words

_ALIKE = 0.6
"""Share of a form's headings by which a renamed sheet is still known."""
_HALF = 0.5
_TITLE_ROWS = 3


def find_layout(sheet: Sheet, form: Form) -> Layout:
    """Return where the fields of a form stand in a sheet."""
    return find_record(sheet, form) if form.kind == "record" else find_ledger(sheet, form)


def fits(sheet: Sheet, form: Form) -> bool:
    """Whether a sheet has so many of a form's headings that it must be this form."""
    return len(find_layout(sheet, form).columns) >= _ALIKE * len(form.fields)


def candidate_kits(book: Book, kits: Iterable[Kit]) -> tuple[Kit, ...]:
    """Return the kits that a workbook without stamp may belong to.

    One kit: the workbook is its own.  Several: it fits them equally well, somebody has to
    say which.  (): it has not half of the sheets of any.  A kit fits the better the more
    of its sheets and headings are there, and the less stands there that it does not
    know: so kits that share forms are told apart by what only one of them has.
    """
    kits = tuple(kits)
    # Nearly always the names alone tell, and no sheet is looked through for the headings of every kit.
    named = [(kit, _named_tabs(book, kit)) for kit in kits]
    whole = [kit for kit, tabs in named if len(tabs) == len(_forms(kit))]
    if len(whole) == 1 and all(tabs <= _named_tabs(book, whole[0]) for _, tabs in named):
        return (whole[0],)
    scored = [(_fit(book, kit), kit) for kit in kits]
    best = max((score for score, _ in scored), default=0.0)
    winners = [kit for score, kit in scored if score == best > 0]
    titled = [kit for kit in winners if _is_titled(book, kit)]
    return tuple(titled if len(titled) == 1 else winners)


def _forms(kit: Kit) -> list[Form]:
    return [form for form in kit.forms if form.kind != "explanations"]


def _named_tabs(book: Book, kit: Kit) -> frozenset[str]:
    """Return the sheets that bear the name of one of the kit's forms, one for each form."""
    there = {folded(tab.name): tab.name for tab in book.tabs}
    names = ([folded(name) for name in (form.sheet, *form.aliases)] for form in _forms(kit))
    return frozenset(filter(None, (next((there[n] for n in group if n in there), "") for group in names)))


def _fit(book: Book, kit: Kit) -> float:
    """Return how well a workbook fits a kit: 1 when each knows all of the other, 0 below half of its sheets."""
    forms = _forms(kit)
    sheets = find_sheets(book, kit)
    found = [(form, sheets.tabs[form.id]) for form in forms if form.id in sheets.tabs]
    if len(found) < _HALF * len(forms):
        return 0.0
    columns = unknown = 0
    for form, tab in found:
        sheet = book.sheet(tab).value
        layout = None if sheet is None else find_layout(sheet, form)
        columns += 0 if layout is None else len(layout.columns)
        unknown += 0 if layout is None else len(layout.unknown)
    of_kit = (len(found) + columns) / sum(1 + len(form.fields) for form in forms)
    of_book = (len(found) + columns) / (len(found) + columns + len(sheets.unknown) + unknown)
    return round(of_kit * of_book, 9)


def _is_titled(book: Book, kit: Kit) -> bool:
    """Whether one of our own pages (本期汇总, 填表说明) bears the kit's title."""
    pages = (tab for tab in book.tabs if folded(tab.name) in words().pages)
    sheets = (sheet for tab in pages if (sheet := book.sheet(tab).value) is not None)
    return any(kit.title in str(cell) for sheet in sheets for row in sheet.rows[:_TITLE_ROWS] for cell in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheets:
    """Which sheet is which form."""

    tabs: Mapping[str, Tab]
    """Form id → its sheet; forms without one are absent."""
    renamed: frozenset[str]
    """Forms whose sheet was known by its headings alone."""
    unknown: tuple[Tab, ...]
    """Sheets that are neither a form nor a page of ours."""


def find_sheets(book: Book, kit: Kit) -> FoundSheets:
    """Return the sheet of each form: by name, by alias, then by its headings."""
    by_name = {folded(tab.name): tab for tab in book.tabs}
    tabs: dict[str, Tab] = {}
    for names in (lambda form: (form.sheet,), lambda form: form.aliases):
        for form in kit.forms:
            tab = next((by_name[folded(name)] for name in names(form) if folded(name) in by_name), None)
            if form.id not in tabs and tab is not None and tab not in tabs.values():
                tabs[form.id] = tab
    known = words()
    ours = known.pages | {known.previous}
    unknown = [tab for tab in book.tabs if tab not in tabs.values() and folded(tab.name) not in ours]
    renamed = frozenset(_by_headings(book, kit, tabs, unknown))
    left = tuple(tab for tab in unknown if tab not in tabs.values())
    return FoundSheets(tabs=tabs, renamed=renamed, unknown=left)


def _by_headings(book: Book, kit: Kit, tabs: dict[str, Tab], unknown: list[Tab]) -> Iterator[str]:
    for tab in unknown:
        sheet = book.sheet(tab).value
        if sheet is None:
            continue
        shares = [
            (len(find_layout(sheet, form).columns) / len(form.fields), form)
            for form in kit.forms
            if form.id not in tabs and form.kind != "explanations"
        ]
        best = max((share for share, _ in shares), default=0.0)
        forms = [form for share, form in shares if share == best]
        if best >= _ALIKE and len(forms) == 1:
            tabs[forms[0].id] = tab
            yield forms[0].id


def near_sheet(form: Form, unknown: Iterable[Tab]) -> str:
    """Return the unknown sheet whose name is most like the form's, '' when none is."""
    return nearest(form.sheet, [tab.name for tab in unknown])


def is_newer(version: str, installed: str) -> bool:
    """Whether a version is later than the installed one (1.10 after 1.9).

    >>> is_newer("1.10", "1.9"), is_newer("1.0", "1.0")
    (True, False)
    """
    return _ordered(version) > _ordered(installed)


def _ordered(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]
