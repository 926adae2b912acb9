"""How a printed figure stands after people worked on the document: as we wrote it, reworded, overtyped, gone, adopted."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from officeflow.document.record import Bound

_NUMERAL = re.compile("[0-9０-９〇零一二两三四五六七八九十百千万亿]")


class Standing(StrEnum):
    """What became of a figure in the text."""

    UNTOUCHED = "untouched"  # the text between its marks is what we wrote
    REWORDED = "reworded"  # holds what we wrote once, with words around it (约39名)
    OVERTYPED = "overtyped"  # another number, date or text
    REMOVED = "removed"  # nothing of it is left
    ADOPTED = "adopted"  # 审定数: a person stands by what is written


def standing_of(bound: Bound, text: str | None) -> Standing:
    """Return how a figure stands whose accepted text is `text` now; None when its place is gone.

    >>> standing_of(Bound(id="党员数", value="39", text="39名"), "约39名")
    <Standing.REWORDED: 'reworded'>
    >>> standing_of(Bound(id="党员数", value="39", text="39名"), "近40名")
    <Standing.OVERTYPED: 'overtyped'>
    """
    if bound.adopted and text == bound.adopted:
        return Standing.ADOPTED
    if text == bound.text:
        return Standing.UNTOUCHED
    if text is None or not text.strip():
        return Standing.REMOVED
    if not is_number(bound):
        return Standing.OVERTYPED
    if text.count(bound.text) == 1 and not _NUMERAL.search(text.replace(bound.text, "")):
        return Standing.REWORDED
    return Standing.OVERTYPED if _NUMERAL.search(text) else Standing.REMOVED


def is_number(bound: Bound) -> bool:
    """Whether a figure is a number, hedged or not; texts, dates and lists are not."""
    try:
        Decimal(re.split("[ ～]", bound.value)[0])
    except InvalidOperation:
        return False
    return True
