"""Which words people changed, whatever became of paragraphs, tables and blanks; what was only moved is not among them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from officeflow.document.aligning import CLAUSE_END, diff, tokens_of
from officeflow.document.bound import BoundDocument
from officeflow.document.change_list import Kind, Listed, list_changes
from officeflow.document.comparing import Passage
from officeflow.document.sides import Place, Words


def changed_words(ours: BoundDocument, theirs: BoundDocument) -> tuple[Listed, ...]:
    """Return the changes between two texts read without regard to their paragraphs; bound figures are left out.

    Places are paragraphs with words in them, counted over all parts.
    """
    mine, yours = _whole(ours), _whole(theirs)
    changes = tuple(
        one
        for one in diff(mine.text, yours.text)
        if _bare(mine.text[one.start : one.end]) != _bare(yours.text[one.their_start : one.their_end])
        and not _is_inside(one.start, one.end, mine)
        and not _is_inside(one.their_start, one.their_end, yours)
    )
    passage = Passage(ours=replace(mine, figures=()), theirs=replace(yours, figures=()), changes=changes)
    numbers = {True: _Numbers(ours), False: _Numbers(theirs)}
    return tuple(
        replace(one, place=Place(part="body", paragraph=numbers[one.kind is Kind.REMOVED].at(one.at)))
        for one in _without_moved([line for one in list_changes([passage]) for line in _lines(one)])
        # Page numbers come and go with headers and footers.
        if any(map(str.isalpha, one.before + one.after))
    )


def _is_inside(start: int, end: int, words: Words) -> bool:
    return start < end and any(low <= start and end <= high for low, high, _ in words.figures)


def _whole(document: BoundDocument) -> Words:
    texts: list[str] = []
    figures: list[tuple[int, int, str]] = []
    length = 0
    for part in document.texts:
        starts = [length]
        for paragraph in part.paragraphs:
            texts.append(paragraph.text)
            length += len(paragraph.text) + 1
            starts.append(length)
        figures += (
            (
                starts[one.start.paragraph] + one.start.offset,
                starts[one.end.paragraph] + one.end.offset,
                one.bound.id,
            )
            for one in document.figures
            if one.part == part.name
        )
    return Words(place=Place(part="body"), text="\n".join(texts), figures=tuple(figures))


class _Numbers:
    """Tells offsets of the whole text to paragraphs with words in them."""

    def __init__(self, document: BoundDocument) -> None:
        texts = [paragraph.text for part in document.texts for paragraph in part.paragraphs]
        self._starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        self._numbers = list(accumulate(bool(text.strip()) for text in texts))

    def at(self, offset: int) -> int:
        """Return the number of the paragraph that holds an offset."""
        index = bisect_right(self._starts, offset) - 1
        return self._numbers[min(index, len(self._numbers) - 1)]


def _lines(one: Listed) -> Iterator[Listed]:
    """Yield what was put in or taken out line by line: lines are moved by themselves."""
    if one.kind not in (Kind.ADDED, Kind.REMOVED):
        yield one
        return
    at = one.at
    for text in (one.before or one.after).split("\n"):
        if said := text.strip():
            yield replace(one, before=said, at=at) if one.before else replace(one, after=said, at=at)
        at += len(text) + 1


def _without_moved(listed: Sequence[Listed]) -> Iterator[Listed]:
    """Yield the changes without those that only took words from one place to another."""
    out = Counter(_masked(one.before) for one in listed if one.kind is Kind.REMOVED)
    put = Counter(_masked(one.after) for one in listed if one.kind is Kind.ADDED)
    moved = dict.fromkeys((Kind.ADDED, Kind.REMOVED), out & put)
    for one in listed:
        words = _masked(one.after or one.before)
        left = moved.get(one.kind, Counter())
        if left[words]:
            moved[one.kind] = left - Counter([words])
        else:
            yield one


def _masked(text: str) -> str:
    return "".join("#" if token.is_numeral else token.text for token in tokens_of(_bare(text)))


def _bare(text: str) -> str:
    """Return a text without blanks and the marks at its ends."""
    return "".join(text.split()).strip("".join(CLAUSE_END))
