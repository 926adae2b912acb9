"""Heal the tags of one part on its tree: each becomes one mark, however Word and WPS split it over runs.

After healing, a `{{ }}` tag stands alone in a run of its own with its
properties, between marks; every other tag is a mark where its run was.  Marks
are processing instructions `<?of …?>`: `s` and `e` around the run of a printed
tag, the tag's number where it prints or acts, `h<n>` `H<n>` around the words of
a computed heading, `gb` `gt` `gr` and `G` around what must not be left empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from officeflow.document.tags import STANDARD, Delimiters, Kind, RawTag, Unclosed, find_tags
from officeflow.document.wordml import FALLBACK, R_PR, XML_SPACE, P, R, T, w

MARK = "of"
_WRAPPERS = frozenset(
    map(
        w,
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
_UNWRAPPED = frozenset(map(w, ("ins", "moveTo", "smartTag", "customXml")))
_TEXT = {
    w("tab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("lastRenderedPageBreak"): "",
}
_BREAK = "\ufffc"


class Place(NamedTuple):
    """A paragraph of a template: which part, which paragraph (from 1), what it says."""

    part: str
    paragraph: int
    text: str


class Tag(NamedTuple):
    """One tag of a template; `path` is the chain of elements that holds its mark."""

    number: int
    kind: Kind
    scope: str
    body: str
    source: str
    """As typed."""
    place: Place
    following: str = ""
    """The words right after it in its paragraph."""
    is_bound: bool = True
    """Whether its figures get bookmarks: not in the copy of a text box that only old programs read."""
    trims: tuple[bool, bool] = (False, False)
    """Whether `-` joins it to what stands before, and to what stands after."""


class Problem(NamedTuple):
    """Something wrong with a template: a message code, the place, the tag as typed."""

    code: str
    place: Place
    tag: str = ""
    values: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Healed:
    """What a part holds: its tags, all text and tags in their order, and problems."""

    tags: list[Tag] = field(default_factory=list)
    flow: list[Tag | str | None] = field(default_factory=list)
    """None ends a paragraph."""
    marks: dict[int, etree._Element] = field(default_factory=dict)
    """Tag index → its mark in the tree."""
    problems: list[Problem] = field(default_factory=list)
    hints: list[Problem] = field(default_factory=list)
    """What was understood although it is not as it should be."""
    is_literal: bool = False
    """Whether `raw` was begun and not ended: no tag counts until then."""


def heal(
    root: etree._Element,
    part: str,
    *,
    first: int = 0,
    numbers: AbstractSet[str] = frozenset(),
    delimiters: Delimiters = STANDARD,
) -> Healed:
    """Heal every paragraph of a part in place; tags are numbered from `first`, `numbers` start a heading's words."""
    healed = Healed()
    for number, paragraph in enumerate(list(root.iter(P)), start=1):
        text = "".join(map(_text_of, _runs(paragraph)))
        raws: list[RawTag] = []
        if delimiters.may_be_in(text):
            place = Place(part=part, paragraph=number, text=text)
            raws = list(_tags_in(place, healed, delimiters))
            _heal_paragraph(paragraph, place, raws, healed, first, numbers)
        else:
            healed.flow.append(text)
        healed.flow.append(None)
    return healed


def _tags_in(place: Place, healed: Healed, delimiters: Delimiters) -> Iterator[RawTag]:
    for found in find_tags(place.text, delimiters):
        if isinstance(found, Unclosed):
            if not healed.is_literal:
                problem = Problem("TAG_UNCLOSED", place, place.text[found.start : found.start + 20])
                healed.problems.append(problem)
            continue
        if healed.is_literal and (found.kind is not Kind.BLOCK or found.body != "endraw"):
            continue
        if found.kind is Kind.BLOCK:
            healed.is_literal = found.body == "raw"
        if found.is_retyped:
            healed.hints.append(Problem("TAG_RETYPED", place, place.text[found.start : found.end]))
        yield found


def _heal_paragraph(
    paragraph: etree._Element,
    place: Place,
    raws: list[RawTag],
    healed: Healed,
    first: int,
    numbers: AbstractSet[str],
) -> None:
    if not raws:
        healed.flow.append(place.text)
        return
    _flatten(paragraph)
    groups = _split(list(_runs(paragraph)), [cut for raw in raws for cut in (raw.start, raw.end)])
    is_bound = next(paragraph.iterancestors(FALLBACK), None) is None
    place_end = 0
    for position, raw in enumerate(raws):
        healed.flow.append(place.text[place_end : raw.start])
        place_end = raw.end
        tag = Tag(
            number=first + len(healed.tags),
            kind=raw.kind,
            scope=raw.scope,
            body=raw.body,
            source=place.text[raw.start : raw.end],
            place=place,
            following=place.text[raw.end : raw.end + 8],
            is_bound=is_bound,
            trims=raw.trims,
        )
        healed.tags.append(tag)
        healed.flow.append(tag)
        healed.marks[tag.number] = _mark_run(_carrier(groups[2 * position + 1]), tag, tag.body in numbers)
    healed.flow.append(place.text[place_end:])


def mark(content: str) -> etree._Element:
    """Return a new mark."""
    return etree.ProcessingInstruction(MARK, content)


def _runs(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == R:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _runs(child)


def _text_of(run: etree._Element) -> str:
    return "".join(map(_leaf_text, run))


def _leaf_text(leaf: etree._Element) -> str:
    if leaf.tag == T:
        return leaf.text or ""
    return "" if leaf.tag == R_PR else _TEXT.get(str(leaf.tag), _BREAK)


def _flatten(paragraph: etree._Element) -> None:
    """Take away what splits tags and carries no text: spelling marks, smart tags, insertions still to be accepted."""
    for node in list(paragraph.iter(w("proofErr"))):
        _drop(node)
    for node in [child for child in paragraph.iter() if child.tag in _UNWRAPPED]:
        parent = node.getparent()
        if parent is not None and node.find(w("smartTagPr")) is None and node.find(w("customXmlPr")) is None:
            _replace(node, list(node))
        elif parent is not None:
            _replace(node, [child for child in node if child.tag in (R, *_WRAPPERS)])


def _replace(node: etree._Element, children: list[etree._Element]) -> None:
    parent = node.getparent()
    if parent is not None:
        place = parent.index(node)
        parent[place : place + 1] = children


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _split(runs: list[etree._Element], cuts: list[int]) -> dict[int, list[etree._Element]]:
    """Split runs at `cuts` (offsets in the paragraph's text); return stretch number → its runs; odd ones are tags."""
    groups: dict[int, list[etree._Element]] = {}
    offset = 0
    for run in runs:
        leaves: dict[int, list[etree._Element]] = {}
        for leaf in run:
            if leaf.tag != R_PR:
                for stretch, piece in _cut_leaf(leaf, offset, cuts):
                    leaves.setdefault(stretch, []).append(piece)
                offset += len(_leaf_text(leaf))
        for stretch, piece in _cut_run(run, leaves):
            groups.setdefault(stretch, []).append(piece)
    return groups


def _cut_leaf(leaf: etree._Element, offset: int, cuts: list[int]) -> Iterator[tuple[int, etree._Element]]:
    text = _leaf_text(leaf)
    inner = [cut - offset for cut in cuts if offset < cut < offset + len(text)]
    if leaf.tag != T or not inner:
        yield bisect_right(cuts, offset), leaf
        return
    for start, end in zip([0, *inner], [*inner, len(text)], strict=True):
        if start < end:
            yield bisect_right(cuts, offset + start), _text_leaf(text[start:end])


def _text_leaf(text: str) -> etree._Element:
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
    _replace(run, pieces)


def _carrier(runs: list[etree._Element]) -> etree._Element:
    """Return the first run of a tag; the others go, with wrappers they leave empty."""
    for run in runs[1:]:
        parent = run.getparent()
        _drop(run)
        if parent is not None and parent.tag in _WRAPPERS and not len(parent):
            _drop(parent)
    return runs[0]


def _mark_run(run: etree._Element, tag: Tag, starts_heading: bool) -> etree._Element:
    own = mark(str(tag.number))
    if tag.kind is not Kind.PRINT:
        _replace(run, [own])
        return own
    for leaf in [leaf for leaf in run if leaf.tag != R_PR]:
        run.remove(leaf)
    text = _text_leaf("")
    text.append(own)
    run.append(text)
    run.addprevious(mark("s"))
    end = mark("e")
    run.addnext(end)
    if starts_heading:
        _mark_heading(end, tag.number)
    return own


def _mark_heading(start: etree._Element, index: int) -> None:
    """Put marks around the runs that follow a computed number in its paragraph."""
    last = next((node for node in reversed(list(start.itersiblings())) if node.tag in (R, *_WRAPPERS)), None)
    if last is not None:
        start.addnext(mark(f"h{index}"))
        last.addnext(mark(f"H{index}"))
