"""Cell addresses as Excel shows them: rows and columns count from 1."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384  # ECMA-376 part 1, 18.3.1.73 (row) and 18.3.1.13 (col)
_A1 = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]*)")


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return the letters of a column number.

    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')

    Raises:
        ValueError: `column` is not in 1…16384.
    """
    if not 1 <= column <= MAX_COLUMN:
        raise ValueError(column)
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column named by upper-case letters ('A' is 1)."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell of a workbook; `row` and `column` count from 1.

    `origin` is the index of its workbook among those that a figure was added up from: 0 where there is one only.
    """

    sheet: str
    row: int
    column: int
    origin: int = 0

    @property
    def a1(self) -> str:
        """The address without the sheet: 'C7'."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"

    @classmethod
    def parse(cls, sheet: str, a1: str) -> CellRef:
        """Return the cell that `a1` ('C7', '$C$7') names.

        Raises:
            ValueError: `a1` is not a cell address or lies outside a worksheet.
        """
        match = _A1.fullmatch(a1)
        if match is None:
            raise ValueError(a1)
        row, column = int(match[2]), column_number(match[1])
        if row > MAX_ROW or column > MAX_COLUMN:
            raise ValueError(a1)
        return cls(sheet, row, column)


def ranges(cells: Iterable[CellRef]) -> dict[str, str]:
    """Return sheet → its cells as ranges, column by column: {'岗位认领': 'C5:C43,E5'}.

    Sheets keep the order of their first cell.  Equal cells count once.
    """
    cells = tuple(cells)
    if len(cells) == 1:  # as of nearly every cell of a table
        return {cells[0].sheet: cells[0].a1}
    by_sheet: dict[str, set[tuple[int, int]]] = {}
    for cell in cells:
        by_sheet.setdefault(cell.sheet, set()).add((cell.column, cell.row))
    return {sheet: ",".join(_runs(sorted(found))) for sheet, found in by_sheet.items()}


def _runs(cells: list[tuple[int, int]]) -> Iterable[str]:
    # Consecutive rows of one column share (column, row - position).
    for _, group in groupby(enumerate(cells), key=lambda item: (item[1][0], item[1][1] - item[0])):
        run = [cell for _, cell in group]
        letters = column_letters(run[0][0])
        first, last = run[0][1], run[-1][1]
        yield f"{letters}{first}" if first == last else f"{letters}{first}:{letters}{last}"
