"""Tracked changes: text replaced, runs and paragraphs put in and taken out so that a person can accept or reject it.

No clock: a change carries a date only when one is given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from lxml import etree

from officeflow.document.wml.bound_text import END, START, TextParagraph
from officeflow.document.wml.cutting import own_runs, parent_of, run_like
from officeflow.document.wml.wordml import P_PR, R_PR, SECT_PR, TBL, TC, TR, P, T, qn

INS, DEL, DEL_TEXT = qn("ins"), qn("del"), qn("delText")
_AUTHOR, _DATE, _ID = qn("author"), qn("date"), qn("id")


@cache
def default_author() -> str:
    """Return who changes are by when nobody is named."""
    said = tomllib.loads(Path(__file__).with_name("tracking.toml").read_text(encoding="utf-8"))
    return str(said["author"])


class Tracker:
    """Writes tracked changes into the parts of one document."""

    def __init__(self, roots: Iterable[etree._Element], *, author: str = "", day: date | None = None) -> None:
        """Take every part that may be changed, so that no number is given twice; `day` None leaves the date out."""
        taken = (node.get(_ID) or "" for root in roots for node in root.iter() if isinstance(node.tag, str))
        self._last = max((int(own) for own in taken if own.isdecimal()), default=0)
        self._author = author or default_author()
        self._shown = None if day is None else f"{day.isoformat()}T00:00:00Z"

    def next(self) -> int:
        """Return a number that nothing in the document has."""
        self._last += 1
        return self._last

    def _change(self, tag: str) -> etree._Element:
        change = etree.Element(tag, {_ID: str(self.next()), _AUTHOR: self._author})
        if self._shown is not None:
            change.set(_DATE, self._shown)
        return change

    def replace(self, paragraph: TextParagraph, start: int, end: int, text: str) -> None:
        """Strike the characters from `start` to `end` and put `text` after them, in the look of the first.

        `start` = `end` only puts in, '' only strikes.  The paragraph must be read again
        before its offsets are used.  In a paragraph without characters the text is put at its end.
        """
        runs = own_runs(paragraph, start, end) if start < end else []
        if text and runs:
            self._put_after(runs[-1], run_like(runs[0], text))
        elif text:
            self._insert(paragraph, start, text)
        for run in runs:
            self.delete(run)

    def _insert(self, paragraph: TextParagraph, at: int, text: str) -> None:
        before = [leaf for leaf in paragraph.leaves if leaf.start < at]
        if before:
            run = own_runs(paragraph, min(at, before[-1].end) - 1, at)[-1]
            self._put_after(run, run_like(run, text))
        elif paragraph.leaves:
            run = own_runs(paragraph, 0, 1)[0]
            parent = parent_of(run)
            first = parent if parent.tag == INS else run
            first.addprevious(self.inserted(run_like(run, text)))
        else:
            paragraph.node.append(self.inserted(run_like(None, text)))

    def _put_after(self, run: etree._Element, added: etree._Element) -> None:
        """Put a new run after another; what somebody else put in is cut there, since insertions do not nest."""
        parent = parent_of(run)
        if parent.tag != INS:
            run.addnext(self.inserted(added))
        elif parent.get(_AUTHOR) == self._author:
            run.addnext(added)
        else:
            rest, behind = self._copy(parent), list(run.itersiblings())
            rest.extend(behind)
            if behind:
                parent.addnext(rest)
            parent.addnext(self.inserted(added))

    def _copy(self, change: etree._Element) -> etree._Element:
        copy = self._change(INS)
        for name, value in change.attrib.items():
            if name != _ID:
                copy.set(name, value)
        return copy

    def delete(self, run: etree._Element) -> None:
        """Strike a whole run where it stands; an insertion of this author that nobody accepted yet is simply removed."""
        parent, before = parent_of(run), run.getprevious()
        if parent.tag == INS and parent.get(_AUTHOR) == self._author:
            parent.remove(run)
            if not len(parent):
                parent_of(parent).remove(parent)
            return
        change = before if before is not None and self._is_own(before, DEL) else self._change(DEL)
        if change is not before:
            run.addprevious(change)
        change.append(run)
        for leaf in run.iter(T):
            leaf.tag = DEL_TEXT

    def _is_own(self, node: etree._Element, tag: str) -> bool:
        return node.tag == tag and node.get(_AUTHOR) == self._author and node.get(_DATE) == self._shown

    def inserted(self, run: etree._Element) -> etree._Element:
        """Return a change that puts a run in."""
        change = self._change(INS)
        change.append(run)
        return change

    def paragraph_inserted(self, paragraph: etree._Element) -> None:
        """Mark a paragraph's end as put in; its runs are marked by themselves."""
        _mark_look(paragraph).insert(0, self._change(INS))

    def paragraph_deleted(self, paragraph: etree._Element) -> None:
        """Mark a paragraph's end as struck; its runs are struck by themselves."""
        _mark_look(paragraph).insert(0, self._change(DEL))


def _mark_look(paragraph: etree._Element) -> etree._Element:
    """Return the look of a paragraph's end, which carries its changes."""
    properties = paragraph.find(P_PR)
    if properties is None:
        properties = etree.Element(P_PR)
        paragraph.insert(0, properties)
    look = properties.find(R_PR)
    if look is None:
        look = etree.Element(R_PR)
        # ECMA-376 part 1, 17.3.1.26: only the section's and the earlier properties follow it.
        last = [child for child in properties if child.tag in (SECT_PR, qn("pPrChange"))]
        properties.insert(properties.index(last[0]) if last else len(properties), look)
    return look


_STRUCK = (qn("del"), qn("moveFrom"))
_PUT_IN = (qn("ins"), qn("moveTo"))
_CHANGED = ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "numbering")
_NOTES = (
    *(qn(f"{name}Change") for name in _CHANGED),
    *(qn(f"move{way}Range{end}") for way in ("From", "To") for end in ("Start", "End")),
    qn("cellIns"),
    qn("cellMerge"),
)


def accept_changes(root: etree._Element) -> None:
    """Accept every tracked change of a part; the tree is changed.

    A paragraph whose end is struck runs on into the next one, whose look the two then
    have (Word does the same).
    """
    for row in [one for one in root.iter(TR) if _is_struck(one, qn("trPr"))]:
        _remove(row)
    for cell in [one for one in root.iter(TC) if one.find(f"{qn('tcPr')}/{qn('cellDel')}") is not None]:
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
    return parent is not None and parent.tag in (R_PR, qn("trPr"))


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
