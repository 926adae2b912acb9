"""How a printed figure stands after people worked on the document: as we wrote it, reworded, overtyped, gone, adopted."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from officeflow.document.provenance.record import Bound
from officeflow.text.hedges import AFTER, BEFORE, INSIDE
from officeflow.text.numerals import DIGITS, SCALES

_NUMERAL = re.compile(f"[0-9０-９{DIGITS}零两{''.join(SCALES)}]")
# 最近, 附近 and 靠近 are no hedges.
_HEDGED = re.compile(rf"(?<![最附靠邻])(?:{'|'.join(BEFORE)})$")
_HEDGE = re.compile(rf"^(?:[{INSIDE[:2]}]|{'|'.join(AFTER)})")


class Standing(StrEnum):
    """What became of a figure in the text."""

    UNTOUCHED = "untouched"  # the text between its marks is what we wrote
    REWORDED = "reworded"  # holds what we wrote once, with words around it (约39名)
    OVERTYPED = "overtyped"  # another number, date or text
    REMOVED = "removed"  # nothing of it is left
    ADOPTED = "adopted"  # 审定数: a person stands by what is written


_DIGIT = re.compile("[0-9０-９]")
_AGAINST = (
    (re.compile(r"[0-9０-９]+[.．]?$"), re.compile(r"^[.．]?[0-9０-９]+")),
    (_HEDGED, _HEDGE),
)


def standing_of(bound: Bound, text: str | None, beside: tuple[str, str] = ("", "")) -> Standing:
    """Return how a figure stands whose accepted text is `text` now; None when its place is gone.

    `beside` are the words before and after it now: what was typed against a bookmark
    from outside (近|39名|) counts as typed into it.

    >>> standing_of(Bound(id="党员数", value="39", text="39名"), "约39名")
    <Standing.REWORDED: 'reworded'>
    >>> standing_of(Bound(id="党员数", value="39", text="39名"), "近40名")
    <Standing.OVERTYPED: 'overtyped'>
    >>> standing_of(Bound(id="党员数", value="39", text="39名", before="安排"), "39名", ("安排近", "到岗"))
    <Standing.REWORDED: 'reworded'>
    """
    if bound.reason and (text or "") == bound.adopted:
        return Standing.ADOPTED
    if text is not None and text in (bound.text, bound.was or bound.text):
        return _against(bound, *beside) if is_number(bound) else Standing.UNTOUCHED
    if text is None or not text.strip():
        return Standing.REMOVED
    if not is_number(bound):
        return Standing.OVERTYPED
    if text.count(bound.text) == 1 and not _NUMERAL.search(text.replace(bound.text, "")):
        return Standing.REWORDED
    return Standing.OVERTYPED if _NUMERAL.search(text) else Standing.REMOVED


def _against(bound: Bound, before: str, after: str) -> Standing:
    """Return how a number stands that is as it was, by what stands against it now and did not when it was written."""
    typed = "".join(typed_against(bound, before, after))
    if not typed:
        return Standing.UNTOUCHED
    return Standing.OVERTYPED if _DIGIT.search(typed) else Standing.REWORDED


def is_number(bound: Bound) -> bool:
    """Whether a figure is a number, hedged or not; texts, dates and lists are not."""
    try:
        Decimal(re.split("[ ～]", bound.value)[0])
    except InvalidOperation:
        return False
    return True


def typed_against(bound: Bound, before: str, after: str) -> tuple[str, str]:
    """Return the hedge or digits that a person typed right before and right after a number since it was printed."""
    if not is_number(bound):
        return "", ""
    found = ["", ""]
    ends = (bound.text[:1], bound.text[-1:])
    for patterns in _AGAINST:
        for side, words in enumerate(((before, bound.before), (after, bound.after))):
            now, then = map(patterns[side].search, words)
            # 5 behind 39名 is no more of it, behind 39 it is.
            is_of_it = patterns is not _AGAINST[0] or _DIGIT.match(ends[side])
            if now and not then and is_of_it:
                found[side] = found[side] or now[0]
    return found[0], found[1]
