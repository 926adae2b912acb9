"""The record a second time, in custom properties: what is left of it in .odt and .doc.

LibreOffice 7.4 drops custom XML on the way to .odt and .doc but keeps custom
properties (measured; in .doc up to 64 KB each).  Word's own dialogue takes 255
characters, so the record is cut into pieces of that length, as Zotero does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from lxml import etree

from officeflow.document.wml.wordml import parse

PROPERTY = "officeflow"
"""The property that holds the record's digest; PROPERTY_1, PROPERTY_2 … hold the record."""
_LENGTH = 240
_OWN = re.compile(rf"{PROPERTY}(?:_([1-9][0-9]{{0,4}}))?")


def carried(content: str, *, is_whole: bool = True) -> dict[str, str]:
    """Return the properties that carry a record's JSON, by name; without `is_whole` only its digest.

    >>> list(carried("{}"))
    ['officeflow', 'officeflow_1']
    """
    pieces = {
        f"{PROPERTY}_{number}": piece for number, piece in enumerate(_pieces(content if is_whole else ""), 1)
    }
    return {PROPERTY: _digest(content), **pieces}


def _pieces(content: str) -> Iterator[str]:
    start = 0
    while start < len(content):
        end = start + _LENGTH
        while content[end - 1 : end].isspace() or content[end : end + 1].isspace():  # programs trim texts
            end += 1
        yield content[start:end]
        start = end


def is_own(name: str | None) -> bool:
    """Return whether a property is one of those that carry a record.

    >>> is_own("officeflow_12"), is_own("officeflow_"), is_own("Officeflow 2")
    (True, False, False)
    """
    return _OWN.fullmatch(name or "") is not None


def read_carried(part: bytes) -> str | None:
    """Return the JSON that a part of custom properties carries, None when that is not whole."""
    try:
        texts = {one.get("name") or "": "".join(map(str, one.itertext())) for one in parse(part)}
    except etree.XMLSyntaxError:
        return None
    numbered = sorted((int(found[1]), name) for name in texts if (found := _OWN.fullmatch(name)) and found[1])
    content = "".join(texts[name] for _, name in numbered)
    return content if _digest(content) == texts.get(PROPERTY) else None


def _digest(content: str) -> str:
    return sha256(content.encode()).hexdigest()
