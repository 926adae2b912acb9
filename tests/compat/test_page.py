"""The page on templates says what holds."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs/template.md").read_text(encoding="utf-8")


def test_every_word_of_the_dialect_is_on_the_page():
    """Each word a plain template knows is said, but for those that do nothing of their own."""
    from officeflow.document.template_api.dialect import PLAIN

    said = set(re.findall(r"\{%\w* (\w+)", PAGE))

    assert (PLAIN.blocks | PLAIN.cells) - {"autoescape", "block"} <= said
