"""Laws of refresh: what we wrote moves whole, and only when the data move."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from officeflow.document.bound.agreement import Agreement, judge_all
from officeflow.document.bound.refreshing import Refreshing
from officeflow.document.render.composing import compose
from officeflow.document.wml.tracking import Tracker
from officeflow.document.wml.wordml import legible
from tests.support.bound import opened
from tests.support.docx import docx, p, table, texts
from tests.support.figures import ORIGIN, by_id, figure
from tests.support.structure import structure_problems
from tests.support.word_edits import accept, edited, overtype, reject

NOTE = ("共捐{0}，", "人均{1}。", "另有{0}和{2}", "")
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
counts = st.integers(0, 10**7)
typed = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12).filter(
    lambda text: "{" not in text and "｛" not in text and legible(text).strip()
)
tags = st.sampled_from(
    [
        "{{ 捐款 }}",
        "{{ 捐款|数 }}",
        "{{ 党员数|余 }}",
        "{{ 党员数|汉字 }}",
        "{{ 单位 }}",
        "{{ 名单 }}",
        "{{ 名单[0] }}",
        "{{ 会期|月日 }}",
        "{{ (捐款 + 1)|数 }}",
        "{{ 按语 }}",
    ]
)
literal = st.text(st.sampled_from("共捐款，安排党员近约约。；、的是在于第期"), max_size=8)
lines = st.lists(st.lists(st.one_of(literal, tags), max_size=5).map("".join), min_size=1, max_size=4)


@st.composite
def data(draw: st.DrawFn):
    """Figures of one period: numbers, texts, a list, a day, and a text that names others."""
    notes = draw(st.lists(st.sampled_from(NOTE), min_size=1, max_size=3))
    note = "".join(notes).format("{{捐款}}", "{{党员数|数}}", "{{单位}}") or "无"
    return by_id(
        (
            figure("捐款", draw(amounts), "元"),
            figure("党员数", draw(counts), "名"),
            figure("单位", draw(typed)),
            figure("名单", tuple(draw(st.lists(typed, min_size=1, max_size=3)))),
            figure("会期", draw(st.dates(date(2014, 1, 1), date(2026, 12, 31)))),
            figure("按语", note, has_tags=True),
        )
    )


def written(template: list[str], figures) -> bytes | None:
    body = "".join(map(p, template)) + table([template[0], template[-1]])
    value = compose(docx(body), figures, origins=(ORIGIN,)).value
    return None if value is None else value.document


def refreshed(document: bytes, figures, *, is_tracked: bool = False) -> tuple[bytes, list[str]]:
    found = opened(document)
    tracker = Tracker(text.root for text in found.texts) if is_tracked else None
    moved = Refreshing(found, judge_all(found, figures), ORIGIN, tracker=tracker).run()
    return found.written(found.record), [one.judged.stretch.name for one in moved]


def disagreeing(document: bytes, figures) -> list[tuple[str, Agreement, str | None]]:
    judged = judge_all(opened(document), figures)
    return [
        (one.stretch.bound.id, one.agreement, one.stretch.text)
        for one in judged
        if one.agreement is not Agreement.SAME
    ]


@given(lines, data())
@settings(max_examples=50)
def test_same_data_change_nothing(template, figures):
    """Nothing moves, the text stays, and every figure agrees."""
    document = written(template, figures)
    if document is None:
        return
    again, moved = refreshed(document, figures)

    assert [] == disagreeing(document, figures)
    assert [] == moved
    assert texts(document) == texts(again)


@given(lines, data(), data())
@settings(max_examples=80)
def test_refreshed_text_is_that_of_a_new_report(template, figures, later):
    """From one period's data to another's: the same words as if written from the second, every figure bound."""
    document, new = written(template, figures), written(template, later)
    if document is None or new is None:
        return
    moved, _ = refreshed(document, later)

    assert texts(new) == texts(moved)
    assert [] == disagreeing(moved, later)
    assert [] == structure_problems(moved)
    assert texts(document) == texts(refreshed(moved, figures)[0])


@given(lines, data(), data())
@settings(max_examples=40)
def test_tracked_text_is_both(template, figures, later):
    """Accepted it is the new report, rejected the old one."""
    document, new = written(template, figures), written(template, later)
    if document is None or new is None:
        return
    moved, _ = refreshed(document, later, is_tracked=True)

    assert texts(new) == texts(edited(moved, accept))
    assert texts(document) == texts(edited(moved, reject))
    assert [] == disagreeing(moved, later)


@given(lines, data(), data(), st.data(), st.sampled_from(["近5万元", "若干", "", "一2"]))
@settings(max_examples=50)
def test_what_a_person_typed_stays(template, figures, later, choice, words):
    """One figure typed over: it stands as it was typed, and exactly the others move."""
    document = written(template, figures)
    if document is None or written(template, later) is None:
        return
    found = opened(document)
    held = {inner.name for one in found.figures for inner in one.inside}
    own = [one for one in found.figures if not one.inside and one.name not in held and one.text != words]
    if not own:
        return
    one = choice.draw(st.sampled_from(own))
    typed_over = edited(document, overtype(one.bound.id, words, int(one.name.rpartition("_")[2])))
    after, moved = refreshed(typed_over, later)
    stands = next(each for each in opened(after).figures if each.name == one.name)

    assert [name for name in refreshed(document, later)[1] if name != one.name] == moved
    assert words == (stands.text or "")
