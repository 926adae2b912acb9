"""Files that are no workbook, or a broken or hostile one: one clear finding each, never a traceback."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from officeflow.model.findings import Severity
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission
from tests.support.broken import (
    GOOD,
    GOOD_SHEET,
    HEADINGS,
    LAUGHS,
    OLE,
    bit_flip,
    bomb,
    cell,
    doubled,
    lying_about_size,
    many,
    overlapping,
    parts,
    password_flag,
)
from tests.support.ledgers import KIT
from tests.support.workbooks import raw_parts, sheet_xml, text_cell, zipped

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "FILE_EMPTY"),
    "zeros": (lambda: bytes(4096), "FILE_EMPTY"),
    "half": (lambda: GOOD[: len(GOOD) // 2], "FILE_TRUNCATED"),
    "without its last 22 bytes": (lambda: GOOD[:-22], "FILE_TRUNCATED"),
    "csv in GBK": (lambda: "单位,人数\r\n某局,39\r\n".encode("gbk"), "FILE_CSV"),
    "csv in UTF-16": (lambda: "单位\t人数\n".encode("utf-16"), "FILE_CSV"),
    "html called .xls": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "FILE_HTML"),
    "XML spreadsheet 2003": (lambda: b'<?xml version="1.0"?><Workbook/>', "FILE_HTML"),
    "pdf": (lambda: b"%PDF-1.7 ...", "FILE_PDF"),
    "pdf with a zip behind": (lambda: b"%PDF-1.7 ..." + GOOD, "FILE_PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", "FILE_PICTURE"),
    "program": (lambda: b"MZ\x90\0" + bytes(99), "FILE_PROGRAM"),
    "program with a zip behind": (lambda: b"MZ\x90\0" + GOOD, "FILE_PROGRAM"),
    "archive": (lambda: zipped({"表.xlsx": GOOD}), "FILE_ARCHIVE"),
    "rar": (lambda: b"Rar!\x1a\x07\0", "FILE_ARCHIVE"),
    "docx": (
        lambda: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        "FILE_OTHER_OFFICE",
    ),
    "doc": (lambda: OLE + "WordDocument".encode("utf-16-le"), "FILE_OTHER_OFFICE"),
    "xlsb": (lambda: zipped(parts(book=None) | {"xl/workbook.bin": b"\0"}), "BOOK_BINARY"),
    "locked with a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "FILE_ENCRYPTED"),
    "zip locked with a password": (password_flag, "FILE_ENCRYPTED"),
    "broken compound file": (lambda: OLE + "Workbook".encode("utf-16-le"), "FILE_DAMAGED"),
    "compound file of something else": (lambda: OLE, "FILE_FOREIGN"),
    "noise": (lambda: bytes(range(256)) * 9, "FILE_FOREIGN"),
    "a bomb": (bomb, "FILE_TOO_LARGE"),
    "too many parts": (lambda: many(10_001), "FILE_TOO_LARGE"),
    "a part twice": (doubled, "FILE_UNSAFE"),
    "parts that overlap": (overlapping, "FILE_UNSAFE"),
    "a name that leads outside": (lambda: zipped(parts() | {"../../x": b""}), "FILE_UNSAFE"),
    "an absolute name": (lambda: zipped(parts() | {"/etc/x": b""}), "FILE_UNSAFE"),
    "no content types": (lambda: zipped(parts(types=None)), "FILE_PART_MISSING"),
    "no workbook part": (lambda: zipped(parts(book=None)), "FILE_PART_MISSING"),
    "a broken workbook part": (lambda: zipped(parts(book=b"<workbook><sheets>")), "FILE_DAMAGED"),
    "entities in the workbook part": (
        lambda: zipped(parts(book=f"{LAUGHS}<workbook/>".encode())),
        "FILE_UNSAFE",
    ),
    "entities in the shared strings": (
        lambda: zipped(parts() | {"xl/sharedStrings.xml": f"{LAUGHS}<sst/>".encode()}),
        "FILE_UNSAFE",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_workbook_gives_one_finding(name: str, tmp_path: Path):
    """Nothing is opened, and one sentence says what the file is and what to do."""
    make, code = REFUSED[name]
    path = tmp_path / "某局.xlsx"
    path.write_bytes(make())
    outcome = open_book(path)

    assert outcome.value is None
    assert [(code, Severity.MANDATORY, str(path))] == [
        (found.code, found.severity, found.file) for found in outcome.findings
    ]
    assert "某局.xlsx" in outcome.findings[0].message
    assert outcome.findings[0].remedy


UNREADABLE = {
    "a value in the far corner": (zipped(parts(cell("XFD1048576"))), "SHEET_TOO_WIDE"),
    "a value in a column no sheet has": (zipped(parts(cell("ZZZZ9"))), "SHEET_TOO_WIDE"),
    "a value in the last row": (zipped(parts(cell("J1048576"))), "SHEET_TOO_WIDE"),
    "UTF-16": (zipped(parts(sheet=GOOD_SHEET.encode("utf-16"))), "SHEET_ENCODING"),
    "GBK": (
        zipped(parts(sheet=f'<?xml version="1.0" encoding="GBK"?>{GOOD_SHEET}'.encode("gbk"))),
        "SHEET_ENCODING",
    ),
    "XML that ends too early": (zipped(parts(GOOD_SHEET[:-40])), "SHEET_DAMAGED"),
    "rows behind the end of the data": (
        zipped(
            parts(
                GOOD_SHEET.replace(
                    "</row>", f'</row></sheetData><sheetData><row r="2">{text_cell("B2", "某")}</row>'
                )
            )
        ),
        "SHEET_DAMAGED",
    ),
    "a number behind the end of the data": (
        zipped(parts(cell("B2").replace("</row>", "</row></sheetData><sheetData>", 1))),
        "SHEET_DAMAGED",
    ),
    "a cell without end": (zipped(parts(GOOD_SHEET.replace("</c>", "", 1))), "SHEET_DAMAGED"),
    "row 0": (zipped(parts(cell("A0"))), "SHEET_DAMAGED"),
    "a shared string that is not there": (
        zipped(parts(GOOD_SHEET.replace("</row>", '<c r="C1" t="s"><v>999999</v></c></row>'))),
        "SHEET_DAMAGED",
    ),
    "a sheet part that is not there": (zipped(parts(part=None)), "FILE_PART_MISSING"),
    "a sheet part with entities": (zipped(parts(f"{LAUGHS}{GOOD_SHEET}")), "FILE_UNSAFE"),
    "a bit flip": (bit_flip(), "FILE_DAMAGED"),
    "a size that lies": (lying_about_size(), "FILE_DAMAGED"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_sheet_that_cannot_be_read_is_said_once(name: str, tmp_path: Path):
    """The process lives, the sheet's rows are not taken for missing ones, and one finding says why."""
    data, code = UNREADABLE[name]
    path = tmp_path / "某局.xlsx"
    path.write_bytes(data)
    book = open_book(path).value
    assert book is not None
    outcome = read_submission(book, KIT)

    assert [code] == [
        found.code
        for found in outcome.findings
        if found.code.startswith(("SHEET_", "FILE_"))
        and found.severity is Severity.MANDATORY
        and found.sheet != "填报信息"
    ]
    assert not outcome.value.tables["gifts"].is_present


ODD = {
    "1e400": ('<c r="F2"><v>1e400</v></c>', "NOT_A_NUMBER"),
    "NaN": ('<c r="F2"><v>NaN</v></c>', "NOT_A_NUMBER"),
    "19 digits": ('<c r="F2"><v>1234567890123456789</v></c>', "DIGITS_LOST"),
    "true": ('<c r="F2" t="b"><v>1</v></c>', "NOT_A_NUMBER"),
    "a date": ('<c r="F2" s="1"><v>41703</v></c>', "NUMBER_IS_DATE"),
    "a negative date": ('<c r="A2" s="1"><v>-5</v></c>', "DATE_UNCLEAR"),
    "3.4.5": (text_cell("F2", "3.4.5"), "TWO_AMOUNTS"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_numbers_are_said_at_their_cell(name: str, tmp_path: Path):
    """No inf, no nan, no number that lost its digits goes on."""
    cells, code = ODD[name]
    path = tmp_path / "某局.xlsx"
    path.write_bytes(
        zipped(raw_parts({"捐款捐物": sheet_xml(f'<row r="1">{HEADINGS}</row><row r="2">{cells}</row>')}))
    )
    book = open_book(path).value
    assert book is not None

    assert [code] == [found.code for found in read_submission(book, KIT).findings if found.cell]


def test_a_merge_over_the_whole_sheet_costs_nothing(tmp_path: Path):
    """A1:XFD1048576 merged is one cell, not seventeen thousand million."""
    path = tmp_path / "某局.xlsx"
    xml = GOOD_SHEET.replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    path.write_bytes(zipped(parts(xml)))
    book = open_book(path).value
    assert book is not None

    assert 0 == len(read_submission(book, KIT).value.tables["gifts"])


def test_columns_merged_to_the_end_of_the_sheet_cost_their_rows(tmp_path: Path):
    """A hundred of them over one column are a hundred looks at its two rows, not a hundred million."""
    path = tmp_path / "某局.xlsx"
    merges = '<mergeCell ref="B2:B1048576"/>' * 100
    rows = f'<row r="2">{text_cell("B2", "示例甲")}</row><row r="3">{text_cell("A3", "2014-3-5")}</row>'
    xml = GOOD_SHEET.replace("</sheetData>", f"{rows}</sheetData><mergeCells>{merges}</mergeCells>")
    path.write_bytes(zipped(parts(xml)))
    book = open_book(path).value
    assert book is not None
    began = time.process_time()

    assert ("示例甲", "示例甲") == read_submission(book, KIT).value.tables["gifts"].columns["giver"]
    assert time.process_time() - began < 1


def test_signs_from_rare_planes_survive(tmp_path: Path):
    """Rare characters of names go through; control characters and _x0000_ do not."""
    path = tmp_path / "某局.xlsx"
    cells = text_cell("H2", "𠮷㐀\ue000_x0000_村")
    path.write_bytes(
        zipped(raw_parts({"捐款捐物": sheet_xml(f'<row r="1">{HEADINGS}</row><row r="2">{cells}</row>')}))
    )
    book = open_book(path).value
    assert book is not None

    assert ("𠮷㐀\ue000村",) == read_submission(book, KIT).value.tables["gifts"].columns["place"]


def test_locked_xls(tmp_path: Path):
    """An old .xls with a password says so (its FILEPASS record stands right after the first BOF)."""
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    data = buffer.getvalue()
    # Any record may become FILEPASS (0x2F); the one after BOF is INTERFACEHDR (0xE1).
    at = data.index(b"\xe1\x00\x02\x00")
    path = tmp_path / "某局.xls"
    path.write_bytes(data[:at] + b"\x2f\x00" + data[at + 2 :])

    assert ["FILE_ENCRYPTED"] == [found.code for found in open_book(path).findings]


def test_macros_and_links_are_named(tmp_path: Path):
    """A workbook with macros or links to other files is read; people are told."""
    path = tmp_path / "某局.xlsm"
    path.write_bytes(
        zipped(parts() | {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<e/>"})
    )
    outcome = open_book(path)

    assert outcome.value is not None
    assert ["HAS_MACROS", "HAS_LINKS"] == [found.code for found in outcome.findings]


def test_a_file_that_is_gone_raises(tmp_path: Path):
    """Only a broken environment raises."""
    with pytest.raises(FileNotFoundError):
        open_book(tmp_path / "没有.xlsx")
