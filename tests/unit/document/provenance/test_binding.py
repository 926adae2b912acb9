"""Bookmarks and record: each printed figure is known in the document."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from dataclasses import asdict
from decimal import Decimal

import pytest
from defusedxml import ElementTree

from officeflow.document.provenance.binding import bookmark_name
from officeflow.document.provenance.record import is_untouched, read_record
from officeflow.document.render.composing import compose
from officeflow.document.render.recording import LARGEST
from officeflow.model.cells import CellRef
from tests.support.brief import brief
from tests.support.docx import docx, p, part, part_names, texts
from tests.support.figures import ORIGIN, STANDARD, by_id, figure
from tests.support.structure import structure_problems


def composed(body: str, **more) -> bytes:
    return compose(docx(body, **more), STANDARD, origins=(ORIGIN,)).value.document


def record(document: bytes) -> dict:
    return json.loads(ElementTree.fromstring(part(document, "customXml/item1.xml")).text)


def bound(document: bytes) -> list[tuple[str, str]]:
    """Figure id and text of each bookmark, in document order."""
    return [(one["id"], one["text"]) for one in record(document)["figures"].values()]


def between_marks(document: bytes, name: str) -> str:
    """The text between a bookmark's ends, read from the XML."""
    xml = part(document)
    number = re.search(rf'w:id="(\d+)" w:name="{name}"', xml)[1]
    inside = xml.partition(f'w:name="{name}"/>')[2].partition(f'<w:bookmarkEnd w:id="{number}"/>')[0]
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", inside))


def test_each_printed_figure_stands_between_bookmarks():
    """Numbers, dates, texts and lists are bound; the record says what stands there."""
    document = composed(p("{{ 捐衣物 }}{{ 会议日期|月日 }}{{ 单位 }}{{ 联系社区 }}"))

    assert [
        ("捐衣物", "248件"),
        ("会议日期", "5月30日"),
        ("单位", "县林业局"),
        ("联系社区", "河北社区、西山社区"),
    ] == bound(document)
    for name, entry in record(document)["figures"].items():
        assert entry["text"] == between_marks(document, name)


def test_record_says_exactly_what_and_whence():
    """Exact value, unit, printed text, 12 characters on both sides, sources as ranges, one hop."""
    document = composed(p("到目前为止全局党员干部向社区捐款{{ 捐款 }}，用于改善困难群众的日常生活。"))
    name = bookmark_name("捐款", 1)

    assert {
        "id": "捐款",
        "value": "16000",
        "unit": "元",
        "text": "1.6万元",
        "before": "前为止全局党员干部向社区捐款"[-12:],
        "after": "，用于改善困难群众的日常"[:12],
        "sources": {"台账": "C8"},
    } == record(document)["figures"][name]
    assert {"extra": {}, **record(document)["origin"]} == asdict(ORIGIN)
    assert 1 == record(document)["v"]


def test_context_ends_with_the_paragraph():
    """Neighbouring paragraphs are no context; other figures are."""
    document = composed(p("前段") + p("衣{{ 捐衣物 }}书{{ 捐书籍 }}。") + p("后段"))
    first, second = record(document)["figures"].values()

    assert ("衣", "书0册。") == (first["before"], first["after"])
    assert ("衣248件书", "。") == (second["before"], second["after"])


def test_names_are_deterministic_ascii_and_short():
    """The same template and figures give the same names; a figure printed twice is counted."""
    body = p("{{ 捐款 }}{{ 捐款 }}")
    names = list(record(composed(body))["figures"])
    hashed = hashlib.sha256("捐款".encode()).hexdigest()[:8]

    assert [f"_of_{hashed}_1", f"_of_{hashed}_2"] == names
    assert names == list(record(composed(body))["figures"])
    assert all(name.isascii() and len(name) <= 40 for name in names)


def test_bookmarks_do_not_collide_with_the_template_s():
    """Numbers start above every bookmark and picture of the template, unchanged parts too."""
    own = '<w:bookmarkStart w:id="41" w:name="x"/><w:bookmarkEnd w:id="41"/>'
    document = composed(
        f"<w:p>{own}</w:p>" + p("{{ 捐款 }}"),
        header=f"<w:p>{own.replace('41', '97').replace('x', 'y')}</w:p>",
    )

    assert 'w:id="98"' in part(document)
    assert [] == structure_problems(document)


def test_derived_figure_keeps_the_union_of_sources():
    """A reckoned number is named by its expression and knows the cells of both sides."""
    (entry,) = record(composed(p("人均{{ 捐款 / 党员数 }}")))["figures"].values()

    assert ("捐款 / 党员数", "410.26") == (entry["id"], entry["text"])
    assert {"台账": "C8:C9"} == entry["sources"]


def test_text_with_tags_and_the_figures_in_it_are_bound():
    """A clerk's text is one figure and the figures it names are figures inside it."""
    document = composed(p("{{ 按语 }}"))

    assert [("按语", "捐衣物248件，合1.6万元。"), ("捐衣物", "248件"), ("捐款", "1.6万")] == bound(document)
    assert "捐衣物248件，合1.6万元。" == between_marks(document, bookmark_name("按语", 1))
    assert [] == structure_problems(document)


def test_personal_value_is_printed_but_not_kept():
    """No bookmark and no record holds a personal value, nor what was reckoned from one."""
    document = composed(p("{{ 捐赠人 }}{% for 人 in [捐赠人] %}{{ 人 }}{% endfor %}"))

    assert ["示例甲示例甲"] == texts(document)
    assert [] == bound(document)
    assert "示例甲" not in part(document, "customXml/item1.xml")


def test_bindings_of_a_dropped_section_vanish():
    """What is not printed is not recorded."""
    lines = [
        "{%p sections %}",
        "{%p section %}",
        "{{ 章号 }}书",
        "{{ 单位 }}{{ 捐书籍 }}",
        "{%p endsection %}",
    ]
    document = composed("".join(map(p, [*lines, "{%p endsections %}", "{{ 捐款 }}"])))

    assert [("捐款", "1.6万元")] == bound(document)


def test_old_copy_of_a_text_box_is_filled_but_not_bound():
    """mc:Fallback repeats a text box for old programs: same text, no second bookmark."""
    box = f"<w:txbxContent>{p('{{ 捐款 }}')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>"
    )
    document = composed(body)

    assert 2 == texts(document).count("1.6万元")
    assert [("捐款", "1.6万元")] == bound(document)


def test_figures_are_listed_once_in_the_order_of_the_text():
    """`printed` follows the document, sections moved or not."""
    value = compose(docx(p("{{ 捐款 }}{{ 捐衣物 }}{{ 捐款|数 }}元")), STANDARD, origins=(ORIGIN,)).value

    assert ["捐款", "捐衣物"] == [one.id for one in value.printed]
    assert len("1.6万元248件1.6万元") == value.characters


def test_record_has_part_properties_relation_type_and_digest():
    """Word finds the record by its relation and item id; the custom property repeats the record's digest."""
    document = composed(p("{{ 捐款 }}"))
    content = ElementTree.fromstring(part(document, "customXml/item1.xml")).text

    assert {"customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels"} <= set(
        part_names(document)
    )
    assert "../customXml/item1.xml" in part(document, "word/_rels/document.xml.rels")
    assert hashlib.sha256(content.encode()).hexdigest() in part(document, "docProps/custom.xml")
    assert [] == structure_problems(document)


def test_template_with_records_of_others_keeps_them():
    """A custom XML part and a custom property of the template stay; ours get the next number."""
    theirs = '<b:Sources xmlns:b="urn:b"/>'
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="4" name="文号"><vt:lpwstr>7</vt:lpwstr></property>'
        "</Properties>"
    )
    document = composed(p("{{ 捐款 }}"), parts={"customXml/item1.xml": theirs, "docProps/custom.xml": custom})

    assert theirs == part(document, "customXml/item1.xml")
    assert "urn:officeflow:record" in part(document, "customXml/item2.xml")
    assert 'pid="5"' in part(document, "docProps/custom.xml")
    assert "文号" in part(document, "docProps/custom.xml")


def test_record_reads_back():
    """What was written is what is read."""
    document = composed(p("{{ 捐款 }}"))
    found = read_record(document)

    assert ORIGIN == found.origin
    assert ["1.6万元"] == [entry.text for entry in found.figures.values()]


def rewritten(document: bytes, name: str, old: str, new: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(buffer, "w") as target:
        for item in source.namelist():
            content = source.read(item)
            target.writestr(item, content.replace(old.encode(), new.encode()) if item == name else content)
    return buffer.getvalue()


def test_untouched_edited_and_foreign_documents_are_told_apart():
    """A document is ours and as it was written, ours and changed, or not ours; packing it anew changes nothing."""
    document = composed(p("{{ 捐款 }}"))

    assert is_untouched(document) is True
    assert is_untouched(rewritten(document, "word/document.xml", "甲", "甲")) is True
    assert is_untouched(rewritten(document, "word/document.xml", "1.6", "1.7")) is False
    assert is_untouched(docx(p("甲"))) is None
    assert is_untouched(b"") is None


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "{}",
        "[]",
        '{"origin":3,"figures":{}}',
        '{"origin":{},"parts":"","figures":{}}',
        '{"origin":{},"figures":{"a":3}}',
    ],
)
def test_record_that_makes_no_sense_is_none(broken):
    """A damaged record is no record: nothing is guessed from it."""
    item = f'<of:record xmlns:of="urn:officeflow:record">{broken}</of:record>'

    assert read_record(docx(p("甲"), parts={"customXml/item1.xml": item})) is None


def test_record_stays_below_its_limit():
    """A document of very many figures keeps values and texts, loses contexts and sources, and says so."""
    cells = tuple(CellRef("台账", row, 3) for row in range(5, 5000, 2))
    many = by_id(figure(f"数{n}", Decimal(n), "件", cells=cells[: n % 3 * 40 + 1]) for n in range(1, 1400))
    body = p("".join(f"{{{{ {name} }}}}" for name in many))
    outcome = compose(docx(body), many, origins=(ORIGIN,))
    content = ElementTree.fromstring(part(outcome.value.document, "customXml/item1.xml")).text

    assert ["RECORD_CUT"] == brief(outcome.findings)
    assert len(content.encode()) <= LARGEST
    assert ("数7", "7件") in bound(outcome.value.document)


@pytest.mark.parametrize(
    "properties",
    [
        "<Properties",
        (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
            '<property pid="abc" name="x"/><property name="y"/></Properties>'
        ),
    ],
)
def test_a_template_with_odd_properties_carries_the_record_all_the_same(properties: str):
    """What stands in docProps/custom.xml of a template is nobody's promise."""
    document = composed(p("{{ 捐衣物 }}"), parts={"docProps/custom.xml": properties})

    assert is_untouched(document)
    assert 'pid="2"' in part(document, "docProps/custom.xml")
