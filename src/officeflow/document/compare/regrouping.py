"""Paragraphs that were split or joined: one of one document answers several of the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from officeflow.document.compare.aligning import Change
from officeflow.document.compare.pairing import likeness

Pair = tuple[int | None, int | None]
Group = tuple[tuple[int, ...], tuple[int, ...]]
"""Indices of ours and of theirs that answer each other; one of the two has one member at most."""
_BETTER = 0.1
"""By how much liker a paragraph must be to two than to one of them."""


def regroup(
    pairs: Sequence[Pair],
    ours: Sequence[str],
    theirs: Sequence[str],
    may_join: Callable[[Sequence[int], Sequence[int]], bool],
) -> list[Group]:
    """Return the pairs as groups: a paragraph without an answer joins its neighbour's where that was cut in two.

    `may_join` says whether paragraphs can be taken together at all.
    """
    groups: list[Group] = []
    for i, j in pairs:
        new: Group = (() if i is None else (i,), () if j is None else (j,))
        if groups and (joined := _joined(groups[-1], new, ours, theirs)) and may_join(*joined):
            groups[-1] = joined
        else:
            groups.append(new)
    return groups


def _joined(one: Group, other: Group, ours: Sequence[str], theirs: Sequence[str]) -> Group | None:
    mine, yours = one[0] + other[0], one[1] + other[1]
    if min(len(mine), len(yours)) != 1:
        return None
    whole = max((one, other), key=lambda group: min(map(len, group)))
    if not min(map(len, whole)):
        return None
    together = likeness("".join(ours[i] for i in mine), "".join(theirs[j] for j in yours))
    before = likeness("".join(ours[i] for i in whole[0]), "".join(theirs[j] for j in whole[1]))
    return (mine, yours) if together >= before + _BETTER else None


def cut_at(changes: Sequence[Change], ends: Sequence[int], *, is_ours: bool) -> list[list[Change]]:
    """Return the changes of a text that is several paragraphs on one side, paragraph by paragraph.

    `ends` are where the paragraphs end on that side (`is_ours` says which).  A change over
    an end is cut there; its other half stands with the first piece.

    >>> cut_at([Change(1, 1, 1, 4)], [3, 6], is_ours=False)
    [[Change(start=1, end=1, their_start=1, their_end=3)], [Change(start=1, end=1, their_start=3, their_end=4)]]
    """
    found: list[list[Change]] = [[] for _ in ends]
    rest = list(changes)
    for number, end in enumerate(ends):
        later: list[Change] = []
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
