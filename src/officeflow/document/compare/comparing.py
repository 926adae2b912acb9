"""Two documents compared: every passage that differs, and the second document with the differences tracked in it.

Compared are words, in the body, tables, text boxes, headers, footers and notes;
looks and pictures are not.  Tracked changes that either document brings along are
taken as accepted.  A passage that was moved is struck in one place and put in at another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lxml import etree

from officeflow.document.bound.document import BoundDocument, read_bound
from officeflow.document.compare.aligning import TextChange, diff
from officeflow.document.compare.pairing import likeness, pair
from officeflow.document.compare.redline import Redline, is_plain
from officeflow.document.compare.sides import DocumentSide, PassageText, blocks, boxes, cells, rows
from officeflow.document.provenance.record import NO_RECORD
from officeflow.document.wml.tracking import accept_changes
from officeflow.document.wml.wordml import DECLARATION, SECT_PR, TBL, P, parse, serialize
from officeflow.model.findings import Outcome
from officeflow.ooxml import write_package

_Node: TypeAlias = etree._Element  # noqa: SLF001  lxml has no other name for it


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A paragraph that differs: in both documents, or put in or taken out whole (None on the other side)."""

    ours: PassageText | None = None
    theirs: PassageText | None = None
    changes: tuple[TextChange, ...] = ()
    """Where the two differ; () when one is None."""
    is_moved: bool = False
    """Whether ours stands elsewhere: it was taken out there and put in here."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What differs, in reading order, and the second document with it tracked (花脸稿)."""

    passages: tuple[Passage, ...]
    document: bytes


def compare(ours: bytes, theirs: bytes, *, name: str = "", their_name: str = "") -> Outcome[Compared | None]:
    """Return what differs between two documents from anywhere; None with findings when one cannot be read.

    `name` and `their_name` are the files', for messages.
    """
    one, other = open_any(ours, name=name), open_any(theirs, name=their_name)
    if one.value is None or other.value is None:
        return Outcome(None, (*one.findings, *other.findings))
    passages = passages_of(one.value, other.value)
    return Outcome(Compared(passages=passages, document=_written(other.value)))


def open_any(document: bytes, *, name: str = "") -> Outcome[BoundDocument | None]:
    """Return a document from anywhere, its tracked changes accepted, with the figures that its own record knows."""
    outcome = read_bound(document, name=name)
    if [finding.code for finding in outcome.findings] in (["RECORD_MISSING"], ["RECORD_NEWER"]):
        outcome = read_bound(document, NO_RECORD, name=name)
    if outcome.value is not None:
        for text in outcome.value.texts:
            accept_changes(text.root)
        outcome.value.find()
    return outcome


def passages_of(ours: BoundDocument, theirs: BoundDocument) -> tuple[Passage, ...]:
    """Return what differs between two opened documents; it is tracked in the trees of `theirs`."""
    walk = _Walk(DocumentSide(ours), DocumentSide(theirs), [text.root for text in theirs.texts])
    for role in dict.fromkeys((*walk.theirs.roles, *walk.ours.roles)):
        mine, yours = (side.roles.get(role, []) for side in (walk.ours, walk.theirs))
        if mine or role.startswith("note") or any(map(walk.theirs.has_words, yours)):
            walk.containers(mine, yours)
    return tuple(walk.passages)


def _written(document: BoundDocument) -> bytes:
    """Return a document with its changed trees; a record stays as it is and no longer counts as untouched."""
    changed = {
        text.name: (DECLARATION + serialize(text.root)).encode()
        for text in document.texts
        if _canonical(text.root) != _canonical(parse(document.parts[text.name]))
    }
    return write_package({**document.parts, **changed})


def _canonical(root: _Node) -> bytes:
    return etree.tostring(root, method="c14n", with_comments=False)


class _Walk:
    """Goes through two documents side by side."""

    def __init__(self, ours: DocumentSide, theirs: DocumentSide, roots: Sequence[_Node]) -> None:
        self.ours, self.theirs = ours, theirs
        self.passages: list[Passage] = []
        self._red = Redline(roots, theirs.styles)

    def containers(self, ours: Sequence[_Node], theirs: Sequence[_Node]) -> None:
        """Compare headers, notes, cells or text boxes one by one; what only ours has is not shown in theirs."""
        for one, other in zip(ours, theirs, strict=False):
            self._container(one, other)
        for other in theirs[len(ours) :]:
            for block in blocks(other):
                self._put_in(block, is_end_marked=False)
        for one in ours[len(theirs) :]:
            self._say_taken_out(one)

    def _container(self, ours: _Node, theirs: _Node) -> None:
        mine, yours = list(blocks(ours)), list(blocks(theirs))
        groups = self._groups(mine, yours)
        tail = len(groups) - next((n for n, one in enumerate(reversed(groups)) if all(one)), len(groups))
        before = yours[groups[tail - 1][1][-1]] if tail else None
        # The last paragraph's end cannot be tracked; the end before it is tracked instead.
        shifts = tail < len(groups) and before is not None and before.tag == P
        last: _Node | None = None
        for number, (out, put) in enumerate(groups):
            is_end_marked = not (shifts and number == len(groups) - 1)
            if not out:
                self._put_in(yours[put[0]], is_end_marked=is_end_marked)
            elif not put:
                like = before if not is_end_marked else None
                struck = self._red.struck(mine[out[0]], is_end_marked=is_end_marked, like=like)
                _place(struck, theirs, last)
                self._say_taken_out(mine[out[0]])
                last = struck
            else:
                self._both([mine[i] for i in out], [yours[j] for j in put])
            last = yours[put[-1]] if put else last
        if shifts and before is not None:
            (self._red.end_put_in if groups[tail][1] else self._red.end_struck)(before)

    def _groups(self, mine: Sequence[_Node], yours: Sequence[_Node]) -> list[Group]:
        texts, their_texts = [self.ours.text(one) for one in mine], [self.theirs.text(one) for one in yours]
        pairs = pair(texts, their_texts, lambda i, j: mine[i].tag == yours[j].tag)

        def may_join(out: Sequence[int], put: Sequence[int]) -> bool:
            nodes = [*(mine[i] for i in out), *(yours[j] for j in put)]
            return all(one.tag == P and not boxes(one) for one in nodes) and (
                len(out) == 1 or is_plain(yours[put[0]])
            )

        return regroup(_with_ends_paired(pairs, mine, yours), texts, their_texts, may_join)

    def _both(self, out: Sequence[_Node], put: Sequence[_Node]) -> None:
        one, other = out[0], put[0]
        if one.tag == TBL:
            self._table(one, other)
            return
        ours, theirs = _together(self.ours, out), _together(self.theirs, put)
        changes = diff(ours.text, theirs.text)
        if changes:
            self.passages.append(Passage(ours=ours, theirs=theirs, changes=tuple(changes)))
        mine, yours = boxes(one), boxes(other)
        if len(out) > 1:
            self._red.join(other, changes, [self.ours.text(each) for each in out])
        else:
            self._red.change_all(put, changes, ours.text, [self.theirs.text(each) for each in put])
        self.containers(mine, yours)

    def _table(self, ours: _Node, theirs: _Node) -> None:
        mine, yours = rows(ours), rows(theirs)
        widths, their_widths = ([len(cells(row)) for row in own] for own in (mine, yours))
        texts, their_texts = [self.ours.text(row) for row in mine], [self.theirs.text(row) for row in yours]
        last: _Node | None = None
        for i, j in pair(texts, their_texts, lambda i, j: widths[i] == their_widths[j]):
            if i is None and j is not None:
                self._red.put_in_row(yours[j])
                self._say_put_in(yours[j])
            elif j is None and i is not None:
                struck = self._red.struck_row(mine[i])
                _place(struck, theirs, last, before=yours[0])
                self._say_taken_out(mine[i])
                last = struck
            elif i is not None and j is not None:
                self.containers(cells(mine[i]), cells(yours[j]))
            last = last if j is None else yours[j]

    def _put_in(self, block: _Node, *, is_end_marked: bool) -> None:
        self._red.put_in(block, is_end_marked=is_end_marked)
        self._say_put_in(block)

    def _say_put_in(self, block: _Node) -> None:
        self._say(Passage(theirs=self.theirs.words(one)) for one in self.theirs.paragraphs(block))

    def _say_taken_out(self, block: _Node) -> None:
        self._say(Passage(ours=self.ours.words(one)) for one in self.ours.paragraphs(block))

    def _say(self, passages: Iterable[Passage]) -> None:
        self.passages.extend(passages)


def _together(side: DocumentSide, paragraphs: Sequence[_Node]) -> PassageText:
    """Return the words of paragraphs that answer one as those of one, where the first stands."""
    figures: list[tuple[int, int, str]] = []
    text = ""
    for words in map(side.words, paragraphs):
        figures += ((start + len(text), end + len(text), name) for start, end, name in words.figures)
        text += words.text
    return PassageText(place=side.words(paragraphs[0]).place, text=text, figures=tuple(figures))


def _with_ends_paired(pairs: list[Pair], mine: Sequence[_Node], yours: Sequence[_Node]) -> list[Pair]:
    """Let the last paragraphs answer each other where both ends have none: neither end can be put in or struck."""
    tail = len(pairs) - next((n for n, one in enumerate(reversed(pairs)) if None not in one), len(pairs))
    out = [i for i, _ in pairs[tail:] if i is not None]
    new = [j for _, j in pairs[tail:] if j is not None]
    if not out or not new or not mine[out[-1]].tag == yours[new[-1]].tag == P:
        return pairs
    between: list[Pair] = [*((i, None) for i in out[:-1]), *((None, j) for j in new[:-1])]
    return [*pairs[:tail], *between, (out[-1], new[-1])]


def _place(struck: _Node, container: _Node, last: _Node | None, *, before: _Node | None = None) -> None:
    """Put a struck block after the last one dealt with; at the beginning when there is none."""
    if last is not None:
        last.addnext(struck)
        return
    first = before if before is not None else next(blocks(container), None)
    if first is not None:
        first.addprevious(struck)
    else:
        container.insert(sum(child.tag != SECT_PR for child in container), struck)


Pair = tuple[int | None, int | None]
Group = tuple[tuple[int, ...], tuple[int, ...]]
"""Indices of ours and of theirs that answer each other; one of the two has one member at most."""
_BETTER = 0.1
"""By how much liker a paragraph must be to two than to one of them."""


def regroup(
    pairs: Sequence[Pair],
    ours: Sequence[str],
    theirs: Sequence[str],
    may_join: Callable[[Sequence[int], Sequence[int]], bool],
) -> list[Group]:
    """Return the pairs as groups: a paragraph without an answer joins its neighbour's where that was cut in two.

    `may_join` says whether paragraphs can be taken together at all.
    """
    groups: list[Group] = []
    for i, j in pairs:
        new: Group = (() if i is None else (i,), () if j is None else (j,))
        if groups and (joined := _joined(groups[-1], new, ours, theirs)) and may_join(*joined):
            groups[-1] = joined
        else:
            groups.append(new)
    return groups


def _joined(one: Group, other: Group, ours: Sequence[str], theirs: Sequence[str]) -> Group | None:
    mine, yours = one[0] + other[0], one[1] + other[1]
    if min(len(mine), len(yours)) != 1:
        return None
    whole = max((one, other), key=lambda group: min(map(len, group)))
    if not min(map(len, whole)):
        return None
    together = likeness("".join(ours[i] for i in mine), "".join(theirs[j] for j in yours))
    before = likeness("".join(ours[i] for i in whole[0]), "".join(theirs[j] for j in whole[1]))
    return (mine, yours) if together >= before + _BETTER else None
