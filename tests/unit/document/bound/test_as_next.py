"""Last issue as the base: what is left of it in the text, and what of the workbook the text does not use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from officeflow.document.bound.as_next import as_next_findings, period_words
from officeflow.document.bound.document import read_bound
from officeflow.document.bound.wording import News
from officeflow.document.reckoning.recipes import reckon
from officeflow.document.render.composing import compose
from officeflow.model.values import Period
from tests.support.docx import docx, p, table
from tests.support.figures import ORIGIN, STANDARD, figure

NOVEMBER = replace(ORIGIN, period="2026-11-01/2026-11-30")
STORY = "老党员张大爷连续三年为邻居送饭，街坊都说他是热心人。"


def left(body: str, origin=NOVEMBER, **now) -> list[str]:
    """Code and message of what is said when the figures of `now` replace the standard ones; None takes one away."""
    document = compose(docx(body), STANDARD, origins=(origin,)).value.document
    bound = read_bound(document).value
    figures = {name: one for name, one in {**STANDARD, **now}.items() if one is not None}
    news = News(
        now={name: reckon(one.recipe or one.id, figures) for name, one in bound.record.figures.items()},
        figures=now and {name: one for name, one in figures.items() if name in now},
        is_next=True,
    )
    return [f"{one.code} {one.message}" for one in as_next_findings(bound, news, Period.parse("2026-12"))]


def test_story_that_stays_is_listed_under_its_heading():
    """A paragraph of prose in which nothing moves is last issue's: it says which and under which heading."""
    assert ["SAME_AS_LAST 第2段与上期一字不差（典型事例）。"] == left(p("典型事例") + p(STORY))


def test_paragraph_with_a_number_that_moves_is_not_last_issue_s():
    """One figure that moves makes a paragraph new; one that happens to be the same does not."""
    body = p(f"{STORY}捐衣物{{{{ 捐衣物 }}}}。") + p(f"{STORY}捐款{{{{ 捐款 }}}}。")

    assert ["SAME_AS_LAST 第2段与上期一字不差（老党员张大爷连续三年为邻…）。"] == left(
        body, 捐衣物=figure("捐衣物", 300, "件")
    )


@pytest.mark.parametrize(
    "body", [p("组工信息"), p("报：市委办公室，市政府办公室，市人大，市政协"), table([STORY])]
)
def test_headings_lines_and_cells_are_not_prose(body):
    """Mastheads, headings, distribution lists and table cells stay the same on purpose."""
    assert [] == left(body)


def test_figure_fallen_to_zero():
    """A sentence with 0 in it wants another wording."""
    assert ["FIGURE_ZERO 第1段的“捐衣物”上期是248件，这一期是0件。"] == left(
        p("捐衣物{{ 捐衣物 }}"), 捐衣物=figure("捐衣物", 0, "件")
    )


def test_figure_whose_row_is_gone():
    """A sentence about a row that this period's ledger does not have is last issue's story."""
    body = p("{% for 事 in 帮办 %}{{ 事.社区 }}{% if not loop.last %}、{% endif %}{% endfor %}")
    one_less = replace(STANDARD["帮办"], members=STANDARD["帮办"].members[:1])

    assert ["FIGURE_GONE 第1段的“河北社区”，表里这一期没有了。"] == left(body, 帮办=one_less)


def test_paragraph_of_a_row_that_is_gone_is_said_once():
    """All that is gone of a paragraph in one line, and not again as last issue's."""
    body = p(f"{STORY}{{% for 事 in 帮办 %}}{{{{ 事.社区 }}}}{{{{ 事.到场天数 }}}}天{{% endfor %}}。")
    none = replace(STANDARD["帮办"], members=())

    assert ["FIGURE_GONE 第1段的“西山社区”“2”“河北社区”“0”，表里这一期没有了。"] == left(body, 帮办=none)


@pytest.mark.parametrize("word", ["11月", "2026年11月", "十一月"])
def test_last_period_in_words(word):
    """Last period named in words that nobody binds stays behind and is said, longest name first."""
    assert [f"OLD_PERIOD 第1段还写着上期的“{word}”。"] == left(p(f"{word}工作情况"))


def test_rows_written_over_several_paragraphs_are_said_once():
    """A ledger by dates has other rows each time: one line for the list, not one for each row."""
    body = "".join(p(f"{{{{ 帮办['{key}']['社区'] }}}}有了变化") for key in ("西山", "河北"))
    none = replace(STANDARD["帮办"], members=())

    assert ["ROWS_GONE 第1—2段照“帮办”一行一行写的，那些行表里这一期没有了。"] == left(body, 帮办=none)


def test_paragraphs_under_one_heading_are_said_once():
    """Three stories under a heading are one thing to look at."""
    body = p("典型事例") + p(STORY) + p(STORY) + p("有的岗位") + p(STORY)

    assert [
        "SAME_AS_LAST 第2—3段与上期一字不差（典型事例）。",
        "SAME_AS_LAST 第5段与上期一字不差（有的岗位）。",
    ] == left(body)


def test_long_text_that_is_gone_is_cut():
    """What stands in the document need not be read out."""
    note = replace(STANDARD["单位"], value="很长的话" * 20, text="很长的话" * 20)
    document = compose(docx(p("{{ 单位 }}")), {"单位": note}, origins=(NOVEMBER,)).value.document
    (said,) = as_next_findings(read_bound(document).value, News(now={}, is_next=True))

    assert "第1段的“很长的话很长的话很长的话…”，表里这一期没有了。" == said.message


@pytest.mark.parametrize("word", ["12月", "111月", "2026年"])
def test_other_periods_are_let_be(word):
    """The new month, the year that goes on, and what only looks alike are no leftovers."""
    assert [] == left(p(f"{word}工作情况"))


def test_number_typed_again_by_hand():
    """The same number typed elsewhere does not move with the figure."""
    body = p("捐衣物{{ 捐衣物 }}") + p("衣物共248件") + p("共1248件")

    assert ["OLD_PERIOD 第2段还写着上期的“248件”。"] == left(body, 捐衣物=figure("捐衣物", 300, "件"))


def test_figures_that_the_text_does_not_use():
    """The workbook's numbers that the text leaves out, in one line; zeros and personal values are not offered."""
    found = left(
        p("捐衣物{{ 捐衣物|数 }}"),
        捐衣物=figure("捐衣物", 248, "件"),
        捐款=figure("捐款", 16000, "元"),
        捐书籍=figure("捐书籍", 0, "册"),
        年龄=figure("年龄", 71, "岁", is_personal=True),
    )

    assert ["FIGURE_UNUSED 表里还有1个数文稿没有用：捐款1.6万元。"] == found


@pytest.mark.parametrize(
    ("last", "now", "words"),
    [
        ("2026Q3", "2026Q4", ["2026年第三季度", "第三季度", "三季度"]),
        ("2026H1", "2026H2", ["2026年上半年", "上半年"]),
        ("2026", "2027", ["2026年"]),
        ("2026-12", "2027-01", ["2026年", "2026年12月", "12月", "十二月"]),
        ("2026-10-26/2026-11-25", "2026-11-26/2026-12-25", ["2026年11月", "11月", "十一月"]),
        ("2026-03-01/2026-06-05", "2026-03-01/2026-09-05", []),
    ],
)
def test_names_of_a_period(last, now, words):
    """A period is called by its month (26日至25日 by the one it ends in), quarter, half or year."""
    assert words == list(period_words(Period.parse(last), Period.parse(now)))
