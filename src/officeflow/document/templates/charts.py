"""Charts of a template: the one whose alt text names a figure shows it."""

from __future__ import annotations

from lxml import etree

from officeflow.document.reckoning.tags import Delimiters, RawTag, TagKind, find_tags
from officeflow.document.templates.heal import Healed, Tag, TagPlace, mark
from officeflow.document.wml.chart_xml import (
    C,
)
from officeflow.document.wml.wordml import FALLBACK, RELATIONS, P, R

CHART = "chart"
"""The scope of a tag in the alt text of a chart."""
_CHART = f"{{{C}}}chart"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def heal_charts(
    root: etree._Element, healed: Healed, part: str, first: int, delimiters: Delimiters
) -> dict[int, str]:
    """Mark the charts of a part whose alt text or title holds a tag; return tag → relation id of its chart.

    The alt text keeps the tag's words without braces: a reader's screen says what the chart shows.
    """
    found: dict[int, str] = {}
    for chart in root.iter(_CHART):
        chain = list(chart.iterancestors())
        run = next((node for node in reversed(chain) if node.tag == R), None)
        words = next((node for holder in chain for node in holder.iterchildren(_DOC_PR)), None)
        relation = chart.get(f"{{{RELATIONS}}}id")
        if run is None or words is None or not relation or any(node.tag == FALLBACK for node in chain):
            continue
        tag = _tag_in(words, part, first + len(healed.tags), delimiters)
        if tag is None:
            continue
        own, end = mark(str(tag.number)), mark("e")
        for one in (mark("s"), own, end):
            run.addprevious(one)
        run.addnext(mark(f"K{tag.number}"))
        healed.tags.append(tag)
        healed.flow += [tag, None]
        healed.marks[tag.number] = own
        found[tag.number] = relation
    return found


def _tag_in(words: etree._Element, part: str, number: int, delimiters: Delimiters) -> Tag | None:
    for key in ("descr", "title"):
        text = words.get(key) or ""
        raws = find_tags(text, delimiters) if delimiters.may_be_in(text) else ()
        raw = next((one for one in raws if isinstance(one, RawTag) and one.kind is TagKind.PRINT), None)
        if raw is not None:
            words.set(key, text[: raw.start] + raw.body + text[raw.end :])
            source = text[raw.start : raw.end]
            return Tag(
                number, TagKind.PRINT, CHART, raw.body, source, TagPlace(part, _paragraph(words), text)
            )
    return None


def _paragraph(node: etree._Element) -> int:
    """Return which paragraph of its part a node stands in, from 1."""
    own = next(node.iterancestors(P), None)
    paragraphs = node.getroottree().iter(P)
    return next((number for number, one in enumerate(paragraphs, start=1) if one is own), 0)
