"""Sentences whose words no longer agree with the numbers in them, and the numbers of a document for judging that.

What it hides: which figure of the kit says more about a printed number (its
change, its rank, what its checks hold it equal to).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, NamedTuple

from officeflow.document.bound.claims import Claim, Quantity, Sentence, claims_in, contradicted, quote, terms
from officeflow.document.bound.document import BoundDocument, Stretch
from officeflow.document.provenance.record import Bound
from officeflow.document.provenance.standing import Standing, is_number
from officeflow.document.reckoning.recipes import names_in
from officeflow.model.figures import Figure
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit, Rule
from officeflow.model.values import Bounded, number_in, number_of
from officeflow.text.amounts import Amount, read_amount
from officeflow.text.messages import Catalogue
from officeflow.text.numerals import SCALES

MESSAGES = Catalogue.beside(__file__, "wording_messages.toml")
_SENTENCE = re.compile("[^。！？\n]+")
_LITERAL = re.compile(rf"(?<![\d.第])\d+(?:\.\d+)?[{''.join(SCALES)}]*[余多]?[\u3400-\u9fff%％]{{0,3}}")
_MOVES = frozenset({Standing.UNTOUCHED, Standing.REWORDED})


@dataclass(frozen=True, kw_only=True)
class News:
    """What the new data say: `now` by bookmark name (None: nothing any more), and what the kit knows beside.

    `figures` are the kit's by id; `previous` is the workbook's 上期 (figure id → canonical value).
    `is_next`: the document is last issue's, so what it records is the last value where the workbook has none.
    """

    now: Mapping[str, Figure | None]
    kit: Kit | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)
    previous: Mapping[str, str] = field(default_factory=dict)
    is_next: bool = False

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The kit's figures by id."""
        return {} if self.kit is None else self.kit.figure_by_id

    @cached_property
    def beside(self) -> Mapping[tuple[str, str], str]:
        """(figure id, kind) → id of the kit's rank or share of it."""
        return {
            (rule.of, rule.use): rule.id
            for rule in self.rules.values()
            if rule.use in ("rank", "share") and isinstance(rule.of, str)
        }

    @cached_property
    def ties(self) -> Mapping[str, str]:
        """Figure id → the figure that a check of the kit holds it equal to."""
        found: dict[str, str] = {}
        for check in self.kit.checks if self.kit else ():
            one, other = _figure_id(check.of), _figure_id(check.to)
            if check.use == "equals" and one in self.rules and other in self.rules:
                found.setdefault(one, other)
                found.setdefault(other, one)
        return found


class ClaimSentence(NamedTuple):
    """A sentence of the document, the figures in it, and where it begins in its paragraph."""

    sentence: Sentence
    stretches: tuple[Stretch, ...]


def wording_findings(document: BoundDocument, news: News) -> tuple[Finding, ...]:
    """Return one finding (`verify`) for each claim in a sentence that the new numbers no longer bear out.

    To be asked before the document's figures are moved: what it records is what the sentence was written for.
    """
    findings = []
    for said in sentences(document, news):
        for claim in claims_in(said.sentence):
            found = _finding(document, said, claim)
            if found is not None:
                findings.append(found)
    return tuple(findings)


def _finding(document: BoundDocument, said: ClaimSentence, claim: Claim) -> Finding | None:
    verdict = contradicted(claim, said.sentence)
    if verdict is None:
        return None
    return MESSAGES.finding(
        "WORDING" if verdict.is_sure else "WORDING_MOVED",
        paragraph=document.paragraph_number(said.stretches[0]),
        value=quote(claim, said.sentence),
        expected=verdict.said,
    )


def sentences(document: BoundDocument, news: News) -> Iterator[ClaimSentence]:
    """Yield each sentence that holds a figure, with its numbers as they were and as the new data give them."""
    for text in document.texts:
        for index, paragraph in enumerate(text.paragraphs):
            own = [
                one
                for one in document.figures
                if one.part == text.name
                and not one.chart
                and one.start.paragraph == one.end.paragraph == index
            ]
            for found in _SENTENCE.finditer(paragraph.text) if own else ():
                inside = [
                    one for one in own if found.start() <= one.start.offset and one.end.offset <= found.end()
                ]
                if inside:
                    yield ClaimSentence(_sentence(document, found, inside, news), tuple(inside))


def _sentence(document: BoundDocument, found: re.Match[str], inside: list[Stretch], news: News) -> Sentence:
    numbers = [one for one in inside if is_number(one.bound)]
    quantities = [_quantity(document, one, found.start(), news) for one in numbers]
    quoted = tuple(
        (one.start.offset - found.start(), one.end.offset - found.start())
        for one in inside
        if not is_number(one.bound)
    )
    quantities += _literals(found[0], [*quoted, *((one.start, one.end) for one in quantities)])
    return Sentence(found[0], tuple(sorted(quantities, key=lambda one: one.start)), quoted)


def _literals(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    """Yield the numbers that a person typed: they do not move."""
    for found in _LITERAL.finditer(text):
        if any(start < found.end() and found.start() < end for start, end in taken):
            continue
        if terms().around_at("not_counted", found[0]):
            continue
        for end in range(len(found[0]), 0, -1):
            amount = read_amount(found[0][:end])
            if isinstance(amount, Amount):
                start = found.start()
                yield Quantity(
                    start=start, end=start + end, unit=amount.unit, was=amount.number, now=amount.number
                )
                break


def _quantity(document: BoundDocument, stretch: Stretch, origin: int, news: News) -> Quantity:
    bound, name = stretch.bound, _figure_name(stretch.bound)
    was, now, unit = recorded(bound), number(news.now.get(stretch.name)), bound.unit
    if stretch.standing not in _MOVES:
        amount = read_amount(stretch.text or "", bound.unit)
        was = now = amount.number if isinstance(amount, Amount) else None
    rule = news.rules.get(name)
    kind = _kind(rule, bound, news)
    if kind == "change" and bound.recipe:  # printed without its sign (增幅|abs)
        was, now = None, number(news.figures.get(name))
    more: dict[str, Any] = {}
    if kind == "plain" and name:
        more = _beside(document, name, news)
    elif kind == "change" and rule is not None:
        of = _figure_id(rule.of)
        more = {"last": _last(of, document, news), "level": number(news.figures.get(of))}
    start, end = stretch.start.offset - origin, stretch.end.offset - origin
    return Quantity(start=start, end=end, unit=unit, was=was, now=now, kind=kind, **more)


def _beside(document: BoundDocument, name: str, news: News) -> dict[str, Any]:
    """Return what the kit knows of a plain figure beside its value."""
    tie = news.ties.get(name, "")
    return {
        "last": _last(name, document, news),
        "last_was": None if news.is_next else number_in(news.previous.get(name, "")),
        "place": number(news.figures.get(news.beside.get((name, "rank"), ""))),
        "share": number(news.figures.get(news.beside.get((name, "share"), ""))),
        "tied": (_recorded_of(tie, document), number(news.figures.get(tie))) if tie else None,
    }


def _last(name: str, document: BoundDocument, news: News) -> Decimal | None:
    last = number_in(news.previous.get(name, ""))
    return _recorded_of(name, document) if last is None and news.is_next else last


def _recorded_of(name: str, document: BoundDocument) -> Decimal | None:
    found = (one.bound for one in document.figures if one.bound.id == name)
    return next(map(recorded, found), None)


def _kind(rule: Rule | None, bound: Bound, news: News) -> Literal["plain", "change", "difference", "rank"]:
    if rule is None:
        names = names_in(bound.recipe) if "-" in bound.recipe else ()
        return "difference" if any(_is_previous(news.rules.get(one)) for one in names) else "plain"
    if rule.use == "rank":
        return "rank"
    if rule.use == "change" or (rule.use == "difference" and _is_previous(rule.to, news)):
        return "change"
    return "difference" if rule.use == "difference" and _is_previous(rule.of, news) else "plain"


def _is_previous(operand: object, news: News | None = None) -> bool:
    if isinstance(operand, str) and news is not None:
        operand = news.rules.get(operand)
    return isinstance(operand, Rule) and operand.previous


def _figure_name(bound: Bound) -> str:
    """Return the id of the figure that is printed, however it is formatted; '' for what was reckoned or a row's."""
    names = names_in(bound.recipe) if bound.recipe else {bound.id}
    name = next(iter(names), "")
    plain = re.fullmatch(rf"\(?{re.escape(name)}\)?\s*(\|.*)?", bound.recipe) if name else None
    return name if len(names) == 1 and (plain or not bound.recipe) else ""


def _figure_id(operand: object) -> str:
    if isinstance(operand, Rule):
        return _figure_id(operand.of) if operand.use == "value" else operand.id
    return operand if isinstance(operand, str) else ""


def recorded(bound: Bound) -> Decimal | None:
    """Return the number that a record holds, without its hedge; None for texts and dates."""
    return number_in(re.split("[ ～]", bound.value)[0])


def number(figure: Figure | None) -> Decimal | None:
    """Return the number that a figure is, without its hedge; None when there is none."""
    value = figure.value if figure is not None and figure.is_known else None
    return number_of(value) if isinstance(value, Decimal | Bounded) else None
