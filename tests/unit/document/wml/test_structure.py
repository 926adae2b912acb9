"""What a strict reader would stumble over."""

from __future__ import annotations

import pytest

from tests.support.docx import docx, p, table
from tests.support.structure import structure_problems

_MARK = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>'
CASES = {
    "a number used twice": (
        f'<w:p>{_MARK.format(1, "a")}<w:bookmarkEnd w:id="1"/>{_MARK.format(1, "b")}<w:bookmarkEnd w:id="1"/></w:p>',
        "bookmark id 1 used 2 times",
    ),
    "a name used twice": (
        f'<w:p>{_MARK.format(1, "a")}<w:bookmarkEnd w:id="1"/>{_MARK.format(2, "a")}<w:bookmarkEnd w:id="2"/></w:p>',
        "bookmark name a used 2 times",
    ),
    "a bookmark without end": (
        f"<w:p>{_MARK.format(1, 'a')}</w:p>",
        "word/document.xml: bookmarkStart 1: no end",
    ),
    "an end without bookmark": (
        '<w:p><w:bookmarkEnd w:id="1"/></w:p>',
        "word/document.xml: bookmarkEnd 1: no start before it",
    ),
    "a picture number used twice": (
        '<w:p><w:r><wp:docPr id="1" name="a"/></w:r><w:r><wp:docPr id="1" name="b"/></w:r></w:p>',
        "picture id 1 used 2 times",
    ),
    "a relation that is not there": (
        '<w:p><w:hyperlink r:id="rId7"/></w:p>',
        "word/document.xml: hyperlink: no relation rId7",
    ),
    "paragraph properties out of order": (
        "<w:p><w:pPr><w:jc/><w:keepNext/></w:pPr></w:p>",
        "word/document.xml: pPr: children out of order: jc keepNext",
    ),
    "run properties out of order": (
        "<w:p><w:r><w:rPr><w:sz/><w:rFonts/></w:rPr></w:r></w:p>",
        "word/document.xml: rPr: children out of order: sz rFonts",
    ),
    "an unknown property": (
        "<w:p><w:pPr><w:foo/></w:pPr></w:p>",
        "word/document.xml: pPr: children out of order: foo",
    ),
    "properties after text": (
        "<w:p><w:r><w:t>甲</w:t><w:rPr/></w:r></w:p>",
        "word/document.xml: r: properties must come first",
    ),
    "table properties out of order": (
        "<w:tbl><w:tblPr><w:jc/><w:tblStyle/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        "word/document.xml: tblPr: children out of order: jc tblStyle",
    ),
    "a cell without paragraph": (table(["<w:tcPr/>"]), "word/document.xml: tc: must end with a paragraph"),
    "a table without rows": ("<w:tbl><w:tblPr/></w:tbl>", "word/document.xml: tbl: empty"),
    "a row without cells": ("<w:tbl><w:tblPr/><w:tr/></w:tbl>", "word/document.xml: tr: empty"),
    "a theme font": (
        '<w:p><w:r><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr></w:r></w:p>',
        "word/document.xml: rFonts: theme attribute eastAsiaTheme",
    ),
    "a page layout in the middle": (
        "<w:sectPr/>" + p("甲"),
        "word/document.xml: body: sectPr must come last",
    ),
}


def test_sound_document_has_no_problem():
    """A paragraph, a table and a header are fine."""
    assert [] == structure_problems(docx(p("甲") + table(["乙"]) + p(""), header=p("丙")))


@pytest.mark.parametrize(("body", "problem"), CASES.values(), ids=CASES)
def test_problem_is_named(body, problem):
    """Each fault is named with its part."""
    assert problem in structure_problems(docx(body))


def test_parts_relations_and_types_must_agree():
    """Parts without type, types without part, relations into nothing, parts that are no XML."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="t" Target="styles.xml"/><Relationship Id="a" Type="t" Target="http://x/" '
        'TargetMode="External"/></Relationships>'
    )
    parts = {"word/_rels/document.xml.rels": relations, "word/media/a.png": "x", "word/bad.xml": "<a>"}
    problems = structure_problems(docx(p("甲"), parts=parts))

    assert "word/media/a.png: no content type" in problems
    assert "word/_rels/document.xml.rels: styles.xml is not there" in problems
    assert "word/_rels/document.xml.rels: id a twice" in problems
    assert any(problem.startswith("word/bad.xml: ") for problem in problems)


def test_bytes_that_are_no_package():
    """Anything else is said in three words."""
    assert ["not a package"] == structure_problems(b"abc")
