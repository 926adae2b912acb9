"""Text and 是/否 cells."""

from __future__ import annotations

import re
from datetime import date, datetime

from officeflow.model.values import Gap
from officeflow.text.clean import clean
from officeflow.text.reading import EMPTY, Typed, as_shown, exact, unreadable

_STROKES = re.compile(r"[/／\\—–―─－-]{1,3}")
_YES = frozenset(["是", "√", "✓", "✔", "对", "有", "已", "y", "yes", "true", "1", "t"])
_NO = frozenset(["否", "×", "✗", "✘", "x", "不是", "没有", "无", "未", "不", "n", "no", "false", "0", "f"])


def read_text(raw: object) -> Typed:
    """Return the clean text of a cell; a stroke alone is not applicable.

    A number prints as Excel shows it (13812345678), a date as year-month-day;
    Excel makes dates of texts such as 3-5, so a date is listed as a repair.
    """
    match raw:
        case None | "":
            return EMPTY
        case str():
            text = clean(raw)
            return Typed(Gap.NOT_APPLICABLE) if _STROKES.fullmatch(text) else Typed(text or None)
        case bool():
            return Typed(as_shown(raw))
        case int() | float() if exact(raw) is None:
            return unreadable("DIGITS_LOST" if abs(raw) < float("inf") else "NOT_A_TEXT")
        case datetime() | date():
            return Typed(as_shown(raw), repair="日期转文字")
        case _:
            return Typed(as_shown(raw))


def read_yes_no(raw: object) -> Typed:
    """Return whether a cell says 是 or 否; √, ×, 有, 无, Y, N, 1, 0 and Excel's TRUE and FALSE are repairs.

    Anything else is the problem NOT_YES_NO.
    """
    if isinstance(raw, bool):
        return Typed(raw, repair="统一为是、否")
    text = clean(as_shown(raw))
    if not text:
        return EMPTY
    if text in {"是", "否"}:
        return Typed(text == "是")
    if _STROKES.fullmatch(text):
        return Typed(Gap.NOT_APPLICABLE)
    said = text.lower()
    if said in _YES or said in _NO:
        return Typed(said in _YES, repair="统一为是、否")
    return unreadable("NOT_YES_NO")
