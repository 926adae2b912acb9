"""Heal the tags of one part on its tree: each becomes one mark, however Word and WPS split it over runs.

After healing, a `{{ }}` tag stands alone in a run of its own with its
properties, between marks; every other tag is a mark where its run was.  Marks
are processing instructions `<?of …?>`: `s` and `e` around the run of a printed
tag, the tag's number where it prints or acts, `h<n>` `H<n>` around the words of
a computed heading, `gb` `gt` `gr` and `G` around what must not be left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from officeflow.document.reckoning.tags import Delimiters, RawTag, TagKind, Unclosed, find_tags
from officeflow.document.templates.dialect import REPORT, Dialect
from officeflow.document.wml.runs import (
    WRAPPERS,
    carrier,
    drop,
    leaf_text,
    replace,
    runs,
    split,
    text_leaf,
    text_of,
)
from officeflow.document.wml.wordml import FALLBACK, R_PR, P, R, qn

MARK = "of"
ATTRIBUTE = "attribute"
"""The scope of a tag in an attribute."""
SIGN = "\U000f0f0f"
"""Stands on both sides of `a<n>` where a tag is printed into an attribute: for private use, and used nowhere."""
_WORD = re.compile(r"\w*")
_UNWRAPPED = frozenset(map(qn, ("ins", "moveTo", "smartTag", "customXml")))


class TagPlace(NamedTuple):
    """A paragraph of a template: which part, which paragraph (from 1), what it says."""

    part: str
    paragraph: int
    text: str


class Tag(NamedTuple):
    """One tag of a template; `path` is the chain of elements that holds its mark."""

    number: int
    kind: TagKind
    scope: str
    body: str
    source: str
    """As typed."""
    place: TagPlace
    following: str = ""
    """The words right after it in its paragraph."""
    is_bound: bool = True
    """Whether its figures get bookmarks: not in the copy of a text box that only old programs read."""
    trims: tuple[bool, bool] = (False, False)
    """Whether `-` joins it to what stands before, and to what stands after.

    A printed tag is joined to nothing beyond its own `w:t`: Jinja sees the XML there, and no blanks.
    """


_SAID: Mapping[str, str] = {}
"""Nothing more to say.  No proxy: hints are kept on disk with their template."""


class Problem(NamedTuple):
    """Something wrong with a template: a message code, the place, the tag as typed."""

    code: str
    place: TagPlace
    tag: str = ""
    values: Mapping[str, str] = _SAID


@dataclass(slots=True)
class Healed:
    """What a part holds: its tags, all text and tags in their order, and problems."""

    tags: list[Tag] = field(default_factory=list)
    flow: list[Tag | str | None] = field(default_factory=list)
    """None ends a paragraph."""
    marks: dict[int, etree._Element] = field(default_factory=dict)
    """Tag index → its mark in the tree."""
    looks: dict[int, etree._Element | None] = field(default_factory=dict)
    """Tag index → the properties of the run it was typed in."""
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
    dialect: Dialect = REPORT,
) -> Healed:
    """Heal every paragraph of a part in place; tags are numbered from `first`, `numbers` start a heading's words."""
    healed = Healed()
    for number, paragraph in enumerate(list(root.iter(P)), start=1):
        text = "".join(map(text_of, runs(paragraph)))
        raws: list[RawTag] = []
        if dialect.delimiters.may_be_in(text):
            place = TagPlace(part=part, paragraph=number, text=text)
            raws = list(_tags_in(place, healed, dialect.delimiters))
            _heal_paragraph(paragraph, place, raws, healed, first, numbers, dialect.printed)
        else:
            healed.flow.append(text)
        healed.flow.append(None)
    return healed


def _tags_in(place: TagPlace, healed: Healed, delimiters: Delimiters) -> Iterator[RawTag]:
    for found in find_tags(place.text, delimiters):
        if isinstance(found, Unclosed):
            if not healed.is_literal:
                problem = Problem("TAG_UNCLOSED", place, place.text[found.start : found.start + 20])
                healed.problems.append(problem)
            continue
        if healed.is_literal and (found.kind is not TagKind.BLOCK or found.body != "endraw"):
            continue
        if found.kind is TagKind.BLOCK:
            healed.is_literal = found.body == "raw"
        if found.is_retyped:
            healed.hints.append(Problem("TAG_RETYPED", place, place.text[found.start : found.end]))
        yield found


def _heal_paragraph(
    paragraph: etree._Element,
    place: TagPlace,
    raws: list[RawTag],
    healed: Healed,
    first: int,
    numbers: AbstractSet[str],
    printed: AbstractSet[str],
) -> None:
    if not raws:
        healed.flow.append(place.text)
        return
    _flatten(paragraph)
    edges = _edges(paragraph) if any(any(raw.trims) for raw in raws) else frozenset()
    groups = split(list(runs(paragraph)), [cut for raw in raws for cut in (raw.start, raw.end)])
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
            trims=_trims(raw, edges),
        )
        healed.tags.append(tag)
        healed.flow.append(tag)
        run = carrier(groups[2 * position + 1])
        healed.looks[tag.number] = run.find(R_PR)
        healed.marks[tag.number] = _mark_run(run, tag, numbers, printed)
    healed.flow.append(place.text[place_end:])


def _edges(paragraph: etree._Element) -> frozenset[int]:
    """Return where in a paragraph's text a text node, break or tab ends and the next one begins."""
    lengths = (len(leaf_text(leaf)) for run in runs(paragraph) for leaf in run)
    return frozenset(accumulate(lengths, initial=0))


def _trims(raw: RawTag, edges: AbstractSet[int]) -> tuple[bool, bool]:
    if raw.kind is not TagKind.PRINT:
        return raw.trims
    before, after = raw.trims
    return before and raw.start not in edges, after and raw.end not in edges


def mark(content: str) -> etree._Element:
    """Return a new mark."""
    return etree.ProcessingInstruction(MARK, content)


def is_mark(node: etree._Element) -> bool:
    """Whether a node of a healed tree is a mark."""
    return isinstance(node, etree._ProcessingInstruction)  # noqa: SLF001  its only name


def _flatten(paragraph: etree._Element) -> None:
    """Take away what splits tags and carries no text: spelling marks, smart tags, insertions still to be accepted."""
    for node in list(paragraph.iter(qn("proofErr"))):
        drop(node)
    for node in [child for child in paragraph.iter() if child.tag in _UNWRAPPED]:
        parent = node.getparent()
        if (
            parent is not None
            and node.find(qn("smartTagPr")) is None
            and node.find(qn("customXmlPr")) is None
        ):
            replace(node, list(node))
        elif parent is not None:
            replace(node, [child for child in node if child.tag in (R, *WRAPPERS)])


def _mark_run(
    run: etree._Element, tag: Tag, numbers: AbstractSet[str], printed: AbstractSet[str]
) -> etree._Element:
    own = mark(str(tag.number))
    is_printed = tag.kind is TagKind.BLOCK and not tag.scope and _WORD.match(tag.body)[0] in printed  # type: ignore[index]
    if tag.kind is not TagKind.PRINT and not is_printed:
        replace(run, [own])
        return own
    for leaf in [leaf for leaf in run if leaf.tag != R_PR]:
        run.remove(leaf)
    text = text_leaf("")
    text.append(own)
    run.append(text)
    run.addprevious(mark("s"))
    end = mark("e")
    run.addnext(end)
    if tag.body in numbers:
        _mark_heading(end, tag.number)
    return own


def _mark_heading(start: etree._Element, index: int) -> None:
    """Put marks around the runs that follow a computed number in its paragraph."""
    last = next((node for node in reversed(list(start.itersiblings())) if node.tag in (R, *WRAPPERS)), None)
    if last is not None:
        start.addnext(mark(f"h{index}"))
        last.addnext(mark(f"H{index}"))
