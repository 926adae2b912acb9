"""The page for programs that fill templates says what really happens."""

from __future__ import annotations

import re

from docx import Document

from officeflow.document.authoring.template import build_template
from officeflow.kits.layout import profile
from officeflow.model.layout import Genre
from tests.support.placing import png
from tests.support.source import ROOT

PAGE = (ROOT / "docs/template.md").read_text(encoding="utf-8")
TEXT = """{{r title }}{{ photo }}

{{ lines }}

{%p for row in rows %}

{{ row.name }}{{ row.count }}件

{%p endfor %}

{{p annex }}

![柱状图](gifts)
"""


def test_program_on_the_page_runs(tmp_path, monkeypatch):
    """The example fills a template with every kind of value."""
    monkeypatch.chdir(tmp_path)
    source = build_template(TEXT, Genre(id="x", title="x"), profile("gb9704"))
    (tmp_path / "bulletin.docx").write_bytes(source)
    (tmp_path / "photo.png").write_bytes(png(20, 10))
    annex = Document()
    annex.add_paragraph("附件")
    annex.save(tmp_path / "annex.docx")

    [program] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(program, {})  # noqa: S102  the page is ours

    filled = Document(tmp_path / "filled.docx")
    assert ["捐款", "第一行\n第二行", "衣物248件", "书籍31件", "附件", ""] == [
        paragraph.text for paragraph in filled.paragraphs
    ]
    assert 2 == len(filled.inline_shapes)
