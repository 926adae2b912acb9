"""Texts of a chain: the words around a figure, personal values hidden in them, how many rows some ranges span."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Any

from officeflow.model.cells import MAX_COLUMN, MAX_ROW, CellRef, column_number
from officeflow.model.submission import Submission
from officeflow.text.personal import masked

_STOPS = "。！？；;\n\t"
_ENDS = f"{_STOPS}，,：:"
_LEADING, _TRAILING, _CLEAR = 18, 14, 14
"""Characters shown before and after a figure at most, and in all at least."""
_NUMERIC = "0123456789.,％%"
_SHORTEST = 2
"""A single character is not a name that could be told from the words of a text."""
_RANGE = re.compile(r"[A-Z]{1,3}([1-9][0-9]{0,6})(?::[A-Z]{1,3}([1-9][0-9]{0,6}))?")
_RECTANGLE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
MAX_CELLS = 1000
"""Cells of one figure that are gone through."""
_FORMAT, _OPERATOR = (
    re.compile(r"\|[^|\"']*$"),
    re.compile(r"(\"[^\"]*\"|'[^']*')|(?<=[\w)])([-+*/])(?=[\w(])"),
)
_ALL_IN_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\))?[^()]*\)")
_COLUMNS, _QUOTED = re.compile(r"(\w+)\|栏\((.*)\)"), re.compile(r"[\"']([^\"']*)[\"']")


@cache
def words() -> Mapping[str, Any]:
    """Return the words that chains are put together from."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def fragment(line: str, start: int, end: int, row: tuple[str, str] = ("", "")) -> tuple[str, str]:
    """Return the words before and after a stretch of a line: its clause, and as much more as it takes to be understood.

    `row` are the words before and after the line in its row of a table.

    >>> fragment("到目前为止，共开展活动6次，服务群众23人次。", 11, 13)
    ('共开展活动', '，服务群众23人次')
    """
    first, last = _clause(line, start, end)
    while last - first < _CLEAR and last < len(line) and line[last] not in _STOPS:
        last = _clause(line, start, last + 1)[1]
    while (last - first < _CLEAR or first == start) and first > 0 and line[first - 1] not in _STOPS:
        first = _clause(line, first - 1, end)[0]
    before, after = _beside(row[0], line[first:start]), _beside(line[end:last], row[1])
    # Half a number would be another number.
    return (
        before if len(before) <= _LEADING else f"…{before[1 - _LEADING :].lstrip(_NUMERIC)}",
        after if len(after) <= _TRAILING else f"{after[: _TRAILING - 1].rstrip(_NUMERIC)}…",
    )


def _beside(left: str, right: str) -> str:
    return "　".join(words for said in (left, right) if (words := said.strip()))


def _clause(line: str, start: int, end: int) -> tuple[int, int]:
    """Return where the clauses that hold a stretch begin and end, the sign at the end left out."""
    stops = [place for sign in _ENDS if (place := line.find(sign, end)) >= 0]
    return max(line.rfind(sign, 0, start) for sign in _ENDS) + 1, min(stops, default=len(line))


def row_count(cells: str) -> int:
    """Return in how many rows the cells of ranges stand; 0 when the text names none.

    >>> row_count("H6,H11:H12,J6"), row_count("?")
    (3, 0)
    """
    spans = [(int(one[1]), int(one[2] or one[1])) for one in _RANGE.finditer(cells)]
    count, reached = 0, 0
    for first, last in sorted(spans):
        if last <= MAX_ROW and last > reached:
            count += last - max(first - 1, reached)
            reached = last
    return count


def cells_in(sources: Iterable[tuple[int, str, str]]) -> tuple[CellRef, ...]:
    """Return the cells of recorded ranges (workbook, sheet, ranges), the first thousand; a text that names none gives none.

    >>> [cell.a1 for cell in cells_in([(0, "台账", "H6,J5:J6")])]
    ['H6', 'J5', 'J6']
    """
    found: list[CellRef] = []
    for origin, sheet, said in sources:
        for one in _RECTANGLE.finditer(said):
            last_column, last_row = column_number(one[3] or one[1]), int(one[4] or one[2])
            columns = range(column_number(one[1]), min(last_column, MAX_COLUMN) + 1)
            rows = range(int(one[2]), min(last_row, MAX_ROW) + 1)
            places = product(columns, rows)
            some = islice(places, MAX_CELLS - len(found))
            found += [CellRef(sheet, row, column, origin) for column, row in some]
    return tuple(found)


def readable(recipe: str) -> str:
    """Return an expression as people write it: without how it is printed, without brackets around all of it.

    >>> readable("(捐衣物+捐书籍)|数"), readable('(社区|栏("名称","户数"))|图')
    ('捐衣物 + 捐书籍', '“社区”各行的名称、户数')
    >>> readable('未销号["2026-003"]|数')
    '未销号["2026-003"]'
    """
    bare = _FORMAT.sub("", recipe)
    bare = bare[1:-1] if _ALL_IN_BRACKETS.fullmatch(bare) else bare
    if columns := _COLUMNS.fullmatch(bare):
        named = words()["and"].join(_QUOTED.findall(columns[2]))
        return str(words()["columns"].format(of=columns[1], columns=named))
    return _OPERATOR.sub(lambda match: match[1] or f" {match[2]} ", bare)


@dataclass(frozen=True)
class Mask:
    """Hides personal values in texts; without values it changes nothing."""

    pattern: re.Pattern[str] | None = field(default=None)

    @classmethod
    def of(cls, submissions: Iterable[Submission], words: Iterable[str] = ()) -> Mask:
        """Return the mask of what stands in the personal fields of submissions and nowhere else.

        A giver may be 林业局 or 群众: what other cells hold, or the `words` of the report itself, tells nobody's name.
        """
        values: dict[bool, set[str]] = {True: set(), False: set()}
        for table in (table for submission in submissions for table in submission.tables.values()):
            for one in table.form.fields:
                texts = {value for value in table.columns[one.id] if isinstance(value, str)}
                values[one.personal] |= texts
        open_words = "\n".join((*values[False], *words))
        hidden = {value for value in values[True] if len(value) >= _SHORTEST and value not in open_words}
        longest_first = sorted(hidden, key=lambda value: (-len(value), value))
        return cls(re.compile("|".join(map(re.escape, longest_first))) if hidden else None)

    def __call__(self, text: str) -> str:
        """Return the text with each personal value as its first character."""
        return text if self.pattern is None else self.pattern.sub(lambda found: masked(found[0]), text)
