"""Sub-documents: styles by name, lists that start anew however deep, pictures, notes, bookmarks; nothing that breaks."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from officeflow.document.authoring.template import build_template
from officeflow.document.template_api.subdocument import Subdoc
from officeflow.document.wml.placing import UnplacedError
from officeflow.kits.layout import profile
from officeflow.model.layout import Genre
from officeflow.ooxml import open_package
from officeflow.ooxml.parts import Parts
from tests.support.docx import docx, p, part, part_names, texts
from tests.support.placing import PNG, Written
from tests.support.subdocuments import lists, saved, sections

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def template(*more: str) -> bytes:
    """python-docx's default document with a place for values."""
    document = Document()
    for text in more:
        document.add_paragraph(text, style="List Number")
    run = document.add_paragraph().add_run("@")
    run._r.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return saved(document)


def sub(data: bytes) -> Subdoc:
    return Subdoc(b"", io.BytesIO(data))


def listed(document: bytes) -> list[tuple[str, str]]:
    """Text and number of each numbered paragraph, counted as Word does: per list, starting where it says."""
    opened = Document(io.BytesIO(document))
    numbering = opened.part.numbering_part.element
    counts: dict[str, int] = {}
    found = []
    for paragraph in opened.paragraphs:
        own = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if own is None:
            own = paragraph.style.element.pPr.numPr if paragraph.style.element.pPr is not None else None
        if own is None:
            continue
        number = numbering.num_having_numId(own.numId.val)
        abstract = str(number.abstractNumId.val)
        overrides = number.findall(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
        key = f"{abstract} {own.numId.val}" if overrides else abstract
        kind = numbering.xpath(f'//w:abstractNum[@w:abstractNumId="{abstract}"]/w:lvl[1]/w:numFmt/@w:val')[0]
        counts[key] = counts.get(key, 0) + 1
        found.append((paragraph.text, "•" if kind == "bullet" else str(counts[key])))
    return found


LISTED = [("甲", "1"), ("乙", "2"), ("点", "•"), ("丙", "1"), ("丁", "2")]


def test_lists_begin_anew_in_every_copy():
    """Numbers go on inside a sub-document and start again in the next; bullets stay bullets."""
    document = Written(template()).put(sub(lists()), sub(lists()))

    assert LISTED * 2 == listed(document)


def test_lists_survive_any_depth():
    """A sub-document put into another and that into a third keeps its lists as they are."""
    document = lists()
    for _ in range(3):
        document = Written(template()).put(sub(document))

    assert LISTED == listed(document)


def test_list_of_a_style_begins_anew():
    """A list that its style numbers goes on inside its own document only."""
    inner = Document()
    for text in ("甲", "乙"):
        inner.add_paragraph(text, style="List Number")
    one = saved(inner)

    document = Written(template("前")).put(sub(one), sub(one))

    assert [("前", "1"), ("甲", "1"), ("乙", "2"), ("甲", "1"), ("乙", "2")] == listed(document)


_TYPES_OF = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def by_hand(body: str, numbering: str, styles: str = "") -> bytes:
    """A document with these list definitions and styles."""
    declared = (
        f'{_W} xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w15"'
    )
    names = ("document.main", "numbering", "styles")
    types = "".join(
        f'<Override PartName="/word/{name.split(".")[0]}.xml" ContentType="{_TYPES_OF}.{name}+xml"/>'
        for name in names
    )
    relations = "".join(
        f'<Relationship Id="{name}" Target="{name}.xml" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"/>'
        for name in names[1:]
    )
    parts = {
        "[Content_Types].xml": _NOTE_PARTS["[Content_Types].xml"].partition("<Override")[0]
        + types
        + "</Types>",
        "word/_rels/document.xml.rels": _NOTE_PARTS["word/_rels/document.xml.rels"].partition(
            "<Relationship "
        )[0]
        + relations
        + "</Relationships>",
        "word/numbering.xml": f"<w:numbering {declared}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {declared}>{styles}</w:styles>",
    }
    return docx(body, parts=parts)


def item(text: str, number: str, style: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    own = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{style}{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'


def test_list_comes_without_what_only_its_document_has():
    """Picture bullets, list styles and words of newer programs stay behind; an older form of them is taken."""
    newer = (
        '<mc:AlternateContent><mc:Choice Requires="w15"><w:numFmt w:val="custom" w:format="001"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    inner = by_hand(
        item("甲", "1") + item("乙", "9"),
        '<w:abstractNum w:abstractNumId="3" w15:restartNumberingAfterBreak="0"><w:numStyleLink w:val="列表"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="4"><w:styleLink w:val="列表"/><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        f'{newer}<w:lvlText w:val="%1."/><w:lvlPicBulletId w:val="0"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>',
    )

    document = Written(template()).put(sub(inner))

    numbering = Document(io.BytesIO(document)).part.numbering_part.element.xml
    assert [("甲", "1")] == [one for one in listed_by_hand(document) if one[1]]
    assert not re.search("tyleLink|PicBullet|AlternateContent|restartNumberingAfterBreak|custom", numbering)


def listed_by_hand(document: bytes) -> list[tuple[str, str]]:
    """Text of each paragraph and '1' when it is in a list that is defined."""
    opened = Document(io.BytesIO(document))
    known = {str(one.numId) for one in opened.part.numbering_part.element.num_lst}
    numbers = [one._p.xpath("./w:pPr/w:numPr/w:numId/@w:val") for one in opened.paragraphs]
    return [
        (one.text, "1" if own and str(own[0]) in known else "")
        for one, own in zip(opened.paragraphs, numbers, strict=True)
    ]


def test_list_of_a_style_that_has_none_here_is_given_to_its_paragraphs():
    """The style's look is the template's, the numbers are the sub-document's."""
    style = (
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="Body Text"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    inner = by_hand(
        item("甲", "", "x") + item("乙", "", "x"),
        f'<w:abstractNum w:abstractNumId="0">{LEVEL}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        style,
    )

    document = Written(template()).put(sub(inner))

    assert [("甲", "1"), ("乙", "2")] == listed(document)
    assert ["Body Text"] * 2 == [one.style.name for one in Document(io.BytesIO(document)).paragraphs]


def test_style_that_comes_brings_its_list():
    """A new style with numbers: the definition points at the style, each copy begins at one."""
    style = (
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="办公列举"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    level = LEVEL.replace("<w:lvlText", '<w:pStyle w:val="x"/><w:lvlText')
    inner = by_hand(
        item("甲", "", "x") + item("乙", "", "x"),
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        style,
    )

    document = Written(template()).put(sub(inner), sub(inner))

    assert [("甲", "1"), ("乙", "2")] * 2 == listed(document)


def test_document_without_styles_or_lists_takes_in_one_with_both():
    """A bare template gets a numbering part; without a styles part the text comes in its plain look."""
    document = Written(docx(p("@"))).put(sub(lists()))

    assert ["甲", "乙", "点", "丙", "丁"] == texts(document)
    assert 3 == len(re.findall("<w:num ", part(document, "word/numbering.xml")))


def test_style_is_the_one_with_the_same_name():
    """Ids differ from one language of Word to the next; the template's own look wins."""
    document = Document()
    document.add_paragraph("题", style="Heading 1")
    document.styles["Heading 1"].element.set(qn("w:styleId"), "1")
    document.paragraphs[0]._p.pPr.pStyle.val = "1"

    merged = Document(io.BytesIO(Written(template()).put(sub(saved(document)))))

    assert ["Heading 1", "Heading1"] == [merged.paragraphs[0].style.name, merged.paragraphs[0].style.style_id]


def test_style_that_is_new_comes_with_what_it_rests_on():
    """A style and the style it is based on are added once, under free ids."""
    document = Document()
    base = document.styles.add_style("办公正文", 1)
    own = document.styles.add_style("办公标题", 1)
    own.base_style = base
    own.element.set(qn("w:styleId"), "Heading1")  # the id of another style here
    document.add_paragraph("题")._p.get_or_add_pPr().get_or_add_pStyle().val = "Heading1"
    document.styles.element.remove(
        next(
            one
            for one in document.styles.element.iter(qn("w:style"))
            if one.find(qn("w:name")).get(qn("w:val")) == "heading 1"
        )
    )

    merged = Document(io.BytesIO(Written(template()).put(sub(saved(document)), sub(saved(document)))))

    assert ["办公标题", "办公标题"] == [one.style.name for one in merged.paragraphs]
    assert "办公正文" == merged.paragraphs[0].style.base_style.name
    assert 1 == [style.name for style in merged.styles].count("办公标题")


def test_written_sub_document_has_the_template_styles_and_its_pictures():
    """An empty sub-document offers python-docx's whole interface over the template's styles."""
    host = template()
    inner = Subdoc(host)
    inner.add_paragraph("题", style="Title")
    inner.add_picture(io.BytesIO(PNG), width=Mm(20))
    inner.add_table(1, 2, style="Table Grid").cell(0, 1).text = "格"

    document = Written(host).put(inner)

    merged = Document(io.BytesIO(document))
    assert ["Title", 1, "格"] == [
        merged.paragraphs[0].style.name,
        len(merged.inline_shapes),
        merged.tables[0].cell(0, 1).text,
    ]
    assert 1 == len([name for name in part_names(document) if "media" in name])


def test_pictures_of_two_copies_are_stored_once_and_numbered_apart():
    """docPr numbers are unique in the document, media parts are shared."""
    inner = Document()
    inner.add_picture(io.BytesIO(PNG))
    one = saved(inner)

    document = Written(template()).put(sub(one), sub(one))

    assert 2 == len(set(re.findall(r'<wp:docPr id="(\d+)"', part(document))))
    assert 1 == len([name for name in part_names(document) if "media" in name])


def test_bookmarks_are_named_apart_and_references_follow():
    """A second copy has bookmarks of its own and its links point at these; record bookmarks stay out."""
    body = (
        '<w:p><w:bookmarkStart w:id="1" w:name="附件"/><w:r><w:t>甲</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
        '<w:p><w:bookmarkStart w:id="2" w:name="_of_0123abcd_1"/><w:r><w:t>7</w:t></w:r><w:bookmarkEnd w:id="2"/></w:p>'
        '<w:p><w:hyperlink w:anchor="附件"><w:r><w:t>见附件</w:t></w:r></w:hyperlink></w:p>'
        "<w:p><w:r><w:instrText> PAGEREF 附件 \\h </w:instrText></w:r></w:p>"
    )

    xml = part(Written(template()).put(sub(docx(body)), sub(docx(body))))

    assert ["附件", "附件_2"] == re.findall(r'w:name="([^"]+)"', xml)
    assert ["附件", "附件_2"] == re.findall(r'w:anchor="([^"]+)"', xml)
    assert ["附件", "附件_2"] == re.findall(r"PAGEREF (\S+)", xml)


_NOTE_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/footnotes.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
    "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
    'Target="footnotes.xml"/></Relationships>',
    "word/footnotes.xml": f'<w:footnotes {_W}><w:footnote w:id="1">{p("另一注")}</w:footnote>'
    f'<w:footnote w:id="2">{p("注")}</w:footnote></w:footnotes>',
}


def test_footnotes_come_along():
    """Only the notes that the text refers to, under numbers of their own."""
    body = '<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    inner = docx(body, parts=_NOTE_PARTS)

    document = Written(docx(p("@"))).put(sub(inner), sub(inner))

    assert ["1", "2"] == re.findall(r'footnoteReference w:id="(\d+)"', part(document))
    assert ["", "", "注", "注"] == texts(document, "word/footnotes.xml")


def test_comments_headers_and_page_layout_stay_behind():
    """What belongs to the other document as a whole is not put in."""
    inner = Document()
    inner.sections[0].header.paragraphs[0].text = "页眉"
    inner.sections[0].orientation = WD_ORIENT.LANDSCAPE
    run = inner.add_paragraph("甲").runs[0]
    inner.add_comment(run, text="批注", author="某人")

    document = Written(template()).put(sub(saved(inner)))

    assert "comment" not in part(document)
    assert "headerReference" not in part(document)
    assert "landscape" not in part(document)
    assert ["甲"] == texts(document)


def test_sections_of_a_sub_document_keep_their_layout_and_headers():
    """The text before and behind keeps its own; without a header of its own it gets none of theirs."""
    merged = Document(io.BytesIO(Written(template()).put(sub(sections()))))

    found = [(one.header.paragraphs[0].text, one.orientation) for one in merged.sections]
    upright, lying = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert [("", upright), ("附件一", upright), ("附件二", lying), ("", upright)] == found
    assert "附件页眉" == merged.sections[2].header.paragraphs[0].style.name


def test_sections_are_dropped_where_none_can_begin():
    """A cell has no page layout, nor has a header."""
    cell = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{p('@')}<w:p/></w:tc></w:tr></w:tbl>"
    in_cell = Written(docx(cell)).put(sub(sections()))
    in_header = Written(docx(p("甲"), header=p("@")), "word/header1.xml").put(sub(sections()))

    assert 1 == part(in_cell).count("<w:sectPr")
    assert 0 == part(in_header, "word/header1.xml").count("sectPr")


def with_chart() -> Parts:
    return Parts(
        open_package(build_template("![柱状图](捐物)", Genre(id="x", title="x"), profile("gb9704"))).value
    )


def test_charts_come_with_their_workbooks():
    """Each copy has a chart and a workbook of its own."""
    one = with_chart().to_bytes()

    document = Written(template()).put(sub(one), sub(one))

    assert [
        "charts/chart1.xml",
        "charts/chart2.xml",
        "embeddings/chart1.xlsx",
        "embeddings/chart2.xlsx",
    ] == sorted(
        name.removeprefix("word/")
        for name in part_names(document)
        if re.match(r"word/(charts|embeddings)/\w+\.", name)
    )


def with_object(held: bytes) -> bytes:
    """A document with an embedded workbook, as Word writes one: a shape that shows it, and the object."""
    document = Document()
    name, kind = (
        PackURI("/word/embeddings/book.xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    workbook = document.part.relate_to(
        Part(name, kind, held, document.part.package), RELATIONSHIP_TYPE.PACKAGE
    )
    picture, _ = document.part.get_or_add_image(io.BytesIO(PNG))
    drawn = (
        f'<w:object {_W} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<v:shape id="_x0000_i1025" o:ole=""><v:imagedata r:id="{picture}"/></v:shape>'
        f'<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="_x0000_i1025" ObjectID="_1468175001" r:id="{workbook}"/>'
        "</w:object>"
    )
    document.add_paragraph().add_run()._r.append(parse_xml(drawn))
    return saved(document)


def test_embedded_workbooks_are_opened_from_their_own_picture():
    """Each copy has its workbook, and ids that tell Word which one was clicked (docxtpl issue 621)."""
    one, two = with_object(b"one"), with_object(b"two")

    document = Written(template()).put(sub(one), sub(two), sub(one))

    xml, relations = part(document), part(document, "word/_rels/document.xml.rels")
    shapes = re.findall(r'<v:shape id="(\w+)"', xml)
    assert shapes == re.findall(r'ShapeID="(\w+)"', xml)
    assert 3 == len(set(shapes)) == len(set(re.findall(r'ObjectID="(\w+)"', xml)))
    held = [
        next(one for one in re.findall("<Relationship [^>]+>", relations) if f'Id="{own}"' in one)
        for own in re.findall(r'OLEObject[^>]*r:id="(\w+)"', xml)
    ]
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        contents = [archive.read("word/" + re.search('Target="([^"]+)"', one)[1]) for one in held]
    assert [b"one", b"two", b"one"] == contents


def test_chart_whose_workbook_was_lost_comes_without():
    """LibreOffice names a workbook that it did not save; python-docx opens no such document."""
    patch = with_chart()
    patch.drop("word/embeddings/chart1.xlsx")

    document = Written(template()).put(sub(patch.to_bytes()))

    assert "externalData" not in part(document, "word/charts/chart1.xml")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "SUBDOCUMENT_UNREADABLE"),
        ("不是文稿".encode(), "SUBDOCUMENT_UNREADABLE"),
        (docx(p("甲"))[:300], "SUBDOCUMENT_UNREADABLE"),
        (docx("<w:p>"), "SUBDOCUMENT_UNREADABLE"),
        (docx(p("甲"), parts={"word/media/image1.png": "0" * (70 << 20)}), "SUBDOCUMENT_UNREADABLE"),
        (
            docx("", parts={"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><w:document/>'}),
            "SUBDOCUMENT_UNREADABLE",
        ),
    ],
    ids=["empty", "text", "cut", "not XML", "bomb", "entities"],
)
def test_what_is_no_document_is_named(tmp_path, data, code):
    """A broken or foreign file is a finding with its name."""
    path = tmp_path / "附件.docx"
    path.write_bytes(data)

    with pytest.raises(UnplacedError) as raised:
        Written(template()).put(Subdoc(b"", path))

    assert (code, {"name": "附件.docx"}) == (raised.value.code, raised.value.values)


@pytest.mark.parametrize(
    ("kind", "element"),
    [("aFChunk", '<w:altChunk r:id="rId1"/>'), ("subDocument", '<w:subDoc r:id="rId1"/>')],
)
def test_document_that_takes_in_others_is_refused(kind, element):
    """A sub-document may not load anything from outside when it is opened."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        'Target="http://example.org/x" TargetMode="External"/></Relationships>'
    )
    inner = docx(p("甲") + element, parts={"word/_rels/document.xml.rels": relations})

    with pytest.raises(UnplacedError) as raised:
        Written(template()).put(sub(inner))

    assert "SUBDOCUMENT_OUTSIDE" == raised.value.code


@pytest.mark.parametrize(
    "code", ["INCLUDETEXT c:/x.docx", 'INCLUDEPICTURE "http://example.org/x.png"', "DDEAUTO x"]
)
def test_document_whose_fields_fetch_others_is_refused(code):
    """What a template may not do, a document inside it may not either."""
    inner = docx(
        f'<w:p><w:fldSimple w:instr="{escape(code, {chr(34): "&quot;"})}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    )

    with pytest.raises(UnplacedError) as raised:
        Written(template()).put(sub(inner))

    assert "SUBDOCUMENT_OUTSIDE" == raised.value.code


def test_same_sub_document_gives_the_same_bytes():
    """No number in the result is drawn by lot (docxcompose's list ids are)."""
    assert Written(template()).put(sub(lists())) == Written(template()).put(sub(lists()))
