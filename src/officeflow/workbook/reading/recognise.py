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


def find_layout(sheet: Sheet, form: Form) -> Layout:
    """Return where the fields of a form stand in a sheet."""
    return find_record(sheet, form) if form.kind == "record" else find_ledger(sheet, form)


def fits(sheet: Sheet, form: Form) -> bool:
    """Whether a sheet has so many of a form's headings that it must be this form."""
    return len(find_layout(sheet, form).columns) >= _ALIKE * len(form.fields)


def guess_kit(book: Book, kits: Iterable[Kit]) -> Kit | None:
    """Return the kit whose sheets the workbook has, None when none has half of its sheets or two have as many.

    For workbooks whose stamp is lost; headings decide where the sheets were renamed.
    """
    kits = tuple(kits)
    # Nearly always the names alone tell, and no sheet is looked through for the headings of every kit.
    named = [kit for kit in kits if _has_every_name(book, kit)]
    if len(named) == 1:
        return named[0]
    scored = [(_share(book, kit), kit) for kit in kits]
    best = max((score for score, _ in scored), default=0.0)
    winners = [kit for score, kit in scored if score == best]
    return winners[0] if best >= _HALF and len(winners) == 1 else None


def _has_every_name(book: Book, kit: Kit) -> bool:
    there = {folded(tab.name) for tab in book.tabs}
    return all(
        not there.isdisjoint(map(folded, (form.sheet, *form.aliases)))
        for form in kit.forms
        if form.kind != "explanations"
    )


def _share(book: Book, kit: Kit) -> float:
    forms = [form for form in kit.forms if form.kind != "explanations"]
    found = find_sheets(book, kit)
    return sum(form.id in found.tabs for form in forms) / len(forms)


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
