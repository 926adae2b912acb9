"""A document marked as classified is refused by whatever reads one of ours: one plain message, nothing written."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from docx import Document

from officeflow.cli import main
from tests.support.documents import DOCUMENT, WORKBOOK, desk

READERS = {
    "verify": ["verify", "{document}", "--with", "{book}"],
    "trace": ["trace", "{document}"],
    "trace, page": ["trace", "{document}", "--html", "{folder}/数.html", "--docx", "{folder}/数.docx"],
    "refresh": ["refresh", "{document}", "--with", "{book}", "-o", "{folder}/新.docx"],
    "refresh, same file": ["refresh", "{document}", "--with", "{book}", "-o", "{document}"],
    "refresh, next": ["refresh", "{document}", "--with", "{book}", "--as-next"],
    "seal": ["seal", "{document}"],
    "seal, public": ["seal", "{document}", "--public"],
    "seal, sidecar": ["seal", "{document}", "--sidecar"],
    "rebind": ["rebind", "{other}", "--from", "{document}"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(desk(tmp_path), tmp_path / "返回.docx")
    return tmp_path


def run(folder: Path, name: str, reader: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    places = {
        "document": folder / name,
        "book": folder / WORKBOOK,
        "other": folder / "返回.docx",
        "folder": folder,
    }
    code = main([*(word.format_map(places) for word in READERS[reader]), "--json"])
    captured = capsys.readouterr()
    assert "" == captured.err
    return code, [finding["code"] for finding in json.loads(captured.out)["findings"]]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def marked(document: bytes, text: str, *, is_header: bool) -> bytes:
    file = Document(io.BytesIO(document))
    if is_header:
        file.sections[0].header.add_paragraph(text)
    else:
        file.add_paragraph(text)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("is_header", [False, True], ids=["body", "header"])
def test_marking_stops_every_reader(folder: Path, reader: str, is_header: bool, capsys):
    """Exit 1 with one message of it; nothing is written beside the document or over it."""
    path = folder / DOCUMENT
    path.write_bytes(marked(path.read_bytes(), "机密★1年", is_header=is_header))
    before = contents(folder)

    assert (1, ["MARKED"]) == run(folder, DOCUMENT, reader, capsys)
    assert before == contents(folder)


@pytest.mark.parametrize("reader", READERS)
def test_marked_name_stops_before_the_file_is_opened(folder: Path, reader: str, capsys):
    """So does the name alone, of a file that is not even there."""
    before = contents(folder)

    assert (1, ["MARKED"]) == run(folder, "某局_机密_2026.docx", reader, capsys)
    assert before == contents(folder)


def test_the_bare_word_stops_nothing(folder: Path, capsys):
    """Prose about secrets is no marking."""
    path = folder / DOCUMENT
    path.write_bytes(marked(path.read_bytes(), "教育群众保守秘密。", is_header=False))

    assert 0 == run(folder, DOCUMENT, "verify", capsys)[0]
    assert 0 == run(folder, DOCUMENT, "seal", capsys)[0]
