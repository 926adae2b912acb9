"""Whether the numbers of a sentence bear out what its words claim: one small function per kind of claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from officeflow.document.bound.claims import Claim, Quantity, Sentence, in_unit_of, terms
from officeflow.document.bound.meant import Pair, equals, like, near, older_newer, subjects
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
    change = near(claim, sentence, lambda one: one.kind in ("change", "difference"))
    if change is not None:
        return _by_change(claim, change)
    pair = older_newer(claim, sentence)
    if pair is not None:
        return _by_pair(claim, pair)
    verdicts = [found for one in subjects(claim, sentence) if (found := _by_last(claim, one))]
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


def _by_pair(claim: Claim, pair: Pair) -> Verdict | None:
    was, now = _values(pair)
    if now is None:
        return None
    held = None if was is None or pair.is_said else _goes(claim, *was)
    return Verdict(held, _goes(claim, *now), _moved(*now, pair.newer.unit))


def _values(pair: Pair) -> tuple[tuple[Decimal, Decimal] | None, tuple[Decimal, Decimal] | None]:
    """Return both numbers in the unit of the newer one, as they were and as they are."""
    older, newer = pair.older, pair.newer
    return _both(older.was, newer.was, older, newer), _both(older.now, newer.now, older, newer)


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
        held = None
        if was is not None and before is not None and claim.base != "last":
            held = _goes(claim, before, was)
        return Verdict(held, _goes(claim, last, now), _moved(last, now, subject.unit))
    if claim.is_denied or was is None or was == now or (claim.value and _goes(claim, was, now)):
        return None
    said = terms().said["moved"].format(before=_printed(was, subject.unit), now=_printed(now, subject.unit))
    return Verdict(None, holds=False, said=said, is_sure=False)


def _times(claim: Claim, sentence: Sentence) -> Verdict | None:
    change = near(claim, sentence, lambda one: one.kind == "change" and one.unit == _PERCENT)
    if change is not None and change.now is not None:
        least = (claim.value - 1) * _HUNDRED
        return Verdict(None, change.now >= least, _change_said(change, change.now))
    pair = older_newer(claim, sentence)
    if pair is not None:
        was, now = _values(pair)
        held = None if was is None or pair.is_said else was[1] >= claim.value * was[0]
        return None if now is None or not now[0] else _times_verdict(claim, held, *now)
    for one in subjects(claim, sentence):
        if one.last and one.now is not None and claim.base != "other":
            before, earlier = one.last_was, one.was
            held = None
            if before is not None and earlier is not None and claim.base != "last":
                held = earlier >= claim.value * before
            return _times_verdict(claim, held, one.last, one.now)
    return None


def _times_verdict(claim: Claim, held: bool | None, before: Decimal, now: Decimal) -> Verdict:
    times = plain(EXACT.divide(now, before).quantize(Decimal("0.1")))
    said = terms().said["times"].format(times=times, before=plain(before), now=plain(now))
    return Verdict(held, now >= claim.value * before, said)


def _extreme(claim: Claim, sentence: Sentence) -> Verdict | None:
    said = terms().said
    rank = near(claim, sentence, lambda one: one.kind == "rank")
    if rank is not None and rank.now is not None:
        held = None if rank.was is None else rank.was == 1
        return Verdict(held, rank.now == 1, said["place"].format(now=plain(rank.now)))
    for one in subjects(claim, sentence):
        if one.place is not None and claim.value > 0:
            return Verdict(None, one.place == 1, said["place"].format(now=plain(one.place)))
        others = list(like(one, sentence))
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
    percent = near(claim, sentence, lambda one: one.unit == _PERCENT and one.kind == "plain")
    if percent is not None and percent.now is not None:
        return _share_verdict(claim, percent.was, percent.now)
    for one in subjects(claim, sentence):
        if one.share is not None:
            return _share_verdict(claim, None, one.share)
        whole = max(like(one, sentence), key=lambda other: other[0], default=None)
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
    percent = near(claim, sentence, lambda one: one.unit == _PERCENT and one.kind == "plain")
    if percent is not None and percent.now is not None:
        held = None if percent.was is None else percent.was == _HUNDRED
        said = terms().said["share"].format(share=plain(percent.now) + _PERCENT)
        return Verdict(held, percent.now == _HUNDRED, said)
    for one in subjects(claim, sentence):
        for was, now in equals(one, sentence):
            if one.now is not None and was == one.was:
                said = terms().said["pair"]
                told = said.format(now=_printed(one.now, one.unit), other=_printed(now, one.unit))
                return Verdict(held=True, holds=one.now == now, said=told)
    return None


_JUDGES: Mapping[str, Callable[[Claim, Sentence], Verdict | None]] = {
    "direction": _direction,
    "times": _times,
    "extreme": _extreme,
    "share": _share,
    "equal": _equal,
}
