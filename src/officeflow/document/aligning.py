"""Two texts side by side: which paragraph answers which, and what differs inside a pair.

Chinese has no blanks between words, so a text is read character by character,
but a numeral is one token: 248 becomes 256 whole, never 2[4]5….

Why difflib: it takes the longest common stretch first, which is how a person reads
two versions.  Shortest edit scripts (rapidfuzz, diff-match-patch) hang on to every
的 that two rewritten sentences share, and the time limit of the latter would make the
answer depend on the clock.  What difflib is slow at is bounded here by counting
beforehand, with whole clauses as the coarser unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_SCALES = "十百千万亿"
_NUMERAL = (
    rf"[0-9０-９]+(?:[,，.．][0-9０-９]+)*(?:[{_SCALES}]+|[%％‰])?|[〇零一二两三四五六七八九{_SCALES}]{{2,}}"
)
_TOKEN = re.compile(rf"(?P<numeral>{_NUMERAL})|[A-Za-z]+|.", re.DOTALL)
_CLAUSE_END = frozenset("，。；：！？、,;:!?\n\t¶")
_COSTLIEST = 1_000_000
"""Pairs of equal tokens that one search may look at; about a second in all."""
_MOST_PAIRS = 120_000
"""Pairs of paragraphs of one gap whose likeness is reckoned."""
_ALIKE = 0.4
"""The likeness from which two paragraphs are one, reworded; below, one was taken out and one put in."""


class Token(NamedTuple):
    """A numeral, a Latin word or one character, and where it begins in its text."""

    text: str
    start: int
    is_numeral: bool = False

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


class Change(NamedTuple):
    """A stretch of our text and the stretch of theirs in its place; either may be empty."""

    start: int
    end: int
    their_start: int
    their_end: int


class Match(NamedTuple):
    """`length` tokens that are the same, from these places on."""

    ours: int
    theirs: int
    length: int


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text, in order and without a gap.

    >>> [token.text for token in tokens_of("捐款1.6万元，增长12.5%")]
    ['捐', '款', '1.6万', '元', '，', '增', '长', '12.5%']
    """
    return [Token(found[0], found.start(), found["numeral"] is not None) for found in _TOKEN.finditer(text)]


def match_tokens(ours: Sequence[str], theirs: Sequence[str]) -> list[Match]:
    """Return the stretches that two sequences share, in order; what is moved is not among them."""
    start = _count_same(ours, theirs)
    least = min(len(ours), len(theirs)) - start
    end = min(_count_same(ours[::-1], theirs[::-1]), least)
    inner = _search(ours[start : len(ours) - end], theirs[start : len(theirs) - end])
    found = [Match(0, 0, start), *(Match(i + start, j + start, length) for i, j, length in inner)]
    return [match for match in (*found, Match(len(ours) - end, len(theirs) - end, end)) if match.length]


def diff(ours: str, theirs: str) -> list[Change]:
    """Return where two texts differ, in order; numerals are replaced whole.

    >>> diff("捐衣物248件。", "共捐衣物256件。")
    [Change(start=0, end=0, their_start=0, their_end=1), Change(start=3, end=6, their_start=4, their_end=7)]
    """
    mine, yours = tokens_of(ours), tokens_of(theirs)
    matches = match_tokens([token.text for token in mine], [token.text for token in yours])
    gaps = _without_crumbs(list(_gaps(matches, len(mine), len(yours))), mine)
    return [
        Change(
            _offset(mine, a, ours),
            _offset(mine, b, ours),
            _offset(yours, c, theirs),
            _offset(yours, d, theirs),
        )
        for a, b, c, d in gaps
    ]


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


def _count_same(ours: Sequence[str], theirs: Sequence[str]) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((i for i, (one, other) in pairs if one != other), min(len(ours), len(theirs)))


def _search(ours: Sequence[str], theirs: Sequence[str]) -> list[Match]:
    if _cost(ours, theirs) <= _COSTLIEST:
        return _longest_first(ours, theirs)
    mine, yours = _clauses(ours), _clauses(theirs)
    texts, their_texts = (["".join(clause) for clause in clauses] for clauses in (mine, yours))
    if _cost(texts, their_texts) > _COSTLIEST:
        return []
    starts, their_starts = _starts(mine), _starts(yours)
    found: list[Match] = []
    i = j = 0
    for match in (*_longest_first(texts, their_texts), Match(len(mine), len(yours), 0)):
        a, b = starts[match.ours], their_starts[match.theirs]
        if _cost(ours[i:a], theirs[j:b]) <= _COSTLIEST:
            found += (
                Match(m.ours + i, m.theirs + j, m.length) for m in _longest_first(ours[i:a], theirs[j:b])
            )
        i, j = starts[match.ours + match.length], their_starts[match.theirs + match.length]
        found.append(Match(a, b, i - a))
    return [match for match in found if match.length]


def _cost(ours: Sequence[str], theirs: Sequence[str]) -> int:
    mine, yours = Counter(ours), Counter(theirs)
    return sum(times * yours[text] for text, times in mine.items())


def _longest_first(ours: Sequence[str], theirs: Sequence[str]) -> list[Match]:
    if not ours or not theirs:
        return []
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return [Match(*block) for block in blocks if block.size]


def _clauses(tokens: Sequence[str]) -> list[list[str]]:
    clauses: list[list[str]] = [[]]
    for token in tokens:
        clauses[-1].append(token)
        if token in _CLAUSE_END:
            clauses.append([])
    return [clause for clause in clauses if clause]


def _starts(clauses: list[list[str]]) -> list[int]:
    starts = [0]
    for clause in clauses:
        starts.append(starts[-1] + len(clause))
    return starts


def _gaps(matches: Sequence[Match], length: int, their_length: int) -> Iterator[tuple[int, int, int, int]]:
    i = j = 0
    for match in (*matches, Match(length, their_length, 0)):
        if i < match.ours or j < match.theirs:
            yield i, match.ours, j, match.theirs
        i, j = match.ours + match.length, match.theirs + match.length


def _without_crumbs(
    gaps: list[tuple[int, int, int, int]], mine: Sequence[Token]
) -> list[tuple[int, int, int, int]]:
    """Join changes that a crumb parts: words in common no longer than what changed on either side of them.

    A mark that ends a clause is no crumb: readers hold on to it.
    """
    joined: list[tuple[int, int, int, int]] = []
    for gap in gaps:
        while joined and _is_crumb(joined[-1], gap, mine):
            start, _, their_start, _ = joined.pop()
            gap = (start, gap[1], their_start, gap[3])  # noqa: PLW2901
        joined.append(gap)
    return joined


def _is_crumb(
    before: tuple[int, int, int, int], after: tuple[int, int, int, int], mine: Sequence[Token]
) -> bool:
    kept = mine[before[1] : after[0]]
    least = min(max(gap[1] - gap[0], gap[3] - gap[2]) for gap in (before, after))
    return len(kept) <= least and not any(token.text in _CLAUSE_END for token in kept)


def _offset(tokens: Sequence[Token], index: int, text: str) -> int:
    return tokens[index].start if index < len(tokens) else len(text)


def _equal(ours: Sequence[str], theirs: Sequence[str], fits: Callable[[int, int], bool]) -> Iterator[Match]:
    """Yield the runs of equal texts; where too many are equal, only those that occur once hold the two together."""
    mine, yours = list(ours), list(theirs)
    if _cost(mine, yours) > _COSTLIEST:
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
    if not len(mine) * len(yours) or len(mine) * len(yours) > _MOST_PAIRS:
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
