"""The small .xlsx inside a Word chart: what Word opens when somebody chooses 编辑数据."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from officeflow.model.cells import column_letters
from officeflow.ooxml.markup import escaped
from officeflow.ooxml.parts import OFFICE, Parts

Cells = Mapping[tuple[int, int], Decimal | str]
"""(row, column), both from 1 → what stands there."""

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK = "xl/workbook.xml"


def bare_workbook(sheets: Mapping[str, bytes]) -> Parts:
    """Return the parts of a workbook with these sheets (name → content of its worksheet element) and nothing else."""
    parts = Parts()
    parts.declare(_WORKBOOK, f"{_TYPES}.sheet.main+xml")
    parts.relate("", "officeDocument", _WORKBOOK)
    names = {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(sheets, start=1)}
    entries = b"".join(
        b'<sheet name="%b" sheetId="%d" r:id="rId%d"/>' % (escaped(name), number, number)
        for number, name in enumerate(sheets, start=1)
    )
    parts.write(
        _WORKBOOK,
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE[:-1]}"><sheets>'.encode()
        + entries
        + b"</sheets></workbook>",
    )
    for part in names.values():
        parts.declare(part, f"{_TYPES}.worksheet+xml")
        parts.relate(_WORKBOOK, "worksheet", part)
    for name, part in names.items():
        parts.write(part, f'{_HEAD}<worksheet xmlns="{_MAIN}">'.encode() + sheets[name] + b"</worksheet>")
    return parts


def build_small_workbook(sheets: Mapping[str, Cells]) -> bytes:
    """Return a workbook with these sheets' cells and no looks; the same cells give the same bytes."""
    return bare_workbook({name: _rows(cells).encode() for name, cells in sheets.items()}).to_bytes()


def _rows(cells: Cells) -> str:
    rows: dict[int, list[str]] = {}
    for (row, column), value in sorted(cells.items()):
        rows.setdefault(row, []).append(_cell(f"{column_letters(column)}{row}", value))
    lines = "".join(f'<row r="{row}">{"".join(written)}</row>' for row, written in rows.items())
    return f"<sheetData>{lines}</sheetData>"


def _cell(address: str, value: Decimal | str) -> str:
    if isinstance(value, Decimal):
        return f'<c r="{address}"><v>{value:f}</v></c>'
    return (
        f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escaped(value).decode()}</t></is></c>'
    )
