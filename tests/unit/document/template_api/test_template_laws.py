"""What holds for every template and every value of `officeflow.Template`."""

from __future__ import annotations

import io
import unicodedata
from decimal import Decimal
from typing import Any

from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from officeflow import Template, TemplateError
from officeflow.model.figures import Figure, State
from tests.support.docx import docx, p, part, table
from tests.support.outline import outline
from tests.support.templates import LINES, PHASES, ROWS, SOUND_LINES, TEXTS


def shown(text: str) -> str:
    """What a reader sees of a value: what XML may hold, in NFC."""
    return "".join(
        char
        for char in unicodedata.normalize("NFC", text)
        if char in "\n\t\a\f\r"
        or not (ord(char) < 32 or 0xD800 <= ord(char) < 0xE000 or char in "\ufffe\uffff")
    )


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None, phases=PHASES)
def test_every_text_stands_in_the_document_as_it_is(one, other):
    """A value never becomes a tag or an element, whatever it holds, in a paragraph, a cell, an attribute."""
    body = p("甲{{ a }}乙") + table(["{{ a }}", "{% set k %}{{ b }}{% endset %}{{ k }}"])
    template = Template(docx(body, header=p("{{r b }}")))
    template.render({"a": one, "b": other})
    saved = io.BytesIO()
    template.save(saved)
    lines = outline(saved.getvalue())
    text = "".join(line.strip(" ") if not line.startswith("甲") else line for line in lines)
    for sign, mark in (("\r\n", "⏎"), ("\n", "⏎"), ("\r", "⏎"), ("\t", "→")):
        one = one.replace(sign, mark)
    pieces = shown(one).replace("\f", "\a").split("\a")

    assert lines[0].startswith(f"甲{pieces[0]}")
    assert all(piece.strip(" ") in text for piece in pieces)
    ElementTree.fromstring(part(saved.getvalue(), "word/header1.xml"))


def filled(body: str, truth: bool) -> str:
    template = Template(docx(body))
    rows = [1, 2] if truth else []
    one = Figure(id="f", name="f", value=Decimal(3), state=State.KNOWN, text="3件")
    values = {"a": "a&b" if truth else "", "l": rows, "n": 2, "c": "FF0000", "b": {"c": 1}, "f": one}
    template.render(values)
    saved = io.BytesIO()
    template.save(saved)
    return part(saved.getvalue())


def inside(root: Any, name: str) -> set[str]:
    """What stands directly in elements of this name."""
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return {child.tag.removeprefix(word) for node in root.iter(word + name) for child in node}


def check(xml: str) -> None:
    """The part opens, and nothing is empty that must not be."""
    root = ElementTree.fromstring(xml)
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    marks = [mark.get(f"{word}name") for mark in root.iter(f"{word}bookmarkStart")]

    assert len(marks) == len(set(marks))
    assert {"p", "tbl", "sectPr"} >= inside(root, "body")
    assert {"r", "pPr", "bookmarkStart", "bookmarkEnd"} >= inside(root, "p")
    assert {"t", "rPr", "br", "tab"} >= inside(root, "r")
    assert set() == inside(root, "t")
    assert all(cell.find(f"{word}p") is not None for cell in root.iter(f"{word}tc"))
    assert all(row.find(f"{word}tc") is not None for row in root.iter(f"{word}tr"))
    assert all(grid.find(f"{word}tr") is not None for grid in root.iter(f"{word}tbl"))


@given(
    st.lists(LINES, max_size=5), st.lists(st.lists(LINES, min_size=1, max_size=3), max_size=3), st.booleans()
)
@settings(max_examples=100, deadline=None, phases=PHASES)
def test_any_template_is_filled_or_refused_with_places(lines, rows, truth):
    """Whatever tags stand where: a document that opens, or findings with a place."""
    try:
        check(filled("".join(map(p, lines)) + (table(*rows) if rows else ""), truth))
    except TemplateError as error:
        assert all("第" in finding.message for finding in error.findings)  # noqa: PT017  either will do


@given(SOUND_LINES, ROWS, st.booleans())
@settings(max_examples=100, deadline=None, phases=PHASES)
def test_every_sound_template_is_filled(lines, rows, truth):
    """Blocks that end where they should, in lines, paragraphs, rows and cells: no tag of them is left."""
    try:
        xml = filled("".join(map(p, lines)) + table(*rows), truth)
    except TemplateError as error:
        codes = {finding.code for finding in error.findings}
        assert codes <= {"TAG_FAILED", "NAME_UNKNOWN", "BLOCK_SPREAD"}
        return
    check(xml)
    assert "{%" not in xml or "raw" in "".join(lines) + str(rows)
