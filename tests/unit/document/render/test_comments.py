"""What is wrong with a template, written into a copy as Word comments at the tags."""

from __future__ import annotations

from defusedxml import ElementTree

from officeflow.document.render.checking import check_template
from officeflow.document.render.comments import with_comments
from officeflow.document.templates.store import compile_template
from tests.support.docx import docx, p, part, part_names, table, texts
from tests.support.structure import structure_problems

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def commented(template: bytes) -> bytes:
    compiled = compile_template(template)
    copy = with_comments(template, compiled.problems, compiled.findings)
    assert copy is not None
    return copy


def anchors(document: bytes) -> list[str]:
    """The text between the two ends of each comment, in the order of their numbers."""
    root = ElementTree.fromstring(part(document))
    said: dict[str, str] = {}
    open_ones: list[str] = []
    for node in root.iter():
        if node.tag == f"{W}commentRangeStart":
            open_ones.append(node.get(f"{W}id"))
            said[open_ones[-1]] = ""
        elif node.tag == f"{W}commentRangeEnd":
            open_ones.remove(node.get(f"{W}id"))
        elif node.tag == f"{W}t":
            for one in open_ones:
                said[one] += node.text or ""
    return [said[number] for number in sorted(said, key=int)]


def said(document: bytes) -> list[str]:
    """What each comment says, its paragraphs joined."""
    root = ElementTree.fromstring(part(document, "word/comments1.xml"))
    return ["".join(node.text or "" for node in one.iter(f"{W}t")) for one in root]


def test_each_problem_stands_at_its_tag():
    """Also where a tag is split over runs, stands twice, or in a table."""
    template = docx(
        p("共{{ 1 + }}件，又{{ 2 ¦* }}件，再{{ 1 + }}件") + table(["{% 不懂 %}", "甲"]) + p("后面{{ 捐款")
    )
    copy = commented(template)

    assert ["{{ 捐款", "{% 不懂 %}"] == [
        text for text in anchors(copy) if "+" not in text and "*" not in text
    ]
    assert texts(template) == texts(copy)
    assert [] == structure_problems(copy)


def test_same_tag_twice_is_told_twice():
    """Each comment has its own place."""
    copy = commented(docx(p("共{{ 1 + }}件，再{{ 1 + }}件")))

    assert ["{{ 1 + }}", "{{ 1 + }}"] == anchors(copy)
    assert 2 == len(said(copy))
    assert "“{{ 1 + }}”写法不对" in said(copy)[0]


def test_problem_of_a_header_is_told_at_the_beginning():
    """Word has no comments in headers; the words name the place."""
    copy = commented(docx(p("正文") + p("第二段"), header=p("{{ }}")))

    assert ["正文"] == anchors(copy)
    assert said(copy)[0].startswith("模板页眉第1段")


def test_what_is_wrong_with_the_whole_file_is_told_at_the_beginning():
    """Fields that fetch other files have no tag."""
    field = (
        f'<w:p {_WML}><w:fldSimple w:instr="INCLUDETEXT a.docx"><w:r><w:t>旧</w:t></w:r></w:fldSimple></w:p>'
    )
    copy = commented(docx(p("题") + field))

    assert ["题"] == anchors(copy)
    assert "INCLUDETEXT a.docx" in said(copy)[0]


def test_comments_that_are_there_stay():
    """New ones are numbered after them."""
    first = commented(docx(p("{{ }}")))
    second = with_comments(first, compile_template(first).problems)

    assert second is not None
    assert [said(first)[0]] * 2 == said(second)
    assert part_names(first) == part_names(second)
    assert [] == structure_problems(second)


def test_same_problems_give_the_same_bytes():
    """No date, no chance."""
    template = docx(p("{{ }}"))

    assert commented(template) == commented(template)


def test_comments_bear_the_day_the_template_was_saved():
    """LibreOffice would show the year -1 otherwise; no clock is asked."""
    core = '<x xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>2014-06-06T08:00:00Z</dcterms:modified></x>'
    copy = commented(docx(p("{{ }}"), parts={"docProps/core.xml": core}))

    assert 'w:date="2014-06-06T08:00:00Z"' in part(copy, "word/comments1.xml")


def test_empty_paragraph_can_be_commented():
    """A file without any text still says what is wrong."""
    copy = commented(docx("<w:p/>", header=p("{{ }}")))

    assert [""] == anchors(copy)
    assert [] == structure_problems(copy)


def test_text_box_is_told_at_its_paragraph():
    """Word comments on nothing inside a box."""
    box = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{p('{{ }}')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    copy = commented(docx(p("前") + box))

    root = ElementTree.fromstring(part(copy))
    boxes = list(root.iter(f"{W}txbxContent"))
    assert [] == list(boxes[0].iter(f"{W}commentRangeStart"))
    assert 1 == len(said(copy))


def test_what_is_no_word_file_gets_no_copy():
    """Its finding is all there is to say; so it is where there is nothing to comment on."""
    assert with_comments(b"%PDF-1.7", ()) is None
    assert with_comments(docx(""), (), (check_template(docx(p("{{ }}"))).findings)) is None
