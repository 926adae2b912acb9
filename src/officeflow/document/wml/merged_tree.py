"""What is done to a tree before it is put into another document: things that stay behind, names that changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from officeflow.document.wml.wordml import COMPATIBILITY, W, qn

OF_ONE_DOCUMENT = (
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "permStart",
    "permEnd",
    "proofErr",
)
"""Elements that say something of a text only in the document they were written in: comments, permissions, spelling."""
_LEFT_OUT = frozenset(map(qn, (*OF_ONE_DOCUMENT, "lastRenderedPageBreak")))
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_PARAGRAPH_IDS = ("paraId", "textId")
"""A w14 id must be unique, and nobody needs it."""


def leave_out(root: etree._Element) -> None:
    """Take away comments and permissions, and what a program may ignore and the other document does not announce."""
    ignorable = {
        root.nsmap.get(prefix) for prefix in (root.get(f"{{{COMPATIBILITY}}}Ignorable") or "").split()
    }
    for node in list(root.iter(etree.Element)):
        namespace = str(node.tag)[1:].partition("}")[0]
        if node.tag in _LEFT_OUT or (namespace in ignorable and namespace):
            remove(node)
            continue
        for key in [str(key) for key in node.attrib]:
            space, _, short = key[1:].rpartition("}")
            if (space in ignorable and space) or short in _PARAGRAPH_IDS:
                del node.attrib[key]


def rename(root: etree._Element, renamed: dict[str, str]) -> None:
    """Let links and cross-references follow bookmarks that got another name."""
    if not renamed:
        return
    for node in root.iter(qn("hyperlink"), qn("instrText"), qn("fldSimple")):
        anchor = node.get(qn("anchor"))
        if anchor in renamed:
            node.set(qn("anchor"), renamed[anchor])
        if node.tag == qn("instrText"):
            node.text = _with_names(node.text or "", renamed)
        elif node.get(qn("instr")):
            node.set(qn("instr"), _with_names(node.get(qn("instr")) or "", renamed))


def number_objects(root: etree._Element, number: Callable[[], int]) -> None:
    """Give embedded objects and the shapes that show them ids of their own: Word opens by these what was clicked."""
    for node in root.iter(_OLE):
        shown, own = node.get("ShapeID"), number()
        for shape in node.itersiblings(preceding=True):
            if shown and shape.get("id") == shown:
                shape.set("id", f"object{own}")
                node.set("ShapeID", f"object{own}")
        node.set("ObjectID", f"_{own}")


def _with_names(field_code: str, renamed: dict[str, str]) -> str:
    return re.sub(r"\w+", lambda word: renamed.get(word[0], word[0]), field_code)


def required(root: etree._Element) -> Iterator[str]:
    """Yield the prefixes that mc:Choice asks for: they are named in text only."""
    for choice in root.iter(f"{{{COMPATIBILITY}}}Choice"):
        yield from (choice.get("Requires") or "").split()


def fragment(block: etree._Element) -> str:
    """Return an element as XML that declares what it uses."""
    return etree.tostring(block, encoding="unicode", with_tail=False)


def remove(node: etree._Element) -> None:
    """Take an element away."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def understood(own: etree._Element) -> etree._Element:
    """Return a style or list definition with nothing but WordprocessingML in it.

    Where newer words have an older form beside them, that one is taken: the other document need not announce them.
    """
    for choice in list(own.iter(f"{{{COMPATIBILITY}}}AlternateContent")):
        parent, older = choice.getparent(), choice.find(f"{{{COMPATIBILITY}}}Fallback")
        if parent is not None:
            place = parent.index(choice)
            parent[place : place + 1] = [] if older is None else list(older)
    for node in list(own.iter(etree.Element)):
        if not str(node.tag).startswith(f"{{{W}}}"):
            remove(node)
        for key in [str(key) for key in node.attrib if not str(key).startswith(f"{{{W}}}")]:
            del node.attrib[key]
    return own


def without_workbook(chart: bytes, relation: str) -> bytes:
    """Return a chart that names no workbook by this relation."""
    own = re.escape(relation.encode())
    return re.sub(
        rb"<c:externalData\b[^>]*\br:id=\"" + own + rb"\"[^>]*?(?:/>|>.*?</c:externalData>)",
        b"",
        chart,
        flags=re.DOTALL,
    )
