"""The page on templates says what holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.outline import build, outline

PAGE = (Path(__file__).parents[2] / "docs/templates.md").read_text(encoding="utf-8")


def test_example_runs(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """The program of the page runs as it stands."""
    monkeypatch.chdir(tmp_path)
    lines = [
        "{{ title }}",
        "| {%tr for r in rows %} |",
        "| {{ r.name }}{{ r.count }} |",
        "| {%tr endfor %} |",
    ]
    Path("notice.docx").write_bytes(build(lines).getvalue())

    exec(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0], {})  # noqa: S102  our own page

    assert ["通报", "table of 1", "  row", "    cell", "      甲3"] == outline(
        Path("filled.docx").read_bytes()
    )


def test_every_word_of_the_dialect_is_on_the_page():
    """Each word a plain template knows is said, but for those that do nothing of their own."""
    from officeflow.document.dialect import PLAIN

    said = set(re.findall(r"\{%\w* (\w+)", PAGE))

    assert (PLAIN.blocks | PLAIN.cells) - {"autoescape", "block"} <= said
