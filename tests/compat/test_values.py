"""Values that programs written for docxtpl bring give what they give there, or better: tests/cases/template/values.toml."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import docxtpl
import pytest
from docx.shared import Mm

import officeflow
from officeflow import Template
from tests.support.outline import build, outline
from tests.support.placing import png
from tests.support.structure import structure_problems

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/template/values.toml").read_text(encoding="utf-8"))[
    "case"
]


def maker(template: Any, classes: ModuleType, pictures: ModuleType) -> dict[str, Any]:
    """What the values of a case are written with, in one of the two libraries."""

    def sub(*lines: str) -> Any:
        return template.new_subdoc(build(lines))

    def rich(*texts: Any, **looks: Any) -> Any:
        if len(texts) < 2:
            return classes.RichText(*texts, **looks)
        whole = classes.RichText()
        for text in texts:
            whole.add(text)
        return whole

    def image(**size: Any) -> Any:
        return pictures.InlineImage(template, io.BytesIO(png(20, 10)), **size)

    return {
        "R": rich,
        "RP": classes.RichTextParagraph,
        "Listing": classes.Listing,
        "link": template.build_url_id,
        "image": image,
        "sub": sub,
        "Mm": Mm,
    }


def filled(template: Any, case: dict[str, Any], made: Callable[..., Any]) -> tuple[list[str], bytes]:
    values = {name: eval(said, made) for name, said in case["values"].items()}  # noqa: S307  the cases are ours
    template.render(values)
    saved = io.BytesIO()
    template.save(saved)
    lines = outline(saved)
    if "header" in case:
        lines += [f"header: {line}" for line in outline(saved, "word/header1.xml")]
    return lines, saved.getvalue()


def _docxtpl(source: bytes, case: dict[str, Any]) -> list[str] | str:
    template = docxtpl.DocxTemplate(io.BytesIO(source))
    try:
        template.init_docx()
        return filled(template, case, maker(template, docxtpl, docxtpl))[0]
    except Exception as error:  # noqa: BLE001  whatever it fails with
        return repr(error)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_value(case):
    """Text, look and structure are docxtpl's; where a case says what is better, they are what it expects."""
    source = build(case["template"], header=case.get("header", "")).getvalue()
    template = Template(source)

    got, document = filled(template, case, maker(template, officeflow, officeflow))

    assert [] == [one for one in structure_problems(document) if "theme" not in one]
    if "better" in case:
        assert case["expected"] == got
        assert _docxtpl(source, case) != got, "docxtpl has learnt it: drop `better`"
    else:
        assert _docxtpl(source, case) == got


@pytest.mark.parametrize(
    "case", [case for case in CASES if "R(" in str(case["values"])], ids=lambda case: case["name"]
)
def test_values_made_with_docxtpl_itself_are_taken(case):
    """A program that changes only its template class gets what our classes give."""
    source = build(case["template"], header=case.get("header", "")).getvalue()
    ours, theirs = Template(source), Template(source)

    expected, _ = filled(ours, case, maker(ours, officeflow, officeflow))
    got, document = filled(theirs, case, maker(theirs, docxtpl, officeflow))

    assert expected == got
    assert [] == [one for one in structure_problems(document) if "theme" not in one]
