"""The record in custom properties: cut so that any program keeps it, read again only when it is whole."""

from __future__ import annotations

import re

import pytest

from officeflow.document.bound.document import read_bound
from officeflow.document.bound.sealing import seal
from officeflow.document.provenance.record import is_untouched, read_record
from officeflow.document.render.composing import compose
from officeflow.document.wml.carrying import carried, read_carried, with_properties
from tests.support.docx import docx, p, package, part, part_names
from tests.support.figures import ORIGIN, STANDARD, figure
from tests.support.structure import structure_problems

CONTENT = '{"甲":"' + "乙丙丁　 戊己 " * 200 + '"}'


def test_pieces_are_short_and_no_blank_stands_at_their_ends():
    """Word's dialogue takes 255 characters, and programs trim texts."""
    pieces = list(carried(CONTENT).values())

    assert max(map(len, pieces)) <= 255
    assert pieces == [piece.strip() for piece in pieces]
    assert len(pieces) > 4


def test_what_is_carried_is_read_again_in_any_order():
    """Programs sort properties by name: 10 before 2."""
    own = carried(CONTENT)

    assert CONTENT == read_carried(with_properties(None, dict(sorted(own.items()))))


@pytest.mark.parametrize("lost", ["officeflow", "officeflow_1", "officeflow_3"])
def test_a_record_that_is_not_whole_is_none(lost):
    """A piece or the digest gone, a piece changed: nothing is read, nothing is guessed."""
    own = carried(CONTENT)
    without = {name: text for name, text in own.items() if name != lost}

    assert None is read_carried(with_properties(None, without))
    assert None is read_carried(with_properties(None, {**own, lost: "x"}))


@pytest.mark.parametrize("part_", [b"", b"<no", b"<Properties/>"])
def test_properties_that_carry_nothing(part_):
    """Damaged properties, or none of ours."""
    assert None is read_carried(part_)


def lost_to_odt(document: bytes) -> bytes:
    """The document as a program leaves it that drops custom XML."""
    files = {name: part(document, name) for name in part_names(document) if not name.startswith("customXml")}
    for name in ("word/_rels/document.xml.rels", "[Content_Types].xml"):
        files[name] = re.sub(r"<(?:Relationship|Override) [^>]*customXml[^>]*/>", "", files[name])
    return package(files)


def test_record_is_found_where_custom_xml_is_gone():
    """The same record; the document counts as saved by others, whatever it says."""
    document = compose(docx(p("捐款{{ 捐款 }}")), STANDARD, origins=(ORIGIN,)).value.document
    after = lost_to_odt(document)

    assert read_record(document) == read_record(after)
    assert (True, False) == (is_untouched(document), is_untouched(after))
    assert [] == structure_problems(after)


@pytest.mark.parametrize("name", ["docProps/custom.xml", "customXml/item1.xml"])
@pytest.mark.parametrize(
    "body", ["{{ 捐赠人 }}捐款{{ 捐款 }}", "{{ 捐款 }}由{{ 捐赠人 }}捐出", "{{ 谢词 }}{{ 捐款 }}"]
)
def test_no_personal_value_is_kept(body, name):
    """Neither as a figure, nor inside a clerk's text, nor among the words around another figure."""
    thanks = figure("谢词", "感谢{{捐赠人}}！", has_tags=True)
    document = compose(docx(p(body)), {**STANDARD, "谢词": thanks}, origins=(ORIGIN,)).value.document
    (one,) = read_bound(document).value.figures

    assert "示例甲" in part(document)
    assert "例甲" not in part(document, name)
    assert "1.6万元" == one.text


def test_figure_is_found_by_words_with_a_hidden_name_among_them():
    """Without its bookmark a figure is found between its words, whatever name stands there."""
    document = compose(docx(p("{{ 捐赠人 }}捐款{{ 捐款 }}。")), STANDARD, origins=(ORIGIN,)).value.document
    files = {name: part(document, name) for name in part_names(document)}
    files["word/document.xml"] = re.sub("<w:bookmark[^>]*>", "", files["word/document.xml"])
    (one,) = read_bound(package(files)).value.figures

    assert ("1.6万元", False) == (one.text, one.is_marked)


def test_sealing_brings_no_name_back():
    """The words around a figure are recorded anew, but a hidden name stays hidden."""
    document = compose(docx(p("{{ 捐赠人 }}捐款{{ 捐款 }}。")), STANDARD, origins=(ORIGIN,)).value.document

    assert "例甲" not in read_record(seal(read_bound(document).value).document).to_json()
