"""Work a person does in Word, done on the XML: what stands in a bookmark, around it, and what becomes of tracked changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from officeflow.document.provenance.binding import bookmark_name

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = "word/document.xml"


def w(name: str) -> str:
    """A name of WordprocessingML."""
    return f"{{{W}}}{name}"


def parts_of(document: bytes) -> dict[str, bytes]:
    """Every part by name."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(document: bytes, name: str, content: bytes) -> bytes:
    """The document with one part replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, old in {**parts_of(document), name: content}.items():
            archive.writestr(part, content if part == name else old)
    return buffer.getvalue()


def edited(document: bytes, edit: Callable[[etree._Element], None], name: str = BODY) -> bytes:
    """The document after something was done to the tree of one part."""
    root = etree.fromstring(parts_of(document)[name])
    edit(root)
    return with_part(document, name, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def mark(root: etree._Element, figure_id: str, use: int = 1) -> etree._Element:
    """The start of a figure's bookmark."""
    wanted = bookmark_name(figure_id, use)
    return next(one for one in root.iter(w("bookmarkStart")) if one.get(w("name")) == wanted)


def inside(root: etree._Element, figure_id: str, use: int = 1) -> list[etree._Element]:
    """The runs between the ends of a figure's bookmark."""
    start, found = mark(root, figure_id, use), []
    for node in start.itersiblings():
        if node.tag == w("bookmarkEnd") and node.get(w("id")) == start.get(w("id")):
            return found
        found += [node] if node.tag == w("r") else []
    raise AssertionError(figure_id)


def run(text: str, *, bold: bool = False, deleted: bool = False) -> etree._Element:
    """One run."""
    node = etree.Element(w("r"))
    if bold:
        etree.SubElement(etree.SubElement(node, w("rPr")), w("b"))
    words = etree.SubElement(node, w("delText" if deleted else "t"))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return node


def overtype(figure_id: str, text: str, use: int = 1) -> Callable[[etree._Element], None]:
    """Type another text into a figure, its bookmark stays."""

    def edit(root: etree._Element) -> None:
        first, *others = inside(root, figure_id, use)
        words, *signs = [node for node in first if node.tag != w("rPr")]
        words.text = text
        for other in (*signs, *others):
            other.getparent().remove(other)

    return edit


def lose_mark(figure_id: str, text: str | None = None, use: int = 1) -> Callable[[etree._Element], None]:
    """Take the bookmark away, as typing over a selected number does; `text` None leaves the words."""

    def edit(root: etree._Element) -> None:
        if text is not None:
            overtype(figure_id, text, use)(root)
        start = mark(root, figure_id, use)
        for node in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            if node.get(w("id")) == start.get(w("id")):
                node.getparent().remove(node)

    return edit


def type_before(figure_id: str, text: str) -> Callable[[etree._Element], None]:
    """Type words directly before a figure's bookmark, outside it."""
    return lambda root: mark(root, figure_id).addprevious(run(text))


def unmarked(paragraph: etree._Element) -> etree._Element:
    """A copy of a paragraph as pasting makes it: its bookmarks stay with the original."""
    twin = deepcopy(paragraph)
    for node in list(twin.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        node.getparent().remove(node)
    return twin


def track(figure_id: str, text: str) -> Callable[[etree._Element], None]:
    """Type over a figure with tracked changes on."""

    def edit(root: etree._Element) -> None:
        struck = etree.Element(w("del"), {w("id"): "901", w("author"): "科长"})
        added = etree.Element(w("ins"), {w("id"): "902", w("author"): "科长"})
        added.append(run(text))
        runs = inside(root, figure_id)
        runs[0].addprevious(struck)
        struck.addnext(added)
        for node in runs:
            struck.append(node)
            for words in node.iter(w("t")):
                words.tag = w("delText")

    return edit


def settle(root: etree._Element, *, accept: bool) -> None:
    """Accept or reject every tracked change of runs, as Word does."""
    gone, stays = (w("del"), w("ins")) if accept else (w("ins"), w("del"))
    for change in list(root.iter(gone)):
        change.getparent().remove(change)
    for change in list(root.iter(stays)):
        for node in list(change):
            change.addprevious(node)
            for words in node.iter(w("delText")):
                words.tag = w("t")
        change.getparent().remove(change)


def accept(root: etree._Element) -> None:
    """Accept every tracked change."""
    settle(root, accept=True)


def reject(root: etree._Element) -> None:
    """Reject every tracked change."""
    settle(root, accept=False)


def canonical(part: bytes) -> bytes:
    """A part's canonical XML, in which only real differences show."""
    return etree.tostring(etree.fromstring(part), method="c14n")
