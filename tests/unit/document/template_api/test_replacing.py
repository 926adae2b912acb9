"""Pictures and embedded files exchanged: found by name, alt text, bytes or part name; what is missing is said."""

from __future__ import annotations

import io
import zipfile

import docxtpl
import pytest
from docx import Document

from officeflow import Template
from officeflow.document.template_api.replacing import Replacements
from officeflow.document.wml.placing import Placing, UnplacedError
from officeflow.ooxml import open_package
from officeflow.ooxml.parts import Parts
from tests.support.placing import PNG, png
from tests.support.structure import structure_problems

NEW = png(7, 5)


def template(*names: str, header: str = "") -> bytes:
    """One picture for each name, all showing the same file; the header's has a file of its own."""
    document = Document()
    for name in names:
        document.add_picture(io.BytesIO(PNG))
        document.inline_shapes[-1]._inline.docPr.set("descr", name)
    if header:
        paragraph = document.sections[0].header.paragraphs[0]
        paragraph.add_run().add_picture(io.BytesIO(png(3, 3)))
        paragraph._p.xpath(".//pic:cNvPr")[0].set("title", header)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written(data: bytes, replacements: Replacements, **options: bool) -> bytes:
    """The template as it is but for what is replaced."""
    patch = Parts(open_package(data).value)
    texts: dict[str, str] = {}
    numbers = iter(range(1000, 2000))
    placing = Placing(patch=patch, main="word/document.xml", next=lambda: next(numbers))
    replacements.apply(placing, texts, **options)
    for name, text in texts.items():
        patch.write(name, text.encode())
    assert [one for one in structure_problems(patch.to_bytes()) if "theme" not in one] == []
    return patch.to_bytes()


def pictures(document: bytes) -> list[bytes]:
    """What each picture of the body shows."""
    opened = Document(io.BytesIO(document))
    blips = opened.element.body.xpath(".//a:blip/@r:embed")
    return [opened.part.related_parts[own].blob for own in blips]


def test_picture_is_found_by_its_alt_text():
    """Another picture that shows the same file keeps it (docxtpl changes both)."""
    replacements = Replacements()
    replacements.replace_pic("公章", io.BytesIO(NEW))

    assert [PNG, NEW] == pictures(written(template("会标", "公章"), replacements))


def test_picture_of_a_header_is_found_by_its_title():
    """Headers and footers are looked through as well."""
    replacements = Replacements()
    replacements.replace_pic("会标", io.BytesIO(NEW))

    document = Document(io.BytesIO(written(template(header="会标"), replacements)))

    header = document.sections[0].header
    own = header._element.xpath(".//a:blip/@r:embed")[0]
    assert NEW == header.part.related_parts[own].blob


def test_name_of_the_file_does_as_it_does_in_docxtpl(tmp_path):
    """`replace_pic("image.png", …)` gives the same picture as docxtpl."""
    path = tmp_path / "template.docx"
    path.write_bytes(template("甲"))
    theirs = docxtpl.DocxTemplate(path)
    theirs.render({})
    theirs.replace_pic("image.png", io.BytesIO(NEW))
    buffer = io.BytesIO()
    theirs.save(buffer)
    replacements = Replacements()
    replacements.replace_pic("image.png", io.BytesIO(NEW))

    assert pictures(buffer.getvalue()) == pictures(written(path.read_bytes(), replacements)) == [NEW]


def test_picture_that_is_not_there_is_said():
    """A name without picture stops; `allow_missing` lets it pass."""
    replacements = Replacements()
    replacements.replace_pic("公章", io.BytesIO(NEW))

    with pytest.raises(UnplacedError) as raised:
        written(template("会标"), replacements)

    assert ("PICTURE_UNKNOWN", {"name": "公章"}) == (raised.value.code, raised.value.values)
    assert [PNG] == pictures(written(template("会标"), replacements, allow_missing=True))


def test_media_are_found_by_their_bytes(tmp_path):
    """Every picture with the bytes of the first file shows the second; paths do as open files do."""
    old, new = tmp_path / "old.png", tmp_path / "new.png"
    old.write_bytes(PNG)
    new.write_bytes(NEW)
    replacements = Replacements()
    replacements.replace_media(old, str(new))

    assert [NEW, NEW] == pictures(written(template("会标", "公章"), replacements))


def test_embedded_files_are_found_by_bytes_or_name():
    """Embedded workbooks can be exchanged by what they hold or by where they are."""
    document = Parts(open_package(template()).value)
    for name in ("a", "b"):
        document.write(f"word/embeddings/{name}.xlsx", name.encode())
    document.declare_extension("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    replacements = Replacements()
    replacements.replace_embedded(io.BytesIO(b"a"), io.BytesIO(b"A"))
    replacements.replace_zipname("word/embeddings/b.xlsx", io.BytesIO(b"B"))

    with zipfile.ZipFile(io.BytesIO(written(document.to_bytes(), replacements))) as archive:
        assert [b"A", b"B"] == [archive.read(f"word/embeddings/{name}.xlsx") for name in "ab"]


def test_reset_forgets():
    """After a reset the template is written as it is."""
    replacements = Replacements()
    replacements.replace_pic("会标", io.BytesIO(NEW))
    replacements.reset()

    assert [PNG] == pictures(written(template("会标"), replacements))


def test_properties_are_filled():
    """Tags in title and author are replaced, other properties stay; they can be read and set as python-docx does."""
    document = Document()
    document.core_properties.title, document.core_properties.author = "第{{ 期号 }}期", "{{ 单位 }}"
    document.core_properties.subject = "简报"
    buffer = io.BytesIO()
    document.save(buffer)
    filled = Template(buffer.getvalue())
    assert {"期号", "单位"} == filled.undeclared_template_variables
    filled.render({"期号": 3, "单位": "<甲>&乙\n丙"})
    filled.core_properties.keywords = "捐物"
    saved = io.BytesIO()
    filled.save(saved)

    found = Document(saved).core_properties
    assert ["第3期", "<甲>&乙 丙", "简报", "捐物"] == [
        found.title,
        found.author,
        found.subject,
        found.keywords,
    ]
