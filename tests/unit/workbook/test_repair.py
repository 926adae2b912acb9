"""Repair: a workbook that was pasted over gets its form back, and keeps what is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Font

from officeflow.kits.build import blank, sample
from officeflow.kits.catalogue import kit_source
from officeflow.model.findings import Severity
from officeflow.model.submission import Submission
from officeflow.ooxml import Package, open_package
from officeflow.ooxml.parts import Parts
from officeflow.workbook.files.book import Book
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.files.xlsx import open_xlsx
from officeflow.workbook.marks.writer import mark
from officeflow.workbook.reading.submission import read_submission
from officeflow.workbook.repair.plan import plan_repair
from officeflow.workbook.repair.writer import Repaired, repair_workbook
from tests.support.foreign import with_foreign_parts
from tests.support.marks import FINDINGS, differing

SOURCE = kit_source("community-posts")
KIT, SAMPLE, BLANK = SOURCE.kit, sample(SOURCE), blank(SOURCE)
pytestmark = pytest.mark.filterwarnings("ignore:Data Validation extension", "ignore:Print area cannot be set")


@cache
def built() -> Workbook:
    """The blank, to compare with."""
    return load_workbook(BytesIO(BLANK))


def bytes_of(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def spoilt(spoil: Callable[[Workbook], object]) -> bytes:
    book = load_workbook(BytesIO(SAMPLE))
    spoil(book)
    return bytes_of(book)


def repaired(data: bytes) -> Repaired:
    return repair_workbook(data, kit=KIT, blank=BLANK)


def after(spoil: Callable[[Workbook], object]) -> tuple[Workbook, list[str]]:
    done = repaired(spoilt(spoil))
    return load_workbook(BytesIO(done.data)), [finding.code for finding in done.done]


def submission(data: bytes, folder: Path) -> Submission:
    path = folder / "表.xlsx"
    path.write_bytes(data)
    book = open_book(path).value
    assert book is not None
    return read_submission(book, KIT).value


def test_a_sound_workbook_is_left_as_it_is():
    """Nothing is done, and that is said; chart and picture stay."""
    data = with_foreign_parts(SAMPLE, "活动开展")
    done = repaired(data)

    assert ["REPAIR_NOTHING"] == [finding.code for finding in done.done]
    assert set() == differing(data, done.data)


def drop_rules(book: Workbook) -> None:
    book["岗位认领"].data_validations.dataValidation = []


def test_drop_downs_and_prompts_come_back():
    """Each over the rows it was built for, in the words of the form."""
    book, codes = after(drop_rules)
    rules = {
        str(rule.sqref): (rule.type, rule.prompt) for rule in book["岗位认领"].data_validations.dataValidation
    }
    wanted = {
        str(rule.sqref): (rule.type, rule.prompt)
        for rule in built()["岗位认领"].data_validations.dataValidation
    }

    assert ["REPAIRED_LISTS"] == codes
    assert wanted == rules


def paste_rule(book: Workbook) -> None:
    rule = book["岗位认领"].data_validations.dataValidation[1]
    rule.formula1, rule.type, rule.sqref = '"甲,乙"', "list", "D6:E9"
    rule.prompt = "别的表的提示"


def test_a_pasted_rule_gives_way_only_where_the_form_has_its_own():
    """No cell is under two rules."""
    book, _ = after(paste_rule)
    cells = [
        str(part) for rule in book["岗位认领"].data_validations.dataValidation for part in rule.sqref.ranges
    ]

    assert "D6:E9" not in cells
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("typed", [" 姓 名", "党员姓名", None])
def test_a_heading_comes_back(typed: str | None):
    """Spaced out, overtyped, deleted: the column is where it was."""

    def spoil(book: Workbook) -> None:
        book["岗位认领"]["B4"] = typed

    book, codes = after(spoil)

    assert "姓名" == book["岗位认领"]["B4"].value
    assert ["REPAIRED_HEADINGS"] == codes


def test_a_plan_is_plain_values_that_name_cells_of_the_blank():
    """Another writer needs the plan and the blank, nothing else."""

    def spoil(book: Workbook) -> None:
        drop_rules(book)
        book["岗位认领"]["B4"] = "姓 名"

    parts, blank_parts = (Parts(package_of(data)) for data in (spoilt(spoil), BLANK))
    books = [book_of(data) for data in (spoilt(spoil), BLANK)]
    plan = plan_repair(parts, books[0], kit=KIT, blank=blank_parts, blank_book=books[1])
    told = json.loads(json.dumps(asdict(plan), ensure_ascii=False))
    sheet = next(one for one in told["sheets"] if one["sheet"] == "岗位认领")

    assert [("B4", 4, 2)] == [(one["like"], one["row"], one["column"]) for one in sheet["headings"]]
    assert {"area": "B5:B504", "like": "B5"} in sheet["rules"]
    assert ([], [], False) == (told["added"], told["names"], told["has_property"])


def package_of(data: bytes) -> Package:
    package = open_package(data).value
    assert package is not None
    return package


def book_of(data: bytes) -> Book:
    book = open_xlsx(Path("表.xlsx"), package_of(data)).value
    assert book is not None
    return book


def test_a_label_of_a_record_comes_back():
    """The value beside it stays."""

    def spoil(book: Workbook) -> None:
        book["填报信息"]["A11"] = None

    book, codes = after(spoil)

    assert "填表人" == book["填报信息"]["A11"].value
    assert ["REPAIRED_HEADINGS"] == codes


def test_a_heading_with_another_unit_is_told_and_left():
    """The numbers below it are in that unit: only the clerk can say."""

    def spoil(book: Workbook) -> None:
        book["资金台账"]["E4"] = "金额（万元）"

    done = repaired(spoilt(spoil))
    told = next(finding for finding in done.done if finding.code == "REPAIR_OTHER_UNIT")

    assert Severity.VERIFY is told.severity
    assert "金额（万元）" == load_workbook(BytesIO(done.data))["资金台账"]["E4"].value


def test_a_column_that_is_gone_comes_back_on_the_right():
    """With heading, drop-down and look; that formulas of fixed places cannot follow is told."""

    def spoil(book: Workbook) -> None:
        book["岗位认领"].delete_cols(4)

    book, codes = after(spoil)
    sheet = book["岗位认领"]

    assert ["REPAIRED_COLUMN", "REPAIRED_LISTS", "REPAIR_FORMULAS_LEFT"] == codes
    assert ["备注", "社区", None] == [sheet[f"{letter}4"].value for letter in "LMN"]
    assert ["M5:M504"] == [
        str(rule.sqref)
        for rule in sheet.data_validations.dataValidation
        if rule.formula1 == "list_communities_name"
    ]
    assert built()["岗位认领"]["D4"].fill.fgColor.rgb == sheet["M4"].fill.fgColor.rgb


def test_a_column_under_an_unknown_heading_is_not_gone():
    """It may be the lost one under another name: nothing is added, and that is told."""

    def spoil(book: Workbook) -> None:
        book["岗位认领"].delete_cols(4)
        book["岗位认领"]["Q4"] = "别的"

    _, codes = after(spoil)

    assert ["REPAIR_COLUMN_LOST", "REPAIR_FORMULAS_LEFT"] == [
        code for code in codes if code.startswith("REPAIR_")
    ]


def spoil_page(book: Workbook) -> None:
    sheet = book["岗位认领"]
    sheet.freeze_panes = None
    sheet.unmerge_cells("A1:M1")
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 1
    sheet.sheet_properties.pageSetUpPr = None
    sheet._print_rows = None
    sheet.oddFooter.left.text = sheet.oddFooter.right.text = None


def test_frozen_headings_joined_titles_and_print_set_up_come_back():
    """The sheet is looked through and printed as it was built."""
    book, codes = after(spoil_page)
    sheet, ours = book["岗位认领"], built()["岗位认领"]

    assert ["REPAIRED_PANES", "REPAIRED_TITLES", "REPAIRED_PRINTING"] == codes
    assert ours.freeze_panes == sheet.freeze_panes
    assert ours.merged_cells.ranges == sheet.merged_cells.ranges
    assert ("landscape", "9", "$4:$4") == (
        sheet.page_setup.orientation,
        str(sheet.page_setup.paperSize),
        sheet.print_title_rows,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert ours.oddFooter.left.text == sheet.oddFooter.left.text


def test_titles_with_words_in_their_cells_stay_apart():
    """Joining them would hide what is written there."""

    def spoil(book: Workbook) -> None:
        book["岗位认领"].unmerge_cells("A1:M1")
        book["岗位认领"]["C1"] = "第二个标题"

    assert ["REPAIR_NOTHING"] == after(spoil)[1]


def test_rows_pasted_below_the_prepared_ones_get_their_number():
    """A blank numbers forty rows."""

    def spoil(book: Workbook) -> None:
        book["岗位认领"]["B60"] = "示例甲"

    book, codes = after(spoil)

    assert "REPAIRED_FORMULAS" in codes
    assert '=IF(COUNTA($B60:$L60)=0,"",ROW()-ROW($A$4))' == book["岗位认领"]["A60"].value


def type_over(book: Workbook) -> None:
    sheet = book["岗位认领"]
    sheet["A2"], sheet["K3"], sheet["A7"], sheet["A8"] = "手写的", 5, 3, "合计"


def test_formulas_come_back_but_never_over_words():
    """序号, totals and the second line are ours; what a clerk wrote into 序号 is not."""
    book, codes = after(type_over)
    sheet, blank_sheet = book["岗位认领"], built()["岗位认领"]

    assert ["REPAIRED_FORMULAS"] == codes
    assert [blank_sheet[name].value for name in ("A2", "K3", "A7")] == [
        sheet[name].value for name in ("A2", "K3", "A7")
    ]
    assert "合计" == sheet["A8"].value


def drop_colours(book: Workbook) -> None:
    book["岗位认领"].conditional_formatting = ConditionalFormattingList()


def test_the_colour_of_gaps_comes_back():
    """As many rules as were built, each with its look."""
    book, codes = after(drop_colours)
    found = book["岗位认领"].conditional_formatting

    assert ["REPAIRED_COLOURS"] == codes
    assert len(built()["岗位认领"].conditional_formatting) == len(found)
    assert all(rule.dxf.fill.bgColor.rgb == "00FFF2CC" for one in found for rule in one.rules)


def test_pasted_looks_give_way_and_dates_stay_dates():
    """A number in a date's look would be a date: where kinds differ the look stays with what is typed."""

    def spoil(book: Workbook) -> None:
        sheet = book["岗位认领"]
        sheet["B6"].font, sheet["H6"].number_format, sheet["H7"].number_format = (
            Font(name="Arial", size=20),
            "mm-dd-yy",
            "0",
        )

    book, codes = after(spoil)
    sheet = book["岗位认领"]

    assert ["REPAIRED_LOOKS"] == codes
    assert ("宋体", 11) == (sheet["B6"].font.name, sheet["B6"].font.size)
    assert ["yyyy-m-d", "0"] == [sheet[name].number_format for name in ("H6", "H7")]


def test_sheets_names_and_stamp_come_back():
    """Behind all others, so that no name of a sheet moves."""

    def spoil(book: Workbook) -> None:
        del book["期次安排"], book["_officeflow"], book["校验结果"]
        del book.defined_names["list_communities_name"]
        book.custom_doc_props.props = []

    book, codes = after(spoil)

    assert ["REPAIRED_SHEET", "REPAIRED_SHEET", "REPAIRED_STAMP", "REPAIRED_NAMES"] == codes
    assert {"期次安排", "_officeflow", "校验结果"} == set(book.sheetnames[-3:])
    assert "veryHidden" == book["_officeflow"].sheet_state
    assert ["$4:$4"] == [book["期次安排"].print_title_rows]
    assert "list_communities_name" in book.defined_names
    assert ["officeflow"] == book.custom_doc_props.names


def test_what_is_repaired_is_sound():
    """A second repair finds nothing to do."""

    def spoil(book: Workbook) -> None:
        for one in (drop_rules, paste_rule_after_drop, type_over, drop_colours, spoil_page):
            one(book)
        book["活动开展"].delete_cols(4)

    def paste_rule_after_drop(book: Workbook) -> None:
        book["捐款捐物"]["H4"] = "数 量"

    once = repaired(spoilt(spoil))

    assert ["REPAIR_NOTHING"] == [finding.code for finding in repaired(once.data).done]


def test_repair_takes_marks_out(tmp_path: Path):
    """A marked copy is repaired as if it had never been marked."""
    assert set() == differing(SAMPLE, repaired(mark(SAMPLE, FINDINGS, kit=KIT)).data)


def test_no_typed_value_changes(tmp_path: Path):
    """The digest before is the digest after."""

    def spoil(book: Workbook) -> None:
        for one in (drop_rules, type_over, drop_colours, spoil_page):
            one(book)
        book["岗位认领"]["B4"] = " 姓 名"

    data = spoilt(spoil)

    assert submission(data, tmp_path).digest == submission(repaired(data).data, tmp_path).digest
