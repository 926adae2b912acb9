"""The charts of a document: which parts they are, data put into them, and workbooks inside that agree with what they show."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping

from lxml import etree

from officeflow.document.wml.chart_xml import (
    C,
    ChartData,
    c,
    can_be_filled,
    cells_of,
    fill_chart,
    read_chart,
    relate_workbook,
    title_of,
    workbook_relation,
)
from officeflow.document.wml.wordml import parse, relations_of, serialize
from officeflow.ooxml.parts import Parts
from officeflow.ooxml.small_workbook import CONTENT_TYPE, build_small_workbook

_FOLDER = "word/charts/"


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
    ready: Callable[[], Parts], texts: Mapping[str, str], charts: Mapping[str, ChartData]
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


def fill_charts(patch: Parts, texts: dict[str, str], charts: Mapping[str, ChartData]) -> None:
    """Put data into chart parts (`texts` has those that hold tags, rendered) and make every workbook inside agree."""
    for name in sorted({*charts, *(name for name in texts if name.startswith(_FOLDER))}):
        root = parse(texts[name].encode() if name in texts else patch.read(name))
        _without_empty_points(root)
        if name in charts:
            fill_chart(root, charts[name])
        _write_workbook(patch, name, root)
        texts[name] = serialize(root)


def _write_workbook(patch: Parts, name: str, root: etree._Element) -> None:
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


def _without_empty_points(root: etree._Element) -> None:
    """Take away the points of a chart for which nothing was printed."""
    for cache in root.iter(c("numCache"), c("numLit")):
        for point in cache.findall(c("pt")):
            if not (point.findtext(c("v")) or "").strip():
                cache.remove(point)
