"""One sheet while it is built: cells with looks, formulas with the result they show before anything recalculates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, TypeAlias
from unicodedata import east_asian_width

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from officeflow.workbook.build_labels import labels
from officeflow.workbook.build_look import MISSING_FILL, VERDICTS, Look

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
