"""Classified matter is refused, not handled: one plain message, nothing copied, kept or written."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from officeflow import flow
from officeflow.cli import main
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from tests.support.workbooks import zipped

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
Change = Callable[[openpyxl.Workbook], object]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "样表.xlsx"
    flow.run(Desk.here(), "sample", {"kit": "community-posts", "output": path})
    return path


def changed(sample: Path, folder: Path, change: Change, name: str = "某局.xlsx") -> Path:
    book = openpyxl.load_workbook(sample)
    change(book)
    path = folder / name
    book.save(path)
    return path


def value_beside(sheet: Worksheet, label: str) -> str:
    row = next(row for row in sheet.iter_rows() if label in str(row[0].value or ""))
    return row[1].coordinate


def put(sheet: str, cell: str, text: str) -> Change:
    return lambda book: book[sheet].__setitem__(cell, text)


def beside(sheet: str, label: str, text: str) -> Change:
    return lambda book: book[sheet].__setitem__(value_beside(book[sheet], label), text)


def header(book: openpyxl.Workbook) -> None:
    book["岗位认领"].oddHeader.right.text = "机密"


def new_sheet(name: str, text: str = "草稿") -> Change:
    return lambda book: book.create_sheet(name).__setitem__("A1", text)


MARKED: dict[str, Change] = {
    "the field 密级": beside("简报报头", "密级", "秘密"),
    "the field 密级, with other words": beside("简报报头", "密级", "内部（秘密）"),
    "内容是否涉密 = 是": beside("填报信息", "内容是否涉密", "是"),
    "a cell of a ledger": put("帮办事项", "D5", "秘密★1年"),
    "the word alone, spaced out": put("帮办事项", "D5", "机 密"),
    "a title": put("岗位认领", "A1", "机密★ 岗位认领"),
    "a heading": put("岗位认领", "K4", "【绝密】"),
    "a remark": put("岗位认领", "J6", "密级：机密"),
    "a sheet of the clerk's own": new_sheet("草稿", "绝密 10年"),
    "the name of a sheet": new_sheet("机密"),
    "a page header": header,
}


@pytest.mark.parametrize("where", MARKED)
def test_a_marking_stops_with_one_message(where: str, sample: Path, tmp_path: Path):
    """One mandatory finding that repeats nothing, no other answer, exit 1."""
    path = changed(sample, tmp_path, MARKED[where])
    result = flow.run(Desk.here(), "check", {"files": [path]})

    assert [("mandatory", str(path), "")] == [(f.severity, f.file, f.value) for f in result.findings]
    assert "本软件不处理、不保存、不发送" in result.findings[0].message
    assert not any(word in result.findings[0].message for word in ("秘密", "机密", "绝密"))
    assert ((), (), Exit.FINDINGS) == (result.answer.submissions, result.answer.repairs, result.code)


NAMES = {"机密.xlsx": True, "某局_秘密_2026.xlsx": True, "秘密★岗位表.xlsx": True, "保守秘密教育.xlsx": False}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_named_so_is_not_opened(name: str, sample: Path, tmp_path: Path):
    """The word as a part of its own in the name stops before anything is read; inside a phrase it is to be verified."""
    result = flow.run(Desk.here(), "check", {"files": [changed(sample, tmp_path, lambda _: None, name)]})

    assert NAMES[name] == ([("MARKED", "mandatory")] == [(f.code, f.severity) for f in result.findings])
    assert NAMES[name] == (result.answer.submissions == ())
    assert NAMES[name] or [("WORD_MET", "verify")] == [
        (f.code, f.severity) for f in result.findings if f.severity != "hint"
    ]


def test_the_word_in_prose_is_to_be_verified_wherever_it_stands(sample: Path, tmp_path: Path):
    """A title and a cell that only speak of it are asked about once each, at their place."""

    def prose(book: openpyxl.Workbook) -> None:
        book["岗位认领"]["A1"] = "岗位认领（保守秘密教育）"
        book["帮办事项"]["D5"] = "请社区做保守秘密教育"

    found = flow.run(Desk.here(), "check", {"files": [changed(sample, tmp_path, prose)]}).findings

    assert {("岗位认领", "A1", "verify"), ("帮办事项", "D5", "verify")} == {
        (f.sheet, f.cell, f.severity) for f in found if f.code == "WORD_MET"
    }
    assert 2 == sum(f.code == "WORD_MET" for f in found)


def test_text_boxes_and_notes_are_looked_at(sample: Path, tmp_path: Path):
    """A marking drawn over the table is a marking."""
    with zipfile.ZipFile(sample) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    box = "<wsDr><a:p><a:r><a:t>机密</a:t></a:r><a:r><a:t>★</a:t></a:r></a:p></wsDr>"
    path = tmp_path / "某局.xlsx"
    path.write_bytes(zipped(parts | {"xl/drawings/drawing9.xml": box.encode()}))

    assert ["MARKED"] == [f.code for f in flow.run(Desk.here(), "check", {"files": [path]}).findings]


def test_a_workbook_of_no_kit_is_refused_too(tmp_path: Path):
    """What the program would not read anyway is not taken for another table either."""
    book = openpyxl.Workbook()
    book.active["C3"] = "绝密★"
    path = tmp_path / "某局.xlsx"
    book.save(path)

    assert ["MARKED"] == [f.code for f in flow.run(Desk.here(), "check", {"files": [path]}).findings]


def test_nothing_is_written(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """No report even as a draft, no figures, no marked copy, no next workbook; nothing of it on the screen."""
    path = changed(sample, tmp_path, MARKED["a cell of a ledger"])
    codes = [
        main(["report", str(path), "--draft", "-o", str(tmp_path / "out")]),
        main(["figures", str(path), "--json"]),
        main(["check", str(path), "--mark"]),
        main(["next", str(path)]),
    ]

    assert {1, 2} >= set(codes)
    assert [path] == list(tmp_path.iterdir())
    assert "秘密★" not in capsys.readouterr().out
