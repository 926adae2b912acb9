"""Which numbers of a sentence a claim is about: 由A增加到B, 比上月的A增加, 均, the nearest before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from officeflow.document.bound.claims import Claim, Quantity, Sentence, in_unit_of, terms


def equals(own: Quantity, sentence: Sentence) -> Iterator[tuple[Decimal | None, Decimal]]:
    """Yield what a number may have been equal to: its partner in the kit's checks first; unknown before counts as equal."""
    was, now = own.tied or (None, None)
    if now is not None:
        yield own.was if was is None else was, now
    yield from like(own, sentence)


def like(own: Quantity, sentence: Sentence) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the other plain numbers of the sentence in the unit of this one, as they were and as they are."""
    for other in sentence.quantities:
        if other is own or other.kind != "plain" or other.was is None or other.now is None:
            continue
        was, now = in_unit_of(other.was, other, own), in_unit_of(other.now, other, own)
        if was is not None and now is not None:
            yield was, now


def near(claim: Claim, sentence: Sentence, fits: Callable[[Quantity], bool]) -> Quantity | None:
    """Return the fitting number of the claim's clause that is nearest behind its word, else nearest before."""
    begin, end = sentence.clause(claim.start)
    own = [one for one in sentence.quantities if begin <= one.start and one.end <= end and fits(one)]
    behind = [one for one in own if one.start >= claim.end]
    return behind[0] if behind else own[-1] if own else None


class Pair(NamedTuple):
    """Two numbers that a sentence compares; `is_said`: its words leave no doubt that it does."""

    older: Quantity
    newer: Quantity
    is_said: bool = True


def older_newer(claim: Claim, sentence: Sentence) -> Pair | None:
    """Return the two numbers that a sentence itself compares: 由A增加到B, 比上月的A增加."""
    begin, end = sentence.clause(claim.start)
    text, known = sentence.text, terms()
    own = [one for one in sentence.quantities if one.kind == "plain" and one.unit != ""]
    before = [one for one in own if begin <= one.start and one.end <= claim.start]
    behind = [one for one in own if claim.end <= one.start and one.end <= end]
    if before and behind and _is_newer(text[claim.end : behind[0].start], text[claim.start : claim.end]):
        return Pair(
            before[-1], behind[0], known.around_at("older", text[begin : before[-1].start]) is not None
        )
    for index, older in enumerate(before[:-1]):
        newer = before[index + 1]
        between = text[older.end : newer.start]
        if known.around_at("older", text[begin : older.start]) and known.around_at("newer", between):
            return Pair(older, newer)
    for older in before[-1:]:
        compared = known.around_at("compared", text[begin : older.start])
        newer_ones = [one for one in own if compared and one.end <= begin + compared.start()]
        same = [
            one for one in newer_ones if one.now is not None and in_unit_of(one.now, one, older) is not None
        ]
        if compared and same:
            return Pair(older, same[-1])
    return None


def _is_newer(between: str, word: str) -> bool:
    newer = terms().around["newer"]
    return bool(re.search(f"(?:{newer})$", between or word))


def subjects(claim: Claim, sentence: Sentence) -> list[Quantity]:
    """Return the numbers that a claim is about: the nearest before it, all of its clause after 均, or the next one after it."""
    begin, _ = sentence.clause(claim.start)
    text, known = sentence.text, terms()
    own = [one for one in sentence.quantities if one.kind == "plain"]
    before = [one for one in own if one.end <= claim.start]
    behind = [one for one in own if one.start >= claim.end]
    head = text[begin : claim.begin]
    if behind and not any(one.start >= begin for one in before):
        first = behind[0]
        begins, _ = sentence.clause(first.start)
        reached = known.around_at("reached", text[begins : first.start])
        names_another = bool(head.strip()) and not _is_filler(head)
        is_next = begins <= sentence.clause(claim.start)[1] + 1
        if not before or (is_next and reached and reached.start() == 0 and names_another):
            return [first]
    if before and known.around_at("together", text[before[-1].end : claim.start]):
        clause = sentence.clause(before[-1].start)
        return [one for one in before if one.start >= clause[0]]
    return before[-1:]


def _is_filler(head: str) -> bool:
    return re.fullmatch(f"(?:{terms().around['fillers']})*", head.strip()) is not None
