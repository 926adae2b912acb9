"""Where figures stand in a text that came back: found by what they say and by the words around them.

Numerals count as equal, so that a changed number is found, too.  Nothing is guessed: of two places equally good, neither is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import eq
from typing import NamedTuple, TypeAlias

from officeflow.document.compare.aligning import CLAUSE_END, match_tokens
from officeflow.document.compare.streams import ANY_NUMERAL, Piece, Stream, TokenSpan, pieces_of
from officeflow.document.provenance.binding import CONTEXT

_NEAR = CONTEXT
"""Tokens on each side that tell one place from another."""
_WIDE = 2 * _NEAR
_FAR = 2000
"""Context tokens on each side that tell two otherwise identical matches apart."""
_BEYOND = 6
"""Tokens past a paragraph's end that must be the same for its neighbour to count as the same."""
_ENOUGH = (2, 4, 6)
"""Tokens next to a place that must be as they were: where the texts run side by side, where it says the same, elsewhere."""
_LONG = 6
"""Tokens that say by themselves which text it is."""
_Score: TypeAlias = tuple[int, int, int]


class _Same(NamedTuple):
    """The words on one side of two places: how many near by are the same, how far on, and whether to the end of both.

    Numerals that changed, and marks, do not count among those near by.
    """

    near: int
    reach: int
    is_all: bool


class WantedFigure(NamedTuple):
    """A figure to be found: its tokens, those before it (nearest first) and after it, and what its old place adds."""

    own: list[Piece]
    before: list[Piece]
    after: list[Piece]
    edges: tuple[int, int] = (_FAR, _FAR)
    """How many tokens of its paragraph stand on each side; beyond them are its neighbours."""
    aligned: TokenSpan | None = None
    """Where the two texts, laid side by side, have it."""
    support: int = 0
    """How many words around it have their answer around that place."""


class FoundPlace(NamedTuple):
    """What became of a figure: its place, or the places that are equally good, () if there are none."""

    place: TokenSpan | None
    rivals: tuple[TokenSpan, ...] = ()


def wanted_in(ours: Stream, theirs: Stream, places: Sequence[TokenSpan]) -> list[WantedFigure]:
    """Return what is to be found of figures that stand in our text at `places`."""
    answers: dict[int, int] = {}
    for match in match_tokens(ours.masks, theirs.masks):
        answers |= {match.ours + k: match.theirs + k for k in range(match.length)}
    return [_wanted(ours, place, answers) for place in places]


def _wanted(ours: Stream, place: TokenSpan, answers: dict[int, int]) -> WantedFigure:
    if place.start == place.end:  # printed as nothing but blanks
        return WantedFigure(own=[], before=[], after=[])
    aligned = _aligned(place, answers)
    around = [*range(max(place.start - _NEAR, 0), place.start), *range(place.end, place.end + _NEAR)]
    answered = [(ours.pieces[index].key, answers[index]) for index in around if index in answers]
    return WantedFigure(
        own=ours.pieces[slice(*place)],
        before=ours.pieces[max(place.start - _FAR, 0) : place.start][::-1],
        after=ours.pieces[place.end : place.end + _FAR],
        edges=ours.to_edges(place),
        aligned=aligned,
        support=sum(
            aligned is not None and key not in CLAUSE_END and -_WIDE <= answer - aligned.start <= _WIDE
            for key, answer in answered
        ),
    )


def wanted_from_words(own: str, before: str, after: str) -> WantedFigure:
    """Return what is to be found of a figure of which only the words around it are known."""
    ahead, behind = list(pieces_of(0, before)), list(pieces_of(0, after))
    # Fewer words than are recorded of a longer paragraph: it begins or ends there.
    edges = (
        len(ahead) if len(before) < CONTEXT else _FAR,
        len(behind) if len(after) < CONTEXT else _FAR,
    )
    return WantedFigure(own=list(pieces_of(0, own)), before=ahead[::-1], after=behind, edges=edges)


def _aligned(place: TokenSpan, answers: dict[int, int]) -> TokenSpan | None:
    start = answers.get(place.start, answers.get(place.start - 1, -2) + 1)
    end = answers.get(place.end - 1, answers.get(place.end, 0) - 1) + 1
    return TokenSpan(start, end) if 0 <= start < end else None


def find_places(
    wanted: Sequence[WantedFigure], theirs: Stream, taken: Sequence[TokenSpan], nested: set[tuple[int, int]]
) -> list[FoundPlace]:
    """Return the place of each wanted figure in their text; `taken` are places that are not free.

    `nested` are the pairs of figures of which one stands inside the other; no two others may overlap.
    """
    rated = [_rated(one, theirs) for one in wanted]
    found: dict[int, TokenSpan] = {}

    def is_free(index: int, place: TokenSpan) -> bool:
        others = (
            other for own, other in found.items() if (own, index) not in nested and (index, own) not in nested
        )
        return not (
            any(map(place.overlaps, others))
            or any(place.overlaps(other) and not place.is_nested(other) for other in taken)
        )

    while True:
        best = {
            index: ties
            for index in range(len(wanted))
            if index not in found and (ties := _best(rated[index], partial(is_free, index)))
        }
        sure = [index for index, ties in best.items() if len(ties) == 1]
        for index in sorted(sure, key=lambda own: rated[own][best[own][0]], reverse=True):
            if is_free(index, best[index][0]):
                found[index] = best[index][0]
        if not sure and not _in_order(best, found):
            break
    return [
        FoundPlace(found[index]) if index in found else FoundPlace(None, tuple(best.get(index, ())))
        for index in range(len(wanted))
    ]


def _best(rated: dict[TokenSpan, _Score], is_free: Callable[[TokenSpan], bool]) -> list[TokenSpan]:
    free = {place: score for place, score in rated.items() if is_free(place)}
    top = max(free.values(), default=None)
    return sorted(place for place, score in free.items() if score == top)


def _in_order(best: dict[int, list[TokenSpan]], found: dict[int, TokenSpan]) -> bool:
    """Give as many figures as there are places their places in order, where each fits each equally well."""
    groups: dict[tuple[TokenSpan, ...], list[int]] = {}
    for index, ties in best.items():
        groups.setdefault(tuple(ties), []).append(index)
    for places, members in groups.items():
        if len(places) == len(members):
            found |= dict(zip(members, places, strict=True))
            return True
    return False


def _rated(wanted: WantedFigure, theirs: Stream) -> dict[TokenSpan, _Score]:
    """Return each place that may be the figure's with how good it is: near words, neighbours, the same text."""
    rated: dict[TokenSpan, _Score] = {}
    masks = [piece.mask for piece in wanted.own]
    candidates = [*theirs.occurrences(masks)]
    aligned = wanted.aligned
    if aligned is not None and aligned not in candidates and theirs.is_one_paragraph(aligned):
        candidates.append(aligned)
    keys = [piece.key for piece in wanted.own]
    says_itself = sum(mask not in {ANY_NUMERAL, *CLAUSE_END} for mask in masks) >= _LONG
    # Neighbouring paragraphs tell places apart; only where one says too little by itself are they words around it.
    inside = wanted.edges if sum(wanted.edges) > _LONG else (_NEAR, _NEAR)
    for place in candidates:
        pieces = theirs.pieces[slice(*place)]
        is_same, is_like = (
            [getattr(p, by) for p in pieces] == own for by, own in (("key", keys), ("mask", masks))
        )
        before = _same(wanted.before, theirs.pieces, range(place.start - 1, -1, -1), inside[0])
        after = _same(wanted.after, theirs.pieces, range(place.end, len(theirs.pieces)), inside[1])
        near = before.near + after.near
        if ANY_NUMERAL not in masks:  # a name or title that stands where it stood in its paragraph
            near += 2 * sum(map(eq, theirs.to_edges(place), wanted.edges))
        if place == aligned:
            is_sure = near >= _ENOUGH[0] or wanted.support >= _ENOUGH[2]
        else:
            is_sure = near >= _ENOUGH[1 if is_same else 2]
        if is_sure or (is_like and says_itself):
            sides = (before.reach >= wanted.edges[0] + _BEYOND or before.is_all) + (
                after.reach >= wanted.edges[1] + _BEYOND or after.is_all
            )
            rated[place] = (near, sides, int(is_same))
    return rated


def _same(ours: Sequence[Piece], pieces: Sequence[Piece], theirs: range, most: int) -> _Same:
    near = reach = 0
    for one, index in zip(ours, theirs, strict=False):
        other = pieces[index]
        if one.mask != other.mask:
            break
        near += reach < min(_NEAR, most) and one.key == other.key and one.key not in CLAUSE_END
        reach += 1
    return _Same(near, reach, is_all=reach == len(ours) == len(theirs) < _FAR)
