"""The same table in every way programs write it: the values are the same."""

from datetime import date
from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P

from officeflow.workbook.files.book import Book, Sheet
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission
from tests.support.ledgers import KIT
from tests.support.workbooks import (
    MAIN,
    STRICT_MAIN,
    STRICT_RELATIONS,
    raw_parts,
    sheet_xml,
    text_cell,
    zipped,
)

HEADINGS = ("日期", "捐赠人", "类别", "数量", "量词", "金额（元）", "人数", "社区")
FIRST = "".join(text_cell(f"{'ABCDEFGH'[index]}1", text) for index, text in enumerate(HEADINGS))
SECOND = f'<c r="A2" s="1"><v>41703</v></c>{text_cell("C2", "现金")}<c r="F2"><v>100.5</v></c>'
PLAIN = sheet_xml(f'<row r="1">{FIRST}</row><row r="2">{SECOND}</row>')


def opened(folder: Path, data: bytes, name: str = "表.xlsx") -> Book:
    path = folder / name
    path.write_bytes(data)
    book = open_book(path).value
    assert book is not None
    return book


def sheet_of(folder: Path, xml: str, **options: object) -> Sheet:
    book = opened(folder, zipped(raw_parts({"捐款捐物": xml}, **options)))
    sheet = book.sheet(book.tabs[0]).value
    assert sheet is not None
    return sheet


WRITINGS = {
    "plain": PLAIN,
    "single quotes": PLAIN.replace('"', "'"),
    "a declaration in single quotes": f"<?xml version='1.0' encoding='utf-8'?>\n{PLAIN}",
    "prefixes": PLAIN.replace("</", "</x:")
    .replace("<", "<x:")
    .replace("<x:/x:", "</x:")
    .replace("xmlns=", "xmlns:x="),
    "comments": PLAIN.replace('<row r="2">', '<!-- <c r="XFD9"> --><row r="2">'),
    "pretty": PLAIN.replace("><", ">\n  <"),
    "spaces around =": PLAIN.replace('="', ' = "'),
    "no cell names": sheet_xml(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADINGS)
        + '</row><row><c s="1"><v>41703</v></c><c/><c t="inlineStr"><is><t>现金</t></is></c><c/><c/>'
        + "<c><v>100.5</v></c></row>"
    ),
    "a wrong dimension": PLAIN.replace("<sheetData>", '<dimension ref="A1"/><sheetData>'),
}


@pytest.mark.parametrize("name", WRITINGS)
def test_ways_to_write_a_sheet(name: str, tmp_path: Path):
    """However a program writes its XML, the cells are the same."""
    sheet = sheet_of(tmp_path, WRITINGS[name])

    assert HEADINGS == tuple(sheet.rows[0])
    assert [date(2014, 3, 5), "", "现金", "", "", 100.5] == list(sheet.rows[1][:6])


def test_strict_ooxml(tmp_path: Path):
    """Files saved as “Strict Open XML” are read like any other."""
    xml = PLAIN.replace(MAIN, STRICT_MAIN)

    assert date(2014, 3, 5) == sheet_of(tmp_path, xml, main=STRICT_MAIN, relations=STRICT_RELATIONS).at(2, 1)


def test_1904_dates(tmp_path: Path):
    """Workbooks from old Macs count days from 1904."""
    xml = PLAIN.replace("41703", str(41703 - 1462))

    assert date(2014, 3, 5) == sheet_of(tmp_path, xml, is_1904=True).at(2, 1)


BROKEN = {
    "an error": ('<c r="F2" t="e"><v>#REF!</v></c>', "#REF!"),
    "the error of a formula": ('<c r="F2" s="1" t="e"><f>A9/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
    "a formula without result": ('<c r="F2"><f>SUM(A1:A9)</f></c>', ""),
    "a formula with an empty result": ('<c r="F2"><f>SUM(A1:A9)</f><v></v></c>', ""),
    "a shared formula without result": ('<c r="F2"><f t="shared" si="0"/><v/></c>', ""),
    "attributes in another order": ('<c t="e" s="1" r="F2"><v>#N/A</v></c>', "#N/A"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_cells_that_only_look_blank(name: str, quote: str, tmp_path: Path):
    """Errors and formulas without stored result are known as such, however they are written."""
    cell, text = BROKEN[name]
    xml = PLAIN.replace('<c r="F2"><v>100.5</v></c>', cell).replace('"', quote)

    assert {(2, 6): text} == sheet_of(tmp_path, xml).broken


WHOLE = {
    "a number": '<c r="F2"><f>50+50</f><v>100</v></c>',
    "a text": '<c r="F2" t="str"><f>A1&amp;"x"</f><v>字</v></c>',
    "an empty text": '<c r="F2" t="str"><f>IF(A2="","",1)</f><v></v></c>',
    "an empty text without value": '<c r="F2" s="1" t="str"><f>IF(A2="","",1)</f></c>',
}


@pytest.mark.parametrize("name", WHOLE)
def test_formulas_with_result_are_whole(name: str, tmp_path: Path):
    """A stored result counts, the empty text too."""
    xml = PLAIN.replace('<c r="F2"><v>100.5</v></c>', WHOLE[name])

    assert {} == sheet_of(tmp_path, xml).broken


def test_pictures_in_cells(tmp_path: Path):
    """A picture in a cell is no error: Excel stores a rich value, WPS a formula; both are read as 有图片."""
    rows = f'<row r="1">{FIRST}</row>' + "".join(
        f'<row r="{row}"><c r="A{row}" s="1"><v>41703</v></c>{cell}</row>'
        for row, cell in (
            (2, '<c r="H2" t="e" vm="1"><v>#VALUE!</v></c>'),
            (3, '<c r="H3" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'),
        )
    )
    outcome = read_submission(opened(tmp_path, zipped(raw_parts({"捐款捐物": sheet_xml(rows)}))), KIT)

    assert ("有图片", "有图片") == outcome.value.tables["gifts"].columns["place"]
    assert not {"CELL_ERROR", "FORMULA_NOT_CALCULATED"} & {found.code for found in outcome.findings}


def test_error_in_a_column_of_the_form_is_said_at_its_cell(tmp_path: Path):
    """The cell counts as unreadable, not as blank."""
    xml = PLAIN.replace('<c r="F2"><v>100.5</v></c>', '<c r="F2" t="e"><v>#REF!</v></c>')
    outcome = read_submission(opened(tmp_path, zipped(raw_parts({"捐款捐物": xml}))), KIT)

    assert [("捐款捐物", "F2", "#REF!")] == [
        (found.sheet, found.cell, found.value) for found in outcome.findings if found.code == "CELL_ERROR"
    ]


def test_percent_cells(tmp_path: Path):
    """0.145 shown as 14.5 % is 14.5; a bare 14.5 is 14.5 too."""
    rows = (
        f'<row r="1">{text_cell("A1", "事项")}{text_cell("B1", "完成率")}</row>'
        f'<row r="2">{text_cell("A2", "甲")}<c r="B2" s="2"><v>0.145</v></c></row>'
        f'<row r="3">{text_cell("A3", "乙")}<c r="B3"><v>14.5</v></c></row>'
    )
    table = read_submission(opened(tmp_path, zipped(raw_parts({"另表": sheet_xml(rows)}))), KIT).value.tables[
        "extra"
    ]

    assert ["14.5", "14.5"] == [str(value) for value in table.columns["share"]]


def test_hidden_and_merged(tmp_path: Path):
    """Hidden rows and columns and merged cells are known."""
    xml = PLAIN.replace('<row r="2">', '<row r="2" hidden="1">')
    xml = xml.replace("<sheetData>", '<cols><col min="2" max="3" width="9" hidden="1"/></cols><sheetData>')
    sheet = sheet_of(
        tmp_path, xml.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:B3"/></mergeCells>')
    )

    assert ({2}, {2, 3}) == (sheet.hidden_rows, sheet.hidden_columns)
    assert [(1, 1, 3, 2)] == [(area.top, area.left, area.bottom, area.right) for area in sheet.areas]


def test_far_formatted_blank_cells_cost_nothing(tmp_path: Path):
    """A million formatted rows without content are lawful."""
    xml = PLAIN.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')

    assert 2 == len(sheet_of(tmp_path, xml).rows)


def test_xls(tmp_path: Path):
    """An .xls gives the same values; its errors, hidden rows and merges are known."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("捐款捐物")
    for column, text in enumerate(HEADINGS):
        sheet.write(0, column, text)
    sheet.write(1, 0, date(2014, 3, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(1, 2, "现金")
    sheet.write(1, 5, 100.5)
    sheet.write(2, 3, 0.5, xlwt.easyxf(num_format_str="0%"))
    sheet.row(2).set_cell_error(5, "#REF!")
    sheet.row(2).hidden = True
    sheet.write_merge(1, 2, 7, 7, "西山社区")
    path = tmp_path / "表.xls"
    book.save(str(path))
    opened_book = open_book(path).value
    assert opened_book is not None
    read = opened_book.sheet(opened_book.tabs[0]).value
    assert read is not None

    assert [date(2014, 3, 5), "", "现金", "", "", 100.5, "", "西山社区"] == list(read.rows[1])
    assert {(3, 6): "#REF!"} == read.broken
    assert {3} == read.hidden_rows
    assert {(3, 4)} == {at for at in read.percents() if at[0] == 3}
    assert [(2, 8, 3, 8)] == [(area.top, area.left, area.bottom, area.right) for area in read.areas]


def ods_row(*cells: TableCell, **attributes: object) -> TableRow:
    row = TableRow(**attributes)
    for cell in cells:
        row.addElement(cell)
    return row


def ods_cell(text: str = "", **attributes: object) -> TableCell:
    cell = TableCell(**attributes)
    if text:
        cell.addElement(P(text=text))
    return cell


def ods_book(*rows: TableRow) -> OpenDocumentSpreadsheet:
    document = OpenDocumentSpreadsheet()
    table = Table(name="捐款捐物")
    table.addElement(TableColumn(numbercolumnsrepeated=3))
    table.addElement(TableColumn(visibility="collapse"))
    for row in rows:
        table.addElement(row)
    document.spreadsheet.addElement(table)
    hidden = Style(name="hidden", family="table")
    hidden.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(hidden)
    document.spreadsheet.addElement(Table(name="藏", stylename="hidden"))
    return document


def test_ods(tmp_path: Path):
    """An .ods gives the same values; repeated cells and rows stand for what they repeat."""
    headings = [ods_cell(text, valuetype="string") for text in HEADINGS]
    document = ods_book(
        ods_row(*headings),
        ods_row(
            ods_cell("2014年3月5日", valuetype="date", datevalue="2014-03-05"),
            ods_cell(numbercolumnsrepeated=1),
            ods_cell("现金", valuetype="string"),
            ods_cell(numbercolumnsrepeated=2),
            ods_cell("100.50", valuetype="float", value="100.5"),
            ods_cell("50%", valuetype="percentage", value="0.5"),
            ods_cell("西山社区", valuetype="string", numberrowsspanned=2, numbercolumnsspanned=1),
        ),
        ods_row(
            ods_cell("甲", valuetype="string", numbercolumnsrepeated=2),
            ods_cell(formula="of:=[.A1]"),
            ods_cell("#REF!", valuetype="string", stringvalue="", formula="of:=[.#REF!]"),
            CoveredTableCell(),
            numberrowsrepeated=2,
            visibility="collapse",
        ),
        ods_row(ods_cell(numbercolumnsrepeated=16384), numberrowsrepeated=1048572),
    )
    path = tmp_path / "表.ods"
    document.save(str(path))
    book = open_book(path).value
    assert book is not None
    sheet = book.sheet(book.tabs[0]).value
    assert sheet is not None

    assert [("捐款捐物", False), ("藏", True)] == [(tab.name, tab.is_hidden) for tab in book.tabs]
    assert [date(2014, 3, 5), "", "现金", "", "", 100.5, 0.5, "西山社区"] == list(sheet.rows[1])
    assert ["甲", "甲", "", "", "", "", "", ""] == list(sheet.rows[2]) == list(sheet.rows[3])
    assert 4 == len(sheet.rows)
    assert ({3, 4}, {4}) == (sheet.hidden_rows, sheet.hidden_columns)
    assert {(3, 3): "", (3, 4): "#REF!", (4, 3): "", (4, 4): "#REF!"} == sheet.broken
    assert {(2, 7)} == sheet.percents()
    assert [(2, 8, 3, 8)] == [(area.top, area.left, area.bottom, area.right) for area in sheet.areas]
