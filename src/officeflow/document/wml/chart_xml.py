"""The data of a native chart: read from its caches, or put there, with the cells of its workbook to agree.

A chart shows what is cached in it (`c:cat`, `c:val`); the workbook inside is what
Word opens for 编辑数据 and refreshes its cache from, so both must say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from officeflow.document.wml.wordml import RELATIONS
from officeflow.model.cells import column_letters, column_number
from officeflow.model.values import plain
from officeflow.ooxml.small_workbook import Cells

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_SHEET = "Sheet1"
_REFERENCE = re.compile(
    r"(?:'((?:[^']|'')+)'|([^!']+))!\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?"
)
# ECMA-376 part 1, 21.2.2: what may stand in a c:ser before its categories.
_BEFORE_DATA = (
    "idx",
    "order",
    "tx",
    "spPr",
    "explosion",
    "marker",
    "invertIfNegative",
    "pictureOptions",
    "dPt",
    "dLbls",
    "trendline",
    "errBars",
)
_SLICED = ("pieChart", "pie3DChart", "doughnutChart")
_AXES_OF_NUMBERS = ("xVal", "bubbleSize")


def c(name: str) -> str:
    """Return a name of DrawingML charts as lxml writes it."""
    return f"{{{C}}}{name}"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars, line or pie: its name and a value per category, None where there is none."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def text(self) -> str:
        """All of it as one line: 衣物 248、书籍 0."""
        shown = [
            "、".join(
                f"{label} {'—' if value is None else plain(value)}"
                for label, value in zip(self.categories, one.values, strict=False)
            )
            for one in self.series
        ]
        if len(shown) == 1:
            return shown[0]
        return "；".join(f"{one.name}：{said}" for one, said in zip(self.series, shown, strict=True))


def series_of(root: etree._Element) -> list[etree._Element]:
    """Return the series of a chart in the order they are drawn."""
    return list(root.iter(c("ser")))


def can_be_filled(root: etree._Element) -> bool:
    """Whether a chart has series with categories; points in a plane and bubbles have not."""
    found = series_of(root)
    return bool(found) and not any(
        one.find(c(name)) is not None for one in found for name in _AXES_OF_NUMBERS
    )


def fill_chart(root: etree._Element, data: ChartData) -> None:
    """Let a chart show these data: as many series and points as there are, each looking as it did."""
    found = series_of(root)
    for extra in found[len(data.series) :]:
        _remove(extra)
    while len(found) < len(data.series):
        found.append(_another(found[-1], len(found)))
    for place, (node, one) in enumerate(zip(found, data.series, strict=False)):
        column = column_letters(place + 2)
        last = len(data.categories) + 1
        _put(node, "tx", _texts("strRef", f"{_SHEET}!${column}$1", (one.name,)))
        _put(node, "cat", _texts("strRef", f"{_SHEET}!$A$2:$A${last}", data.categories))
        _put(node, "val", _numbers(f"{_SHEET}!${column}$2:${column}${last}", one.values, _format_of(node)))
        _drop_points(node, len(data.categories))
        _repeat_points(node, len(data.categories))
    if any(value is not None and value < 0 for one in data.series for value in one.values):
        for lowest in root.findall(f".//{c('scaling')}/{c('min')}[@val='0']"):
            _remove(lowest)


def read_chart(root: etree._Element) -> ChartData:
    """Return what a chart shows now, as its caches say."""
    found = series_of(root)
    categories: dict[int, str] = {}
    for node in found:
        categories = categories or dict(_points(node.find(c("cat"))))
    size = max((index + 1 for index in categories), default=0)
    series = []
    for node in found:
        values = dict(_points(node.find(c("val"))))
        size = max(size, *(index + 1 for index in values), 0)
        name = "".join(text for _, text in _points(node.find(c("tx"))))
        series.append((name, values))
    return ChartData(
        tuple(categories.get(index, "") for index in range(size)),
        tuple(Series(name, tuple(map(_number, map(values.get, range(size))))) for name, values in series),
    )


def title_of(root: etree._Element) -> str:
    """Return the words of a chart's title, '' when it has none."""
    title = root.find(f"{c('chart')}/{c('title')}")
    return "" if title is None else "".join(node.text or "" for node in title.iter(_WORDS)).strip()


def entitle(root: etree._Element, title: str) -> None:
    """Give a chart that has a title another one, in the look of its first run."""
    found = root.find(f"{c('chart')}/{c('title')}")
    nodes = [] if found is None else list(found.iter(_WORDS))
    for node, text in zip(nodes, (title, *[""] * len(nodes)), strict=False):
        node.text = text


def cells_of(root: etree._Element) -> dict[str, Cells]:
    """Return sheet → cells of the workbook that a chart's caches come from."""
    sheets: dict[str, dict[tuple[int, int], Decimal | str]] = {}
    for reference in root.iter(c("strRef"), c("numRef")):
        found = _REFERENCE.fullmatch((reference.findtext(c("f")) or "").strip())
        if found is None:
            continue
        quoted, bare, left, top, right, bottom = found.groups()
        cells = sheets.setdefault((quoted or bare).replace("''", "'"), {})
        places = [
            (row, column)
            for row in range(int(top), int(bottom or top) + 1)
            for column in range(column_number(left), column_number(right or left) + 1)
        ]
        is_number = reference.tag == c("numRef")
        for index, text in _points(reference):
            if index < len(places):
                number = _number(text) if is_number else None
                cells[places[index]] = text if number is None else number
    return dict(sheets)


def workbook_relation(root: etree._Element) -> str | None:
    """Return the relation id of the workbook inside a chart, None when it has none."""
    data = root.find(c("externalData"))
    return None if data is None else data.get(f"{{{RELATIONS}}}id")


def relate_workbook(root: etree._Element, relation: str) -> None:
    """Let a chart name the workbook its data are in."""
    data = etree.Element(c("externalData"), {f"{{{RELATIONS}}}id": relation})
    etree.SubElement(data, c("autoUpdate")).set("val", "0")
    after = [child for child in root if child.tag not in (c("printSettings"), c("userShapes"), c("extLst"))]
    after[-1].addnext(data)


def _points(node: etree._Element | None) -> Iterator[tuple[int, str]]:
    if node is None:
        return
    for literal in node.iterchildren(c("v")):  # a c:tx may hold its text itself
        yield 0, literal.text or ""
    for point in node.iter(c("pt")):
        index = point.get("idx") or ""
        if index.isdecimal() and len(index) <= 6:  # noqa: PLR2004  digits of any chart's points
            yield int(index), point.findtext(c("v")) or ""


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _texts(kind: str, formula: str, texts: Iterable[str]) -> etree._Element:
    return _cached(kind, formula, "strCache", "", list(texts))


def _numbers(formula: str, values: Iterable[Decimal | None], shown: str) -> etree._Element:
    return _cached(
        "numRef", formula, "numCache", shown, [None if one is None else plain(one) for one in values]
    )


def _cached(
    kind: str, formula: str, cache: str, shown: str, points: list[str | None] | list[str]
) -> etree._Element:
    reference = etree.Element(c(kind))
    etree.SubElement(reference, c("f")).text = formula
    kept = etree.SubElement(reference, c(cache))
    if shown:
        etree.SubElement(kept, c("formatCode")).text = shown
    etree.SubElement(kept, c("ptCount")).set("val", str(len(points)))
    for index, text in enumerate(points):
        if text is not None:
            point = etree.SubElement(kept, c("pt"), {"idx": str(index)})
            etree.SubElement(point, c("v")).text = text
    return reference


def _put(series: etree._Element, name: str, reference: etree._Element) -> None:
    node = series.find(c(name))
    if node is None:
        node = etree.Element(c(name))
        before = _BEFORE_DATA[:2] if name == "tx" else [*_BEFORE_DATA, *(["cat"] if name == "val" else [])]
        place = max((i + 1 for i, child in enumerate(series) if child.tag in map(c, before)), default=0)
        series.insert(place, node)
    for child in list(node):
        node.remove(child)
    node.append(reference)


def _format_of(series: etree._Element) -> str:
    return series.findtext(f"{c('val')}//{c('formatCode')}") or "General"


def _drop_points(series: etree._Element, count: int) -> None:
    """Take away the looks of points that are no more, and what newer programs keep about the old data."""
    for node in list(series.iter(c("dPt"), c("dLbl"))):
        index = node.find(c("idx"))
        if index is not None and int(index.get("val") or 0) >= count:
            _remove(node)
    for extension in series.findall(c("extLst")):
        series.remove(extension)


def _repeat_points(series: etree._Element, count: int) -> None:
    """Let the points of a pie that have no look of their own take the others' in turn."""
    looks, holder = series.findall(c("dPt")), series.getparent()
    if not looks[1:] or holder is None or not holder.tag.endswith(_SLICED):
        return
    for index in range(len(looks), count):
        point = deepcopy(looks[index % len(looks)])
        number = point.find(c("idx"))
        if number is not None:
            number.set("val", str(index))
        series.findall(c("dPt"))[-1].addnext(point)


def _another(last: etree._Element, place: int) -> etree._Element:
    node = deepcopy(last)
    for name in ("idx", "order"):
        number = node.find(c(name))
        if number is not None:
            number.set("val", str(place))
    looks = node.find(c("spPr"))
    if looks is not None:
        node.remove(looks)  # else it could not be told from the one before
    last.addnext(node)
    return node


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
