"""What templates print, and what is said about those that cannot be printed: tests/cases/document/engine.toml."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import docx as python_docx
import pytest

from officeflow.document.render.composing import compose
from officeflow.model.findings import Severity
from tests.support.brief import brief
from tests.support.docx import docx, p, package, part, part_names, table, texts
from tests.support.figures import ORIGIN, STANDARD, figure
from tests.support.structure import structure_problems

CASES = tomllib.loads(Path("tests/cases/document/engine.toml").read_text(encoding="utf-8"))["case"]


def template(body: str) -> bytes:
    return docx("".join(map(p, body.strip().split("\n"))))


@pytest.mark.parametrize("case", CASES, ids=[case["fact"] for case in CASES])
def test_template_prints_or_says_why_not(case):
    """A template gives the document's text, sound in structure, or all its findings."""
    outcome = compose(template(case["body"]), STANDARD, origins=(ORIGIN,))

    if "text" in case:
        assert [] == brief(outcome.findings)
        assert case["text"].strip().split("\n") == texts(outcome.value.document)
        assert [] == structure_problems(outcome.value.document)
        return
    said = "".join(finding.message + finding.remedy for finding in outcome.findings)
    assert outcome.value is None
    assert sorted(case.get("findings", brief(outcome.findings))) == sorted(brief(outcome.findings))
    assert all(words in said for words in case.get("says", ()))


def test_every_line_of_an_attack_is_refused_alone():
    """No expression of the attack case gives a document."""
    attack = next(case for case in CASES if case.get("refused"))

    for line in attack["body"].strip().split("\n"):
        assert compose(template(line), STANDARD, origins=(ORIGIN,)).value is None, line


def test_draft_shows_what_is_missing():
    """A draft carries 【待填：名称】 and says so as hints."""
    outcome = compose(
        template("{{ 总期号 }}，{{ 捐衣服 }}，{{ 捐款 }}"), STANDARD, origins=(ORIGIN,), draft=True
    )

    assert ["【待填：总期号】，【待填：捐衣服】，1.6万元"] == texts(outcome.value.document)
    assert {Severity.HINT} == {finding.severity for finding in outcome.findings}


def test_draft_shows_what_a_cell_asks_for_in_vain():
    """A tag in a cell that cannot be printed leaves no gap either."""
    figures = {**STANDARD, "按语": figure("按语", "还有{{捐衣物|length}}件，捐{{捐衣服}}。", has_tags=True)}
    outcome = compose(template("{{ 按语 }}"), figures, origins=(ORIGIN,), draft=True)

    assert ["还有【待填：捐衣物】件，捐【待填：捐衣服】。"] == texts(outcome.value.document)
    assert {Severity.HINT} == {finding.severity for finding in outcome.findings}


def test_printed_value_keeps_the_formatting_of_its_tag():
    """The run of a split tag has the properties of the run where the tag begins."""
    outcome = compose(docx(p("共¦{{ 捐¦衣物 }}", bold_from=1)), STANDARD, origins=(ORIGIN,))

    assert '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">248件</w:t></w:r>' in part(
        outcome.value.document
    )


def test_number_is_one_text_in_one_run():
    """No run, break or mark stands inside a printed number."""
    outcome = compose(docx(p("{{ 捐¦款|¦数 }}元")), STANDARD, origins=(ORIGIN,))

    assert ">1.6万</w:t>" in part(outcome.value.document)


SPLIT = {
    "spelling marks": '<w:r><w:t>{{ 捐</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>衣物 }}</w:t></w:r>',
    "a bookmark": '<w:r><w:t>{{ 捐</w:t></w:r><w:bookmarkStart w:id="3" w:name="a"/><w:r><w:t>衣物 }}</w:t></w:r>'
    '<w:bookmarkEnd w:id="3"/>',
    "several texts in one run": '<w:r><w:t>{{</w:t><w:t xml:space="preserve"> 捐衣</w:t><w:t>物 }}</w:t></w:r>',
    "a smart tag": '<w:r><w:t>{{ 捐</w:t></w:r><w:smartTag w:element="place"><w:smartTagPr/><w:r><w:t>衣物 }}</w:t></w:r>'
    "</w:smartTag>",
    "a tracked insertion": '<w:r><w:t>{{ 捐</w:t></w:r><w:ins w:id="7" w:author="a"><w:r><w:t>衣物 }}</w:t></w:r></w:ins>',
    "a link": '<w:hyperlink w:anchor="a"><w:r><w:t>{{ 捐衣</w:t></w:r></w:hyperlink><w:r><w:t>物 }}</w:t></w:r>',
    "a page break that was only rendered": "<w:r><w:t>{{ 捐</w:t><w:lastRenderedPageBreak/><w:t>衣物 }}</w:t></w:r>",
    "a content control": "<w:sdt><w:sdtContent><w:r><w:t>{{ 捐衣</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>物 }}</w:t></w:r>",
}


@pytest.mark.parametrize("runs", SPLIT.values(), ids=SPLIT)
def test_tag_is_healed_over(runs):
    """Whatever Word or WPS put inside a tag, it is one tag, and the rest of the paragraph stays."""
    outcome = compose(docx(f"<w:p>{runs}<w:r><w:t>。</w:t></w:r></w:p>"), STANDARD, origins=(ORIGIN,))

    assert [] == brief(outcome.findings)
    assert ["248件。"] == texts(outcome.value.document)
    assert [] == structure_problems(outcome.value.document)


def test_picture_inside_a_tag_is_not_lost():
    """A tag does not run across a picture: it is unclosed, and the picture is safe."""
    runs = "<w:r><w:t>{{ 捐</w:t><w:drawing/><w:t>衣物 }}</w:t></w:r>"

    assert ["TAG_UNCLOSED"] == brief(
        compose(docx(f"<w:p>{runs}</w:p>"), STANDARD, origins=(ORIGIN,)).findings
    )


def test_rows_and_cells_repeat_and_vanish():
    """{%tr repeats and removes rows, {%tc cells; a table without rows vanishes."""
    rows = table(
        ["社区", "天数"],
        ["{%tr for 事 in 帮办 %}", ""],
        ["{{ 事.社区 }}", "{{ 事.到场天数 }}"],
        ["{%tr endfor %}", ""],
    )
    gone = table(["{%tr if 捐书籍 %}"], ["甲"], ["{%tr endif %}"])
    cells = table(["左", "{%tc if 捐书籍 %}", "中", "{%tc endif %}", "右"])
    outcome = compose(docx(rows + p("末") + gone + p("尾") + cells + p("")), STANDARD, origins=(ORIGIN,))

    assert [] == brief(outcome.findings)
    assert ["社区", "天数", "西山社区", "2", "河北社区", "0", "末", "尾", "左", "右", ""] == texts(
        outcome.value.document
    )
    assert [] == structure_problems(outcome.value.document)


def test_cell_keeps_a_paragraph():
    """A cell whose paragraphs all vanish keeps an empty one: Word repairs cells without."""
    cell = p("{%p if 捐书籍 %}") + p("书") + p("{%p endif %}")
    outcome = compose(docx(table([cell]) + p("")), STANDARD, origins=(ORIGIN,))

    assert ["", ""] == texts(outcome.value.document)
    assert [] == structure_problems(outcome.value.document)


def test_page_layout_of_a_tag_paragraph_stays():
    """A {%p paragraph that ends a section keeps its page layout."""
    layout = "<w:pPr><w:sectPr/></w:pPr>"
    body = f"<w:p>{layout}<w:r><w:t>{{%p if 捐款 %}}</w:t></w:r></w:p>" + p("甲") + p("{%p endif %}")
    outcome = compose(docx(body), STANDARD, origins=(ORIGIN,))

    assert 2 == part(outcome.value.document).count("<w:sectPr")
    assert ["", "甲"] == texts(outcome.value.document)


def test_headers_are_composed_and_share_counts():
    """A header prints figures, printed counts too, with bookmarks of their own."""
    body = p("{% items 项数 %}{% item %}{{ 项号 }}是查。{% enditem %}{% enditems %}{{ 捐款 }}")
    outcome = compose(docx(body, header=p("{{ 捐款 }}共{{ 项数 }}项")), STANDARD, origins=(ORIGIN,))

    assert ["1.6万元共一项"] == texts(outcome.value.document, "word/header1.xml")
    assert {"项数": 1} == outcome.value.counts
    assert [] == structure_problems(outcome.value.document)


def test_pictures_in_loops_get_numbers_of_their_own():
    """Word repairs documents in which two pictures have the same number."""
    picture = (
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="4" name="a"/></wp:inline></w:drawing></w:r></w:p>'
    )
    body = p("{%p for 社区 in 联系社区 %}") + picture + p("{%p endfor %}") + picture.replace('"4"', '"5"')
    outcome = compose(docx(body), STANDARD, origins=(ORIGIN,))

    assert [] == structure_problems(outcome.value.document)


def test_parts_without_tags_are_the_template_s_own():
    """A part that holds no tag keeps its bytes; composing twice gives the same bytes."""
    styles = "<w:styles  xmlns:w='urn:x'> {9A} </w:styles>"
    made = docx(p("{{ 捐款 }}"), parts={"word/styles.xml": styles})
    first = compose(made, STANDARD, origins=(ORIGIN,)).value.document

    assert styles == part(first, "word/styles.xml")
    assert first == compose(made, STANDARD, origins=(ORIGIN,)).value.document


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)
NOT_TEMPLATES = {
    "a PDF": (b"%PDF-1.7", "FILE_PDF"),
    "a body that is no XML": (docx("<a>"), "FILE_DAMAGED"),
    "relations that are no XML": (docx("", parts={"_rels/.rels": "<"}), "FILE_DAMAGED"),
    "a body that is not there": (
        docx("", parts={"_rels/.rels": RELATIONS.format("a.xml")}),
        "TEMPLATE_FOREIGN",
    ),
    "a workbook": (
        docx(
            "", parts={"_rels/.rels": RELATIONS.format("xl/workbook.xml"), "xl/workbook.xml": "<workbook/>"}
        ),
        "TEMPLATE_FOREIGN",
    ),
}


@pytest.mark.parametrize(("template", "code"), NOT_TEMPLATES.values(), ids=NOT_TEMPLATES)
def test_file_that_is_no_template_is_one_finding(template, code):
    """Bytes that are no .docx give the one finding that says what they are."""
    outcome = compose(template, STANDARD, origins=(ORIGIN,))

    assert (None, [code]) == (outcome.value, brief(outcome.findings))


def test_body_is_found_by_its_relation():
    """Word Online writes word/document2.xml."""
    whole = docx(p("{{ 捐款 }}"))
    parts = {name: part(whole, name) for name in part_names(whole)}
    types = parts["[Content_Types].xml"].replace("document.xml", "document2.xml")
    made = package(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": RELATIONS.format("/word/document2.xml"),
            "word/document2.xml": parts["word/document.xml"],
        }
    )
    document = compose(made, STANDARD, origins=(ORIGIN,)).value.document

    assert ["1.6万元"] == texts(document, "word/document2.xml")
    assert [] == structure_problems(document)


def test_other_programs_read_what_was_composed():
    """python-docx opens the document and sees text and table."""
    body = p("捐款{{ 捐款 }}") + table(["社区"], ["{{ 联系社区 }}"]) + p("")
    opened = python_docx.Document(io.BytesIO(compose(docx(body), STANDARD, origins=(ORIGIN,)).value.document))

    assert "捐款1.6万元" == opened.paragraphs[0].text
    assert ["社区", "河北社区、西山社区"] == [
        cell.text for row in opened.tables[0].rows for cell in row.cells
    ]
