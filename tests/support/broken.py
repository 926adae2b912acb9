"""Workbooks that are broken, hostile or odd in one way, put together from raw parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from officeflow.kits._notation import spell_out
from officeflow.kits.load import parse_kit
from tests.support.cases import CASES
from tests.support.ledgers import FILING
from tests.support.workbooks import (
    book_of,
    raw_parts,
    sheet_xml,
    text_cell,
    zipped,
)

GOOD_SHEET = sheet_xml(f'<row r="1">{text_cell("A1", "日期")}{text_cell("B1", "捐赠人")}</row>')
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def parts(sheet: str | bytes = GOOD_SHEET, **changed: bytes | None) -> dict[str, bytes]:
    """Return good parts with some changed; None drops one."""
    names = {"types": "[Content_Types].xml", "book": "xl/workbook.xml", "part": "xl/worksheets/sheet1.xml"}
    held = raw_parts({"捐款捐物": sheet})
    for key, data in changed.items():
        del held[names[key]]
        if data is not None:
            held[names[key]] = data
    return held


GOOD = zipped(parts())


def many(count: int) -> bytes:
    return zipped(parts() | {f"xl/media/{number}.png": b"" for number in range(count)})


def bomb() -> bytes:
    return zipped(parts() | {"xl/worksheets/sheet9.xml": b" " * (40 << 20)})


def doubled() -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


def overlapping() -> bytes:
    """Two directory entries that point at one local file."""
    at = GOOD.rindex(b"PK\x01\x02")
    end = GOOD.index(b"PK\x05\x06")
    second = GOOD[at:end].replace(b"sheet1.xml", b"sheet2.xml")
    tail = bytearray(GOOD[end:])
    total = int.from_bytes(tail[8:10], "little") + 1
    tail[8:10] = tail[10:12] = total.to_bytes(2, "little")
    size = int.from_bytes(tail[12:16], "little") + len(second)
    tail[12:16] = size.to_bytes(4, "little")
    return GOOD[:end] + second + bytes(tail)


def lying_about_size() -> bytes:
    at = GOOD.rindex(b"PK\x01\x02")
    return GOOD[: at + 24] + (10).to_bytes(4, "little") + GOOD[at + 28 :]


def password_flag() -> bytes:
    data = bytearray(GOOD)
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def bit_flip() -> bytes:
    data = bytearray(GOOD)
    data[data.index(b"PK\x01\x02") - 20] ^= 0x55
    return bytes(data)


def cell(name: str, inside: str = "<v>1</v>") -> str:
    return GOOD_SHEET.replace("</row>", f'</row><row r="9"><c r="{name}">{inside}</c></row>')


HEADINGS = "".join(
    text_cell(f"{letter}1", text)
    for letter, text in zip(
        "ABCDEFGH", ["日期", "捐赠人", "类别", "数量", "量词", "金额（元）", "人数", "社区"], strict=True
    )
)


def kit() -> Any:
    raw = spell_out(CASES / "reading").table
    amount = next(field for field in raw["form"][1]["field"] if field["id"] == "amount")
    amount |= {"min": 0, "max": 10**9}
    return parse_kit(raw | {"check": [{"use": "at_most", "of": "gifts.day", "to": "filing.to"}]})


def row(cells: str, number: int = 2) -> str:
    return f'<row r="{number}">{cells}</row>'


def ledger(cells: str, *, after: str = "", more: str = "", **others: bytes) -> bytes:
    """Return a workbook whose ledger has one row of cells."""
    xml = sheet_xml(f'<row r="1">{HEADINGS}</row>{row(cells)}{more}', after=after)
    return zipped(raw_parts({"填报信息": filing(), "捐款捐物": xml}) | dict(others))


def filing() -> str:
    pairs = [
        ("填报单位", "某局"),
        ("统计起", "2014-03-01"),
        ("统计止", "2014-06-05"),
        ("报送次序", "首次报送"),
    ]
    return sheet_xml(
        "".join(row(text_cell(f"A{n}", k) + text_cell(f"B{n}", v), n) for n, (k, v) in enumerate(pairs, 1))
    )


def saved(change: Callable[[Any], object], grid: str = "", **sheets: str) -> bytes:
    """Return a workbook that openpyxl saved after a change."""
    book = book_of({"填报信息": FILING, "捐款捐物": grid or GRID} | sheets)
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


GRID = """
| 日期 | 捐赠人 | 类别 | 数量 | 量词 | 金额（元） | 人数 | 社区 |
| @2014-03-05 | 示例甲 | 现金 | | | 100 | 1 | 西山社区 |
"""
