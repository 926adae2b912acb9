"""Two texts side by side: what differs, numerals whole; which paragraph answers which."""

from __future__ import annotations

import pytest

from officeflow.document.compare.aligning import diff
from officeflow.document.compare.pairing import pair
from tests.support.work import counted


def changes(ours: str, theirs: str) -> list[tuple[str, str]]:
    """What goes and what comes, in order."""
    return [(ours[c.start : c.end], theirs[c.their_start : c.their_end]) for c in diff(ours, theirs)]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("捐衣物248件。", "捐衣物256件。", [("248", "256")]),
        ("捐款1.6万元。", "捐款16000元。", [("1.6万", "16000")]),
        ("增长12.5%。", "增长12.8%。", [("12.5%", "12.8%")]),
        ("共1,036份。", "共1000余份。", [("1,036", "1000余")]),
        ("党员三十九名。", "党员四十名。", [("三十九", "四十")]),
        ("3月26日到岗", "4月27日到岗", [("3", "4"), ("26", "27")]),
        ("共捐衣物248件", "募集256件", [("共捐衣物", "募集"), ("248", "256")]),
        ("书籍838册", "图书838册", [("书籍", "图书")]),
        ("党员39名", "党员约39名", [("", "约")]),
        ("甲乙，丙丁。", "甲乙，丙丁，丙丁。", [("", "丙丁，")]),
        ("一样", "一样", []),
    ],
)
def test_changes_are_what_a_person_would_mark(ours, theirs, expected):
    """Numerals change whole and one by one; a word that shares one character with another changes whole."""
    assert expected == changes(ours, theirs)


def test_what_is_put_in_is_a_clause_where_it_may_be():
    """乙， and not ，乙: both give the same text, one is how it was written."""
    assert [("", "乙丙，")] == changes("甲，丁戊。", "甲，乙丙，丁戊。")
    assert [("", "二二。")] == changes("一一。\n三", "一一。二二。\n三")


def test_reworded_paragraphs_answer_each_other_and_strange_ones_do_not():
    """The likest pairs win; numerals count as the same."""
    ours = ["标题", "共捐衣物248件、书籍838册。", "会议在县林业局召开。"]
    theirs = ["标题", "完全是另外写的一段话语。", "共募集衣物256件、书籍840册。", "会议在县林业局召开。"]

    assert [(0, 0), (None, 1), (1, 2), (2, 3)] == pair(ours, theirs)


def test_what_may_not_answer_each_other_does_not():
    """A paragraph never answers a table, even when both say the same."""
    assert [(0, None), (None, 0)] == pair(["合计"], ["合计"], lambda _i, _j: False)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("的" * 20_000, "的" * 9_000 + "了" + "的" * 10_500),
        ("的了，" * 7_000, "了的，" * 7_000),
        ("".join(map(chr, range(0x4E00, 0x9000))), "".join(map(chr, range(0x8FFF, 0x4DFF, -1)))),
    ],
    ids=["one character", "one clause", "reversed"],
)
def test_long_paragraphs_take_bounded_work(ours, theirs):
    """Twenty thousand characters, however repetitive, are told apart in some calls a character."""
    _, calls = counted(lambda: diff(ours, theirs))

    assert calls < 10 * (len(ours) + len(theirs))


def test_thousands_of_equal_cells_take_bounded_work():
    """A column of zeros does not make every cell a candidate for every other."""
    pairs, calls = counted(lambda: pair(["甲", *["0"] * 4000], [*["0"] * 4000, "甲"]))

    assert 4001 <= len(pairs)
    assert calls < 10 * 8000
