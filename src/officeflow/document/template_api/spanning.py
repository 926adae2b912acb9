"""Tags of plain templates that somebody wrote over several paragraphs: these are put together first, as docxtpl does.

A comment may hold anything.  Any other tag must end before the next one begins: a tag
whose end was forgotten is told as such.
"""

from __future__ import annotations

from itertools import islice

from lxml import etree

from officeflow.document.reckoning.tags import Delimiters, RawTag, Unclosed, find_tags
from officeflow.document.wml.runs import drop, runs, text_leaf, text_of
from officeflow.document.wml.wordml import P_PR, SECT_PR, P, R, qn

_MOST = 50
"""Paragraphs a comment may be long."""
_MOST_TRIED = 100
"""Tags without end in a part; nobody writes as many, and each is looked for in the paragraphs after it."""


def put_together(root: etree._Element, delimiters: Delimiters) -> None:
    """Join the paragraphs over which one tag stands."""
    tried = 0
    for paragraph in list(root.iter(P)):
        text = _text(paragraph)
        if paragraph.getparent() is None or not delimiters.may_be_in(text):
            continue
        unclosed = next((found for found in find_tags(text, delimiters) if isinstance(found, Unclosed)), None)
        if unclosed is not None and tried < _MOST_TRIED:
            tried += 1
            for part in _rest(paragraph, text[unclosed.start :], delimiters):
                line = etree.SubElement(paragraph, R)
                line.extend([etree.Element(qn("br")), text_leaf("")])
                paragraph.extend([child for child in part if child.tag != P_PR])
                drop(part)


def _rest(paragraph: etree._Element, begun: str, delimiters: Delimiters) -> list[etree._Element]:
    """Return the paragraphs that hold the rest of a tag, none when it has no end there."""
    found: list[etree._Element] = []
    text = begun
    for beside in islice(paragraph.itersiblings(), _MOST):
        if beside.tag != P or beside.find(f"{P_PR}/{SECT_PR}") is not None:
            return []
        found.append(beside)
        added = _text(beside)
        text += "\n" + added
        first = next(find_tags(text, delimiters))
        if isinstance(first, RawTag) and first.start == 0:
            return found
        if not delimiters.is_comment(begun) and any(find_tags(added, delimiters)):
            return []
    return []


def _text(paragraph: etree._Element) -> str:
    return "".join(map(text_of, runs(paragraph)))
