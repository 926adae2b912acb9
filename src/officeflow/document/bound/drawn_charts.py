"""The charts of a written document: which bookmark holds which, what each shows now, and other data put into one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from officeflow.document.provenance.binding import PREFIX
from officeflow.document.reckoning.chart_values import data_of, entitled
from officeflow.document.wml.bound_text import END, START
from officeflow.document.wml.chart_parts import chart_parts_of, chart_text, fill_charts
from officeflow.document.wml.chart_xml import C, entitle
from officeflow.document.wml.wordml import DECLARATION, FALLBACK, RELATIONS, P, R, parse, qn, serialize
from officeflow.document.words import WORDS
from officeflow.model.figures import Figure
from officeflow.ooxml import open_package, write_package
from officeflow.ooxml.parts import Parts

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


class DrawnChart(NamedTuple):
    """A chart in a document: its part, what it shows, its paragraph, the bookmark around it, its title or alt text."""

    part: str
    text: str
    paragraph: etree._Element
    bookmark: str = ""
    words: str = ""
    title: str = ""

    def said(self, recipe: str) -> str:
        """Return what it shows in the form that a recipe gives: with its title where that is reckoned too."""
        return self.text if recipe.endswith(f"|{WORDS.drawn}") else entitled(self.text, self.title)


def drawn_charts(parts: Mapping[str, bytes], part: str, root: etree._Element) -> list[DrawnChart]:
    """Return the charts of a text part in order; bookmarks that are not ours do not count."""
    nodes = [node for node in root.iter(f"{{{C}}}chart") if next(node.iterancestors(FALLBACK), None) is None]
    relations = {number: node.get(f"{{{RELATIONS}}}id") or "" for number, node in enumerate(nodes)}
    return [
        _drawn(nodes[number], own, *chart_text(parts[own]))
        for number, own in chart_parts_of(parts, part, relations).items()
    ]


def _drawn(node: etree._Element, part: str, text: str, title: str) -> DrawnChart:
    chain = list(node.iterancestors())
    run = next((one for one in reversed(chain) if one.tag == R), node)
    paragraph = next((one for one in chain if one.tag == P), node)
    words = next((one for holder in chain for one in holder.iterchildren(_DOC_PR)), None)
    said = title or ("" if words is None else words.get("descr") or "")
    return DrawnChart(part, text, paragraph, _bookmark(run), said, title)


def _bookmark(run: etree._Element) -> str:
    ends = {one.get(qn("id")) for one in run.itersiblings(END)}
    starts = (one for one in run.itersiblings(START, preceding=True) if one.get(qn("id")) in ends)
    return next((name for one in starts if (name := one.get(qn("name")) or "").startswith(PREFIX)), "")


def with_chart(parts: Mapping[str, bytes], part: str, figure: Figure) -> dict[str, bytes]:
    """Return the parts of a document with another figure in one of its charts, and in the workbook inside that."""
    package = open_package(write_package(parts)).value
    if package is None:
        raise AssertionError  # it was opened
    patch, texts = Parts(package), dict[str, str]()
    fill_charts(patch, texts, {part: data_of(figure)})
    if figure.key:
        root = parse(texts[part].encode())
        entitle(root, figure.key)
        texts[part] = serialize(root)
    filled = {name: (DECLARATION + xml).encode() for name, xml in texts.items()}
    return {**parts, **patch.changed, **filled}
