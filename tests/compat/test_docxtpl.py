"""Templates written for docxtpl give what docxtpl gives, or better."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate

from officeflow import Template
from tests.support.docx import docx
from tests.support.outline import build, outline

FOLDER = Path(__file__).parents[1] / "cases/template"


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]


CASES, WRITTEN = cases("dialect.toml"), cases("written_by_word.toml")


def filled(template: DocxTemplate | Template, context: dict[str, object]) -> list[str]:
    """The outline of everything that was filled."""
    template.render(context)
    saved = io.BytesIO()
    template.save(saved)
    lines = outline(saved)
    for part in ("word/header1.xml", "word/footer1.xml"):
        try:
            lines += [f"{part}: {line}" for line in outline(saved, part)]
        except KeyError:
            continue
    return lines


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_dialect(case):
    """Text and structure are docxtpl's; where a case says what is better, they are what it expects."""
    template = build(case["template"], header=case.get("header", ""), footer=case.get("footer", ""))
    compare(template.getvalue(), case)


@pytest.mark.parametrize("case", WRITTEN, ids=[case["name"] for case in WRITTEN])
def test_what_word_makes_of_tags(case):
    """However Word splits and wraps a tag while somebody types it."""
    compare(docx(case["body"]), case)


def compare(source: bytes, case: dict[str, Any]) -> None:
    context = case.get("context", {})
    got = filled(Template(source), context)

    if "better" in case:
        assert case["expected"] == got
        assert _docxtpl(source, context) != got, "docxtpl has learnt it: drop `better`"
    else:
        assert _docxtpl(source, context) == got


def _docxtpl(source: bytes, context: dict[str, object]) -> list[str] | str:
    try:
        return filled(DocxTemplate(io.BytesIO(source)), context)
    except Exception as error:  # noqa: BLE001  whatever it fails with
        return repr(error)
