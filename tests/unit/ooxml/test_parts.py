"""One model of parts, content types and relations for files that are changed and files that are made."""

from __future__ import annotations

import pytest

from officeflow.ooxml import PartError, open_package, write_package
from officeflow.ooxml.parts import CONTENT_TYPES, OFFICE, Parts

TYPES = b'<Types xmlns="t"><Default Extension="xml" ContentType="application/xml"/></Types>'
RELATIONS = (
    b'<Relationships xmlns="r"><Relationship Id="a" Type="http://x/comments" Target="/xl/c.xml"/>'
    b'<Relationship Id="rId1" Type="http://x/hyperlink" Target="xl/c.xml" TargetMode="External"/></Relationships>'
)
SOURCE = {CONTENT_TYPES: TYPES, "XL/Workbook.xml": b"<w/>", "xl/_rels/workbook.xml.rels": RELATIONS}


def opened(parts: dict[str, bytes]) -> Parts:
    package = open_package(write_package(parts)).value
    assert package is not None
    return Parts(package)


@pytest.fixture(params=[opened, Parts], ids=["package", "mapping"])
def parts(request: pytest.FixtureRequest) -> Parts:
    return request.param(SOURCE)


def test_case_of_names_does_not_matter(parts: Parts):
    """A part keeps the name the file gave it, whoever writes it."""
    parts.write("xl/workbook.xml", b"<w>2</w>")

    assert b"<w>2</w>" == parts.read("XL/WORKBOOK.XML") == parts.parts()["XL/Workbook.xml"]
    assert {"XL/Workbook.xml"} == set(parts.changed)


def test_what_is_written_as_it_was_is_untouched(parts: Parts):
    """Then a signature over it holds."""
    parts.write("xl/workbook.xml", b"<w/>")

    assert {} == dict(parts.changed)
    assert SOURCE == parts.parts()


def test_a_part_is_related_once(parts: Parts):
    """From the root or from its folder: a target is the same target; an address outside is another one."""
    assert "a" == parts.relate("xl/workbook.xml", "comments", "xl/c.xml")
    assert "rId2" == parts.relate("xl/workbook.xml", OFFICE + "hyperlink", "xl/c.xml")
    assert "of1" == parts.relate("xl/workbook.xml", "styles", "xl/s.xml", prefix="of")
    assert [False, True, False, False] == [one.is_outside for one in parts.relations("xl/workbook.xml")]


def test_a_declaration_that_is_there_is_kept(parts: Parts):
    """Content types that know the part keep their bytes."""
    parts.declare("xl/c.xml", "text/x")
    once = parts.read(CONTENT_TYPES)
    parts.declare("XL/C.xml", "text/y")

    assert once == parts.read(CONTENT_TYPES)


def test_a_part_that_was_dropped_is_missing_and_can_come_again(parts: Parts):
    """A name once used is not given to another part."""
    parts.drop("xl/workbook.xml")

    with pytest.raises(PartError):
        parts.read("xl/nowhere.xml")
    assert "xl/workbook.xml" not in parts
    assert (CONTENT_TYPES,) == parts.names
    assert "xl/x1.xml" == parts.free_name("xl/x{}.xml")
    parts.write("xl/workbook.xml", b"<w/>")
    assert "xl/workbook.xml" in parts


def test_a_new_file_opens():
    """Content types first; the package is related to what it holds."""
    parts = Parts()
    parts.write("a/main.xml", b"<m/>")
    parts.declare("a/main.xml", "text/x")
    parts.relate("", "officeDocument", "a/main.xml")
    data = parts.to_bytes()

    assert (CONTENT_TYPES, "a/main.xml", "_rels/.rels") == opened(parts.parts()).names
    assert data == Parts(parts.parts()).to_bytes()
    assert b'Target="a/main.xml"' in parts.read("_rels/.rels")


def test_relations_and_declarations_come_and_go():
    """A part, its kind and what refers to it; a list that is empty goes too."""
    parts = opened({CONTENT_TYPES: TYPES, "xl/worksheets/sheet1.xml": b"<worksheet/>"})
    name = parts.free_name("xl/comments{}.xml")
    parts.write(name, b"<comments/>")
    parts.declare(name, "text/x")
    relation = parts.relate("xl/worksheets/sheet1.xml", "comments", name)

    assert [(relation, "comments", "xl/comments1.xml")] == [
        (one.id, one.kind, one.target) for one in parts.relations("xl/worksheets/sheet1.xml")
    ]
    assert b'Target="../comments1.xml"' in parts.read("xl/worksheets/_rels/sheet1.xml.rels")
    parts.unrelate("xl/worksheets/sheet1.xml", relation)
    parts.drop(name)
    assert {CONTENT_TYPES: TYPES, "xl/worksheets/sheet1.xml": b"<worksheet/>"} == parts.parts()


def test_a_part_that_may_not_be_read_is_passed_on():
    """A drawing with a document type is nobody's business but its program's."""
    svg = b"<!DOCTYPE svg><svg/>"

    assert svg == opened({CONTENT_TYPES: TYPES, "xl/media/image1.svg": svg}).parts()["xl/media/image1.svg"]
