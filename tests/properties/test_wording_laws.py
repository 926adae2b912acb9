"""Words and numbers, whatever the numbers: a claim is listed exactly when it is not so."""

from __future__ import annotations

from decimal import Decimal
from operator import eq, gt, lt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officeflow.document.bound.claims import Quantity, Sentence, claims_in, contradicted

COUNTS = st.integers(0, 10**7).map(Decimal)
WORDS = [("增长", gt), ("下降", lt), ("持平", eq)]


def listed(text: str, *quantities: Quantity) -> bool:
    """Whether the one claim of a sentence is listed; each quantity stands where its unit's sign does in the text."""
    sentence = Sentence(text, quantities)
    (claim,) = claims_in(sentence)
    return contradicted(claim, sentence) is not None


def at(text: str, place: int, **values: object) -> Quantity:
    """The number at the `place`-th # of a text."""
    start = [index for index, sign in enumerate(text) if sign == "#"][place]
    return Quantity(start=start, end=start + 1, unit="件", **values)


@pytest.mark.parametrize(("word", "is_so"), WORDS)
@given(last=COUNTS, now=COUNTS)
def test_direction_is_listed_when_it_is_not_so(word, is_so, last, now):
    """A number held against its own last value; a denial turns it round."""
    for text, expected in (
        (f"共#，比上月{word}", not is_so(now, last)),
        (f"共#，比上月没有{word}", is_so(now, last)),
    ):
        assert expected == listed(text, at(text, 0, now=now, was=now, last=last))


@pytest.mark.parametrize(("word", "is_so"), WORDS[:2])
@given(older=COUNTS, newer=COUNTS)
def test_two_numbers_of_a_sentence_say_the_same_in_any_order_of_words(word, is_so, older, newer):
    """由A增长到B and B比A增长 are one claim."""
    for text, first, second in ((f"由#{word}到#", older, newer), (f"共#，比上月的#{word}", newer, older)):
        quantities = (at(text, 0, was=first, now=first), at(text, 1, was=second, now=second))

        assert listed(text, *quantities) == (not is_so(newer, older))


@given(whole=st.integers(1, 10**6), part=st.integers(0, 10**6))
def test_over_half_and_under_half_are_never_both_right(whole, part):
    """With a share known, at least one of the two is listed; at exactly half both are."""
    share = Decimal(min(part, whole)) / whole * 100
    over, under = (
        listed(text, at(text, 0, now=Decimal(part), was=Decimal(part), share=share))
        for text in ("共#，超过一半", "共#，不到一半")
    )

    assert (over, under) == (share <= 50, share >= 50)


@given(
    text=st.text(st.sampled_from("增长下降比上月持平第一过半全部翻番没有由到#，、。1件"), max_size=40),
    now=COUNTS,
    was=COUNTS,
)
def test_no_text_stops_it(text, now, was):
    """Any jumble of the words is judged or left alone."""
    sentence = Sentence(
        text, tuple(at(text, place, now=now, was=was, last=was) for place in range(text.count("#")))
    )
    for claim in claims_in(sentence):
        contradicted(claim, sentence)
