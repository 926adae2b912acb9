"""The small .xlsx inside a Word chart: what Word opens when somebody chooses 编辑数据."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from officeflow.model.cells import column_letters
from officeflow.ooxml.markup import escaped
from officeflow.ooxml.writing import write_package

Cells = Mapping[tuple[int, int], Decimal | str]
"""(row, column), both from 1 → what stands there."""

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def build_small_workbook(sheets: Mapping[str, Cells]) -> bytes:
    """Return a workbook with these sheets' cells and no looks; the same cells give the same bytes."""
    names = {f"xl/worksheets/sheet{i}.xml": name for i, name in enumerate(sheets, start=1)}
    types = "".join(f'<Override PartName="/{part}" ContentType="{_TYPES}.worksheet+xml"/>' for part in names)
    entries = "".join(
        f'<sheet name="{_text(name)}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/worksheet" Target="{part.removeprefix("xl/")}"/>'
        for i, part in enumerate(names, start=1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **{part: _sheet(sheets[name]) for part, name in names.items()},
    }
    return write_package({name: (_HEAD + xml).encode() for name, xml in parts.items()})


def _sheet(cells: Cells) -> str:
    rows: dict[int, list[str]] = {}
    for (row, column), value in sorted(cells.items()):
        rows.setdefault(row, []).append(_cell(f"{column_letters(column)}{row}", value))
    lines = "".join(f'<row r="{row}">{"".join(written)}</row>' for row, written in rows.items())
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(address: str, value: Decimal | str) -> str:
    if isinstance(value, Decimal):
        return f'<c r="{address}"><v>{value:f}</v></c>'
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'


def _text(text: str) -> str:
    return escaped(text).decode()
