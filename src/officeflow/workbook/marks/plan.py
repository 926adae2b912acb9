"""What is marked in a workbook, decided before anything is written: a `MarkPlan` of plain values.

A writer needs nothing but the plan: `writer` marks a file, others may mark an open
workbook in Excel or LibreOffice.  `dataclasses.asdict` of a plan is JSON.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from officeflow.checks import number_of
from officeflow.model.cells import CellRef, column_number, ranges
from officeflow.model.findings import Finding, Severity
from officeflow.model.kit import Form, Kit
from officeflow.text.reading import as_shown
from officeflow.workbook.files.book import Book, Sheet
from officeflow.workbook.reading.headings import Layout
from officeflow.workbook.reading.recognise import find_layout
from officeflow.workbook.reading.rows import sort_rows
from officeflow.workbook.words import folded

_PLACE = re.compile(r"^【[^】]*】")
_SPAN = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_MOST_SHOWN = 20
_ROW = re.compile(r"第\d+行")
_HEADER = re.compile(r"^【[^】]*·([^】]*)】")
_RUNS_SHOWN = 4
_MOST_NOTES = 100
"""Of one rule in one column; the colour continues, and 校验结果 lists all rows.  Excel draws a box for each note."""
ANSWER = "answer"
ASKED = ("rule_id", "severity", "sheet", "row_key", "problem", "typed")
"""Fields of 情况说明 that a question fills; the clerk types ANSWER."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedCell:
    """A cell to colour; `row` and `column` count from 1."""

    sheet: str
    row: int
    column: int
    severity: Severity
    """Of the gravest finding there."""
    note: str = ""
    """'' for a cell that gets the colour only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """One line of 校验结果."""

    severity: Severity
    level: str
    sheet: str
    cells: str
    first: str
    """The cell its link leads to, '' when there is no sheet to go to."""
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A row to write below the questions of 情况说明."""

    row: int
    cells: tuple[tuple[int, str], ...]
    """Columns with their texts."""
    key: tuple[str, str, str]
    """Rule, key of the row asked about and what is typed there: by these an unanswered question is found again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRows:
    """Questions for the 情况说明 of the workbook; `rows` is () when all are asked already."""

    sheet: str
    fields: Mapping[str, str]
    """Field id → heading as it stands in the sheet."""
    rows: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPlan:
    """All that a writer of marks puts into a workbook that carries none."""

    cells: tuple[MarkedCell, ...]
    """By sheet, in each by row and column; a sheet or cell that is not there is left out."""
    tabs: Mapping[str, Severity]
    """Sheet → its gravest finding, for programs that colour tabs and can take the colour back."""
    lines: tuple[ResultLine, ...]
    """Of the page of results, below its headings."""
    summary: str
    """Stands above the headings."""
    questions: QuestionRows | None
    """None when the workbook has no 情况说明 that can be filled."""
    page: Mapping[str, Any]
    """The page of results: `sheet`, `title`, `heads`."""
    colors: Mapping[str, str]
    """Severity → RRGGBB."""
    author: str
    """Signs the notes."""
    separator: str
    """The line between a note that was there and ours."""


def plan_marks(findings: Sequence[Finding], *, book: Book | None = None, kit: Kit | None = None) -> MarkPlan:
    """Return what to mark: answered findings are listed, not marked.

    `book` is the workbook without marks; questions are planned where it and its kit are given.
    """
    there = None if book is None or kit is None else answer_sheet(book, kit)
    cells = tuple(_cells(findings))
    order = list(Severity)
    tabs: dict[str, Severity] = {}
    for cell in cells:
        tabs[cell.sheet] = min(tabs.get(cell.sheet, cell.severity), cell.severity, key=order.index)
    return MarkPlan(
        cells=cells,
        tabs=tabs,
        lines=tuple(lines(findings)),
        summary=summary(list(findings)),
        questions=None if there is None else _questions(there, findings),
        page={name: page_words()[name] for name in ("sheet", "title", "heads")},
        colors=dict(words()["color"]),
        author=words()["author"],
        separator=words()["separator"],
    )


def _cells(findings: Iterable[Finding]) -> Iterable[MarkedCell]:
    by_sheet: dict[str, dict[tuple[int, int], list[Finding]]] = {}
    for finding in findings:
        for cell in () if finding.explanation else shown_cells(finding):
            by_sheet.setdefault(finding.sheet, {}).setdefault((cell.row, cell.column), []).append(finding)
    order = list(Severity)
    for sheet, found in by_sheet.items():
        counts: dict[tuple[str, int], int] = {}
        for (row, column), at_cell in sorted(found.items()):
            severity = min((finding.severity for finding in at_cell), key=order.index)
            note = _note(at_cell, row, column, counts)
            yield MarkedCell(sheet=sheet, row=row, column=column, severity=severity, note=note)


def _note(findings: Sequence[Finding], row: int, column: int, counts: dict[tuple[str, int], int]) -> str:
    """Return the words of a cell's note; `counts` says how many notes each rule has in each column."""
    texts = []
    for finding in findings:
        cell = first_cell(finding)
        if cell is None or (cell.row, cell.column) != (row, column):
            continue
        key = (number_of(finding), column)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= _MOST_NOTES:
            texts.append(note_of(finding))
    return "\n\n".join(texts)


@cache
def words() -> dict[str, Any]:
    """Return marks.toml."""
    return tomllib.loads(Path(__file__).with_name("marks.toml").read_text(encoding="utf-8"))


@cache
def page_words() -> dict[str, Any]:
    """Return what the blank page of results says: its sheet, title, note and heads."""
    # Read without the typed labels of the builder: a check that marks does not pay for pydantic.
    table = tomllib.loads((Path(__file__).parents[1] / "blank" / "build.toml").read_text(encoding="utf-8"))
    return dict(table["results"])


def note_of(finding: Finding) -> str:
    """Return the words of a note: what is wrong, what to do, the rule's number last; the cell says where."""
    said = words()["note"]
    severity = words()["severity"][finding.severity.value]
    message = said["finding"].format(severity=severity, message=_PLACE.sub("", finding.message))
    number = said["rule"].format(rule=finding.rule) if finding.rule else ""
    return "\n".join(part for part in (message, finding.remedy, number) if part)


def summary(findings: list[Finding]) -> str:
    """Return the one sentence above the results: how many of each."""
    said, names = words()["summary"], words()["severity"]
    counts = {severity: sum(found.severity is severity for found in findings) for severity in Severity}
    parts = [
        said["part"].format(severity=names[one.value], count=count) for one, count in counts.items() if count
    ]
    if not parts:
        return str(said["none"])
    return str(said["some"].format(total=sum(counts.values()), parts=said["joiner"].join(parts)))


def first_cell(finding: Finding) -> CellRef | None:
    """Return the cell that a finding is said at; None for what is about a sheet or the file."""
    match = _SPAN.match(finding.cell)
    return CellRef.parse(finding.sheet, match[1] + match[2]) if match else None


def shown_cells(finding: Finding) -> list[CellRef]:
    """Return the cells that a finding colours: all of them, but of many (39 rows of a figure) the first alone.

    A column all in colour would hide what is wrong in it.
    """
    first = first_cell(finding)
    if first is None or finding.cell == first.a1:
        return [first] if first else []
    spans = [_RANGE.fullmatch(span.strip()) for span in finding.cell.split(",")]
    cells = [
        CellRef(finding.sheet, row, column)
        for span in spans
        if span
        for row in range(int(span[2]), min(int(span[4] or span[2]), int(span[2]) + _MOST_SHOWN) + 1)
        for column in range(column_number(span[1]), column_number(span[3] or span[1]) + 1)
    ]
    return cells if len(cells) <= _MOST_SHOWN and all(spans) else [first]


def lines(findings: Iterable[Finding]) -> list[ResultLine]:
    """Return the lines, what must be mended first; like findings in one column are one line."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(_kind(finding, number), []).append(finding)
    order = list(Severity)
    made = [_line(group) for group in groups.values()]
    return sorted(made, key=lambda line: order.index(line.severity))


def _kind(finding: Finding, number: int) -> tuple[object, ...]:
    cells = _SPAN.fullmatch(finding.cell)
    header = _HEADER.search(finding.message)
    if cells is None or header is None or not _ROW.search(header[0]):
        return (number,)
    return (
        finding.sheet,
        number_of(finding),
        finding.severity,
        bool(finding.explanation),
        cells[1],
        header[1],
    )


def _line(group: list[Finding]) -> ResultLine:
    first, said = group[0], words()["line"]
    level = words()["severity"][first.severity.value]
    message = first.message
    if len(group) > 1:
        message = _ROW.sub(_rows(group), message, count=1)
    found = [cell for finding in group if (cell := first_cell(finding)) is not None]
    return ResultLine(
        severity=first.severity,
        level=said["answered"].format(severity=level) if first.explanation else level,
        sheet=first.sheet,
        cells=", ".join(ranges(found).values()) if len(group) > 1 else first.cell,
        first=found[0].a1 if found else "A1" if first.sheet else "",
        problem=said["rule"].format(message=message, rule=first.rule) if first.rule else message,
        remedy=first.remedy,
    )


def _rows(group: list[Finding]) -> str:
    said = words()["line"]
    runs: list[list[int]] = []
    for row in sorted({cell.row for cell in map(first_cell, group) if cell is not None}):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [str(a) if a == b else said["span"].format(first=a, last=b) for a, b in runs[:_RUNS_SHOWN]]
    rows = said["joiner"].join(shown) + (said["more"] if len(runs) > _RUNS_SHOWN else "")
    return str(said["rows"].format(rows=rows, count=len(group)))


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

    def text(self, row: int, field_id: str) -> str:
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
    return None if sheet is None else _answers_in(sheet, form)


def _answers_in(sheet: Sheet, form: Form) -> AnswerSheet | None:
    layout = find_layout(sheet, form)
    if not {"rule_id", "row_key", ANSWER} <= layout.columns.keys():
        return None
    rows = sort_rows(sheet, layout)
    below = [row for row, _ in (*rows.totals, *rows.notes)]
    return AnswerSheet(sheet=sheet, layout=layout, rows=(*rows.data, *below))


def _questions(there: AnswerSheet, findings: Iterable[Finding]) -> QuestionRows:
    """Return a row for each open question that has none."""
    asked = {
        (there.text(row, "rule_id"), there.text(row, "row_key"), there.text(row, "typed"))
        for row in there.rows
    }
    columns = [there.layout.columns.get(field_id, 0) for field_id in ASKED]
    rows: list[Question] = []
    for finding in _open_questions(findings):
        key = (number_of(finding), finding.row_key, finding.value)
        if key in asked:
            continue
        asked.add(key)
        texts = zip(columns, _texts(finding), strict=True)
        cells = tuple((column, text) for column, text in texts if column and text)
        rows.append(Question(row=there.next_row + len(rows), cells=cells, key=key))
    headings = there.layout.headings
    fields = {field_id: headings[field_id] for field_id in (*ASKED, ANSWER) if field_id in headings}
    return QuestionRows(sheet=there.sheet.name, fields=fields, rows=tuple(rows))


def _open_questions(findings: Iterable[Finding]) -> list[Finding]:
    questions = [
        finding
        for finding in findings
        if finding.severity in {Severity.EXPLAIN, Severity.VERIFY} and not finding.explanation
    ]
    return sorted(questions, key=lambda finding: list(Severity).index(finding.severity))


def _texts(finding: Finding) -> Sequence[str]:
    severity = words()["severity"][finding.severity.value]
    return (number_of(finding), severity, finding.sheet, finding.row_key, finding.message, finding.value)
