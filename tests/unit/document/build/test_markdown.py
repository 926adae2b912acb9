"""The dialect of a report's text: what an author writes, and what it is read as."""

from officeflow.document.build.markdown import (
    BlockTag,
    Chart,
    Entry,
    Heading,
    Listing,
    Paragraph,
    SectionsEnd,
    Table,
    read_markdown,
    report_outline,
)


def read(*lines: str):
    return read_markdown("\n".join(lines))


def test_lines_of_a_paragraph_are_joined_as_chinese_is():
    """No space between 汉字, one between two Latin words."""
    assert (Paragraph(("共3个社区，按GB/T 9704 print印。",)),) == read(
        "共3个社区，", "按GB/T 9704", "print", "印。"
    )


def test_headings_have_levels_from_two_signs():
    """## is 一、, ##### is （1）."""
    assert (Heading(1, "摸底"), Heading(4, "入户")) == read("## 摸底", "##### 入户")


def test_a_section_may_depend_on_a_figure():
    """The condition stands at the end of the heading's line and is no part of its words."""
    assert (Heading(1, "捐助", "捐款 or 捐衣物"),) == read("## 捐助 {%p if 捐款 or 捐衣物 %}")


def test_a_list_right_under_a_paragraph_runs_on_in_it():
    """The paragraph goes on after the list's last entry."""
    listing = Listing((Entry("抓学习。"), Entry("促整改。")), "措施项数")

    assert (Paragraph(("有两条：", listing, "以上两条。")),) == read(
        "有两条：", "{#措施项数}", "1. 抓学习。", "2. 促整改。", "以上两条。"
    )


def test_a_list_after_a_blank_line_stands_alone():
    """Each entry will be a paragraph of its own; any number and mark may be typed."""
    assert (Paragraph(("有两条：",)), Listing((Entry("甲"), Entry("乙")))) == read(
        "有两条：", "", "1. 甲", "5、乙"
    )


def test_tags_between_entries_stay_between_them():
    """A tag goes with the block it opens: before the first entry into the list, after the last back to the text."""
    listing = Listing(("{% if a %}", Entry("甲"), "{% endif %}", Entry("乙")))

    assert (Paragraph(("前", listing, "{% if b %}后{% endif %}")),) == read(
        "前", "{% if a %}", "1. 甲", "{% endif %}", "2. 乙", "{% if b %}", "后", "{% endif %}"
    )


def test_a_tag_that_closes_the_text_stays_in_the_text():
    """{% endif %} right above a list does not slip into it."""
    listing = Listing((Entry("甲"),))

    assert (Paragraph(("{% if a %}前{% endif %}", listing)),) == read("{% if a %}前", "{% endif %}", "1. 甲")


def test_paragraph_tags_and_the_end_of_sections_stand_between_blocks():
    """They need no blank lines around them."""
    assert (Paragraph(("甲",)), BlockTag("{%p if x %}"), Paragraph(("乙",)), SectionsEnd()) == read(
        "甲", "{%p if x %}", "乙", "---"
    )


def test_a_bar_inside_a_tag_does_not_split_a_cell():
    """{{ 捐款|数 }} is one cell."""
    assert (
        Table(
            (("社区", "捐款"), "{%tr for 行 in 表 %}", ("{{ 行.社区 }}", "{{ 行.捐款|数 }}")),
            ("left", "right"),
        ),
    ) == read("| 社区 | 捐款 |", "|---|---:|", "{%tr for 行 in 表 %}", "| {{ 行.社区 }} | {{ 行.捐款|数 }} |")


def test_a_line_with_a_number_first_is_text_without_its_mark():
    """2014年… does not begin a list."""
    assert (Paragraph(("2014年3月下旬，开展摸底。",)),) == read("2014年3月下旬，开展摸底。")


def test_remarks_and_what_no_eye_sees_are_left_out():
    """<!-- --> may span lines; a byte order mark and control characters cannot stand in a document."""
    assert (Paragraph(("甲乙",)),) == read("\ufeff<!-- 给作者", "看的 -->", "甲\x0b乙\r")


def test_the_outline_names_entries_by_their_leading_words():
    """What fills a 提纲: headings, and entries up to the first punctuation mark outside of tags."""
    assert (Heading(1, "考评"), Entry("列入“四风”整治"), Entry("{{ 安排|顿号 }}到位")) == report_outline(
        "## 考评\n办法：\n1. 列入“四风”整治。纳入目标。\n2. {{ 安排|顿号 }}到位，有回音。"
    )


def test_a_chart_stands_alone_on_its_line():
    """Kind, title and figure; of a list the columns; anything else is an expression."""
    assert (
        Paragraph(("前",)),
        Chart("柱状图", "{{ 时段 }}捐物", "各类捐物"),
        Chart("条形图", "", "名单", ("社区", "户数", "人数")),
        Chart("饼图", "", '名单|栏("社区", "户数")'),
        Paragraph(("后",)),
    ) == read(
        "前",
        "![柱状图：{{ 时段 }}捐物](各类捐物)",
        "![条形图](名单： 社区，户数、人数)",
        '![ 饼图 ]( 名单|栏("社区", "户数") )',
        "后",
    )
