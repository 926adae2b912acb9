"""Laws of two documents held against each other."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from officeflow.document.compare.aligning import diff, tokens_of
from officeflow.document.compare.comparing import compare
from officeflow.document.compare.pairing import pair
from tests.support.docx import docx, p, table
from tests.support.structure import structure_problems
from tests.support.tracked import accepted, rejected

words = st.text(st.sampled_from("捐衣物书籍的了248件3.5万元，。 A<\t"), max_size=12)
runs = st.lists(words, max_size=3).map("¦".join)
cells = st.lists(words.map(p), min_size=2, max_size=2)
blocks = st.one_of(
    runs.map(p), runs.map(p), st.lists(cells, min_size=1, max_size=3).map(lambda rows: table(*rows))
)
bodies = st.lists(blocks, max_size=5).map(lambda own: "".join(own) + p(""))


def said(body: str) -> list[str]:
    """The paragraphs with words in them of a document without tracked changes."""
    return accepted(docx(body))


@given(bodies, bodies)
@settings(max_examples=150)
def test_accepting_gives_the_second_and_rejecting_the_first(ours, theirs):
    """花脸稿: accepted it says what the second document says, rejected what the first says; Word can open it."""
    compared = compare(docx(ours), docx(theirs)).value

    assert compared is not None
    assert said(theirs) == accepted(compared.document)
    assert said(ours) == rejected(compared.document)
    assert structure_problems(docx(theirs)) == structure_problems(compared.document)
    assert ("".join(said(ours)) == "".join(said(theirs))) >= (not compared.passages)


@given(words, words)
@settings(max_examples=200)
def test_changes_turn_one_text_into_the_other(ours, theirs):
    """Putting their stretches in the place of ours gives their text; no change begins or ends inside a numeral."""
    changes, text, at = diff(ours, theirs), "", 0
    for change in changes:
        text += ours[at : change.start] + theirs[change.their_start : change.their_end]
        at = change.end
    cuts = {offset for token in tokens_of(ours) for offset in range(token.start + 1, token.end)}

    assert theirs == text + ours[at:]
    assert cuts.isdisjoint(offset for change in changes for offset in (change.start, change.end))


@given(st.lists(words, max_size=8), st.lists(words, max_size=8))
def test_every_paragraph_has_its_place_once_and_in_order(ours, theirs):
    """Pairing loses no paragraph, doubles none and keeps the order."""
    pairs = pair(ours, theirs)

    assert list(range(len(ours))) == [i for i, _ in pairs if i is not None]
    assert list(range(len(theirs))) == [j for _, j in pairs if j is not None]


sentences = st.text(st.sampled_from("捐衣物书籍的了248件，。居民"), min_size=4, max_size=16)


@given(st.lists(sentences, min_size=2, max_size=5), st.data())
@settings(max_examples=150)
def test_paragraphs_split_and_joined_are_told_apart_again(lines, data):
    """One paragraph cut in two or two made one, with a word changed besides: both texts can be had."""
    theirs = list(lines)
    at = data.draw(st.integers(0, len(theirs) - 2))
    if data.draw(st.booleans()):
        theirs[at : at + 2] = ["".join(theirs[at : at + 2])]
    else:
        cut = data.draw(st.integers(1, len(theirs[at]) - 1))
        theirs[at : at + 1] = [theirs[at][:cut], theirs[at][cut:]]
    if data.draw(st.booleans()):
        theirs[at] = theirs[at].replace(data.draw(st.sampled_from(list(lines[at]))), data.draw(words), 1)
    split = ["¦".join((line[:2], line[2:])) for line in theirs]
    ours, second = "".join(map(p, lines)), "".join(map(p, split))
    compared = compare(docx(ours), docx(second)).value

    assert compared is not None
    assert said(second) == accepted(compared.document)
    assert said(ours) == rejected(compared.document)
    assert [] == structure_problems(compared.document)
