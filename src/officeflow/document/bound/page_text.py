"""The text of a bound document as a page shows it: lines and tables, each figure where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from officeflow.document.bound.document import BoundDocument, Stretch
from officeflow.document.wml.bound_text import PartText, TextParagraph
from officeflow.document.wml.wordml import P_PR, R_PR, TBL, TC, TR, P, parse, qn
from officeflow.document.words import WORDS

_STYLES = "word/styles.xml"
_TITLE = 36
"""Half points from which a line is a title: GB/T 9704 sets the text in 32."""
_DEEPEST_STYLE = 12
_MARGIN = re.compile("/(header|footer)[0-9]*.xml$")
_BETWEEN_CELLS = "　"


class Segment(NamedTuple):
    """Words of one line that belong to one figure, or to none; `mark` is its bookmark's name."""

    text: str
    mark: str = ""
    is_first: bool = False
    """Whether the figure begins here; the others go on after a figure inside it."""
    is_chart: bool = False
    """Whether a chart stands here; `text` is its title, '' when it has none."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One paragraph; `looks` are words for how it is set: title, heading, center, right, red, indent."""

    segments: tuple[Segment, ...]
    looks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells of lines."""

    rows: tuple[tuple[tuple[TextLine, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of the document; `name` is what people call it: 正文, 页眉, 脚注."""

    name: str
    blocks: tuple[TextLine | Grid, ...]


def page_text(document: BoundDocument) -> tuple[TextPart, ...]:
    """Return the document's text part by part, body first.

    Paragraphs without words are left out, and headers and footers without figures: a page number says nothing here.
    """
    styles = _Styles(document.parts.get(_STYLES, b""))
    seen: set[str] = set()
    parts = []
    for text in document.texts:
        stretches = [one for one in document.figures if one.part == text.name]
        if not stretches and _MARGIN.search(text.name):
            continue
        blocks = tuple(_blocks(text, stretches, styles, seen))
        if blocks:
            parts.append(TextPart(WORDS.part(text.name), blocks))
    return tuple(parts)


def row_words(text: PartText, index: int) -> tuple[str, str]:
    """Return the words that stand before and after a paragraph in its row of a table, '' outside of tables."""
    row = next(text.paragraphs[index].node.iterancestors(TR), None)
    if row is None:
        return "", ""
    place_of = {id(one.node): place for place, one in enumerate(text.paragraphs)}
    places = [place_of[id(node)] for node in row.iter(P) if id(node) in place_of]
    words = [(place, said) for place in places if (said := text.paragraphs[place].text.strip())]
    before = (said for place, said in words if place < index)
    after = (said for place, said in words if place > index)
    return _BETWEEN_CELLS.join(before), _BETWEEN_CELLS.join(after)


def _blocks(
    text: PartText, stretches: list[Stretch], styles: _Styles, seen: set[str]
) -> Iterator[TextLine | Grid]:
    lines = [
        (
            paragraph.node,
            TextLine(tuple(_segments(paragraph, index, stretches, seen)), styles.looks(paragraph.node)),
        )
        for index, paragraph in enumerate(text.paragraphs)
        if paragraph.text.strip() or any(one.chart and one.start.paragraph == index for one in stretches)
    ]
    for table, group in groupby(lines, key=lambda line: _outermost(line[0], TBL)):
        if table is None:
            yield from (line for _, line in group)
        else:
            yield Grid(tuple(_rows(list(group))))


def _rows(lines: list[tuple[etree._Element, TextLine]]) -> Iterator[tuple[tuple[TextLine, ...], ...]]:
    for _, row in groupby(lines, key=lambda line: _outermost(line[0], TR)):
        cells = groupby(row, key=lambda line: _outermost(line[0], TC))
        yield tuple(tuple(line for _, line in cell) for _, cell in cells)


def _outermost(node: etree._Element, tag: str) -> etree._Element | None:
    return next(reversed([*node.iterancestors(tag)]), None)


def _segments(
    paragraph: TextParagraph, index: int, stretches: list[Stretch], seen: set[str]
) -> Iterator[Segment]:
    """Yield the pieces of a paragraph; where one figure stands inside another, the inner one has its words."""
    marks = [""] * len(paragraph.text)
    here = [(*_span(one, index, len(marks)), one.name) for one in stretches if _is_in(one, index)]
    for start, end, name in sorted(here, key=lambda span: span[0] - span[1]):
        marks[start:end] = [name] * (end - start)
    place = 0
    for mark, group in groupby(marks):
        length = len(list(group))
        yield Segment(paragraph.text[place : place + length], mark, bool(mark) and mark not in seen)
        seen.add(mark)
        place += length
    for one in stretches:
        if one.chart and one.start.paragraph == index:
            yield Segment(one.sentence, one.name, is_first=True, is_chart=True)


def _is_in(stretch: Stretch, index: int) -> bool:
    return stretch.start.paragraph <= index <= stretch.end.paragraph


def _span(stretch: Stretch, index: int, length: int) -> tuple[int, int]:
    start = stretch.start.offset if stretch.start.paragraph == index else 0
    return start, stretch.end.offset if stretch.end.paragraph == index else length


class _Styles:
    """How paragraphs are set: their style's own words, those of the style it is based on, and their own."""

    def __init__(self, part: bytes) -> None:
        try:
            root = parse(part) if part else None
        except etree.XMLSyntaxError:
            root = None
        found = () if root is None else root.iter(qn("style"))
        self._styles: Mapping[str, etree._Element] = {
            style.get(qn("styleId")) or "": style for style in found
        }

    def looks(self, paragraph: etree._Element) -> tuple[str, ...]:
        """Return the words for how a paragraph is set."""
        own = paragraph.find(P_PR)
        style = "" if own is None else _value(own, "pStyle")
        chain = list(self._chain(style))
        properties = [own, *(one.find(P_PR) for one in chain)]
        runs = [one.find(R_PR) for one in (*paragraph.iter(qn("r")), *chain)]
        align, size, color = _first(properties, "jc"), _first(runs, "sz"), _first(runs, "color")
        said = {
            "title": size.isdigit() and int(size) >= _TITLE,
            "heading": bool(_first(properties, "outlineLvl")) and _first(properties, "outlineLvl") != "9",
            "center": align == "center",
            "right": align in {"right", "end"},
            "red": color == "FF0000",
            "indent": any(map(_is_indented, properties)),
        }
        return tuple(look for look, is_so in said.items() if is_so)

    def _chain(self, style: str) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST_STYLE):
            if style not in self._styles:
                return
            yield self._styles[style]
            style = _value(self._styles[style], "basedOn")


def _first(places: list[etree._Element | None], name: str) -> str:
    return next((found for place in places if place is not None and (found := _value(place, name))), "")


def _value(node: etree._Element, name: str) -> str:
    found = node.find(qn(name))
    return "" if found is None else found.get(qn("val")) or ""


def _is_indented(properties: etree._Element | None) -> bool:
    indent = None if properties is None else properties.find(qn("ind"))
    values = () if indent is None else (indent.get(qn("firstLineChars")), indent.get(qn("firstLine")))
    return any(value not in (None, "0") for value in values)
