"""A template with figures wherever they can stand, and the ways through LibreOffice that its documents must survive."""

from __future__ import annotations

from pathlib import Path

from tests.support.docx import _MAIN, _NAMESPACES, _OFFICE, docx, p, part, table
from tests.support.office import convert

WAYS = [("docx",), ("docx", "docx"), ("odt", "docx"), ("doc", "docx")]
BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" '
    'distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
    '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    '<wp:extent cx="1800000" cy="720000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="框"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:cNvSpPr txBox="1"/><wps:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r></w:p>"
)
FRAME = (
    '<w:pPr><w:framePr w:w="8844" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" '
    'w:yAlign="bottom"/></w:pPr>'
)
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
BODY = (
    p("捐衣物{{ 捐衣物 }}，捐款{{ 捐款 }}，人均{{ (捐款 / 党员数)|数 }}元，{{ 会议日期|月日 }}。")
    + p("{% for 事 in 帮办 %}{{ 事.社区 }}{{ 事.到场天数 }}天；{% endfor %}")
    + table(
        ["社区", "天数"],
        ["{%tr for 事 in 帮办 %}", ""],
        ["{{ 事.社区 }}", "{{ 事.到场天数 }}"],
        ["{%tr endfor %}", ""],
    )
    + f"<w:p><w:r><w:t>到会{{{{ 党员数 }}}}</w:t></w:r>{NOTE}</w:p>"
    + BOX.format(inside=p("框内捐款{{ 捐款 }}"))
    + p("{{ 按语 }}")
    + p("共印{{ 党员数|数 }}份").replace("<w:p>", f"<w:p>{FRAME}")
)
PARTS = {
    "word/footer1.xml": ("footer", "ftr", p("页脚捐衣物{{ 捐衣物 }}")),
    "word/footnotes.xml": (
        "footnotes",
        "footnotes",
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote><w:footnote w:id='2'>"
        + p("其中捐款{{ 捐款|数 }}元").replace("<w:p>", "<w:p><w:r><w:footnoteRef/></w:r>")
        + "</w:footnote>",
    ),
}


def everywhere() -> bytes:
    """A template with figures in body, loops, table, header, footer, footnote, text box, frame, and a clerk's text."""
    base = docx(BODY, header=p("页眉{{ 单位 }}第{{ 党员数|数 }}期"))
    relations = part(base, "word/_rels/document.xml.rels")
    types = part(base, "[Content_Types].xml")
    parts = {}
    for number, (name, (kind, root, inside)) in enumerate(PARTS.items()):
        parts[name] = f"<w:{root} {_NAMESPACES}>{inside}</w:{root}>"
        relation = (
            f'<Relationship Id="x{number}" Type="{_OFFICE}/{kind}" Target="{name.removeprefix("word/")}"/>'
        )
        relations = relations.replace("</Relationships>", f"{relation}</Relationships>")
        override = f'<Override PartName="/{name}" ContentType="{_MAIN}.{kind}+xml"/>'
        types = types.replace("</Types>", f"{override}</Types>")
    document = part(base).replace(
        "<w:headerReference", '<w:footerReference w:type="default" r:id="x0"/><w:headerReference'
    )
    return docx(
        "",
        header=p("页眉{{ 单位 }}第{{ 党员数|数 }}期"),
        parts={
            **parts,
            "word/document.xml": document,
            "word/_rels/document.xml.rels": relations,
            "[Content_Types].xml": types,
        },
    )


def saved(document: bytes, way: tuple[str, ...], folder: Path) -> bytes:
    """The document after LibreOffice saved it in these formats, one after the other."""
    path = folder / "文稿.docx"
    path.write_bytes(document)
    for number, kind in enumerate(way):
        target = folder / str(number)
        target.mkdir()
        path = convert(path, kind, target)
    return path.read_bytes()
