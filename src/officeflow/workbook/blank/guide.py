"""Our own pages: 填报说明 with the list of sheets and a worked example, and 校验结果."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from officeflow.model.kit import Form, Kit
from officeflow.workbook.blank.entry import cell_value, heading_mark
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.page import (
    CELL,
    EXAMPLE,
    HEADING,
    LINK,
    NOTE,
    PARAGRAPH,
    SECTION,
    TITLE,
    Look,
    Page,
    row_height,
)

Spans = Sequence[tuple[int, int]]
Rows = Mapping[str, Sequence[Mapping[str, object]]]
_COLUMNS, _WIDTH = 12, 11
_CAPTION_POINTS = 24
_PAPER_POINTS = 480  # of an A4 page across, less the margins and a little for other faces
_RESULT_WIDTHS = (9, 14, 18, 46, 40)
_INDEX_SPANS = ((1, 2), (3, 4), (5, 6), (7, 12))
_FORM_SPANS = ((1, 2), (3, 6), (7, 9), (10, 12))


def build_guide(page: Page, kit: Kit, examples: Rows) -> None:
    """Lay out how to fill, what is understood, the list of sheets, and filled examples."""
    guide = labels().guide
    page.widths([_WIDTH] * _COLUMNS)
    writer = _Writer(page)
    writer.wide(guide.title.format(title=kit.title), TITLE, 36)
    if kit.deadline:
        writer.section(guide.deadline)
        writer.paragraph(kit.deadline)
    writer.section(guide.order)
    for number, step in enumerate(guide.steps, start=1):
        writer.paragraph(f"{number}. {step}")
    writer.section(guide.forms)
    writer.cells(_FORM_SPANS, guide.forms_heads, HEADING)
    for line in guide.form:
        writer.cells(_FORM_SPANS, (line.what, line.accepted, line.read_as, line.refused), CELL)
    _index(writer, kit)
    writer.keep(_PAPER_POINTS)
    writer.section(guide.examples)
    writer.wide(guide.example_note, NOTE, 18)
    for form in kit.forms:
        if form.kind == "ledger" and form.audience == "everyone":
            writer.example(form, examples.get(form.id, ())[: form.examples])
    page.print_on_a4(kit.title, "landscape")
    page.protect()


def _index(writer: _Writer, kit: Kit) -> None:
    guide = labels().guide
    lines = [(form.sheet, who(form), whether(form), form.note) for form in kit.forms]
    writer.keep(2 * _CAPTION_POINTS + sum(_points(_INDEX_SPANS, line, CELL) for line in lines))
    writer.section(guide.index)
    writer.cells(_INDEX_SPANS, guide.index_heads, HEADING)
    for line in lines:
        writer.cells(_INDEX_SPANS, line, CELL)
        writer.link(line[0])


def build_results(page: Page, kit: Kit) -> None:
    """Lay out the page that findings are written to."""
    results = labels().results
    page.widths(_RESULT_WIDTHS)
    for row, text, look, height in ((1, results.title, TITLE, 34), (2, results.note, NOTE, 22)):
        page.put_wide(row, (1, len(results.heads)), text, look)
        page.height(row, height)
    for column, head in enumerate(results.heads, start=1):
        page.put(3, column, head, HEADING)
    page.height(3, 22)
    page.sheet.freeze_panes = "A4"
    page.sheet.print_title_rows = "3:3"
    page.print_on_a4(kit.title, "landscape")
    page.protect()


def who(form: Form) -> str:
    """Return who fills a form."""
    audience = labels().guide.audience
    return {"unit": audience.unit, "everyone": audience.everyone, "writer": audience.writer}.get(
        form.audience, audience.program
    )


def whether(form: Form) -> str:
    """Return whether a form must be filled."""
    guide = labels().guide
    if form.kind == "explanations":
        return guide.explanations
    if form.kind == "record":
        return guide.record_always
    if form.optional:
        return guide.ledger_optional
    return guide.ledger_zero if form.zero else guide.ledger_always


class _Writer:
    """Writes downwards, line after line, and keeps together what belongs together in print."""

    def __init__(self, page: Page) -> None:
        self._page, self._row, self._used = page, 1, 0.0

    def keep(self, points: float) -> None:
        """Start a new sheet of paper unless so much still fits."""
        if self._used + points > _PAPER_POINTS:
            self._page.sheet.row_breaks.append(Break(id=self._row - 1))
            self._used = 0

    def _end_line(self, points: float) -> None:
        self._page.height(self._row, points)
        self._row, self._used = self._row + 1, self._used + points

    def wide(self, text: str, look: Look, points: float) -> None:
        """One line over the whole width."""
        self._page.put_wide(self._row, (1, _COLUMNS), text, look)
        self._end_line(points)

    def section(self, text: str) -> None:
        """A headline with air above it."""
        self._end_line(8)
        self.wide(text, SECTION, _CAPTION_POINTS)

    def paragraph(self, text: str) -> None:
        """Running text over the whole width."""
        self.wide(text, PARAGRAPH, row_height({text: _COLUMNS * _WIDTH}, size=11, least=18))

    def cells(self, spans: Spans, texts: Sequence[str], look: Look) -> None:
        """One line of a table whose cells span several columns."""
        for span, text in zip(spans, texts, strict=True):
            self._page.put_wide(self._row, span, text, look)
        self._end_line(_points(spans, texts, look))

    def link(self, sheet: str) -> None:
        """Make the first cell of the line just written lead to a sheet."""
        cell = self._page.sheet.cell(self._row - 1, 1)
        LINK.on(cell)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!A1", display=sheet
        )

    def example(self, form: Form, rows: Sequence[Mapping[str, object]]) -> None:
        """A small picture of a ledger: headings and the first rows of the sample."""
        # Columns that no example fills are left out, the widest page holds what is left.
        fields = [field for field in form.fields if any(field.id in row for row in rows)][:_COLUMNS]
        if not fields:
            return
        spans = [(column, column) for column in range(1, len(fields) + 1)]
        lines = [([heading_mark(field) + field.header for field in fields], replace(HEADING, size=10))]
        lines += [([_shown(row.get(field.id)) for field in fields], EXAMPLE) for row in rows]
        self.keep(_CAPTION_POINTS + sum(_points(spans, texts, look) for texts, look in lines))
        self.wide(form.sheet, replace(PARAGRAPH, is_bold=True, upright="center"), _CAPTION_POINTS)
        for texts, look in lines:
            self.cells(spans, texts, look)


def _points(spans: Spans, texts: Sequence[str], look: Look) -> float:
    widths = {text: (last - first + 1) * _WIDTH for (first, last), text in zip(spans, texts, strict=True)}
    return row_height(widths, size=look.size, least=19)


def _shown(value: object) -> str:
    value = cell_value(value)
    if isinstance(value, date):
        return f"{value.year}-{value.month}-{value.day}"
    return "" if value is None else str(value)
