"""Spoilt at random: whatever the bytes, reading and checking end in values and findings, soon.

A few hundred cases in CI; `python -m tests.faults.test_fuzz 20000` for more.  Each case has a
number that makes it again: `fuzzed(NUMBER)`.
"""

from __future__ import annotations

import io
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from functools import cache
from pathlib import Path

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from officeflow.checks import run_checks
from officeflow.figures import Tally
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.secrecy import find_markings
from officeflow.workbook.reading.submission import read_submission
from officeflow.workers import Limits, Lost, run_each
from tests.support.broken import GRID, kit, ledger, row, saved
from tests.support.workbooks import text_cell, zipped

CASES, AT_ONCE, SLOW = 400, 50, 2.0
BITS = (
    b"", b"<", b">", b"/>", b'"', b"'", b"&", b"&#0;", b"\0", b"\xff", b"]]>", b"<!--", b"<c", b"<v>", b"</v>", b"<f>",
    b"</row>", b"<row r=", b"<is><t>", b' t="s"', b' t="e"', b' t="b"', b' t="inlineStr"', b' s="99999"', b' r="A0"',
    b' r="XFD1048576"', b' r="ZZZZ1"', b' r="\xc3\x84"', b"-1", b"1e400", b"NaN", b"99999999999999999999", b"0x1F",
    b"#REF!", b"_x0000_", "同上".encode(), "合计".encode(), "注：".encode(), "约39人、3户".encode(), "20**年".encode(),
    "机密★".encode(), "捐款捐物".encode(), "日期".encode(), "\u202e\U00020bb7".encode(), b"{{x}}", b"A1:XFD1048576",
)  # fmt: skip


@cache
def seeds() -> tuple[bytes, ...]:
    """Sound workbooks to be spoilt: by hand, by openpyxl, .xls and .ods."""
    styled = row(
        text_cell("A3", "同上") + '<c r="F3"><f>1+1</f><v>2</v></c><c r="G3" t="e"><v>#N/A</v></c>', 3
    )
    merged = '<mergeCells><mergeCell ref="H2:H3"/></mergeCells>'
    plain = ledger('<c r="A2" s="1"><v>41703</v></c>' + text_cell("F2", "1.6万元"), more=styled, after=merged)
    book, sheet = xlwt.Workbook(), None
    sheet = book.add_sheet("捐款捐物")
    document, table = OpenDocumentSpreadsheet(), Table(name="捐款捐物")
    for number, line in enumerate(GRID.strip().splitlines()):
        cells = TableRow()
        for column, text in enumerate(line.strip("|").split("|")):
            sheet.write(number, column, text.strip())
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text.strip()))
            cells.addElement(cell)
        table.addElement(cells)
    document.spreadsheet.addElement(table)
    old, open_ = io.BytesIO(), io.BytesIO()
    book.save(old)
    document.write(open_)
    return plain, saved(lambda _: None), old.getvalue(), open_.getvalue()


def fuzzed(number: int) -> bytes:
    """Return the spoilt workbook of that number."""
    chance = random.Random(number)  # noqa: S311
    seed = chance.choice(seeds())
    if seed[:2] != b"PK" or chance.random() < 0.15:
        return spoilt(seed, chance)
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in chance.choices(
        sorted(parts, key=lambda name: "sheet" not in name)[:6], k=chance.randint(1, 2)
    ):
        parts[name] = spoilt(parts[name], chance)
    if chance.random() < 0.05:
        del parts[chance.choice(list(parts))]
    return zipped(parts)


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few places changed: by chance, or whole texts and attribute values of markup."""
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        values = [found.span(1) for found in re.finditer(rb'>([^<]+)<|="([^"]*)"', data) if found[1]]
        if values and chance.random() < 0.5:
            start, end = chance.choice(values)
        else:
            start = chance.randrange(len(data) + 1)
            end = start + chance.choice((0, 0, 1, 1, 4, 40))
        new = (
            chance.choice(BITS)
            if chance.random() < 0.8
            else data[start : start + 60] * chance.choice((2, 3, 50))
        )
        data = data[:start] + new + data[end:]
    return data


def read_some(numbers: range) -> list[str]:
    """Read and check cases in a worker; return what went wrong, '' never."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            path = Path(folder) / "某局.xlsx"
            path.write_bytes(fuzzed(number))
            began = time.process_time()
            try:
                read_one(path)
            except BaseException:  # noqa: BLE001  a panic of a library too
                wrong.append(f"{number}: {traceback.format_exc(limit=-3)}")
            if time.process_time() - began > SLOW:
                wrong.append(f"{number}: slow")
    return wrong


def read_one(path: Path) -> None:
    opened = open_book(path)
    assert opened.value is not None or opened.findings
    if opened.value is not None:
        list(find_markings(opened.value))
        read = read_submission(opened.value, kit())
        findings = (*opened.findings, *read.findings, *run_checks(read.value, Tally(read.value)))
        assert all(finding.message for finding in findings)
        assert read.value.digest


def run(count: int) -> list[str]:
    """Return what went wrong in that many cases; a worker that died or hung names its cases."""
    chunks = [range(start, min(start + AT_ONCE, count)) for start in range(0, count, AT_ONCE)]
    answers = run_each(read_some, chunks, size=2, limits=Limits(seconds=120))
    wrong = [
        [f"{chunk}: {answer.why}"] if isinstance(answer, Lost) else answer
        for chunk, answer in zip(chunks, answers, strict=True)
    ]
    return [line for lines in wrong for line in lines]


def test_no_traceback_and_no_hang():
    """Values and findings, whatever the bytes."""
    assert [] == run(CASES)


if __name__ == "__main__":
    from tests.faults import test_fuzz  # a worker finds the task under this name, not under __main__

    problems = test_fuzz.run(int(sys.argv[1]))
    print(len(problems), *problems[:20], sep="\n")  # noqa: T201
