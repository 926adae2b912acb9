"""The template that is built: visible tags in named styles, lawful parts, the same bytes every time."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from lxml import etree

from officeflow.document.authoring import page
from officeflow.document.authoring.template import build_template
from officeflow.kits.layout import genre, profile
from officeflow.model.layout import FramePart, Genre, Profile

PROFILE = profile("gb9704")
BARE = Genre(id="bare", title="无框架")
TEXT = """\
导语{{ 党员数 }}。

## 摸底 {%p if 社区数 %}
### 入户
办法：
{#措施项数}
1. **访**{{ 户数|数 }}户；
2. 记。
共{{ 措施项数 }}。

## 考评

1. 初评
2. 总评

| 社区 | 户数 |
|---|---:|
| 河北 | {{ 户数 }} |

---

结语“完”。
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def built(text: str = TEXT, kind: Genre = BARE, layout: Profile = PROFILE) -> bytes:
    return build_template(text, kind, layout, title="简报")


def parts(template: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def paragraphs(template: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(template))
    return [f"{paragraph.style.name}｜{paragraph.text}" for paragraph in document.paragraphs]


def test_text_becomes_the_template_dialect():
    """Sections nest and close, conditions stand around them, lists carry the figure that counts them."""
    tags = [line.removeprefix("模板标记｜") for line in paragraphs(built())]

    assert [
        "文稿正文｜导语{{ 党员数 }}。",
        "{%p sections %}",
        "{%p if 社区数 %}",
        "{%p section %}",
        "一级标题｜{{ 章号 }}摸底",
        "{%p sections %}",
        "{%p section %}",
        "二级标题｜{{ 节号 }}入户",
        (
            "文稿正文｜办法：{% items 措施项数 %}{% item %}{{ 项号 }}是访{{ 户数|数 }}户；{% enditem %}"
            "{% item %}{{ 项号 }}是记。{% enditem %}{% enditems %}共{{ 措施项数 }}。"
        ),
        "{%p endsection %}",
        "{%p endsections %}",
        "{%p endsection %}",
        "{%p endif %}",
        "{%p section %}",
        "一级标题｜{{ 章号 }}考评",
        "{%p items %}",
        "{%p item %}",
        "文稿正文｜{{ 项号 }}是初评",
        "{%p enditem %}",
        "{%p item %}",
        "文稿正文｜{{ 项号 }}是总评",
        "{%p enditem %}",
        "{%p enditems %}",
        "{%p endsection %}",
        "{%p endsections %}",
        "文稿正文｜结语“完”。",
    ] == tags


def test_bold_is_bold_and_the_signs_are_gone():
    """**访** is one bold run; the ** inside a tag is arithmetic."""
    document = docx.Document(io.BytesIO(built("**重点**{{ 甲 ** 2 }}一般")))
    (paragraph,) = document.paragraphs

    assert [("重点", True), ("{{ 甲 ** 2 }}一般", None)] == [(run.text, run.bold) for run in paragraph.runs]


def test_a_table_repeats_its_heading_row_and_keeps_rows_whole():
    """Both are marks of the row, for Word to act on."""
    (table,) = docx.Document(io.BytesIO(built())).tables
    heading, row = table.rows

    assert heading._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert [True, True] == [line._tr.find(f"{W}trPr/{W}cantSplit") is not None for line in (heading, row)]
    assert ["表格栏目", "表格文字"] == [line.cells[1].paragraphs[0].style.name for line in (heading, row)]


def test_optional_parts_of_the_frame_leave_nothing_behind():
    """The condition stands in paragraphs of their own around the part."""
    note = FramePart(style="按语", label="按语：", label_style="按语标签", text="{{ 按语 }}", when="按语")

    assert ["模板标记｜{%p if 按语 %}", "按语｜按语：{{ 按语 }}", "模板标记｜{%p endif %}"] == paragraphs(
        built("", Genre(id="note", title="按语", head=(note,)))
    )


def test_the_bottom_block_is_one_frame_with_text_after_it():
    """Every paragraph of the 报尾 has the same frame, tags too, and a tiny paragraph holds it."""
    template = built("正文", genre("bulletin"))
    body = etree.fromstring(parts(template)["word/document.xml"])[0]
    frames = [etree.tostring(frame) for frame in body.iter(f"{W}framePr")]

    assert 1 == len(set(frames))
    assert len(frames) == len(list(body.iter(f"{W}p"))) - paragraphs(template).index("文稿正文｜正文") - 2
    assert "文末｜" == paragraphs(template)[-1]


def test_every_genre_names_styles_of_every_profile():
    """A built-in report never falls back to Word's own look."""
    assert built("", genre("bulletin"))


def test_the_same_input_gives_the_same_bytes():
    """No clock, no random id."""
    assert built() == built()


def test_what_xml_cannot_hold_never_gets_into_a_part():
    """Signs of markup are text; every part is well-formed."""
    for name, part in parts(built("1 < 2 & “3” > {{ 甲 if 乙 < 1 }}\x01")).items():
        assert etree.fromstring(part) is not None, name


def test_each_part_has_a_type_and_each_relation_a_target():
    """Word repairs a package where either is missing."""
    found = parts(built())
    types = etree.fromstring(found["[Content_Types].xml"])
    named = {node.get("PartName") for node in types if node.get("PartName")}

    assert {f"/{name}" for name in found if name.endswith(".xml") and name != "[Content_Types].xml"} == named
    for name in ("_rels/.rels", "word/_rels/document.xml.rels"):
        folder = name.partition("_rels/")[0]
        targets = {folder + str(node.get("Target")) for node in etree.fromstring(found[name])}
        assert targets <= set(found)


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "word/footer1.xml", "word/settings.xml"]
)
def test_no_face_comes_from_the_readers_theme(part: str):
    """A theme font shows as 缺失字体 in WPS and as Calibri in Word."""
    assert b"Theme" not in parts(built("", genre("bulletin")))[part]


def test_each_style_names_all_four_faces():
    """One left out would be the reader's default for Latin or for other scripts."""
    styles = etree.fromstring(parts(built())["word/styles.xml"])
    faces = [{key.removeprefix(W) for key in fonts.attrib} for fonts in styles.iter(f"{W}rFonts")]

    assert len(PROFILE.styles) + len(PROFILE.labels) + 1 == len(faces)
    assert all({"ascii", "hAnsi", "eastAsia", "cs"} <= named for named in faces)


def test_every_run_asks_for_the_chinese_face():
    """“ ” — … are Latin without the hint (docformat-gui issue 31)."""
    document = etree.fromstring(parts(built("", genre("bulletin")))["word/document.xml"])
    hints = [run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") for run in document.iter(f"{W}r")]

    assert hints
    assert {"eastAsia"} == set(hints)


def test_page_and_grid_are_those_of_the_standard():
    """GB/T 9704-2012 5.1–5.2: A4, 版心 156 × 225 mm, 22 lines."""
    section = etree.fromstring(parts(built())["word/document.xml"]).find(f".//{W}sectPr")
    values = {key.removeprefix(W): value for node in section for key, value in node.attrib.items()}

    assert ("11906", "16838") == (values["w"], values["h"])
    assert ("2098", "1474", "1984", "1587") == tuple(
        values[side] for side in ("top", "right", "bottom", "left")
    )
    assert ("lines", "579") == (section.find(f"{W}docGrid").get(f"{W}type"), values["linePitch"])


def test_words_own_character_grid_can_be_had():
    """指定行和字符网格: −848 4096ths of a point make 28 characters of 16 pt in 156 mm; no run is tightened then."""
    page = replace(PROFILE.page, has_character_grid=True)
    found = parts(built(layout=replace(PROFILE, page=page)))

    assert b'w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"' in found["word/document.xml"]
    assert b'<w:spacing w:val="-5"/>' not in found["word/styles.xml"]
    assert b'<w:spacing w:val="-5"/>' in parts(built())["word/styles.xml"]


def test_indents_are_given_in_characters_and_in_points():
    """Word obeys the first, LibreOffice the second; a title clears both."""
    styles = parts(built())["word/styles.xml"].decode()
    indents = dict(re.findall(r'w:styleId="(DocumentText|DocumentTitle)".*?(<w:ind .*?/>)', styles))

    assert 'w:firstLineChars="200" w:firstLine="640"' in indents["DocumentText"]
    assert 'w:firstLineChars="0" w:firstLine="0"' in indents["DocumentTitle"]


def test_page_numbers_stand_outside():
    """Odd pages right, even pages left, one character in; — on both sides."""
    found = parts(built())

    assert b"evenAndOddHeaders" in found["word/settings.xml"]
    assert b'w:rightChars="100" w:right="280"/><w:jc w:val="right"' in found["word/footer1.xml"]
    assert b'w:leftChars="100" w:left="280"/><w:jc w:val="left"' in found["word/footer2.xml"]


def test_a_missing_face_has_one_stand_in():
    """Word reads w:altName as a single name (MS-OI29500 2.1.262), so a list would match nothing."""
    fonts = etree.fromstring(parts(built())["word/fontTable.xml"])
    stand_ins = {
        font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val") for font in fonts if len(font) > 3
    }

    assert ("华文中宋", "仿宋") == (stand_ins["方正小标宋简体"], stand_ins["仿宋_GB2312"])


def test_a_run_in_head_looks_as_the_heading_and_stays_in_the_paragraph():
    """楷体 as （一） has it, in a character style of its own; the paragraph is body text without number."""
    document = docx.Document(
        io.BytesIO(built("### 走下去。### 各单位深入社区。### 办得好。### 又办成三件事。"))
    )
    (paragraph,) = document.paragraphs
    head, text, *_ = paragraph.runs

    assert ("文稿正文", "走下去。各单位深入社区。办得好。又办成三件事。") == (
        paragraph.style.name,
        paragraph.text,
    )
    assert ("二级标题 Char", "Default Paragraph Font") == (
        head.style.name,
        text.style.name if text.style else "Default Paragraph Font",
    )
    assert "楷体_GB2312" == head.style.element.rPr.find(f"{W}rFonts").get(f"{W}eastAsia")
    assert [] == [
        style for style in docx.Document(io.BytesIO(built())).styles if style.name.endswith(" Char")
    ]


def test_columns_are_as_wide_as_their_dashes():
    """Together as wide as the text."""
    (table,) = docx.Document(io.BytesIO(built("| 序号 | 事项 |\n|---|---------|\n| 1 | 甲 |"))).tables
    widths = [column.width.twips for column in table.columns]

    assert PROFILE.page.text_width == sum(widths)
    assert 3 * widths[0] == pytest.approx(widths[1], abs=3)
    assert widths == [cell.width.twips for cell in table.rows[1].cells]


@pytest.mark.parametrize(
    ("own", "genre_s", "heading"),
    [
        ("", "", "{{ 章号 }}摸底"),
        ("none", "", "摸底"),
        ("", "none", "摸底"),
        ("parts", "none", "第{{ 章号 }}部分　摸底"),
    ],
)
def test_a_report_may_number_its_headings_otherwise(own: str, genre_s: str, heading: str):
    """The report's own word goes before the genre's, that before the profile's."""
    layout = replace(PROFILE, numberings={"parts": ("第{{ 章号 }}部分　", "", "", "")})
    template = build_template("## 摸底", replace(BARE, numbering=genre_s), layout, numbering=own)

    assert f"一级标题｜{heading}" in paragraphs(template)


def test_the_bare_document_has_two_styles_and_no_theme():
    """What python-docx brings of its own (Calibri, MS Mincho, a thousand latent styles) is not in it."""
    found = parts(page.saved(page.new_document()))

    assert ["Normal", "Table Grid"] == [style.name for style in page.new_document().styles]
    assert not [name for name in found if "theme" in name]
    assert b"dcterms" not in found["docProps/core.xml"]
