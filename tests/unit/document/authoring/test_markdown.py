"""The dialect of a report's text: what an author writes, and what it is read as."""

import pytest

from officeflow.document.authoring.markdown import (
    BlockTag,
    ChartBlock,
    HeadingBlock,
    ListEntry,
    MarkdownList,
    SectionsEnd,
    TableBlock,
    TextBlock,
    read_markdown,
    report_outline,
    spans_of,
)


def read(*lines: str):
    return read_markdown("\n".join(lines))


def test_lines_of_a_paragraph_are_joined_as_chinese_is():
    """No space between 汉字, one between two Latin words."""
    assert (TextBlock(("共3个社区，按GB/T 9704 print印。",)),) == read(
        "共3个社区，", "按GB/T 9704", "print", "印。"
    )


def test_headings_have_levels_from_two_signs():
    """## is 一、, ##### is （1）."""
    assert (HeadingBlock(1, "摸底"), HeadingBlock(4, "入户")) == read("## 摸底", "##### 入户")


def test_a_section_may_depend_on_a_figure():
    """The condition stands at the end of the heading's line and is no part of its words."""
    assert (HeadingBlock(1, "捐助", "捐款 or 捐衣物"),) == read("## 捐助 {%p if 捐款 or 捐衣物 %}")


def test_a_list_right_under_a_paragraph_runs_on_in_it():
    """The paragraph goes on after the list's last entry."""
    listing = MarkdownList((ListEntry("抓学习。"), ListEntry("促整改。")), "措施项数")

    assert (TextBlock(("有两条：", listing, "以上两条。")),) == read(
        "有两条：", "{#措施项数}", "1. 抓学习。", "2. 促整改。", "以上两条。"
    )


def test_a_list_after_a_blank_line_stands_alone():
    """Each entry will be a paragraph of its own; any number and mark may be typed."""
    assert (TextBlock(("有两条：",)), MarkdownList((ListEntry("甲"), ListEntry("乙")))) == read(
        "有两条：", "", "1. 甲", "5、乙"
    )


def test_tags_between_entries_stay_between_them():
    """A tag goes with the block it opens: before the first entry into the list, after the last back to the text."""
    listing = MarkdownList(("{% if a %}", ListEntry("甲"), "{% endif %}", ListEntry("乙")))

    assert (TextBlock(("前", listing, "{% if b %}后{% endif %}")),) == read(
        "前", "{% if a %}", "1. 甲", "{% endif %}", "2. 乙", "{% if b %}", "后", "{% endif %}"
    )


def test_a_tag_that_closes_the_text_stays_in_the_text():
    """{% endif %} right above a list does not slip into it."""
    listing = MarkdownList((ListEntry("甲"),))

    assert (TextBlock(("{% if a %}前{% endif %}", listing)),) == read("{% if a %}前", "{% endif %}", "1. 甲")


def test_paragraph_tags_and_the_end_of_sections_stand_between_blocks():
    """They need no blank lines around them."""
    assert (TextBlock(("甲",)), BlockTag("{%p if x %}"), TextBlock(("乙",)), SectionsEnd()) == read(
        "甲", "{%p if x %}", "乙", "---"
    )


def test_a_bar_inside_a_tag_does_not_split_a_cell():
    """{{ 捐款|数 }} is one cell."""
    assert (
        TableBlock(
            (("社区", "捐款"), "{%tr for 行 in 表 %}", ("{{ 行.社区 }}", "{{ 行.捐款|数 }}")),
            ("left", "right"),
            (3, 3),
        ),
    ) == read("| 社区 | 捐款 |", "|---|---:|", "{%tr for 行 in 表 %}", "| {{ 行.社区 }} | {{ 行.捐款|数 }} |")


def test_dashes_say_how_wide_columns_are():
    """As many dashes, as wide; colons do not count."""
    (table,) = read("| 序号 | 事项 | 户数 |", "|:---:|------|----:|", "| 1 | 甲 | 2 |")

    assert (3, 6, 4) == table.widths


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("### 走下去。### 各单位", [("走下去。", False, 2), ("各单位", False, 0)]),
        ("##走下去。##各单位", [("走下去。", False, 1), ("各单位", False, 0)]),
        (
            "先### 走。### 再**办**。",
            [("先", False, 0), ("走。", False, 2), ("再", False, 0), ("办", True, 0), ("。", False, 0)],
        ),
        (
            "### {{ 甲|首('##') }}。### 文{{ 乙 }}",
            [("{{ 甲|首('##') }}。", False, 2), ("文{{ 乙 }}", False, 0)],
        ),
        ("### 开了头", [("### 开了头", False, 0)]),
        ("## 一 ### 二", [("## 一 ### 二", False, 0)]),
    ],
)
def test_words_of_a_text_have_looks(text: str, spans: list[tuple[str, bool, int]]):
    """Between as many # stands a run-in head, between ** bold; tags are not looked into, what is open is text."""
    assert spans == [(span.text, span.is_bold, span.level) for span in spans_of(text)]


def test_a_run_in_head_is_no_heading():
    """Only a line that is all heading opens a section."""
    assert (TextBlock(("### 走下去。### 各单位来了。",)),) == read("### 走下去。### 各单位", "来了。")
    assert (HeadingBlock(2, "走下去", "甲"),) == read("### 走下去 {%p if 甲 %}")


def test_a_line_with_a_number_first_is_text_without_its_mark():
    """2014年… does not begin a list."""
    assert (TextBlock(("2014年3月下旬，开展摸底。",)),) == read("2014年3月下旬，开展摸底。")


def test_remarks_and_what_no_eye_sees_are_left_out():
    """<!-- --> may span lines; a byte order mark and control characters cannot stand in a document."""
    assert (TextBlock(("甲乙",)),) == read("\ufeff<!-- 给作者", "看的 -->", "甲\x0b乙\r")


def test_the_outline_names_entries_by_their_leading_words():
    """What fills a 提纲: headings, and entries up to the first punctuation mark outside of tags."""
    assert (
        HeadingBlock(1, "考评"),
        ListEntry("列入“四风”整治"),
        ListEntry("{{ 安排|顿号 }}到位"),
    ) == report_outline("## 考评\n办法：\n1. 列入“四风”整治。纳入目标。\n2. {{ 安排|顿号 }}到位，有回音。")


def test_a_chart_stands_alone_on_its_line():
    """Kind, title and figure; of a list the columns; anything else is an expression."""
    assert (
        TextBlock(("前",)),
        ChartBlock("柱状图", "{{ 时段 }}捐物", "各类捐物"),
        ChartBlock("条形图", "", "名单", ("社区", "户数", "人数")),
        ChartBlock("饼图", "", '名单|栏("社区", "户数")'),
        TextBlock(("后",)),
    ) == read(
        "前",
        "![柱状图：{{ 时段 }}捐物](各类捐物)",
        "![条形图](名单： 社区，户数、人数)",
        '![ 饼图 ]( 名单|栏("社区", "户数") )',
        "后",
    )
