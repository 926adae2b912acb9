"""Final versions: what holds them up, what is kept, what is taken out."""

from __future__ import annotations

import json
import re

import pytest

from officeflow.document.bound.cleaning import cleaned
from officeflow.document.bound.document import read_bound
from officeflow.document.bound.sealing import comments_left, obstacles, seal, seal_public
from officeflow.document.provenance.record import is_untouched, read_record
from officeflow.document.provenance.standing import Standing
from officeflow.document.render.composing import compose
from tests.support.docx import _OFFICE, _PACKAGE, docx, p, package, part, part_names, table, texts
from tests.support.figures import ORIGIN, STANDARD
from tests.support.structure import structure_problems

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
AUTHOR = 'w:id="90" w:author="某甲" w:date="2026-11-01T00:00:00Z"'
SHOWN = "<w:vanish w:val='0'/>"
HIDDEN = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>底数不要外传</w:t></w:r></w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def held(body: str, **parts: str) -> list[str]:
    """Code and message of what holds a document with this body up."""
    known = read_record(compose(docx(p("{{ 捐款 }}")), STANDARD, origins=(ORIGIN,)).value.document)
    extra = {name.replace("_", "/") + ".xml": content for name, content in parts.items()}
    bound = read_bound(docx(body, parts=extra), known).value
    return [f"{one.code} {one.message}" for one in obstacles(bound.parts, bound.texts)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            p("一段") + f"<w:p><w:ins {AUTHOR}>{run('近40名')}</w:ins></w:p>",
            "SEAL_INSERTED 第2段有添加还没定下来：“近40名”。",
        ),
        (
            p("一段")
            + f"<w:p>{run('共')}<w:del {AUTHOR}><w:r><w:delText>39名</w:delText></w:r></w:del></w:p>",
            "SEAL_DELETED 第2段有删除还没定下来：“39名”。",
        ),
        (
            f"<w:p>{run('一段', f'<w:b/><w:rPrChange {AUTHOR}><w:rPr/></w:rPrChange>')}</w:p>",
            "SEAL_REFORMATTED 第1段有格式修订还没定下来。",
        ),
        (
            p("一段") + table([p("表中")]).replace("<w:tr>", f"<w:tr><w:trPr><w:ins {AUTHOR}/></w:trPr>"),
            "SEAL_INSERTED_UNSEEN 第2段有添加的表格行、换行或图片还没定下来。",
        ),
        (p("一段") + HIDDEN, "SEAL_HIDDEN 第2段有隐藏的字：“底数不要外传”。"),
        (
            p("一段") + table(["藏着的一行"]).replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>"),
            "SEAL_HIDDEN 第2段有隐藏的字：“藏着的一行”。",
        ),
    ],
    ids=["insertion", "deletion", "formatting", "row", "hidden", "hidden row"],
)
def test_what_is_unsettled_holds_a_final_version_up(body, said):
    """Each tracked change and each hidden text is said with its paragraph and its words."""
    assert [said] == held(body)


def test_one_finding_per_paragraph_and_kind():
    """A paragraph worked over word by word is said once."""
    ins = f"<w:ins {AUTHOR}>{run('甲')}</w:ins>"

    assert ["SEAL_INSERTED 第1段有添加还没定下来：“甲”“甲”。"] == held(f"<w:p>{ins}{run('乙')}{ins}</w:p>")
    assert ["SEAL_INSERTED 第1段有添加还没定下来：“甲甲”。"] == held(f"<w:p>{ins}{ins}{run('乙')}</w:p>")


def test_text_hidden_by_its_style():
    """A style that hides, also one based on it, hides as `w:vanish` does; the default style counts."""
    styles = (
        f"<w:styles {_W}><w:style w:type='character' w:styleId='a'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='b'><w:basedOn w:val='a'/></w:style></w:styles>"
    )
    styled = "<w:rStyle w:val='b'/>"
    body = f"<w:p>{run('藏', styled)}{run('显', styled + SHOWN)}</w:p>"

    assert ["SEAL_HIDDEN 第1段有隐藏的字：“藏”。"] == held(body, word_styles=styles)


def test_settled_document_is_not_held_up():
    """Bold, comments and a paragraph mark that is hidden are nothing to settle."""
    mark = "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>"

    assert [] == held(p("一段", bold_from=0) + mark)


def edited(body: str, old: str, new: str, **parts: str) -> bytes:
    """A composed document with a piece of its body's XML replaced by a person."""
    document = compose(docx(body), STANDARD, origins=(ORIGIN,)).value.document
    files = {name: part(document, name) for name in part_names(document)} | parts
    assert old in files["word/document.xml"]
    files["word/document.xml"] = files["word/document.xml"].replace(old, new)
    return package(files)


def test_sealed_record_knows_the_words_around_each_figure_now():
    """A figure is found by its words later: they are those of the final text."""
    document = edited(p("共捐款{{ 捐款 }}。"), "共捐款", "党员累计捐出")
    sealed = seal(read_bound(document).value)
    (bound,) = read_record(sealed.document).figures.values()

    assert ("党员累计捐出", "。") == (bound.before, bound.after)
    assert [] == structure_problems(sealed.document)
    assert [Standing.UNTOUCHED] == [one.standing for one in read_bound(sealed.document).value.figures]


def test_sealed_document_with_a_person_s_edits_is_never_ours_to_replace():
    """`report` replaces only what holds no work of a person."""
    mine = compose(docx(p("{{ 捐款 }}好")), STANDARD, origins=(ORIGIN,)).value.document

    assert is_untouched(seal(read_bound(mine).value).document)
    assert not is_untouched(seal(read_bound(edited(p("{{ 捐款 }}好"), "好", "多")).value).document)


def test_sidecar_takes_the_record_out_and_the_figures_are_found_with_it():
    """No record and no property inside; with the sidecar each bookmark is a figure again."""
    mine = compose(docx(p("{{ 捐款 }}、{{ 捐衣物 }}")), STANDARD, origins=(ORIGIN,)).value.document
    sealed = seal(read_bound(mine).value, is_sidecar=True)
    found = read_bound(sealed.document, sealed.record).value.figures

    assert read_record(sealed.document) is None
    assert not [name for name in part_names(sealed.document) if "customXml" in name or "custom" in name]
    assert ["1.6万元", "248件"] == [one.text for one in found]
    assert all(one.is_marked for one in found)
    assert [] == structure_problems(sealed.document)


def test_sidecar_leaves_others_custom_xml_and_properties():
    """Only what is ours is moved out."""
    theirs = "<b:Sources xmlns:b='urn:b'/>"
    mine = compose(
        docx(
            p("{{ 捐款 }}"),
            parts={
                "customXml/item1.xml": theirs,
                "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
                f'Id="rId1" Type="{_OFFICE}/customXml" Target="../customXml/item1.xml"/></Relationships>',
            },
        ),
        STANDARD,
        origins=(ORIGIN,),
    ).value.document
    sealed = seal(read_bound(mine).value, is_sidecar=True)

    assert theirs == part(sealed.document, "customXml/item1.xml")
    assert read_record(sealed.document) is None


PEOPLE = {
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>简报</dc:title>'
    "<dc:creator>某甲</dc:creator><cp:lastModifiedBy>某乙</cp:lastModifiedBy></cp:coreProperties>",
    "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Template>D:\\某甲\\模板.dotx</Template><Pages>3</Pages><Company>县某局</Company><Manager>某丙</Manager></Properties>",
    "docProps/thumbnail.jpeg": "某丁",
    "word/comments.xml": f"<w:comments {_W}><w:comment w:id='1' w:author='某戊'>{p('这里再核')}</w:comment></w:comments>",
    "word/settings.xml": f"<w:settings {_W} xmlns:r='{_OFFICE}'><w:attachedTemplate r:id='rId1'/><w:rsids>"
    "<w:rsidRoot w:val='00A1'/></w:rsids><w:docVars><w:docVar w:name='某己' w:val='x'/></w:docVars>"
    "<w:defaultTabStop w:val='640'/></w:settings>",
    "word/_rels/settings.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/attachedTemplate" Target="file:///D:\\某甲\\模板.dotx" TargetMode="External"/></Relationships>',
    "word/printerSettings1.bin": "某庚",
    "customXml/item1.xml": "<x>某辛</x>",
}
KINDS = {
    "_rels/.rels": [
        ("officeDocument", "word/document.xml"),
        ("core-properties", "docProps/core.xml"),
        ("extended-properties", "docProps/app.xml"),
        ("thumbnail", "docProps/thumbnail.jpeg"),
    ],
    "word/_rels/document.xml.rels": [
        ("comments", "comments.xml"),
        ("settings", "settings.xml"),
        ("printerSettings", "printerSettings1.bin"),
        ("customXml", "../customXml/item1.xml"),
    ],
}
BODY = (
    '<w:p w:rsidR="00A1"><w:commentRangeStart w:id="1"/><w:r w:rsidRPr="00B2"><w:t>捐款{{ 捐款 }}</w:t></w:r>'
    '<w:commentRangeEnd w:id="1"/><w:r><w:rPr><w:b/></w:rPr><w:commentReference w:id="1"/></w:r></w:p>'
    '<w:p><w:bookmarkStart w:id="5" w:name="附件"/><w:r><w:t>后段</w:t></w:r><w:bookmarkEnd w:id="5"/></w:p>'
)


@pytest.fixture
def full() -> bytes:
    """A document that tells everything: persons, comments, template, printer, our record and bookmarks."""
    relations = {
        name: f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets)
        )
        + "</Relationships>"
        for name, targets in KINDS.items()
    }
    types = part(docx(""), "[Content_Types].xml").replace(
        "<Override",
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/><Override',
        1,
    )
    later = {
        name: content for name, content in PEOPLE.items() if "settings" in name
    }  # Word adds a template's path
    plain = {**PEOPLE, **dict.fromkeys(later, ""), "word/settings.xml": f"<w:settings {_W}/>", **relations}
    plain = {name: content for name, content in plain.items() if content}
    template = docx(BODY, parts={**plain, "[Content_Types].xml": types})
    composed = compose(template, STANDARD, origins=(ORIGIN,)).value.document
    return package({name: part(composed, name) for name in part_names(composed)} | later)


def public(document: bytes) -> bytes:
    return seal_public(read_bound(document).value.parts).document


def test_public_version_says_nothing_but_its_text(full):
    """No bookmark, record, property, comment, person, company, template, printer or picture of it is left."""
    sealed = public(full)
    whole = "".join(part(sealed, name) for name in part_names(sealed))

    assert [] == re.findall("某.|县某局|_of_|officeflow|rsid|docVar|attachedTemplate|commentR\\w+", whole)
    assert {"word/document.xml", "word/settings.xml", "docProps/core.xml", "docProps/app.xml"} == {
        name for name in part_names(sealed) if not name.endswith((".rels", "[Content_Types].xml"))
    }
    assert [] == structure_problems(sealed)


def test_public_version_keeps_text_bookmarks_of_others_and_settings(full):
    """What a reader sees, what others refer to, and how pages are laid out stay."""
    sealed = public(full)

    assert texts(full) == texts(sealed)
    assert 'w:name="附件"' in part(sealed)
    assert "defaultTabStop" in part(sealed, "word/settings.xml")
    assert "<dc:title>简报</dc:title>" in part(sealed, "docProps/core.xml")
    assert "<Pages>3</Pages>" in part(sealed, "docProps/app.xml")


def test_public_version_has_no_ledger_behind_its_chart():
    """A chart shows what it has drawn; the whole workbook embedded behind it goes."""
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'xmlns:r="{_OFFICE}"><c:chart/><c:externalData r:id="rId1"/></c:chartSpace>'
    )
    relation = '<Relationships xmlns="{}/relationships"><Relationship Id="rId1" Type="{}" Target="{}"/></Relationships>'
    document = docx(
        p("图"),
        parts={
            "word/charts/chart1.xml": chart,
            "word/charts/_rels/chart1.xml.rels": relation.format(
                _PACKAGE, f"{_OFFICE}/package", "../embeddings/book.xlsx"
            ),
            "word/embeddings/book.xlsx": "台账",
            "word/_rels/document.xml.rels": relation.format(
                _PACKAGE, f"{_OFFICE}/chart", "charts/chart1.xml"
            ),
        },
    )
    kept = cleaned({name: part(document, name).encode() for name in part_names(document)})

    assert "word/charts/chart1.xml" in kept
    assert "word/embeddings/book.xlsx" not in kept
    assert b"externalData" not in kept["word/charts/chart1.xml"]


@pytest.mark.parametrize(("name", "kept"), [("D:\\某甲\\照片.png", ""), ("党员在社区植树", "党员在社区植树")])
def test_file_names_of_pictures_go_and_descriptions_stay(name, kept):
    """Word writes the path of a picture into its description; what a person described stays for readers."""
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    document = docx(
        f'<w:p><w:r><w:drawing><wp:docPr xmlns:wp="{wp}" id="7" name="图片 1" descr="{name}"/></w:drawing></w:r></w:p>'
    )
    parts = cleaned({one: part(document, one).encode() for one in part_names(document)})

    assert f'descr="{kept}"' in parts["word/document.xml"].decode()
    assert 'name="图片 1"' in parts["word/document.xml"].decode()


def test_sealing_is_deterministic(full):
    """The same document gives the same bytes, whatever the way."""
    bound = read_bound(full).value

    assert public(full) == public(full)
    assert seal(bound).document == seal(read_bound(full).value).document
    assert json.loads(seal(bound, is_sidecar=True).record.to_json())


def test_comments_that_stay_are_said(full):
    """A plain final version keeps comments, and says so."""
    (found,) = comments_left(read_bound(full).value.parts)

    assert ("SEAL_COMMENTS", "文稿里还有1条批注，定稿里留着。") == (found.code, found.message)
