"""Ledgers as clerks leave them; every case is drawn in tests/cases/reading/ledger.toml."""

from pathlib import Path
from typing import Any

import pytest

from officeflow.model.findings import Outcome
from officeflow.model.submission import Submission
from officeflow.model.values import canonical
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission
from tests.support.ledgers import CASES, FILING, KIT, drawn
from tests.support.workbooks import book_of, save

ELSEWHERE = {"STAMP_LOST", "SHEET_NOT_USED"}
"""What these bare workbooks always lack."""


def read_case(case: dict[str, Any], folder: Path) -> Outcome[Submission]:
    book = book_of({"填报信息": FILING, "捐款捐物": case["grid"]})
    sheet = book["捐款捐物"]
    for area in case.get("merge", ()):
        sheet.merge_cells(area)
    for row in case.get("hidden_rows", ()):
        sheet.row_dimensions[row].hidden = True
    for letters in case.get("hidden_columns", ()):
        sheet.column_dimensions[letters].hidden = True
    opened = open_book(save(book, folder / "表.xlsx"))
    assert opened.value is not None
    return read_submission(opened.value, KIT)


@pytest.mark.parametrize("case", CASES, ids=[case["fact"] for case in CASES])
def test_ledger(case: dict[str, Any], tmp_path: Path):
    """A ledger gives the values, repairs and findings that its case names, and no others."""
    outcome = read_case(case, tmp_path)
    table = outcome.value.tables["gifts"]
    findings = [
        f"{found.cell} {found.code}".strip() for found in outcome.findings if found.code not in ELSEWHERE
    ]
    repairs = [
        f"{repair.cell} {repair.typed} → {repair.read_as}"
        for repair in outcome.value.repairs
        if case.get("defaults") or repair.rule != "default"
    ]
    named = case.get("values", {})

    assert tuple(case["rows"]) == table.rows
    assert named == {name: [canonical(value) for value in table.columns[name]] for name in named}
    assert sorted(case.get("findings", [])) == sorted(findings)
    assert sorted(case.get("repairs", [])) == sorted(repairs)
    assert case.get("totals", []) == [drawn(total) for total in table.totals]


def test_every_message_of_a_cell_names_its_place(tmp_path: Path):
    """A person finds the cell without asking: the message starts with 【表…】 wherever there is a sheet."""
    outcomes = [read_case(case, tmp_path) for case in CASES]

    assert [] == [
        found.message
        for outcome in outcomes
        for found in outcome.findings
        if found.sheet and not found.message.startswith("【")
    ]
