"""Documents of other programs: plain text read as it was meant, the rest named for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from officeflow.document.wml.converting import as_docx
from tests.support.docx import docx, p, texts
from tests.support.structure import structure_problems

LINES = ["关于捐款的情况", "", "共捐衣物248件。"]


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(LINES).encode(),
        "\r\n".join(LINES).encode("utf-8-sig"),
        "\r\n".join(LINES).encode("gb18030"),
        "\r\n".join(LINES).encode("utf-16"),
        "\f".join(LINES).encode(),
    ],
    ids=["unix", "mark", "gb18030", "utf-16", "pages"],
)
def test_plain_text_is_a_document_line_by_line(content: bytes, tmp_path: Path):
    """Whatever Notepad and older programs write: a paragraph for each line, and Word can open it."""
    (tmp_path / "返回.txt").write_bytes(content)
    outcome = as_docx((tmp_path / "返回.txt").read_bytes(), "返回.txt")

    assert () == outcome.findings
    assert outcome.value is not None
    assert LINES == texts(outcome.value)
    assert [] == structure_problems(outcome.value)


def test_signs_that_no_document_holds_are_left_out(tmp_path: Path):
    """Control characters of a terminal; markup is text."""
    (tmp_path / "返回.txt").write_text("<w:p>\x07共\x1b248件&\t完", encoding="utf-8")
    outcome = as_docx((tmp_path / "返回.txt").read_bytes(), "返回.txt")

    assert outcome.value is not None
    assert ["<w:p>共248件&→完"] == texts(outcome.value)


def test_a_word_document_is_passed_on(tmp_path: Path):
    """Byte for byte, whatever its name."""
    (tmp_path / "返回.doc").write_bytes(docx(p("文")))

    assert docx(p("文")) == as_docx((tmp_path / "返回.doc").read_bytes(), "返回.doc").value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b"%PDF-1.7", "WORD_NEEDED"),
        (b"\xff\xd8\xff\xe0", "WORD_NEEDED"),
        (b"MZ\x90\x00", "WORD_NEEDED"),
        (b"{\\rtf1 x}", "LIBREOFFICE_NEEDED"),
        (b"<html><body>x</body></html>", "LIBREOFFICE_NEEDED"),
    ],
)
def test_what_cannot_be_read_is_said_once(content: bytes, code: str, tmp_path: Path):
    """With the file's name and what to do instead."""
    (tmp_path / "返回.docx").write_bytes(content)
    outcome = as_docx((tmp_path / "返回.docx").read_bytes(), "返回.docx")

    assert outcome.value is None
    assert [code] == [finding.code for finding in outcome.findings]
    assert "返回.docx" in outcome.findings[0].message
