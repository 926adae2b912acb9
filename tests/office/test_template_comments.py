"""A checked template in LibreOffice: its comments stand where the mistakes are."""

from __future__ import annotations

from pathlib import Path

import pytest
from defusedxml import ElementTree

from officeflow.document.render.checking import check_template
from officeflow.document.render.comments import with_comments
from tests.support.docx import docx, p, part, table
from tests.support.figures import STANDARD
from tests.support.office import convert

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.office("soffice")
def test_libreoffice_shows_each_comment_at_its_tag(tmp_path: Path) -> None:
    """Opened and saved again: the same words around the same text, also in a table."""
    template = docx(p("共{{ 捐衣物 }}件，{{ 捐衣服 }}") + table(["{{ 1 + }}", "甲"]))
    checked = check_template(template, STANDARD)
    path = tmp_path / "模板.docx"
    path.write_bytes(with_comments(template, checked.problems) or b"")
    saved = convert(path, "docx", tmp_path / "saved").read_bytes()
    root = ElementTree.fromstring(part(saved))
    anchored: dict[str, str] = {}
    opened: set[str] = set()
    for node in root.iter():
        if node.tag == f"{W}commentRangeStart":
            opened.add(node.get(f"{W}id"))
        elif node.tag == f"{W}commentRangeEnd":
            opened.discard(node.get(f"{W}id"))
        elif node.tag == f"{W}t":
            anchored |= {one: anchored.get(one, "") + (node.text or "") for one in opened}
    said = {
        one.get(f"{W}id"): "".join(node.text or "" for node in one.iter(f"{W}t"))
        for one in ElementTree.fromstring(part(saved, "word/comments.xml"))
    }

    assert ["{{ 1 + }}", "{{ 捐衣服 }}", "{{ 捐衣物 }}"] == sorted(anchored.values())
    assert all(f"“{text}”" in said[number] for number, text in anchored.items())
