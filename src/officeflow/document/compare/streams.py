"""A text as one stream of tokens, whatever paragraphs, cells and blanks became of it; numerals count as equal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from officeflow.document.compare.aligning import tokens_of
from officeflow.document.wml.bound_text import sentence_at

ANY_NUMERAL = "#"
"""What every numeral is compared by where numerals count as equal."""


class TokenSpan(NamedTuple):
    """Tokens of a stream, from the first to the one after the last."""

    start: int
    end: int

    def overlaps(self, other: TokenSpan) -> bool:
        """Whether the two have a token in common."""
        return self.start < other.end and other.start < self.end

    def is_nested(self, other: TokenSpan) -> bool:
        """Whether one lies inside the other and is less."""
        inner, outer = sorted((self, other), key=lambda place: place.end - place.start)
        return outer.start <= inner.start and inner.end <= outer.end and inner != outer


@dataclass(frozen=True, slots=True)
class Piece:
    """One token of a stream: what it is compared by, and where it stands."""

    key: str
    mask: str
    paragraph: int
    start: int
    end: int


@dataclass
class Stream:
    """The tokens of paragraphs one after the other, without blanks."""

    paragraphs: Sequence[str]
    pieces: list[Piece] = field(init=False)

    def __post_init__(self) -> None:
        self.pieces = [
            piece for number, text in enumerate(self.paragraphs) for piece in pieces_of(number, text)
        ]

    @cached_property
    def masks(self) -> list[str]:
        """What each token is compared by where numerals count as equal."""
        return [piece.mask for piece in self.pieces]

    def place(self, paragraph: int, start: int, end: int) -> TokenSpan:
        """Return the tokens that lie in a stretch of a paragraph."""
        inside = [
            index
            for index in range(*self._range(paragraph))
            if start < self.pieces[index].end and self.pieces[index].start < end
        ]
        return TokenSpan(inside[0], inside[-1] + 1) if inside else TokenSpan(0, 0)

    def _range(self, paragraph: int) -> tuple[int, int]:
        return self._starts[paragraph], self._starts[paragraph + 1]

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for number in range(len(self.paragraphs) + 1):
            while at < len(self.pieces) and self.pieces[at].paragraph < number:
                at += 1
            starts.append(at)
        return starts

    @cached_property
    def _by_mask(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, mask in enumerate(self.masks):
            found.setdefault(mask, []).append(index)
        return found

    def occurrences(self, masks: Sequence[str]) -> Iterator[TokenSpan]:
        """Yield where these tokens stand one after the other in one paragraph."""
        for start in self._by_mask.get(masks[0], []) if masks else []:
            end = start + len(masks)
            if self.masks[start:end] == masks and self.is_one_paragraph(TokenSpan(start, end)):
                yield TokenSpan(start, end)

    def is_one_paragraph(self, place: TokenSpan) -> bool:
        """Whether a place has tokens, all in one paragraph."""
        return (
            place.start < place.end <= len(self.pieces)
            and self.pieces[place.start].paragraph == self.pieces[place.end - 1].paragraph
        )

    def sentence(self, place: TokenSpan) -> tuple[int, str]:
        """Return the number of the paragraph a place begins in, of those with words from 1, and its sentence."""
        piece = self.pieces[place.start]
        number = sum(bool(text.strip()) for text in self.paragraphs[: piece.paragraph + 1])
        return number, sentence_at(self.paragraphs[piece.paragraph], piece.start)

    def to_edges(self, place: TokenSpan) -> tuple[int, int]:
        """Return how many tokens of its paragraph stand before and after a place."""
        first, after = self._range(self.pieces[place.start].paragraph)
        return place.start - first, after - place.end


def pieces_of(paragraph: int, text: str) -> Iterator[Piece]:
    """Yield the tokens of a paragraph without blanks; full-width signs count as their narrow ones."""
    for token in tokens_of(text):
        key = unicodedata.normalize("NFKC", token.text)
        if key.strip():
            mask = ANY_NUMERAL if token.is_numeral else key
            yield Piece(key, mask, paragraph, token.start, token.end)
