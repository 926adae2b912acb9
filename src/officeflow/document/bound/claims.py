"""What the words of a sentence claim of its numbers: 增长, 持平, 第一, 超过一半, 全部, 翻番.

The words are data (wording.toml).  A claim is found in the text; `judging` says
whether the numbers bear it out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from officeflow.model.values import EXACT
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


class Terms(NamedTuple):
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
def terms() -> Terms:
    """Return the words, read once."""
    source = Path(__file__).with_name("wording.toml").read_text(encoding="utf-8")
    said = tomllib.loads(source, parse_float=Decimal)
    claims = {
        name: (one["kind"], Decimal(one["value"]), Decimal(one.get("within", 0)))
        for name, one in said["claims"].items()
    }
    words = sorted(said["words"], key=len, reverse=True)
    return Terms(claims, said["words"], re.compile("|".join(words)), said["around"], said["said"])


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
