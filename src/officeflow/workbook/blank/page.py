"""A page of a built workbook: looks of cells, writing with openpyxl, and the bytes, the same every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, TypeAlias
from unicodedata import east_asian_width
from weakref import WeakKeyDictionary

from lxml import etree
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.styleable import StyleableObject
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from officeflow.model.values import plain
from officeflow.ooxml import write_package
from officeflow.workbook.blank.labels import labels

# Names that Windows, WPS and 麒麟 all have.
TEXT_FACE, HEAD_FACE = "宋体", "黑体"
INK, SOFT, LINE = "262626", "7F7F7F", "BFBFBF"
TAB = {"unit": "C00000", "everyone": "70AD47", "writer": "4472C4", "program": "ED7D31", "page": "A6A6A6"}
MISSING_FILL = "FFF2CC"
VERDICTS = {"fails": ("F8D7D7", "A61C1C"), "look": ("FFF2CC", "7F6000"), "holds": ("", "2E7D32")}
"""Fill and ink of what a check says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look; sizes in points, colours as RRGGBB."""

    size: float = 11
    face: str = TEXT_FACE
    is_bold: bool = False
    color: str = INK
    fill: str = ""
    align: Literal["left", "center", "right"] = "left"
    upright: Literal["top", "center"] = "center"
    has_border: bool = True
    number_format: str = "General"
    is_locked: bool = True
    indent: int = 0
    is_shrunk: bool = False
    """Long texts grow smaller instead of taking more lines."""

    def on(self, target: StyleableObject) -> None:
        """Give a cell or a whole column this look."""
        # openpyxl looks six styles up for each cell; a copy of the whole is five times as fast.
        known = _KNOWN.setdefault(target.parent.parent, {})  # its sheet's workbook
        if self not in known:
            self._put_on(target)
            known[self] = copy(target._style)  # type: ignore[attr-defined]  # noqa: SLF001  no public name
        target._style = copy(known[self])  # type: ignore[attr-defined]  # noqa: SLF001

    def _put_on(self, target: StyleableObject) -> None:
        side = Side(style="thin", color=LINE) if self.has_border else None
        target.font = Font(name=self.face, size=self.size, bold=self.is_bold, color=self.color)
        target.alignment = Alignment(
            horizontal=self.align,
            vertical=self.upright,
            wrap_text=not self.is_shrunk,
            shrink_to_fit=self.is_shrunk,
            indent=self.indent,
        )
        target.border = Border(left=side, right=side, top=side, bottom=side)
        target.number_format = self.number_format
        target.protection = Protection(locked=self.is_locked)
        if self.fill:
            target.fill = PatternFill("solid", fgColor=self.fill)


_KNOWN: WeakKeyDictionary[object, dict[Look, object]] = WeakKeyDictionary()
"""Workbook → what a look became in it."""

TITLE = Look(size=16, face=HEAD_FACE, align="center", has_border=False)
LINE_2 = Look(size=10, color=SOFT, has_border=False)
SECTION = Look(size=12, face=HEAD_FACE, has_border=False)
PARAGRAPH = Look(has_border=False, upright="top")
NOTE = Look(size=10, color=SOFT, has_border=False)
HEADING = Look(face=HEAD_FACE, is_bold=True, fill="EDEDED", align="center")
HEADING_CONDITIONAL = replace(HEADING, fill="E4EDF7")
HEADING_REQUIRED = replace(HEADING, fill="D2E1F2")
TOTAL = Look(size=10, is_bold=True, fill="F7F7F7", align="center")
SERIAL = Look(size=10, color=SOFT, align="center")
LABEL = Look(face=HEAD_FACE, fill="EDEDED", indent=1)
PROMPT = Look(size=10, color=SOFT, indent=1)
CELL = Look()
EXAMPLE = Look(size=10, color="404040")
LINK = Look(color="2F5597")
PREFILLED = "808080"
"""Colour of text that the template proposes."""


Shown: TypeAlias = str | Decimal
_FORMULA_SIGNS = frozenset("=+-@")
_LINE_POINTS = 1.32  # height of a line of text ÷ its size, Chinese faces


@dataclass(kw_only=True)
class Page:
    """A worksheet and, by address, the results of its formulas."""

    sheet: Worksheet
    shown: dict[str, Shown] = field(default_factory=dict)
    """A1 → what a formula shows; phones and Protected View never calculate."""
    grows_from: int = 1_048_577
    """From this row on heights are first guesses that Excel may change as text is typed."""

    def put(self, row: int, column: int, value: Any, look: Look) -> None:
        """Put a value; text never becomes a formula."""
        cell = self.sheet.cell(row, column)
        look.on(cell)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
            if value[:1] in _FORMULA_SIGNS:
                # Else Excel makes a formula of it when somebody edits the cell.
                cell.quotePrefix = True
        # openpyxl gives a date its own number format.
        cell.number_format = look.number_format

    def put_formula(self, row: int, column: int, formula: str, shown: Shown, look: Look) -> None:
        """Put a formula (without '=') and what it shows now."""
        cell = self.sheet.cell(row, column)
        look.on(cell)
        cell.value = f"={formula}"
        self.shown[cell.coordinate] = shown

    def put_wide(self, row: int, span: tuple[int, int], value: Any, look: Look) -> None:
        """Put a value into cells joined from the first to the last column of `span`."""
        first, last = span
        self.put(row, first, value, look)
        if last > first:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
        for column in range(first + 1, last + 1):
            # A joined cell without a look of its own shows its column's borders.
            look.on(self.sheet.cell(row, column))

    def widths(self, widths: Sequence[float]) -> None:
        """Set the widths of columns A, B, … in characters."""
        for column, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def height(self, row: int, points: float) -> None:
        """Fix the height of a row."""
        self.sheet.row_dimensions[row].height = points

    def colour_gaps(self, cells: str, formula: str) -> None:
        """Colour `cells` while `formula` is true."""
        fill = PatternFill("solid", bgColor=MISSING_FILL)
        self.sheet.conditional_formatting.add(cells, FormulaRule(formula=[formula], fill=fill))  # type: ignore[no-untyped-call]

    def colour_verdicts(self, cells: str) -> None:
        """Colour √, × and 请核对 in `cells`."""
        words, first = labels().summary, cells.partition(":")[0]
        for name, (fill, ink) in VERDICTS.items():
            rule = FormulaRule(  # type: ignore[no-untyped-call]
                formula=[f'{first}="{getattr(words, name)}"'],
                fill=PatternFill("solid", bgColor=fill) if fill else None,
                font=Font(color=ink),
            )
            self.sheet.conditional_formatting.add(cells, rule)

    def print_on_a4(self, title: str, orientation: Literal["portrait", "landscape"]) -> None:
        """Set up A4 paper, fitted to one page in width, with a footer."""
        sheet, page = self.sheet, labels().page
        sheet.page_setup.paperSize = 9  # A4, ECMA-376 part 1, 18.3.1.63
        sheet.page_setup.orientation = orientation
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        for side, inches in {
            "left": 0.5,
            "right": 0.5,
            "top": 0.6,
            "bottom": 0.7,
            "header": 0.3,
            "footer": 0.35,
        }.items():
            setattr(sheet.page_margins, side, inches)
        footer: Any = sheet.oddFooter
        footer.left.text = page.footer.format(title=title, sheet=sheet.title).replace("&", "&&")
        footer.right.text = page.number

    def protect(self) -> None:
        """Protect against slips, without a password; formats may still be changed."""
        protection = self.sheet.protection
        protection.sheet = True
        protection.formatCells = protection.formatColumns = protection.formatRows = False


def text_width(text: str) -> int:
    """Return how many half-width characters a text takes.

    >>> text_width("共39行")
    6
    """
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def lines(text: str, width: float, *, size: float = 11) -> int:
    """Return how many lines a text of `size` points takes in a column of `width` characters.

    >>> lines("一次活动写一行", 8), lines("一次活动写一行", 16)
    (2, 1)
    """
    # 宋体 11 at 96 dpi: a column has 8 pixels per character and 5 of margin, 汉字 are 15 pixels wide.
    room = max(2, int((8 * width - 5) / (7.5 * size / 11)))
    return sum(max(1, -(-text_width(part) // room)) for part in text.split("\n"))


def row_height(cells: Mapping[str, float], *, size: float, least: float) -> float:
    """Return the points a row needs for texts in columns of given widths, set in `size` points."""
    count = max((lines(text, width, size=size) for text, width in cells.items()), default=1)
    return max(least, round(count * size * _LINE_POINTS + 6, 1))


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CORE, _STYLES = "docProps/core.xml", "xl/styles.xml"
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# The face of column widths and of cells nobody has touched; a Chinese desk may lack Calibri.
_NORMAL_FONT = re.compile(rb"<fonts([^>]*)><font>.*?</font>", re.DOTALL)
_SONG = (
    rb"<fonts\1>" + f'<font><name val="{TEXT_FACE}" /><charset val="134" /><sz val="11" /></font>'.encode()
)
# Office shows these dates in the file's properties; a build must not depend on the day it is made.
_BUILT_ON = rb"\g<1>2000-01-01T00:00:00Z"


def to_bytes(book: Workbook, pages: Sequence[Page]) -> bytes:
    """Return the workbook; `pages` are its sheets in order, further sheets are written as they are."""
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_STYLES] = _NORMAL_FONT.sub(_SONG, parts[_STYLES], count=1)
    parts[_CORE] = _STAMPS.sub(_BUILT_ON, parts[_CORE])
    for number, page in enumerate(pages, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _finished(parts[name], page)
    return write_package(parts)


def _finished(part: bytes, page: Page) -> bytes:
    """Write what openpyxl cannot: the results of formulas, and heights that are not fixed."""
    root = etree.fromstring(part)
    for row in root.iterfind(f"{_MAIN}sheetData/{_MAIN}row"):
        if int(row.get("r", "0")) >= page.grows_from and "customHeight" in row.attrib:
            del row.attrib["customHeight"]
        for cell in row:
            if cell.find(f"{_MAIN}f") is not None:
                _write_result(cell, page.shown)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _write_result(cell: etree._Element, shown: Mapping[str, Shown]) -> None:
    result = shown[cell.get("r", "")]
    value = cell.find(f"{_MAIN}v")
    value = etree.SubElement(cell, f"{_MAIN}v") if value is None else value
    if isinstance(result, str):
        cell.set("t", "str")
        value.text = result
    else:
        value.text = plain(result)
