"""Laws of binding again what came back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from officeflow.document.bound.document import read_bound
from officeflow.document.compare.rebinding import rebind
from officeflow.document.provenance.standing import Standing
from officeflow.document.render.composing import compose
from tests.support.docx import docx, p, texts
from tests.support.figures import ORIGIN, STANDARD
from tests.support.structure import structure_problems

words = st.text(st.sampled_from("社区党员捐助衣物开展活动的了是，。"), max_size=12)
tags = st.sampled_from(
    ["{{ 捐款 }}", "{{ 捐衣物 }}", "{{ 党员数 }}", "{{ 会议日期|月日 }}", "{{ 单位 }}", "{{ 按语 }}"]
)
typed = st.sampled_from(["另有3件，", "还有248件，", "一是，"])
lines = st.lists(st.one_of(words, words, typed, tags), min_size=1, max_size=5).map("".join)


@given(st.lists(lines, min_size=1, max_size=6), st.data())
@settings(max_examples=120)
def test_no_figure_is_bound_to_other_words(body, data):
    """However paragraphs were moved, joined, left out and overtyped: each figure is bound once or lost, never to a part of another;
    what stands as untouched is what we wrote, and every bound figure that reads otherwise is listed."""
    ours = compose(docx("".join(map(p, body))), STANDARD, origins=(ORIGIN,)).value
    assert ours is not None
    known = read_bound(ours.document).value
    assert known is not None
    came = data.draw(st.permutations(texts(ours.document)))
    came = came[: data.draw(st.integers(1, len(came)))]
    if data.draw(st.booleans()):
        came = ["".join(came[:2]), *came[2:]]
    old, new = data.draw(st.sampled_from([("", ""), ("248", "256"), ("39名", "约39名"), ("1.6万", "2万")]))
    returned = docx("".join(p(line.replace(old, new) if old else line) for line in came))
    value = rebind(returned, known.record, known).value
    assert value is not None
    again = read_bound(value.document).value
    assert again is not None
    bound = [one for one in again.figures if one.is_marked]
    listed = {(one.id, one.theirs) for one in value.numbers}

    assert len(known.figures) == len(bound) + len(value.lost) == value.count + len(value.lost)
    assert [] == structure_problems(value.document)
    assert texts(returned) == texts(value.document)
    for one in bound:
        changed = one.text != one.bound.text and not one.inside
        assert (one.standing is Standing.UNTOUCHED) <= (one.text == one.bound.text or bool(one.inside))
        assert not changed or (one.bound.id, one.text) in listed


@given(st.lists(lines, min_size=1, max_size=6))
@settings(max_examples=60)
def test_plain_pasting_changes_nothing(body):
    """Pasted as it was: no number and no word was changed, and what is lost says the same in several places."""
    ours = compose(docx("".join(map(p, body))), STANDARD, origins=(ORIGIN,)).value
    assert ours is not None
    known = read_bound(ours.document).value
    assert known is not None
    value = rebind(docx("".join(map(p, texts(ours.document)))), known.record, known).value
    assert value is not None

    assert ((), ()) == (value.numbers, value.words)
    assert all(len(one.places) != 1 for one in value.lost)
