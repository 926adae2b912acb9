"""A document that came back from people and programs, bound again to the figures of our last version.

Its looks stay as they are; it gets the bookmarks and the record that it lost.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from officeflow.document.bound.document import BoundDocument, Stretch, read_bound
from officeflow.document.compare.change_list import ChangeKind, ListedChange
from officeflow.document.compare.relocation import (
    FoundPlace,
    WantedFigure,
    find_places,
    wanted_from_words,
    wanted_in,
)
from officeflow.document.compare.returned_words import changed_words
from officeflow.document.compare.streams import Stream, TokenSpan
from officeflow.document.provenance.hedges import hedge_after, hedge_before
from officeflow.document.provenance.record import Bound, Record
from officeflow.document.provenance.standing import is_number
from officeflow.document.wml.bound_text import TextParagraph
from officeflow.document.wml.cutting import bind, reread, unbind
from officeflow.document.wml.tracking import Tracker
from officeflow.model.findings import Outcome


@dataclass(frozen=True, kw_only=True)
class ChangedNumber:
    """A number that people changed: the figure's id and name ('' for a number that is nobody's), ours, theirs, its sentence."""

    id: str = ""
    name: str = ""
    ours: str
    theirs: str
    sentence: str
    paragraph: int
    """Of what came back, counted over all parts, from 1."""


@dataclass(frozen=True, kw_only=True)
class LostFigure:
    """A figure that is not bound: where it stood in ours, and the places equally good, () when there is none.

    A place is the number of its paragraph and its sentence.
    """

    id: str
    name: str
    text: str
    sentence: str = ""
    places: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rebound:
    """The document bound again, how many figures are, and what people did to the text."""

    document: bytes
    count: int
    words: tuple[ListedChange, ...]
    numbers: tuple[ChangedNumber, ...]
    lost: tuple[LostFigure, ...]


def rebind(
    returned: bytes, record: Record, ours: BoundDocument | None = None, *, name: str = ""
) -> Outcome[Rebound | None]:
    """Return what came back, bound again to the figures of `record`; None with findings when it cannot be read.

    `ours` is our last version; without it the words that the record keeps around each figure
    are all there is to go by, and no list of changed words is made.  `name` is the file's, for messages.
    """
    opened = read_bound(returned, record, name=name)
    document = opened.value
    if document is None:
        return Outcome(None, opened.findings)
    said = {one.name: one for one in (ours.figures if ours else ())}
    kept, missing = _kept_and_missing(document, said)
    theirs = Stream(_texts(document))
    taken = [_place_of(document, theirs, one) for one in kept]
    nested = _nested(missing, said)
    found = find_places(_wanted(missing, said, ours, theirs), theirs, taken, nested)
    _bind(document, theirs, list(zip(missing, found, strict=True)))
    document.find()
    document.is_untouched = False
    bound = [one for one in document.figures if one.is_marked]
    listed = changed_words(ours, document) if ours else ()
    return Outcome(
        Rebound(
            document=document.written(_renewed(record, bound)),
            count=len(bound),
            words=tuple(one for one in listed if one.kind is not ChangeKind.NUMBER),
            numbers=(
                *_numbers(document, bound, said),
                *(_nobodys(one) for one in listed if one.kind is ChangeKind.NUMBER),
            ),
            lost=tuple(
                _lost(one, where, theirs, said)
                for one, where in zip(missing, found, strict=True)
                if where.place is None
            ),
        )
    )


def _texts(document: BoundDocument) -> list[str]:
    return [paragraph.text for text in document.texts for paragraph in text.paragraphs]


def _kept_and_missing(
    document: BoundDocument, said: dict[str, Stretch]
) -> tuple[list[Stretch], list[Stretch]]:
    """Return the figures whose bookmarks or charts came back with something in them, and those that are to be found.

    What was gone from our own version already is not looked for.
    """
    kept = [one for one in document.figures if (one.is_marked or one.chart) and (one.text or "").strip()]
    names = {one.name for one in kept}
    missing = [
        one
        for one in document.figures
        if one.name not in names and (not said or said[one.name].text is not None)
    ]
    for one in missing:
        if one.is_marked:
            unbind(document.text_of(one.part).root, one.name)
    return kept, missing


def _place_of(document: BoundDocument, stream: Stream, one: Stretch) -> TokenSpan:
    first = 0
    for text in document.texts:
        if text.name == one.part:
            break
        first += len(text.paragraphs)
    is_one = one.start.paragraph == one.end.paragraph
    return stream.place(first + one.start.paragraph, one.start.offset, one.end.offset if is_one else 1 << 30)


def _wanted(
    missing: list[Stretch], said: dict[str, Stretch], ours: BoundDocument | None, theirs: Stream
) -> list[WantedFigure]:
    if ours is None:
        return [wanted_from_words(_shown(own.bound), own.bound.before, own.bound.after) for own in missing]
    stream = Stream(_texts(ours))
    return wanted_in(stream, theirs, [_place_of(ours, stream, said[one.name]) for one in missing])


def _shown(bound: Bound) -> str:
    """Return what stood in the text when the record was written: a number that a person stands by, else ours."""
    return bound.adopted if bound.reason else bound.text


def _nested(missing: list[Stretch], said: dict[str, Stretch]) -> set[tuple[int, int]]:
    """Return which figures stand inside which; without our version, which text could hold which."""
    index = {one.name: number for number, one in enumerate(missing)}
    if said:
        return {
            (index[one.name], index[other.name])
            for one in missing
            for other in said[one.name].inside
            if other.name in index
        }
    return {
        (index[one.name], index[other.name])
        for one in missing
        for other in missing
        if one is not other and not is_number(one.bound) and other.bound.text in one.bound.text
    }


def _bind(document: BoundDocument, theirs: Stream, found: list[tuple[Stretch, FoundPlace]]) -> None:
    paragraphs: list[TextParagraph] = [one for text in document.texts for one in text.paragraphs]
    numbers = Tracker([text.root for text in document.texts])
    placed = [(one, where.place) for one, where in found if where.place is not None]
    # The longer first: its bookmark encloses that of what stands inside it.
    for one, place in sorted(placed, key=lambda each: each[1].start - each[1].end):
        first, last = theirs.pieces[place.start], theirs.pieces[place.end - 1]
        start, end = _with_hedges(one, theirs.paragraphs[first.paragraph], first.start, last.end)
        paragraph = reread(paragraphs[first.paragraph])
        bind(paragraph, start, end, name=one.name, number=numbers.next())


def _with_hedges(one: Stretch, text: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends of a number with what was typed against it (约, 以上): it belongs to the number now."""
    if is_number(one.bound):
        if not hedge_before(one.bound.before):
            start -= len(hedge_before(text[:start]))
        if not hedge_after(one.bound.after):
            end += len(hedge_after(text[end:]))
    return start, end


def _renewed(record: Record, bound: list[Stretch]) -> Record:
    """Return the record with the words that stand around each figure now, and numbers as they are written now.

    A program that sets blanks or wide digits into a number has not changed it.
    """
    now = {
        one.name: replace(one.renewed, text=one.text) if one.text and _is_same(one) else one.renewed
        for one in bound
    }
    return replace(record, figures={**record.figures, **now})


def _is_same(one: Stretch) -> bool:
    """Whether a figure differs by blanks and the width of its signs at most."""
    return not one.inside and _bare(one.text or "") == _bare(one.bound.text)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _numbers(document: BoundDocument, bound: list[Stretch], said: dict[str, Stretch]) -> list[ChangedNumber]:
    changed = []
    for one in bound:
        before = said.get(one.name, one)
        ours = before.text if said else _shown(one.bound)
        if ours is None or one.text is None or _bare(ours) == _bare(one.text):
            continue
        if one.inside and one.literals == before.literals:
            continue  # what changed is a number inside it, which is listed itself
        changed.append(
            ChangedNumber(
                id=one.bound.id,
                name=one.bound.name or one.bound.id,
                ours=ours,
                theirs=one.text,
                sentence=one.sentence,
                paragraph=document.paragraph_number(one),
            )
        )
    return changed


def _nobodys(one: ListedChange) -> ChangedNumber:
    return ChangedNumber(
        ours=one.before,
        theirs=one.after,
        sentence=one.after or one.before,
        paragraph=one.place.paragraph,
    )


def _lost(one: Stretch, where: FoundPlace, theirs: Stream, said: dict[str, Stretch]) -> LostFigure:
    before = said.get(one.name)
    return LostFigure(
        id=one.bound.id,
        name=one.bound.name or one.bound.id,
        text=(before.text if before else None) or one.bound.text,
        sentence=before.sentence if before else one.bound.before + one.bound.text + one.bound.after,
        places=tuple(theirs.sentence(place) for place in where.rivals),
    )
