"""Opening packages; broken and hostile ones are in tests/faults."""

from pathlib import Path

import pytest

from officeflow.ooxml import FileKind, PartError, kind_of, open_package, write_package

PACKAGE = write_package({"[Content_Types].xml": b"<Types/>", "Word/Document.xml": b"<w/>"})


def test_part_names_do_not_mind_case():
    """Part names are compared without case, and listed as stored."""
    package = open_package(PACKAGE, name="a.docx").value
    assert package is not None

    assert ("[Content_Types].xml", "Word/Document.xml") == package.names
    assert "word/document.xml" in package
    assert b"<w/>" == package.read("word/DOCUMENT.xml")


def test_a_missing_part_is_a_finding():
    """The finding names the file and the part."""
    package = open_package(PACKAGE, name="a.docx").value
    assert package is not None

    with pytest.raises(PartError) as raised:
        package.read("word/styles.xml")
    assert "FILE_PART_MISSING" == raised.value.finding.code
    assert "a.docx" in raised.value.finding.message


def test_a_path_gives_its_name(tmp_path: Path):
    """Messages name the file as people know it."""
    path = tmp_path / "某局.docx"
    path.write_bytes(b"%PDF-1.4")

    assert "“某局.docx”" in open_package(path).findings[0].message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xef\xbb\xbf<!DOCTYPE HTML><html>", FileKind.HTML),
        (b"MIME-Version: 1.0\r\n", FileKind.HTML),
        ("单位，人数".encode(), FileKind.CSV),
        ("字".encode("gb18030") * 2047 + b"\xd7", FileKind.CSV),
        (b"a\0b", FileKind.FOREIGN),
        (b"\xff" * 99, FileKind.FOREIGN),
        (b"{\\rtf1", FileKind.OTHER_OFFICE),
        (b"PK\x05\x06" + bytes(18), FileKind.ZIP),
    ],
)
def test_kinds(data: bytes, kind: FileKind):
    """A file is what its bytes say."""
    assert kind is kind_of(data)


@pytest.mark.parametrize(
    "prolog", [b"", b"\xef\xbb\xbf<?xml version='1.0'?>\n", b"<!--" + b"x" * 9000 + b"-->\n<?a b?> "]
)
def test_a_document_type_is_refused_wherever_it_stands(prolog: bytes):
    """No office program writes one; remarks before it hide nothing."""
    package = open_package(
        write_package({"[Content_Types].xml": b"<Types/>", "a.xml": prolog + b"<!DOCTYPE a><a/>"})
    )
    assert package.value is not None

    with pytest.raises(PartError) as raised:
        package.value.read("a.xml")
    assert "FILE_UNSAFE" == raised.value.finding.code
