"""Take a part's tracked changes as accepted, so that its tree says what a person reads."""

from __future__ import annotations

from lxml import etree

from officeflow.document.wml.bound_text import END, START
from officeflow.document.wml.wordml import P_PR, R_PR, TBL, TC, TR, P, w

_STRUCK = (w("del"), w("moveFrom"))
_PUT_IN = (w("ins"), w("moveTo"))
_CHANGED = ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "numbering")
_NOTES = (
    *(w(f"{name}Change") for name in _CHANGED),
    *(w(f"move{way}Range{end}") for way in ("From", "To") for end in ("Start", "End")),
    w("cellIns"),
    w("cellMerge"),
)


def accept_changes(root: etree._Element) -> None:
    """Accept every tracked change of a part; the tree is changed.

    A paragraph whose end is struck runs on into the next one, whose look the two then
    have (Word does the same).
    """
    for row in [one for one in root.iter(TR) if _is_struck(one, w("trPr"))]:
        _remove(row)
    for cell in [one for one in root.iter(TC) if one.find(f"{w('tcPr')}/{w('cellDel')}") is not None]:
        _remove(cell)
    for table in [one for one in root.iter(TBL) if next(one.iter(TC), None) is None]:
        _remove(table)
    struck = [one for one in root.iter(P) if _is_struck(one, P_PR, R_PR)]
    for node in [one for one in root.iter(*_STRUCK) if not _is_mark(one)]:
        _keep_marks(node)
        _remove(node)
    for paragraph in struck:
        _run_on(paragraph)
    for node in list(root.iter(*_PUT_IN, *_STRUCK)):
        if not _is_mark(node):
            for child in node:
                node.addprevious(child)
        _remove(node)
    for node in list(root.iter(*_NOTES)):
        _remove(node)


def _is_mark(change: etree._Element) -> bool:
    """Whether a change says something of a paragraph's end or of a row instead of holding runs."""
    parent = change.getparent()
    return parent is not None and parent.tag in (R_PR, w("trPr"))


def _is_struck(node: etree._Element, *path: str) -> bool:
    properties = node.find("/".join(path))
    return properties is not None and any(child.tag in _STRUCK for child in properties)


def _keep_marks(struck: etree._Element) -> None:
    """Let bookmarks that begin or end in struck text stand where it was: their other ends may lie outside."""
    for mark in list(struck.iter(START, END)):
        struck.addprevious(mark)


def _run_on(paragraph: etree._Element) -> None:
    following = paragraph.getnext()
    while following is not None and following.tag in (START, END):
        following = following.getnext()
    if following is None or following.tag != P:
        if next((one for one in paragraph if one.tag != P_PR), None) is None and following is not None:
            _remove(paragraph)
        return
    place = int(following.find(P_PR) is not None)
    for child in reversed([one for one in paragraph if one.tag != P_PR]):
        following.insert(place, child)
    _remove(paragraph)


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
