"""A native chart for a template: the drawing in its paragraph and the chart part, to be filled when the report is made."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape

from docx.oxml.ns import nsdecls
from lxml import etree

from officeflow.document.authoring.markdown import ChartBlock
from officeflow.document.wml.chart_xml import C, ChartData, Series, cells_of, fill_chart
from officeflow.document.words import WORDS
from officeflow.ooxml.small_workbook import build_small_workbook

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EMU_PER_TWIP = 635
_HEIGHT = 0.55
"""Of the width: a column chart that two fit of on a page."""
# Dark to light: what a black-and-white printer still tells apart.
_COLOURS = ("1F4E79", "C55A11", "7F7F7F", "BF9000", "5B9BD5", "70AD47")

_SAMPLE = tuple(map(Decimal, (3, 5, 4, 6, 2, 1)))
"""What an unfilled template shows, so that its author sees a chart."""


@dataclass(frozen=True, slots=True)
class ChartLook:
    """How one kind of chart is drawn: its element, its own settings, whether it has axes."""

    element: str
    settings: str
    has_axes: bool = True
    is_lying: bool = False


LOOKS = {
    "column": ChartLook(
        "barChart", '<c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
    ),
    "bar": ChartLook(
        "barChart", '<c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>', is_lying=True
    ),
    "line": ChartLook("lineChart", '<c:grouping val="standard"/><c:varyColors val="0"/>'),
    "pie": ChartLook("pieChart", '<c:varyColors val="1"/>', has_axes=False),
}


def chart_part(chart: ChartBlock, font: str) -> tuple[bytes, bytes]:
    """Return a chart's part and the workbook inside, which the part calls `rId1`.

    `font` is the face of all its words.  A kind that nobody knows, which the check of a kit refuses, is a column chart.
    """
    look = LOOKS[WORDS.charts.get(chart.kind, "column")]
    names = chart.columns[1:] or (chart.figure,)
    root = etree.fromstring(_chart(look, chart.title, font, len(names)).encode())
    fill_chart(root, ChartData(tuple("123456"), tuple(Series(name, _SAMPLE) for name in names)))
    return etree.tostring(root, encoding="UTF-8", standalone=True), build_small_workbook(cells_of(root))


def chart_drawing(number: int, relation: str, expression: str, width_twips: int) -> str:
    """Return the drawing that shows the chart of a relation; its alt text names what fills it."""
    width = width_twips * _EMU_PER_TWIP
    extent = f'cx="{width}" cy="{round(width * _HEIGHT)}"'
    words = escape(f"{{{{ {expression} }}}}")
    return (
        f'<w:drawing {nsdecls("w", "wp", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="{number}" name="Chart {number}" descr="{words}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{C}">'
        f'<c:chart xmlns:c="{C}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _chart(look: ChartLook, title: str, font: str, count: int) -> str:
    series = "".join(_series(index, look) for index in range(count))
    labels = _flags(showVal=1) if look.has_axes else _flags(showVal=1, showLeaderLines=1)
    has_legend = not look.has_axes or count > 1
    axes = '<c:axId val="1001"/><c:axId val="1002"/>' if look.has_axes else '<c:firstSliceAng val="0"/>'
    gap = '<c:gapWidth val="80"/>' if look.element == "barChart" else ""
    marker = '<c:marker val="1"/>' if look.element == "lineChart" else ""
    drawn = f"<c:{look.element}>{look.settings}{series}{labels}{gap}{marker}{axes}</c:{look.element}>"
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if has_legend else ""
    heading = (
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1400" b="0"/></a:pPr><a:r><a:rPr lang="zh-CN" '
        f'sz="1400" b="0"/><a:t>{escape(title, quote=False)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        if title
        else ""
    )
    face = escape(font)
    return (
        f'<c:chartSpace xmlns:c="{C}" xmlns:a="{_DRAWING}/main" xmlns:r="{_OFFICE}"><c:roundedCorners val="0"/>'
        f'<c:chart>{heading}<c:autoTitleDeleted val="{int(not title)}"/><c:plotArea><c:layout/>{drawn}'
        f'{_axes(look) if look.has_axes else ""}</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>'
        "</c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr>"
        f'<a:defRPr sz="1050"><a:latin typeface="{face}"/><a:ea typeface="{face}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _series(index: int, look: ChartLook) -> str:
    line, is_bar = look.element == "lineChart", look.element == "barChart"
    own = _filled(index)
    drawn = f'<a:ln w="28575">{own}</a:ln>' if line else own
    looks = f"<c:spPr>{drawn}</c:spPr>" if look.has_axes else ""
    marker = '<c:marker><c:symbol val="circle"/><c:size val="6"/></c:marker>' if line else ""
    negative = '<c:invertIfNegative val="0"/>' if is_bar else ""
    slices = "" if look.has_axes else "".join(map(_slice, range(len(_COLOURS))))
    smooth = '<c:smooth val="0"/>' if line else ""
    return f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{looks}{marker}{negative}{slices}{smooth}</c:ser>'


def _slice(index: int) -> str:
    # Without a theme, which no office document has, slices would all be white.
    return f'<c:dPt><c:idx val="{index}"/><c:bubble3D val="0"/><c:spPr>{_filled(index)}</c:spPr></c:dPt>'


def _filled(index: int) -> str:
    return f'<a:solidFill><a:srgbClr val="{_COLOURS[index % len(_COLOURS)]}"/></a:solidFill>'


def _flags(**shown: int) -> str:
    names = (
        "showLegendKey",
        "showVal",
        "showCatName",
        "showSerName",
        "showPercent",
        "showBubbleSize",
        "showLeaderLines",
    )
    own = (name for name in names if name != "showLeaderLines" or name in shown)
    place = '<c:dLblPos val="outEnd"/>' if "showLeaderLines" in shown else ""
    return (
        f'<c:dLbls>{place}{"".join(f"""<c:{name} val="{shown.get(name, 0)}"/>""" for name in own)}</c:dLbls>'
    )


def _axes(look: ChartLook) -> str:
    across, up = ("l", "b") if look.is_lying else ("b", "l")
    # A lying chart counts from below; its first category belongs on top.
    order = "maxMin" if look.is_lying else "minMax"
    line = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="7F7F7F"/></a:solidFill></a:ln></c:spPr>'
    grid = '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
    return (
        f'<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{across}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}<c:crossAx val="1002"/><c:crosses val="autoZero"/>'
        '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{up}"/>{grid}<c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{line}'
        f'<c:crossAx val="1001"/><c:crosses val="{"max" if look.is_lying else "autoZero"}"/></c:valAx>'
    )
