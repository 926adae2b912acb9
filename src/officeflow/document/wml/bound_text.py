"""The accepted text of a Word part, paragraph by paragraph, and where each bookmark begins and ends in it.

Accepted means as if every tracked change were accepted: insertions count,
deletions do not.  The copies of text boxes that only old programs read
(mc:Fallback) do not count either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from officeflow.document.wml.wordml import FALLBACK, XML_SPACE, P, T, qn

START, END = qn("bookmarkStart"), qn("bookmarkEnd")
_GONE = frozenset((qn("del"), qn("moveFrom"), FALLBACK, qn("pPr"), qn("rPr")))
_NOT_YET = frozenset((qn("ins"), qn("moveTo"), *(_GONE - {qn("del"), qn("moveFrom")})))
_MAY_HOLD_MARKS = (qn("del"), qn("ins"))
"""A bookmark that begins or ends in words that do not count stands where they would be."""
_CHARACTERS = {qn("tab"): "\t", qn("br"): "\n", qn("cr"): "\n", qn("noBreakHyphen"): "-"}
_TEXTS = (T, qn("delText"))
SIGNS = {"\n": qn("br"), "\t": qn("tab")}
_SIGN = re.compile("([\n\t])")

_COPY = re.compile(r"(.+?)(?:_Copy_[0-9]+)+")
_SENTENCE = re.compile("[^。！？；\n]*[。！？；\n]?")


class Leaf(NamedTuple):
    """One `qn:t`, line break or tab, its characters, and the offset in its paragraph's text at which it begins."""

    node: etree._Element
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


@dataclass(slots=True)
class TextParagraph:
    """One paragraph: its accepted text and the elements that make it."""

    node: etree._Element
    text: str = ""
    leaves: list[Leaf] = field(default_factory=list)


class Spot(NamedTuple):
    """A place in a part: the paragraph's index and the offset in its text."""

    paragraph: int
    offset: int


@dataclass(slots=True)
class PartText:
    """The text of one part; `marks` says for each bookmark name where it begins and where it ends."""

    name: str
    root: etree._Element
    paragraphs: list[TextParagraph] = field(default_factory=list)
    marks: dict[str, tuple[Spot, Spot]] = field(default_factory=dict)
    order: dict[str, tuple[int, int]] = field(default_factory=dict)
    """For each bookmark name, the ranks of its beginning and its end among those of all bookmarks of the part."""
    ranks: int = 0
    """How many such ranks were given."""

    def between(self, start: Spot, end: Spot) -> str:
        """Return the text from one place to another; paragraphs are parted by line feeds."""
        if start.paragraph == end.paragraph:
            return self.paragraphs[start.paragraph].text[start.offset : end.offset]
        texts = [paragraph.text for paragraph in self.paragraphs[start.paragraph : end.paragraph + 1]]
        return "\n".join((texts[0][start.offset :], *texts[1:-1], texts[-1][: end.offset]))


def read_part_text(name: str, root: etree._Element, *, rejected: bool = False) -> PartText:
    """Return the text of a part whose tree is `root`; the tree stays as it is and is referred to.

    `rejected`: as if every tracked change were rejected instead of accepted.
    """
    part = PartText(name, root)
    opened: dict[str, tuple[str, Spot, int]] = {}
    for node in root.iter(P, START, END):
        if next(node.iterancestors(FALLBACK), None) is not None:
            continue
        if node.tag == P:
            part.paragraphs.append(TextParagraph(node))
            index = len(part.paragraphs) - 1
            for mark, offset in _read_into(part.paragraphs[index], _NOT_YET if rejected else _GONE):
                _read_mark(part, opened, mark, Spot(index, offset))
        elif (
            next(node.iterancestors(P), None) is None
        ):  # between paragraphs: Word puts ends of bookmarks there
            last = len(part.paragraphs) - 1
            after = Spot(last, len(part.paragraphs[last].text)) if last >= 0 else Spot(0, 0)
            _read_mark(part, opened, node, Spot(last + 1, 0) if node.tag == START else after)
    return part


def read_paragraph(node: etree._Element) -> TextParagraph:
    """Return the accepted text of one paragraph."""
    paragraph = TextParagraph(node)
    _read_into(paragraph, _GONE)
    return paragraph


def _read_into(paragraph: TextParagraph, without: AbstractSet[str]) -> list[tuple[etree._Element, int]]:
    """Read a paragraph's text and return the ends of bookmarks in it with their offsets."""
    marks, length = [], 0
    for node in _pieces(paragraph.node, without):
        if node.tag in (START, END):
            marks.append((node, length))
            continue
        text = (node.text or "") if node.tag in _TEXTS else _CHARACTERS[str(node.tag)]
        paragraph.leaves.append(Leaf(node, length, text))
        length += len(text)
    paragraph.text = "".join(leaf.text for leaf in paragraph.leaves)
    return marks


def _pieces(node: etree._Element, without: AbstractSet[str]) -> Iterator[etree._Element]:
    """Yield what has text or is a mark, in order; a text box inside has paragraphs of its own."""
    for child in node:
        if child.tag in _TEXTS or child.tag in (START, END) or child.tag in _CHARACTERS:
            yield child
        elif child.tag not in without and child.tag != P and isinstance(child.tag, str):
            yield from _pieces(child, without)
        elif child.tag in _MAY_HOLD_MARKS:
            yield from child.iter(START, END)


def _read_mark(
    part: PartText, opened: dict[str, tuple[str, Spot, int]], node: etree._Element, spot: Spot
) -> None:
    own, rank = node.get(qn("id")) or "", part.ranks
    part.ranks += 1
    if node.tag == START:
        opened[own] = (node.get(qn("name")) or "", spot, rank)
    elif own in opened:
        name, start, first = opened.pop(own)
        if start.paragraph < len(part.paragraphs) and name not in part.marks:
            part.marks[name], part.order[name] = (start, spot), (first, rank)


def find_marks(texts: Iterable[PartText]) -> dict[str, tuple[PartText, Spot, Spot]]:
    """Return where each bookmark stands: part, beginning, end.

    LibreOffice (7.4) copies what stands in a frame when it opens a .docx and renames the
    bookmarks in it: `name_Copy_1` is `name` too where that is not there any more.
    """
    marks = {name: (text, *spots) for text in texts for name, spots in text.marks.items()}
    for name in list(marks):
        marks.setdefault(own_name(name), marks[name])
    return marks


def own_name(name: str) -> str:
    """Return the name that a bookmark had before LibreOffice renamed it.

    >>> own_name("_of_47bdb78b_1_Copy_1")
    '_of_47bdb78b_1'
    """
    copied = _COPY.fullmatch(name)
    return copied[1] if copied else name


def realigned(part: PartText, start: Spot, end: Spot, printed: str) -> tuple[Spot, Spot]:
    """Return where a bookmark stands that was put around `printed`, in one paragraph.

    LibreOffice (7.4) moves bookmarks in the footnotes of a .doc one character on, and the end of one
    that ends where a frame hangs.  What was printed must stand there to the letter.
    """
    text, now = part.paragraphs[start.paragraph].text, part.between(start, end)
    is_moved = start.paragraph != end.paragraph or (now != "" and printed.startswith(now))
    if is_moved and text.startswith(printed, start.offset):
        return start, start._replace(offset=start.offset + len(printed))
    before = start.offset - 1
    if now != printed and len(now) == len(printed) and before >= 0 and text.startswith(printed, before):
        return start._replace(offset=before), end._replace(offset=end.offset - 1)
    return start, end


def put_text(paragraph: TextParagraph, start: int, end: int, text: str) -> None:
    """Replace the characters of a paragraph from `start` to `end` by `text`, in the look of the first one replaced.

    Runs keep their formatting; the paragraph must be read again before its offsets are used.
    Does nothing for an empty range: there is no run whose formatting could be used.
    """
    put = text
    for leaf in paragraph.leaves:
        low, high = max(start, leaf.start), min(end, leaf.end)
        if low >= high:
            continue
        if leaf.node.tag != T:
            run = leaf.node.getparent()
            if run is not None:
                run.remove(leaf.node)
            continue
        leaf.node.text = leaf.text[: low - leaf.start] + put + leaf.text[high - leaf.start :]
        leaf.node.set(XML_SPACE, "preserve")
        _break_lines(leaf.node)
        put = ""


def _break_lines(leaf: etree._Element) -> None:
    """Turn line feeds and tabs in a `qn:t` into Word's line breaks and tabs."""
    first, *others = _SIGN.split(leaf.text or "")
    leaf.text, last = first, leaf
    for sign, words in zip(others[::2], others[1::2], strict=True):
        text = etree.Element(T, {XML_SPACE: "preserve"})
        text.text = words
        last.addnext(mark := etree.Element(SIGNS[sign]))
        mark.addnext(text)
        last = text


def sentence_at(text: str, offset: int) -> str:
    """Return the sentence of a paragraph that holds the character at `offset`, without blanks around it."""
    for found in _SENTENCE.finditer(text):
        if found.end() > offset or found.end() == len(text):
            return found[0].strip()
    return text.strip()
