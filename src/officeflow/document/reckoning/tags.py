"""Find template tags in a paragraph's text and bring what people type into the form Jinja reads.

A Chinese keyboard and Word's autocorrection write ｛｛ ｝｝ ％ ｜ （ ） ， and curly
quotes; outside of quoted text they mean their ASCII twins (docxtpl issues 81, 85).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import product
from typing import NamedTuple

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " ", 0x2013: "-"}
_MEANT = _WIDE | {ord(char): " " for char in "\n\t"}  # a line may be broken inside a tag
_BLANKS = "\u3000\xa0"
"""Blanks that mean a blank; nobody needs to be told."""
_SINGLE, _DOUBLE = "'‘’", '"“”'
_SCOPE = re.compile(r"(tr|tc|p|r)\s+(?=\S)")
_PRINTED = re.compile(r"\s*print\s")
_MOST_UNCLOSED = 20
"""Of a paragraph: each is looked through to the paragraph's end, and one is enough to refuse it."""
_BREAK = "\ufffc"
"""Stands for a picture, field or note: no tag runs across one."""


class TagKind(StrEnum):
    """What a tag does."""

    PRINT = "{"
    BLOCK = "%"
    COMMENT = "#"


class RawTag(NamedTuple):
    """A tag in a paragraph's text: `text[start:end]`; `scope` is '', p, tr, tc or r; `body` is plain Jinja."""

    start: int
    end: int
    kind: TagKind
    scope: str
    body: str
    trims: tuple[bool, bool] = (False, False)
    """Whether `-` joins it to what stands before, and to what stands after."""
    is_retyped: bool = False
    """Whether full-width signs or curly quotes were read as their ASCII twins."""


class Unclosed(NamedTuple):
    """A tag that begins at `start` and has no end in its paragraph."""

    start: int


class Delimiters(NamedTuple):
    """What begins and ends a printed tag, a block and a comment; Jinja's own unless an environment says otherwise."""

    variable_start: str = "{{"
    variable_end: str = "}}"
    block_start: str = "{%"
    block_end: str = "%}"
    comment_start: str = "{#"
    comment_end: str = "#}"

    def may_be_in(self, text: str) -> bool:
        """Whether a text could hold a tag."""
        return _signs(self).hint.search(text) is not None

    def is_comment(self, text: str) -> bool:
        """Whether a text begins with a comment."""
        return text.startswith(_ways(self.comment_start))


STANDARD = Delimiters()


class _Signs(NamedTuple):
    """What to look for: any beginning, what it begins, and the ends of each kind."""

    opening: re.Pattern[str]
    kinds: Mapping[str, TagKind]
    ends: Mapping[TagKind, tuple[str, ...]]
    hint: re.Pattern[str]


_WIDENED = {"{": "{｛", "}": "}｝", "%": "%％", "#": "#＃"}


def _ways(sign: str) -> tuple[str, ...]:
    """Return a delimiter as typed on either keyboard."""
    return tuple(map("".join, product(*(_WIDENED.get(char, char) for char in sign))))


@cache
def _signs(delimiters: Delimiters) -> _Signs:
    starts = {
        TagKind.PRINT: _ways(delimiters.variable_start),
        TagKind.BLOCK: _ways(delimiters.block_start),
        TagKind.COMMENT: _ways(delimiters.comment_start),
    }
    ends = {
        TagKind.PRINT: _ways(delimiters.variable_end),
        TagKind.BLOCK: _ways(delimiters.block_end),
        TagKind.COMMENT: _ways(delimiters.comment_end),
    }
    kinds = {start: kind for kind, ways in starts.items() for start in ways}
    longest_first = sorted(kinds, key=len, reverse=True)
    opening = re.compile("|".join(map(re.escape, longest_first)))
    firsts = "".join(sorted({start[0] for start in kinds}))
    return _Signs(opening, kinds, ends, re.compile(f"[{re.escape(firsts)}]"))


_MOST_UNCLOSED = 20
"""Of one paragraph: each is looked for to the paragraph's end, and what follows so many mistakes is not worth the time."""


def find_tags(text: str, delimiters: Delimiters = STANDARD) -> Iterator[RawTag | Unclosed]:
    """Yield the tags of a paragraph's text in order.

    >>> [tag.body for tag in find_tags("共｛｛ 捐衣物｜数 ｝｝件")]
    ['捐衣物|数']
    """
    place, unclosed, signs = 0, 0, _signs(delimiters)
    while found := signs.opening.search(text, place):
        kind = signs.kinds[found[0]]
        ends = signs.ends[kind]
        is_closed = any(text.find(end, found.end()) >= 0 for end in ends)
        inside = _inside(text, found.end(), kind, ends) if is_closed else None
        if inside is None or not inside.end:
            yield Unclosed(found.start())
            place, unclosed = found.end(), unclosed + 1
            if unclosed == _MOST_UNCLOSED:
                return
            continue
        place = inside.end
        yield _raw_tag(found, kind, inside, text)


def _raw_tag(found: re.Match[str], kind: TagKind, inside: _Inside, text: str) -> RawTag:
    body, trims = inside.body, (False, False)
    if kind is not TagKind.COMMENT:
        signs = "-+" if kind is TagKind.BLOCK else "-"
        trims = body[:1] == "-", body[-1:] == "-"
        body = body.removesuffix("-") if kind is TagKind.PRINT else body.rstrip(signs)
        body = body.lstrip(signs) if trims[0] or kind is TagKind.BLOCK else body
    scope = _SCOPE.match(body)
    if scope:
        body = body[scope.end() :]
    if kind is TagKind.BLOCK and _PRINTED.match(body):
        kind, body = TagKind.PRINT, body.strip().removeprefix("print")
    typed = found[0] + text[inside.end - len(inside.closing) : inside.end]
    is_retyped = inside.is_retyped or any(ord(char) in _WIDE for char in typed)
    return RawTag(found.start(), inside.end, kind, scope[1] if scope else "", body.strip(), trims, is_retyped)


class _Inside(NamedTuple):
    """The normalised inside of a tag, where the tag ends (0 when it does not), what ended it."""

    body: str
    end: int
    closing: str
    is_retyped: bool


def _inside(text: str, place: int, kind: TagKind, ends: tuple[str, ...]) -> _Inside:
    inside: list[str] = []
    depth, is_retyped = 0, False
    while place < len(text) and text[place] != _BREAK:
        char = text[place]
        if not depth and (closing := next((end for end in ends if text.startswith(end, place)), "")):
            return _Inside("".join(inside), place + len(closing), closing, is_retyped)
        if kind is not TagKind.COMMENT:
            quotes = _SINGLE if char in _SINGLE else _DOUBLE if char in _DOUBLE else ""
            if quotes and (end := _string_end(text, place, quotes)):
                inside.append(
                    quotes[0] + text[place + 1 : end].replace(quotes[0], "\\" + quotes[0]) + quotes[0]
                )
                is_retyped = is_retyped or char != quotes[0]
                place = end + 1
                continue
            # A table may be written in a tag: {{ {"a": {"b": 1}}.a.b }}
            depth = depth + 1 if char == "{" else max(depth - 1, 0) if char == "}" else depth
        is_retyped = is_retyped or (
            kind is not TagKind.COMMENT and ord(char) in _WIDE and char not in _BLANKS
        )
        inside.append(char.translate(_MEANT))
        place += 1
    return _Inside("", 0, "", is_retyped)


def _string_end(text: str, start: int, quotes: str) -> int:
    """Return where a quoted text ends, 0 when it does not; a straight quote prefers a straight one."""
    end = text.find(quotes[0], start + 1) if text[start] == quotes[0] else -1
    return end if end > 0 else next((i for i in range(start + 1, len(text)) if text[i] in quotes), 0)
