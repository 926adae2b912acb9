"""Where the figures of a document come from, hop by hop: what the screen, the page and the table of sources show."""

from __future__ import annotations

from dataclasses import dataclass

_DECIMALS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedRow:
    """One row of a sheet as it was typed; `sources` are the places in `cells` that the figure comes from, from 0."""

    row: int
    cells: tuple[str, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedRows:
    """The rows of one sheet behind a figure, under their headings; personal cells are masked."""

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[TracedRow, ...]
    count: int
    """How many rows there are; `rows` may hold the first of them only."""
    unit: str = ""
    """Whose workbook the sheet is in; '' where the document has one only."""

    @property
    def place(self) -> str:
        """The sheet, with whose it is where the document has several workbooks."""
        return f"{self.unit}·{self.sheet}" if self.unit else self.sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedSource:
    """Cells of one sheet of the workbook behind a document; `file` is a name, never a path."""

    file: str
    sha256: str
    """'' when the workbook is not at hand."""
    digest: str
    sheet: str
    cells: str
    rows: int = 0
    """In how many rows they stand."""
    unit: str = ""
    """Whose workbook it is; '' where the document has one only."""

    @property
    def place(self) -> str:
        """The sheet, with whose it is where the document has several workbooks."""
        return f"{self.unit}·{self.sheet}" if self.unit else self.sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of a chain: a figure, what it means, the cells it is made of.

    `depth` 0 is the figure of the text, 1 what it is calculated from, and so on.
    """

    depth: int
    id: str
    name: str
    definition: str = ""
    """What it is, in words; '' when its kit is not installed."""
    value: str = ""
    unit: str = ""
    text: str = ""
    sources: tuple[TracedSource, ...] = ()
    is_at_hand: bool = False
    """Whether the workbook was found, so that its rows can be shown."""
    rows: tuple[TracedRows, ...] = ()
    sum: str = ""
    """What its cells add up to, where several numbers make exactly its value; '' otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedFigure:
    """One printing of a figure: what was written, what stands there now, and its chain.

    `state` is how it stands: untouched, reworded, overtyped, removed or adopted.
    """

    mark: str
    """The bookmark's name."""
    id: str
    name: str
    value: str
    unit: str
    text: str
    text_now: str
    """'' when its place is gone."""
    state: str
    sentence: str
    fragment: tuple[str, str, str]
    """The words around it in the text: before, itself, after."""
    paragraph: int
    sources: tuple[TracedSource, ...] = ()
    reason: str = ""
    adopted_by: str = ""
    adopted_on: str = ""
    now: str = ""
    """What the installed definition makes of the same workbook, where that is not what was recorded."""
    previous: str = ""
    """Last period's exact value with its unit; '' when none is at hand."""
    change: str = ""
    """The exact difference to it; '' if it cannot be calculated."""
    is_number: bool = False
    is_reported: bool = False
    """Whether it comes from a ledger that units fill, not from what the writer enters for the document."""
    chain: tuple[Hop, ...] = ()

    @property
    def exact(self) -> str:
        """The value and its unit as people read them: an endless quotient is cut after twelve decimals."""
        whole, point, decimals = self.value.partition(".")
        is_long = decimals.isdigit() and len(decimals) > _DECIMALS
        return f"{whole}{point}{decimals[:_DECIMALS]}…{self.unit}" if is_long else f"{self.value}{self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedWorkbook:
    """A workbook behind a document; `name` is whose it is, the file's name where that does not tell it from the others."""

    name: str
    file: str
    digest: str
    is_at_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A document's figures with their chains, and the workbook that it was written from.

    Of several workbooks `unit`, `file` and `digest` are those of the first.
    """

    document: str
    kit: str
    title: str
    """What people call the kit; '' when it is not installed."""
    unit: str
    period: str
    scope: str = ""
    """The 统计口径 as filled in (本期发生, 本年累计); '' when the workbook does not say or is not at hand."""
    file: str
    digest: str
    is_at_hand: bool
    """Whether any of the workbooks was found."""
    workbooks: tuple[TracedWorkbook, ...] = ()
    """Every one of them where the figures were added up from several; () for a single one."""
    figures: tuple[TracedFigure, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """Whose the workbooks are; () when that is not known."""
        return tuple(filter(None, [one.name for one in self.workbooks] or [self.unit]))
