"""Guards around what must stay lawful once a part is printed: a cell keeps a paragraph, an empty table or row is removed, grids fit.

While it is printed, control characters that no XML holds stand around what
must be checked; most parts have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from officeflow.document.template_api.fragments import as_tree, as_xml
from officeflow.document.wml.wordml import TBL, TC, TR, qn

_SIGN = "\x0e"
GUARDS = ("gb", "gt", "gr", "gg", "G")
"""The marks of guards, in the order of their tokens."""
_TOKEN = re.compile(f"{_SIGN}([0-9]){_SIGN}")
_END = GUARDS.index("G")


def guard_token(mark: str) -> str:
    """Return what stands for a mark while a part is printed."""
    return f"{_SIGN}{GUARDS.index(mark)}{_SIGN}"


def apply_guards(xml: str) -> str:
    """Return a printed part with its guards applied, innermost first."""
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
            texts[-1] += _APPLY[GUARDS[kinds.pop()]](inside) + text
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


_GRID, _COLUMN, _WIDTH = qn("tblGrid"), qn("gridCol"), qn("w")


def with_grid(xml: str) -> str:
    """Return a table whose grid has the columns of its widest row; its width stays what it was."""
    root = as_tree(xml)
    table = None if root is None else root.find(TBL)
    grid = None if table is None else table.find(_GRID)
    if root is None or table is None or grid is None:
        return xml
    rows = [row for row in table.iter(TR) if next(row.iterancestors(TBL)) is table]
    wanted = max((sum(map(_span, row.iter(TC))) for row in rows), default=0)
    columns = grid.findall(_COLUMN)
    if not wanted or wanted == len(columns):
        return xml
    widths = [int(float(column.get(_WIDTH) or 0)) for column in columns]
    kept = widths[:wanted]
    kept += [sum(widths) // wanted] * (wanted - len(kept))
    scale = sum(widths) / sum(kept) if sum(kept) else 0
    for column in columns:
        grid.remove(column)
    for width in kept:
        etree.SubElement(grid, _COLUMN, {_WIDTH: str(int(width * scale))} if sum(widths) else {})
    return as_xml(root)


def _span(cell: etree._Element) -> int:
    row = next(cell.iterancestors(TR))
    if cell.getparent() is not row and next(cell.iterancestors(TC), None) is not None:
        return 0  # of a table in a cell
    span = cell.find(f"{qn('tcPr')}/{qn('gridSpan')}")
    return int(span.get(qn("val")) or 1) if span is not None else 1


_APPLY: Mapping[str, Callable[[str], str]] = {
    "gb": with_paragraph,
    "gt": with_rows,
    "gr": with_cells,
    "gg": with_grid,
}
