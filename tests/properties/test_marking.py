"""Laws of marking and repair: no value changes, and marks can be undone whatever the workbook holds."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Font

from officeflow.model.cells import CellRef
from officeflow.model.findings import Finding, Severity
from officeflow.model.submission import Submission
from officeflow.workbook.blank.build import build_workbook
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.marks.writer import mark, unmark
from officeflow.workbook.reading.submission import read_submission
from officeflow.workbook.repair.writer import repair_workbook
from tests.support.ledgers import KIT, ROWS, read

few = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.builds(CellRef, st.just("捐款捐物"), st.integers(1, 12), st.integers(1, 12))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
FINDINGS = st.lists(
    st.builds(
        lambda cell, severity, text: Finding(
            code="X",
            severity=severity,
            message=f"【捐款捐物】{text}",
            sheet=cell.sheet,
            cell=cell.a1,
            row_key=text,
        ),
        CELLS,
        st.sampled_from(Severity),
        TEXTS,
    ),
    max_size=8,
)


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@few
@given(rows=ROWS, extra=FINDINGS)
def test_marks_change_no_value(rows: list[list[object]], extra: list[Finding], tmp_path: Path):
    """A marked copy reads as the original does: same values, same digest, same findings."""
    before = read(rows, tmp_path)
    path = tmp_path / "表.xlsx"
    path.write_bytes(mark(path.read_bytes(), [*before.findings, *extra], kit=KIT))
    book = open_book(path).value
    assert book is not None
    after = read_submission(book, KIT)

    assert before.value.digest == after.value.digest
    assert before.value.tables == after.value.tables
    assert [found.code for found in before.findings] == [found.code for found in after.findings]


@few
@given(rows=ROWS, extra=FINDINGS, again=FINDINGS)
def test_unmarking_undoes_marking(
    rows: list[list[object]], extra: list[Finding], again: list[Finding], tmp_path: Path
):
    """Every part is as it was, also after a second marking."""
    read(rows, tmp_path)
    data = (tmp_path / "表.xlsx").read_bytes()

    assert parts(data) == parts(unmark(mark(mark(data, extra, kit=KIT), again, kit=KIT)))


BLANK = build_workbook(KIT)
GIFTS = [
    {
        "day": date(2014, 3, 5 + row),
        "giver": f"示例{row}",
        "category": "衣物",
        "quantity": row,
        "people": row + 1,
    }
    for row in range(6)
]
BOOK = build_workbook(KIT, rows={"gifts": GIFTS, "filing": [{"unit": "某局"}]})
SPOILS = st.lists(
    st.tuples(
        st.sampled_from(["rules", "colours", "looks", "serial", "lines", "heading", "stamp"]),
        st.integers(2, 11),
    ),
    min_size=1,
    max_size=6,
)


def spoil(book: Workbook, what: str, column: int) -> None:
    sheet = book["捐款捐物"]
    match what:
        case "rules":
            sheet.data_validations.dataValidation = []
        case "colours":
            sheet.conditional_formatting = ConditionalFormattingList()
        case "looks":
            for row in range(5, 9):
                sheet.cell(row, column).font = Font(name="Arial", size=20)
                sheet.cell(row, column + 1).number_format = ["0.00", "yyyy/mm/dd", "@"][column % 3]
        case "serial":
            for row in range(5, 12):
                sheet.cell(row, 1).value = row
        case "lines":
            sheet["A2"].value, sheet.cell(3, column).value = None, 7
        case "heading":
            heading = sheet.cell(4, column)
            heading.value = " ".join(str(heading.value or ""))
        case "stamp":
            book.custom_doc_props.props = []


@settings(few, max_examples=15)
@pytest.mark.filterwarnings("ignore:Print area cannot be set")
@given(spoils=SPOILS)
def test_repair_changes_no_value(spoils: list[tuple[str, int]], tmp_path: Path):
    """Whatever was spoilt, what was read before is read after; and nothing is left to repair."""
    book = load_workbook(BytesIO(BOOK))
    for one in spoils:
        spoil(book, *one)
    path = tmp_path / "表.xlsx"
    book.save(path)
    before = submission_of(path)
    path.write_bytes(repair_workbook(path.read_bytes(), kit=KIT, blank=BLANK).data)

    assert before.digest == submission_of(path).digest
    again = repair_workbook(path.read_bytes(), kit=KIT, blank=BLANK)
    assert ["REPAIR_NOTHING"] == [finding.code for finding in again.done]


def submission_of(path: Path) -> Submission:
    opened = open_book(path).value
    assert opened is not None
    return read_submission(opened, KIT).value
