"""The gift ledger of tests/cases/reading: its kit, its filing, and rows as clerks type them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import strategies as st
from openpyxl import Workbook

from officeflow.kits.load import read_kit
from officeflow.model.findings import Outcome
from officeflow.model.submission import Submission, TotalRow
from officeflow.model.values import canonical
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission
from tests.support.source import ROOT

FOLDER = ROOT / "tests" / "cases" / "reading"
KIT = read_kit(FOLDER).value
assert KIT is not None
CASES = tomllib.loads((FOLDER / "ledger.toml").read_text(encoding="utf-8"))["case"]
FILING = """
  | 填报单位 | 某局 |
  | 统计起 | @2014-03-01 |
  | 统计止 | @2014-06-05 |
  | 报送次序 | 首次报送 |
"""


def drawn(total: TotalRow) -> str:
    values = " ".join(f"{name}={canonical(value)}" for name, value in total.values.items())
    return f"{total.row} {total.label} {values}"


HEADINGS = ("日期", "捐赠人", "类别", "数量", "量词", "金额（元）", "人数", "社区")
WORDS = [
    "现金",
    "约39人",
    "1.6万元",
    "2014.3.5",
    "同上",
    "合计",
    "注：略",
    "捐赠人",
    "日期",
    "人数",
    "—",
    " ",
    "=1+1",
]
ODD = ["{{捐款}}", "3.2", "未统计", "示例甲、示例乙", "𠮷\u200b", 0, 7, 1.5, 41703, 1e17, True]
TYPED = st.sampled_from([None, None, None, *WORDS, *ODD])
ROWS = st.lists(st.lists(TYPED, min_size=8, max_size=8), max_size=6)


def read(rows: list[list[object]], folder: Path, headings: tuple[str, ...] = HEADINGS) -> Outcome[Submission]:
    book = Workbook()
    sheet = book.active
    sheet.title = "捐款捐物"
    for row, cells in enumerate([headings, *rows], 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column, value)
            if isinstance(value, str) and not value.startswith("=1"):
                cell.data_type = "s"
    path = folder / "表.xlsx"
    book.save(path)
    opened = open_book(path).value
    assert opened is not None
    return read_submission(opened, KIT)
