"""Charts of a template: the one whose alt text names a figure shows it; its workbook agrees with what it shows."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping

from lxml import etree

from officeflow.document.reckoning.tags import Delimiters, Kind, RawTag, find_tags
from officeflow.document.templates.heal import Healed, Place, Tag, mark
from officeflow.document.templates.text_nodes import without_empty_points
from officeflow.document.wml.chart_xml import (
    C,
    ChartData,
    can_be_filled,
    cells_of,
    fill_chart,
    read_chart,
    relate_workbook,
    title_of,
    workbook_relation,
)
from officeflow.document.wml.wordml import FALLBACK, RELATIONS, P, R, parse, relations_of, serialize
from officeflow.ooxml.patching import Patch
from officeflow.ooxml.small_workbook import CONTENT_TYPE, build_small_workbook

CHART = "chart"
"""The scope of a tag in the alt text of a chart."""
_CHART = f"{{{C}}}chart"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FOLDER = "word/charts/"


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
        raw = next((one for one in raws if isinstance(one, RawTag) and one.kind is Kind.PRINT), None)
        if raw is not None:
            words.set(key, text[: raw.start] + raw.body + text[raw.end :])
            source = text[raw.start : raw.end]
            return Tag(number, Kind.PRINT, CHART, raw.body, source, Place(part, _paragraph(words), text))
    return None


def _paragraph(node: etree._Element) -> int:
    """Return which paragraph of its part a node stands in, from 1."""
    own = next(node.iterancestors(P), None)
    paragraphs = node.getroottree().iter(P)
    return next((number for number, one in enumerate(paragraphs, start=1) if one is own), 0)


def chart_parts_of(
    patch_or_parts: Mapping[str, bytes], part: str, relations: Mapping[int, str]
) -> dict[int, str]:
    """Return tag → chart part, for charts of one part by their relation ids."""
    name = relations_of(part)
    if not relations or name not in patch_or_parts:
        return {}
    targets = {one.get("Id"): one.get("Target") or "" for one in parse(patch_or_parts[name])}
    found = {tag: _path(part, targets.get(own, "")) for tag, own in relations.items()}
    return {tag: path for tag, path in found.items() if path in patch_or_parts}


def _path(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def with_charts(
    ready: Callable[[], Patch], texts: Mapping[str, str], charts: Mapping[str, ChartData]
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the parts that charts add to a package or change in it, and the rendered parts with the charts'.

    `ready` gives the package under change; most documents have no chart and never need it.
    """
    rendered = dict(texts)
    if not charts and not any(name.startswith(_FOLDER) for name in rendered):
        return {}, rendered
    patch = ready()
    fill_charts(patch, rendered, charts)
    return dict(patch.changed), rendered


def fill_charts(patch: Patch, texts: dict[str, str], charts: Mapping[str, ChartData]) -> None:
    """Put data into chart parts (`texts` has those that hold tags, rendered) and make every workbook inside agree."""
    for name in sorted({*charts, *(name for name in texts if name.startswith(_FOLDER))}):
        root = parse(texts[name].encode() if name in texts else patch.read(name))
        without_empty_points(root)
        if name in charts:
            fill_chart(root, charts[name])
        _write_workbook(patch, name, root)
        texts[name] = serialize(root)


def _write_workbook(patch: Patch, name: str, root: etree._Element) -> None:
    data = build_small_workbook(cells_of(root))
    own = workbook_relation(root)
    target = next((one.target for one in patch.relations(name) if one.id == own), "")
    if not target.endswith(".xlsx"):  # none, or a binary one
        target = patch.free_name("word/embeddings/chart{}.xlsx")
        relation = patch.relate(name, "package", target)
        for old in root.findall(f"{{{C}}}externalData"):  # a link to a workbook on somebody's disk
            root.remove(old)
        relate_workbook(root, relation)
    patch.write(target, data)
    patch.declare_extension("xlsx", CONTENT_TYPE)


def chart_text(part: bytes) -> tuple[str, str]:
    """Return what a chart shows now as one line, '' when it shows nothing or cannot be read, and its title."""
    try:
        root = parse(part)
    except etree.XMLSyntaxError:  # in a document from outside
        return "", ""
    return read_chart(root).text if can_be_filled(root) else "", title_of(root)
