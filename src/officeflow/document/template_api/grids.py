"""The grid of a table whose columns were printed by tags: as many columns as its rows have (ECMA-376 part 1, 17.4.48)."""

from __future__ import annotations

from lxml import etree

from officeflow.document.template_api.fragments import as_tree, as_xml
from officeflow.document.wml.wordml import TBL, TC, TR, w

_GRID, _COLUMN, _WIDTH = w("tblGrid"), w("gridCol"), w("w")


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
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return int(span.get(w("val")) or 1) if span is not None else 1
