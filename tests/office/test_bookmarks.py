"""Composed documents in other programs: they open, and what is bound stays bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from officeflow.document.provenance.record import read_record
from officeflow.document.render.composing import compose
from tests.support.docx import docx, p, part, table, texts
from tests.support.figures import ORIGIN, STANDARD
from tests.support.office import convert

BODY = (
    p("捐衣物{{ 捐衣物 }}，捐款{{ 捐款 }}，{{ 会议日期|月日 }}。")
    + table(
        ["社区", "天数"],
        ["{%tr for 事 in 帮办 %}", ""],
        ["{{ 事.社区 }}", "{{ 事.到场天数 }}"],
        ["{%tr endfor %}", ""],
    )
    + p("{{ 按语 }}")
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "简报.docx"
    path.write_bytes(compose(docx(BODY), STANDARD, origins=(ORIGIN,)).value.document)
    return path


@pytest.mark.office("soffice")
@pytest.mark.parametrize("way", [("docx",), ("odt", "docx"), ("doc", "docx")], ids="-".join)
def test_bookmarks_survive_libreoffice(document, tmp_path, way):
    """Saved by LibreOffice, also by way of .odt and .doc, each bookmark still holds its figure's text."""
    record = read_record(document.read_bytes())
    saved = document
    for number, kind in enumerate(way):
        folder = tmp_path / str(number)
        folder.mkdir()
        saved = convert(saved, kind, folder)
    xml = part(saved.read_bytes())

    assert texts(document.read_bytes())[0] == texts(saved.read_bytes())[0]
    for name, entry in record.figures.items():
        start = xml.index(f'w:name="{name}"')
        number = xml[xml.rindex("<", 0, start) : start].partition('w:id="')[2].partition('"')[0]
        inside = xml[xml.index(">", start) + 1 : xml.index(f'<w:bookmarkEnd w:id="{number}"', start)]
        assert entry.text == "".join(texts(docx(f"<w:p>{inside}</w:p>")))
