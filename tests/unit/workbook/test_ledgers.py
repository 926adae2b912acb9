"""Real ledgers: one file of cases per habit in tests/cases/ledgers, read and checked as `officeflow check` does.

A case may replace cells by their XML (`cells`), and text in other parts (`parts`), where no library writes
what offices do.
"""

import re
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl.comments import Comment

from officeflow.checks import run_checks
from officeflow.figures import Tally
from officeflow.kits._notation import spell_out
from officeflow.kits.load import parse_kit
from officeflow.model.findings import Finding
from officeflow.model.submission import Submission
from officeflow.model.values import canonical
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission
from tests.support.cases import CASES, load_cases
from tests.support.ledgers import FILING, drawn
from tests.support.workbooks import book_of, save, zipped

KIT = spell_out(CASES / "reading").table
ELSEWHERE = {"STAMP_LOST", "SHEET_NOT_USED"}
"""What these bare workbooks always lack."""


class Said(NamedTuple):
    """What became of one workbook."""

    submission: Submission
    findings: tuple[Finding, ...]


def read_case(case: dict[str, Any], folder: Path) -> Said:
    sheets = {"填报信息": FILING, case.get("sheet", "捐款捐物"): case["grid"]}
    book = book_of(sheets | case.get("sheets", {}))
    for area in case.get("merge", ()):
        book.worksheets[1].merge_cells(area)
    for at, text in case.get("notes", {}).items():
        book.worksheets[1][at].comment = Comment(text, case.get("author", "某人"))
    path = patched(save(book, folder / "表.xlsx"), case)
    opened = open_book(path)
    assert opened.value is not None
    kit = parse_kit(KIT | {"form": [*KIT["form"], *case.get("form", ())], "check": case.get("check", ())})
    read = read_submission(opened.value, kit)
    found = (*opened.findings, *read.findings, *run_checks(read.value, Tally(read.value)))
    return Said(read.value, tuple(finding for finding in found if finding.code not in ELSEWHERE))


def patched(path: Path, case: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, changes in case.get("parts", {}).items():
        for old, new in changes.items():
            assert old.encode() in parts[name]
            parts[name] = parts[name].replace(old.encode(), new.encode())
    sheet = "xl/worksheets/sheet2.xml"
    for at, xml in case.get("cells", {}).items():
        parts[sheet], count = re.subn(
            rb'<c r="%b"[^>]*?(/>|>.*?</c>)' % at.encode(), xml.encode(), parts[sheet], count=1
        )
        assert count == 1
    path.write_bytes(zipped(parts))
    return path


@pytest.mark.parametrize(("habit", "case"), load_cases("ledgers"))
def test_ledger(habit: str, case: dict[str, Any], tmp_path: Path):
    """A ledger gives the rows, values, repairs, totals and findings that its case names, and no others."""
    submission, found = read_case(case, tmp_path)
    table = next(
        table for table in submission.tables.values() if table.sheet == case.get("sheet", "捐款捐物")
    )
    repairs = [
        f"{repair.cell} {repair.typed} → {repair.read_as}"
        for repair in submission.repairs
        if repair.rule != "default"
    ]
    named = case.get("values", {})

    assert tuple(case["rows"]) == table.rows
    assert named == {name: [canonical(value) for value in table.columns[name]] for name in named}
    assert sorted(case.get("findings", [])) == sorted(
        f"{each.cell} {each.code} {each.severity}".strip() for each in found
    )
    assert sorted(case.get("repairs", [])) == sorted(repairs)
    assert case.get("totals", []) == [drawn(total) for total in table.totals]
    assert case.get("messages", []) == [each.message for each in found if case.get("messages")]
