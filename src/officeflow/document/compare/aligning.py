"""Two texts side by side: the stretches they share and what differs between.

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
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeAlias

from officeflow.text.hedges import INSIDE
from officeflow.text.numerals import DIGITS, SCALES

_SCALE, _MORE = f"[{''.join(SCALES)}]", f"[{INSIDE[:2]}]"
_NUMERAL = (
    rf"[0-9０-９]+(?:[,，.．][0-9０-９]+)*(?:{_SCALE}+|[%％‰])?{_MORE}?|"
    rf"[{DIGITS}零两{''.join(SCALES)}]{{2,}}{_MORE}?"
)
_TOKEN = re.compile(rf"(?P<numeral>{_NUMERAL})|[A-Za-z]+|.", re.DOTALL)
CLAUSE_END = frozenset("，。；：！？、,;:!?\n\t¶")
COSTLIEST = 1_000_000
"""Pairs of equal tokens that one search may look at; about a second in all."""
_Gap: TypeAlias = tuple[int, int, int, int]


class Token(NamedTuple):
    """A numeral, a Latin word or one character, and where it begins in its text."""

    text: str
    start: int
    is_numeral: bool = False

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


class TextChange(NamedTuple):
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


def diff(ours: str, theirs: str) -> list[TextChange]:
    """Return where two texts differ, in order; numerals are replaced whole.

    >>> diff("捐衣物248件。", "共捐衣物256件。")
    [TextChange(start=0, end=0, their_start=0, their_end=1), TextChange(start=3, end=6, their_start=4, their_end=7)]
    """
    mine, yours = tokens_of(ours), tokens_of(theirs)
    matches = match_tokens([token.text for token in mine], [token.text for token in yours])
    gaps = _without_crumbs(list(_gaps(matches, len(mine), len(yours))), mine)
    gaps = [part for gap in _at_clauses(gaps, mine, yours) for part in _numerals_apart(gap, mine, yours)]
    return [
        TextChange(
            _offset(mine, a, ours),
            _offset(mine, b, ours),
            _offset(yours, c, theirs),
            _offset(yours, d, theirs),
        )
        for a, b, c, d in gaps
    ]


def _count_same(ours: Sequence[str], theirs: Sequence[str]) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((i for i, (one, other) in pairs if one != other), min(len(ours), len(theirs)))


def _search(ours: Sequence[str], theirs: Sequence[str]) -> list[Match]:
    if count_pairs(ours, theirs) <= COSTLIEST:
        return _longest_first(ours, theirs)
    mine, yours = _clauses(ours), _clauses(theirs)
    texts, their_texts = (["".join(clause) for clause in clauses] for clauses in (mine, yours))
    if count_pairs(texts, their_texts) > COSTLIEST:
        return []
    starts, their_starts = _starts(mine), _starts(yours)
    found: list[Match] = []
    i = j = 0
    for match in (*_longest_first(texts, their_texts), Match(len(mine), len(yours), 0)):
        a, b = starts[match.ours], their_starts[match.theirs]
        if count_pairs(ours[i:a], theirs[j:b]) <= COSTLIEST:
            found += (
                Match(m.ours + i, m.theirs + j, m.length) for m in _longest_first(ours[i:a], theirs[j:b])
            )
        i, j = starts[match.ours + match.length], their_starts[match.theirs + match.length]
        found.append(Match(a, b, i - a))
    return [match for match in found if match.length]


def count_pairs(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return how many pairs of equal texts there are: what a search through both costs."""
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
        if token in CLAUSE_END:
            clauses.append([])
    return [clause for clause in clauses if clause]


def _starts(clauses: list[list[str]]) -> list[int]:
    starts = [0]
    for clause in clauses:
        starts.append(starts[-1] + len(clause))
    return starts


def _gaps(matches: Sequence[Match], length: int, their_length: int) -> Iterator[_Gap]:
    i = j = 0
    for match in (*matches, Match(length, their_length, 0)):
        if i < match.ours or j < match.theirs:
            yield i, match.ours, j, match.theirs
        i, j = match.ours + match.length, match.theirs + match.length


def _without_crumbs(gaps: list[_Gap], mine: Sequence[Token]) -> list[_Gap]:
    """Join changes that a crumb parts: words in common no longer than what changed on either side of them.

    A mark that ends a clause is kept as a shared stretch: readers orient by it.
    """
    joined: list[_Gap] = []
    for gap in gaps:
        while joined and _is_crumb(joined[-1], gap, mine):
            start, _, their_start, _ = joined.pop()
            gap = (start, gap[1], their_start, gap[3])  # noqa: PLW2901
        joined.append(gap)
    return joined


def _is_crumb(before: _Gap, after: _Gap, mine: Sequence[Token]) -> bool:
    kept = mine[before[1] : after[0]]
    least = min(max(gap[1] - gap[0], gap[3] - gap[2]) for gap in (before, after))
    return len(kept) <= least and not any(token.text in CLAUSE_END for token in kept)


def _at_clauses(gaps: Sequence[_Gap], mine: Sequence[Token], yours: Sequence[Token]) -> Iterator[_Gap]:
    """Yield the changes; what was only put in or taken out begins and ends with clauses where it may as well.

    In “甲，乙，乙。” for “甲，乙。” it is “乙，” that was put in, not “，乙”.
    """
    before = 0
    for index, (a, b, c, d) in enumerate(gaps):
        after = gaps[index + 1][0] if index + 1 < len(gaps) else len(mine)
        steps = 0
        if c == d:
            steps = _steps_to_clauses(mine, a, b, range(before - a, after - b + 1))
        elif a == b:
            steps = _steps_to_clauses(yours, c, d, range(before - a, after - b + 1))
        before = b + steps
        yield a + steps, b + steps, c + steps, d + steps


def _steps_to_clauses(tokens: Sequence[Token], start: int, end: int, steps: range) -> int:
    """Return by how many tokens a stretch moves, the text around it staying the same, to lie between clauses; 0 for none."""
    low = high = 0
    while low > steps.start and tokens[start + low - 1].text == tokens[end + low - 1].text:
        low -= 1
    while high < steps.stop - 1 and tokens[start + high].text == tokens[end + high].text:
        high += 1
    ends = {
        step: sum(
            i in (0, len(tokens)) or tokens[i - 1].text in CLAUSE_END for i in (start + step, end + step)
        )
        for step in range(low, high + 1)
    }
    return max(ends, key=lambda step: (ends[step], -abs(step)))


def _numerals_apart(gap: _Gap, mine: Sequence[Token], yours: Sequence[Token]) -> Iterator[_Gap]:
    """Yield a change in pieces, each numeral by itself, where as many numerals come as go."""
    a, b, c, d = gap
    ours, theirs = (
        [i for i in range(*ends) if own[i].is_numeral] for own, ends in ((mine, (a, b)), (yours, (c, d)))
    )
    if len(ours) != len(theirs):
        yield gap
        return
    for i, j in zip([*ours, b], [*theirs, d], strict=True):
        yield from _trimmed((a, i, c, j), mine, yours)
        yield from _trimmed((i, min(i + 1, b), j, min(j + 1, d)), mine, yours)
        a, c = i + 1, j + 1


def _trimmed(gap: _Gap, mine: Sequence[Token], yours: Sequence[Token]) -> Iterator[_Gap]:
    """Yield a piece without what both sides begin and end with; nothing when they are the same."""
    a, b, c, d = gap
    ours, theirs = ([token.text for token in own] for own in (mine[a:b], yours[c:d]))
    start = _count_same(ours, theirs)
    end = min(_count_same(ours[::-1], theirs[::-1]), min(len(ours), len(theirs)) - start)
    if len(ours) + len(theirs) > 2 * (start + end):
        yield a + start, b - end, c + start, d - end


def _offset(tokens: Sequence[Token], index: int, text: str) -> int:
    return tokens[index].start if index < len(tokens) else len(text)


def cut_at(changes: Sequence[TextChange], ends: Sequence[int], *, is_ours: bool) -> list[list[TextChange]]:
    """Return the changes of a text that is several paragraphs on one side, paragraph by paragraph.

    `ends` are where the paragraphs end on that side (`is_ours` says which).  A change over
    an end is cut there; its other half stands with the first piece.

    >>> cut_at([TextChange(1, 1, 1, 4)], [3, 6], is_ours=False)
    [[TextChange(start=1, end=1, their_start=1, their_end=3)], [TextChange(start=1, end=1, their_start=3, their_end=4)]]
    """
    found: list[list[TextChange]] = [[] for _ in ends]
    rest = list(changes)
    for number, end in enumerate(ends):
        later: list[TextChange] = []
        is_last = number == len(ends) - 1
        for one in rest:
            start, stop = (one.start, one.end) if is_ours else (one.their_start, one.their_end)
            if stop <= end or is_last:
                found[number].append(one)
            elif start >= end:
                later.append(one)
            elif is_ours:
                found[number].append(one._replace(end=end))
                later.append(one._replace(start=end, their_start=one.their_end))
            else:
                found[number].append(one._replace(their_end=end))
                later.append(one._replace(start=one.end, their_start=end))
        rest = later
    return found
