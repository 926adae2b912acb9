"""Marks: findings written into a workbook, and taken out again, with nothing else touched."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from officeflow.kits.build import sample
from officeflow.model.findings import Finding, Severity
from officeflow.ooxml import open_package
from officeflow.workbook.files.book import Book
from officeflow.workbook.files.xlsx import open_xlsx
from officeflow.workbook.marks.page import NewerMarksError
from officeflow.workbook.marks.plan import plan_marks, words
from officeflow.workbook.marks.writer import findings_workbook, is_as_marked, mark, unmark
from tests.support.foreign import with_foreign_parts
from tests.support.marks import FINDINGS, KIT, SOURCE, differing, found, parts
from tests.support.workbooks import raw_parts, sheet_xml, text_cell, zipped

SAMPLE = sample(SOURCE)
PAGE = "校验结果"
pytestmark = pytest.mark.filterwarnings(
    "ignore:Data Validation extension", "ignore:Workbook contains no default style"
)


def marked(*findings: Finding, data: bytes = SAMPLE) -> Workbook:
    return load_workbook(BytesIO(mark(data, findings, kit=KIT)))


def opened(data: bytes) -> Book:
    package = open_package(data).value
    book = None if package is None else open_xlsx(Path("表.xlsx"), package).value
    assert book is not None
    return book


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("severity", Severity)
def test_a_cell_gets_the_colour_of_its_finding_and_keeps_its_look(severity: Severity):
    """Font, border, number format and the value stay."""
    before = load_workbook(BytesIO(SAMPLE))["活动开展"]["G5"]
    after = marked(found("G5", severity=severity.value))["活动开展"]["G5"]

    assert after.fill.fgColor.rgb == "FF" + words()["color"][severity.value]
    looks = [
        [repr(one) for one in (cell.value, cell.number_format, cell.font, cell.border, cell.alignment)]
        for cell in (before, after)
    ]
    assert looks[0] == looks[1]


def test_a_note_says_what_is_wrong_and_which_rule_says_so():
    """The place is left out, the cell is the place; the rule's number comes last."""
    sheet = marked(found("G5", rule="CP-14"))["活动开展"]

    assert sheet["G5"].comment.text == "必须改：填的是“30人左右”。\n请填数字。\n（CP-14）"
    assert sheet["G5"].comment.author == "officeflow"


def test_two_findings_at_a_cell_make_one_note_in_the_graver_colour():
    """A cell can have one note only."""
    cell = marked(found("G5", severity="hint"), found("G5", severity="explain", message="【甲】乙"))[
        "活动开展"
    ]["G5"]

    assert cell.comment.text.count("请填数字") == 2
    assert cell.fill.fgColor.rgb == "FF" + words()["color"]["explain"]


@pytest.mark.parametrize(
    ("cells", "coloured"),
    [("G6:G7,G9", ["G6", "G7", "G9"]), ("F6:G7", ["F6", "F7", "G6", "G7"]), ("G6:G60", ["G6"])],
)
def test_a_finding_over_several_cells_colours_them_all(cells: str, coloured: list[str]):
    """Its note stands at the first; of very many cells only that one is coloured, so that nothing is hidden."""
    sheet = marked(found(cells))["活动开展"]
    inside = [cell for row in sheet["F5:G60"] for cell in row]

    assert coloured[:1] == [cell.coordinate for cell in inside if cell.comment]
    assert coloured == sorted(
        cell.coordinate for cell in inside if cell.fill.fgColor.rgb == "FF" + words()["color"]["mandatory"]
    )


def test_cells_and_rows_that_the_file_does_not_have_are_made_and_taken_out_again():
    """A blank cell looks like its column; unmarking leaves no trace of it."""
    xml = sheet_xml(
        '<row r="2"><c r="B2"><v>1</v></c></row>', before='<cols><col min="3" max="3" style="1"/></cols>'
    )
    data = zipped(raw_parts({"活动开展": xml}))
    findings = [found("A2"), found("C2"), found("C1"), found("C9")]
    sheet = marked(*findings, data=data)["活动开展"]

    assert all(sheet[name].comment for name in ("A2", "C2", "C1", "C9"))
    assert {"mm-dd-yy"} == {sheet[name].number_format for name in ("C2", "C1", "C9")}
    back = parts(unmark(mark(data, findings, kit=KIT)))
    assert back.pop("xl/styles.xml") != b""
    assert {name: part for name, part in parts(data).items() if name != "xl/styles.xml"} == back


def test_a_settled_finding_is_listed_and_not_marked():
    """Somebody has answered it."""
    book = marked(found("G5", severity="verify", explanation="已核实无误"))

    assert book["活动开展"]["G5"].comment is None
    assert book[PAGE]["A4"].value == "请核实（已说明）"


def test_results_are_grouped_and_lead_to_the_cell():
    """Like findings in one column are one line; what must be mended comes first."""
    page = marked(
        found("G5", severity="verify"), found("G6", severity="verify"), found("G8", severity="verify"), found("B11", "填报信息", message="【填报信息·填表人】没有填。")
    )[PAGE]  # fmt: skip

    assert page["A2"].value.startswith("共4处：必须改1处，请核实3处。")
    assert ["必须改", "填报信息", "B11", "【填报信息·填表人】没有填。"] == [
        cell.value for cell in page[4][:4]
    ]
    assert page["D5"].value == "【活动开展·第5—6、8行，共3处·服务人次】填的是“30人左右”。"
    assert ["'填报信息'!B11", "'活动开展'!G5"] == [page[name].hyperlink.location for name in ("C4", "C5")]
    assert page.max_row == 5


def test_a_workbook_without_the_page_gets_one_and_loses_it_again():
    """Nobody needs our blank to be told what is wrong."""
    book = load_workbook(BytesIO(SAMPLE))
    del book[PAGE]
    data = saved(book)
    copy = mark(data, [found("G5")], kit=KIT)

    assert load_workbook(BytesIO(copy)).sheetnames == [*book.sheetnames, PAGE]
    assert set() == differing(data, unmark(copy))


def test_questions_stand_in_the_explanations_with_one_column_to_type():
    """What must be mended takes no explanation; graver questions come first."""
    sheet = marked(
        found("G5"),
        found("G6", severity="verify", row_key="2014-4-4", value="30人左右"),
        found("E5", "捐款捐物", severity="explain", rule="CP-10", row_key="捐款人数", value="38"),
    )["情况说明"]

    rows = [[cell.value for cell in row[1:8]] for row in sheet["A5:H6"]]
    assert ["CP-10", "须说明", "捐款捐物", "捐款人数"] == rows[0][:4]
    assert ["数不准确", "请核实", "活动开展", "2014-4-4"] == rows[1][:4]
    assert [["38", None], ["30人左右", None]] == [row[5:] for row in rows]
    assert sheet["B7"].value is None


def test_an_answer_stays_and_an_unanswered_question_goes():
    """Whatever the clerk typed is the clerk's."""
    findings = [
        found("G6", severity="verify", row_key="甲", value="1"),
        found("G7", severity="verify", row_key="乙", value="2"),
    ]
    book = marked(*findings)
    book["情况说明"]["H6"] = "确实统计不准，已核对"
    sheet = load_workbook(BytesIO(unmark(saved(book))))["情况说明"]

    assert [None, "数不准确"] == [sheet["B5"].value, sheet["B6"].value]
    assert sheet["H6"].value == "确实统计不准，已核对"


def test_a_question_that_stands_there_is_not_asked_twice():
    """Neither is one that the clerk has begun to answer."""
    finding = found("G6", severity="verify", row_key="甲", value="1")
    book = marked(finding)
    book["情况说明"]["H5"] = "还在核"
    again = marked(finding, data=saved(book))["情况说明"]

    assert ["数不准确", None] == [again["B5"].value, again["B6"].value]


def test_a_note_that_is_there_keeps_its_words():
    """Ours come below a line; unmarking cuts them off."""
    book = load_workbook(BytesIO(SAMPLE))
    data = with_foreign_parts(saved(book), "活动开展")
    copy = mark(data, [found("G6")], kit=KIT)

    assert load_workbook(BytesIO(copy))["活动开展"]["G6"].comment.text.startswith(
        "已电话问过\n—— 核对 ——\n必须改："
    )
    assert parts(data)["xl/comments1.xml"] == parts(unmark(copy))["xl/comments1.xml"]


def test_a_cell_with_a_threaded_comment_gets_colour_only():
    """What Excel shows there is kept elsewhere; a note would be thrown away."""
    data = with_foreign_parts(SAMPLE, "活动开展")
    copy = mark(data, [found("F5")], kit=KIT)

    assert (
        load_workbook(BytesIO(copy))["活动开展"]["F5"].fill.fgColor.rgb
        == "FF" + words()["color"]["mandatory"]
    )
    assert parts(data)["xl/comments1.xml"] == parts(copy)["xl/comments1.xml"]


def test_everything_that_other_programs_left_stays_byte_for_byte():
    """Chart, picture, shape, x14 rules, threaded comment, cell images: only marked sheets and our pages change."""
    data = with_foreign_parts(SAMPLE, "活动开展")
    copy = mark(data, FINDINGS, kit=KIT)
    numbers = {
        name: load_workbook(BytesIO(data)).sheetnames.index(name) + 1
        for name in ("填报信息", "活动开展", "情况说明", PAGE)
    }

    assert differing(data, copy) == {
        "[Content_Types].xml",
        "xl/styles.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/comments2.xml",
        "xl/drawings/vmlDrawing2.vml",
        f"xl/worksheets/_rels/sheet{numbers['填报信息']}.xml.rels",
        *(f"xl/worksheets/sheet{number}.xml" for number in numbers.values()),
    }
    before, after = (parts(one)[f"xl/worksheets/sheet{numbers['活动开展']}.xml"] for one in (data, copy))
    gone, come = (
        Counter(a.split(b"<")) - Counter(b.split(b"<")) for a, b in ((before, after), (after, before))
    )
    assert {b"G5", b"G6", b"H7"} == {re.search(rb'r="(\w+)"', tag)[1] for tag in (*gone, *come)}
    assert parts(copy)["xl/styles.xml"].startswith(parts(data)["xl/styles.xml"][:200])


def test_unmarking_gives_every_part_back():
    """The old state, to the byte, when nobody has saved in between."""
    data = with_foreign_parts(SAMPLE, "活动开展")

    assert set() == differing(data, unmark(mark(data, FINDINGS, kit=KIT)))
    assert unmark(data) == data


def test_marking_again_starts_from_the_unmarked_state():
    """Yesterday's marks do not stay under today's."""
    first = mark(SAMPLE, FINDINGS, kit=KIT)

    assert mark(SAMPLE, FINDINGS[:1], kit=KIT) == mark(first, FINDINGS[:1], kit=KIT)


def test_marks_go_with_their_cells_when_rows_are_inserted_and_another_program_saves():
    """The old look is known by the look, not by the address."""
    book = marked(found("G5"), found("G6", severity="verify"))
    book["活动开展"].insert_rows(5, 3)
    sheet = load_workbook(BytesIO(unmark(saved(book))))["活动开展"]

    assert {"00000000"} == {sheet.cell(row, 7).fill.fgColor.rgb for row in range(5, 12)}
    assert not any(cell.comment for row in sheet.iter_rows() for cell in row)


def test_colours_go_even_when_the_record_is_lost():
    """A clerk deletes 校验结果; what stays is a cell without colour."""
    book = marked(found("G5"))
    del book[PAGE]
    cell = load_workbook(BytesIO(unmark(saved(book))))["活动开展"]["G5"]

    assert cell.fill.fill_type is None
    assert cell.comment is None


def test_sheets_that_other_libraries_wrote_can_be_marked():
    """Prefixes on every element, single quotes, comments: the same cells get the same marks."""
    rows = '<row r="1">' + text_cell("A1", "日期") + "</row><row r='2'><c r='A2'><v>5</v></c></row>"
    xml = (
        re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet_xml(rows))
        .replace("xmlns=", "xmlns:x=")
        .replace("<x:row", "<!-- a --><x:row", 1)
    )
    cell = marked(found("A2"), data=zipped(raw_parts({"活动开展": xml})))["活动开展"]["A2"]

    assert (5, "FF" + words()["color"]["mandatory"]) == (cell.value, cell.fill.fgColor.rgb)
    assert cell.comment is not None


def test_a_long_column_gets_colours_all_the_way_and_a_hundred_notes():
    """Excel draws a box for each note."""
    sheet = marked(*(found(f"G{row}") for row in range(5, 205)))["活动开展"]
    cells: Iterable = [sheet.cell(row, 7) for row in range(5, 205)]

    assert 100 == sum(cell.comment is not None for cell in cells)
    assert {"FF" + words()["color"]["mandatory"]} == {cell.fill.fgColor.rgb for cell in cells}


def test_a_plan_is_plain_values_that_a_program_in_the_open_workbook_can_be_handed():
    """Cells with severity and note, lines of the page, questions; JSON gives the same back."""
    told = found("G5", severity="verify", rule="CP-02", row_key="南关", value="30人左右")
    book = opened(SAMPLE)
    plan = plan_marks([told, found("G5"), found("G6:G7")], book=book, kit=KIT)
    told_again = json.loads(json.dumps(asdict(plan), ensure_ascii=False))

    assert [
        ("活动开展", 5, 7, "mandatory"),
        ("活动开展", 6, 7, "mandatory"),
        ("活动开展", 7, 7, "mandatory"),
    ] == [(one["sheet"], one["row"], one["column"], one["severity"]) for one in told_again["cells"]]
    assert ["CP-02", "南关", "30人左右"] == told_again["questions"]["rows"][0]["key"]
    assert {"活动开展": "mandatory"} == told_again["tabs"]
    assert plan.summary == told_again["summary"]


def journal(data: bytes, **keys: object) -> bytes:
    """A marked workbook with other keys in its journal."""
    book = load_workbook(BytesIO(data))
    cell = book[PAGE].cell(2, 8)
    cell.value = json.dumps({**json.loads(cell.value), **keys}, ensure_ascii=False)
    return saved(book)


def test_a_journal_may_hold_keys_that_are_not_known():
    """A newer program of the same major version marked it; one without a version is the first."""
    copy = mark(SAMPLE, FINDINGS, kit=KIT)
    first = json.loads(load_workbook(BytesIO(copy))[PAGE].cell(2, 8).value)

    assert 1 == first["v"]
    for keys in ({"hue": [1, 2]}, {"v": None}):
        sheet = load_workbook(BytesIO(unmark(journal(copy, **keys))))["活动开展"]
        assert sheet["G5"].comment is None


def test_marks_of_a_newer_major_version_are_refused():
    """Taken out by half they would be nobody's."""
    copy = journal(mark(SAMPLE, FINDINGS, kit=KIT), v=2)

    with pytest.raises(NewerMarksError) as refused:
        mark(copy, FINDINGS, kit=KIT)
    assert "MARKS_NEWER" == refused.value.finding.code


def test_a_copy_that_somebody_saved_is_known():
    """Only what nobody has typed into may be written over."""
    copy = mark(SAMPLE, FINDINGS, kit=KIT)

    assert [True, False, False] == [
        is_as_marked(one) for one in (copy, SAMPLE, saved(load_workbook(BytesIO(copy))))
    ]


def test_findings_of_an_old_format_stand_in_a_list_that_links_into_it():
    """The workbook itself is not rewritten."""
    page = load_workbook(BytesIO(findings_workbook("六月 报表.xls", [found("G5")])))[PAGE]

    assert page["A1"].value == "“六月 报表.xls”的校验结果"
    link = page["C4"].hyperlink
    assert ("%E5%85%AD%E6%9C%88%20%E6%8A%A5%E8%A1%A8.xls", "'活动开展'!G5") == (link.target, link.location)
