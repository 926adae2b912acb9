"""Pictures in a line: parts, relations, size, and what is said about files that are no picture."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.shared import Mm

from officeflow.document.template_api.inline_image import InlineImage
from officeflow.document.wml.placing import UnplacedError
from tests.support.docx import docx, p, part, part_names
from tests.support.placing import PNG, Written, png


def picture(data: bytes, **size: int) -> InlineImage:
    return InlineImage(None, io.BytesIO(data), **size)


def test_picture_takes_its_size_from_the_file():
    """100 × 50 dots at 254 dots per inch are 10 × 5 mm."""
    document = Written(docx(p("@"))).put(picture(png(100, 50, dots_per_metre=10_000)))

    shape = Document(io.BytesIO(document)).inline_shapes[0]
    assert (10.0, 5.0) == (round(shape.width.mm, 2), round(shape.height.mm, 2))


def test_one_side_keeps_the_proportions():
    """Width alone gives the height, as the file's own proportions have it."""
    document = Written(docx(p("@"))).put(
        picture(png(100, 50), width=Mm(80)), picture(png(100, 50), height=Mm(20))
    )

    assert [(80, 40), (40, 20)] == [
        (round(shape.width.mm), round(shape.height.mm))
        for shape in Document(io.BytesIO(document)).inline_shapes
    ]


def test_same_picture_is_stored_once():
    """Three uses are one part, one relation and three numbers."""
    document = Written(docx(p("@"))).put(picture(PNG), picture(PNG), picture(PNG))

    assert ["word/media/image1.png"] == [name for name in part_names(document) if "media" in name]
    assert 1 == part(document, "word/_rels/document.xml.rels").count("image1.png")


def test_picture_in_a_header_is_a_relation_of_the_header():
    """The body's relations do not count there."""
    header = '<w:p><w:r><w:t xml:space="preserve">@</w:t></w:r></w:p>'

    document = Written(docx(p("甲"), header=header), "word/header1.xml").put(picture(PNG))

    assert "image1.png" in part(document, "word/_rels/header1.xml.rels")
    assert "image1.png" not in part(document, "word/_rels/document.xml.rels")


def test_picture_with_an_address_is_a_link():
    """`anchor` links picture and frame to the address."""
    document = Written(docx(p("@"))).put(
        InlineImage(None, io.BytesIO(PNG), anchor="https://example.org/?甲=1&乙=2")
    )

    assert "https://example.org/?甲=1&amp;乙=2" in part(document, "word/_rels/document.xml.rels")
    assert 2 == part(document).count("hlinkClick ")


def test_ten_megabytes_pass():
    """A photograph as it comes from a telephone."""
    document = Written(docx(p("@"))).put(picture(png(40, 30, filler=10 << 20)))

    assert 1 == len(Document(io.BytesIO(document)).inline_shapes)


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF", "不是图片".encode(), PNG[:20], b"\xff\xd8\xff\xe0\0\x10JFIF", b"BM" + b"\0" * 9, b"<svg/>"],
    ids=["empty", "gif", "text", "png", "jpeg", "bmp", "svg"],
)
def test_what_is_no_picture_is_named(tmp_path, data):
    """A broken or foreign file is a finding with its name, never a broken document."""
    path = tmp_path / "照片.png"
    path.write_bytes(data)

    with pytest.raises(UnplacedError) as raised:
        Written(docx(p("@"))).put(InlineImage(None, path))

    assert ("IMAGE_UNREADABLE", {"name": "照片.png"}) == (raised.value.code, raised.value.values)


def test_picture_that_is_not_there_is_named(tmp_path):
    """A missing file is a finding with its name."""
    with pytest.raises(UnplacedError) as raised:
        Written(docx(p("@"))).put(InlineImage(None, str(tmp_path / "照片.png")))

    assert "IMAGE_MISSING" == raised.value.code


def test_open_file_may_be_put_in_twice():
    """A second rendering reads it from its beginning again."""
    image = picture(PNG)
    Written(docx(p("@"))).put(image)

    assert "image1.png" in str(part_names(Written(docx(p("@"))).put(image)))
