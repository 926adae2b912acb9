"""Whether the numbers of a sentence bear out what its words claim: one small function per kind of claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from officeflow.document.claims import Claim, Quantity, Sentence, in_unit_of, terms
from officeflow.model.values import EXACT, plain
from officeflow.text.formats import print_value

_PERCENT = "%"
_HUNDRED = Decimal(100)


class Verdict(NamedTuple):
    """Whether a claim held for the numbers as they were (None: unknown) and holds now; what the numbers say now."""

    held: bool | None
    holds: bool
    said: str
    is_sure: bool = True
    """False: the base is unknown; the number only went the other way since the sentence was written."""


def judge(claim: Claim, sentence: Sentence) -> Verdict | None:
    """Return the verdict, or None when no number of the sentence can tell."""
    verdict = _JUDGES[claim.kind](claim, sentence)
    if verdict is None or not claim.is_denied:
        return verdict
    return verdict._replace(held=None if verdict.held is None else not verdict.held, holds=not verdict.holds)


def contradicted(claim: Claim, sentence: Sentence) -> Verdict | None:
    """Return the verdict on a claim that may have held when it was written and does not hold now, else None."""
    verdict = judge(claim, sentence)
    return verdict if verdict and not verdict.holds and verdict.held is not False else None


def _direction(claim: Claim, sentence: Sentence) -> Verdict | None:
    change = _near(claim, sentence, lambda one: one.kind in ("change", "difference"))
    if change is not None:
        return _by_change(claim, change)
    pair = _older_newer(claim, sentence)
    if pair is not None:
        return _by_pair(claim, *pair)
    verdicts = [found for one in _subjects(claim, sentence) if (found := _by_last(claim, one))]
    return next((one for one in verdicts if not one.holds), verdicts[0] if verdicts else None)


def _goes(claim: Claim, before: Decimal, now: Decimal) -> bool:
    """Whether a move from one number to another is the move that is claimed."""
    if claim.value == 0:
        return abs(now - before) <= claim.within * abs(before)
    return (now - before) * claim.value > 0


def _by_change(claim: Claim, change: Quantity) -> Verdict | None:
    if change.now is None:
        return None
    was, now = change.was, change.now
    if change.kind == "difference" and was is not None and was * claim.value < 0:
        now = -now  # taken the other way round: 下降{{ 上期 - 本期 }}
    if claim.value:
        holds = now * claim.value > 0
    else:
        holds = abs(now) <= (claim.within * _HUNDRED if change.unit == _PERCENT else 0)
    return Verdict(None, holds, _change_said(change, now))


def _change_said(change: Quantity, now: Decimal) -> str:
    said = terms().said
    if change.last is not None and change.level is not None and change.unit != _PERCENT:
        return _moved(change.last, change.level, change.unit)
    names = ("rise", "fall") if change.unit == _PERCENT else ("added", "lost")
    name = names[0] if now > 0 else names[1] if now < 0 else "level"
    return said[name].format(amount=_printed(abs(now), change.unit))


def _moved(before: Decimal, now: Decimal, unit: str) -> str:
    name = "more" if now > before else "less" if now < before else "same"
    amount = _printed(abs(EXACT.subtract(now, before)), unit)
    return terms().said[name].format(amount=amount, before=plain(before), now=plain(now))


def _printed(number: Decimal, unit: str) -> str:
    return print_value(number, unit=unit).text


def _by_pair(claim: Claim, older: Quantity, newer: Quantity) -> Verdict | None:
    now = _both(older.now, newer.now, older, newer)
    was = _both(older.was, newer.was, older, newer)
    if now is None:
        return None
    return Verdict(None if was is None else _goes(claim, *was), _goes(claim, *now), _moved(*now, newer.unit))


def _both(
    older: Decimal | None, newer: Decimal | None, own: Quantity, other: Quantity
) -> tuple[Decimal, Decimal] | None:
    """Return both values in the unit of the second."""
    if older is None or newer is None:
        return None
    same = in_unit_of(older, own, other)
    return None if same is None else (same, newer)


def _by_last(claim: Claim, subject: Quantity) -> Verdict | None:
    """Hold a number against its own value of the period before."""
    was, now, last = subject.was, subject.now, subject.last
    if now is None or claim.base == "other" or not (claim.base or subject.start >= claim.end):
        return None
    if last is not None:
        before = subject.last_was
        held = None if was is None or before is None else _goes(claim, before, was)
        return Verdict(held, _goes(claim, last, now), _moved(last, now, subject.unit))
    if claim.is_denied or was is None or was == now or (claim.value and _goes(claim, was, now)):
        return None
    said = terms().said["moved"].format(before=_printed(was, subject.unit), now=_printed(now, subject.unit))
    return Verdict(None, holds=False, said=said, is_sure=False)


def _times(claim: Claim, sentence: Sentence) -> Verdict | None:
    change = _near(claim, sentence, lambda one: one.kind == "change" and one.unit == _PERCENT)
    if change is not None and change.now is not None:
        least = (claim.value - 1) * _HUNDRED
        return Verdict(None, change.now >= least, _change_said(change, change.now))
    pair = _older_newer(claim, sentence)
    if pair is not None:
        now, was = (
            _both(*values, *pair) for values in ((pair[0].now, pair[1].now), (pair[0].was, pair[1].was))
        )
        held = None if was is None else was[1] >= claim.value * was[0]
        return None if now is None or not now[0] else _times_verdict(claim, held, *now)
    for one in _subjects(claim, sentence):
        if one.last and one.now is not None and claim.base != "other":
            before, was_ = one.last_was, one.was
            held = None if before is None or was_ is None else was_ >= claim.value * before
            return _times_verdict(claim, held, one.last, one.now)
    return None


def _times_verdict(claim: Claim, held: bool | None, before: Decimal, now: Decimal) -> Verdict:
    times = plain(EXACT.divide(now, before).quantize(Decimal("0.1")))
    said = terms().said["times"].format(times=times, before=plain(before), now=plain(now))
    return Verdict(held, now >= claim.value * before, said)


def _extreme(claim: Claim, sentence: Sentence) -> Verdict | None:
    said = terms().said
    rank = _near(claim, sentence, lambda one: one.kind == "rank")
    if rank is not None and rank.now is not None:
        held = None if rank.was is None else rank.was == 1
        return Verdict(held, rank.now == 1, said["place"].format(now=plain(rank.now)))
    for one in _subjects(claim, sentence):
        if one.place is not None and claim.value > 0:
            return Verdict(None, one.place == 1, said["place"].format(now=plain(one.place)))
        others = list(_like(one, sentence))
        if not others or one.now is None:
            continue
        first = max(others, key=lambda other: other[1] * claim.value)
        held = None if one.was is None else all((one.was - was) * claim.value >= 0 for was, _ in others)
        told = said["largest" if claim.value > 0 else "smallest"]
        other = _printed(first[1], one.unit)
        return Verdict(
            held,
            (one.now - first[1]) * claim.value >= 0,
            told.format(other=other, now=_printed(one.now, one.unit)),
        )
    return None


def _share(claim: Claim, sentence: Sentence) -> Verdict | None:
    percent = _near(claim, sentence, lambda one: one.unit == _PERCENT and one.kind == "plain")
    if percent is not None and percent.now is not None:
        return _share_verdict(claim, percent.was, percent.now)
    for one in _subjects(claim, sentence):
        if one.share is not None:
            return _share_verdict(claim, None, one.share)
        whole = max(_like(one, sentence), key=lambda other: other[0], default=None)
        if whole and one.now is not None and one.was is not None and whole[0] > one.was and whole[1]:
            return _share_verdict(claim, _part(one.was, whole[0]), _part(one.now, whole[1]))
    return None


def _part(part: Decimal, whole: Decimal) -> Decimal:
    return EXACT.divide(part, whole) * _HUNDRED


def _share_verdict(claim: Claim, was: Decimal | None, now: Decimal) -> Verdict:
    limit = claim.within * _HUNDRED
    share = plain(now.quantize(Decimal("0.1"))) + _PERCENT
    held = None if was is None else (was - limit) * claim.value > 0
    return Verdict(held, (now - limit) * claim.value > 0, terms().said["share"].format(share=share))


def _equal(claim: Claim, sentence: Sentence) -> Verdict | None:
    percent = _near(claim, sentence, lambda one: one.unit == _PERCENT and one.kind == "plain")
    if percent is not None and percent.now is not None:
        held = None if percent.was is None else percent.was == _HUNDRED
        said = terms().said["share"].format(share=plain(percent.now) + _PERCENT)
        return Verdict(held, percent.now == _HUNDRED, said)
    for one in _subjects(claim, sentence):
        for was, now in _equals(one, sentence):
            if one.now is not None and was == one.was:
                said = terms().said["pair"]
                told = said.format(now=_printed(one.now, one.unit), other=_printed(now, one.unit))
                return Verdict(held=True, holds=one.now == now, said=told)
    return None


def _equals(own: Quantity, sentence: Sentence) -> Iterator[tuple[Decimal | None, Decimal]]:
    """Yield what a number may have been equal to: its partner in the kit's checks first; unknown before counts as equal."""
    was, now = own.tied or (None, None)
    if now is not None:
        yield own.was if was is None else was, now
    yield from _like(own, sentence)


def _like(own: Quantity, sentence: Sentence) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the other plain numbers of the sentence in the unit of this one, as they were and as they are."""
    for other in sentence.quantities:
        if other is own or other.kind != "plain" or other.was is None or other.now is None:
            continue
        was, now = in_unit_of(other.was, other, own), in_unit_of(other.now, other, own)
        if was is not None and now is not None:
            yield was, now


def _near(claim: Claim, sentence: Sentence, fits: Callable[[Quantity], bool]) -> Quantity | None:
    """Return the fitting number of the claim's clause that is nearest behind its word, else nearest before."""
    begin, end = sentence.clause(claim.start)
    own = [one for one in sentence.quantities if begin <= one.start and one.end <= end and fits(one)]
    behind = [one for one in own if one.start >= claim.end]
    return behind[0] if behind else own[-1] if own else None


def _older_newer(claim: Claim, sentence: Sentence) -> tuple[Quantity, Quantity] | None:
    """Return the two numbers that a sentence itself compares: 由A增加到B, 比上月的A增加."""
    begin, end = sentence.clause(claim.start)
    text, known = sentence.text, terms()
    own = [one for one in sentence.quantities if one.kind == "plain" and one.unit != ""]
    before = [one for one in own if begin <= one.start and one.end <= claim.start]
    behind = [one for one in own if claim.end <= one.start and one.end <= end]
    if before and behind and _is_newer(text[claim.end : behind[0].start], text[claim.start : claim.end]):
        return before[-1], behind[0]
    for index, older in enumerate(before[:-1]):
        newer = before[index + 1]
        between = text[older.end : newer.start]
        if known.around_at("older", text[begin : older.start]) and known.around_at("newer", between):
            return older, newer
    for older in before[-1:]:
        compared = known.around_at("compared", text[begin : older.start])
        newer_ones = [one for one in own if compared and one.end <= begin + compared.start()]
        like = [
            one for one in newer_ones if one.now is not None and in_unit_of(one.now, one, older) is not None
        ]
        if compared and like:
            return older, like[-1]
    return None


def _is_newer(between: str, word: str) -> bool:
    newer = terms().around["newer"]
    return bool(re.search(f"(?:{newer})$", between or word))


def _subjects(claim: Claim, sentence: Sentence) -> list[Quantity]:
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


_JUDGES: Mapping[str, Callable[[Claim, Sentence], Verdict | None]] = {
    "direction": _direction,
    "times": _times,
    "extreme": _extreme,
    "share": _share,
    "equal": _equal,
}
