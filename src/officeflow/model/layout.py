"""Layout as data: profiles (how an office's pages look) and genres (which parts a document has).

A profile and a genre are TOML files that an office edits; lengths carry their
unit in the name of the key, because TOML has no units.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Attribute

Color = Annotated[str, StringConstraints(pattern=r"^[0-9A-F]{6}$")]
StyleId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]*$")]
TWIPS_PER_MM = 1440 / 25.4
HEADING_LEVELS = 4  # 一、（一）1.（1）: GB/T 9704-2012 7.3.3


class Frozen(BaseModel):
    """A layout value: unchangeable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Face(Frozen):
    """One typeface: the name written into the document and what stands in where it is missing."""

    name: str
    instead: tuple[str, ...] = ()
    """Stand-ins, best first; the document names the first (w:altName holds one)."""
    family: Literal["roman", "swiss", "modern", "auto"] = "auto"


class Page(Frozen):
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

    @property
    def text_width(self) -> int:
        """Width of the 版心 in twentieths of a point."""
        return round((self.width_mm - self.left_mm - self.right_mm) * TWIPS_PER_MM)


class Border(Frozen):
    """A rule over or under a paragraph, as wide as the 版心."""

    width_mm: float
    color: Color = "000000"
    gap_pt: float = 1.0
    """Between text and rule, 0–31."""


class Style(Frozen):
    """A named paragraph style; `None` and 0 mean nothing is added.  Characters are the style's own size."""

    id: StyleId
    """ASCII id in the file; people see the style's name."""
    name: str = ""
    """The name in Word; '' = its key in the profile."""
    font: str
    """A key of the profile's `fonts`."""
    size_pt: float
    color: Color = "000000"
    is_bold: bool = False
    align: Literal["left", "center", "right", "both"] = "both"
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


class PageNumber(Frozen):
    """The page number's style and what is printed on both sides of it."""

    style: str
    before: str = ""
    after: str = ""
    odd: Literal["left", "center", "right"] = "right"
    even: Literal["left", "center", "right"] = "left"
    margin_chars: float = 1


class Profile(Frozen):
    """How the documents of an office look: page, fonts, named styles, numbering."""

    id: str
    title: str
    page: Page
    fonts: dict[str, Face]
    digits: str = ""
    """A key of `fonts` for digits and Latin letters; '' = the face of the text around them."""
    styles: dict[str, Style]
    """Chinese style name → style; genres and the roles below use these names."""
    labels: dict[str, str] = Attribute(default={})
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

    @model_validator(mode="after")
    def _names_are_known(self) -> Profile:
        roles = (self.body, *self.headings, self.cell, self.cell_heading, self.tag, self.anchor)
        unknown = {*roles, self.page_number.style} - self.styles.keys()
        fonts = {style.font for style in self.styles.values()} | set(self.labels.values())
        unknown |= (fonts | ({self.digits} if self.digits else set())) - self.fonts.keys()
        if unknown:
            raise ValueError(f"unknown names: {', '.join(sorted(unknown))}")
        if not len(self.headings) == len(self.heading_numbers) == HEADING_LEVELS:
            raise ValueError(f"headings and heading_numbers are {HEADING_LEVELS} each")
        return self


class Part(Frozen):
    """One paragraph of a genre's frame, in the template dialect."""

    style: str
    """A style of the profile."""
    text: str
    """What it prints; a tab character goes to the style's tab stop."""
    label: str = ""
    """Words in front, in a character style of their own (按语：)."""
    label_style: str = ""
    """A key of the profile's `labels`; '' = as the text."""
    when: str = ""
    """Expression that must be true, or nothing of the part is left behind; '' = always."""


class Genre(Frozen):
    """A kind of document: the parts before and after the text that the report's Markdown gives."""

    id: str
    title: str
    head: tuple[Part, ...] = ()
    foot: tuple[Part, ...] = ()
