"""Tags where no paragraph is: in the texts of a chart and in a document's properties; only text can be printed there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from lxml import etree

from officeflow.document.reckoning.expressions import Operand, number_in
from officeflow.document.reckoning.tags import Delimiters, RawTag, TagKind, find_tags
from officeflow.document.templates.heal import Healed, Problem, Tag, TagPlace, mark
from officeflow.document.wml.chart_xml import c
from officeflow.document.wml.wordml import parse
from officeflow.model.figures import Figure
from officeflow.model.values import plain

_PARAGRAPH, _RUN, _TEXT = (
    f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}" for name in "prt"
)
_CHARTS = re.compile(r"word/charts/chart\d*\.xml")
TEXT, VALUE = "text", "value"
"""Scopes of such tags: VALUE is a point of a chart, which shows the bare number."""


def heal_nodes(root: etree._Element, part: str, first: int, delimiters: Delimiters) -> Healed:
    """Mark every tag in the texts of a chart or of the properties; `part` is what people call it."""
    healed = Healed()
    for number, (node, scope) in enumerate(list(_nodes(root)), start=1):
        text = node.text or ""
        if delimiters.may_be_in(text):
            heal_text(node, scope, TagPlace(part, number, text), healed, first, delimiters)
    return healed


def _nodes(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for paragraph in root.iter(_PARAGRAPH):
        _join_runs(paragraph)
    numbers = {point for cache in root.iter(c("numCache"), c("numLit")) for point in cache.iter(c("v"))}
    for node in root.iter(c("v"), c("f"), _TEXT, *FILLED):
        yield node, VALUE if node in numbers else TEXT


def _join_runs(paragraph: etree._Element) -> None:
    """Put a tag that Word split over runs of a title into the first of them."""
    runs = paragraph.findall(_RUN)
    texts = [run.find(_TEXT) for run in runs]
    whole = "".join(text.text or "" for text in texts if text is not None)
    if len(runs) < 2 or "{" not in whole or texts[0] is None:  # noqa: PLR2004
        return
    texts[0].text = whole
    for run in runs[1:]:
        paragraph.remove(run)


def heal_text(
    node: etree._Element, scope: str, place: TagPlace, healed: Healed, first: int, delimiters: Delimiters
) -> None:
    """Mark the tags in the text of one element."""
    raws: list[RawTag] = []
    for found in find_tags(place.text, delimiters):
        if isinstance(found, RawTag):
            raws.append(found)
        else:
            healed.problems.append(Problem("TAG_UNCLOSED", place, place.text[found.start : found.start + 20]))
    node.text = place.text[: raws[0].start] if raws else place.text
    for raw, after in zip_longest(raws, raws[1:]):
        tag = Tag(
            number=first + len(healed.tags),
            kind=raw.kind,
            scope=scope if raw.kind is TagKind.PRINT else "",
            body=raw.body,
            source=place.text[raw.start : raw.end],
            place=place,
            is_bound=False,
        )
        own = mark(str(tag.number))
        marks = [mark("s"), own, mark("e")] if raw.kind is TagKind.PRINT else [own]
        node.extend(marks)
        marks[-1].tail = place.text[raw.end : after.start if after else None]
        healed.tags.append(tag)
        healed.flow += [tag, marks[-1].tail]
        healed.marks[tag.number] = own
    healed.flow.append(None)


def title_recipe(root: etree._Element, delimiters: Delimiters) -> str:
    """Return the expression that gives a chart's title again from figures, '' when no tag stands in it, or more than tags can say."""
    node = next((node for title in root.iter(c("title")) for node in title.iter(_TEXT)), None)
    text = "" if node is None else node.text or ""
    pieces, end = [], 0
    for found in find_tags(text, delimiters) if delimiters.may_be_in(text) else ():
        if not isinstance(found, RawTag) or found.kind is not TagKind.PRINT:
            return ""
        pieces += [json.dumps(text[end : found.start], ensure_ascii=False), f"({found.body})"]
        end = found.end
    pieces += [json.dumps(text[end:], ensure_ascii=False)] if end else []
    return " ~ ".join(piece for piece in pieces if piece != '""')


def plain_text(value: Any, scope: str) -> Any:
    """Return what is printed of a value where only text can stand: of a figure its text, as a point its number."""
    figure = value.figure if isinstance(value, Operand) else value
    if isinstance(figure, Figure):
        if not figure.is_known:
            return value
        value = figure.value if scope == VALUE else figure.text
    number = number_in(value) if scope == VALUE else None
    if number is not None:
        return plain(number)
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else value


def parts_with_tags(parts: Mapping[str, bytes]) -> list[str]:
    """Return the parts whose texts may hold tags: charts, then the properties."""
    core = core_part(parts)
    return [*sorted(filter(_CHARTS.fullmatch, parts)), *([core] if core else [])]


_DC = "{http://purl.org/dc/elements/1.1/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
FILLED = (
    *(f"{_DC}{name}" for name in ("creator", "description", "identifier", "language", "subject", "title")),
    *(f"{_CORE}{name}" for name in ("category", "contentStatus", "keywords", "lastModifiedBy", "version")),
)
"""Their elements; docxtpl fills the first six."""


def core_part(parts: Mapping[str, bytes]) -> str:
    """Return the name of the part that holds the core properties, '' when there is none.

    Raises:
        etree.XMLSyntaxError: the relations of the package are not well-formed.
    """
    relations = parse(parts["_rels/.rels"]) if "_rels/.rels" in parts else etree.Element("none")
    found = (
        one.get("Target") or "" for one in relations if (one.get("Type") or "").endswith("/core-properties")
    )
    name = next(found, "").lstrip("/")
    return name if name in parts else ""
