"""How the figures of a document stand after people worked on it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from officeflow.document.provenance.binding import bookmark_name
from officeflow.document.provenance.record import is_as_written, is_untouched, read_record
from officeflow.document.provenance.standing import Standing
from tests.support.bound import opened, written
from tests.support.bulletins import BODY
from tests.support.word_edits import (
    accept,
    edited,
    inside,
    lose_mark,
    overtype,
    parts_of,
    reject,
    run,
    track,
    type_before,
    unmarked,
    w,
    with_part,
)


def standing(document: bytes, figure_id: str, use: int = 1) -> Standing:
    """How one figure stands."""
    name = bookmark_name(figure_id, use)
    return next(one.standing for one in opened(document).figures if one.name == name)


def test_all_figures_of_a_fresh_document_are_untouched():
    """Body, table and the figures inside a text too."""
    assert {Standing.UNTOUCHED} == {one.standing for one in opened(written(BODY)).figures}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (overtype("党员数", "40名"), Standing.OVERTYPED),
        (overtype("党员数", "约39名"), Standing.REWORDED),
        (overtype("党员数", "39名以上"), Standing.REWORDED),
        (overtype("党员数", "三十九名"), Standing.OVERTYPED),
        (overtype("党员数", "若干名"), Standing.REMOVED),
        (overtype("党员数", ""), Standing.REMOVED),
        (type_before("党员数", "近"), Standing.REWORDED),
        (type_before("党员数", "1"), Standing.OVERTYPED),
        (type_before("党员数", "最近"), Standing.UNTOUCHED),
        (lose_mark("党员数"), Standing.UNTOUCHED),
        (lose_mark("党员数", "近40名"), Standing.OVERTYPED),
        (track("党员数", "40名"), Standing.OVERTYPED),
    ],
    ids=lambda value: value.name if isinstance(value, Standing) else None,
)
def test_standing_of_a_number(edit, expected):
    """What stands between the marks, or against them, says how a number stands; so do the words where the marks are gone."""
    assert expected == standing(edited(written(BODY), edit), "党员数")


@pytest.mark.parametrize(
    ("settle", "expected"),
    [(accept, Standing.OVERTYPED), (reject, Standing.UNTOUCHED)],
    ids=["accepted", "rejected"],
)
def test_tracked_change_settled(settle, expected):
    """Accepted it is overtyped, rejected it is what we wrote."""
    assert expected == standing(edited(edited(written(BODY), track("党员数", "40名")), settle), "党员数")


def test_bookmark_that_ends_in_struck_words_is_still_there():
    """名，捐 was struck with changes tracked: 39 is left of 39名."""

    def strike(root):
        (number,) = inside(root, "党员数")
        end = number.getnext()
        struck = etree.Element(w("del"), {w("id"): "901", w("author"): "科长"})
        end.addnext(struck)
        struck.append(run("名", deleted=True))
        struck.append(end)
        number.find(w("t")).text = "39"

    found = opened(edited(written(BODY), strike))

    assert ["39"] == [one.text for one in found.figures if one.bound.id == "党员数"]
    assert Standing.OVERTYPED == standing(edited(written(BODY), strike), "党员数")


def test_other_formatting_and_place_change_nothing():
    """Half of a number bold, its paragraph moved to the end: untouched."""

    def bold_and_move(root):
        runs = inside(root, "党员数")
        runs[0].find(w("t")).text = "3"
        runs[0].addnext(run("9名", bold=True))
        paragraph = runs[0].getparent()
        paragraph.getparent().insert(len(paragraph.getparent()) - 2, paragraph)

    document = edited(written(BODY), bold_and_move)

    assert Standing.UNTOUCHED == standing(document, "党员数")
    assert "安排进社区在职党员39名，捐衣物248件，共捐款1.6万元，帮困难家庭渡过难关。" == next(
        one.sentence for one in opened(document).figures if one.bound.id == "党员数"
    )


def test_text_is_judged_apart_from_the_figures_in_it():
    """A number overtyped inside the 按语 leaves the 按语 itself as we wrote it; a word of its own does not."""
    number = edited(written(BODY), overtype("捐衣物", "300件", use=2))

    def reword(root):
        inside(root, "按语")[0].find(w("t")).text = "共捐"

    words = edited(written(BODY), reword)

    assert (Standing.UNTOUCHED, Standing.OVERTYPED) == (
        standing(number, "按语"),
        standing(number, "捐衣物", 2),
    )
    assert (Standing.OVERTYPED, Standing.UNTOUCHED) == (standing(words, "按语"), standing(words, "捐衣物", 2))


def test_copy_makes_the_words_no_longer_unique():
    """The marks are gone and the sentence stands twice: nobody can say which is ours."""

    def copy(root):
        lose_mark("党员数")(root)
        paragraph = next(root.iter(w("p")))
        paragraph.addnext(unmarked(paragraph))

    assert Standing.REMOVED == standing(edited(written(BODY), copy), "党员数")


def test_paragraphs_are_counted_as_a_person_counts():
    """Blank paragraphs do not count; the number goes on through the table."""
    found = opened(edited(written(BODY), lambda root: root[0].insert(0, root.makeelement(w("p")))))
    numbers = {one.bound.id: found.paragraph_number(one) for one in found.figures}

    assert [1, 2, 3, 6] == [numbers[name] for name in ("党员数", "单位", "按语", "社区")]


def test_who_wrote_last_is_known():
    """As written; saved by others; written again by us with their work in it."""
    document = written(BODY)
    theirs = edited(document, overtype("党员数", "40名"))
    again = opened(theirs).written(read_record(theirs))

    assert (True, True) == (is_untouched(document), is_as_written(document))
    assert (False, False) == (is_untouched(theirs), is_as_written(theirs))
    assert (False, True) == (is_untouched(again), is_as_written(again))


def test_parts_that_need_no_change_keep_their_bytes():
    """A document written again with the same record has the same parts, however another program quotes them."""
    document = written(BODY)
    quoted = parts_of(document)["[Content_Types].xml"].replace(b'"', b"'")
    document = with_part(document, "[Content_Types].xml", quoted)
    again = opened(document).written(read_record(document))
    old, new = parts_of(document), parts_of(again)

    assert old.keys() == new.keys()
    changed = {name for name in old if old[name] != new[name]}
    assert changed <= {"customXml/item1.xml", "customXml/itemProps1.xml", "docProps/custom.xml"}


def test_tracked_move_that_was_rejected_is_untouched():
    """The text before a tracked move is ours as well."""
    found, name = opened(written(BODY)), bookmark_name("党员数", 1)
    moved = replace(found.record.figures[name], text="41名", was="39名")
    found.record = replace(found.record, figures={**found.record.figures, name: moved})
    found.find()

    assert Standing.UNTOUCHED == next(one.standing for one in found.figures if one.name == name)
