"""Repair: a workbook that was pasted over gets its form back, and keeps what is typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Font

from officeflow.kits import blank, kit_source, sample
from officeflow.model.findings import Severity
from officeflow.model.submission import Submission
from officeflow.workbook import mark, open_book, read_submission, repair_workbook
from officeflow.workbook.repair import Repaired
from tests.support.foreign import with_foreign_parts
from tests.unit.workbook.test_marks import FINDINGS, differing

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


def test_a_column_that_is_gone_is_told():
    """Nothing is guessed; what hangs on addresses is left alone then."""

    def spoil(book: Workbook) -> None:
        book["岗位认领"].delete_cols(4)

    _, codes = after(spoil)

    assert "REPAIR_COLUMN_LOST" in codes
    assert "REPAIRED_FORMULAS" not in codes


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
        for one in (drop_rules, paste_rule_after_drop, type_over, drop_colours):
            one(book)

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
        for one in (drop_rules, type_over, drop_colours):
            one(book)
        book["岗位认领"]["B4"] = " 姓 名"

    data = spoilt(spoil)

    assert submission(data, tmp_path).digest == submission(repaired(data).data, tmp_path).digest
