"""What a clerk does to the filled sample between opening and sending it, and what check and report then say."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from officeflow.cli import main
from tests.support.docx import texts
from tests.support.office import read_pages, to_pdf

# openpyxl does not know print areas that grow with the data (a formula in the name); Excel, WPS and LibreOffice do.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
Run = Callable[..., tuple[int, dict[str, Any]]]
FIRST_ROW = 5


class Desk:
    """A copy of the sample on somebody's desk: change it, then ask."""

    def __init__(self, path: Path, run: Run) -> None:
        self.path, self._run = path, run
        self.book = openpyxl.load_workbook(path)

    def empty(self, *sheets: str) -> None:
        """Delete every entry of these ledgers, 序号 formulas left alone."""
        for name in sheets:
            for row in self.book[name].iter_rows(min_row=FIRST_ROW, min_col=2):
                for cell in row:
                    cell.value = None

    def cell(self, sheet: str, heading: str, row: int = FIRST_ROW) -> Cell:
        """The cell right of a record's label, or in a ledger's column."""
        page: Worksheet = self.book[sheet]
        if page.cell(4, 1).value != "序号":
            return next(cells[1] for cells in page.iter_rows() if _label(cells[0]) == heading)
        return page.cell(row, next(cell.column for cell in page[4] if _label(cell) == heading))

    def type(self, sheet: str, heading: str, value: object, row: int = FIRST_ROW) -> None:
        self.cell(sheet, heading, row).value = value

    def check(self) -> list[tuple[str, str]]:
        """(severity, message) of all findings but hints."""
        self.book.save(self.path)
        _, envelope = self._run("check", self.path)
        return _said(envelope)

    def report(self, *words: str) -> tuple[list[tuple[str, str]], list[str]]:
        """The findings but hints, and the paragraphs of the bulletin, [] when it was refused."""
        self.book.save(self.path)
        _, envelope = self._run("report", self.path, *words)
        written = [report["path"] for report in envelope["reports"] if report["path"]]
        return _said(envelope), [line for path in written for line in texts(Path(path).read_bytes()) if line]


def _label(cell: Cell) -> str:
    return str(cell.value).strip("●◐ \n").split("\n")[0]


def _said(envelope: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (finding["severity"], finding["message"])
        for finding in envelope["findings"]
        if finding["severity"] != "hint"
    ]


@pytest.fixture
def desk(sample: Path, run: Run, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copy(sample, tmp_path / "填表.xlsx")), run)


def headings(lines: list[str]) -> list[str]:
    """The numbered headings of a bulletin."""
    return [line for line in lines if line[1:2] == "、" and len(line) < 30]


LEDGERS = ("活动开展", "捐款捐物", "资金台账", "帮办事项")


@pytest.mark.parametrize("ledger", LEDGERS)
def test_an_empty_ledger_must_be_filled_or_declared_zero(desk: Desk, ledger: str) -> None:
    """Empty and 否: one finding, and no bulletin."""
    desk.empty(ledger)

    findings, lines = desk.report()

    assert [("mandatory", f"【{ledger}】没有填，也没有注明“本期为零”。")] == findings
    assert [] == lines


@pytest.mark.parametrize(
    ("ledger", "left_out"),
    [("活动开展", ""), ("捐款捐物", "融入日常"), ("资金台账", ""), ("帮办事项", "盯住难题")],
)
def test_a_declared_zero_is_enough(desk: Desk, ledger: str, left_out: str) -> None:
    """Empty and 是: the bulletin is written; what has only zeros to say is left out and the numbers close up."""
    desk.empty(ledger)
    desk.type("填报信息", f"{ledger} 本期为零", "是")

    findings, lines = desk.report()

    assert {severity for severity, _ in findings} <= {"verify"}
    assert list("一二三四五六")[: 5 if left_out else 6] == [line[0] for line in headings(lines)]
    assert not left_out or left_out not in "".join(headings(lines))


@pytest.mark.parametrize("ledger", ["联系社区", "岗位认领"])
def test_ledgers_without_a_zero_switch_cannot_stay_empty(desk: Desk, ledger: str) -> None:
    """The bulletin could not be written, so the check says it where the clerk is."""
    desk.empty(ledger)

    assert [("mandatory", f"【{ledger}】一行也没有填。")] == desk.check()


def test_a_series_without_its_list_is_found(desk: Desk) -> None:
    """系列起止期 are filled, 期次安排 is empty."""
    desk.empty("期次安排")

    assert [("mandatory", "【期次安排】填了系列起止期，期次安排还空着。")] == desk.check()


def test_what_the_bulletin_lacks_is_said_for_the_clerk(desk: Desk) -> None:
    """No talk of templates: what is missing, and where it would be used."""
    desk.type("简报报头", "按语", "5月30日，{{典型单位}}开了会，{{总期号}}。")

    findings, lines = desk.report()

    assert [("mandatory", "【简报报头·按语】里要印的“总期号”没有数。")] == findings
    assert [] == lines


OUTLINE_ENTRIES = 13
SECOND_HEADING = 6


def outline_rows(desk: Desk) -> list[list[object]]:
    """The filled rows of 提纲 without 序号."""
    rows = desk.book["提纲"].iter_rows(
        min_row=FIRST_ROW, max_row=FIRST_ROW + OUTLINE_ENTRIES - 1, min_col=2, max_col=5
    )
    return [[cell.value for cell in row] for row in rows]


def type_outline(desk: Desk, rows: list[list[object]]) -> None:
    desk.empty("提纲")
    for row, cells in enumerate(rows, FIRST_ROW):
        for column, value in enumerate(cells, 2):
            desk.book["提纲"].cell(row, column).value = value


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda rows: rows.insert(0, ["一级标题", "要写的一节", None, "否"]), id="inserted"),
        pytest.param(lambda rows: rows.pop(1), id="deleted"),
    ],
)
def test_list_entries_stay_under_their_heading_when_rows_are_inserted_or_deleted(
    desk: Desk, change: Callable[[list[list[object]]], object]
) -> None:
    """上级 holds numbers that were right before; the place in the sheet says where the entries belong."""
    rows = outline_rows(desk)
    change(rows)
    type_outline(desk, rows)

    findings, lines = desk.report()

    assert [] == findings
    assert ("三个结合", "四项措施") == tuple(
        words for words in ("三个结合", "四项措施") if any(f"以上{words}" in line for line in lines)
    )


def test_a_section_switched_off_takes_its_number_along(desk: Desk) -> None:
    """The others close up."""
    desk.type("提纲", "启用", "否", row=SECOND_HEADING)

    _, lines = desk.report()

    assert ["一、摸底在先，照着需求设岗", "二、融入日常，立足岗位履责"] == headings(lines)[:2]


def test_a_list_that_prints_less_than_it_promises_is_found_at_the_promise(desk: Desk) -> None:
    """三项措施 are printed, 提法清单 says 4: the cell to look at, and the text follows what is printed."""
    desk.type("提纲", "启用", "否", row=15)

    findings, lines = desk.report()

    assert [("verify", "【提法清单·第8行】写的是4项，文稿实印3项（措施项数）。")] == findings
    assert any("以上三项措施" in line for line in lines)


def test_a_heading_that_no_section_has_is_said(desk: Desk) -> None:
    """The bulletin is written without it."""
    for heading, value in (("层级", "一级标题"), ("标题或要点", "新的一节"), ("启用", "是")):
        desk.type("提纲", heading, value, row=FIRST_ROW + OUTLINE_ENTRIES)

    findings, lines = desk.report()

    assert [("verify", "【提纲·第18行】的“新的一节”没有印出来：文稿里没有这一节。")] == findings
    assert len(headings(lines)) == 6


@pytest.mark.parametrize(
    ("note", "printed"),
    [
        ("捐款{{捐款}}、｛｛捐款|元｝｝", "按语：捐款1.6万元、16000元"),
        ("{{党员数|数}}名党员，{{会议日期|年月日}}", "按语：39名党员，2014年5月30日"),
        ("<b>&amp; 㐀𠮷", "按语：<b>&amp; 㐀𠮷"),
    ],
)
def test_figures_named_in_the_note_are_printed(desk: Desk, note: str, printed: str) -> None:
    """{{指标}} and {{指标|格式}} in 按语; everything else as it was typed."""
    desk.type("简报报头", "按语", note)

    findings, lines = desk.report()

    assert [] == findings
    assert printed in lines


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("{{捐款总额}}", "【简报报头·按语】里的“{{捐款总额}}”不是本表的指标。"),
        ("{{捐款|月日}}", "【简报报头·按语】里的“{{捐款|月日}}”不能这样印。"),
        ("{{捐款|无此}}", "【简报报头·按语】里的“{{捐款|无此}}”不能这样印。"),
        ("{% for a in b %}", "【简报报头·按语】里的“{% for a in b %}”不是本表的指标。"),
    ],
)
def test_what_the_note_cannot_print_is_found_at_the_note(desk: Desk, note: str, message: str) -> None:
    """Never at a paragraph of a template that the clerk has not seen."""
    desk.type("简报报头", "按语", note)

    assert ([("mandatory", message)], []) == desk.report()


def test_braces_where_no_figure_is_put_in_are_asked_about(desk: Desk) -> None:
    """They would stand in the bulletin as typed."""
    desk.type("文稿信息", "标题", "{{党员数}}进社区")

    findings, lines = desk.report()

    message = "【文稿信息·标题】里的“{{党员数}}”会原样印出，这一栏不代换指标。"
    assert [("verify", message)] == findings
    assert "{{党员数}}进社区" in lines


def test_the_masthead_follows_its_sheet(desk: Desk) -> None:
    """增刊, 总期号, 密级 printed where they are filled; no 栏目, no 按语."""
    for heading, value in {
        "是否增刊": "是",
        "总期号": 127,
        "密级": "内部资料 注意保存",
        "栏目": None,
        "按语": None,
    }.items():
        desk.type("简报报头", heading, value)

    findings, lines = desk.report()

    assert [] == findings
    assert ["内部资料 注意保存", "增刊第27期（总第127期）"] == [lines[0], lines[3]]
    assert not any("按语" in line for line in lines)


@pytest.mark.parametrize(("order", "printed"), [("报发送", "报发送"), ("报送发", "报送发")])
def test_receivers_stand_in_the_order_of_the_place(desk: Desk, order: str, printed: str) -> None:
    """报尾次序 decides."""
    desk.type("简报报头", "报尾次序", order)

    _, lines = desk.report()

    assert printed == "".join(line[0] for line in lines[-4:-1])


def test_a_period_written_the_wrong_way_round_is_said_first(desk: Desk) -> None:
    """Every date is outside it then, so the cause comes before what follows from it."""
    desk.type("填报信息", "统计止", "2014-2-1")

    findings = desk.check()

    assert ("mandatory", "【填报信息·统计止】填的是2014-2-1，早于统计起（2014-3-1）。") == findings[0]
    assert ("mandatory", "【活动开展·第5行·日期】填的是“2014-3-26”，不在统计时段里。") == findings[1]


ANSWER = "两名同志一人两岗，情况属实"


def one_member_with_two_posts(desk: Desk) -> None:
    desk.type("岗位认领", "姓名", "示例38", row=43)
    desk.type("活动开展", "参加党员数", 38)
    desk.type("捐款捐物", "人数", 27)


def explain(desk: Desk, number: str, answer: str, row_key: str = "", typed: str = "") -> None:
    """Fill a row of 情况说明 by hand."""
    columns = {"编号": number, "行（关键字）": row_key, "填报值": typed, "说明（请填，至少6个字）": answer}
    for heading, text in columns.items():
        desk.type("情况说明", heading, text or None)


def test_a_tie_that_does_not_hold_keeps_the_bulletin_until_it_is_explained(desk: Desk) -> None:
    """CP-02: 39 posts, 38 members."""
    one_member_with_two_posts(desk)

    assert ([("explain", "【岗位认领·姓名】岗位39个、党员38名，不是一人一岗。")], []) == desk.report()


@pytest.mark.parametrize(("number", "typed"), [("CP-02", ""), ("cp-02", "39")])
def test_an_explained_tie_lets_the_bulletin_through(desk: Desk, number: str, typed: str) -> None:
    """The only finding of its rule needs no row; the finding stays in the list, with its answer."""
    one_member_with_two_posts(desk)
    explain(desk, number, ANSWER, typed=typed)

    findings, lines = desk.report()

    assert ["explain"] == [severity for severity, _ in findings]
    assert any("在职党员38名" in line and "岗位39个" in line for line in lines)


@pytest.mark.parametrize(
    ("change", "number"),
    [(("岗位认领", "报到日期", None), "CP-04"), (("捐款捐物", "人数", 27), "CP-10")],
)
def test_each_of_the_three_ties_can_be_explained(
    desk: Desk, change: tuple[str, str, object], number: str
) -> None:
    """39 = 39 = 39 in the reference; in life somebody is ill, or gives later."""
    desk.type(*change)
    refused = desk.report()[1]
    explain(desk, number, ANSWER)

    assert [] == refused
    assert [] != desk.report()[1]


@pytest.mark.parametrize(
    ("answer", "typed", "hint"),
    [
        (ANSWER, "40", "【情况说明·第5行·填报值】说明是按“40”写的，现在是“39”，还不算。"),
        ("属实", "", "【情况说明·第5行·说明（请填，至少6个字）】说明只有2个字，至少要6个字，还不算。"),
    ],
)
def test_an_answer_that_settles_nothing_says_why(
    desk: Desk, capsys: pytest.CaptureFixture[str], answer: str, typed: str, hint: str
) -> None:
    """Given for another value, or too short for 请核实."""
    if typed:
        one_member_with_two_posts(desk)
        explain(desk, "CP-02", answer, typed=typed)
    else:
        desk.type("活动开展", "参加党员数", 40)
        explain(desk, "CP-13", answer)
    desk.book.save(desk.path)

    assert main(["check", str(desk.path)]) == 1
    assert hint in capsys.readouterr().out


def test_what_must_be_mended_is_not_explained_away(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """必须改 stays, and the clerk hears it where the answer stands."""
    desk.type("岗位认领", "社区", "没有这个社区")
    explain(desk, "CP-06", ANSWER)
    desk.book.save(desk.path)

    assert main(["check", str(desk.path)]) == 1
    assert "“CP-06”是必须改的，写了说明也要改。" in capsys.readouterr().out


def test_a_check_with_everything_explained_ends_well(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is left to do, and the last sentence says so."""
    one_member_with_two_posts(desk)
    explain(desk, "CP-02", ANSWER)
    desk.book.save(desk.path)

    assert main(["check", str(desk.path)]) == 0
    assert capsys.readouterr().out.endswith("没有要改的，已说明1处，提示2处，可以出文稿或打包报送。\n")


def test_a_community_written_another_way_gets_the_nearest(desk: Desk) -> None:
    """People write 居委会; the list says 社区."""
    desk.type("帮办事项", "社区", "西山社区居委会")

    message = "【帮办事项·第5行·社区】“西山社区居委会”不在联系社区表里，最接近的是“西山社区”。"
    assert [("mandatory", message)] == desk.check()


@pytest.mark.office
def test_receivers_longer_than_a_page_run_over_no_edge(desk: Desk, tmp_path: Path) -> None:
    """A frame is not broken across pages: it would stand over the page number and past the upper edge."""
    for row in range(15, 55):
        desk.type("简报报尾", "类别", "发", row)
        desk.type("简报报尾", "接收单位", f"第{row}街道党工委办公室（含所属各社区党组织）", row)
    desk.report()
    (document,) = tmp_path.glob("*.docx")

    pages = read_pages(to_pdf(document, tmp_path))
    lines = [line for page in pages for line in page.lines[:-1]]  # without the page numbers

    assert [f"—{number}—" for number in range(1, len(pages) + 1)] == [page.lines[-1].text for page in pages]
    assert all(37 - 1 < line.top and line.bottom < 262 + 1 for line in lines)  # the 版心, millimetres
    assert lines[-1].text == "（共印90份）"
