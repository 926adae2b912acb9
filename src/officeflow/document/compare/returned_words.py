"""Which words people changed, whatever became of paragraphs, tables and blanks; what was only moved is not among them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from officeflow.document.bound.document import BoundDocument
from officeflow.document.compare.aligning import CLAUSE_END, TextChange, diff, tokens_of
from officeflow.document.compare.change_list import ChangeKind, ListedChange, list_changes
from officeflow.document.compare.comparing import Passage
from officeflow.document.compare.sides import PassagePlace, PassageText


class _Line(NamedTuple):
    """A paragraph with words in it, its number, and where the bound figures in it begin and end."""

    text: str
    number: int
    figures: tuple[tuple[int, int], ...]


def changed_words(ours: BoundDocument, theirs: BoundDocument) -> tuple[ListedChange, ...]:
    """Return the changes between two texts read without regard to their paragraphs; bound figures are left out.

    Places are paragraphs with words in them, counted over all parts.
    """
    mine, yours = _lines_of(ours), _lines_of(theirs)
    listed: list[ListedChange] = []
    for one, other in _same_but_numbers(mine, yours):
        listed += _listed([one], [other])
        mine.remove(one)
        yours.remove(other)
    listed += _without_moved(list(_listed(mine, yours)))
    # Page numbers come and go with headers and footers.
    said = (one for one in listed if any(map(str.isalpha, one.before + one.after)))
    return tuple(sorted(said, key=lambda one: one.place.paragraph))


def _lines_of(document: BoundDocument) -> list[_Line]:
    lines: list[_Line] = []
    number = 0
    for part in document.texts:
        inside: dict[int, list[tuple[int, int]]] = {}
        for one in document.figures:
            if one.part == part.name and one.start.paragraph == one.end.paragraph:
                inside.setdefault(one.start.paragraph, []).append((one.start.offset, one.end.offset))
        for index, paragraph in enumerate(part.paragraphs):
            if paragraph.text.strip():
                number += 1
                lines.append(_Line(paragraph.text, number, tuple(inside.get(index, ()))))
    return lines


def _same_but_numbers(mine: Sequence[_Line], yours: Sequence[_Line]) -> list[tuple[_Line, _Line]]:
    """Return the lines that say the same but for numbers, wherever they stand; the first answers the first."""
    left: dict[str, list[_Line]] = {}
    for line in reversed(yours):
        left.setdefault(_masked(line.text), []).append(line)
    return [(line, found.pop()) for line in mine if (found := left.get(_masked(line.text)))]


def _listed(mine: Sequence[_Line], yours: Sequence[_Line]) -> Iterator[ListedChange]:
    """Yield the changes between lines read as one text; each at the line it begins in."""
    ours, theirs = ("\n".join(line.text for line in lines) for lines in (mine, yours))
    figures, their_figures = (list(_figures(lines)) for lines in (mine, yours))
    changes = [
        one
        for one in diff(ours, theirs)
        if not _is_inside(one.start, one.end, figures)
        and not _is_inside(one.their_start, one.their_end, their_figures)
    ]
    heads, lines = (
        [each[part] for each in (_line_apart(one, ours, theirs) for one in changes)] for part in (0, 1)
    )
    ends = [one for one in (*heads, *lines) if _is_touching(one, figures, their_figures)]
    body = PassagePlace(part="body")
    for group in ([one for one in heads if one not in ends], [one for one in lines if one not in ends], ends):
        said = tuple(
            one
            for one in group
            if _bare(ours[one.start : one.end]) != _bare(theirs[one.their_start : one.their_end])
        )
        passage = Passage(
            ours=PassageText(place=body, text=ours), theirs=PassageText(place=body, text=theirs), changes=said
        )
        for one in list_changes([passage]):
            # What became of a figure is told by its name; here it is the words around it.
            kind = ChangeKind.WORDS if group is ends and one.kind is ChangeKind.NUMBER else one.kind
            where = mine if kind is ChangeKind.REMOVED else yours
            yield from (
                replace(
                    each, kind=kind, place=PassagePlace(part="body", paragraph=_number_at(where, each.at))
                )
                for each in _by_line(one)
            )


def _is_touching(
    change: TextChange, figures: Sequence[tuple[int, int]], their_figures: Sequence[tuple[int, int]]
) -> bool:
    return any(low < change.end and change.start < high for low, high in figures) or any(
        low < change.their_end and change.their_start < high for low, high in their_figures
    )


def _line_apart(change: TextChange, ours: str, theirs: str) -> tuple[TextChange, TextChange]:
    """Return a change in two: what is in its line, and whole lines that follow on one side only."""
    old, new = (
        ours.find("\n", change.start, change.end),
        theirs.find("\n", change.their_start, change.their_end),
    )
    end, their_end = change.end, change.their_end
    if old < 0 <= new:
        their_end = new
    elif new < 0 <= old:
        end = old
    return (
        change._replace(end=end, their_end=their_end),
        change._replace(start=end, their_start=their_end),
    )


def _figures(lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    at = 0
    for line in lines:
        yield from ((at + start, at + end) for start, end in line.figures)
        at += len(line.text) + 1


def _is_inside(start: int, end: int, figures: Sequence[tuple[int, int]]) -> bool:
    return start < end and any(low <= start and end <= high for low, high in figures)


def _number_at(lines: Sequence[_Line], offset: int) -> int:
    starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
    index = bisect_right(starts, offset) - 1
    return lines[min(index, len(lines) - 1)].number if lines else 0


def _by_line(one: ListedChange) -> Iterator[ListedChange]:
    """Yield what was put in or taken out line by line: lines are moved by themselves."""
    if one.kind not in (ChangeKind.ADDED, ChangeKind.REMOVED):
        yield one
        return
    at = one.at
    for text in (one.before or one.after).split("\n"):
        if said := text.strip():
            yield replace(one, before=said, at=at) if one.before else replace(one, after=said, at=at)
        at += len(text) + 1


def _without_moved(listed: Sequence[ListedChange]) -> Iterator[ListedChange]:
    """Yield the changes without those that only took words from one place to another."""
    out = Counter(_masked(one.before) for one in listed if one.kind is ChangeKind.REMOVED)
    put = Counter(_masked(one.after) for one in listed if one.kind is ChangeKind.ADDED)
    moved = dict.fromkeys((ChangeKind.ADDED, ChangeKind.REMOVED), out & put)
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
