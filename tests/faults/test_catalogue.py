"""Malformed workbooks, numbered: refused with one sentence, or read with what is odd about them said at its place.

All are read as `officeflow check` reads many files: in workers.  Each takes at
most two seconds, and no worker more than 500 MB.
"""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import xlwt

from officeflow.checks import run_checks
from officeflow.figures import Tally
from officeflow.model.values import canonical
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission
from officeflow.workers import Limits, run_each
from tests.support.broken import (
    GOOD,
    GOOD_SHEET,
    GRID,
    HEADINGS,
    LAUGHS,
    OLE,
    bit_flip,
    cell,
    doubled,
    kit,
    ledger,
    lying_about_size,
    many,
    overlapping,
    parts,
    row,
    saved,
)
from tests.support.workbooks import (
    STRICT_MAIN,
    STRICT_RELATIONS,
    raw_parts,
    sheet_xml,
    text_cell,
    zipped,
)

SECONDS, MEGABYTES = 2.0, 500
ELSEWHERE = {
    "STAMP_LOST",
    "SHEET_NOT_USED",
    "SHEET_LOST",
    "HEADINGS_LOST",
    "HEADING_LOST",
    "HEADING_ABSENT",
    "REQUIRED_BLANK",
}
"""What these bare workbooks always lack."""


class Verdict(NamedTuple):
    """What reading and checking one file came to."""

    is_read: bool
    codes: tuple[str, ...]
    rows: int
    cells: dict[str, tuple[str, ...]]
    remedies: tuple[str, ...]
    seconds: float
    peak: int


def judge(path: Path) -> Verdict:
    """Read and check one file, in a worker."""
    began = time.process_time()
    opened = open_book(path)
    findings = list(opened.findings)
    cells: dict[str, tuple[str, ...]] = {}
    rows = 0
    if opened.value is not None:
        read = read_submission(opened.value, kit())
        findings += [*read.findings, *run_checks(read.value, Tally(read.value))]
        table = read.value.tables["gifts"]
        rows = len(table)
        cells = {name: tuple(map(canonical, column[:3])) for name, column in table.columns.items()}
    seconds = time.process_time() - began
    # What is opened and loses a sheet is refused as much as what is not opened.
    lost = any(f.code in {"FILE_PART_MISSING", "FILE_UNSAFE", "FILE_DAMAGED"} for f in findings)
    return Verdict(
        opened.value is not None and not lost,
        tuple(f.code for f in findings if f.code not in ELSEWHERE),
        rows,
        cells,
        tuple(f.remedy for f in findings if f.code not in ELSEWHERE),
        seconds,
        peak(),
    )


def peak() -> int:
    """Return the most memory this process had since it was started, in megabytes; 0 where the platform does not say.

    `ru_maxrss` would do nearly: Linux lets a child begin with that of the process that started it.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


DAY = '<c r="A2" s="1"><v>41703</v></c>'


def gigabyte() -> bytes:
    """A part of one gigabyte that is a megabyte packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    body, name = block * 1024 + packer.flush(), b"xl/worksheets/sheet1.xml"
    sizes = struct.pack("<LLLHH", 0, len(body), 1 << 30, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + name + body
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes + bytes(14) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)


def with_part(part: str, xml: str | bytes) -> bytes:
    return zipped(parts() | {part: xml if isinstance(xml, bytes) else xml.encode()})


def styles(count: int) -> bytes:
    return b"<styleSheet><cellXfs>" + b'<xf numFmtId="0"/>' * count + b"</cellXfs></styleSheet>"


def names(count: int) -> bytes:
    book = parts()["xl/workbook.xml"].decode()
    defined = "".join(f'<definedName name="n{n}">Sheet1!$A${n + 1}</definedName>' for n in range(count))
    return zipped(
        parts(book=book.replace("</workbook>", f"<definedNames>{defined}</definedNames></workbook>").encode())
    )


def strict() -> bytes:
    xml = sheet_xml(f'<row r="1">{HEADINGS}</row>{row(DAY + text_cell("B2", "示例甲"))}', main=STRICT_MAIN)
    return zipped(raw_parts({"捐款捐物": xml}, main=STRICT_MAIN, relations=STRICT_RELATIONS))


def upper_case() -> bytes:
    held = raw_parts({"捐款捐物": sheet_xml(f'<row r="1">{HEADINGS}</row>{row(text_cell("B2", "示例甲"))}')})
    return zipped({name.replace("sheet1.xml", "Sheet1.XML"): data for name, data in held.items()})


def old_format() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("捐款捐物")
    for column, text in enumerate(["日期", "捐赠人", "类别", "数量", "量词", "金额（元）", "人数", "社区"]):
        sheet.write(0, column, text)
    sheet.write(1, 5, 100)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def blank_rows(count: int) -> bytes:
    blanks = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="F%d" s="1"/></row>' % (n, n, n) for n in range(3, count)
    )
    xml = sheet_xml(f'<row r="1">{HEADINGS}</row>{row(DAY)}@').encode()
    return zipped(raw_parts({"捐款捐物": xml.replace(b"@", blanks)}))


QUADRATIC = f'<!DOCTYPE w [<!ENTITY a "{"x" * 10_000}">]><w>{"&a;" * 10_000}</w>'
XXE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
EXTERNAL = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "1 empty": (lambda: b"", "FILE_EMPTY"),
    "2 half": (lambda: GOOD[: len(GOOD) // 2], "FILE_TRUNCATED"),
    "3 without its last 22 bytes": (lambda: GOOD[:-22], "FILE_TRUNCATED"),
    "4 a bit flip": (bit_flip, "FILE_DAMAGED"),
    "5 csv in GBK": (lambda: "单位,人数\r\n某局,39\r\n".encode("gbk"), "FILE_CSV"),
    "6 html": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "FILE_HTML"),
    "7 program": (lambda: b"MZ\x90\0" + bytes(99), "FILE_PROGRAM"),
    "8 docx": (
        lambda: zipped({"[Content_Types].xml": b"<T/>", "word/document.xml": b"<w/>"}),
        "FILE_OTHER_OFFICE",
    ),
    "9 broken compound file": (lambda: OLE + "Workbook".encode("utf-16-le"), "FILE_DAMAGED"),
    "10 password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "FILE_ENCRYPTED"),
    "11 bomb of a gigabyte": (gigabyte, "FILE_TOO_LARGE"),
    "12 60 000 entries": (lambda: many(60_000), "FILE_TOO_LARGE"),
    "13 overlapping entries": (overlapping, "FILE_UNSAFE"),
    "14 a size that lies": (lying_about_size, "FILE_DAMAGED"),
    "15 a name that leads outside": (lambda: with_part("../../x.xml", ""), "FILE_UNSAFE"),
    "16 a part twice": (doubled, "FILE_UNSAFE"),
    "17 pdf with a zip behind": (lambda: b"%PDF-1.7 ..." + GOOD, "FILE_PDF"),
    "18 billion laughs": (lambda: zipped(parts(book=f"{LAUGHS}<workbook/>".encode())), "FILE_UNSAFE"),
    "19 a sheet that reads files": (lambda: zipped(parts(f"{XXE}{GOOD_SHEET}")), "FILE_UNSAFE"),
    "20 shared strings that read files": (
        lambda: with_part("xl/sharedStrings.xml", f"{XXE}<sst/>"),
        "FILE_UNSAFE",
    ),
    "21 quadratic entities": (lambda: with_part("xl/sharedStrings.xml", QUADRATIC), "FILE_UNSAFE"),
    "22 no content types": (lambda: zipped(parts(types=None)), "FILE_PART_MISSING"),
    "23 no workbook part": (lambda: zipped(parts(book=None)), "FILE_PART_MISSING"),
    "24 no sheet part": (lambda: zipped(parts(part=None)), "FILE_PART_MISSING"),
    "51 500 000 styles": (lambda: with_part("xl/styles.xml", styles(500_000)), "FILE_UNSAFE"),
    "xlsb": (lambda: zipped(parts(book=None) | {"xl/workbook.bin": b"\0"}), "BOOK_BINARY"),
    "wps": (lambda: OLE + "WordDocument".encode("utf-16-le"), "FILE_OTHER_OFFICE"),
}
LOST_SHEET: dict[str, tuple[Callable[[], bytes], str]] = {
    "25 broken XML": (lambda: zipped(parts(GOOD_SHEET[:-40])), "SHEET_DAMAGED"),
    "26 a shared string that is not there": (
        lambda: zipped(parts(GOOD_SHEET.replace("</row>", '<c r="C1" t="s"><v>999999</v></c></row>'))),
        "SHEET_DAMAGED",
    ),
    "28 a value in the far corner": (lambda: zipped(parts(cell("XFD1048576"))), "SHEET_TOO_WIDE"),
    "29 row 0": (lambda: zipped(parts(cell("A0"))), "SHEET_DAMAGED"),
    "30 200 000 levels": (
        lambda: zipped(parts(sheet_xml("<x>" * 200_000 + "</x>" * 200_000 + row(text_cell("A2", "x"))))),
        "SHEET_DAMAGED",
    ),
    "48 UTF-16": (lambda: zipped(parts(sheet=GOOD_SHEET.encode("utf-16"))), "SHEET_ENCODING"),
}
READ: dict[str, tuple[Callable[[], bytes], tuple[str, ...], dict[str, str]]] = {
    "27 a dimension that lies": (
        lambda: ledger(text_cell("B2", "示例甲")).replace(b"<sheetData>", b"<sheetData>"),
        (),
        {"giver": "示例甲"},
    ),
    "31 a formula that calls a program": (
        lambda: ledger("<c r=\"F2\"><f>cmd|'/c calc'!A0</f><v>7</v></c>"),
        ("FORMULA_CALLS",),
        {"amount": "7"},
    ),
    "32 text that looks like a formula": (
        lambda: ledger(text_cell("B2", "+1") + text_cell("H2", "＝1")),
        (),
        {"giver": "+1", "place": "＝1"},
    ),
    "33 links to other files": (
        lambda: ledger('<c r="F2"><f>[1]Sheet1!A1</f><v>7</v></c>', **EXTERNAL),
        ("HAS_LINKS",),
        {"amount": "7"},
    ),
    "34, 35 macros": (
        lambda: ledger(DAY, **{"xl/vbaProject.bin": b"x"}),
        ("HAS_MACROS",),
        {"day": "2014-03-05"},
    ),
    "36 embedded files": (
        lambda: ledger(DAY, **{"xl/embeddings/oleObject1.bin": b"x"}),
        ("HAS_OBJECTS",),
        {"day": "2014-03-05"},
    ),
    "37 full-width digits and units": (
        lambda: ledger(text_cell("F2", "３２２元") + text_cell("G2", "322户")),
        ("READ_AS", "READ_AS"),
        {"amount": "322", "people": "322"},
    ),
    "38 errors": (
        lambda: ledger('<c r="F2" t="e"><v>#REF!</v></c><c r="H2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        ("CELL_ERROR", "CELL_ERROR"),
        {"amount": "<unreadable>", "place": "<unreadable>"},
    ),
    "39 1e400 and NaN": (
        lambda: ledger('<c r="F2"><v>1e400</v></c><c r="G2"><v>NaN</v></c>'),
        ("NOT_A_NUMBER", "NOT_A_NUMBER"),
        {"amount": "<unreadable>", "people": "<unreadable>"},
    ),
    "40 negative": (lambda: ledger('<c r="F2"><v>-5</v></c>'), ("TOO_LOW",), {"amount": "-5"}),
    "40 1e18": (lambda: ledger('<c r="F2"><v>1e18</v></c>'), ("DIGITS_LOST",), {"amount": "<unreadable>"}),
    "41 a date of 9999": (
        lambda: ledger('<c r="A2" s="1"><v>2958465</v></c>'),
        ("TOO_MANY",),
        {"day": "9999-12-31"},
    ),
    "42 a hidden sheet of data": (
        lambda: saved(lambda book: setattr(book["捐款捐物"], "sheet_state", "veryHidden")),
        ("SHEET_HIDDEN",),
        {"amount": "100"},
    ),
    "43 a renamed sheet, an inserted column": (
        lambda: saved(
            lambda book: (
                setattr(book["捐款捐物"], "title", "Sheet2"),
                book["Sheet2"].insert_cols(3),
                book["Sheet2"].__setitem__("C1", "经办"),
                book["Sheet2"].__setitem__("C2", "某"),
            )
        ),
        ("SHEET_RENAMED", "COLUMN_EXTRA"),
        {"amount": "100"},
    ),
    "44 everything merged": (
        lambda: ledger("", after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        (),
        {},
    ),
    "45 control characters": (
        lambda: ledger(text_cell("H2", "西_x0000_山_x0007_社区")),
        (),
        {"place": "西山社区"},
    ),
    "46 invisible signs": (
        lambda: ledger(text_cell("H2", "\u202e西山\u200b社区\ufeff")),
        (),
        {"place": "西山社区"},
    ),
    "47 rare characters": (lambda: ledger(text_cell("H2", "𠮷㐀\ue000村")), (), {"place": "𠮷㐀\ue000村"}),
    "49 Strict OOXML": (strict, (), {"giver": "示例甲", "day": "2014-03-05"}),
    "50 a formula without result": (
        lambda: ledger('<c r="F2"><f>1+1</f></c>'),
        ("FORMULA_NOT_CALCULATED",),
        {"amount": "<unreadable>"},
    ),
    "52 200 000 names": (lambda: names(200_000), (), {}),
    "53 part names in other case": (upper_case, (), {"giver": "示例甲"}),
    "54 true and a date for numbers": (
        lambda: ledger('<c r="F2" t="b"><v>1</v></c><c r="G2" s="1"><v>41703</v></c>'),
        ("NOT_A_NUMBER", "NUMBER_IS_DATE"),
        {"amount": "<unreadable>", "people": "<unreadable>"},
    ),
    "55 3.4.5": (lambda: ledger(text_cell("F2", "3.4.5")), ("TWO_AMOUNTS",), {"amount": "<unreadable>"}),
    "55 12%": (lambda: ledger(text_cell("F2", "12%")), ("UNIT_OTHER",), {"amount": "<unreadable>"}),
    "55 1.2万": (lambda: ledger(text_cell("F2", "1.2万")), ("READ_AS",), {"amount": "12000"}),
    "et": (old_format, (), {"amount": "100"}),
    "days counted from 1904": (
        lambda: zipped(
            raw_parts(
                {"捐款捐物": sheet_xml(f'<row r="1">{HEADINGS}</row>{row(DAY.replace("41703", "40241"))}')},
                is_1904=True,
            )
        ),
        (),
        {"day": "2014-03-05"},
    ),
    "two units' sheets in one book": (
        lambda: saved(lambda _: None, 捐款捐物二=GRID),
        ("SHEET_TWICE",),
        {"amount": "100"},
    ),
    "last month in the title": (
        lambda: saved(lambda _: None, "| 2013年11月捐款捐物 |" + GRID),
        ("TITLE_PERIOD",),
        {"amount": "100"},
    ),
    "a number behind an apostrophe": (
        lambda: saved(lambda _: None, GRID.replace("100", "'100")),
        (),
        {"amount": "100"},
    ),
    "filtered rows": (
        lambda: saved(lambda book: setattr(book["捐款捐物"].row_dimensions[2], "hidden", True)),
        ("ROWS_HIDDEN",),
        {"amount": "100"},
    ),
    "a sum that is not its parts": (
        lambda: saved(lambda _: None, GRID + "| 合计 | | | | | 90 | 1 | |"),
        ("TOTAL_ROW",),
        {"amount": "100"},
    ),
    "300 000 blank rows with a format": (lambda: blank_rows(300_000), (), {"day": "2014-03-05"}),
}
EVERY = {**REFUSED, **LOST_SHEET, **READ}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """What became of every file, each read by a worker."""
    folder = tmp_path_factory.mktemp("bad")
    paths = []
    for number, (make, *_) in enumerate(EVERY.values()):
        paths.append(folder / f"{number}.xlsx")
        paths[-1].write_bytes(make())
    answers = run_each(judge, paths, size=2, limits=Limits(seconds=30))
    return dict(zip(EVERY, answers, strict=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, verdicts: dict[str, Verdict]):
    """One finding says what the file is, and what to do instead."""
    verdict = verdicts[name]

    assert not verdict.is_read
    assert (REFUSED[name][1],) == verdict.codes
    assert all(verdict.remedies)


@pytest.mark.parametrize("name", LOST_SHEET)
def test_a_sheet_that_is_not_read(name: str, verdicts: dict[str, Verdict]):
    """The sheet is refused as a whole: half of it would be a silent wrong sum."""
    assert ((LOST_SHEET[name][1],), 0) == (verdicts[name].codes, verdicts[name].rows)


@pytest.mark.parametrize("name", READ)
def test_read(name: str, verdicts: dict[str, Verdict]):
    """The workbook is read, what is odd is said once, and the values are those a person sees."""
    _, codes, cells = READ[name]
    verdict = verdicts[name]

    assert verdict.is_read
    assert sorted(codes) == sorted(verdict.codes)
    assert cells == {field: verdict.cells[field][0] for field in cells}


@pytest.mark.parametrize("name", EVERY)
def test_within_two_seconds_and_half_a_gigabyte(name: str, verdicts: dict[str, Verdict]):
    """No bad workbook costs more than a glance (of the processor's time); the peak is that of its worker up to then."""
    assert verdicts[name].seconds < SECONDS
    assert verdicts[name].peak < MEGABYTES
