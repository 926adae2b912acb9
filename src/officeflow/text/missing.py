"""Cells that say “no value”: not applicable and not counted, which are neither 0 nor blank."""

from __future__ import annotations

import re

from officeflow.model.values import Gap

_STROKES = frozenset(
    [
        "/",
        "／",
        "\\",
        "＼",
        "|",
        "-",
        "--",
        "---",
        "－",
        "—",
        "——",
        "–",
        "―",
        "─",
        "//",
        "N/A",
        "n/a",
        "NA",
        "无",
        "不适用",
        "不涉及",
        "无此项",
    ]
)
_NOT_COUNTED = re.compile(
    r"[（(]?(?:暂|尚|还)?(?:未|没有|没|无法|正在)统计(?:中|到|出来)?[)）]?|统计中|不详|未知|待统计|待定|待核|暂缺|未上报|未报"
)
MASK = re.compile(r"[*＊×xX]|某|□")
"""A sign that stands for a digit somebody did not want to show (20**年, XX人)."""


def read_missing(text: str) -> Gap | None:
    """Return the gap that a clean text in a number or date cell stands for, or None.

    >>> read_missing("—"), read_missing("未统计"), read_missing("0")
    (<Gap.NOT_APPLICABLE: 'not_applicable'>, <Gap.NOT_COUNTED: 'not_counted'>, None)
    """
    if text in _STROKES:
        return Gap.NOT_APPLICABLE
    return Gap.NOT_COUNTED if _NOT_COUNTED.fullmatch(text) else None
