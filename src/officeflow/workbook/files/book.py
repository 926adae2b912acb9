"""A workbook as its cells stand in the file: raw values and what the fast reader does not tell.

Hides which program wrote it: .xlsx, .xls and .ods give the same values here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import TypeAlias

from officeflow.model.findings import Outcome

Raw: TypeAlias = str | float | int | bool | date | time | timedelta
"""A cell as stored; '' is the empty cell, `datetime` is a `date`."""

At: TypeAlias = tuple[int, int]
"""(row, column), both from 1."""


@dataclass(frozen=True, slots=True)
class Area:
    """A merged range; all four count from 1 and are included."""

    top: int
    left: int
    bottom: int
    right: int


def _nothing() -> frozenset[At]:
    return frozenset()


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet; `rows[0][0]` is A1 and rows are equally long."""

    name: str
    rows: Sequence[Sequence[Raw]]
    broken: Mapping[At, str] = field(default_factory=dict)
    """Cells that look blank and are not: an error ('#REF!'), or '' for a formula without stored result."""
    pictures: frozenset[At] = frozenset()
    """Cells that hold a picture (Excel stores it as an error)."""
    areas: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    percents: Callable[[], frozenset[At]] = _nothing
    """Cells shown as percent (0.5 reads 50%); asked for only where a percent is expected."""

    remarked: frozenset[At] = frozenset()
    """Cells with a note that somebody wrote a number into; marks of ours are none."""
    formulas: Callable[[], frozenset[At]] = _nothing
    """Cells whose value is the result of a formula; asked for only where results may be stale."""

    def at(self, row: int, column: int) -> Raw:
        """Return the cell; '' outside the used range."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet's name and whether people can see it."""

    name: str
    is_hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Book:
    """An opened workbook; sheets are read when asked for, once."""

    path: Path
    sha256: str
    tabs: tuple[Tab, ...]
    properties: Mapping[str, str]
    """Custom document properties."""
    load: Callable[[Tab], Outcome[Sheet | None]]
    is_stale: bool = False
    """Whether stored results of formulas may be old: recalculation by hand, or put off until Excel opens the file."""
    has_sign: Callable[[], bool] = _always
    """Whether any text of the file may speak of secrecy; one search over its bytes, where the format allows."""
    loose_texts: Callable[[], tuple[str, ...]] = tuple
    """Texts outside the cells: page headers, text boxes, notes."""
    _loaded: dict[str, Outcome[Sheet | None]] = field(default_factory=dict)

    def sheet(self, tab: Tab) -> Outcome[Sheet | None]:
        """Return one sheet, or None and the finding why it cannot be read."""
        if tab.name not in self._loaded:
            self._loaded[tab.name] = self.load(tab)
        return self._loaded[tab.name]
