"""What keyboards, web pages and PDF add to a cell is taken away."""

import pytest

from officeflow.text.clean import are_clean, clean, with_narrow_signs

DIRTY = {
    " 社区 ": "社区",
    "\u00a0社区\u3000": "社区",
    "社\u200b区\ufeff": "社区",
    "社区\u202e": "社区",
    "社\tA区": "社 A区",
    "第一行\r\n第二行": "第一行\n第二行",
    "第一行_x000D_\n第二行": "第一行\n第二行",
    "第一行_x000a_第二行": "第一行\n第二行",
    "甲_x0001_乙": "甲乙",
    "１２３ＡＢｃ％": "123ABc%",
    "白　翔": "白翔",
    "白 翔": "白翔",
    "\x07响": "响",
    "一\ud800二": "一二",
    "_x00_x000D_0D_": "_x00\n0D_",
}
CLEAN = [
    "",
    "西山社区",
    "发通告、以鲜花树苗换烧纸。",
    "（一）",
    "第一行\n第二行",
    "甲 乙 丙",
    "_x005F_",
    "a b",
    "2014-3-26",
]


@pytest.mark.parametrize(("typed", "expected"), DIRTY.items())
def test_dirt_is_taken_away(typed: str, expected: str):
    """What nobody meant to type is gone, Chinese punctuation stays."""
    assert expected == clean(typed)


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_stays(text: str):
    """The very same text comes back."""
    assert text == clean(text)


def test_a_clean_column_is_seen_at_once():
    """One look over all cells, blank ones among them."""
    assert are_clean(CLEAN)
    assert are_clean([])


@pytest.mark.parametrize("typed", DIRTY)
def test_one_dirty_cell_is_seen_in_a_column(typed: str):
    """Wherever it stands."""
    assert [False, False, False] == [
        are_clean([typed, *CLEAN]),
        are_clean([*CLEAN, typed]),
        are_clean([*CLEAN, typed, *CLEAN]),
    ]


def test_signs_of_numbers_become_narrow_only_where_numbers_are_read():
    """In prose ／ and － are punctuation."""
    assert ("２０２２．９．２９", "2022.9.29") == (
        "２０２２．９．２９",
        with_narrow_signs(clean("２０２２．９．２９")),
    )
    assert "甲／乙－丙" == clean("甲／乙－丙")
