"""The page 校验结果: one line per finding with a link, and out of sight what unmarking needs to know.

Why there: the record has to survive Excel, WPS and LibreOffice, which drop parts
they do not know and renumber styles.  So the old look of a marked cell is kept
as the look of a cell: row 1 holds pairs (old, marked) in hidden columns, row 2
the rest as JSON text.

The journal has a version: `"v"` is the major one (a journal without it is 1).  Keys
that a reader does not know are ignored, so a program may add some within a major
version; a newer major one is refused (`NewerMarksError`), for taking its marks
out by half would leave what nobody can take out any more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from officeflow.model.cells import CellRef, column_letters
from officeflow.model.findings import Severity
from officeflow.ooxml import PartError
from officeflow.ooxml.markup import escaped
from officeflow.ooxml.parts import OFFICE, Parts
from officeflow.text.messages import Catalogue
from officeflow.workbook.files.book import Sheet
from officeflow.workbook.marks.cells import fill
from officeflow.workbook.marks.plan import ResultLine, page_words
from officeflow.workbook.sheetml.sheet import At, CellEdit, SheetText
from officeflow.workbook.sheetml.styles import StylesText
from officeflow.workbook.sheetml.tabs import TabPart, add_tab, tab_named

MESSAGES = Catalogue.beside(__file__)
JOURNAL_VERSION = 1
FIRST_ROW = 4
HIDDEN = 8
"""The first hidden column; results end well before it."""
_CHUNK = 30_000  # a cell holds 32,767 characters
_WIDTHS = (9, 14, 18, 46, 40)
_HEIGHT = b' ht="%.1f" customHeight="1"'
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_THIN = b"".join(
    b'<%b style="thin"><color rgb="FFBFBFBF"/></%b>' % (side, side)
    for side in (b"left", b"right", b"top", b"bottom")
)
_FACE = b'<name val="\xe5\xae\x8b\xe4\xbd\x93"/><family val="3"/><charset val="134"/>'

# A4 across, as wide as the page is.
_FITTED = b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
_PAPER = (
    b'<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.35"/>'
    b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
)


class NewerMarksError(PartError):
    """The marks in a workbook were written by a newer program than this one and cannot be taken out here."""

    def __init__(self) -> None:
        super().__init__(MESSAGES.finding("MARKS_NEWER"))


class PageLooks:
    """The looks of a page of ours, appended to the workbook's styles."""

    def __init__(self, styles: StylesText) -> None:
        self._styles = styles
        self._border = styles.append(b"borders", b"<border>" + _THIN + b"<diagonal/></border>")
        self._plain = styles.append(
            b"fonts", b'<font><sz val="11"/><color rgb="FF262626"/>' + _FACE + b"</font>"
        )
        self._blue = styles.append(
            b"fonts", b'<font><u/><sz val="11"/><color rgb="FF2F5597"/>' + _FACE + b"</font>"
        )
        self._bold = styles.append(
            b"fonts", b'<font><b/><sz val="11"/><color rgb="FF262626"/>' + _FACE + b"</font>"
        )

    def title(self) -> int:
        """What the page is."""
        font = self._styles.append(b"fonts", b'<font><b/><sz val="16"/>' + _FACE + b"</font>")
        return self._styles.append(
            b"cellXfs", b'<xf numFmtId="0" fontId="%d" fillId="0" borderId="0" applyFont="1"/>' % font
        )

    def text(self) -> int:
        """Running text in a bordered cell."""
        return self._look(self._plain, 0, "left")

    def link(self) -> int:
        """An address that leads somewhere."""
        return self._look(self._blue, 0, "left")

    def level(self, severity: Severity) -> int:
        """A severity, in its colour."""
        return self._look(self._plain, self._styles.append(b"fills", fill(severity)), "center")

    def head(self) -> int:
        """A heading."""
        grey = b'<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill>'
        return self._look(self._bold, self._styles.append(b"fills", grey), "center")

    def _look(self, font: int, filling: int, align: str) -> int:
        written = (
            f'<xf numFmtId="0" fontId="{font}" fillId="{filling}" borderId="{self._border}" xfId="0" '
            'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<alignment horizontal="{align}" vertical="center" wrapText="1"/></xf>'
        )
        return self._styles.append(b"cellXfs", written.encode())


def text_content(text: str) -> bytes:
    """Return the content of a cell that holds a text, for the type inlineStr."""
    space = b"" if text == text.strip() and "\n" not in text else b' xml:space="preserve"'
    return b"<is><t" + space + b">" + escaped(text) + b"</t></is>"


def text_edit(text: str, style: int | None = None) -> CellEdit:
    """Return the edit that puts a text into a cell."""
    change = None if style is None else (lambda _: style)
    return CellEdit(style=change, content=text_content(text), kind="inlineStr")


def results_tab(patch: Parts, styles: StylesText) -> tuple[TabPart, bool]:
    """Return the page and whether it had to be added."""
    known = page_words()
    there = tab_named(patch, known["sheet"])
    if there is not None:
        return there, False
    page = SheetText(
        b'<worksheet xmlns="' + _MAIN + b'">' + _FITTED + b"<sheetData/>" + _PAPER + b"</worksheet>"
    )
    page.put(b"cols", _columns(()))
    looks = PageLooks(styles)
    page.edit(
        {(1, 1): text_edit(known["title"], looks.title()), (2, 1): text_edit("")}
        | {(3, column): text_edit(text, looks.head()) for column, text in enumerate(known["heads"], start=1)}
    )
    return add_tab(patch, known["sheet"], page.xml), True


def write_results(
    page: SheetText, lines: Sequence[ResultLine], said: str, looks: PageLooks, *, outside: str = ""
) -> None:
    """Write the lines below the headings, in place of what stood there.

    `outside` is the relation to the workbook that the links lead into; '' is this one.
    """
    page.cut_rows(FIRST_ROW)
    edits: dict[At, CellEdit] = {(2, 1): text_edit(said)}
    links = []
    for row, line in enumerate(lines, start=FIRST_ROW):
        place = line.cells or line.first
        texts = (line.level, line.sheet, place, line.problem, line.remedy)
        styles = [looks.level(line.severity), looks.text(), looks.link() if line.first else looks.text()]
        styles += [looks.text()] * 2
        for column, (text, style) in enumerate(zip(texts, styles, strict=True), start=1):
            edits[row, column] = text_edit(text, style)
        if line.first:
            links.append(_link(row, line, outside))
    page.edit(edits)
    _set_heights(page, lines)
    page.put(b"hyperlinks", b"<hyperlinks>" + b"".join(links) + b"</hyperlinks>" if links else b"")
    _set_dimension(page, FIRST_ROW + len(lines) - 1)


def _link(row: int, line: ResultLine, outside: str) -> bytes:
    sheet = line.sheet.replace("'", "''")
    target = escaped(f"'{sheet}'!{line.first}")
    relation = b' xmlns:r="%b" r:id="%b"' % (OFFICE[:-1].encode(), outside.encode()) if outside else b""
    shown = escaped(line.cells or line.first)
    return b'<hyperlink ref="C%d"%b location="%b" display="%b"/>' % (row, relation, target, shown)


def _set_heights(page: SheetText, lines: Sequence[ResultLine]) -> None:
    texts = {
        row: ((line.problem, _WIDTHS[3]), (line.remedy, _WIDTHS[4]), (line.cells, _WIDTHS[2]))
        for row, line in enumerate(lines, start=FIRST_ROW)
    }
    set_heights(page, {row: height_for(said) for row, said in texts.items()})


def height_for(texts: Iterable[tuple[str, float]]) -> float:
    """Return the points that a row of texts in columns of these widths needs, at 11 points."""
    return 15.0 * max(_rows_of(text, width) for text, width in texts) + 6


def set_heights(page: SheetText, heights: Mapping[int, float]) -> None:
    """Give rows that have none a height; no program measures wrapped text before it is touched."""
    pattern = re.compile(rb'(<(?:\w+:)?row r="(\d+)"(?: spans="[^"]*")?)(>)')

    def tall(match: re.Match[bytes]) -> bytes:
        height = heights.get(int(match[2]))
        return match[0] if height is None else match[1] + _HEIGHT % height + b">"

    page.xml = pattern.sub(tall, page.xml)


def forget_heights(page: SheetText, rows: Iterable[int]) -> None:
    """Take back what `set_heights` gave these rows."""
    for row in rows:
        page.xml = re.sub(
            rb'(<(?:\w+:)?row r="%d"(?: spans="[^"]*")?)' % row + _HEIGHT.replace(b"%.1f", rb"[\d.]+"),
            rb"\1",
            page.xml,
            count=1,
        )


def _rows_of(text: str, width: float) -> int:
    signs = sum(1 if sign < "\u2000" else 2 for sign in text)
    return max(1, -(-signs // (int(width) - 2)))


def _set_dimension(page: SheetText, last: int) -> None:
    if page.element(b"dimension"):
        page.put(b"dimension", b'<dimension ref="A1:E%d"/>' % max(last, FIRST_ROW - 1))


def write_journal(page: SheetText, pairs: Mapping[int, int], record: Mapping[str, Any]) -> None:
    """Put what unmarking needs into hidden columns."""
    looks = [style for marked, old in sorted(pairs.items()) for style in (old, marked)]
    text = json.dumps(
        {"v": JOURNAL_VERSION, **record, "pairs": len(pairs)}, ensure_ascii=False, separators=(",", ":")
    )
    chunks = [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]
    edits = {(1, HIDDEN + index): text_edit("·", style) for index, style in enumerate(looks)}
    edits |= {(2, HIDDEN + index): text_edit(chunk) for index, chunk in enumerate(chunks)}
    page.edit(edits)
    width = max(len(looks), len(chunks))
    page.put(b"cols", _columns((HIDDEN, HIDDEN + width - 1), page.element(b"cols")))


def _columns(hidden: tuple[int, int] | tuple[()], there: bytes = b"") -> bytes:
    shown = re.search(rb"<(?:\w+:)?cols[^>]*>(.*)</(?:\w+:)?cols>", there, re.DOTALL)
    # The page's own columns end before the hidden ones; those of an earlier marking are gone by now.
    kept = (
        shown[1]
        if shown
        else b"".join(
            b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (column, column, width)
            for column, width in enumerate(_WIDTHS, start=1)
        )
    )
    kept = re.sub(rb"<\w+:", b"<", kept)
    last = b'<col min="%d" max="%d" width="3" hidden="1" customWidth="1"/>' % hidden if hidden else b""
    return b"<cols>" + kept + last + b"</cols>"


def read_journal(page: SheetText, sheet: Sheet) -> tuple[dict[int, int], dict[str, Any]] | None:
    """Return the pairs (marked → old style) and the record; None when there is none.

    Raises:
        NewerMarksError: it has a newer major version.
    """
    width = len(sheet.rows[1]) if len(sheet.rows) > 1 else 0
    text = "".join(str(sheet.at(2, column)) for column in range(HIDDEN, width + 1))
    try:
        record = json.loads(text)
    except ValueError:
        return None
    if not isinstance(record, dict):
        return None
    version = record.get("v", JOURNAL_VERSION)
    if isinstance(version, int) and version > JOURNAL_VERSION:
        raise NewerMarksError
    styles = dict(_styles_of(page.xml, int(record.get("pairs", 0))))
    count = int(record.get("pairs", 0))
    cells = [(styles.get(HIDDEN + 2 * n, 0), styles.get(HIDDEN + 2 * n + 1, 0)) for n in range(count)]
    return {marked: old for old, marked in cells if marked != old}, record


def _styles_of(xml: bytes, pairs: int) -> list[tuple[int, int]]:
    columns = {column_letters(HIDDEN + index).encode(): HIDDEN + index for index in range(2 * pairs)}
    found = re.findall(rb'<(?:\w+:)?c r="([A-Z]+)1" s="(\d+)"', xml)
    return [(columns[letters], int(style)) for letters, style in found if letters in columns]


def clear_results(page: SheetText, sheet: Sheet, note: str) -> None:
    """Put the page back: the note, no lines, nothing hidden."""
    page.cut_rows(FIRST_ROW)
    width = max((len(row) for row in sheet.rows[:2]), default=0)
    hidden = {(row, column) for row in (1, 2) for column in range(HIDDEN, width + 1)}
    page.edit({at: CellEdit(content=b"") for at in hidden if sheet.at(*at) != ""})
    page.remove_blank(hidden)
    page.edit({(2, 1): text_edit(note)})
    page.put(b"hyperlinks", b"")
    columns = page.element(b"cols")
    shown = re.sub(rb'<(?:\w+:)?col\b[^>]*min="%d"[^>]*hidden="(?:1|true)"[^>]*/>' % HIDDEN, b"", columns)
    page.put(b"cols", re.sub(rb"<\w+:", b"<", re.sub(rb"</\w+:", b"</", shown)))
    _set_dimension(page, FIRST_ROW - 1)


def absent_text(cells: Sequence[At]) -> str:
    """Return cells as the record keeps them: 'C5 D7'."""
    return " ".join(f"{column_letters(column)}{row}" for row, column in cells)


def absent_cells(text: str) -> list[At]:
    """Return the cells of such a text."""
    found = [CellRef.parse("", name) for name in text.split()]
    return [(cell.row, cell.column) for cell in found]
