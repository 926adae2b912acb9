"""The runs of a paragraph: read as one text, and cut so that a stretch of that text stands in runs of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from officeflow.document.wml.wordml import R_PR, XML_SPACE, R, T, qn

WRAPPERS = frozenset(
    map(
        qn,
        (
            "hyperlink",
            "ins",
            "moveTo",
            "sdt",
            "sdtContent",
            "fldSimple",
            "smartTag",
            "customXml",
            "dir",
            "bdo",
        ),
    )
)
"""What may stand around runs in a paragraph."""
_TEXT = {
    qn("tab"): "\t",
    qn("br"): "\n",
    qn("cr"): "\n",
    qn("noBreakHyphen"): "-",
    qn("lastRenderedPageBreak"): "",
}
_BREAK = "\ufffc"


def runs(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph, those inside links, controls and insertions too."""
    for child in node:
        if child.tag == R:
            yield child
        elif child.tag in WRAPPERS:
            yield from runs(child)


def text_of(run: etree._Element) -> str:
    """Return a run's text; anything else in it is U+FFFC, which no tag may span."""
    return "".join(map(leaf_text, run))


def leaf_text(leaf: etree._Element) -> str:
    """Return the text of one child of a run; its properties have none."""
    if leaf.tag == T:
        return leaf.text or ""
    return "" if leaf.tag == R_PR else _TEXT.get(str(leaf.tag), _BREAK)


def replace(node: etree._Element, children: list[etree._Element]) -> None:
    """Put others in the place of a node."""
    parent = node.getparent()
    if parent is not None:
        place = parent.index(node)
        parent[place : place + 1] = children


def drop(node: etree._Element) -> None:
    """Take a node out."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def split(runs: list[etree._Element], cuts: list[int]) -> dict[int, list[etree._Element]]:
    """Split runs at `cuts` (offsets in the paragraph's text); return stretch number → its runs; odd ones are tags."""
    groups: dict[int, list[etree._Element]] = {}
    offset = 0
    for run in runs:
        leaves: dict[int, list[etree._Element]] = {}
        for leaf in run:
            if leaf.tag != R_PR:
                for stretch, piece in _cut_leaf(leaf, offset, cuts):
                    leaves.setdefault(stretch, []).append(piece)
                offset += len(leaf_text(leaf))
        for stretch, piece in _cut_run(run, leaves):
            groups.setdefault(stretch, []).append(piece)
    return groups


def _cut_leaf(leaf: etree._Element, offset: int, cuts: list[int]) -> Iterator[tuple[int, etree._Element]]:
    text = leaf_text(leaf)
    inner = [cut - offset for cut in cuts if offset < cut < offset + len(text)]
    if leaf.tag != T or not inner:
        yield bisect_right(cuts, offset), leaf
        return
    for start, end in zip([0, *inner], [*inner, len(text)], strict=True):
        if start < end:
            yield bisect_right(cuts, offset + start), text_leaf(text[start:end])


def text_leaf(text: str) -> etree._Element:
    """Return a new `qn:t`."""
    leaf = etree.Element(T)
    leaf.text = text
    leaf.set(XML_SPACE, "preserve")
    return leaf


def _cut_run(
    run: etree._Element, leaves: dict[int, list[etree._Element]]
) -> Iterator[tuple[int, etree._Element]]:
    if len(leaves) <= 1:
        yield from ((stretch, run) for stretch in leaves)
        return
    properties = run.find(R_PR)
    pieces = []
    for stretch, own in leaves.items():
        piece = etree.Element(R)
        if properties is not None:
            piece.append(deepcopy(properties))
        piece.extend(own)
        pieces.append(piece)
        yield stretch, piece
    replace(run, pieces)


def carrier(runs: list[etree._Element]) -> etree._Element:
    """Return the first run of a tag; the others go, with wrappers they leave empty."""
    for run in runs[1:]:
        parent = run.getparent()
        drop(run)
        if parent is not None and parent.tag in WRAPPERS and not len(parent):
            drop(parent)
    return runs[0]
