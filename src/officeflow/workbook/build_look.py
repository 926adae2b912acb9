"""How cells of a built workbook look: a few calm styles, one place for fonts and colours."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import Literal
from weakref import WeakKeyDictionary

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.styleable import StyleableObject

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
