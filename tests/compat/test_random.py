"""Templates nobody thought of give what docxtpl gives, where docxtpl gives a document that Word opens."""

from __future__ import annotations

import io
import re
import warnings
from typing import Any

from docxtpl import DocxTemplate
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from officeflow import Template
from tests.support.outline import build, outline
from tests.support.templates import PHASES, ROWS, SOUND_LINES


def filled(template: Any, truth: bool) -> list[str]:
    # No macro of a template is named like one of these: printed, it would say where in memory it is.
    template.render({"a": "ab" if truth else "", "l": [1, 2] if truth else [], "n": 2, "f": "3件"})
    saved = io.BytesIO()
    template.save(saved)
    return outline(saved)


def lawful(lines: list[str]) -> list[str]:
    """An outline without what only docxtpl leaves: rows without cells, grids that count a wide cell once."""
    lines = [re.sub(r"table of [0-9]+", "table", line) for line in lines]
    ends = (*lines[1:], "")
    return [
        line
        for line, after in zip(lines, ends, strict=True)
        if line.strip() != "row" or after.strip().startswith("cell")
    ]


@given(SOUND_LINES, ROWS, st.booleans())
@settings(max_examples=60, deadline=None, phases=PHASES)
def test_sound_templates(lines, rows, truth):
    """Lines, paragraphs, rows, cells, captured text, joined lines in any mixture."""
    plain = [
        line.replace("{{r x }}", "{{ x }}").replace("{% raw %}{{ x }}{% endraw %}", "") for line in lines
    ]
    cells = [
        [cell.replace("{{r x }}", "{{ x }}").replace("{% raw %}{{ x }}{% endraw %}", "") for cell in row]
        for row in rows
    ]
    tables = ["| " + " | ".join(row) + " |" for row in [["甲", "乙"], *cells]]
    assume(not ("macro n()" in str([plain, cells]) and "- n -" in str([plain, cells])))
    source = build([*plain, *tables]).getvalue()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = filled(DocxTemplate(io.BytesIO(source)), truth)
    except Exception:  # noqa: BLE001  docxtpl has no document to compare with
        return

    assert lawful(expected) == lawful(filled(Template(source), truth))
