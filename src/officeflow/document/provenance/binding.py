"""Bindings: the hidden bookmarks around printed figures, and the words on both sides of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from officeflow.model.figures import Figure

PREFIX, CONTEXT = "_of_", 12
MASK = "\ufffc"
"""Stands in a context for a character that the record must not keep."""
_PIECES = re.compile(
    r"(<w:p(?=[ >])|</w:p>)"
    rf'|<w:bookmarkStart w:id="([0-9]+)" w:name="({PREFIX}[0-9a-f_]+)"/>|<w:bookmarkEnd w:id="([0-9]+)"/>'
    r"|<w:t(?: [^>]*)?>([^<]+)</w:t>|<w:(tab|br|cr)/>"
)


class Context(NamedTuple):
    """The words before and after a bound stretch, in its paragraph."""

    before: str
    after: str


class Binding(NamedTuple):
    """One printed figure: its bookmark's name and number, the figure, the text that was printed.

    `recipe` is the expression that gives it again from other data, '' when nothing does.
    """

    name: str
    number: int
    figure: Figure
    text: str
    recipe: str
    context: Context | None = None
    """The words around it, where the template alone tells them."""


def bookmark_name(figure_id: str, use: int) -> str:
    """Return the name of the `use`-th printing of a figure: ASCII, 40 characters at most (ECMA-376 part 1, 17.13.6.2).

    >>> bookmark_name("捐款", 2)
    '_of_47bdb78b_2'
    """
    return f"{PREFIX}{_digest(figure_id)}_{use}"


@lru_cache(maxsize=4096)
def _digest(figure_id: str) -> str:
    return hashlib.sha256(figure_id.encode()).hexdigest()[:8]


def read_contexts(xml: str, secrets: Collection[str] = ()) -> tuple[dict[str, Context], int]:
    """Return bookmark name → its context, in document order, and the number of characters in the part.

    `xml` is a part the engine has just written; each character of `secrets` (printed texts that no
    record may keep) is a MASK.
    """
    hidden = {line for secret in secrets for line in secret.splitlines() if line}
    mask = re.compile("|".join(map(re.escape, sorted(hidden, key=len, reverse=True)))) if hidden else None
    found: dict[str, Context] = {}
    spans: dict[str, tuple[str, int, int]] = {}  # bookmark number → name, start, end
    text, total = "", 0
    for edge, start, name, end, words, sign in _PIECES.findall(xml):
        if words:
            text += unescape(words)
        elif start:
            spans[start] = (name, len(text), -1)
        elif end:
            if end in spans:
                spans[end] = (*spans[end][:2], len(text))
        elif not edge:
            text += "\t" if sign == "tab" else "\n"
        else:
            if mask is not None:
                text = mask.sub(lambda secret: MASK * len(secret[0]), text)
            found |= {own: _context(text, begin, stop) for own, begin, stop in spans.values() if stop >= 0}
            total += len("".join(text.split()))
            text, spans = "", {}
    return found, total


def _context(text: str, start: int, end: int) -> Context:
    return Context(text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT])


def renewed(recorded: Context, now: Context) -> Context:
    """Return the words around a figure now; a side that hides something stays as it was recorded."""
    sides = (old if MASK in old else new for old, new in zip(recorded, now, strict=True))
    return Context(*sides)
