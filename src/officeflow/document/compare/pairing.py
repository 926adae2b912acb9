"""Which paragraph of one document answers which of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from officeflow.document.compare.aligning import COSTLIEST, Match, count_pairs, tokens_of

MOST_PAIRS = 120_000
"""Pairs of paragraphs of one gap whose likeness is reckoned."""
_ALIKE = 0.4
"""The likeness from which two paragraphs are one, reworded; below, one was taken out and one put in."""


def pair(
    ours: Sequence[str], theirs: Sequence[str], fits: Callable[[int, int], bool] = lambda _i, _j: True
) -> list[tuple[int | None, int | None]]:
    """Return which text answers which, every text once and in order; None stands for no answer.

    Equal texts answer each other, else the likest ones; what is moved is taken out and
    put in.  `fits` says whether two may answer each other at all.
    """
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    for match in (*_equal(ours, theirs, fits), Match(len(ours), len(theirs), 0)):
        pairs += _pair_gap(ours, theirs, range(i, match.ours), range(j, match.theirs), fits)
        pairs += ((match.ours + k, match.theirs + k) for k in range(match.length))
        i, j = match.ours + match.length, match.theirs + match.length
    return pairs


def likeness(one: str, other: str) -> float:
    """Return how much two texts share, 0 to 1; all numerals count as the same.

    >>> likeness("捐衣物248件", "捐衣物256件")
    1.0
    """
    mine, yours = _shingles(one), _shingles(other)
    total = len(mine) + len(yours)
    return 2 * len(mine & yours) / total if total else 1.0


@lru_cache(maxsize=8192)
def _shingles(text: str) -> frozenset[str]:
    tokens = ["0" if token.is_numeral else token.text for token in tokens_of(text) if token.text.strip()]
    return frozenset(map("".join, pairwise(["", *tokens, ""]))) if tokens else frozenset()


def _equal(ours: Sequence[str], theirs: Sequence[str], fits: Callable[[int, int], bool]) -> Iterator[Match]:
    """Yield the runs of equal texts; where too many are equal, only those that occur once hold the two together."""
    mine, yours = list(ours), list(theirs)
    if count_pairs(mine, yours) > COSTLIEST:
        often = {text for text, times in (Counter(ours) | Counter(theirs)).items() if times > 1}
        mine = [f"\0{i}" if text in often else text for i, text in enumerate(ours)]
        yours = [f"\1{j}" if text in often else text for j, text in enumerate(theirs)]
    matcher = SequenceMatcher(lambda text: not text.strip(), mine, yours, autojunk=False)
    for i, j, length in matcher.get_matching_blocks():
        yield from (Match(i + k, j + k, 1) for k in range(length) if fits(i + k, j + k))


def _pair_gap(
    ours: Sequence[str], theirs: Sequence[str], mine: range, yours: range, fits: Callable[[int, int], bool]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield the pairs of two stretches without equal texts: the sum of likenesses is the largest there is."""
    i, j = mine.start, yours.start
    for a, b in _likest(ours, theirs, mine, yours, fits):
        yield from ((k, None) for k in range(i, a))
        yield from ((None, k) for k in range(j, b))
        yield a, b
        i, j = a + 1, b + 1
    yield from ((k, None) for k in range(i, mine.stop))
    yield from ((None, k) for k in range(j, yours.stop))


def _likest(
    ours: Sequence[str], theirs: Sequence[str], mine: range, yours: range, fits: Callable[[int, int], bool]
) -> list[tuple[int, int]]:
    if not len(mine) * len(yours) or len(mine) * len(yours) > MOST_PAIRS:
        return []
    # best[a][b]: the largest sum for the texts from the a-th and the b-th on.
    best = [[0.0] * (len(yours) + 1) for _ in range(len(mine) + 1)]
    scores = [[_score(ours[i], theirs[j]) if fits(i, j) else 0.0 for j in yours] for i in mine]
    for a in reversed(range(len(mine))):
        for b in reversed(range(len(yours))):
            both = scores[a][b] + best[a + 1][b + 1] if scores[a][b] else 0.0
            best[a][b] = max(both, best[a + 1][b], best[a][b + 1])
    pairs, a, b = [], 0, 0
    while a < len(mine) and b < len(yours):
        if scores[a][b] and best[a][b] == scores[a][b] + best[a + 1][b + 1]:
            pairs.append((mine[a], yours[b]))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _score(one: str, other: str) -> float:
    alike = likeness(one, other)
    return alike if alike >= _ALIKE else 0.0
