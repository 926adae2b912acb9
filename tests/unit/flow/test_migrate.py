"""`migrate`: the rows of an older workbook in the current blank, nothing lost in silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from officeflow.flow import migrate
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.workbook.reading.stamp import read_stamp
from tests.support.filled import opened, reading, record, said, write

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
HEADINGS, FIRST = 4, 5


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the test, never those of the desk it runs on."""
    monkeypatch.setenv("OFFICEFLOW_SETTINGS", str(tmp_path / "settings.toml"))


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[HEADINGS] if cell.value == heading)


def told(result: object) -> list[tuple[str, str, str]]:
    return [(found.code, found.sheet, found.cell) for found in result.findings]


def test_a_current_workbook_stays_what_it_is(tmp_path: Path):
    """Same digest, same findings, nothing to tell; the old file is not touched."""
    old = write(tmp_path / "旧.xlsx")
    before = old.read_bytes()

    result = migrate.run(Desk.here(), file=old)

    new = tmp_path / "旧（新版）.xlsx"
    assert (Exit.DONE, (str(new),), ()) == (result.code, result.answer.files, result.findings)
    assert reading(old).submission.digest == reading(new).submission.digest
    assert said(old) == said(new)
    assert before == old.read_bytes()


ODD = {
    "donations": {
        "done_on": ["2014.4.4", 3.2, "4月18日", "20**年4月", "同上", "2014-04-18", 41703],
        "people": ["约39人", "２８", date(2014, 3, 5), "张三、李四", "—", "未统计", "39人"],
        "quantity": ["1000余", "近两万", "1～3", "2。52", "12 345", "不少于五百", "1e3"],
        "amount": ["1.6万元", "1,234.50", "两笔3000、2000", 1234567890123456789, "'300", "0.10", "=1+1"],
        "category": ["现金", "衣服", "别的", "烧纸", "现金 ", "书籍", "同上"],
        "giver": ["示例甲", 13812345678, "=HYPERLINK(1)", "/", "-", "同上", " 示例乙 "],
        "measure": ["元", "件", "捆", "册", "", "元", "份"],
    },
}


def test_odd_cells_mean_the_same_and_are_said_again(tmp_path: Path):
    """约39 stays 约39 and is asked about again; what could not be read stands there still."""
    typed = ODD["donations"]
    rows = [
        {name: cells[row] for name, cells in typed.items() if cells[row] != ""}
        for row in range(len(typed["people"]))
    ]
    old = write(tmp_path / "旧.xlsx", donations=rows)

    result = migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    assert [] == told(result)
    before, after = reading(old).submission, reading(tmp_path / "新.xlsx").submission
    assert before.tables["donations"].columns == after.tables["donations"].columns
    assert before.digest == after.digest
    again = [one for one in said(old) if one[0] != "READ_AS"]
    assert again == [one for one in said(tmp_path / "新.xlsx") if one[0] != "READ_AS"]


def test_an_older_workbook_gets_the_current_stamp_and_headings(tmp_path: Path):
    """Columns that went by another name are found by it and stand under today's."""
    old = write(tmp_path / "旧.xlsx", version="0.9", unit_tag="T1", previous={"捐款": "12000"})
    book = opened(old)
    book["联系社区"].cell(HEADINGS, 2).value = "社区"  # an alias of 社区名称
    book.save(old)

    result = migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    new = reading(tmp_path / "新.xlsx")
    assert [] == told(result)
    stamp = read_stamp(new.book)
    assert ("1.0", "T1") == (stamp.version, stamp.unit_tag)
    assert {"捐款": "12000"} == new.submission.previous
    assert opened(tmp_path / "新.xlsx")["联系社区"].cell(HEADINGS, 2).value == "社区名称"
    assert reading(old).submission.digest == new.submission.digest


def test_a_column_that_counted_in_wan_is_counted_in_yuan(tmp_path: Path):
    """1.6 under 金额（万元） is 16000 under 金额（元）, typed as a number or as text."""
    old = write(tmp_path / "旧.xlsx", version="0.9")
    book = opened(old)
    sheet = book["资金台账"]
    amount = column(sheet, "金额（元）")
    sheet.cell(HEADINGS, amount).value = "金额（万元）"
    sheet.cell(FIRST, amount).value, sheet.cell(FIRST + 1, amount).value = 1.6, "2.5"
    book.save(old)

    migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    assert (Decimal(16000), Decimal(25000)) == reading(tmp_path / "新.xlsx").submission.tables[
        "funds"
    ].columns["amount"]


def test_what_the_current_table_has_no_place_for_is_listed_with_its_cells(tmp_path: Path):
    """A dropped column, line, sheet, and words below the data: each is named, none disappears."""
    old = write(tmp_path / "旧.xlsx", version="0.9")
    book = opened(old)
    communities, filing = book["联系社区"], book["填报信息"]
    free = communities.max_column + 1
    communities.cell(HEADINGS, free).value = "网格员"
    communities.cell(FIRST, free).value = communities.cell(FIRST + 1, free).value = "示例丁"
    communities.cell(FIRST + 5, 1).value = "注：户数为估计"
    line = filing.max_row + 1
    filing.cell(line, 1).value, filing.cell(line, 2).value = "邮政编码", "117100"
    book.create_sheet("旧台账")["B2"] = "一行"
    book.save(old)

    result = migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    letter = communities.cell(HEADINGS, free).column_letter
    assert [
        ("LEFT_COLUMN", "填报信息", f"B{line}"),
        ("LEFT_COLUMN", "联系社区", f"{letter}{FIRST}:{letter}{FIRST + 1}"),
        ("LEFT_ROWS", "联系社区", f"A{FIRST + 5}"),
        ("LEFT_SHEET", "旧台账", "B2"),
    ] == told(result)
    assert "示例丁" not in "".join(found.message for found in result.findings)
    assert Exit.FINDINGS == result.code
    assert reading(tmp_path / "新.xlsx").submission.digest == reading(old).submission.digest


def test_a_workbook_newer_than_the_program_is_not_moved_back(tmp_path: Path):
    """What it has and we do not know would be lost."""
    old = write(tmp_path / "旧.xlsx", version="2.0")

    result = migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    assert [("VERSION_NEWER", "", "")] == told(result)
    assert not (tmp_path / "新.xlsx").exists()


def test_remarks_and_answers_go_along(tmp_path: Path):
    """备注 is no field, and 情况说明 no data; both are a clerk's work."""
    answers = [{"rule_id": "CP-10", "row_key": "捐款人数", "typed": "38", "answer": "一人因病没有捐款"}]
    old = write(tmp_path / "旧.xlsx", explanations=answers)
    book = opened(old)
    sheet = book["资金台账"]
    sheet.cell(FIRST, column(sheet, "备注")).value = "=已到账"
    sheet.cell(FIRST, column(sheet, "备注")).data_type = "s"
    book.save(old)

    migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    moved = opened(tmp_path / "新.xlsx")["资金台账"].cell(FIRST, column(sheet, "备注"))
    assert ("=已到账", "s") == (moved.value, moved.data_type)
    table = reading(tmp_path / "新.xlsx").submission.tables["explanations"]
    assert ("一人因病没有捐款",) == table.columns["answer"]


def test_cells_that_hold_no_value_are_named(tmp_path: Path):
    """A formula that was never calculated cannot be moved; an error moves and is still found."""
    old = write(tmp_path / "旧.xlsx")
    book = opened(old)
    sheet = book["资金台账"]
    sheet.cell(FIRST, column(sheet, "金额（元）")).value = "=SUM(1,2)"
    sheet.cell(FIRST + 1, column(sheet, "金额（元）")).value = "#REF!"
    book.save(old)

    result = migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    assert [("CELL_NOT_MOVED", "资金台账")] == [one[:2] for one in told(result)]
    found = [one for one in reading(tmp_path / "新.xlsx").findings if one.sheet == "资金台账"]
    assert {f"E{FIRST}", f"E{FIRST + 1}"} == {one.cell for one in found if one.severity == "mandatory"}


def test_an_outline_keeps_its_row_numbers_and_its_grey(tmp_path: Path):
    """上级 is a row number: a blank row in between stays; the proposed outline stays the program's proposal."""
    old = write(tmp_path / "旧.xlsx")
    migrate.run(Desk.here(), file=old, output=tmp_path / "一.xlsx")
    grey = opened(old)["提纲"].cell(FIRST, 3).font.color.rgb
    assert grey == opened(tmp_path / "一.xlsx")["提纲"].cell(FIRST, 3).font.color.rgb

    rows = [
        {"level": "一级标题", "heading": "先摸底"},
        {},
        {"level": "一级标题", "heading": "再认岗"},
        {"level": "列举项", "heading": "现场认岗", "parent": 3},
    ]
    write(old, outline=rows)
    migrate.run(Desk.here(), file=old, output=tmp_path / "二.xlsx")
    before, after = (reading(path).submission.tables["outline"] for path in (old, tmp_path / "二.xlsx"))

    assert before.rows == after.rows
    assert before.columns == after.columns


def test_a_marked_workbook_is_not_copied(tmp_path: Path):
    """A classified marking stops everything: one plain message, no file."""
    old = write(tmp_path / "旧.xlsx", document=record("document", title="机密★关于走访的报告"))

    result = migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    assert (Exit.FINDINGS, ["MARKED"]) == (result.code, [found.code for found in result.findings])
    assert not (tmp_path / "新.xlsx").exists()


def test_a_column_under_a_heading_much_like_a_lost_one_is_moved_and_told(tmp_path: Path):
    """Its values stand under today's heading; the clerk is asked to confirm."""
    old = write(tmp_path / "旧.xlsx", version="0.9")
    book = opened(old)
    sheet = book["捐款捐物"]
    sheet.cell(HEADINGS, column(sheet, "捐赠人/单位")).value = "捐助人、单位"
    book["填报信息"]["A11"].value = "填表人姓名"
    before = [row.value for row in sheet[HEADINGS]]
    book.save(old)

    result = migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    letter = "BCDEFGHIJ"[before.index("捐助人、单位") - 1]
    assert [("COLUMN_TAKEN", "填报信息", "A11"), ("COLUMN_TAKEN", "捐款捐物", f"{letter}4")] == told(result)
    assert reading(tmp_path / "新.xlsx").submission.tables["donations"].columns["giver"][0] is not None


def test_a_heading_like_two_lost_ones_is_left(tmp_path: Path):
    """Which of them it was nobody can tell: it is listed as a column without a place."""
    old = write(tmp_path / "旧.xlsx", version="0.9")
    book = opened(old)
    sheet = book["岗位认领"]
    cards, forms = column(sheet, "报到联系卡"), column(sheet, "报到登记表")
    sheet.cell(HEADINGS, cards).value = sheet.cell(HEADINGS, forms).value = "报到材料表卡"
    book.save(old)

    result = migrate.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    assert "COLUMN_TAKEN" not in {found.code for found in result.findings}
    assert "LEFT_COLUMN" in {found.code for found in result.findings}
