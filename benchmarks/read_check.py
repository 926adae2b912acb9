"""Reading, normalising and checking five ledgers, against raw calamine and a plain openpyxl loop.

python benchmarks/read_check.py [rounds]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook
from timing import medians, table

from officeflow.checks import run_checks
from officeflow.figures import Tally
from officeflow.kits.load import parse_kit
from officeflow.model.kit import Kit
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission

LEDGERS, ROWS = 5, 200
OURS, RAW, LOOP = (
    "officeflow read + normalise + check",
    "python-calamine, raw values",
    "openpyxl load_workbook loop",
)
CHOICES = ("衣物", "书籍", "食品", "现金")
FIELDS: tuple[dict[str, object], ...] = (
    {"id": "day", "header": "日期", "type": "date", "required": True},
    {"id": "community", "header": "社区", "required": True},
    {"id": "kind", "header": "类别", "type": "choice", "choices": CHOICES, "required": True},
    {"id": "pieces", "header": "数量", "type": "int", "unit": "件", "min": 0},
    {"id": "amount", "header": "金额", "type": "money", "unit": "元", "min": 0},
    {"id": "people", "header": "人数", "type": "int", "unit": "人", "bounds": True},
    {"id": "share", "header": "完成率", "type": "percent", "max": 100},
    {"id": "done", "header": "是否办结", "type": "yes_no"},
    {"id": "phone", "header": "电话", "type": "text", "max_length": 20},
    {"id": "note", "header": "说明", "type": "long", "max_length": 400},
)
RECORD = {"单位": "示例局党委", "起始日期": date(2026, 11, 1), "截止日期": date(2026, 11, 30), "金额合计": 0}


def build_kit() -> Kit:
    """Return a kit with one record form, five ledgers and a check of every common kind."""
    ledgers = [
        {"id": f"ledger_{number}", "sheet": f"台账{number}", "key": ("community", "day"), "field": FIELDS}
        for number in range(1, LEDGERS + 1)
    ]
    types = ("text", "date", "date", "money")
    fields = [
        {"id": name, "header": header, "type": type_}
        for name, header, type_ in zip(("unit", "first", "last", "total"), RECORD, types, strict=True)
    ]
    checks: list[dict[str, object]] = [
        {
            "id": "T-01",
            "use": "sum_equals",
            "of": "ledger_1.amount",
            "to": "filing.total",
            "severity": "verify",
        }
    ]
    for form in ledgers:
        checks += [
            {
                "use": "range",
                "of": f"{form['id']}.day",
                "min": "filing.first",
                "max": "filing.last",
                "severity": "verify",
            },
            {"use": "outlier", "of": f"{form['id']}.amount", "times": 5, "severity": "verify"},
        ]
    return parse_kit(
        {
            "id": "benchmark", "title": "测速表", "version": "1",
            "unit": "filing.unit", "period": ("filing.first", "filing.last"),
            "form": [{"id": "filing", "sheet": "填报信息", "kind": "record", "field": fields}, *ledgers],
            "check": checks,
            "figure": [{"id": "金额", "use": "total", "of": [f"{form['id']}.amount" for form in ledgers]}],
        }
    )  # fmt: skip


def build_workbook(*, odd: bool) -> Workbook:
    """Return the filled workbook; `odd` has a few cells per column typed the way people type."""
    book = Workbook()
    filing = book.active
    filing.title = "填报信息"
    for line in {**RECORD, "金额合计": sum(row[4] for row in rows(odd=odd))}.items():
        filing.append(line)
    for number in range(1, LEDGERS + 1):
        sheet = book.create_sheet(f"台账{number}")
        sheet.append([field["header"] for field in FIELDS])
        for row in rows(odd=odd):
            sheet.append(row)
    return book


def rows(*, odd: bool) -> Iterator[tuple[object, ...]]:
    """Yield the rows of one ledger: dates, texts, numbers, blanks; 1 row in 20 with odd cells if asked for."""
    for row in range(ROWS):
        day, strange = date(2026, 11, 1) + timedelta(days=row % 30), odd and row % 20 == 0
        yield (
            f"2026年11月{day.day}日" if strange else day, f"第{row % 12 + 1}社区", CHOICES[row % 4],
            f"{row}件" if strange else row, 100 + row % 50 * 2.5, "约39" if strange else row % 60, row % 100 / 100,
            "是" if row % 3 else "否", f"0990-{row:07}", f"上门走访第{row}户，送去生活用品并登记需求" if row % 2 else None,
        )  # fmt: skip


def compare(path: Path, kit: Kit, rounds: int) -> None:
    """Run the three contestants over one workbook and print medians and ratios."""

    def ours() -> int:
        book = open_book(path).value
        assert book is not None
        read = read_submission(book, kit)
        assert [len(read.value.tables[form.id]) for form in kit.forms[1:]] == [ROWS] * LEDGERS
        return len([*read.findings, *run_checks(read.value, Tally(read.value))])

    def raw() -> list[list[list[object]]]:
        book = CalamineWorkbook.from_path(path)
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    def loop() -> int:
        sheets = load_workbook(path).worksheets
        return sum(
            value is not None
            for sheet in sheets
            for row in sheet.iter_rows(values_only=True)
            for value in row
        )

    seconds = medians({RAW: raw, OURS: ours, LOOP: loop}, rounds)
    print(f"\n{path.stem}: {ours()} findings")
    print(table(seconds, RAW))
    print(f"officeflow takes {seconds[OURS] / seconds[RAW]:.2f} × raw calamine (aim ≤ 3),")
    print(f"and is {seconds[LOOP] / seconds[OURS]:.1f} × faster than the openpyxl loop (aim ≥ 5)")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    print(f"{LEDGERS} ledgers × {ROWS} rows × {len(FIELDS)} columns, medians of {rounds} runs")
    with tempfile.TemporaryDirectory() as folder:
        for name, odd in (("every cell as Excel stores it", False), ("1 row in 20 with odd cells", True)):
            path = Path(folder) / f"{name}.xlsx"
            build_workbook(odd=odd).save(path)
            compare(path, build_kit(), rounds)


if __name__ == "__main__":
    main()
