"""What a text says about secrecy: a marking, the bare word, or nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from officeflow.checks._kind import catalogue_of
from officeflow.model.findings import Finding
from officeflow.text.messages import Place

MARKED, WORD_MET, DECLARED = "MARKED", "WORD_MET", "DECLARED"
STOPS = frozenset({MARKED, DECLARED})
"""Codes of findings that stop everything: nothing is copied, kept or written."""
SIGN = "密"
"""The last character of every word that is looked for: one search for it settles nearly every file."""
_SIGN, _APART, _MANY = SIGN.encode(), 400, 1000
_DECIMAL = f"&#{ord(SIGN)};".encode()
_HEXADECIMAL = re.compile(f"&#x{ord(SIGN):x};".encode(), re.IGNORECASE)
_LOWER, _UPPER = re.compile(b"&#x"), re.compile(b"&#X")
_PARTS = re.compile(r"[\W_\d]+")


def secrecy(text: str) -> str:
    """Return MARKED for a marking (秘密★, 机密级, 密级：秘密, the word alone), WORD_MET for the word in a sentence, else ''.

    >>> secrecy("机 密"), secrecy("教育群众保守秘密"), secrecy("内部资料")
    ('MARKED', 'WORD_MET', '')
    """
    marking, word = _patterns()
    if not word.search(text):
        return ""
    return MARKED if marking.search(text) else WORD_MET


def secrecy_of_name(stem: str) -> str:
    """Return what a file's name (without its ending) says: the word as a part of its own is a marking.

    >>> secrecy_of_name("某局_机密_2026"), secrecy_of_name("保守秘密教育活动")
    ('MARKED', 'WORD_MET')
    """
    said = {secrecy(stem), *map(secrecy, _PARTS.split(stem))}
    return MARKED if MARKED in said else WORD_MET if WORD_MET in said else ""


def is_level(header: str) -> bool:
    """Whether a field or label gives the secrecy of the whole (密级): any of the words in it is a marking."""
    return _said()["level"] in header


def is_declaration(header: str) -> bool:
    """Whether a field asks if the content is classified (内容是否涉密)."""
    return _said()["declared"] in header


def secrecy_finding(code: str, place: Place, *, file: str = "", key: str = "") -> Finding:
    """Return the finding for a text outside the fields of a form; what it says is not repeated."""
    return catalogue_of("classified").finding(code, place=place, file=file, row_key=key)


def may_speak(markup: bytes) -> bool:
    """Whether UTF-8 markup may hold one of the words, its characters perhaps in runs of their own or as references."""
    # Nearly always one of the searches for a few bytes settles it; by pattern they are faster than `in` (measured, 3.11).
    if markup.isascii() or _SIGN not in markup:
        is_hexadecimal = _LOWER.search(markup) or _UPPER.search(markup)
        return _DECIMAL in markup or (is_hexadecimal is not None and _HEXADECIMAL.search(markup) is not None)
    places = list(islice(_places(markup), _MANY))
    return len(places) == _MANY or any(
        _markup_word().search(markup, max(at - _APART, 0), at + len(_SIGN)) for at in places
    )


def _places(markup: bytes) -> Iterator[int]:
    at = -1
    while (at := markup.find(_SIGN, at + 1)) >= 0:
        yield at


@cache
def _markup_word() -> re.Pattern[bytes]:
    words = (r"(?:\s|<[^>]*>)*".join(word) for word in _said()["plain"].split("|"))
    return re.compile(f"(?:{'|'.join(words)})$".encode())


@cache
def _said() -> dict[str, str]:
    held = tomllib.loads(Path(__file__).with_name("_classified.toml").read_text(encoding="utf-8"))
    joined = {name: "|".join(texts) for name, texts in held.items() if isinstance(texts, list)}
    # Official papers set the word with a space in the middle.
    words = "|".join(r"\s*".join(word) for word in held["words"])
    return joined | {
        "plain": joined["words"],
        "words": f"(?:{words})",
        "level": held["level"],
        "declared": held["declared"],
    }


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a marking looks like, and the words alone."""
    said = _said()
    words = said["words"]
    marking = rf"{words}\s*(?:{said['marks']})|^\W*{words}\W*$|{said['level']}\W*{words}"
    return re.compile(marking, re.MULTILINE), re.compile(words)
