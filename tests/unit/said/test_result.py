"""What a person reads after next and merge."""

from officeflow.flow.answers import MergeAnswer, NextAnswer, Result, RowsAnswer
from officeflow.said.result import lines


def test_next_says_what_came_along_and_what_did_not():
    """The file, its period, each carried sheet, what is remembered, and that the rest is empty."""
    carried = (
        RowsAnswer(sheet="填报信息", rows=1, fields=9),
        RowsAnswer(sheet="联系社区", rows=3),
        RowsAnswer(sheet="帮办事项", rows=2, left=1),
    )
    answer = NextAnswer(files=("下期.xlsx",), period="2026-12-01/2026-12-31", carried=carried, previous=60)

    assert [
        "已写好：下期.xlsx",
        "下期：2026-12-01 — 2026-12-31",
        "  填报信息　带来9栏",
        "  联系社区　带来3行",
        "  帮办事项　带来2行，1行没有带（已经办完）",
        "  记住了上期60个数，累计数少于上期时会提醒。",
        "  其余的表是空的。",
    ] == list(lines("next", Result(answer)))


def test_merge_says_which_rows_came_from_the_second_copy():
    """Per sheet; or that there was nothing to add."""
    added = (RowsAnswer(sheet="捐款捐物", rows=1),)

    assert ["已写好：合.xlsx", "  捐款捐物　从第二份补了1行"] == list(
        lines("merge", Result(MergeAnswer(files=("合.xlsx",), added=added)))
    )
    assert (
        "  没有补行：第二份的行第一份都有。"
        == list(lines("merge", Result(MergeAnswer(files=("合.xlsx",)))))[-1]
    )
