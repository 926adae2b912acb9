"""What clerks type, in the cells of the real workbook: read, checked and listed as the design's table says.

All cases stand in one workbook, each in a row of its own below the sample's rows.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import Reading, read_workbook
from officeflow.model.values import Bounded, canonical, plain

CASES = Path(__file__).parents[1] / "cases" / "typed_cells.toml"
FIRST_ROW = 100
# openpyxl does not know print areas that grow with the data (a formula in the name); Excel, WPS and LibreOffice do.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")


class Said(NamedTuple):
    """What became of one cell."""

    value: str
    span: str
    repair: str
    severity: str
    code: str


def cases() -> list[dict[str, Any]]:
    """Every cell of the case file with what its group says, numbered by the row it is typed in."""
    groups = tomllib.loads(CASES.read_text(encoding="utf-8"))["group"]
    cells = [{**group, **cell} for group in groups for cell in group["cells"]]
    return [{**cell, "row": FIRST_ROW + number} for number, cell in enumerate(cells)]


def heading(sheet: Worksheet, name: str) -> int:
    return next(cell.column for cell in sheet[4] if str(cell.value).strip("●◐ \n").split("\n")[0] == name)


@pytest.fixture(scope="module")
def reading(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    book = openpyxl.load_workbook(sample)
    for case in cases():
        name, _, header = case["field"].partition(".")
        sheet, row = book[name], case["row"]
        for other, text in case.get("with", {}).items():
            sheet.cell(row, heading(sheet, other), text)
        for offset, number in enumerate(case.get("column", ()), 1):
            sheet.cell(row + 1000 + offset, heading(sheet, header), number)
        cell = sheet.cell(row, heading(sheet, header), case["typed"] or None)
        cell.number_format = case.get("format", cell.number_format)
    path = tmp_path_factory.mktemp("typed") / "填表.xlsx"
    book.save(path)
    outcome = read_workbook(Desk.here(), path)
    assert outcome.value is not None
    return outcome.value


def said(reading: Reading, case: dict[str, Any]) -> Said:
    name, _, header = case["field"].partition(".")
    table = next(table for table in reading.submission.tables.values() if table.sheet == name)
    field = next(field for field in table.form.fields if field.header == header)
    entry = table.rows.index(case["row"])
    value, at = table.value(field.id, entry), str(table.cell(field.id, entry)).rpartition("!")[2]
    repairs = [
        repair.read_as for repair in reading.submission.repairs if (repair.sheet, repair.cell) == (name, at)
    ]
    found = [finding for finding in reading.findings if (finding.sheet, finding.cell) == (name, at)]
    return Said(
        value=canonical(value),
        span=span(value),
        repair="、".join(repairs),
        severity="、".join(finding.severity.value for finding in found),
        code="、".join(finding.code for finding in found),
    )


def span(value: object) -> str:
    if not isinstance(value, Bounded):
        return ""
    low = "(…" if value.low is None else ("(" if value.open_low else "[") + plain(value.low)
    high = "…)" if value.high is None else plain(value.high) + (")" if value.open_high else "]")
    return f"{low}, {high}"


@pytest.mark.parametrize(
    "case", cases(), ids=lambda case: f"{case['field']} {case['typed']} {case.get('format', '')}"
)
def test_a_typed_cell_is_what_the_table_says(reading: Reading, case: dict[str, Any]) -> None:
    """Stored value, listed repair, and the one finding at the cell."""
    expected = Said(*(case.get(name, "") for name in Said._fields))

    assert expected == said(reading, case)
