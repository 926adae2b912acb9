"""Rich text: the runs it prints, against docxtpl's own classes where both should agree."""

from __future__ import annotations

import io

import docxtpl
import pytest
from docx import Document
from docx.shared import Pt, RGBColor

from officeflow.document.template_api.rich_text import RP, Listing, R, RichText, RichTextParagraph, written
from tests.support.docx import docx, p, part, texts
from tests.support.placing import Written

STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="character" w:styleId="a3"><w:name w:val="重点"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a4"><w:name w:val="小标题"/></w:style></w:styles>'
)
TWO = "甲\a乙"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _with_styles() -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
        "</Relationships>"
    )
    parts = {
        "[Content_Types].xml": types,
        "word/_rels/document.xml.rels": relations,
        "word/styles.xml": STYLES,
    }
    return docx(p("@"), parts=parts)


@pytest.mark.parametrize(
    "looks",
    [
        {},
        {"bold": True},
        {"italic": True},
        {"strike": True},
        {"underline": True},
        {"underline": "wave"},
        {"underline": "nothing like it"},
        {"color": "#ff0000"},
        {"size": 40},
        {"subscript": True},
        {"superscript": True},
        {"style": "Emphasis"},
        {"rtl": True, "bold": True, "italic": True},
        {"lang": "fr-FR"},
        {"url_id": "rId2"},
    ],
)
def test_one_look_is_written_as_docxtpl_writes_it(looks):
    """A run with one property has the same XML as docxtpl's."""
    theirs = docxtpl.RichText("甲<乙>&丙", **looks).xml
    ours = RichText("甲<乙>&丙", **looks).xml

    assert sorted(theirs.replace("><", ">\n<").split()) == sorted(ours.replace("><", ">\n<").split())


def test_several_looks_stand_in_the_order_of_the_schema():
    """Word refuses properties in some other orders; docxtpl writes them as they come."""
    rich = RichText(
        "甲", style="重点", color="ff0000", size=32, bold=True, underline=True, font="黑体", strike=True
    )

    document = Written(_with_styles()).put(rich)

    run = Document(io.BytesIO(document)).paragraphs[0].runs[0]
    assert ("甲", True, "黑体") == (run.text, run.bold, run.font.name)


@pytest.mark.parametrize("font", ["仿宋", "eastAsia:仿宋", "cs:仿宋"])
def test_a_font_holds_for_every_script(font):
    """docxtpl's `font="仿宋"` leaves Chinese text as it was, and `cs:` gives broken XML."""
    xml = RichText("甲A", font=font).xml

    assert ['"仿宋"'] * 4 == [
        piece.split("=")[1].rstrip("/>")
        for piece in xml.partition("<w:rFonts")[2].partition(">")[0].split()
        if "仿宋" in piece
    ]


def test_sizes_and_colours_of_python_docx_do():
    """Pt(16) is 32 half points, a colour value its six digits."""
    assert (
        RichText("甲", size=32, color="ff0000").xml.lower()
        == RichText("甲", size=Pt(16), color=RGBColor(255, 0, 0)).xml.lower()
    )


def test_styles_are_named_as_people_see_them():
    """A style's name does where docxtpl needs the id Word gave it."""
    paragraph = RichTextParagraph(R("甲", style="重点"), parastyle="小标题")

    xml = part(Written(_with_styles()).put(paragraph))

    assert '<w:pStyle w:val="a4"/>' in xml
    assert '<w:rStyle w:val="a3"/>' in xml


def test_a_link_in_a_header_is_a_relation_of_the_header():
    """The id that was asked for the body means nothing in another part."""
    header = '<w:p><w:r><w:t xml:space="preserve">@</w:t></w:r></w:p>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{_OFFICE}/header" Target="header1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/hyperlink" Target="https://example.org/?a=1&amp;b=2" TargetMode="External"/>'
        "</Relationships>"
    )
    template = docx(p("甲"), header=header, parts={"word/_rels/document.xml.rels": relations})

    document = Written(template, "word/header1.xml").put(R("乙", url_id="rId2"))

    assert "https://example.org/?a=1&amp;b=2" in part(document, "word/_rels/header1.xml.rels")


def test_control_characters_become_elements_or_go():
    r"""`\n` `\t` `\a` `\f` are lines, tabs, paragraphs and pages; what XML cannot hold is left out."""
    document = Written(docx(p("@"))).put(R("甲\n乙\t丙\a丁\f戊\x00\x08"))

    assert ["甲/乙→丙", "丁", "/", "戊"] == texts(document)


def test_new_paragraph_looks_like_the_one_around():
    r"""After `\a` come the same paragraph properties."""
    own = '<w:p><w:pPr><w:jc w:val="right"/></w:pPr>'

    assert 2 == f"{own}{written(TWO, '<w:r><w:t>', '</w:t></w:r>', own)}</w:p>".count(own)


def test_text_is_composed():
    """A letter typed as base and accent is one character, so that what was typed otherwise is found."""
    assert "é" in RichText("e\u0301").xml


def test_rich_text_takes_in_rich_text():
    """Adding a RichText adds its runs with their own looks."""
    outer = R("甲")
    outer.add(R("乙", bold=True))

    assert ["甲乙"] == texts(Written(docx(p("@"))).put(outer))
    assert docxtpl.RichText("x").xml == R("x").xml


def test_paragraphs_are_written_as_docxtpl_writes_them():
    """RichTextParagraph gives the same paragraphs."""
    theirs, ours = docxtpl.RichTextParagraph("甲", parastyle="Title"), RP("甲", parastyle="Title")
    theirs.add(docxtpl.RichText("乙", bold=True))
    ours.add(R("乙", bold=True))

    assert theirs.xml == ours.xml == str(ours)


@pytest.mark.parametrize("text", ["一行\n二行\a新段\f新页\t<&>", "", 12])
def test_listing_is_escaped_as_docxtpl_does(text):
    """A Listing's XML is its text escaped; the template's look stays."""
    assert docxtpl.Listing(str(text)).xml == str(Listing(text))
