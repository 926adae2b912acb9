"""What the words of a sentence claim of its numbers: 增长, 持平, 第一, 超过一半, 全部, 翻番.

The words are data (wording.toml).  A claim is found in the text; `judging` says
whether the numbers bear it out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from officeflow.model.values import EXACT, plain
from officeflow.text.formats import print_value
from officeflow.text.units import factor, unit_or_own

_CLAUSE = re.compile("[^，,；;：:。！？\n]*")
_LONGEST_QUOTE = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of a sentence: where it stands, what it was when the sentence was written, what it is now.

    None is unknown, everywhere.
    """

    start: int
    end: int
    unit: str = ""
    was: Decimal | None = None
    now: Decimal | None = None
    kind: Literal["plain", "change", "difference", "rank"] = "plain"
    """`change` carries its sign: a fall is negative; which way a `difference` was taken is not known."""
    last: Decimal | None = None
    """The value of the period before, of a change that of the figure that changed."""
    last_was: Decimal | None = None
    """The same as it was when the sentence was written."""
    level: Decimal | None = None
    """Of a change: the value of the figure that changed."""
    place: Decimal | None = None
    """Which place the kit gives it now."""
    share: Decimal | None = None
    """How many per cent of its whole the kit says it is now."""
    tied: tuple[Decimal | None, Decimal | None] | None = None
    """What the kit's checks hold it equal to: as it was and as it is."""


class Sentence(NamedTuple):
    """A sentence with its numbers in order, and the stretches whose words are not the writer's."""

    text: str
    quantities: tuple[Quantity, ...] = ()
    quoted: tuple[tuple[int, int], ...] = ()

    def clause(self, offset: int) -> tuple[int, int]:
        """Return where the clause with this character begins and ends; “，” inside a number's text does not end it."""
        for found in _CLAUSE.finditer(self.text):
            if found.start() <= offset <= found.end():
                return found.span()
        return 0, len(self.text)


class Claim(NamedTuple):
    """One claim: where its words stand, what is claimed, whether it is denied, and what it compares with."""

    start: int
    end: int
    kind: str
    value: Decimal
    within: Decimal
    is_denied: bool
    base: Literal["", "some", "last", "other"]
    """`last`: the period before, in words; `other`: something that no figure here says; `some`: it does not say what."""
    begin: int
    """Where what is quoted of it begins: 比上月增长."""


class ClaimTerms(NamedTuple):
    """What wording.toml says."""

    claims: dict[str, tuple[str, Decimal, Decimal]]
    words: dict[str, str]
    word: re.Pattern[str]
    around: dict[str, str]
    said: dict[str, str]

    def around_at(self, name: str, text: str) -> re.Match[str] | None:
        """Return where one of the words named stands in a text."""
        return _compiled(self.around[name]).search(text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def terms() -> ClaimTerms:
    """Return the words, read once."""
    source = Path(__file__).with_name("wording.toml").read_text(encoding="utf-8")
    said = tomllib.loads(source, parse_float=Decimal)
    claims = {
        name: (one["kind"], Decimal(one["value"]), Decimal(one.get("within", 0)))
        for name, one in said["claims"].items()
    }
    words = sorted(said["words"], key=len, reverse=True)
    return ClaimTerms(claims, said["words"], re.compile("|".join(words)), said["around"], said["said"])


def claims_in(sentence: Sentence) -> Iterator[Claim]:
    """Yield the claims of a sentence; words of plans, of growth rates, and inside a printed text are none."""
    known = terms()
    after = _compiled(f"(?:{known.around['after']})")
    for found in known.word.finditer(sentence.text):
        if any(start < found.end() and found.start() < end for start, end in sentence.quoted):
            continue
        begin, end = sentence.clause(found.start())
        head, tail = sentence.text[begin : found.start()], sentence.text[found.end() : end]
        kind, value, within = known.claims[known.words[found[0]]]
        follows = kind != "extreme" and any(one.start == found.end() for one in sentence.quantities)
        if known.around_at("before", head) or (after.match(tail) and not follows):
            continue
        denied = re.search(f"(?:{known.around['negations']})(?:{known.around['softening']})*$", head)
        compared = _compared(sentence, begin, found.start())
        starts = [denied.start() + begin] if denied else []
        if compared is not None and compared >= begin:
            starts.append(compared)
        yield Claim(
            start=found.start(),
            end=found.end(),
            kind=kind,
            value=value,
            within=within,
            is_denied=denied is not None,
            base=_base(sentence.text[begin : found.start()], head),
            begin=min([found.start(), *starts]),
        )


def _compared(sentence: Sentence, begin: int, end: int) -> int | None:
    found = terms().around_at("compared", sentence.text[begin:end])
    return None if found is None else begin + found.start()


def _base(text: str, head: str) -> Literal["", "some", "last", "other"]:
    known = terms()
    if known.around_at("last_base", text):
        return "last"
    if known.around_at("other_base", text):
        return "other"
    return "some" if known.around_at("compared", head) else ""


def quote(claim: Claim, sentence: Sentence) -> str:
    """Return the words of a claim as a finding quotes them.

    >>> sentence = Sentence("捐衣物256件，比上月增长。")
    >>> [quote(claim, sentence) for claim in claims_in(sentence)]
    ['比上月增长']
    """
    words = sentence.text[claim.begin : claim.end]
    return words if len(words) <= _LONGEST_QUOTE else sentence.text[claim.start : claim.end]


def in_unit_of(value: Decimal, own: Quantity, other: Quantity) -> Decimal | None:
    """Return a value of `own` in the unit of `other`, None when they measure different things."""
    ratio = factor(unit_or_own(own.unit), unit_or_own(other.unit))
    return None if ratio is None else EXACT.multiply(value, ratio)


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


_PERCENT = "%"
_HUNDRED = Decimal(100)


class ClaimVerdict(NamedTuple):
    """Whether a claim held for the numbers as they were (None: unknown) and holds now; what the numbers say now."""

    held: bool | None
    holds: bool
    said: str
    is_sure: bool = True
    """False: the base is unknown; the number only went the other way since the sentence was written."""


def judge(claim: Claim, sentence: Sentence) -> ClaimVerdict | None:
    """Return the verdict, or None when no number of the sentence can tell."""
    verdict = _JUDGES[claim.kind](claim, sentence)
    if verdict is None or not claim.is_denied:
        return verdict
    return verdict._replace(held=None if verdict.held is None else not verdict.held, holds=not verdict.holds)


def contradicted(claim: Claim, sentence: Sentence) -> ClaimVerdict | None:
    """Return the verdict on a claim that may have held when it was written and does not hold now, else None."""
    verdict = judge(claim, sentence)
    return verdict if verdict and not verdict.holds and verdict.held is not False else None


def _direction(claim: Claim, sentence: Sentence) -> ClaimVerdict | None:
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


def _by_change(claim: Claim, change: Quantity) -> ClaimVerdict | None:
    if change.now is None:
        return None
    was, now = change.was, change.now
    if change.kind == "difference" and was is not None and was * claim.value < 0:
        now = -now  # taken the other way round: 下降{{ 上期 - 本期 }}
    if claim.value:
        holds = now * claim.value > 0
    else:
        holds = abs(now) <= (claim.within * _HUNDRED if change.unit == _PERCENT else 0)
    return ClaimVerdict(None, holds, _change_said(change, now))


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


def _by_pair(claim: Claim, pair: Pair) -> ClaimVerdict | None:
    was, now = _values(pair)
    if now is None:
        return None
    held = None if was is None or pair.is_said else _goes(claim, *was)
    return ClaimVerdict(held, _goes(claim, *now), _moved(*now, pair.newer.unit))


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


def _by_last(claim: Claim, subject: Quantity) -> ClaimVerdict | None:
    """Hold a number against its own value of the period before."""
    was, now, last = subject.was, subject.now, subject.last
    if now is None or claim.base == "other" or not (claim.base or subject.start >= claim.end):
        return None
    if last is not None:
        before = subject.last_was
        held = None
        if was is not None and before is not None and claim.base != "last":
            held = _goes(claim, before, was)
        return ClaimVerdict(held, _goes(claim, last, now), _moved(last, now, subject.unit))
    if claim.is_denied or was is None or was == now or (claim.value and _goes(claim, was, now)):
        return None
    said = terms().said["moved"].format(before=_printed(was, subject.unit), now=_printed(now, subject.unit))
    return ClaimVerdict(None, holds=False, said=said, is_sure=False)


def _times(claim: Claim, sentence: Sentence) -> ClaimVerdict | None:
    change = near(claim, sentence, lambda one: one.kind == "change" and one.unit == _PERCENT)
    if change is not None and change.now is not None:
        least = (claim.value - 1) * _HUNDRED
        return ClaimVerdict(None, change.now >= least, _change_said(change, change.now))
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


def _times_verdict(claim: Claim, held: bool | None, before: Decimal, now: Decimal) -> ClaimVerdict:
    times = plain(EXACT.divide(now, before).quantize(Decimal("0.1")))
    said = terms().said["times"].format(times=times, before=plain(before), now=plain(now))
    return ClaimVerdict(held, now >= claim.value * before, said)


def _extreme(claim: Claim, sentence: Sentence) -> ClaimVerdict | None:
    said = terms().said
    rank = near(claim, sentence, lambda one: one.kind == "rank")
    if rank is not None and rank.now is not None:
        held = None if rank.was is None else rank.was == 1
        return ClaimVerdict(held, rank.now == 1, said["place"].format(now=plain(rank.now)))
    for one in subjects(claim, sentence):
        if one.place is not None and claim.value > 0:
            return ClaimVerdict(None, one.place == 1, said["place"].format(now=plain(one.place)))
        others = list(like(one, sentence))
        if not others or one.now is None:
            continue
        first = max(others, key=lambda other: other[1] * claim.value)
        held = None if one.was is None else all((one.was - was) * claim.value >= 0 for was, _ in others)
        told = said["largest" if claim.value > 0 else "smallest"]
        other = _printed(first[1], one.unit)
        return ClaimVerdict(
            held,
            (one.now - first[1]) * claim.value >= 0,
            told.format(other=other, now=_printed(one.now, one.unit)),
        )
    return None


def _share(claim: Claim, sentence: Sentence) -> ClaimVerdict | None:
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


def _share_verdict(claim: Claim, was: Decimal | None, now: Decimal) -> ClaimVerdict:
    limit = claim.within * _HUNDRED
    share = plain(now.quantize(Decimal("0.1"))) + _PERCENT
    held = None if was is None else (was - limit) * claim.value > 0
    return ClaimVerdict(held, (now - limit) * claim.value > 0, terms().said["share"].format(share=share))


def _equal(claim: Claim, sentence: Sentence) -> ClaimVerdict | None:
    percent = near(claim, sentence, lambda one: one.unit == _PERCENT and one.kind == "plain")
    if percent is not None and percent.now is not None:
        held = None if percent.was is None else percent.was == _HUNDRED
        said = terms().said["share"].format(share=plain(percent.now) + _PERCENT)
        return ClaimVerdict(held, percent.now == _HUNDRED, said)
    for one in subjects(claim, sentence):
        for was, now in equals(one, sentence):
            if one.now is not None and was == one.was:
                said = terms().said["pair"]
                told = said.format(now=_printed(one.now, one.unit), other=_printed(now, one.unit))
                return ClaimVerdict(held=True, holds=one.now == now, said=told)
    return None


_JUDGES: Mapping[str, Callable[[Claim, Sentence], ClaimVerdict | None]] = {
    "direction": _direction,
    "times": _times,
    "extreme": _extreme,
    "share": _share,
    "equal": _equal,
}
