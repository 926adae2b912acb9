"""What came back is bound again: figures found by what they say and the words around them, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from officeflow.document.compare.rebinding import Rebound, rebind
from officeflow.document.provenance.record import is_untouched, read_record
from officeflow.document.provenance.standing import Standing
from officeflow.document.render.composing import compose
from tests.support.bound import opened
from tests.support.docx import docx, p, part, table, texts
from tests.support.figures import ORIGIN, STANDARD
from tests.support.structure import structure_problems
from tests.support.word_edits import edited, lose_mark, overtype, parts_of

BODY = (
    p("在职党员进社区")
    + p("安排进社区在职党员{{ 党员数 }}，捐衣物{{ 捐衣物 }}，共捐款{{ 捐款 }}，帮困难家庭渡过难关。")
    + p("会议{{ 会议日期|月日 }}在{{ 单位 }}召开，听取各社区的意见和建议。")
    + p("按语：{{ 按语 }}")
    + table(["社区", "天数"], ["{{ 帮办['西山']['社区'] }}", "{{ 帮办['西山']['到场天数'] }}"])
    + p("年底以前，再次走访困难家庭，看看捐的衣物合不合身。")
)
FIGURES = ("党员数", "捐衣物", "捐款", "会议日期", "单位", "按语", "捐衣物", "捐款", "社区", "到场天数")
STORY = "安排进社区在职党员39名，捐衣物248件，共捐款1.6万元，帮困难家庭渡过难关。"
Lines = list[str]


@pytest.fixture(scope="module")
def ours() -> bytes:
    value = compose(docx(BODY), STANDARD, origins=(ORIGIN,)).value
    assert value is not None
    return value.document


def came_back(ours: bytes, change: Callable[[Lines], Lines] = lambda lines: lines) -> bytes:
    """Pasted as plain text into a new document, every paragraph and cell a line, then changed."""
    return docx("".join(map(p, change(texts(ours)))))


def rebound(ours: bytes, returned: bytes, *, by_words: bool = False) -> Rebound:
    known = opened(ours)
    value = rebind(returned, known.record, None if by_words else known).value
    assert value is not None
    assert read_record(value.document) is not None
    return value


def put(old: str, new: str) -> Callable[[Lines], Lines]:
    """Type something else, wherever it stands."""
    return lambda lines: [line.replace(old, new) for line in lines]


CASES: dict[str, tuple[Callable[[Lines], Lines], list[tuple[str, str, str]], list[str]]] = {
    # what was done → numbers changed (name, ours, theirs), figures lost
    "pasted": (put("", ""), [], []),
    "overtyped": (
        put("捐衣物248件，共", "捐衣物256件，共"),
        [("捐衣物", "248件", "256件")],
        [],
    ),
    "hedged": (put("39名", "约39名"), [("党员数", "39名", "约39名")], []),
    "over": (put("39名", "40余名"), [("党员数", "39名", "40余名")], []),
    "spelt": (put("39名", "三十九名"), [("党员数", "39名", "三十九名")], []),
    "other scale": (put("1.6万元，帮", "16000元，帮"), [("捐款", "1.6万元", "16000元")], []),
    "other blanks": (put("捐衣物248件，共", "捐衣物 248 件 ，共"), [], []),
    "wide digits": (put("39名", "３９名"), [], []),
    "joined": (lambda lines: [lines[0], lines[1] + lines[2], *lines[3:]], [], []),
    "split": (lambda lines: [lines[0], *lines[1].split("捐衣物"), *lines[2:]], [], []),
    "moved": (lambda lines: [lines[0], lines[3], lines[2], lines[1], *lines[4:]], [], []),
    "moved and overtyped": (
        lambda lines: [lines[0], *lines[2:], lines[1].replace("248", "256")],
        [("捐衣物", "248件", "256件")],
        [],
    ),
    "table as tabs": (
        lambda lines: [*lines[:4], "\t".join(lines[4:6]), "\t".join(lines[6:8]), *lines[8:]],
        [],
        [],
    ),
    "reworded around": (
        put("捐衣物248件，共捐款", "募集衣服256件，还捐款"),
        [("捐衣物", "248件", "256件")],
        [],
    ),
    "clause taken out": (put("捐衣物248件，共", "共"), [], ["捐衣物"]),
    "paragraph taken out": (lambda lines: [*lines[:2], *lines[3:]], [], ["会议日期", "单位"]),
    "copied elsewhere and overtyped": (lambda lines: [*lines, STORY.replace("248", "256")], [], []),
    "copied behind and overtyped": (
        lambda lines: [*lines[:2], STORY.replace("248", "256"), *lines[2:]],
        [],
        [],
    ),
    "copied behind": (lambda lines: [*lines[:2], STORY, *lines[2:]], [], ["党员数", "捐衣物", "捐款"]),
}


@pytest.mark.parametrize("case", CASES)
def test_figures_are_found_again(case, ours):
    """Untouched figures are bound to what we wrote, changed ones as overtyped, the others are lost: no figure is elsewhere."""
    change, numbers, lost = CASES[case]
    value = rebound(ours, came_back(ours, change))
    again = opened(value.document)
    untouched = [one for one in again.figures if one.is_marked and one.standing is Standing.UNTOUCHED]

    assert numbers == [(one.name, one.ours, one.theirs) for one in value.numbers]
    assert lost == [one.name for one in value.lost]
    assert len(FIGURES) - len(lost) == value.count
    assert [one.bound.text for one in untouched] == [one.text for one in untouched]
    assert value.count - len(numbers) == len(untouched)
    assert structure_problems(value.document) == []


def test_equally_good_places_are_named(ours):
    """The same paragraph twice, one behind the other: neither is taken, both are shown with their paragraphs."""
    value = rebound(ours, came_back(ours, CASES["copied behind"][0]))

    assert {((2, STORY), (3, STORY))} == {one.places for one in value.lost}
    assert {STORY} == {one.sentence for one in value.lost}


def test_words_changed_are_listed_with_their_paragraph(ours):
    """Rewording, what was put in and what was taken out; paragraphs split, moved or retyped are no change of words."""
    value = rebound(
        ours,
        came_back(
            ours,
            lambda lines: [
                lines[0],
                *lines[2:7],
                *lines[7:],
                lines[1].replace("帮困难家庭渡过难关", "帮困难家庭解了急"),
                "另外加了一句话。",
            ],
        ),
    )

    assert [
        ("words", 9, "帮困难家庭渡过难关", "帮困难家庭解了急"),
        ("added", 10, "", "另外加了一句话"),
    ] == [(one.kind.value, one.place.paragraph, one.before, one.after) for one in value.words]


def test_a_number_of_nobody_is_listed_too(ours):
    """A number typed by hand in our version that came back as another: no figure, but a number changed."""
    typed = edited(ours, overtype("会议日期", "5月30日上午9时"))
    value = rebound(typed, came_back(typed, put("上午9时", "上午10时")))

    assert ["5月30日上午10时"] == [one.theirs for one in value.numbers]


def test_bookmarks_that_came_back_are_kept(ours):
    """Saved by a program that lost the record only: every bookmark is where it was, also around what was overtyped."""
    returned = edited(ours, overtype("捐衣物", "近三百件"))
    stripped = {name: content for name, content in parts_of(returned).items() if "customXml/item" not in name}
    assert len(stripped) < len(parts_of(returned))
    value = rebound(ours, _without_record(returned))

    assert [("捐衣物", "248件", "近三百件")] == [(one.name, one.ours, one.theirs) for one in value.numbers]
    assert () == value.lost


def _without_record(document: bytes) -> bytes:
    from officeflow.ooxml import write_package

    parts = parts_of(document)
    gone = {name for name in parts if name.startswith("customXml/") and b"urn:officeflow" in parts[name]}
    return write_package({name: content for name, content in parts.items() if name not in gone})


def test_a_bookmark_with_nothing_in_it_is_looked_for(ours):
    """Pasted over, the mark stayed behind empty: the figure is bound where its text stands now."""
    emptied = edited(ours, lose_mark("捐款"))
    value = rebound(ours, emptied)

    assert (len(FIGURES), ()) == (value.count, value.lost)


def test_looks_of_what_came_back_stay(ours):
    """Runs and their formatting are theirs; the words are as they were."""
    lines = texts(ours)
    returned = docx(p("¦".join(lines[1]), bold_from=12) + "".join(map(p, lines[2:])))
    value = rebound(ours, returned)

    assert texts(returned) == texts(value.document)
    assert part(returned).count("<w:b/>") == part(value.document).count("<w:b/>")


def test_a_rebound_document_is_never_taken_for_ours_alone(ours):
    """People wrote in it: a new report must not replace it."""
    assert is_untouched(rebound(ours, came_back(ours)).document) is not True


@pytest.mark.parametrize("case", ["pasted", "overtyped", "joined", "moved", "hedged"])
def test_with_a_sidecar_the_words_around_are_enough(case, ours):
    """Without our text, the words that the record keeps tell the places; a number alone in its cell has none."""
    change, numbers, _ = CASES[case]
    value = rebound(ours, came_back(ours, change), by_words=True)

    assert numbers == [(one.name, one.ours, one.theirs) for one in value.numbers]
    assert ["到场天数"] == [one.name for one in value.lost]
    assert () == value.words


def test_another_document_is_not_forced(ours):
    """Numbers that happen to be the same elsewhere are nobody's."""
    value = rebound(ours, docx(p("今年共安排6人到248个社区，花了39元。") + p("另有1.6万元没有用完。")))

    assert 0 == value.count
    assert len(FIGURES) == len(value.lost)


def test_an_adopted_number_comes_back_as_adopted(ours):
    """审定数 of our version: found by what stands there, still 审定."""
    decided = edited(ours, overtype("党员数", "近40名"))
    known = opened(decided)
    name = next(name for name, bound in known.record.figures.items() if bound.id == "党员数")
    adopted = replace(known.record.figures[name], adopted="近40名", reason="按副书记意见")
    record = replace(known.record, figures={**known.record.figures, name: adopted})
    decided = known.written(record)
    value = rebound(decided, came_back(decided))

    assert () == value.numbers
    assert (
        Standing.ADOPTED == next(one for one in opened(value.document).figures if one.name == name).standing
    )


def test_what_is_no_document_is_said(ours):
    """A picture under the name .docx: one finding."""
    outcome = rebind(b"\x89PNG....", opened(ours).record, name="照片.docx")

    assert outcome.value is None
    assert ["NOT_WORD"] == [finding.code for finding in outcome.findings]


def test_as_many_places_as_figures_are_taken_in_order():
    """The same sentence twice in ours and twice in what came back, with other text all around: first to first."""
    line = "当月共为社区困难家庭捐衣物{{ 捐衣物 }}。"
    body = p("一、走访的情况") + p(line) + p("二、慰问的情况") + p(line) + p("三、下一步打算")
    value = compose(docx(body), STANDARD, origins=(ORIGIN,)).value
    assert value is not None
    said = "当月共为社区困难家庭捐衣物248件。"
    returned = docx(p("甲") + p(said) + p("乙") + p(said) + p("丙"))
    again = opened(rebound(value.document, returned).document)

    assert [1, 3] == [one.start.paragraph for one in again.figures]


def test_a_sidecar_knows_a_text_with_figures_inside(ours):
    """By words alone: the longer stretch and the numbers inside it each have their bookmark."""
    again = opened(rebound(ours, came_back(ours), by_words=True).document)
    note = next(one for one in again.figures if one.bound.id == "按语")

    assert note.is_marked
    assert ["248件", "1.6万"] == [one.text for one in note.inside]
