"""A filled 提纲 over a template: tests/cases/document/outline.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from officeflow.document.render.composing import compose
from officeflow.model.cells import CellRef
from officeflow.model.outline import OutlineRow
from tests.support.brief import brief
from tests.support.docx import docx, p, part, texts
from tests.support.figures import ORIGIN, STANDARD
from tests.support.structure import structure_problems

CASES = tomllib.loads(Path("tests/cases/document/outline.toml").read_text(encoding="utf-8"))["case"]
BODY = """
{%p sections %}
{%p section %}
{{ 章号 }}摸底在先
甲
{%p endsection %}
{%p section %}
{{ 章号 }}认岗
{%p sections %}
{%p section %}
{{ 节号 }}报到
丙
{%p endsection %}
{%p section %}
{{ 节号 }}上岗
丁
{%p endsection %}
{%p endsections %}
{%p endsection %}
{%p section %}
{{ 章号 }}结合
有{{ 项数 }}条：{% items 项数 %}{% item %}{{ 项号 }}是查家底，看困难。{% enditem %}{% item %}{{ 项号 }}是访住户。{% enditem %}\
{% item %}{{ 项号 }}是办实事。{% enditem %}{% enditems %}
{%p endsection %}
{%p endsections %}
结语"""
TEMPLATE = docx("".join(map(p, BODY.strip().split("\n"))))


def outline(rows: list[tuple[int, str, bool]]) -> tuple[OutlineRow, ...]:
    found: list[OutlineRow] = []
    for number, (level, heading, is_on) in enumerate(rows, start=5):
        above = [index for index, row in enumerate(found) if row.level < level]
        found.append(
            OutlineRow(
                level=level,
                heading=heading,
                parent=above[-1] if above else None,
                above=above[-1] if above else None,
                is_on=is_on,
                is_item=level == 3,
                cell=CellRef("提纲", number, 3),
            )
        )
    return tuple(found)


@pytest.mark.parametrize("case", CASES, ids=[case["fact"] for case in CASES])
def test_outline_shapes_the_document(case):
    """Sections and entries follow the rows; what fits nowhere is said at its cell."""
    outcome = compose(TEMPLATE, STANDARD, origins=(ORIGIN,), outline=outline(case["rows"]))

    assert case.get("findings", []) == brief(outcome.findings)
    assert case["text"].strip().split("\n") == texts(outcome.value.document)
    assert [] == structure_problems(outcome.value.document)


def test_entry_longer_than_200_characters_is_refused():
    """Prose belongs into the document, not into a cell."""
    rows = [(1, "摸底在先", True), (1, "认岗", True), (1, "结合", True), (3, "长" * 201, True)]
    outcome = compose(TEMPLATE, STANDARD, origins=(ORIGIN,), outline=outline(rows))

    assert "提纲!C8 OUTLINE_TOO_LONG" in brief(outcome.findings)
    assert outcome.value is None


def test_heading_that_names_an_unknown_figure_is_found_at_its_cell():
    """{{指标}} in a heading is the clerk's, so the finding points at the clerk's cell."""
    rows = [(1, "摸{{党员}}底", True), (1, "认岗", True), (1, "结合", True)]
    outcome = compose(TEMPLATE, STANDARD, origins=(ORIGIN,), outline=outline(rows))

    assert ["提纲!C5 CELL_TAG_UNKNOWN"] == brief(outcome.findings)


def test_reworded_heading_looks_like_a_heading_and_binds_its_figures():
    """The new words stand in the heading's formatting, their figures between bookmarks."""
    body = BODY.replace("{{ 章号 }}摸底在先", "HEADING").strip().split("\n")
    heading = p("{{ 章号 }}¦摸底¦在先", bold_from=0)
    template = docx("".join(heading if line == "HEADING" else p(line) for line in body))
    rows = [(1, "摸{{党员数}}的底", True), (1, "认岗", True), (1, "结合", True)]
    xml = part(compose(template, STANDARD, origins=(ORIGIN,), outline=outline(rows)).value.document)

    assert '<w:b/></w:rPr><w:t xml:space="preserve">39名</w:t></w:r><w:bookmarkEnd' in xml


def test_entries_that_are_paragraphs_can_be_added():
    """An entry added to a list of paragraphs is a paragraph like the others."""
    lines = [
        "{%p sections %}",
        "{%p section %}",
        "{{ 章号 }}措施",
        "{%p items %}",
        "{%p item %}",
        "{{ 项号 }}是查。",
    ]
    lines += ["{%p enditem %}", "{%p enditems %}", "{%p endsection %}", "{%p endsections %}"]
    rows = [(1, "措施", True), (3, "查", True), (3, "访", True)]
    template = docx("".join(p(line, bold_from=0) for line in lines))
    outcome = compose(template, STANDARD, origins=(ORIGIN,), outline=outline(rows))

    assert ["一、措施", "一是查。", "二是访。"] == texts(outcome.value.document)
    assert [] == structure_problems(outcome.value.document)


def test_outline_over_a_template_without_sections_is_one_hint():
    """Somebody's own template prints what it says; the prefilled 提纲 is not held against it row by row."""
    outcome = compose(
        docx(p("共{{ 捐款 }}")), STANDARD, origins=(ORIGIN,), outline=outline([(1, "甲", True)] * 6)
    )

    assert ["OUTLINE_UNUSED"] == brief(outcome.findings)
