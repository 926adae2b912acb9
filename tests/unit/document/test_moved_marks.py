"""Bookmarks that a program renamed or moved: known by what was printed between them."""

from __future__ import annotations

import pytest
from lxml import etree

from officeflow.document.wml.bound_text import Spot, find_marks, read_part_text, realigned
from tests.support.docx import docx, part

_START, _END = '<w:bookmarkStart w:id="1" w:name="{}"/>', '<w:bookmarkEnd w:id="1"/>'


def read(*paragraphs: str):
    """The text of a part whose paragraphs are written with [ and ] for a bookmark's ends."""
    inside = "".join(
        "<w:p>"
        + "".join(
            {"[": _START.format("_of_a_1"), "]": _END}.get(sign, f"<w:r><w:t>{sign}</w:t></w:r>")
            for sign in one
        )
        + "</w:p>"
        for one in paragraphs
    )
    return read_part_text("word/document.xml", etree.fromstring(part(docx(inside)).encode()))


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        (["捐1[.6万元]。"], "1.6万"),  # one on, as in notes of a .doc
        (["捐[1.6]万元。"], "1.6万"),  # the end slipped back
        (["捐[1.6万元。", "下段]"], "1.6万"),  # the end was lost to the next paragraph
        (["捐[1.6万]元。"], "1.6万"),
        (["捐[1.6万余]元。"], "1.6万余"),  # a person wrote into it
        (["捐[1.8万]元。"], "1.8万"),  # a person wrote over it
        (["捐[]1.6万元。"], ""),  # a person took it out and typed it beside
        (["[捐2.6万]元。"], "捐2.6万"),
    ],
)
def test_mark_is_put_right_only_where_what_was_printed_stands(paragraphs, found):
    """To the letter, at most one character off; what people did to a figure is never taken for a slip."""
    text = read(*paragraphs)
    start, end = text.marks["_of_a_1"]

    assert found == text.between(*realigned(text, start, end, "1.6万"))


@pytest.mark.parametrize("name", ["_of_a_1_Copy_1", "_of_a_1_Copy_12", "_of_a_1_Copy_1_Copy_1"])
def test_renamed_bookmark_is_known_where_its_own_is_gone(name):
    """LibreOffice renames bookmarks in frames each time it opens a .docx."""
    text = read("捐[1.6万]元。")
    text.marks[name] = text.marks.pop("_of_a_1")

    assert find_marks([text])["_of_a_1"] == (text, Spot(0, 1), Spot(0, 5))


def test_copy_of_a_sentence_does_not_stand_for_the_figure():
    """Where the bookmark itself is there, a copy of it is only a copy."""
    text = read("捐[1.6万]元。", "捐1.6万元。")
    text.marks["_of_a_1_Copy_1"] = (Spot(1, 1), Spot(1, 5))

    assert find_marks([text])["_of_a_1"][1:] == (Spot(0, 1), Spot(0, 5))
