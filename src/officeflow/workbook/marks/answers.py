"""Questions for 情况说明: one row per finding that may be explained; the clerk types one column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from officeflow.checks import number_of
from officeflow.model.findings import Finding, Severity
from officeflow.model.kit import Form, Kit
from officeflow.ooxml.parts import Parts
from officeflow.text.reading import as_shown
from officeflow.workbook.files.book import Book, Sheet
from officeflow.workbook.marks.lines import words
from officeflow.workbook.marks.page import forget_heights, height_for, set_heights, text_edit
from officeflow.workbook.reading.headings import Layout
from officeflow.workbook.reading.recognise import find_layout
from officeflow.workbook.reading.rows import sort_rows
from officeflow.workbook.sheetml.sheet import At, CellEdit, SheetText
from officeflow.workbook.sheetml.tabs import tab_named
from officeflow.workbook.words import folded

ANSWER = "answer"
_ASKED = ("rule_id", "severity", "sheet", "row_key", "problem", "typed")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSheet:
    """Where the answers of a workbook stand."""

    sheet: Sheet
    layout: Layout
    rows: tuple[int, ...]

    @property
    def next_row(self) -> int:
        """The first row below what is there."""
        return max(self.rows, default=self.layout.first - 1) + 1

    def said(self, row: int, field_id: str) -> str:
        """Return a cell of a row as text."""
        return as_shown(self.sheet.at(row, self.layout.columns.get(field_id, 0))).strip()


def answer_sheet(book: Book, kit: Kit) -> AnswerSheet | None:
    """Return the 情况说明 of a workbook, None when it has none that can be filled."""
    form = next((form for form in kit.forms if form.kind == "explanations"), None)
    if form is None:
        return None
    names = {folded(name) for name in (form.sheet, *form.aliases)}
    tab = next((tab for tab in book.tabs if folded(tab.name) in names), None)
    sheet = None if tab is None else book.sheet(tab).value
    return None if sheet is None else _found(sheet, form)


def _found(sheet: Sheet, form: Form) -> AnswerSheet | None:
    layout = find_layout(sheet, form)
    if not {"rule_id", "row_key", ANSWER} <= layout.columns.keys():
        return None
    rows = sort_rows(sheet, layout)
    below = [row for row, _ in (*rows.totals, *rows.notes)]
    return AnswerSheet(sheet=sheet, layout=layout, rows=(*rows.data, *below))


def ask(patch: Parts, there: AnswerSheet, findings: Iterable[Finding]) -> dict[str, Any]:
    """Add a row for each open question that has none; return what `forget` must know."""
    asked = {
        (there.said(row, "rule_id"), there.said(row, "row_key"), there.said(row, "typed"))
        for row in there.rows
    }
    questions = []
    for finding in _sorted(findings):
        key = (number_of(finding), finding.row_key, finding.value)
        if key not in asked:
            asked.add(key)
            questions.append(finding)
    said = _by_row(there, questions)
    edits = {(row, column): text_edit(text) for row, texts in said.items() for column, text in texts.items()}
    tab = tab_named(patch, there.sheet.name)
    if tab is None or not edits:
        return {}
    sheet = SheetText(patch.read(tab.part))
    made = sheet.edit(edits)
    heights = {
        row: height_for((text, sheet.column_width(column)) for column, text in texts.items())
        for row, texts in said.items()
    }
    set_heights(sheet, heights)
    patch.write(tab.part, sheet.xml)
    return {
        "sheet": there.sheet.name,
        "fields": {
            field_id: there.layout.headings[field_id]
            for field_id in (*_ASKED, ANSWER)
            if field_id in there.layout.headings
        },
        "rows": [[number_of(finding), finding.row_key, finding.value] for finding in questions],
        "made": sorted(made),
    }


def _by_row(there: AnswerSheet, questions: Sequence[Finding]) -> dict[int, dict[int, str]]:
    """Return row → column → text of the rows to add."""
    columns = [there.layout.columns.get(field_id, 0) for field_id in _ASKED]
    return {
        row: {column: text for column, text in zip(columns, _texts(finding), strict=True) if column and text}
        for row, finding in enumerate(questions, start=there.next_row)
    }


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    questions = [
        finding
        for finding in findings
        if finding.severity in {Severity.EXPLAIN, Severity.VERIFY} and not finding.explanation
    ]
    return sorted(questions, key=lambda finding: list(Severity).index(finding.severity))


def _texts(finding: Finding) -> Sequence[str]:
    severity = words()["severity"][finding.severity.value]
    return (number_of(finding), severity, finding.sheet, finding.row_key, finding.message, finding.value)


def forget(patch: Parts, book: Book, record: Any) -> None:
    """Take out the rows that `ask` added and nobody answered, wherever they stand now."""
    tab = None if not isinstance(record, dict) else tab_named(patch, str(record.get("sheet", "")))
    opened = None if tab is None else next((one for one in book.tabs if one.name == tab.name), None)
    sheet = None if opened is None else book.sheet(opened).value
    columns = None if sheet is None else _columns(sheet, record["fields"])
    if tab is None or sheet is None or columns is None:
        return
    ours = {tuple(row) for row in record["rows"]}
    asked = [columns[name] for name in _ASKED if name in columns]
    empty: list[At] = []
    for row in range(1, len(sheet.rows) + 1):
        said = tuple(
            as_shown(sheet.at(row, columns[name])) if name in columns else ""
            for name in ("rule_id", "row_key", "typed")
        )
        if said in ours and not as_shown(sheet.at(row, columns[ANSWER])).strip():
            empty += [(row, column) for column in asked if sheet.at(row, column) != ""]
    text = SheetText(patch.read(tab.part))
    text.edit({at: CellEdit(content=b"") for at in empty})
    made = {tuple(at) for at in record["made"]}
    forget_heights(text, {row for row, _ in empty})
    text.remove_blank(at for at in empty if at in made)
    patch.write(tab.part, text.xml)


def _columns(sheet: Sheet, fields: dict[str, str]) -> dict[str, int] | None:
    for row in sheet.rows[:15]:
        names = {str(value): column for column, value in enumerate(row, start=1)}
        if all(heading in names for heading in fields.values()):
            return {field_id: names[heading] for field_id, heading in fields.items()}
    return None
