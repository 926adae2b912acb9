"""What somebody's editing left in a template that every document made from it would carry: hints, never refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from officeflow.document.templates.heal import Place, Problem
from officeflow.document.wml.runs import runs, text_of
from officeflow.document.wml.wordml import P, parse, w
from officeflow.document.words import WORDS

_STYLES = "word/styles.xml"
_STYLED = frozenset(map(w, ("pStyle", "rStyle", "tblStyle")))
_CHANGED = frozenset(map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")))
# ECMA-376 part 1, 17.16.5.49 and others: fields whose first argument is a bookmark.
_REFERRING = re.compile(r"^\s*(?:REF|PAGEREF|NOTEREF|HYPERLINK\s+\\l)\s+\"?([^\s\"\\]+)")


def leftovers(parts: Mapping[str, bytes], names: Iterable[str]) -> Iterator[Problem]:
    """Yield styles and bookmarks that are gone, and the first unsettled change and comment of each of these parts.

    Raises:
        etree.XMLSyntaxError: a part is not well-formed.
    """
    trees = {name: parse(parts[name]) for name in names}
    styles = _styles(parts)
    marks = {mark.get(w("name")) for root in trees.values() for mark in root.iter(w("bookmarkStart"))}
    for name, root in trees.items():
        once: set[str] = set()
        for number, paragraph in enumerate(root.iter(P), start=1):
            for code, said in _in_paragraph(paragraph, styles, marks):
                if said or code not in once:
                    once.add(code)
                    text = "".join(map(text_of, runs(paragraph)))
                    yield Problem(code, Place(WORDS.part(name), number, text), values={"name": said})


def _styles(parts: Mapping[str, bytes]) -> frozenset[str | None] | None:
    if _STYLES not in parts:
        return None
    return frozenset(one.get(w("styleId")) for one in parse(parts[_STYLES]).iter(w("style")))


def _in_paragraph(
    paragraph: etree._Element, styles: frozenset[str | None] | None, marks: set[str | None]
) -> Iterator[tuple[str, str]]:
    for node in paragraph.iter(*_STYLED):
        if styles is not None and node.get(w("val")) not in styles:
            yield "STYLE_LOST", node.get(w("val")) or ""
    for name in filter(None, map(_bookmark, paragraph.iter(w("hyperlink"), w("fldSimple"), w("instrText")))):
        if name not in marks:
            yield "BOOKMARK_LOST", name
    if next(paragraph.iter(*_CHANGED), None) is not None:
        yield "CHANGES_LEFT", ""
    if next(paragraph.iter(w("commentReference")), None) is not None:
        yield "COMMENT_LEFT", ""


def _bookmark(node: etree._Element) -> str:
    """Return the bookmark that a link or field refers to, '' when it refers to none."""
    if node.tag == w("hyperlink"):
        return node.get(w("anchor")) or ""
    found = _REFERRING.match(node.get(w("instr")) or node.text or "")
    return found[1] if found else ""
