"""Layout as data: profiles (how an office's pages look) and genres (which parts a document has).

A profile and a genre are TOML files that an office edits; lengths carry their
unit in the name of the key, because TOML has no units.

Plain dataclasses, as kits are: their types are checked where a file comes in (`kits/`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import ClassVar, Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right"]
TWIPS_PER_MM = 1440 / 25.4
HEADING_LEVELS = 4  # 一、（一）1.（1）: GB/T 9704-2012 7.3.3
_COLOR = re.compile(r"[0-9A-F]{6}")
_STYLE_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*")


class LayoutValue:
    """A value of a layout file; unknown keys are refused."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Face(LayoutValue):
    """One typeface: the name written into the document and what stands in where it is missing."""

    name: str
    instead: tuple[str, ...] = ()
    """Stand-ins, best first; the document names the first (w:altName holds one)."""
    family: Literal["roman", "swiss", "modern", "auto"] = "auto"


@dataclass(frozen=True, kw_only=True)
class PageSetup(LayoutValue):
    """The sheet of paper and its grid; the margins are the white around the 版心."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    footer_mm: float
    """From the paper's lower edge to the footer's lower edge."""
    line_pt: float
    """Line pitch; exact line spacing of every style that names none."""
    lines: int
    characters: int
    character_spacing_pt: float = 0.0
    """Added to each character of the body so that a line holds `characters`; negative tightens."""
    has_character_grid: bool = False
    """Word's 指定行和字符网格 instead of `character_spacing_pt`; LibreOffice cannot show it."""
    has_line_grid: bool = True
    """Without it small lines may stand closer than `line_pt` in LibreOffice."""

    @property
    def text_width(self) -> int:
        """Width of the 版心 in twentieths of a point."""
        return round((self.width_mm - self.left_mm - self.right_mm) * TWIPS_PER_MM)


@dataclass(frozen=True, kw_only=True)
class Border(LayoutValue):
    """A rule over or under a paragraph, as wide as the 版心."""

    width_mm: float
    color: str = "000000"
    gap_pt: float = 1.0
    """Between text and rule, 0–31."""

    def __post_init__(self) -> None:
        _must_be("color", _COLOR, self.color)


@dataclass(frozen=True, kw_only=True)
class Style(LayoutValue):
    """A named paragraph style; `None` and 0 mean nothing is added.  Characters are the style's own size."""

    id: str
    """Latin letters and digits: the id in the file; people see the style's name."""
    name: str = ""
    """The name in Word; '' = its key in the profile."""
    font: str
    """A key of the profile's `fonts`."""
    size_pt: float
    color: str = "000000"
    """Red, green and blue (`1F4E79`)."""
    is_bold: bool = False
    align: Align | Literal["both"] = "both"
    line_pt: float | None = None
    """Exact line spacing; None = the page's line pitch."""
    first_line_chars: float = 0
    hanging_chars: float = 0
    right_chars: float = 0
    before_lines: float = 0
    after_lines: float = 0
    letter_spacing_pt: float | None = None
    """None = the page's `character_spacing_pt` at body size, none at other sizes."""
    right_tab_chars: float | None = None
    """A right-aligned tab stop so many characters inside the right edge of the 版心."""
    over: Border | None = None
    under: Border | None = None
    keeps_with_next: bool = False
    keeps_lines: bool = False
    outline_level: int | None = None
    """1–4 for headings, so that Word's navigation shows them."""
    at_page_bottom: bool = False
    """Stands in one block with its like at the bottom of the page where the text ends (版记, 报尾)."""

    def __post_init__(self) -> None:
        _must_be("color", _COLOR, self.color)
        _must_be("id", _STYLE_ID, self.id)


@dataclass(frozen=True, kw_only=True)
class PageNumber(LayoutValue):
    """The page number's style and what is printed on both sides of it."""

    style: str
    before: str = ""
    after: str = ""
    odd: Align = "right"
    even: Align = "left"
    margin_chars: float = 1


@dataclass(frozen=True, kw_only=True)
class Profile(LayoutValue):
    """How the documents of an office look: page, fonts, named styles, numbering."""

    id: str
    title: str
    page: PageSetup
    fonts: dict[str, Face]
    digits: str = ""
    """A key of `fonts` for digits and Latin letters; '' = the face of the text around them."""
    styles: dict[str, Style]
    """Chinese style name → style; genres and the roles below use these names."""
    labels: dict[str, str] = attribute(default_factory=dict)
    """Character styles (name → font key) for labels such as “按语：”."""
    body: str
    """Style of paragraphs."""
    headings: tuple[str, ...]
    """Styles of heading levels 1–4."""
    heading_numbers: tuple[str, ...]
    """What stands before a heading of each level, in the template dialect."""
    item_number: str
    """What stands before each entry of a list, in the template dialect."""
    cell: str
    """Style of table cells."""
    cell_heading: str
    """Style of a table's repeated heading row."""
    tag: str
    """Style of the template's own paragraphs of tags, which no document keeps."""
    anchor: str
    """Style of the tiny last paragraph that holds the block at the page bottom."""
    page_number: PageNumber

    numberings: dict[str, tuple[str, ...]] = attribute(default_factory=dict)
    """Other ways to number headings, by the name that a genre or a report asks for them; `none` is always there."""
    cell_padding_mm: float | None = None
    """White left and right inside table cells; None = as Word has it."""

    def __post_init__(self) -> None:
        unknown = sorted(self._unknown_names())
        if unknown:
            raise ValueError(f"unknown names: {', '.join(unknown)}")
        for numbers in (self.headings, self.heading_numbers, *self.numberings.values()):
            if len(numbers) != HEADING_LEVELS:
                raise ValueError(f"headings and heading_numbers are {HEADING_LEVELS} each")
        # Word keeps one style of a name or id.
        seen = {"Normal", "Table Grid", "a", "TableGrid"}
        for key, style in self.styles.items():
            own = {style.name or key, style.id}
            if own & seen:
                raise ValueError(f"duplicate id: {min(own & seen)}")
            seen |= own

    def _unknown_names(self) -> set[str]:
        roles = (self.body, *self.headings, self.cell, self.cell_heading, self.tag, self.anchor)
        fonts = {style.font for style in self.styles.values()} | {*self.labels.values()}
        fonts |= {self.digits} if self.digits else set()
        return ({*roles, self.page_number.style} - self.styles.keys()) | (fonts - self.fonts.keys())

    def numbers(self, numbering: str) -> tuple[str, ...] | None:
        """Return what stands before headings under a numbering's name ('' = the profile's own); None when it is unknown."""
        own = {"": self.heading_numbers, "none": ("",) * HEADING_LEVELS}
        return {**own, **self.numberings}.get(numbering)


@dataclass(frozen=True, kw_only=True)
class FramePart(LayoutValue):
    """One paragraph of a genre's frame, in the template dialect."""

    style: str
    """A style of the profile."""
    text: str
    """What it prints; a tab character jumps to the style's tab stop."""
    label: str = ""
    """Words in front, in a character style of their own (按语：)."""
    label_style: str = ""
    """A key of the profile's `labels`; '' = as the text."""
    when: str = ""
    """Expression that must be true, or nothing of the part is left behind; '' = always."""

    def __post_init__(self) -> None:
        if not self.style:
            raise ValueError("style: ")


@dataclass(frozen=True, kw_only=True)
class Genre(LayoutValue):
    """A kind of document: the parts before and after the text that the report's Markdown gives."""

    id: str
    title: str
    head: tuple[FramePart, ...] = ()
    foot: tuple[FramePart, ...] = ()
    numbering: str = ""
    """How headings are numbered in documents of this kind: `none`, or one of the profile's `numberings`; '' = as the profile does."""


def _must_be(key: str, pattern: re.Pattern[str], text: str) -> None:
    if not pattern.fullmatch(text):
        raise ValueError(f"{key}: {text}")
