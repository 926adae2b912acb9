"""A refresh moves what nobody touched, with its record, and leaves every person's work as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from officeflow.document.bound.agreement import Agreement, judge_all
from officeflow.document.bound.agreement_findings import AgreementReport
from officeflow.document.bound.choices import ChoiceRequest, choose
from officeflow.document.bound.refreshing import Choices, MovedFigure, Refreshing
from officeflow.document.bound.unbound_text import typed_again
from officeflow.document.provenance.binding import bookmark_name
from officeflow.document.provenance.record import read_record
from officeflow.document.wml.tracking import Tracker
from tests.support.bound import opened, written
from tests.support.bulletins import BODY
from tests.support.docx import p, part, table, texts
from tests.support.figures import ORIGIN, STANDARD, by_id, figure, row
from tests.support.structure import structure_problems
from tests.support.word_edits import (
    accept,
    canonical,
    edited,
    inside,
    lose_mark,
    mark,
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

LATER = {
    **STANDARD,
    **by_id(
        (
            figure("捐衣物", 256, "件", row=7),
            figure("捐款", 9800, "元", row=8),
            figure("党员数", 41, "名", row=9),
            replace(STANDARD["帮办"], members=(row("西山", 5, 社区="西山社区", 到场天数=5),)),
        )
    ),
}
NEW = replace(ORIGIN, digest="1" * 64, file="新.xlsx")


def refreshed(
    document: bytes,
    figures=LATER,
    *,
    asked: ChoiceRequest | None = None,
    is_tracked: bool = False,
    is_next: bool = False,
) -> tuple[bytes, tuple[MovedFigure, ...]]:
    """The document moved to other figures, and what moved."""
    found = opened(document)
    judged = judge_all(found, figures)
    choices, problems = choose(AgreementReport(found, judged), asked or ChoiceRequest())
    assert () == problems
    tracker = (
        Tracker([text.root for text in found.texts], author="王", day=date(2026, 11, 22))
        if is_tracked
        else None
    )
    moved = Refreshing(found, judged, NEW, choices, is_next=is_next, tracker=tracker).run()
    return found.written(found.record), moved


def ids(moved: Iterable[MovedFigure]) -> list[str]:
    return [one.judged.stretch.bound.id for one in moved]


def states(document: bytes, figures=LATER) -> dict[str, Agreement]:
    """Bookmark → how it agrees, of those that are not the same."""
    judged = judge_all(opened(document), figures)
    return {one.stretch.bound.id: one.agreement for one in judged if one.agreement is not Agreement.SAME}


def lines(document: bytes) -> list[str]:
    return texts(document)


def test_untouched_figures_move_with_unit_and_record():
    """Numbers in text, in the 按语 and in a table move; the record says value, unit, text and source of the new data."""
    document, moved = refreshed(written(BODY))
    record = read_record(document)
    gift = record.figures[bookmark_name("捐款", 1)]

    assert ["党员数", "捐衣物", "捐款", "捐衣物", "捐款", "到场天数"] == ids(moved)
    assert [
        "安排进社区在职党员41名，捐衣物256件，共捐款9800元，帮困难家庭渡过难关。",
        "会议5月30日在县林业局召开。",
        "按语：捐衣物256件，合9800元。",
        "社区",
        "天数",
        "西山社区",
        "5",
    ] == lines(document)
    assert ("9800", "元", "9800元", {"台账": "C8"}) == (gift.value, gift.unit, gift.text, gift.sources)
    assert ("1" * 64, "新.xlsx") == (record.origin.digest, record.origin.file)
    assert {} == states(document)
    assert [] == structure_problems(document)


@pytest.mark.parametrize(
    ("before", "after", "tag", "old", "new"),
    [
        (figure("捐款", 9800, "元"), figure("捐款", 12000, "元"), "捐款", "9800元", "1.2万元"),
        (figure("捐款", 1036, "份"), figure("捐款", 2044, "份"), "捐款|余", "1000余份", "2000余份"),
        (figure("捐款", 1036, "份"), figure("捐款", 1000, "份"), "捐款|余", "1000余份", "1000份"),
        (
            figure("捐款", date(2014, 5, 30)),
            figure("捐款", date(2014, 6, 2)),
            "捐款|月日",
            "5月30日",
            "6月2日",
        ),
        (figure("捐款", "一行"), figure("捐款", "二行\n三行"), "捐款", "一行", "二行/三行"),
        (figure("捐款", "二行\n三行"), figure("捐款", "一行"), "捐款", "二行/三行", "一行"),
        (figure("捐款", 3, "个"), figure("捐款", 12, "个"), "捐款|汉字", "三个", "十二个"),
    ],
)
def test_printed_form_moves_too(before, after, tag, old, new):
    """Unit, 万, 余, dates and line breaks are what the data would print."""
    document = written(p(f"共{{{{ {tag} }}}}。"), by_id((before,)))
    later, _ = refreshed(document, by_id((after,)))

    assert ([f"共{old}。"], [f"共{new}。"]) == (lines(document), lines(later))
    assert lines(document) == lines(refreshed(later, by_id((before,)))[0])


def test_only_the_moved_words_change():
    """Other parts keep their bytes, and inside the body nothing but the words of the moved figures differs."""
    header = p("第{{ 党员数|数 }}期")
    comment = '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    document = with_part(written(BODY, header=header), "word/comments.xml", comment.encode())
    later, _ = refreshed(document)
    old, new = parts_of(document), parts_of(later)
    own = {"customXml/item1.xml", "customXml/itemProps1.xml", "docProps/custom.xml"}

    assert old.keys() == new.keys()
    assert {"word/document.xml", "word/header1.xml"} == {name for name in old if old[name] != new[name]} - own
    assert canonical(blanked(old["word/document.xml"])) == canonical(blanked(new["word/document.xml"]))
    assert "第41期" == "".join(texts(later, "word/header1.xml"))


def blanked(part_: bytes) -> bytes:
    """A body with the digits and units of what stands in bookmarks taken out."""
    root = etree.fromstring(part_)
    for start in root.iter(w("bookmarkStart")):
        for node in start.itersiblings():
            if node.tag == w("bookmarkEnd") and node.get(w("id")) == start.get(w("id")):
                break
            for words in node.iter(w("t")):
                words.text = ""
    return etree.tostring(root)


def test_a_number_half_bold_keeps_its_looks():
    """The number changes in the run that holds it, the unit stays in its own."""

    def bold(root):
        runs = inside(root, "党员数")
        runs[0].find(w("t")).text = "39"
        runs[0].addnext(run("名", bold=True))

    document, _ = refreshed(edited(written(BODY), bold))
    xml = part(document)

    assert "在职党员41名" in lines(document)[0]
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">名</w:t>' in xml


@pytest.mark.parametrize(
    ("edit", "state", "stands"),
    [
        (overtype("捐款", "1.6万余元"), Agreement.OVERTYPED, "1.6万余元"),
        (overtype("捐款", "约1.6万元"), Agreement.REWORDED, "约1.6万元"),
        (type_before("捐款", "近"), Agreement.REWORDED, "近1.6万元"),
        (lose_mark("捐款", "近2万元"), Agreement.OVERTYPED, "近2万元"),
        (track("捐款", "2万元"), Agreement.OVERTYPED, "2万元"),
        (overtype("捐款", ""), Agreement.REMOVED, "共捐款，"),
    ],
)
def test_what_a_person_wrote_stays(edit, state, stands):
    """Every other figure moves; this one is judged and left."""
    document, moved = refreshed(edited(written(BODY), edit))

    assert ["党员数", "捐衣物", "捐衣物", "捐款", "到场天数"] == ids(moved)
    assert {"捐款": state} == states(document)
    assert stands in "".join(opened(document).texts[0].paragraphs[0].text)


def test_lost_mark_moves_and_is_bound_again():
    """A figure found by its words moves, and has its bookmark back."""
    document, moved = refreshed(edited(written(BODY), lose_mark("捐款")))

    assert "共捐款9800元，" in lines(document)[0]
    assert "捐款" in ids(moved)
    assert all(one.is_marked for one in opened(document).figures)
    assert [] == structure_problems(document)


def test_bookmark_that_a_program_moved_stands_right_again():
    """LibreOffice ended it one character early: after the move it holds the whole number, and nothing drifts."""

    def end_early(root):
        (number,) = inside(root, "捐款")
        number.find(w("t")).text = "1.6万"
        number.getnext().addnext(run("元"))

    document, moved = refreshed(edited(written(BODY), end_early))
    root = etree.fromstring(parts_of(document)["word/document.xml"])

    assert "捐款" in ids(moved)
    assert "9800元" == "".join(node.findtext(w("t")) or "" for node in inside(root, "捐款"))
    assert not any(one.is_off for one in opened(document).figures)


def test_text_restored_whole_takes_emptied_places_along():
    """A figure was taken out of the 按语, and both are wanted back: the text is written anew, once."""
    asked = ChoiceRequest(restore=["按语", bookmark_name("捐衣物", 2)])

    def take_out(root):
        overtype("捐衣物", "", use=2)(root)
        inside(root, "按语")[0].find(w("t")).text = "共捐"

    document, _ = refreshed(edited(written(BODY), take_out), asked=asked)

    assert "按语：捐衣物256件，合9800元。" == lines(document)[2]
    assert {} == states(document)


def test_number_that_ran_together_with_others_is_not_restored():
    """Its bookmark reaches over another figure, which would be lost."""

    def reach(root):
        start = mark(root, "捐衣物")
        end = next(
            one for one in start.itersiblings(w("bookmarkEnd")) if one.get(w("id")) == start.get(w("id"))
        )
        last = inside(root, "捐款")[-1].getnext()
        last.addnext(end)

    found = opened(edited(written(BODY), reach))
    _, problems = choose(AgreementReport(found, judge_all(found, LATER)), ChoiceRequest(restore=["捐衣物"]))

    assert ["RESTORE_WIDE"] == [problem.code for problem in problems]


def test_emptied_figure_that_libreoffice_renamed_is_filled():
    """Its bookmark is called name_Copy_1."""

    def rename(root):
        overtype("捐款", "")(root)
        start = mark(root, "捐款")
        start.set(w("name"), start.get(w("name")) + "_Copy_1")

    document, _ = refreshed(edited(written(BODY), rename), asked=ChoiceRequest(restore=["捐款"]))

    assert "共捐款9800元，" in lines(document)[0]


def test_number_typed_by_hand_that_the_data_now_give_is_settled():
    """A person typed the new number first: it is ours again and moves with the next data."""
    typed = edited(written(BODY), overtype("党员数", "41名"))
    document, moved = refreshed(typed)
    back, _ = refreshed(document, STANDARD)

    assert "党员数" not in ids(moved)
    assert {} == states(document)
    assert "在职党员39名" in lines(back)[0]


def test_adopted_number_stays_until_it_is_restored():
    """A 审定数 keeps value, reason, who and when through refreshes; restoring takes what the data say."""
    typed = edited(written(BODY), overtype("捐款", "近2万元"))
    asked = ChoiceRequest(adopt=["捐款"], reason="按副书记意见", by="王科长", on="2026-11-22")
    adopted, _ = refreshed(typed, asked=asked)
    bound = read_record(adopted).figures[bookmark_name("捐款", 1)]
    again, _ = refreshed(adopted, STANDARD)
    restored, _ = refreshed(again, asked=ChoiceRequest(restore=["捐款"]))

    assert ("近2万元", "按副书记意见", "王科长", "2026-11-22") == (
        bound.adopted,
        bound.reason,
        bound.adopted_by,
        bound.adopted_on,
    )
    assert {"捐款": Agreement.ADOPTED} == states(adopted)
    assert {"捐款": Agreement.ADOPTED} == states(again, STANDARD)
    assert "共捐款近2万元，" in lines(again)[0]
    assert {} == states(restored)
    assert "共捐款9800元，" in lines(restored)[0]
    assert "" == read_record(restored).figures[bookmark_name("捐款", 1)].reason


@pytest.mark.parametrize(
    "edit",
    [
        overtype("捐款", "2万元"),
        overtype("捐款", "约1.6万元"),
        type_before("捐款", "近"),
        lose_mark("捐款", "近2万元"),
        track("捐款", "2万元"),
        overtype("捐款", ""),
    ],
)
def test_restore_takes_ours(edit):
    """Whatever was typed in, over, against or struck, also without its bookmark."""
    document, _ = refreshed(edited(written(BODY), edit), asked=ChoiceRequest(restore=["捐款"]))
    accepted = edited(document, accept)

    assert {} == states(document)
    assert "共捐款9800元，" in lines(accepted)[0]
    assert all(one.is_marked for one in opened(document).figures)


def test_adopting_what_was_taken_out():
    """A figure a leader struck out is settled too."""

    def drop(root):
        paragraph = inside(root, "单位")[0].getparent()
        paragraph.getparent().remove(paragraph)

    asked = ChoiceRequest(adopt=["单位", "会议日期"], reason="不写会议")
    document, _ = refreshed(edited(written(BODY), drop), asked=asked)

    found = opened(document)
    told = AgreementReport(found, judge_all(found, LATER))
    said = [finding for one in told.judged if (finding := told.finding(one))]

    assert {"会议日期": Agreement.ADOPTED, "单位": Agreement.ADOPTED} == states(document)
    assert "“单位”按审定的删去了，原来写的是“县林业局”。" == said[1].message


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (ChoiceRequest(adopt=["捐款"]), "REASON_MISSING"),
        (ChoiceRequest(adopt=["捐书"], reason="因为"), "CHOICE_UNKNOWN"),
        (ChoiceRequest(adopt=["党员数"], reason="因为"), "CHOICE_NEEDLESS"),
        (ChoiceRequest(adopt=["捐款"], restore=["捐款"], reason="因为"), "CHOICE_TWICE"),
        (ChoiceRequest(restore=["单位"]), "RESTORE_IMPOSSIBLE"),
        (ChoiceRequest(adopt=["捐衣物"], reason="因为"), "CHOICE_AMBIGUOUS"),
    ],
)
def test_a_name_that_does_not_do_is_said(asked, code):
    """Nothing is guessed: the choices are listed."""

    def edit(root):
        overtype("捐款", "2万元")(root)
        overtype("捐衣物", "300件")(root)
        overtype("捐衣物", "301件", use=2)(root)
        paragraph = inside(root, "单位")[0].getparent()
        paragraph.getparent().remove(paragraph)

    found = opened(edited(written(BODY), edit))
    _, problems = choose(AgreementReport(found, judge_all(found, LATER)), asked)

    assert code in {problem.code for problem in problems}
    if code == "CHOICE_AMBIGUOUS":
        choices = re.findall(r"(捐衣物@(\d+))（第(\d+)段", problems[0].remedy)
        again = [
            choose(AgreementReport(found, judge_all(found, LATER)), ChoiceRequest(restore=[one]))
            for one, _, _ in choices
        ]

        assert [bookmark_name("捐衣物", use) for use in (1, 2)] == [
            *(name for one, _ in again for name in one.restored)
        ]
        assert all(at == paragraph for _, at, paragraph in choices)


def test_one_number_written_alike_in_two_places_is_meant_at_once():
    """The leader's number was typed into both: one answer settles both."""

    def edit(root):
        overtype("捐衣物", "300件")(root)
        overtype("捐衣物", "300件", use=2)(root)

    document, _ = refreshed(
        edited(written(BODY), edit), asked=ChoiceRequest(adopt=["捐衣物"], reason="按领导意见")
    )

    assert {"捐衣物": Agreement.ADOPTED} == states(document)


def test_copied_sentence_is_listed():
    """A sentence pasted elsewhere has no bookmarks and does not move: each number in it is said."""

    def copy(root):
        paragraph = mark(root, "党员数").getparent()
        paragraph.getparent().insert(4, unmarked(paragraph))

    found = opened(edited(written(BODY), copy))
    told = AgreementReport(found, judge_all(found, LATER))
    said = [
        one for judged in told.judged if judged.agreement is Agreement.STALE for one in told.copies(judged)
    ]

    assert [("党员数", "39名"), ("捐衣物", "248件"), ("捐款", "1.6万元")] == [
        (name, finding.value) for name, finding in zip(("党员数", "捐衣物", "捐款"), said, strict=True)
    ]
    assert all("第8段" in finding.message for finding in said)


def test_name_is_shown_where_it_is_enough():
    """A bookmark's name is for nobody's eyes: the figure's does where all places say the same."""

    def edit(root):
        overtype("捐衣物", "300件")(root)
        overtype("捐衣物", "300件", use=2)(root)

    found = opened(edited(written(BODY), edit))
    told = AgreementReport(found, judge_all(found, LATER))
    changed = [one for one in told.judged if one.agreement is Agreement.OVERTYPED]

    assert ["捐衣物", "捐衣物"] == [told.key(one) for one in changed]


def test_figure_is_called_by_what_is_written_where_its_name_does_not_tell():
    """Two of a list in one paragraph, each written otherwise: 河西社区 and 河南社区 tell them apart."""
    body = p("{% for 事 in 帮办 %}到{{ 事.社区 }}，{% endfor %}都去过。")

    def edit(root):
        overtype("社区", "河西社区")(root)
        overtype("社区", "河南社区", use=2)(root)

    found = opened(edited(written(body), edit))
    told = AgreementReport(found, judge_all(found, LATER))
    choices, problems = choose(told, ChoiceRequest(adopt=["河南社区"], reason="按领导意见"))

    assert {"河西社区", "河南社区"} == {told.key(one) for one in told.judged}
    assert ((), {bookmark_name("社区", 2)}) == (problems, choices.adopted)


def test_number_typed_by_hand_is_pointed_at():
    """What a person typed is no figure: once per paragraph, with what the data say; parts of other numbers are not meant."""

    words = ("共248件衣物，248件", "2480件、1248件、1,248件、近1.248件", "248 件和248册", "捐款1.6万元")
    found = opened(written(BODY + "".join(map(p, words))))
    said = list(typed_again(found, judge_all(found, LATER)))

    assert [("TYPED_AGAIN", "248件"), ("TYPED_AGAIN", "1.6万元")] == [(one.code, one.value) for one in said]
    assert re.fullmatch("第[0-9]+段自己打的“248件”没有跟着改，表里“捐衣物”是256件。", said[0].message)


def test_row_that_is_gone_is_missing():
    """The data give nothing for it any more: it stays as it stands and is said."""
    figures = {
        **LATER,
        "帮办": replace(STANDARD["帮办"], members=(row("河北", 6, 社区="河北社区", 到场天数=1),)),
    }
    document, moved = refreshed(written(BODY), figures)

    assert "到场天数" not in ids(moved)
    assert {"社区": Agreement.MISSING, "到场天数": Agreement.MISSING} == states(document, figures)


def test_sorted_rows_move_by_their_own_key():
    """Rows of a table change places: each number follows its row."""
    body = table(
        ["社区", "天数"],
        ["{%tr for 事 in 帮办 %}", ""],
        ["{{ 事.社区 }}", "{{ 事.到场天数 }}"],
        ["{%tr endfor %}", ""],
    )
    figures = {
        **STANDARD,
        "帮办": replace(
            STANDARD["帮办"],
            members=(
                row("西山", 5, 社区="西山社区", 到场天数=7),
                row("河北", 6, 社区="河北社区", 到场天数=8),
            ),
        ),
    }

    def sort(root):
        rows = list(root.iter(w("tr")))
        rows[1].addprevious(rows[2])

    document, _ = refreshed(edited(written(body), sort), figures)

    assert ["社区", "天数", "河北社区", "8", "西山社区", "7"] == lines(document)


def test_rewritten_cell_text_moves_with_the_figures_in_it():
    """The clerk worded the 按语 anew: its words move around the figures, which stay bound."""
    later = {
        **LATER,
        "按语": figure("按语", "今年捐衣物{{捐衣物}}，一共{{捐款|数}}元整。", row=13, has_tags=True),
    }
    document, moved = refreshed(written(BODY), later)

    assert "按语：今年捐衣物256件，一共9800元整。" == lines(document)[2]
    assert ["捐衣物", "捐款"] == [one.bound.id for one in _inside(document, "按语")]
    assert {} == states(document, later)
    assert "按语" in ids(moved)


def test_cell_text_with_other_figures_is_bound_anew():
    """Other figures are named in it: they are known in the document, those gone are not."""
    later = {
        **LATER,
        "按语": figure("按语", "党员{{党员数}}捐{{捐衣物}}，{{捐衣物|数}}。", row=13, has_tags=True),
    }
    document, _ = refreshed(edited(written(BODY), lose_mark("捐款")), later)
    again, _ = refreshed(document, STANDARD | {"按语": later["按语"]})

    assert "按语：党员41名捐256件，256。" == lines(document)[2]
    assert ["党员数", "捐衣物", "捐衣物"] == [one.bound.id for one in _inside(document, "按语")]
    assert "按语：党员39名捐248件，248。" == lines(again)[2]
    assert [] == structure_problems(document)


@pytest.mark.parametrize("is_tracked", [False, True])
@pytest.mark.parametrize(("tags", "use"), [("{{ 捐款 }}{{ 按语 }}", 1), ("{{ 按语 }}{{ 捐款 }}", 2)])
def test_number_emptied_beside_a_rewritten_text_keeps_its_bookmark(tags, use, is_tracked):
    """Beside the text is not in it, and what a person took out there stays known as taken out."""
    first = STANDARD | {"按语": figure("按语", "{{捐款}}捐了。", row=13, has_tags=True)}
    later = LATER | {"按语": figure("按语", "党员{{党员数}}。", row=13, has_tags=True)}
    emptied = edited(written(p(tags), first), overtype("捐款", "", use))
    document, _ = refreshed(emptied, later, is_tracked=is_tracked)

    assert ["党员41名。"] == lines(document)
    assert Agreement.REMOVED is states(document, later)["捐款"]


@pytest.mark.parametrize(
    ("line", "left"),
    [("约{{ 捐款 }}{{ 党员数 }}", "约41名"), ("{{ 党员数|数 }}{{ 捐款 }}余", "41余")],
)
def test_hedge_of_an_emptied_number_is_not_its_neighbour_s(line, left):
    """The template wrote the hedge of the number that was taken out: nobody reworded the one that is left."""
    document, moved = refreshed(edited(written(p(line)), overtype("捐款", "")))

    assert [left] == lines(document)
    assert ["党员数"] == ids(moved)


def _inside(document: bytes, figure_id: str):
    return next(one for one in opened(document).figures if one.bound.id == figure_id).inside


def test_number_overtyped_in_a_cell_s_text_stays_while_its_words_move():
    """What a person typed inside the 按语 is kept in the new 按语."""
    later = {
        **LATER,
        "按语": figure("按语", "今年捐衣物{{捐衣物}}，一共{{捐款|数}}元整。", row=13, has_tags=True),
    }
    document, _ = refreshed(edited(written(BODY), overtype("捐衣物", "近300件", use=2)), later)

    assert "按语：今年捐衣物近300件，一共9800元整。" == lines(document)[2]
    assert {"捐衣物": Agreement.OVERTYPED} == states(document, later)


@pytest.mark.parametrize(
    ("settle", "is_new"), [(accept, True), (reject, False)], ids=["accepted", "rejected"]
)
def test_tracked_moves_can_be_settled_either_way(settle, is_new):
    """Accepted, every figure is the new one and bound; rejected, the old text is back and verify calls it stale."""
    original = written(BODY)
    document, moved = refreshed(original, is_tracked=True)
    settled = edited(document, settle)
    plain_document, _ = refreshed(original)

    assert lines(plain_document if is_new else original) == lines(settled)
    assert {} == states(document)
    expected = {} if is_new else dict.fromkeys(ids(moved), Agreement.STALE)
    assert expected == states(settled)
    assert lines(plain_document) == lines(refreshed(settled)[0])
    assert 'w:author="王" w:date="2026-11-22T00:00:00Z"' in part(document)
    assert [] == structure_problems(document)


def test_tracked_twice_before_anybody_looked():
    """The second move takes the place of the first; rejecting goes back to what was there before both."""
    original = written(BODY)
    document, _ = refreshed(original, is_tracked=True)
    third = {**LATER, "党员数": figure("党员数", 55, "名", row=9)}
    again, moved = refreshed(document, third, is_tracked=True)

    assert ["党员数"] == ids(moved)
    assert "在职党员55名" in lines(edited(again, accept))[0]
    assert lines(original) == lines(edited(again, reject))
    assert Agreement.STALE is states(edited(again, reject), third)["党员数"]


def test_same_data_change_nothing():
    """Nothing moves and no part of the text changes, whatever a person did."""
    theirs = edited(edited(written(BODY), overtype("捐款", "2万元")), lose_mark("党员数", "约39名"))
    document, moved = refreshed(theirs, STANDARD)

    assert () == moved
    assert lines(theirs) == lines(document)


def test_last_issue_s_adopted_numbers_hold_no_more():
    """With the next period's data what was adopted for the last one is said again."""
    asked = ChoiceRequest(adopt=["捐款"], reason="按领导意见")
    adopted, _ = refreshed(edited(written(BODY), overtype("捐款", "2万元")), STANDARD, asked=asked)
    document, _ = refreshed(adopted, is_next=True)

    assert {"捐款": Agreement.OVERTYPED} == states(document)


def test_what_was_taken_out_on_purpose_stays_out_next_time():
    """The leader did not want the meeting; the next issue does not ask again."""

    def drop(root):
        paragraph = inside(root, "单位")[0].getparent()
        paragraph.getparent().remove(paragraph)

    asked = ChoiceRequest(adopt=["单位", "会议日期"], reason="不写会议")
    last, _ = refreshed(edited(written(BODY), drop), STANDARD, asked=asked)
    document, _ = refreshed(last, is_next=True)

    assert {"会议日期": Agreement.ADOPTED, "单位": Agreement.ADOPTED} == states(document)


def test_adopted_words_hold_while_the_figures_in_them_move():
    """The 按语 reworded by a leader stays adopted; its numbers are ours and move."""

    def reword(root):
        inside(root, "按语")[0].find(w("t")).text = "干部群众捐衣物"

    adopted, _ = refreshed(
        edited(written(BODY), reword), STANDARD, asked=ChoiceRequest(adopt=["按语"], reason="按领导意见")
    )
    document, moved = refreshed(adopted)
    restored, _ = refreshed(document, asked=ChoiceRequest(restore=["按语"]))

    assert ["党员数", "捐衣物", "捐款", "捐衣物", "捐款", "到场天数"] == ids(moved)
    assert "按语：干部群众捐衣物256件，合9800元。" == lines(document)[2]
    assert {"按语": Agreement.ADOPTED} == states(document)
    assert "按语：捐衣物256件，合9800元。" == lines(restored)[2]
    assert {} == states(restored)


def test_words_that_stood_against_a_number_are_not_taken_away():
    """以上 is the template's own: restoring the number leaves it."""
    document = written(p("共捐款{{ 捐款 }}以上，约{{ 捐衣物 }}。"))
    typed = edited(edited(document, overtype("捐款", "2万元")), overtype("捐衣物", "300件"))
    restored, _ = refreshed(typed, asked=ChoiceRequest(restore=["捐款", "捐衣物"]))

    assert ["共捐款9800元以上，约256件。"] == lines(restored)


def test_hedge_in_a_cell_of_its_own_is_seen():
    """A number alone in a cell has no words around it; 约 typed before it counts all the same."""
    document = edited(written(table(["{{ 捐款 }}"])), type_before("捐款", "约"))

    assert {"捐款": Agreement.REWORDED} == states(document)


def test_personal_value_is_not_put_into_the_record():
    """The clerk names a giver in the 按语: no record may keep that, so it is said and left."""
    later = {**LATER, "按语": figure("按语", "{{捐赠人}}捐{{捐衣物}}。", row=13, has_tags=True)}
    document, _ = refreshed(written(BODY), later)

    assert Agreement.MISSING is states(document, later)["按语"]
    assert "示例甲" not in read_record(document).to_json()


def test_choices_are_values():
    """Nothing is decided by default."""
    assert Choices() == Choices(adopted=frozenset(), restored=frozenset())


def test_text_box_copy_for_old_programs_follows():
    """What old programs show of a text box says the same as what new ones show."""
    box = (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>{0}</w:txbxContent></mc:Choice>'
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    ).format(p("党员{{ 党员数 }}"))
    document, _ = refreshed(written(box))

    assert 2 == part(document).count(">党员<")
    assert "39" not in part(document)
