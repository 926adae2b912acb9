"""A path and bytes under a name are two ways in to the same reading."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from officeflow.intake.batch import read_each
from officeflow.intake.desk import Desk
from officeflow.intake.documents import read_any_document, read_document
from officeflow.intake.source import Source
from officeflow.intake.workbooks import is_spacious, read_workbook
from officeflow.kits.build import sample
from officeflow.kits.catalogue import kit_source
from officeflow.kits.load import BUILTIN
from officeflow.model.findings import Finding, Outcome
from officeflow.workbook.reading.stamp import SHEET
from tests.support.documents import DOCUMENT, WORKBOOK
from tests.support.documents import desk as put_desk
from tests.support.filled import write

OLE_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
BAD = {
    "empty": b"",
    "encrypted": OLE_ENCRYPTED,
    "damaged": b"PK\x03\x04 cut off",
    "picture": b"\xff\xd8\xff\xe0",
}


def brief(findings: tuple[Finding, ...]) -> list[tuple[str, ...]]:
    return [(each.code, each.message, each.file, each.sheet, each.cell) for each in findings]


def both(read: Callable[[Path | Source], Outcome[object]], path: Path) -> list[tuple[bool, object]]:
    outcomes = [read(path), read(Source(path=path, content=path.read_bytes()))]
    return [(each.value is None, brief(each.findings)) for each in outcomes]


READERS = {
    "workbook": partial(read_workbook, Desk.here()),
    "document": read_document,
    "any": partial(read_any_document, replace(Desk.here(), soffice="")),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("content", BAD)
def test_what_cannot_be_read_is_said_alike_both_ways(tmp_path: Path, reader: str, content: str):
    """Same codes, words and places; the file keeps the name it came under."""
    path = tmp_path / "来件.xlsx"
    path.write_bytes(BAD[content])
    by_path, by_bytes = both(READERS[reader], path)

    assert by_path == by_bytes
    # A damaged .docx is left to those who open it: compare and rebind.
    assert by_path[0] or (reader, content) == ("any", "damaged")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["某局_机密_2026.xlsx", "没有.xlsx"])
def test_a_marked_name_stops_both_ways_and_a_missing_file_one(tmp_path: Path, reader: str, name: str):
    """Bytes are never missing."""
    path = tmp_path / name
    codes = [each.code for each in READERS[reader](path).findings]

    assert codes == (["MARKED"] if "机密" in name else ["FILE_MISSING"])
    assert ("MARKED" in codes) == (
        "MARKED" in [each.code for each in READERS[reader](Source(path=path, content=b"")).findings]
    )


def test_a_workbook_is_read_alike_both_ways(tmp_path: Path):
    """Same digest, same figures, same findings."""
    path = write(tmp_path / "表.xlsx")
    readings = [
        read_workbook(Desk.here(), given).value
        for given in (path, Source(path=path, content=path.read_bytes()))
    ]

    assert readings[0].submission.digest == readings[1].submission.digest
    assert brief(readings[0].findings) == brief(readings[1].findings)
    texts = [[(each.id, each.text, each.cells) for each in reading.tally.all()] for reading in readings]
    assert texts[0] == texts[1]


def test_a_document_is_read_alike_both_ways(tmp_path: Path):
    """Same figures at the same places."""
    path = put_desk(tmp_path)
    documents = [read_document(given).value for given in (path, Source(path=path, content=path.read_bytes()))]

    assert documents[0].figures == documents[1].figures
    assert DOCUMENT == path.name


def test_a_reading_crosses_a_process_and_opens_its_workbook_again(tmp_path: Path):
    """No open file travels, and it is small."""
    put_desk(tmp_path)
    reading = read_workbook(Desk.here(), tmp_path / WORKBOOK).value
    sent = pickle.dumps(reading)
    received = pickle.loads(sent)  # noqa: S301

    assert reading.submission.digest == received.submission.digest
    assert reading.findings == received.findings
    assert [each.text for each in reading.tally.all()] == [each.text for each in received.tally.all()]
    assert reading.book.tabs == received.book.tabs
    assert len(sent) < 200_000


def test_readings_of_many_sources_come_from_workers(tmp_path: Path):
    """Bytes and paths may be mixed."""
    path = write(tmp_path / "表.xlsx")
    files = [path, Source(path=Path("附件.xlsx"), content=path.read_bytes())]
    one, other = read_each(Desk.here(), partial(read_workbook, Desk.here()), files)

    assert one.value.submission.digest == other.value.submission.digest
    assert "附件.xlsx" == other.value.submission.file


def test_without_an_interpreter_files_are_read_here(tmp_path: Path):
    """A frozen build has no workers."""
    path = write(tmp_path / "表.xlsx")
    (only,) = read_each(Desk(), partial(read_workbook, Desk()), [path])

    assert only.value is not None


def test_size_is_told_of_bytes_too(tmp_path: Path):
    """A usual workbook is read where it is; a file that is not there is not large."""
    path = write(tmp_path / "表.xlsx")

    assert not is_spacious(path)
    assert not is_spacious(Source(path=path, content=path.read_bytes()))
    assert not is_spacious(tmp_path / "没有.xlsx")


def unstamped(path: Path) -> Path:
    """The sample without its stamp, as another program leaves it that drops hidden sheets and properties."""
    book = load_workbook(BytesIO(sample(kit_source("community-posts"))))
    del book[SHEET]
    book.custom_doc_props.props.clear()
    book.save(path)
    return path


@pytest.mark.filterwarnings("ignore:Data Validation extension", "ignore:Print area cannot be set")
def test_a_workbook_that_two_kits_fit_is_asked_about_and_read_by_the_one_named(tmp_path: Path):
    """Neither is taken by chance; whoever says which is believed."""
    for name in ("_parts", "community-posts"):
        shutil.copytree(BUILTIN / name, tmp_path / "kits" / name.replace("community", "district"))
    kit = tmp_path / "kits" / "district-posts" / "kit.toml"
    text = kit.read_text(encoding="utf-8").replace('id = "community-posts"', 'id = "district-posts"')
    kit.write_text(text.replace("在职党员进社区情况表", "区直单位进社区情况表"), encoding="utf-8")
    desk = replace(Desk.here(), kit_folders=(tmp_path / "kits",))
    sheets = unstamped(tmp_path / "表.xlsx")
    book = load_workbook(sheets)
    for page in ("目录", "填报说明", "本期汇总"):
        del book[page]
    book.save(sheets)

    (found,) = read_workbook(desk, sheets).findings
    assert "KIT_SEVERAL" == found.code
    assert (
        "“在职党员进社区情况表”（community-posts）、“区直单位进社区情况表”（district-posts）" in found.message
    )
    for kit_id in ("community-posts", "district-posts"):
        named = read_workbook(desk, sheets, kit=kit_id).value
        assert named is not None
        assert kit_id == named.submission.kit.id
    (unknown,) = read_workbook(desk, sheets, kit="posts").findings
    assert "KIT_NAME_UNKNOWN" == unknown.code


@pytest.mark.filterwarnings("ignore:Data Validation extension", "ignore:Print area cannot be set")
def test_an_unstamped_workbook_is_read_by_the_title_on_its_pages(tmp_path: Path):
    """What else the two kits share, 本期汇总 names one of them."""
    reading = read_workbook(Desk.here(), unstamped(tmp_path / "表.xlsx")).value

    assert reading is not None
    assert "community-posts" == reading.submission.kit.id
