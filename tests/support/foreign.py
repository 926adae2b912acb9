"""A workbook with what other programs leave in it: chart, picture, shape, x14 rules, threaded comment, cell images."""

from __future__ import annotations

from officeflow.ooxml import open_package
from officeflow.ooxml.parts import Parts
from officeflow.workbook.sheetml.sheet import SheetText
from officeflow.workbook.sheetml.tabs import WORKBOOK, tab_named

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)
_ANCHOR = (
    "<xdr:twoCellAnchor><xdr:from><xdr:col>{0}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row>"
    "<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{1}</xdr:col><xdr:colOff>0</xdr:colOff>"
    "<xdr:row>16</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{2}<xdr:clientData/></xdr:twoCellAnchor>"
)
_FRAME = (
    '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="图表"/><xdr:cNvGraphicFramePr/>'
    "</xdr:nvGraphicFramePr><xdr:xfrm><a:off x='0' y='0'/><a:ext cx='0' cy='0'/></xdr:xfrm><a:graphic>"
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId1"/></a:graphicData></a:graphic>'
    "</xdr:graphicFrame>"
)
_PICTURE = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="图片"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
    '<a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>"
)
_SHAPE = (
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="4" name="箭头"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>'
    '<a:prstGeom prst="rightArrow"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp>'
)
DRAWING = (
    f'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="{_A}" '
    f'xmlns:r="{_R}">{_ANCHOR.format(12, 18, _FRAME)}{_ANCHOR.format(18, 20, _PICTURE)}{_ANCHOR.format(20, 22, _SHAPE)}'
    "</xdr:wsDr>"
)
CHART = (
    f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="{_A}"><c:chart><c:plotArea>'
    "<c:layout/><c:barChart><c:barDir val='col'/><c:grouping val='clustered'/><c:ser><c:idx val='0'/><c:order val='0'/>"
    "<c:val><c:numRef><c:f>活动开展!$F$5:$F$8</c:f></c:numRef></c:val></c:ser><c:axId val='1'/><c:axId val='2'/>"
    "</c:barChart><c:catAx><c:axId val='1'/><c:scaling/><c:delete val='0'/><c:axPos val='b'/><c:crossAx val='2'/></c:catAx>"
    "<c:valAx><c:axId val='2'/><c:scaling/><c:delete val='0'/><c:axPos val='l'/><c:crossAx val='1'/></c:valAx></c:plotArea></c:chart></c:chartSpace>"
)
X14 = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/'
    'spreadsheetml/2009/9/main"><x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/'
    'main"><x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>\'联系社区\'!$B$5:$B$9</xm:f></x14:formula1>'
    "<xm:sqref>E5:E20</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)
COMMENTS = (
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>tc={0001}</author>'
    '<author>示例甲</author></authors><commentList><comment ref="F5" authorId="0"><text><t>[Threaded comment]</t></text>'
    '</comment><comment ref="G6" authorId="1"><text><t>已电话问过</t></text></comment></commentList></comments>'
)
BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202"/><v:shape id="_x0000_s1025" '
    'type="#_x0000_t202"><x:ClientData ObjectType="Note"><x:Row>4</x:Row><x:Column>5</x:Column></x:ClientData></v:shape>'
    '<v:shape id="_x0000_s1026" type="#_x0000_t202"><br><x:ClientData ObjectType="Note"><x:Row>5</x:Row>'
    "<x:Column>6</x:Column></x:ClientData></v:shape></xml>"
)
THREADED = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment '
    'ref="F5" dT="2026-11-22T00:00:00.00" personId="{0002}" id="{0001}"><text>这里对吗</text></threadedComment>'
    "</ThreadedComments>"
)
CELL_IMAGES = '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'


def with_foreign_parts(data: bytes, sheet_name: str) -> bytes:
    """Return a workbook with all of it in one of its sheets."""
    package = open_package(data).value
    assert package is not None
    patch = Parts(package)
    tab = tab_named(patch, sheet_name)
    assert tab is not None
    sheet = SheetText(patch.read(tab.part))
    added = {
        "xl/drawings/drawing1.xml": DRAWING,
        "xl/charts/chart1.xml": CHART,
        "xl/comments1.xml": COMMENTS,
        "xl/drawings/vmlDrawing1.vml": BOXES,
        "xl/threadedComments/threadedComment1.xml": THREADED,
        "xl/cellimages.xml": CELL_IMAGES,
    }
    for name, text in added.items():
        patch.write(name, text.encode())
    patch.write("xl/media/image1.png", _PNG)
    patch.declare_extension("png", "image/png")
    patch.declare_extension("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    main = "application/vnd.openxmlformats-officedocument"
    patch.declare("xl/drawings/drawing1.xml", f"{main}.drawing+xml")
    patch.declare("xl/charts/chart1.xml", f"{main}.drawingml.chart+xml")
    patch.declare("xl/comments1.xml", f"{main}.spreadsheetml.comments+xml")
    patch.declare("xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml")
    patch.declare("xl/cellimages.xml", "application/vnd.wps-officedocument.cellimage+xml")
    patch.relate("xl/drawings/drawing1.xml", "chart", "xl/charts/chart1.xml")
    patch.relate("xl/drawings/drawing1.xml", "image", "xl/media/image1.png")
    drawing = patch.relate(tab.part, "drawing", "xl/drawings/drawing1.xml")
    boxes = patch.relate(tab.part, "vmlDrawing", "xl/drawings/vmlDrawing1.vml")
    patch.relate(tab.part, "comments", "xl/comments1.xml")
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    patch.relate(tab.part, kind, "xl/threadedComments/threadedComment1.xml")
    patch.relate(WORKBOOK, "http://www.wps.cn/officeDocument/2020/cellImage", "xl/cellimages.xml")
    sheet.put(b"drawing", f'<drawing xmlns:r="{_R}" r:id="{drawing}"/>'.encode())
    sheet.put(b"legacyDrawing", f'<legacyDrawing xmlns:r="{_R}" r:id="{boxes}"/>'.encode())
    sheet.put(b"extLst", X14.encode())
    patch.write(tab.part, sheet.xml)
    return patch.to_bytes()
