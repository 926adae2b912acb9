"""Laws of reading: nothing a clerk typed disappears, and what does not matter does not matter."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officeflow.model.values import Gap
from tests.support.ledgers import HEADINGS, ROWS, read

few = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(rows=ROWS)
def test_no_row_disappears(rows: list[list[object]], tmp_path: Path):
    """A row with anything in it is data, a total, or named in a finding."""
    outcome = read(rows, tmp_path)
    table = outcome.value.tables["gifts"]
    named = {
        int(found.cell[1:])
        for found in outcome.findings
        if found.code in {"ROW_NOT_DATA", "HEADING_REPEATED"}
    }
    filled = {
        number for number, cells in enumerate(rows, 2) if any(value not in {None, " "} for value in cells)
    }

    assert filled == {*table.rows, *(total.row for total in table.totals), *named}


@few
@given(rows=ROWS)
def test_every_finding_stands_in_the_sheet(rows: list[list[object]], tmp_path: Path):
    """A finding's cell exists, and a value that could not be read has one."""
    outcome = read(rows, tmp_path)
    table = outcome.value.tables["gifts"]
    said = {found.cell for found in outcome.findings}
    unreadable = {
        str(table.cell(name, entry)).partition("!")[2]
        for name, column in table.columns.items()
        for entry, value in enumerate(column)
        if value is Gap.UNREADABLE
    }

    assert unreadable <= said
    assert {int(cell[1:]) for cell in said if cell} <= set(range(1, len(rows) + 2))


@few
@given(rows=ROWS, order=st.permutations(range(8)), blanks=st.integers(0, 3))
def test_column_order_and_blank_rows_do_not_matter(
    rows: list[list[object]], order: list[int], blanks: int, tmp_path: Path
):
    """The digest of a submission rests on its values alone."""
    data = [row for row in rows if not {"合计", "注：略"} & set(row)]
    moved = [[row[column] for column in order] for row in data]
    headings = tuple(HEADINGS[column] for column in order)
    spread = [line for row in moved for line in (*([[None] * 8] * blanks), row)]

    assert read(data, tmp_path).value.digest == read(spread, tmp_path, headings).value.digest
