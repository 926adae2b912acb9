"""Finding the forms in a workbook: sheets by name, records by label, the kit by stamp or by headings."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.packaging.custom import StringProperty

from officeflow.model.findings import Outcome
from officeflow.model.kit import Field, Form, Kit
from officeflow.model.submission import Submission
from officeflow.model.values import canonical
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.recognise import candidate_kits
from officeflow.workbook.reading.stamp import PROPERTY, SHEET, Stamp, read_stamp
from officeflow.workbook.reading.submission import read_submission
from tests.support.ledgers import FILING, KIT
from tests.support.workbooks import book_of, save

GIFTS = """
  | 日期 | 捐赠人 | 类别 | 数量 | 量词 | 金额（元） | 人数 | 社区 |
  | @2014-03-05 | 示例甲 | 现金 |  |  | 100 | 1 | 西山社区 |
"""
OTHER = """
  | 事项 | 完成率 |
  | 甲 | 50 |
"""
SHEETS = {"填报信息": FILING, "捐款捐物": GIFTS, "另表": OTHER}
OURS = Stamp(kit="small", version="1.2")


def read(
    folder: Path, sheets: Mapping[str, str], *, sheet: Stamp | None = OURS, prop: Stamp | None = OURS
) -> Outcome[Submission]:
    book = book_of(sheets)
    if sheet is not None:
        hidden = book.create_sheet(SHEET)
        hidden.sheet_state = "veryHidden"
        for row in sheet.cells():
            hidden.append(row)
    if prop is not None:
        book.custom_doc_props.append(StringProperty(name=PROPERTY, value=prop.property()))
    opened = open_book(save(book, folder / "表.xlsx"))
    assert opened.value is not None
    return read_submission(opened.value, KIT)


def codes(outcome: Outcome[Submission]) -> list[str]:
    return [found.code for found in outcome.findings]


def without(name: str, **instead: str) -> dict[str, str]:
    return {tab: grid for tab, grid in SHEETS.items() if tab != name} | instead


def test_a_complete_workbook_is_read_without_a_word(tmp_path: Path):
    """Stamp, sheets and headings as built: nothing to say."""
    outcome = read(tmp_path, SHEETS)

    assert [] == codes(outcome)
    assert "某局" == outcome.value.unit
    assert "2014-03-01/2014-06-05" == str(outcome.value.period)


STAMPS = {
    "lost": (None, None, ["STAMP_LOST"]),
    "only the sheet": (OURS, None, []),
    "only the property": (None, OURS, []),
    "two kits": (OURS, Stamp(kit="other", version="1.2"), ["STAMP_CONFLICT"]),
    "two versions": (OURS, Stamp(kit="small", version="1.1"), ["STAMP_CONFLICT"]),
    "another kit": (Stamp(kit="other", version="1"), Stamp(kit="other", version="1"), ["WRONG_KIT"]),
    "older": (Stamp(kit="small", version="1.1"), None, ["VERSION_OLDER"]),
    "newer": (Stamp(kit="small", version="1.10"), None, ["VERSION_NEWER"]),
}


@pytest.mark.parametrize("name", STAMPS)
def test_stamp(name: str, tmp_path: Path):
    """The two stamps have to agree with each other and with the installed kit."""
    sheet, prop, expected = STAMPS[name]

    assert expected == codes(read(tmp_path, SHEETS, sheet=sheet, prop=prop))


def test_stamps_that_disagree_are_both_named(tmp_path: Path):
    """Two versions of one kit are told apart."""
    (found,) = read(tmp_path, SHEETS, sheet=OURS, prop=Stamp(kit="small", version="1.1")).findings

    assert f"（small {OURS.version}、small 1.1）" in found.message


def test_stamp_is_read_from_either_place(tmp_path: Path):
    """The hidden sheet comes first; the property stands in when it is gone."""
    read(tmp_path, SHEETS, sheet=None)
    book = open_book(tmp_path / "表.xlsx").value

    assert book is not None
    assert OURS == read_stamp(book)


def test_kit_is_known_without_stamp(tmp_path: Path):
    """A workbook without stamp belongs to the kit that has its sheets, a foreign one to none."""
    read(tmp_path, without("捐款捐物", 台账=GIFTS), sheet=None, prop=None)
    ours = open_book(tmp_path / "表.xlsx").value
    foreign = open_book(
        save(book_of({"Sheet1": "| 品名 | 单价 |\n| 甲 | 1 |"}), tmp_path / "别的.xlsx")
    ).value

    assert ours is not None
    assert foreign is not None
    assert (KIT,) == candidate_kits(ours, [KIT])
    assert ["small", "twin"] == [kit.id for kit in candidate_kits(ours, [KIT, replace(KIT, id="twin")])]
    assert () == candidate_kits(foreign, [KIT])


def more(kit_id: str, sheet: str, header: str) -> Kit:
    """The kit with one more ledger."""
    fields = (
        Field(id="day", header="日期", type="date"),
        Field(id="what", header=header, type="text"),
        Field(id="who", header="对象", type="text"),
    )
    return replace(KIT, id=kit_id, forms=(*KIT.forms, Form(id="more", sheet=sheet, fields=fields)))


def finer(kit_id: str, header: str) -> Kit:
    """The kit whose ledger has one more column."""
    forms = [
        replace(form, fields=(*form.fields, Field(id="more", header=header, type="text")))
        if form.sheet == "捐款捐物"
        else form
        for form in KIT.forms
    ]
    return replace(KIT, id=kit_id, forms=tuple(forms))


VISITS = "\n  | 日期 | 走访内容 | 对象 |\n  | @2014-03-05 | 慰问 | 甲 |\n"
LIKE = {
    "its forms and no more": (SHEETS, "small"),
    "a form of one kit": (SHEETS | {"走访": VISITS}, "visits"),
    "a form of another kit": (SHEETS | {"慰问": VISITS.replace("走访", "慰问")}, "gifts"),
    "a shared form is gone": (without("捐款捐物", 走访=VISITS), "visits"),
    "the sheet has another name": (SHEETS | {"表3": VISITS}, "visits"),
    "a column of one kit": (
        SHEETS | {"捐款捐物": GIFTS.replace("| 社区 |", "| 社区 | 经手人 |", 1)},
        "handled",
    ),
    "a sheet of the clerk's own": (SHEETS | {"草稿": "| 甲 | 乙 |\n| 1 | 2 |"}, "small"),
}


@pytest.mark.parametrize("name", LIKE)
def test_kits_that_share_forms_are_told_apart_by_what_is_their_own(name: str, tmp_path: Path):
    """A form or a column that only one of them has, there or missing."""
    sheets, expected = LIKE[name]
    kits = [
        KIT,
        more("visits", "走访", "走访内容"),
        more("gifts", "慰问", "慰问内容"),
        finer("handled", "经手人"),
    ]
    book = open_book(save(book_of(sheets), tmp_path / "表.xlsx")).value
    assert book is not None

    assert [expected] == [kit.id for kit in candidate_kits(book, kits)]
    assert [expected] == [kit.id for kit in candidate_kits(book, kits[::-1])]


SHEET_CASES = {
    "a missing sheet": (without("捐款捐物"), ["SHEET_LOST"]),
    "a missing optional sheet": (without("另表"), ["SHEET_NOT_USED"]),
    "an empty optional sheet": (SHEETS | {"另表": ""}, []),
    "an empty sheet": (SHEETS | {"捐款捐物": ""}, ["HEADINGS_LOST"]),
    "an alias": (without("捐款捐物", 捐赠台账=GIFTS), []),
    "spaces and width": (without("捐款捐物") | {"捐款 捐物 ": GIFTS}, []),
    "a renamed sheet, known by its headings": (without("捐款捐物", Sheet2=GIFTS), ["SHEET_RENAMED"]),
    "a misspelt sheet without headings": (
        without("捐款捐物", 捐款捐务="| 只有一句话 |"),
        ["SHEET_MISSPELT", "SHEET_EXTRA"],
    ),
    "a second copy with rows": (SHEETS | {"捐款捐物 (2)": GIFTS}, ["SHEET_TWICE"]),
    "a sheet of somebody's own": (SHEETS | {"草稿": "| 随手记 |"}, ["SHEET_EXTRA"]),
    "an empty sheet of somebody's own": (SHEETS | {"Sheet1": ""}, []),
    "pages of ours": (SHEETS | {"填报说明": "| 说明 |", "校验结果": "| 无 |", "目录": "| 表 |"}, []),
}


@pytest.mark.parametrize("name", SHEET_CASES)
def test_sheets(name: str, tmp_path: Path):
    """Sheets are found by name, alias or headings; what is not read is named."""
    sheets, expected = SHEET_CASES[name]

    assert expected == codes(read(tmp_path, sheets))


def test_a_missing_sheet_leaves_an_absent_table(tmp_path: Path):
    """Every form has a table, so that figures and checks need not ask."""
    table = read(tmp_path, without("捐款捐物")).value.tables["gifts"]

    assert not table.is_present
    assert {()} == set(table.columns.values())


def test_a_renamed_sheet_is_listed_and_read(tmp_path: Path):
    """The rows of a renamed sheet count, and its cells carry the name they have in the file."""
    submission = read(tmp_path, without("捐款捐物", Sheet2=GIFTS)).value

    assert [("Sheet2", "捐款捐物")] == [(found.typed, found.read_as) for found in submission.repairs]
    assert "Sheet2!F2" == str(submission.tables["gifts"].cell("amount"))


def test_a_hidden_sheet_is_read(tmp_path: Path):
    """Hiding a sheet does not take its rows away, and people are told."""
    book = book_of(SHEETS)
    book["捐款捐物"].sheet_state = "veryHidden"
    opened = open_book(save(book, tmp_path / "表.xlsx")).value
    assert opened is not None
    outcome = read_submission(opened, KIT)

    assert ["STAMP_LOST", "SHEET_HIDDEN"] == codes(outcome)
    assert 1 == len(outcome.value.tables["gifts"])


RECORDS = {
    "labels in the second column": "| 1 | 填报单位 | 某局 |\n| 2 | 统计起 | @2014-03-01 | 第一天 |",
    "two pairs in a row": "| 填报单位 | 某局 | 统计起 | @2014-03-01 |",
    "stars, colons and a line of headings": "| 栏目 | 填写 |\n| *填报单位： | 某局 |\n| 统计起（年月日） | @2014-03-01 |",
}


@pytest.mark.parametrize("name", RECORDS)
def test_record(name: str, tmp_path: Path):
    """A record's values stand right of their labels, wherever those are."""
    table = read(tmp_path, SHEETS | {"填报信息": RECORDS[name]}).value.tables["filing"]

    assert ["某局", "2014-03-01", "", "首次报送"] == [canonical(table.value(name)) for name in table.columns]
    assert {("attempt", 0)} == set(table.defaulted)


def test_record_label_in_a_merged_cell(tmp_path: Path):
    """The value stands right of the merged cell."""
    book = book_of(SHEETS | {"填报信息": "| 填报单位 |  | 某局 |"})
    book["填报信息"].merge_cells("A1:B1")
    opened = open_book(save(book, tmp_path / "表.xlsx")).value
    assert opened is not None

    assert "填报信息!C1" == str(read_submission(opened, KIT).value.tables["filing"].cell("unit"))


def test_record_label_that_was_misspelt(tmp_path: Path):
    """The nearest label is named."""
    grid = FILING.replace("填报单位", "填报单伟")
    found = next(found for found in read(tmp_path, SHEETS | {"填报信息": grid}).findings)

    assert ("HEADING_MISSPELT", "填报单伟", "填报单位") == (found.code, found.value, found.expected)


@pytest.mark.parametrize("name", ["数不准确", "NOT_EXACT"])
def test_an_answer_settles_what_the_reader_asks(tmp_path: Path, name: str):
    """情况说明 is read with the rest: an answered 请核实 is open no more, unless the value changed since."""
    gifts = GIFTS.replace("100", "约100元")
    answered = (
        "| 规则 | 行（关键字） | 填报值 | 情况 |\n| " + name + " | 示例甲+现金 | {} | 收据遗失，经手人估计 |"
    )
    same = read(tmp_path, SHEETS | {"捐款捐物": gifts, "情况说明": answered.format("约100元")})
    other = read(tmp_path, SHEETS | {"捐款捐物": gifts, "情况说明": answered.format("约90元")})

    assert [("NOT_EXACT", False)] == [(found.code, found.is_open) for found in same.findings]
    assert [("NOT_EXACT", True), ("ANSWER_OLD", False)] == [
        (found.code, found.is_open) for found in other.findings
    ]


def test_previous_figures_are_read_from_their_hidden_sheet(tmp_path: Path):
    """The sheet 上期 gives last period's figures."""
    assert {"捐款": "16000"} == read(tmp_path, SHEETS | {"上期": "| 捐款 | '16000 |"}).value.previous


def test_file_and_digest_name_the_submission(tmp_path: Path):
    """The file's name and hash are kept, the digest rests on values alone."""
    first = read(tmp_path, SHEETS).value
    second = read(tmp_path, SHEETS | {"草稿": "| 随手记 |"}).value

    assert "表.xlsx" == first.file
    assert first.sha256 != second.sha256
    assert first.digest == second.digest
