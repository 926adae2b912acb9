"""Text as it was meant: what keyboards, web pages and PDF add to a cell is taken away.

Full-width digits, letters and ％ become half-width (they are the same sign to
the person who typed them); Chinese punctuation stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_WIDE[ord("％")] = ord("%")
_SIGNS = str.maketrans("．－−﹣＋＊／", ".---+*/")
_WIDE_SIGNS = "０-９Ａ-Ｚａ-ｚ％"
# U+00A0 comes from web pages, U+3000 from Chinese keyboards, the rest from Word and PDF.
_SPACES = "\t\x0b\x0c\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NEWLINES = "\r\x85\u2028\u2029"
_NOTHING = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
# ECMA-376 part 1, 22.9.2.19 (ST_Xstring): control characters are written _xHHHH_, and not every writer reads them back.
_ESCAPE = re.compile(r"_x00(?:([01][0-9A-Fa-f])|[789][0-9A-Fa-f])_")
_DIRT = re.compile(f"[{_SPACES}{_NEWLINES}{_NOTHING}{_WIDE_SIGNS}]")
_NEWLINE = re.compile(f"\r\n?|[{_NEWLINES}]")
_SPACE = re.compile(f"[{_SPACES}]")
_DROPPED = re.compile(f"[{_NOTHING}]")
_PADDED = re.compile("([\u4e00-\u9fff]) +([\u4e00-\u9fff])")
_BETWEEN = "\ue000"  # private use: means nothing in any text
_EDGE = re.compile(
    f"(?:^|{_BETWEEN})(?:[ \n]|[\u4e00-\u9fff] +[\u4e00-\u9fff](?:{_BETWEEN}|$))|[ \n](?:{_BETWEEN}|$)"
)


def clean(text: str) -> str:
    r"""Return the text without invisible characters, odd spaces, full-width letters and spaces at the ends.

    Line breaks inside the text stay, as '\n'; a name of two characters loses
    the space that pads it to three.  Cleaning twice is cleaning once.

    >>> clean(" １２３\u3000ＡＢ％ "), clean("白\u3000翔"), clean("一_x000D_\n二")
    ('123 AB%', '白翔', '一\n二')
    """
    if _DIRT.search(text):
        text = _NEWLINE.sub("\n", text.translate(_WIDE))
        text = _DROPPED.sub("", _SPACE.sub(" ", text))
    while "_x00" in text and _ESCAPE.search(text):
        text = _ESCAPE.sub(_unescaped, text.replace("_x000D_\n", "\n"))
    text = text.strip(" \n")
    padded = _PADDED.fullmatch(text)
    return padded[1] + padded[2] if padded else text


def with_narrow_signs(text: str) -> str:
    """Return the text of a number or date with ．－＋＊／ half-width too; in prose they stay as they are."""
    return text.translate(_SIGNS)


def _unescaped(match: re.Match[str]) -> str:
    return {"0A": "\n", "0D": "\n", "09": " "}.get((match[1] or "").upper(), "")


def are_clean(texts: Iterable[str]) -> bool:
    """Whether `clean` would change none of the texts, found by a few searches over all of them at once."""
    joined = _BETWEEN.join(texts)
    if _DIRT.search(joined) or ("_x00" in joined and _ESCAPE.search(joined)):
        return False
    return not ((" " in joined or "\n" in joined) and _EDGE.search(joined))
