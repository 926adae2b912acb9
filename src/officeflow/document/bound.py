"""A bound document opened: each recorded figure, what stands at its place now, and in which sentence.

A figure is found by its bookmark; where a program or a person lost that, by its
exact text between the words that stood around it, and only where that is unique.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from officeflow.document.binding import CONTEXT
from officeflow.document.bound_text import PartText, Spot, read_part_text
from officeflow.document.record import Bound, Record, find_record, with_record
from officeflow.document.standing import Standing, standing_of
from officeflow.document.wordml import DECLARATION, main_part, serialize
from officeflow.model.findings import Outcome
from officeflow.ooxml import PartError, open_package, write_package
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__, "bound.toml")

_TEXT_PARTS = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_SENTENCE = re.compile("[^。！？；\n]*[。！？；\n]?")
_NOWHERE = Spot(0, 0)
_LONGEST_GAP = 40
"""Characters that a person may have put in the place of a figure whose bookmark is gone."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One recorded figure in the document as it is now.

    `text` is the accepted text at its place, None when the place is gone; then `part` is ''.
    """

    name: str
    """The bookmark's name, whether it is still there or not."""
    bound: Bound
    text: str | None = None
    part: str = ""
    start: Spot = _NOWHERE
    end: Spot = _NOWHERE
    sentence: str = ""
    is_marked: bool = False
    """Whether its bookmark is there; else it was found by the words around it."""

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return standing_of(self.bound, self.text)


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
        self.figures = list(_stretches(self.record, self.texts))

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
    """
    opened = open_package(document, name=name)
    package = opened.value
    if package is None:
        return Outcome(None, opened.findings)
    try:
        parts = {part: package.read(part) for part in package.names}
        main = main_part(parts)
        names = sorted(filter(_TEXT_PARTS.fullmatch, parts), key=lambda part: (part != main, part))
        texts = [read_part_text(part, _tree(parts[part])) for part in names]
    except PartError as error:
        return Outcome(None, (error.finding,))
    except etree.XMLSyntaxError:
        return Outcome(None, (package.finding("FILE_DAMAGED"),))
    if not main:
        return Outcome(None, (MESSAGES.finding("NOT_WORD", name=name),))
    found = find_record(parts)
    known = record or (found.record if found else None)
    if known is None:
        return Outcome(None, (MESSAGES.finding("RECORD_MISSING", name=name),))
    bound = BoundDocument(parts, main, known, texts, is_untouched=found is not None and found.is_untouched)
    bound.figures = list(_stretches(known, texts))
    return Outcome(bound)


def _tree(part: bytes) -> etree._Element:
    """Return a part's tree with all that is in it: what we do not know must stay."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _is_same(part: bytes, other: bytes) -> bool:
    return part == other or etree.tostring(_tree(part), method="c14n") == etree.tostring(
        _tree(other), method="c14n"
    )


def _stretches(record: Record, texts: list[PartText]) -> Iterator[Stretch]:
    marks = {name: (text, *spots) for text in texts for name, spots in text.marks.items()}
    taken = [(text.name, start, end) for text, start, end in marks.values()]
    for name, bound in record.figures.items():
        if name in marks:
            text, start, end = marks[name]
            yield _stretch(name, bound, text, start, end, is_marked=True)
            continue
        found = _by_words(bound, texts, taken)
        if found is None:
            yield Stretch(name=name, bound=bound)
        else:
            taken.append((found[0].name, *found[1:]))
            yield _stretch(name, bound, *found, is_marked=False)


def _stretch(name: str, bound: Bound, text: PartText, start: Spot, end: Spot, *, is_marked: bool) -> Stretch:
    return Stretch(
        name=name,
        bound=bound,
        text=text.between(start, end),
        part=text.name,
        start=start,
        end=end,
        sentence=sentence_at(text.paragraphs[start.paragraph].text, start.offset),
        is_marked=is_marked,
    )


def sentence_at(text: str, offset: int) -> str:
    """Return the sentence of a paragraph that holds the character at `offset`, without blanks around it."""
    for found in _SENTENCE.finditer(text):
        if found.end() > offset or found.end() == len(text):
            return found[0].strip()
    return text.strip()


def _by_words(
    bound: Bound, texts: list[PartText], taken: list[tuple[str, Spot, Spot]]
) -> tuple[PartText, Spot, Spot] | None:
    """Return the one place where a figure's text, or another in its place, stands between its words."""
    for pattern in _patterns(bound):
        found = [
            (text, Spot(index, match.start(1)), Spot(index, match.end(1)))
            for text in texts
            for index, paragraph in enumerate(text.paragraphs)
            for match in pattern.finditer(paragraph.text)
        ]
        free = [one for one in found if not any(_overlap(one, other) for other in taken)]
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
    return re.compile(f"{begin}{re.escape(before)}({inside}){re.escape(after)}{end}")


def _overlap(one: tuple[PartText, Spot, Spot], other: tuple[str, Spot, Spot]) -> bool:
    return one[0].name == other[0] and one[1] < other[2] and other[1] < one[2]
