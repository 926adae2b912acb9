"""A Word document in an office's look, written paragraph by paragraph; the same words give the same bytes."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from officeflow.document.authoring.charts import chart_drawing, chart_part
from officeflow.document.authoring.look import (
    add_run,
    heading_look,
    label_id,
    put,
    put_frame,
    set_look,
    twips_of_mm,
)
from officeflow.document.authoring.markdown import ChartBlock, spans_of
from officeflow.model.layout import Profile
from officeflow.ooxml import open_package, write_package


def new_document() -> Document:
    """Return an empty document of our own: no theme, whose fonts no office document may show, and two styles."""
    return docx.Document(io.BytesIO(_bare()))


def saved(document: Document) -> bytes:
    """Return a document as bytes that depend on nothing but its content."""
    buffer = io.BytesIO()
    document.save(buffer)
    package = open_package(buffer.getvalue()).value
    if package is None:
        raise AssertionError  # it was written just now
    return write_package(package.parts())


def add_grid(document: Document, widths: Sequence[int]) -> Table:
    """Add a table without rows; `widths` of its columns in twentieths of a point."""
    table: Table = document.add_table(0, len(widths), "Table Grid")
    put(table._tbl.tblPr, "tblW", w=sum(widths), type="dxa")
    put(table._tbl.tblPr, "tblLayout", type="fixed")
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Twips(width)
    return table


def add_row(table: Table) -> list[Paragraph]:
    """Add a row that stays on one page, the first repeated on every page; return the paragraphs of its cells."""
    is_heading = not table._tbl.tr_lst
    row = table.add_row()._tr  # type: ignore[no-untyped-call]
    put(row.get_or_add_trPr(), "cantSplit")
    if is_heading:
        put(row.trPr, "tblHeader")
    return [_Cell(cell, table).paragraphs[0] for cell in row.tc_lst]


@cache
def _bare() -> bytes:
    text = Path(__file__).with_name("base.toml").read_text(encoding="utf-8")
    return write_package({name: part.encode() for name, part in tomllib.loads(text).items()})


class PageWriter:
    """Writes paragraphs, tables and charts into a document, in the styles of one profile."""

    def __init__(self, profile: Profile, *, title: str = "") -> None:
        self.profile = profile
        self.document = new_document()
        self.document.core_properties.title = title
        set_look(self.document, profile)
        self._charts = 0

    def paragraph(self, style: str, text: str = "", *, label: str = "", label_style: str = "") -> Paragraph:
        """Add a paragraph in a style of the profile; `label` is words in front, in a look of their own."""
        paragraph = self.document.add_paragraph()
        if self.profile.styles[style].at_page_bottom:
            put_frame(paragraph, self.profile)
        if label:
            add_run(paragraph, label, style=self._label_id(label_style))
        return self.fill(paragraph, style, text)

    def tag(self, text: str, *, is_low: bool = False) -> None:
        """Add a paragraph of a template tag, which no document keeps; `is_low` puts it into the block at the page bottom."""
        paragraph = self.paragraph(self.profile.tag)
        if is_low:
            put_frame(paragraph, self.profile)
        add_run(paragraph, text)

    def fill(self, paragraph: Paragraph, style: str, text: str) -> Paragraph:
        """Give a paragraph its style and a text in the dialect of reports (bold, run-in heads)."""
        paragraph._p.style = self.profile.styles[style].id
        for span in spans_of(text):
            look = heading_look(self.document, self.profile, span.level) if span.level else ""
            add_run(paragraph, span.text, style=look, is_bold=span.is_bold)
        return paragraph

    def table(self, widths: Sequence[int]) -> Table:
        """Add a table without rows, in the middle of the page; `widths` of its columns in twentieths of a point."""
        table = add_grid(self.document, widths)
        put(table._tbl.tblPr, "jc", val="center")
        if self.profile.cell_padding_mm is not None:
            padding = twips_of_mm(self.profile.cell_padding_mm)
            margins = put(table._tbl.tblPr, "tblCellMar")
            for side in ("left", "right"):
                put(margins, side, w=padding, type="dxa")
        return table

    def row(self, table: Table, texts: Iterable[str], aligns: Iterable[str] = ()) -> list[Paragraph]:
        """Add a row, the first as the heading that every page repeats; return the paragraphs of its cells."""
        is_heading = not table._tbl.tr_lst
        style = self.profile.cell_heading if is_heading else self.profile.cell
        paragraphs = add_row(table)
        said = [*texts, *[""] * len(paragraphs)], [*aligns, *[""] * len(paragraphs)]
        cells = table._tbl.tr_lst[-1].tc_lst
        for cell, paragraph, text, align in zip(cells, paragraphs, *said, strict=False):
            self.fill(paragraph, style, text)
            put(cell.tcPr, "vAlign", val="center")
            if align and not is_heading:
                put(paragraph._p.pPr, "jc", val=align)
        return paragraphs

    def chart(self, chart: ChartBlock, expression: str) -> None:
        """Add a native chart, as wide as the text; its alt text names what fills it."""
        self._charts += 1
        number, document = self._charts, self.document.part
        package = document.package
        face = self.profile.fonts[self.profile.styles[self.profile.cell].font].name
        content, workbook = chart_part(chart, face)
        part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, content, package)
        inside = Part(
            PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, workbook, package
        )
        part.relate_to(inside, RELATIONSHIP_TYPE.PACKAGE)
        relation = document.relate_to(part, RELATIONSHIP_TYPE.CHART)
        paragraph = self.paragraph(self.profile.cell)
        # Exact spacing would cut the drawing to the height of one line.
        put(paragraph._p.pPr, "spacing", line=240, lineRule="auto")
        put(paragraph._p.pPr, "jc", val="center")
        drawing = chart_drawing(number, relation, expression, self.profile.page.text_width)
        add_run(paragraph, "").append(parse_xml(drawing))

    def saved(self) -> bytes:
        """Return the document as bytes that depend on nothing but what was written."""
        return saved(self.document)

    def _label_id(self, name: str) -> str:
        return label_id(self.profile, name) if name else ""
