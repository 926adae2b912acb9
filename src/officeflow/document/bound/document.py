"""A bound document opened: each recorded figure, what stands at its place now, and in which sentence.

A figure is found by its bookmark; where a program or a person lost that, by its
exact text between the words that stood around it, and only where that is unique.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from typing import NamedTuple

from lxml import etree

from officeflow.document.bound.drawn_charts import DrawnChart, drawn_charts
from officeflow.document.provenance.binding import CONTEXT, MASK, Context, renewed
from officeflow.document.provenance.record import (
    NO_RECORD,
    Bound,
    NewerRecordError,
    Record,
    find_record,
    with_record,
)
from officeflow.document.provenance.standing import Standing, is_number, standing_of
from officeflow.document.wml.bound_text import (
    PartText,
    Spot,
    find_marks,
    read_part_text,
    realigned,
    sentence_at,
)
from officeflow.document.wml.wordml import DECLARATION, main_part, serialize
from officeflow.model.findings import Finding, Outcome
from officeflow.ooxml import FileKind, PartError, kind_of, open_package, write_package
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__, "bound.toml")
_SAYS_ENOUGH = frozenset({FileKind.ZIP, FileKind.EMPTY, FileKind.ENCRYPTED, FileKind.PROGRAM})
_TEXT_PARTS = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PROPERTIES = re.compile(r"docProps/.*\.xml")
_NOWHERE, _ALONE = Spot(0, 0), Context("", "")


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One recorded figure in the document as it is now.

    `text` is the accepted text at its place, None when the place is gone; then `part` is ''.
    A text may have figures inside it; each stands or falls by itself.
    """

    name: str
    """The bookmark's name, whether it is still there or not."""
    bound: Bound
    text: str | None = None
    part: str = ""
    start: Spot = _NOWHERE
    end: Spot = _NOWHERE
    sentence: str = ""
    chart: str = ""
    """The part of the chart that shows it; its text is what that shows, and stands in no paragraph."""
    is_marked: bool = False
    """Whether its bookmark is there; else it was found by the words around it."""
    is_off: bool = False
    """Whether its bookmark does not stand right around it: a program moved that."""
    beside: Context = _ALONE
    """The words before and after it now."""
    inside: tuple[Stretch, ...] = ()
    """The figures inside it, in order."""
    touches: tuple[bool, bool] = (False, False)
    """Whether right before and right after it another figure's text stands."""
    order: tuple[int, int] | None = None
    """The ranks of its bookmark's two ends among those of its part, None without a bookmark."""

    @property
    def against(self) -> Context:
        """The writer's words right before and after it; another figure's are not the writer's."""
        before, after = self.touches
        return Context("" if before else self.beside.before, "" if after else self.beside.after)

    def is_within(self, other: Stretch) -> bool:
        """Whether it stands in another figure's place, one that was emptied too.

        An emptied one at the edge of that place is in it or beside it as the bookmarks tell.
        """
        if self.text is None or self.name == other.name or self.part != other.part:
            return False
        is_at_edge = self.start == self.end and self.start in (other.start, other.end)
        if is_at_edge and self.order and other.order:
            (first, last), (own_first, own_last) = other.order, self.order
            return other.start != other.end and first < own_first and own_last < last
        return other.start <= self.start and self.end <= other.end and other.start != other.end

    @property
    def standing(self) -> Standing:
        """How it stands; what became of the figures inside it does not count."""
        own = self.text if not self.inside else self.with_inside([one.bound.text for one in self.inside])
        return standing_of(self.bound, own, self.against)

    @property
    def renewed(self) -> Bound:
        """The figure as recorded, with the words that stand around it now; what the record hides stays hidden."""
        words = renewed(Context(self.bound.before, self.bound.after), self.beside)
        return replace(self.bound, before=words.before, after=words.after)

    @property
    def literals(self) -> tuple[str, ...]:
        """Its text around the figures inside it: one piece more than there are figures."""
        text, at, pieces = self.text or "", self.start.offset, []
        for one in self.inside:
            pieces.append(text[at - self.start.offset : one.start.offset - self.start.offset])
            at = one.end.offset
        return (*pieces, text[at - self.start.offset :])

    def with_inside(self, texts: Sequence[str], literals: Sequence[str] = ()) -> str:
        """Return its text with these texts at the places of the figures inside it, and other literals where given."""
        pieces = literals or self.literals
        return "".join(chain.from_iterable(zip_longest(pieces, texts, fillvalue="")))


@dataclass(slots=True)
class BoundDocument:
    """A document with its record and the text of its parts, body first; `figures` in the record's order."""

    parts: dict[str, bytes]
    main: str
    record: Record
    texts: list[PartText]
    figures: list[Stretch] = field(default_factory=list)
    is_untouched: bool = False
    """Whether nobody saved the document since we wrote it."""

    def text_of(self, part: str) -> PartText:
        """Return the text of a part.

        Raises:
            KeyError: the part holds no text.
        """
        return next(text for text in self.texts if text.name == part)

    def paragraph_number(self, stretch: Stretch) -> int:
        """Return which paragraph with words in it a figure stands in, from 1, counted over all parts; 0 when it is gone."""
        number = 0
        for text in self.texts:
            for index, paragraph in enumerate(text.paragraphs):
                number += bool(paragraph.text.strip())
                if text.name == stretch.part and index == stretch.start.paragraph:
                    return number
        return 0

    def find(self) -> None:
        """Find every figure again, after the trees were changed."""
        self.texts = [read_part_text(text.name, text.root) for text in self.texts]
        self.figures = find_figures(self.record, self.texts, self.parts)

    def written(self, record: Record) -> bytes:
        """Return the document with its changed trees and another record.

        It counts as written by us alone only if it was so before: a person's edits must never be replaced.
        """
        trees = {text.name: (DECLARATION + serialize(text.root)).encode() for text in self.texts}
        changed = {name: part for name, part in trees.items() if not _is_same(part, self.parts[name])}
        parts = with_record({**self.parts, **changed}, record, self.main, is_ours=self.is_untouched)
        return write_package(parts)


def read_bound(
    document: bytes, record: Record | None = None, *, name: str = ""
) -> Outcome[BoundDocument | None]:
    """Return a document with its figures found, or None and why not.

    `record` stands in for one that the document lost (a sidecar's).  `name` is the file's, for messages.
    A document that a newer program wrote is not read, unless NO_RECORD stands in.
    """
    opened = open_package(document, name=name)
    package = opened.value
    if package is None:
        is_said = kind_of(document) in _SAYS_ENOUGH
        return Outcome(None, opened.findings if is_said else (MESSAGES.finding("NOT_WORD", name=name),))
    try:
        parts = package.parts()
        main = main_part(parts)
        for properties in filter(_PROPERTIES.fullmatch, parts):
            _tree(parts[properties])
        names = sorted(filter(_TEXT_PARTS.fullmatch, parts), key=lambda part: (part != main, part))
        texts = [read_part_text(part, _tree(parts[part])) for part in names]
    except PartError as error:
        return Outcome(None, (error.finding,))
    except etree.XMLSyntaxError:
        return Outcome(None, (package.finding("FILE_DAMAGED"),))
    if not main:
        return Outcome(None, (MESSAGES.finding("NOT_WORD", name=name),))
    try:
        state = None if record is NO_RECORD else find_record(parts)
    except NewerRecordError:
        return Outcome(None, (newer_record(name),))
    if (known := record or (state.record if state else None)) is None:
        return Outcome(None, (MESSAGES.finding("RECORD_MISSING", name=name),))
    bound = BoundDocument(parts, main, known, texts, is_untouched=state is not None and state.is_untouched)
    bound.figures = find_figures(known, texts, parts)
    return Outcome(bound)


def newer_record(name: str) -> Finding:
    """Return the finding for a document or sidecar that only a newer program can read."""
    return MESSAGES.finding("RECORD_NEWER", name=name)


def _tree(part: bytes) -> etree._Element:
    """Return a part's tree with all that is in it: what we do not know must stay."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _is_same(part: bytes, other: bytes) -> bool:
    return part == other or etree.tostring(_tree(part), method="c14n") == etree.tostring(
        _tree(other), method="c14n"
    )


def find_figures(record: Record, texts: list[PartText], parts: Mapping[str, bytes]) -> list[Stretch]:
    """Return every recorded figure with its place in the document, in the record's order."""
    found = _with_inside(list(_stretches(record, texts)), is_cut=record.is_cut)
    charts = [(text, one) for text in texts for one in drawn_charts(parts, text.name, text.root)]
    by_name = {one.bookmark: (text, one) for text, one in charts if one.bookmark in record.figures}
    free = [(text, one) for text, one in charts if one.bookmark not in by_name]
    for place, stretch in enumerate(found):
        same = [(text, one) for text, one in free if one.said(stretch.bound.recipe) == stretch.bound.text]
        drawn = by_name.get(stretch.name) or (same[0] if stretch.text is None and len(same) == 1 else None)
        if drawn is not None:
            found[place] = _of_chart(stretch, *drawn)
    return found


def _of_chart(stretch: Stretch, text: PartText, drawn: DrawnChart) -> Stretch:
    index = next(index for index, one in enumerate(text.paragraphs) if one.node is drawn.paragraph)
    spot = stretch.start if stretch.is_marked else Spot(index, 0)
    return replace(
        stretch,
        text=drawn.said(stretch.bound.recipe),
        part=text.name,
        start=spot,
        end=spot,
        sentence=drawn.words,
        chart=drawn.part,
    )


def _stretches(record: Record, texts: list[PartText]) -> Iterator[Stretch]:
    marks = find_marks(texts)
    numbers = {name for name, bound in record.figures.items() if is_number(bound)}
    taken = [
        TakenSpan(text.name, start, end, is_number=name in numbers)
        for name, (text, start, end) in marks.items()
        if name in record.figures
    ]
    for name, bound in record.figures.items():
        mark, is_off = marks.get(name), False
        if mark is not None:
            text, start, end = mark
            mark = (text, *realigned(text, start, end, bound.text))
            is_off = mark[1:] != (start, end)
        # Typing over a number with changes tracked, then accepted, leaves an empty bookmark beside it in LibreOffice.
        is_empty = mark is not None and mark[1] == mark[2] and bool(bound.text)
        found = by_words(bound, texts, taken) if mark is None or is_empty else None
        if mark is not None and (found is None or found[1] == found[2]):
            yield replace(_stretch(name, bound, *mark, is_marked=True), is_off=is_off)
        elif found is None:
            yield Stretch(name=name, bound=bound)
        else:
            text, start, end = found
            taken.append(TakenSpan(text.name, start, end, is_number=name in numbers))
            yield _stretch(name, bound, *found, is_marked=False)


def _stretch(name: str, bound: Bound, text: PartText, start: Spot, end: Spot, *, is_marked: bool) -> Stretch:
    first, last = text.paragraphs[start.paragraph].text, text.paragraphs[end.paragraph].text
    return Stretch(
        name=name,
        bound=bound,
        text=text.between(start, end),
        part=text.name,
        start=start,
        end=end,
        sentence=sentence_at(first, start.offset),
        is_marked=is_marked,
        order=text.order.get(name) if is_marked else None,
        beside=Context(
            first[max(start.offset - CONTEXT, 0) : start.offset], last[end.offset : end.offset + CONTEXT]
        ),
    )


def _with_inside(stretches: list[Stretch], *, is_cut: bool) -> list[Stretch]:
    """Return the figures, each text with those inside it."""
    at: dict[tuple[str, int], list[Stretch]] = {}
    for one in stretches:
        if one.text is not None and one.start.paragraph == one.end.paragraph:
            at.setdefault((one.part, one.start.paragraph), []).append(one)
    found = {one.name: one for one in stretches}
    for group in at.values():
        shown = [one for one in group if one.start != one.end]
        starts, ends = Counter(one.start for one in shown), Counter(one.end for one in shown)
        for number, one in enumerate(group):
            gaps = [other for other in group if other.start == other.end and other is not one]
            touches = (
                is_cut or bool(ends[one.start]) or any(map(_keeps_before, _at(gaps, one.start))),
                is_cut or bool(starts[one.end]) or any(map(_keeps_after, _at(gaps, one.end))),
            )
            inside: list[Stretch] = []
            if not is_number(one.bound):
                # Of two with the same ends the earlier one holds the other: so they were printed.
                inside = [other for other in shown if _is_inside(other, one, group[:number])]
            elif any(
                other.start <= one.start and one.end <= other.end for other in shown if other is not one
            ):
                touches = (True, True)
            in_order = tuple(sorted(inside, key=lambda other: other.start))
            found[one.name] = replace(one, inside=in_order, touches=touches)
    return [found[one.name] for one in stretches]


def _at(gaps: list[Stretch], spot: Spot) -> list[Stretch]:
    return [one for one in gaps if one.start == spot]


def _keeps_before(emptied: Stretch) -> bool:
    """Whether the words before an emptied figure are those it was printed after: they are said of no other."""
    return re.search(f"{_words(emptied.bound.before)}$", emptied.beside.before) is not None


def _keeps_after(emptied: Stretch) -> bool:
    return re.match(_words(emptied.bound.after), emptied.beside.after) is not None


def _is_inside(one: Stretch, other: Stretch, before: Sequence[Stretch]) -> bool:
    within = other.start <= one.start and one.end <= other.end
    same = (one.start, one.end) == (other.start, other.end)
    return within and one.name != other.name and not (same and one in before)


_LONGEST_GAP = 40
"""Characters that a person may have put in the place of a figure whose bookmark is gone."""


class TakenSpan(NamedTuple):
    """Where a figure stands that is found already."""

    part: str
    start: Spot
    end: Spot
    is_number: bool


def by_words(
    bound: Bound, texts: list[PartText], taken: list[TakenSpan]
) -> tuple[PartText, Spot, Spot] | None:
    """Return the one place where a figure's text, or another in its place, stands between its words."""
    for pattern in _patterns(bound):
        found = [
            (text, Spot(index, match.start(1)), Spot(index, match.end(1)))
            for text in texts
            for index, paragraph in enumerate(text.paragraphs)
            for match in pattern.finditer(paragraph.text)
        ]
        own = is_number(bound)
        free = [one for one in found if not any(_collide(one, own, other) for other in taken)]
        if len(free) == 1:
            return free[0]
    return None


def _patterns(bound: Bound) -> Iterator[re.Pattern[str]]:
    if bound.adopted or bound.text:
        shown = bound.adopted or bound.text
        yield _pattern(bound, re.escape(shown), CONTEXT)
        yield _pattern(bound, re.escape(shown), CONTEXT // 2)
    if bound.before and bound.after:
        yield _pattern(bound, f".{{0,{_LONGEST_GAP}}}?", CONTEXT // 2)


def _pattern(bound: Bound, inside: str, length: int) -> re.Pattern[str]:
    # Words shorter than what is recorded of a longer paragraph are all there was: the paragraph begins or ends there.
    before, after = bound.before[-length:], bound.after[:length]
    begin = "^" if len(bound.before) < CONTEXT and before == bound.before else ""
    end = "$" if len(bound.after) < CONTEXT and after == bound.after else ""
    return re.compile(f"{begin}{_words(before)}({inside}){_words(after)}{end}")


def _words(text: str) -> str:
    return re.escape(text).replace(MASK, ".")


def _collide(one: tuple[PartText, Spot, Spot], is_number: bool, other: TakenSpan) -> bool:
    """Whether a place is another figure's; a text may hold figures."""
    text, start, end = one
    if text.name != other.part or not (start < other.end and other.start < end):
        return False
    if (start, end) == (other.start, other.end):
        return True
    within = not other.is_number and other.start <= start and end <= other.end
    around = not is_number and start <= other.start and other.end <= end
    return not (within or around)
