"""How a printed figure stands after people worked on the document: as we wrote it, reworded, overtyped, gone, adopted."""

from __future__ import annotations

import re
from enum import StrEnum

from officeflow.document.provenance.hedges import hedge_after, hedge_before
from officeflow.document.provenance.record import Bound
from officeflow.model.values import number_in
from officeflow.text.numerals import DIGITS, SCALES

_NUMERAL = re.compile(f"[0-9０-９{DIGITS}零两{''.join(SCALES)}]")


class Standing(StrEnum):
    """What became of a figure in the text."""

    UNTOUCHED = "untouched"  # the text between its marks is what we wrote
    REWORDED = "reworded"  # holds what we wrote once, with words around it (约39名)
    OVERTYPED = "overtyped"  # another number, date or text
    REMOVED = "removed"  # nothing of it is left
    ADOPTED = "adopted"  # 审定数: a person stands by what is written


_DIGIT = re.compile("[0-9０-９]")
_DIGITS_BEFORE, _DIGITS_AFTER = re.compile(r"[0-9０-９]+[.．]?$"), re.compile(r"^[.．]?[0-9０-９]+")


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
    return number_in(re.split("[ ～]", bound.value)[0]) is not None


def typed_against(bound: Bound, before: str, after: str) -> tuple[str, str]:
    """Return the hedge or digits that a person typed right before and right after a number since it was printed."""
    if not is_number(bound):
        return "", ""
    typed = []
    sides = (
        (before, bound.before, bound.text[:1], _digits_before, hedge_before),
        (after, bound.after, bound.text[-1:], _digits_after, hedge_after),
    )
    for now, then, end, digits, hedge in sides:
        # A 5 after 39名 does not belong to the number, after 39 it does.
        more = digits(now) if _DIGIT.match(end) and not digits(then) else ""
        typed.append(more or ("" if hedge(then) else hedge(now)))
    return typed[0], typed[1]


def _digits_before(words: str) -> str:
    found = _DIGITS_BEFORE.search(words)
    return found[0] if found else ""


def _digits_after(words: str) -> str:
    found = _DIGITS_AFTER.match(words)
    return found[0] if found else ""
