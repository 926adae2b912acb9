"""Build the workbook that people fill: one sheet per form, a guide in front, results behind, and our stamp.

Imported only by what builds workbooks; reading never pays for openpyxl.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName

from officeflow.model.kit import Form, Kit
from officeflow.workbook.blank.formulas.start import Start
from officeflow.workbook.blank.guide import build_guide, build_results
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.ledger import Filling, Sender, build_ledger
from officeflow.workbook.blank.page import TAB, Page, to_bytes
from officeflow.workbook.blank.places import list_name, list_range
from officeflow.workbook.blank.record import build_record
from officeflow.workbook.blank.summary import build_summary
from officeflow.workbook.reading.stamp import PROPERTY, SHEET, Stamp
from officeflow.workbook.words import words

Rows = Mapping[str, Sequence[Mapping[str, object]]]
"""Form id → rows; a row is field id → value as a person types it."""


def build_workbook(
    kit: Kit,
    *,
    rows: Rows | None = None,
    proposed: Rows | None = None,
    examples: Rows | None = None,
    is_sample: bool = False,
    unit_tag: str = "",
    previous: Mapping[str, str] | None = None,
) -> bytes:
    """Return the workbook of a kit: blank, or filled with `rows`.

    `proposed` rows stand in grey in forms that `rows` leaves empty (the outline
    of the report); `examples` are printed on the first sheet only; `is_sample`
    is for a workbook to look at, not to go on filling; `previous` are last
    period's figures by id (`Submission.previous`).  Same arguments, same
    bytes.
    """
    filled, offered = rows or {}, proposed or {}
    book = Workbook()
    book.remove(book.worksheets[0])
    sender = Sender.of(kit, filled)
    index = _page(book, labels().index.sheet, "page")
    guide = _page(book, labels().guide.sheet, "page")
    build_guide(guide, kit, examples or {})
    pages = [index, guide]
    shown = {form.id: filled.get(form.id) or offered.get(form.id, ()) for form in kit.forms}
    for form in kit.forms:
        filling = Filling(rows=shown[form.id], is_proposed=not filled.get(form.id), is_sample=is_sample)
        pages.append(_form(book, kit, form, filling, sender))
    summary = _page(book, labels().summary.sheet, "unit")
    formulas = build_summary(summary, index, Start(kit, shown, previous or {}))
    pages.append(summary)
    results = _page(book, labels().results.sheet, "page")
    build_results(results, kit)
    pages.append(results)
    ranges = formulas.ranges.names | {list_name(path): list_range(kit, path) for path in _offered(kit)}
    for name in sorted(ranges):
        book.defined_names[name] = DefinedName(name, attr_text=ranges[name])
    build_previous(book, previous or {})
    _stamp(book, Stamp(kit=kit.id, version=kit.version, unit_tag=unit_tag))
    book.properties.title, book.properties.creator = kit.title, PROPERTY
    return to_bytes(book, pages)


def _form(book: Workbook, kit: Kit, form: Form, filling: Filling, sender: Sender) -> Page:
    page = _page(book, form.sheet, form.audience)
    if form.kind == "record":
        build_record(page, kit, _with_rule(kit, form), next(iter(filling.rows), {}))
    else:
        build_ledger(page, kit, form, filling, sender)
    return page


def _with_rule(kit: Kit, form: Form) -> Form:
    """Return the form with the kit's period rule in the prompts of the period's two days."""
    if kit.period_rule == 1:
        return form
    days = {"first": kit.period_rule, "last": kit.period_rule - 1}
    fields = [
        replace(field, prompt=labels().record.period.format(prompt=field.prompt, **days).lstrip("；"))
        if f"{form.id}.{field.id}" in kit.period
        else field
        for field in form.fields
    ]
    return replace(form, fields=tuple(fields))


def _page(book: Workbook, title: str, audience: str) -> Page:
    sheet = book.create_sheet(title)
    sheet.sheet_properties.tabColor = TAB[audience]
    sheet.sheet_view.showGridLines = False
    return Page(sheet=sheet)


def _offered(kit: Kit) -> Iterable[str]:
    return {
        path for form in kit.forms for field in form.fields for path in (field.refers, field.suggest) if path
    }


def _stamp(book: Workbook, stamp: Stamp) -> None:
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    for row in stamp.cells():
        sheet.append(row)
    book.custom_doc_props.append(  # type: ignore[attr-defined]  # the stubs do not know it
        StringProperty(name=PROPERTY, value=stamp.property())
    )


def build_previous(book: Workbook, previous: Mapping[str, str]) -> None:
    """Add the sheet: figure id in column A, canonical text in column B; nothing where there are no figures."""
    if not previous:
        return
    sheet = book.create_sheet(words().previous)
    sheet.sheet_state = "veryHidden"
    for row, cells in enumerate(previous.items(), start=1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(row, column, text)
            cell.data_type, cell.number_format = "s", "@"
