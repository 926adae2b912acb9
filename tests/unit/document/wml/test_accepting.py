"""A part with every tracked change accepted says what a person reads, and holds no change any more."""

from __future__ import annotations

import pytest
from lxml import etree

from officeflow.document.wml.bound_text import read_part_text
from officeflow.document.wml.tracking import accept_changes
from tests.support.docx import docx, p, part, table
from tests.support.tracked import accepted

BY = 'w:id="1" w:author="科长"'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def struck(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def put(text: str) -> str:
    return f"<w:ins {BY}>{run(text)}</w:ins>"


def ended(way: str, inside: str) -> str:
    """A paragraph whose end was put in or struck."""
    return f"<w:p><w:pPr><w:rPr><w:{way} {BY}/></w:rPr></w:pPr>{inside}</w:p>"


def row(way: str, text: str) -> str:
    return f"<w:tr><w:trPr><w:{way} {BY}/></w:trPr><w:tc>{p(text)}</w:tc></w:tr>"


CASES = {
    "words": (f"<w:p>{run('捐')}{struck('248')}{put('256')}{run('件')}</w:p>", ["捐256件"]),
    "paragraph put in": (ended("ins", put("新")) + p("末"), ["新", "末"]),
    "paragraph struck": (p("一") + ended("del", struck("二")) + p("三"), ["一", "三"]),
    "joined": (ended("del", run("一，")) + p("二。"), ["一，二。"]),
    "three joined": (ended("del", run("一，")) + ended("del", run("二，")) + p("三。"), ["一，二，三。"]),
    "before a table": (ended("del", struck("删")) + table(("甲",)) + p("末"), ["甲", "末"]),
    "last": (p("一") + ended("del", run("二")), ["一", "二"]),
    "moved": (
        (
            f"<w:p><w:moveFromRangeStart w:id='2' w:name='m'/><w:moveFrom {BY}>{run('移')}</w:moveFrom>"
            f"<w:moveFromRangeEnd w:id='2'/>{run('一')}</w:p><w:p><w:moveTo {BY}>{run('移')}</w:moveTo></w:p>"
        ),
        ["一", "移"],
    ),
    "rows": (f"<w:tbl>{row('del', '旧')}{row('ins', '新')}</w:tbl>{p('末')}", ["新", "末"]),
    "whole table": (f"<w:tbl>{row('del', '旧')}</w:tbl>{p('末')}", ["末"]),
    "looks": (
        (
            f"<w:p><w:pPr><w:jc w:val='left'/><w:pPrChange {BY}><w:pPr/></w:pPrChange></w:pPr>"
            f"<w:r><w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr><w:t>字</w:t></w:r></w:p>"
        ),
        ["字"],
    ),
    "inside each other": (f"<w:p><w:ins {BY}>{struck('去')}{run('留')}</w:ins></w:p>", ["留"]),
}


@pytest.mark.parametrize("case", CASES)
def test_accepted_is_what_a_person_reads(case: str):
    """The words of the accepted text, and no change left in the part."""
    body, expected = CASES[case]
    document = docx(body)
    root = etree.fromstring(part(document).encode())
    accept_changes(root)
    left = [
        one.tag
        for one in root.iter()
        if str(one.tag).endswith(("}ins", "}del", "Change", "}moveTo", "}moveFrom"))
    ]

    assert expected == [text for one in read_part_text("", root).paragraphs if (text := one.text.strip())]
    assert expected == accepted(document) or case == "moved"
    assert [] == left


def test_a_bookmark_over_struck_words_keeps_both_ends():
    """One end inside what is struck: it stays where that was, so that the figure is found."""
    body = (
        f'<w:p><w:bookmarkStart w:id="7" w:name="_of_1_1"/>{struck("248")}<w:del {BY}><w:r><w:delText>件</w:delText></w:r>'
        f'<w:bookmarkEnd w:id="7"/></w:del>{put("256件")}</w:p>'
    )
    root = etree.fromstring(part(docx(body)).encode())
    accept_changes(root)

    assert {"_of_1_1"} == read_part_text("", root).marks.keys()
