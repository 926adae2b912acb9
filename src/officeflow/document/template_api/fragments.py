"""Pieces of WordprocessingML that values bring: where one may stand, and whether it may stand at all."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from lxml import etree

from officeflow.document.wml.wordml import COMPATIBILITY, RELATIONS, W

_FIRST = re.compile(r"\s*<([\w:]+)")
_TOKENS = re.compile("\x0e[0-9]\x0e")
_IN_TEXT = "</w:t></w:r>"
"""docxtpl's pictures end the run they are printed in and begin another."""
_NAMESPACES = {
    "w": W,
    "r": RELATIONS,
    "mc": COMPATIBILITY,
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "o": "urn:schemas-microsoft-com:office:office",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_OPEN = "<x " + " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items()) + ">"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class Level(IntEnum):
    """Where a piece may stand: in a text, beside runs, between paragraphs, cells or rows."""

    TEXT = 0
    RUN = 1
    PARAGRAPH = 2
    CELL = 3
    ROW = 4


_LEVELS = {"w:p": Level.PARAGRAPH, "w:tbl": Level.PARAGRAPH, "w:tc": Level.CELL, "w:tr": Level.ROW}
_LEVELS |= {"w:sdt": Level.PARAGRAPH, "w:altChunk": Level.PARAGRAPH, "w:sectPr": Level.PARAGRAPH}
SCOPES = {"": Level.RUN, "r": Level.RUN, "p": Level.PARAGRAPH, "tc": Level.CELL, "tr": Level.ROW}


@lru_cache(maxsize=64)
def level_of(xml: str) -> Level | None:
    """Return where a piece belongs; None if it is a text that only looks like a piece of a document."""
    xml = _TOKENS.sub("", xml)
    first = _FIRST.match(xml)
    is_text = first is None or xml.startswith(_IN_TEXT)
    if as_tree(f"<w:r><w:t>{xml}</w:t></w:r>" if is_text else xml) is None:
        return None
    if first is None or is_text:
        return Level.TEXT
    return _LEVELS.get(first[1], Level.RUN if first[1].startswith("w:") else None)


def as_tree(xml: str) -> etree._Element | None:
    """Return an element that holds a piece, None when it is not well-formed."""
    try:
        return etree.fromstring(f"{_OPEN}{xml}</x>", _PARSER)
    except etree.XMLSyntaxError:
        return None


def as_xml(root: etree._Element) -> str:
    """Return the piece that `as_tree` put into an element."""
    xml = etree.tostring(root, encoding="unicode")
    return xml[xml.index(">") + 1 : -len("</x>")]
