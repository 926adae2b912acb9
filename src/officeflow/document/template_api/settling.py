"""What is settled when a part has been printed: a cell keeps a paragraph, an empty table or row goes, grids fit.

While it is printed, control characters that no XML holds stand around what
must be looked at; most parts have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from officeflow.document.template_api.grids import with_grid

_SIGN = "\x0e"
KEPT = ("gb", "gt", "gr", "gg", "G")
"""The marks that are settled, in the order of their tokens."""
_TOKEN = re.compile(f"{_SIGN}([0-9]){_SIGN}")
_END = KEPT.index("G")


def token(mark: str) -> str:
    """Return what stands for a mark while a part is printed."""
    return f"{_SIGN}{KEPT.index(mark)}{_SIGN}"


def settle(xml: str) -> str:
    """Return a printed part with its tokens settled, innermost first."""
    if _SIGN not in xml:
        return xml
    pieces = _TOKEN.split(xml)
    kinds: list[int] = []
    texts = [pieces[0]]
    for kind, text in zip(map(int, pieces[1::2]), pieces[2::2], strict=True):
        if kind != _END:
            kinds.append(kind)
            texts.append(text)
        else:
            inside = texts.pop()
            texts[-1] += _SETTLE[KEPT[kinds.pop()]](inside) + text
    return "".join(texts)


def with_paragraph(xml: str) -> str:
    """Return the inside of a cell, header or note with at least one paragraph (ECMA-376 part 1, 17.4.65)."""
    return xml if xml.endswith("</w:p>") else f"{xml}<w:p/>"


def with_rows(xml: str) -> str:
    """Return a table, '' when it has no row left."""
    return xml if "<w:tr>" in xml or "<w:tr " in xml else ""


def with_cells(xml: str) -> str:
    """Return a row, '' when it has no cell left."""
    return xml if "<w:tc>" in xml or "<w:tc " in xml else ""


_SETTLE: Mapping[str, Callable[[str], str]] = {
    "gb": with_paragraph,
    "gt": with_rows,
    "gr": with_cells,
    "gg": with_grid,
}
