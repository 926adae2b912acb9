"""改动清单: what was changed between two documents, numbers first, as values and as a page of Word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from officeflow.document.compare.aligning import CLAUSE_END, TextChange, diff, tokens_of
from officeflow.document.compare.comparing import Passage
from officeflow.document.compare.pairing import MOST_PAIRS, likeness
from officeflow.document.compare.sides import PassagePlace, PassageText
from officeflow.document.provenance.hedges import HEDGES, hedge_after, hedge_before

_SENTENCE_END = frozenset("。！？\n")
_MOVED, _SHORTEST = 0.75, 8
"""How alike a paragraph that was moved still is, and the fewest characters by which it is known again."""
_Stretch: TypeAlias = tuple[int, int]
_ENDS = "".join(CLAUSE_END) + " \u3000"


class ChangeKind(StrEnum):
    """What kind of change it is."""

    NUMBER = "number"
    WORDS = "words"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True)
class ListedChange:
    """One change: what stood there and what stands there now, in the words around it."""

    kind: ChangeKind
    place: PassagePlace
    """In the second document; of what was removed, in the first."""
    before: str = ""
    after: str = ""
    figure: str = ""
    """What people call the figure, '' for words and for numbers that are nobody's figure."""
    sentence: str = ""
    """For a figure, the clause it stands in now."""
    at: int = 0
    """Where its words begin in the second document's paragraph; of what was removed, in the first's."""
    was: PassagePlace | None = None
    """Of what was moved, the place in the first document."""

    @property
    def place_text(self) -> str:
        """The place in a person's words: 第3段, 表1第2行, 页眉."""
        said, text = words()["places"], _place_text(self.place)
        if self.was is not None:
            return str(said["moved"].format(was=_place_text(self.was), place=text))
        return str(said["was"].format(place=text)) if self.kind is ChangeKind.REMOVED else text

    @property
    def kind_text(self) -> str:
        """The kind in a person's word."""
        return str(words()["kinds"][self.kind.value])


@cache
def words() -> dict[str, Any]:
    """Return the words of the list."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _place_text(place: PassagePlace) -> str:
    form = "row" if place.row else "paragraph" if place.paragraph else place.part
    said: str = words()["places"][form]
    return said.format(paragraph=place.paragraph, table=place.table, row=place.row)


def list_changes(passages: Sequence[Passage]) -> tuple[ListedChange, ...]:
    """Return the changes of passages: numbers first, else in reading order; what a bound figure became has its name.

    A paragraph that was taken out in one place and put in at another was moved: it is
    listed once, and what was changed in it besides.
    """
    found: list[ListedChange] = []
    for _, group in groupby(_with_moved(passages), _row):
        found += _joined([one for passage in group for one in _listed(passage)])
    return tuple(sorted(found, key=lambda one: one.kind is not ChangeKind.NUMBER))


def _with_moved(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages, those that were taken out and put in again as one where they stand now."""
    out = [one for one in passages if one.theirs is None and not _is_in_row(one.ours)]
    put = [one for one in passages if one.ours is None and not _is_in_row(one.theirs)]
    if len(out) * len(put) > MOST_PAIRS:
        return list(passages)
    moved: dict[int, Passage] = {}
    gone: set[int] = set()
    for new in put:
        best = max((old for old in out if id(old) not in gone), key=partial(_likeness, new), default=None)
        if best is not None and best.ours and new.theirs and _likeness(new, best) >= _MOVED:
            gone.add(id(best))
            changes = tuple(diff(best.ours.text, new.theirs.text))
            moved[id(new)] = Passage(ours=best.ours, theirs=new.theirs, changes=changes, is_moved=True)
    return [moved.get(id(one), one) for one in passages if id(one) not in gone]


def _is_in_row(words: PassageText | None) -> bool:
    return words is not None and bool(words.place.row)


def _likeness(new: Passage, old: Passage) -> float:
    if old.ours is None or new.theirs is None or min(len(old.ours.text), len(new.theirs.text)) < _SHORTEST:
        return 0.0
    return likeness(old.ours.text, new.theirs.text)


def _row(passage: Passage) -> object:
    """Return what passages of one added or removed row of a table share; every other passage is by itself."""
    side = passage.ours if passage.theirs is None else passage.theirs if passage.ours is None else None
    return (passage.ours is None, side.place) if side is not None and side.place.row else id(passage)


def _joined(listed: list[ListedChange]) -> list[ListedChange]:
    if (
        len(listed) < 2  # noqa: PLR2004
        or not listed[0].place.row
        or listed[0].kind not in (ChangeKind.ADDED, ChangeKind.REMOVED)
    ):
        return listed
    gap = words()["gap"]
    before, after = (
        gap.join(filter(None, texts)) for texts in zip(*((o.before, o.after) for o in listed), strict=True)
    )
    return [replace(listed[0], before=before, after=after)]


def _listed(passage: Passage) -> Iterator[ListedChange]:
    ours, theirs = passage.ours, passage.theirs
    if ours is None and theirs is not None:
        if not _is_page_number(theirs):
            yield ListedChange(kind=ChangeKind.ADDED, place=theirs.place, after=theirs.text.strip())
    elif theirs is None and ours is not None:
        if not _is_page_number(ours):
            yield ListedChange(kind=ChangeKind.REMOVED, place=ours.place, before=ours.text.strip())
    elif ours is not None and theirs is not None:
        if passage.is_moved:
            before, after = ours.text.strip(), theirs.text.strip()
            yield ListedChange(
                kind=ChangeKind.MOVED, place=theirs.place, was=ours.place, before=before, after=after
            )
        named = list(_named(ours, theirs, passage.changes))
        yield from (one for _, one in named)
        told = {change for changes, _ in named for change in changes}
        rest = [change for change in passage.changes if change not in told]
        for group in _by_clause(ours, theirs, rest):
            yield _clause(ours, theirs, group)


def _is_page_number(words: PassageText) -> bool:
    """Whether a header or footer says nothing but a number: it comes and goes with the file's program."""
    return words.place.part in ("header", "footer") and not any(map(str.isalpha, words.text))


def _named(
    ours: PassageText, theirs: PassageText, changes: Sequence[TextChange]
) -> Iterator[tuple[list[TextChange], ListedChange]]:
    """Yield each bound figure that reads otherwise, with the changes that lie inside it."""
    seen: set[tuple[int, int]] = set()
    for (start, end, name), is_ours in (
        *((figure, True) for figure in ours.figures),
        *((figure, False) for figure in theirs.figures),
    ):
        there = carried(start, end, changes, back=not is_ours)
        mine, yours = ((start, end), there) if is_ours else (there, (start, end))
        mine, yours = _with_hedges(ours.text, mine, theirs.text, yours)
        before, after = ours.text[slice(*mine)], theirs.text[slice(*yours)]
        if before == after or not before or not after or mine in seen:
            continue
        seen.add(mine)
        inside = [
            one
            for one in changes
            if mine[0] <= one.start
            and one.end <= mine[1]
            and yours[0] <= one.their_start
            and one.their_end <= yours[1]
        ]
        sentence = theirs.text[slice(*_clause_around(theirs.text, *yours))].strip()
        yield (
            inside,
            ListedChange(
                kind=ChangeKind.NUMBER if _has_numeral(before + after) else ChangeKind.WORDS,
                place=theirs.place, before=before, after=after, figure=name, sentence=sentence,
            ),
        )  # fmt: skip


def _with_hedges(ours: str, mine: _Stretch, theirs: str, yours: _Stretch) -> tuple[_Stretch, _Stretch]:
    """Return two stretches with what stands against only one of them (约, 以上): it changed the number."""
    ahead, behind = hedge_before(ours[: mine[0]]), hedge_after(ours[mine[1] :])
    their_ahead, their_behind = hedge_before(theirs[: yours[0]]), hedge_after(theirs[yours[1] :])
    if ahead == their_ahead:
        ahead = their_ahead = ""
    if behind == their_behind:
        behind = their_behind = ""
    return (
        (mine[0] - len(ahead), mine[1] + len(behind)),
        (yours[0] - len(their_ahead), yours[1] + len(their_behind)),
    )


def carried(start: int, end: int, changes: Sequence[TextChange], *, back: bool = False) -> tuple[int, int]:
    """Return where a stretch of our text is in theirs; `back`: one of theirs in ours.

    What stands in the place of a part of it belongs to it.

    >>> carried(3, 7, [TextChange(0, 0, 0, 1), TextChange(3, 6, 4, 6)])
    (4, 7)
    """
    sides = [TextChange(c.their_start, c.their_end, c.start, c.end) if back else c for c in changes]
    return _carried(start, sides, is_end=False), _carried(end, sides, is_end=True)


def _carried(offset: int, changes: Sequence[TextChange], *, is_end: bool) -> int:
    """Return where an offset is in the other text; inside a change, the end of it that lets a stretch keep it all."""
    shift = 0
    for change in changes:
        is_put_in_before = not is_end and change.start == change.end == offset
        if offset < change.start or (offset == change.start and not is_put_in_before):
            return change.their_start - (change.start - offset)
        if offset < change.end:
            return change.their_end if is_end else change.their_start
        shift = change.their_end - change.end
    return offset + shift


def _by_clause(
    ours: PassageText, theirs: PassageText, changes: Sequence[TextChange]
) -> Iterator[list[TextChange]]:
    """Yield changes in groups: those whose clauses are the same, in either text."""
    group: list[TextChange] = []
    reach = their_reach = -1
    for change in changes:
        start, end = _clause_around(ours.text, change.start, change.end)
        their_start, their_end = _clause_around(theirs.text, change.their_start, change.their_end)
        if group and not (start < reach or their_start < their_reach):
            yield group
            group = []
        group.append(change)
        reach, their_reach = end, their_end
    if group:
        yield group


def _clause(ours: PassageText, theirs: PassageText, group: Sequence[TextChange]) -> ListedChange:
    first, last = group[0], group[-1]
    before = slice(*_clause_around(ours.text, first.start, last.end))
    after = slice(*_clause_around(theirs.text, first.their_start, last.their_end))
    old = [ours.text[one.start : one.end] for one in group]
    new = [theirs.text[one.their_start : one.their_end] for one in group]
    kind = ChangeKind.NUMBER if any(map(_is_number, old, new)) else ChangeKind.WORDS
    if not any(new) and _is_whole(ours.text, before, first.start, last.end):
        kind, after = ChangeKind.REMOVED, slice(0)
    elif not any(old) and _is_whole(theirs.text, after, first.their_start, last.their_end):
        kind, before = ChangeKind.ADDED, slice(0)
    whole, shown = (ours, before) if kind is ChangeKind.REMOVED else (theirs, after)
    return ListedChange(
        kind=kind,
        place=whole.place,
        before=ours.text[before].strip(_ENDS),
        after=theirs.text[after].strip(_ENDS),
        at=shown.stop - len(whole.text[shown].lstrip(_ENDS)),
    )


def _is_whole(text: str, clauses: slice, start: int, end: int) -> bool:
    """Whether a stretch is whole clauses, with a mark of theirs or without."""
    return text[clauses].strip(_ENDS) == text[start:end].strip(_ENDS)


def _clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends of the clauses that a stretch lies in; the mark that ends the last one is left out."""
    is_ended = start < end and text[end - 1] in CLAUSE_END
    while start > 0 and text[start - 1] not in CLAUSE_END:
        start -= 1
    while not is_ended and end < len(text) and text[end] not in CLAUSE_END:
        end += 1
    return start, end


def _is_number(old: str, new: str) -> bool:
    """Whether a change is one of a number; rewritten sentences are words, whatever numbers they hold."""
    both = old + new
    return (_has_numeral(both) or bool({old, new} & HEDGES)) and _SENTENCE_END.isdisjoint(both)


def _has_numeral(text: str) -> bool:
    return any(token.is_numeral for token in tokens_of(text))
