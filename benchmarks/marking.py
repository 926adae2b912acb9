"""A cold `officeflow check` and `check --mark` of one large ledger, against reading the same sheet raw.

python benchmarks/marking.py [rounds]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from timing import medians, table

ROWS, COLUMNS = 5000, 20
RAW, CHECK, MARK = "import calamine, pydantic; read raw", "officeflow check", "officeflow check --mark"
READ_RAW = (
    "import pydantic, python_calamine as c, sys; "
    "b = c.CalamineWorkbook.from_path(sys.argv[1]); [b.get_sheet_by_name(n).to_python() for n in b.sheet_names]"
)
CALL = "import sys; from officeflow.cli import main; sys.exit(main(sys.argv[1:]))"
TYPES = ("date", "text", "choice", "int", "money", "yes_no", "decimal", "text", "int", "long")
HEADERS = ("日期", "社区", "类别", "件数", "金额", "办结", "时长", "电话", "人数", "说明")
KIT = """
[kit]
id = "large"
title = "大表"
version = "1"
unit = "filing.unit"
period = ["filing.first", "filing.last"]
[form.filing]
sheet = "填报信息"
kind = "record"
[form.filing.field]
unit = { header = "填报单位" }
first = { header = "统计起", type = "date" }
last = { header = "统计止", type = "date" }
[form.ledger]
sheet = "台账"
key = ["c1", "c2"]
"""


def write_kit(folder: Path) -> None:
    """Write a kit of one wide ledger."""
    lines = []
    for number in range(COLUMNS):
        kind, header = TYPES[number % 10], HEADERS[number % 10]
        choices = ', choices = ["衣物", "书籍", "食品"]' if kind == "choice" else ""
        required = ", required = true" if number < 4 else ""
        lines.append(
            f'field.c{number + 1} = {{ header = "{header}{number // 10 + 1}", type = "{kind}"{choices}{required} }}'
        )
    (folder / "kit.toml").write_text(KIT + "\n".join(lines), encoding="utf-8")


def write_book(path: Path) -> None:
    """Write the filled workbook; one row in a hundred has something to mark."""
    book = Workbook(write_only=True)
    filing = book.create_sheet("填报信息")
    for line in (("填报单位", "示例局"), ("统计起", date(2026, 1, 1)), ("统计止", date(2026, 12, 31))):
        filing.append(line)
    ledger = book.create_sheet("台账")
    ledger.append([f"{HEADERS[number % 10]}{number // 10 + 1}" for number in range(COLUMNS)])
    for row in range(ROWS):
        ledger.append(list(cells(row)))
    book.save(path)


def cells(row: int) -> Iterator[object]:
    """Yield one row of the ledger."""
    odd = row % 100 == 0
    for _ in range(COLUMNS // 10):
        yield from (
            date(2026, 1, 1) + timedelta(days=row % 300), None if odd else f"第{row}社区", ("衣物", "书籍", "食品")[row % 3],
            "约39" if odd else row % 70, 100 + row % 50 * 2.5, "是" if row % 3 else "否", row % 40 / 4,
            f"0990-{row:07}", row % 90, f"上门走访第{row}户，送去生活用品并登记需求",
        )  # fmt: skip


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        kits = Path(folder) / "kits" / "large"
        kits.mkdir(parents=True)
        write_kit(kits)
        book = Path(folder) / "large.xlsx"
        write_book(book)
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment["OFFICEFLOW_KIT_FOLDER"] = str(kits.parent)

        def run(*arguments: str) -> None:
            # Exit code 1: there are findings.
            done = subprocess.run(
                [sys.executable, "-c", *arguments], capture_output=True, env=environment, check=False
            )
            assert done.returncode in {0, 1}, done.stderr.decode()
            assert b"KIT_UNKNOWN" not in done.stdout

        seconds = medians(
            {
                RAW: lambda: run(READ_RAW, str(book)),
                CHECK: lambda: run(CALL, "check", str(book), "--json"),
                MARK: lambda: run(CALL, "check", str(book), "--mark", "--json"),
            },
            rounds,
        )
    print(
        f"one sheet of {ROWS} × {COLUMNS} cells, medians of {rounds} cold processes\n\n{table(seconds, RAW)}"
    )
    print(f"\ncheck takes {seconds[CHECK] / seconds[RAW]:.2f} × the bare process (aim ≤ 2.5),")
    print(f"check --mark {seconds[MARK] / seconds[CHECK]:.2f} × check (aim ≤ 2)")


if __name__ == "__main__":
    main()
