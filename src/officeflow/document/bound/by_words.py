"""Find a figure whose bookmark is gone: its exact text between the words that stood around it, where that is unique."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from officeflow.document.provenance.binding import CONTEXT, MASK
from officeflow.document.provenance.record import Bound
from officeflow.document.provenance.standing import is_number
from officeflow.document.wml.bound_text import PartText, Spot

_LONGEST_GAP = 40
"""Characters that a person may have put in the place of a figure whose bookmark is gone."""


class Taken(NamedTuple):
    """Where a figure stands that is found already."""

    part: str
    start: Spot
    end: Spot
    is_number: bool


def by_words(bound: Bound, texts: list[PartText], taken: list[Taken]) -> tuple[PartText, Spot, Spot] | None:
    """Return the one place where a figure's text, or another in its place, stands between its words."""
    for pattern in _patterns(bound):
        found = [
            (text, Spot(index, match.start(1)), Spot(index, match.end(1)))
            for text in texts
            for index, paragraph in enumerate(text.paragraphs)
            for match in pattern.finditer(paragraph.text)
        ]
        own = is_number(bound)
        free = [one for one in found if not any(_collide(one, own, other) for other in taken)]
        if len(free) == 1:
            return free[0]
    return None


def _patterns(bound: Bound) -> Iterator[re.Pattern[str]]:
    if bound.adopted or bound.text:
        shown = bound.adopted or bound.text
        yield _pattern(bound, re.escape(shown), CONTEXT)
        yield _pattern(bound, re.escape(shown), CONTEXT // 2)
    if bound.before and bound.after:
        yield _pattern(bound, f".{{0,{_LONGEST_GAP}}}?", CONTEXT // 2)


def _pattern(bound: Bound, inside: str, length: int) -> re.Pattern[str]:
    # Words shorter than what is recorded of a longer paragraph are all there was: the paragraph begins or ends there.
    before, after = bound.before[-length:], bound.after[:length]
    begin = "^" if len(bound.before) < CONTEXT and before == bound.before else ""
    end = "$" if len(bound.after) < CONTEXT and after == bound.after else ""
    return re.compile(f"{begin}{_words(before)}({inside}){_words(after)}{end}")


def _words(text: str) -> str:
    return re.escape(text).replace(MASK, ".")


def _collide(one: tuple[PartText, Spot, Spot], is_number: bool, other: Taken) -> bool:
    """Whether a place is another figure's; a text may hold figures."""
    text, start, end = one
    if text.name != other.part or not (start < other.end and other.start < end):
        return False
    if (start, end) == (other.start, other.end):
        return True
    within = not other.is_number and other.start <= start and end <= other.end
    around = not is_number and start <= other.start and other.end <= end
    return not (within or around)
