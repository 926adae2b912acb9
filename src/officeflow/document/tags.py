"""Find template tags in a paragraph's text and bring what people type into the form Jinja reads.

A Chinese keyboard and Word's autocorrection write ｛｛ ｝｝ ％ ｜ （ ） ， and curly
quotes; outside of quoted text they mean their ASCII twins (docxtpl issues 81, 85).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " ", 0x2013: "-"}
_OPEN = re.compile("[{｛]([{｛%％#＃])")
_CLOSE = {"{": "}｝", "%": "%％", "#": "#＃"}
_SINGLE, _DOUBLE = "'‘’", '"“”'
_SCOPE = re.compile(r"[-+]?(tr|tc|p|r)\s+")
_BREAK = "\ufffc"
"""Stands for a picture, field or note: no tag runs across one."""


class Kind(StrEnum):
    """What a tag does."""

    PRINT = "{"
    BLOCK = "%"
    COMMENT = "#"


class RawTag(NamedTuple):
    """A tag in a paragraph's text: `text[start:end]`; `scope` is '', p, tr, tc or r; `body` is plain Jinja."""

    start: int
    end: int
    kind: Kind
    scope: str
    body: str


class Unclosed(NamedTuple):
    """A tag that begins at `start` and has no end in its paragraph."""

    start: int


def find_tags(text: str) -> Iterator[RawTag | Unclosed]:
    """Yield the tags of a paragraph's text in order.

    >>> [tag.body for tag in find_tags("共｛｛ 捐衣物｜数 ｝｝件")]
    ['捐衣物|数']
    """
    place = 0
    while found := _OPEN.search(text, place):
        kind = Kind(found[1].translate(_WIDE))
        body, end = _inside(text, found.end(), kind)
        if not end:
            yield Unclosed(found.start())
            place = found.end()
            continue
        scope = _SCOPE.match(body)
        if scope:
            body = body[scope.end() :]
        body = body.strip().strip("-+").strip() if kind is Kind.BLOCK else body.strip()
        yield RawTag(found.start(), end, kind, scope[1] if scope else "", body)
        place = end


def _inside(text: str, place: int, kind: Kind) -> tuple[str, int]:
    """Return the normalised inside of a tag and where the tag ends, 0 when it does not."""
    closing = _CLOSE[kind]
    inside: list[str] = []
    while place < len(text) and text[place] != _BREAK:
        char = text[place]
        if char in closing and text[place + 1 : place + 2] in ("}", "｝"):
            return "".join(inside), place + 2
        quotes = _SINGLE if char in _SINGLE else _DOUBLE if char in _DOUBLE else ""
        if quotes and kind is not Kind.COMMENT and (end := _string_end(text, place, quotes)):
            inside.append(quotes[0] + text[place + 1 : end].replace(quotes[0], "\\" + quotes[0]) + quotes[0])
            place = end + 1
            continue
        inside.append(char.translate(_WIDE))
        place += 1
    return "", 0


def _string_end(text: str, start: int, quotes: str) -> int:
    """Return where a quoted text ends, 0 when it does not; a straight quote prefers a straight one."""
    end = text.find(quotes[0], start + 1) if text[start] == quotes[0] else -1
    return end if end > 0 else next((i for i in range(start + 1, len(text)) if text[i] in quotes), 0)
