"""Laws of marking: it changes no value, and what it did can be undone whatever the workbook holds."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officeflow.model.cells import CellRef
from officeflow.model.findings import Finding, Severity
from officeflow.workbook import mark, open_book, read_submission, unmark
from tests.properties.test_reading import ROWS, read
from tests.unit.workbook.test_read_ledger import KIT

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
