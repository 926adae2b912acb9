"""花脸稿: what one document has more and what it lacks, written into it as tracked changes.

Accepting all gives the document as it was, rejecting all gives the other one's text:
what it has is put in, what only the other has is struck.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import accumulate

from lxml import etree

from officeflow.document.compare.aligning import TextChange, cut_at
from officeflow.document.wml.bound_text import read_paragraph
from officeflow.document.wml.cutting import own_runs, parent_of, run_like
from officeflow.document.wml.tracking import DEL, INS, Tracker
from officeflow.document.wml.wordml import FALLBACK, P_PR, R_PR, SECT_PR, TBL, TC, TR, P, R, qn

_TR_PR = qn("trPr")
_NOT_TAKEN = (SECT_PR, R_PR, qn("numPr"), qn("framePr"), qn("pPrChange"))
"""What a struck paragraph leaves behind: sections and lists are numbered by document."""


class Redline:
    """Writes one document's differences from another into it."""

    def __init__(self, roots: Sequence[etree._Element], styles: frozenset[str]) -> None:
        """Take the trees that are written to, and the ids of the styles that their document has."""
        self._tracker = Tracker(roots)
        self._styles = styles

    def change(self, paragraph: etree._Element, changes: Sequence[TextChange], ours: str) -> None:
        """Mark what a paragraph has more than the text `ours`, and strike what it lacks."""
        for change in reversed(changes):
            self._change(paragraph, change, ours[change.start : change.end])

    def change_all(
        self,
        paragraphs: Sequence[etree._Element],
        changes: Sequence[TextChange],
        ours: str,
        texts: Sequence[str],
    ) -> None:
        """Mark changes in paragraphs that one of the other document was split into; `texts` are theirs."""
        ends = list(accumulate(map(len, texts)))
        for paragraph, own, start in zip(
            paragraphs, cut_at(changes, ends, is_ours=False), [0, *ends], strict=False
        ):
            moved = [
                one._replace(their_start=one.their_start - start, their_end=one.their_end - start)
                for one in own
            ]
            self.change(paragraph, moved, ours)
            if paragraph is not paragraphs[-1]:
                self._tracker.paragraph_inserted(paragraph)

    def join(self, paragraph: etree._Element, changes: Sequence[TextChange], texts: Sequence[str]) -> None:
        """Mark changes in a paragraph that was joined from several of the other document; `texts` are those.

        It is cut where they ended, with its pieces' ends struck.
        """
        pieces = cut_at(changes, list(accumulate(map(len, texts))), is_ours=True)
        ours, start, shift = "".join(texts), 0, 0
        for text, own in zip(texts[:-1], pieces[:-1], strict=True):
            start += len(text)
            if own:
                shift = own[-1].their_end - own[-1].end
            first = _cut_off(paragraph, start + shift)
            self.change(first, own, ours)
            self._tracker.paragraph_deleted(first)
            gone = start + shift
            pieces = [
                [
                    one._replace(their_start=one.their_start - gone, their_end=one.their_end - gone)
                    for one in each
                ]
                for each in pieces
            ]
            shift -= gone
        self.change(paragraph, pieces[-1], ours)

    def _change(self, node: etree._Element, change: TextChange, old: str) -> None:
        paragraph, at = read_paragraph(node), change.their_start
        new = own_runs(paragraph, at, change.their_end)
        if new:
            if old:
                struck = run_like(new[0], old)
                new[0].addprevious(struck)
                self._tracker.delete(struck)
            self._put_in_runs(new)
            return
        near = next(iter(own_runs(paragraph, max(at - 1, 0), max(at, 1))), None)
        struck = run_like(near, old)
        if near is not None and at:
            near.addnext(struck)
        else:  # before what a later change may have put at the beginning
            node.insert(int(node.find(P_PR) is not None), struck)
        self._tracker.delete(struck)

    def put_in(self, block: etree._Element, *, is_end_marked: bool = True) -> None:
        """Mark a whole paragraph or table as put in; `is_end_marked` says whether the paragraph's end is, too."""
        if block.tag == TBL:
            for row in block.iter(TR):
                self.put_in_row(row)
            return
        self._put_in_runs(list(_runs(block)))
        if is_end_marked:
            self._tracker.paragraph_inserted(block)

    def put_in_row(self, row: etree._Element) -> None:
        """Mark a row of a table as put in."""
        mark = etree.Element(P)
        self._tracker.paragraph_inserted(mark)
        _row_properties(row).append(next(mark.iter(INS)))
        for paragraph in row.iter(P):
            self._put_in_runs(list(_runs(paragraph)))

    def struck(
        self, block: etree._Element, *, is_end_marked: bool = True, like: etree._Element | None = None
    ) -> etree._Element:
        """Return a copy of the other document's paragraph or table, struck; it is to be put where that stood.

        A paragraph that another one runs on into takes that one's look (`like`).
        """
        if block.tag == TBL:
            table = etree.Element(TBL)
            table.extend(
                self._known(deepcopy(one)) for one in block if one.tag in (qn("tblPr"), qn("tblGrid"))
            )
            table.extend(self.struck_row(row) for row in _rows(block))
            return table
        copy = self._copy(block, block if like is None else like)
        for run in copy.findall(R):
            self._tracker.delete(run)
        if is_end_marked:
            self._tracker.paragraph_deleted(copy)
        return copy

    def struck_row(self, row: etree._Element) -> etree._Element:
        """Return a copy of the other document's row, struck."""
        copy, mark = etree.Element(TR), etree.Element(P)
        self._tracker.paragraph_deleted(mark)
        _row_properties(copy).append(next(mark.iter(DEL)))
        for cell in _cells(row):
            own = etree.SubElement(copy, TC)
            own.extend(self._known(deepcopy(one)) for one in cell.findall(qn("tcPr")))
            own.extend(self.struck(one, is_end_marked=False) for one in cell.iter(P))
        return copy

    def end_put_in(self, paragraph: etree._Element) -> None:
        """Mark the end of a paragraph as put in: without it the next one would be part of it."""
        self._tracker.paragraph_inserted(paragraph)

    def end_struck(self, paragraph: etree._Element) -> None:
        """Mark the end of a paragraph as struck: with it the next one becomes part of it."""
        self._tracker.paragraph_deleted(paragraph)

    def _copy(self, block: etree._Element, look: etree._Element) -> etree._Element:
        copy, properties = etree.Element(P), look.find(P_PR)
        if properties is not None:
            own = etree.SubElement(copy, P_PR)
            own.extend(deepcopy(one) for one in properties if one.tag not in _NOT_TAKEN)
            self._known(own)
        paragraph = read_paragraph(block)
        if paragraph.text:
            run = run_like(paragraph.leaves[0].node.getparent(), paragraph.text)
            copy.append(self._known(run))
        return copy

    def _known(self, node: etree._Element) -> etree._Element:
        """Return a node of the other document without the styles that this one does not have."""
        for style in list(node.iter(qn("pStyle"), qn("rStyle"), qn("tblStyle"))):
            if style.get(qn("val")) not in self._styles:
                parent_of(style).remove(style)
        return node

    def _put_in_runs(self, runs: Sequence[etree._Element]) -> None:
        last: etree._Element | None = None
        for run in runs:
            if last is not None and run.getprevious() is last:
                last.append(run)
                continue
            parent = parent_of(run)
            place = parent.index(run)
            last = self._tracker.inserted(run)
            parent.insert(place, last)


def is_plain(paragraph: etree._Element) -> bool:
    """Whether a paragraph's characters stand in runs of its own, so that it can be cut between any two."""
    return all(parent_of(leaf.node).getparent() is paragraph for leaf in read_paragraph(paragraph).leaves)


def _cut_off(paragraph: etree._Element, at: int) -> etree._Element:
    """Return a paragraph put before this one with its first characters; the look is the same."""
    first, properties = etree.Element(P), paragraph.find(P_PR)
    if properties is not None:
        own = etree.SubElement(first, P_PR)
        own.extend(deepcopy(one) for one in properties if one.tag not in (SECT_PR, R_PR, qn("pPrChange")))
    runs = own_runs(read_paragraph(paragraph), 0, at)
    if runs:
        last = paragraph.index(runs[-1])
        first.extend([one for one in list(paragraph)[: last + 1] if one.tag != P_PR])
    paragraph.addprevious(first)
    return first


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield a paragraph's own runs; those of a text box inside go with the run that holds it."""
    for child in paragraph:
        if child.tag == R:
            yield child
        elif child.tag not in (P, FALLBACK, INS, DEL) and isinstance(child.tag, str):
            yield from _runs(child)


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter(TR) if next(row.iterancestors(TBL)) is table]


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(TC) if next(cell.iterancestors(TR)) is row]


def _row_properties(row: etree._Element) -> etree._Element:
    properties = row.find(_TR_PR)
    if properties is None:
        properties = etree.Element(_TR_PR)
        # ECMA-376 part 1, 17.4.79: only exceptions to the table's properties come before.
        row.insert(int(row.find(qn("tblPrEx")) is not None), properties)
    return properties
