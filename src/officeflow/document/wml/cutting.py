"""Runs of a paragraph: cut where a stretch begins and ends, and marked as a bookmark."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from officeflow.document.wml.bound_text import (
    END,
    SIGNS,
    START,
    Leaf,
    TextParagraph,
    own_name,
    read_paragraph,
)
from officeflow.document.wml.wordml import R_PR, XML_SPACE, R, T, qn
from officeflow.text.hedges import INSIDE
from officeflow.text.numerals import DIGITS, SCALES

# 万 and 亿 may stay with the unit: 1.6万元 becomes 1.7万元 by its digits alone.
_SCALES = "".join(sign for sign, power in SCALES.items() if power < SCALES["万"])
_NUMERAL = re.compile(f"[0-9０-９.．,{DIGITS}零两{_SCALES}{INSIDE[:2]}]")


def own_runs(paragraph: TextParagraph, start: int, end: int) -> list[etree._Element]:
    """Return the runs of the characters from `start` to `end`, cut so that they hold nothing else.

    The paragraph must be read again before its offsets are used.
    """
    return [_own_run(leaf, start, end) for leaf in paragraph.leaves if start < leaf.end and leaf.start < end]


def _own_run(leaf: Leaf, start: int, end: int) -> etree._Element:
    node = leaf.node
    if leaf.end > end:
        _split_text(node, leaf.text, end - leaf.start)
    if leaf.start < start:
        node = _split_text(node, leaf.text[: end - leaf.start], start - leaf.start)
    _split_run(node)
    previous = node.getprevious()
    if previous is not None and previous.tag != R_PR:
        _split_run(previous)
    return parent_of(node)


def parent_of(node: etree._Element) -> etree._Element:
    """Return the element around one that is never a root.

    Raises:
        ValueError: it is one.
    """
    parent = node.getparent()
    if parent is None:
        raise ValueError(node.tag)
    return parent


def _split_text(node: etree._Element, text: str, at: int) -> etree._Element:
    """Cut a `qn:t` in two and return the second half."""
    second = etree.Element(T)
    node.text, second.text = text[:at], text[at:]
    for half in (node, second):
        half.set(XML_SPACE, "preserve")
    node.addnext(second)
    return second


def _split_run(node: etree._Element) -> None:
    """Let the run of `node` end with it; what follows moves into a run of the same look."""
    run, behind = parent_of(node), list(node.itersiblings())
    if not behind:
        return
    second = etree.Element(R)
    for name, value in run.attrib.items():
        second.set(name, value)
    look = run.find(R_PR)
    if look is not None:
        second.append(deepcopy(look))
    second.extend(behind)
    run.addnext(second)


def run_like(model: etree._Element | None, text: str) -> etree._Element:
    """Return a run that holds `text` in the look of another; line feeds and tabs are Word's own."""
    run = etree.Element(R)
    look = None if model is None else model.find(R_PR)
    if look is not None:
        look = deepcopy(look)
        for change in look.findall(qn("rPrChange")) + look.findall(qn("ins")) + look.findall(qn("del")):
            look.remove(change)
        run.append(look)
    for piece in re.split("([\n\t])", text):
        if piece in SIGNS:
            etree.SubElement(run, SIGNS[piece])
        elif piece:
            etree.SubElement(run, T, {XML_SPACE: "preserve"}).text = piece
    return run


class Replacement(NamedTuple):
    """What differs between two texts: offsets in the old one, and what stands there in the new one."""

    start: int
    end: int
    text: str


def change(old: str, new: str) -> Replacement:
    """Return the smallest stretch to be replaced that cuts no numeral and is not empty where the old text is not.

    >>> change("9800元", "1.2万元"), change("1036份", "1000余份")
    (Replacement(start=0, end=4, text='1.2万'), Replacement(start=0, end=4, text='1000余'))
    """
    ahead = _alike(old, new)
    while ahead and _NUMERAL.match(old[ahead - 1]):
        ahead -= 1
    behind = _alike(old[ahead:][::-1], new[ahead:][::-1])
    while behind and _NUMERAL.match(old[len(old) - behind]):
        behind -= 1
    if ahead + behind >= len(old) and old != new:  # only put in: take a neighbour along, it has the look
        ahead, behind = (ahead - 1, behind) if ahead else (ahead, max(behind - 1, 0))
    return Replacement(ahead, len(old) - behind, new[ahead : len(new) - behind])


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (own, new) in pairs if own != new), min(len(one), len(other)))


def bind(paragraph: TextParagraph, start: int, end: int, *, name: str, number: int) -> None:
    """Put a bookmark around the characters from `start` to `end`, of which there is one at least.

    `number` is one that no bookmark of the document has.  The paragraph must be read
    again before its offsets are used.
    """
    runs = own_runs(paragraph, start, end)
    runs[0].addprevious(etree.Element(START, {qn("id"): str(number), qn("name"): name}))
    runs[-1].addnext(etree.Element(END, {qn("id"): str(number)}))


def marks_of(root: etree._Element, name: str) -> list[etree._Element]:
    """Return the starts of the bookmarks of this name, renamed ones of LibreOffice too."""
    return [one for one in root.iter(START) if own_name(one.get(qn("name")) or "") == name]


def unbind(root: etree._Element, name: str) -> None:
    """Take the bookmarks of this name away; their text stays."""
    for mark in marks_of(root, name):
        ends = [one for one in root.iter(END) if one.get(qn("id")) == mark.get(qn("id"))]
        for node in (mark, *ends[:1]):
            parent_of(node).remove(node)


def reread(paragraph: TextParagraph) -> TextParagraph:
    """Return a paragraph as it is now, after its runs were changed."""
    return read_paragraph(paragraph.node)
