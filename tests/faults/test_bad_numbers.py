"""Counts and nests that no program writes: a sheet that cannot be read is said, an unreadable stamp is none."""

from pathlib import Path

import pytest

from officeflow.ooxml import write_package
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.stamp import read_stamp
from tests.support.workbooks import raw_parts, sheet_xml, text_cell, zipped

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(row: str = "", cell: str = "", column: str = "", text: str = "某局") -> bytes:
    """The smallest .ods with one cell, attributes of row, cell and column as given."""
    cells = f'<table:table-cell office:value-type="string" {cell}><text:p>{text}</text:p></table:table-cell>'
    rows = f"<table:table-column {column}/><table:table-row {row}>{cells}</table:table-row>"
    table = f'<table:table table:name="走访">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<office:document-content {SPACES}>{body}</office:document-content>"
    return write_package({"content.xml": content.encode(), "mimetype": b""})


@pytest.mark.parametrize("count", ["abc", "", "-1", "0", "1e5", "9" * 5000])
@pytest.mark.parametrize(
    "place",
    [
        {"row": "table:number-rows-repeated"},
        {"cell": "table:number-columns-repeated"},
        {"cell": "table:number-rows-spanned"},
        {"column": "table:number-columns-repeated"},
    ],
    ids=str,
)
def test_a_count_that_is_none_makes_the_sheet_unreadable(place: dict[str, str], count: str, tmp_path: Path):
    """Rows are never shifted by a guess."""
    path = tmp_path / "a.ods"
    path.write_bytes(ods(**{where: f'{name}="{count}"' for where, name in place.items()}))
    book = open_book(path).value
    assert book is not None
    outcome = book.sheet(book.tabs[0])

    assert (None, ["SHEET_DAMAGED"]) == (outcome.value, [finding.code for finding in outcome.findings])


def test_spaces_fill_a_cell_at_most(tmp_path: Path):
    """A count of a thousand million is no text of that length."""
    path = tmp_path / "a.ods"
    path.write_bytes(ods(text='<text:s text:c="1000000000"/>'))
    book = open_book(path).value
    assert book is not None
    sheet = book.sheet(book.tabs[0]).value
    assert sheet is not None

    assert 32_767 == len(str(sheet.at(1, 1)))


def test_a_stamp_nested_without_end_is_none(tmp_path: Path):
    """A custom property is what anybody typed there."""
    properties = f"<Properties><property name='officeflow'><x>{'[' * 100_000}</x></property></Properties>"
    sheet = sheet_xml(f'<row r="1">{text_cell("A1", "日期")}</row>')
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(raw_parts({"走访": sheet}) | {"docProps/custom.xml": properties.encode()}))
    book = open_book(path).value
    assert book is not None

    assert read_stamp(book) is None


def test_a_row_number_of_thousands_of_digits_makes_the_sheet_unreadable(tmp_path: Path):
    """Python itself refuses to make a number of it."""
    far = f'<row r="1"><c r="A{"9" * 5000}"><v>1</v></c></row>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(raw_parts({"走访": sheet_xml(far)})))
    book = open_book(path).value
    assert book is not None
    outcome = book.sheet(book.tabs[0])

    assert (None, ["SHEET_DAMAGED"]) == (outcome.value, [finding.code for finding in outcome.findings])
