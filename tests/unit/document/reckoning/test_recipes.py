"""A recipe gives a printed figure again from other data, or says that it cannot."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from officeflow.document.provenance.record import Record, read_record
from officeflow.document.reckoning.recipes import UNKNOWN, names_in, reckon
from officeflow.document.render.composing import compose
from officeflow.model.figures import Figure, State
from tests.support.docx import docx, p
from tests.support.figures import ORIGIN, by_id, figure, row

FIRST = by_id(
    (
        figure("捐衣物", 248, "件"),
        figure("捐款", 9800, "元"),
        figure("党员数", 40, "名"),
        figure("社区", ("河北社区", "西山社区")),
        replace(figure("难事", "音响"), members=(row("河北", 5, 问题="音响"), row("西山", 6, 问题="绿化"))),
        figure("按语", "共捐{{捐衣物|数}}件。", has_tags=True),
    )
)
LATER = by_id(
    (
        figure("捐衣物", 256, "件"),
        figure("捐款", 12000, "元"),
        figure("党员数", 40, "名"),
        figure("社区", ("西山社区", "大东社区")),
        replace(figure("难事", "绿化"), members=(row("西山", 5, 问题="种树"),)),
        figure("按语", "共捐{{捐衣物|数}}件，谢谢。", has_tags=True),
    )
)


def record(*paragraphs: str) -> Record:
    outcome = compose(docx("".join(map(p, paragraphs))), FIRST, origins=(ORIGIN,))

    assert outcome.value is not None, outcome.findings
    found = read_record(outcome.value.document)

    assert found is not None
    return found


@pytest.mark.parametrize(
    ("tag", "recipe", "now"),
    [
        ("{{ 捐衣物 }}", "捐衣物", "256件"),
        ("{{ 捐衣物|数 }}", "捐衣物|数", "256"),
        ("{{ 捐款 }}", "捐款", "1.2万元"),
        ("{{ 捐款|余(digits=1) }}", "捐款|余(digits=1)", "1万余元"),
        ("{{ 捐款 / 党员数 }}", "(捐款/党员数)", "300"),
        ("{{ (捐衣物 - 8)|汉字 }}", "(捐衣物-8)|汉字", "二百四十八件"),
        ("{{ 社区[0] }}", "社区[0]", "西山社区"),
        ("{{ 难事['西山']['问题'] }}", '难事["西山"]["问题"]', "种树"),
        ("{{ 社区|reverse|join('、') }}", "社区|reverse|join('、')", "大东社区、西山社区"),
        ("{{ 按语 }}", "按语", "共捐256件，谢谢。"),
    ],
)
def test_recipe_of_a_tag_gives_its_new_text(tag, recipe, now):
    """What is recorded is the expression, and reckoned again it prints in the same form."""
    bound = next(iter(record(tag).figures.values()))
    found = reckon(bound.recipe or bound.id, LATER)

    assert recipe == (bound.recipe or bound.id)
    assert found is not None
    assert now == found.text


@pytest.mark.parametrize(
    ("value", "text", "form", "turned"),
    [
        (Decimal("-81.36"), "-81.4%", "百分比", "81.4%"),
        (Decimal("81.36"), "81.4%", "百分比", "-81.4%"),
        (Decimal("81.36"), "81.36%", "", "-81.36%"),
    ],
)
def test_negated_figure_keeps_its_form(value: Decimal, text: str, form: str, turned: str):
    """A fall is printed without its sign, to as many places as the figure has; reckoned again too."""
    figures = by_id((replace(figure("增幅", value, "%"), text=text, format=form),))

    assert turned == known(reckon("-增幅", figures)) == known(reckon("(-增幅)", figures))


def test_recipe_in_a_loop_names_the_row():
    """A row is found again by its key, wherever it stands in the other workbook."""
    record_ = record("{% for 事 in 难事 %}{{ 事.问题 }}；{% endfor %}")
    recipes = [bound.recipe for bound in record_.figures.values()]

    assert ['难事["河北"]["问题"]', '难事["西山"]["问题"]'] == recipes
    assert (None, "种树") == tuple(known(reckon(recipe, LATER)) for recipe in recipes)


def known(found: Figure | None) -> str | None:
    return found.text if found is not None and found.state is State.KNOWN else None


def test_row_of_a_person_is_named_by_its_place():
    """A key that may be a person's name is in no recipe."""
    members = tuple(replace(member, is_personal=True) for member in FIRST["难事"].members)
    figures = {**FIRST, "难事": replace(FIRST["难事"], members=members)}
    outcome = compose(docx(p("{% for 事 in 难事 %}{{ 事.问题 }}{% endfor %}")), figures, origins=(ORIGIN,))

    assert outcome.value is not None
    found = read_record(outcome.value.document)

    assert found is not None
    assert ['难事[0]["问题"]', '难事[1]["问题"]'] == [bound.recipe for bound in found.figures.values()]


def test_choice_inside_a_loop_has_no_recipe():
    """What a filter picked under a loop's own name may be others tomorrow."""
    tag = "{% set 几个 = 社区|list %}{{ 几个|join('和') }}"

    assert [UNKNOWN] == [bound.recipe for bound in record(tag).figures.values()]
    assert reckon(UNKNOWN, LATER) is None


@pytest.mark.parametrize(
    "recipe", ["没有这个", "捐款/0", "捐衣物.没有", "社区[9]", "捐款(", "难事['河北']['问题']"]
)
def test_recipe_that_gives_nothing_is_none_or_empty(recipe):
    """No guess and no traceback where the data no longer has it."""
    assert known(reckon(recipe, LATER)) is None


def test_names_of_an_expression_leave_out_filters():
    """Only what must be a figure counts."""
    assert {"捐款", "捐衣物"} == names_in("(捐款 + 捐衣物)|数")


def test_reckoned_value_is_exact():
    """The division is the engine's own, not a float's."""
    found = reckon("捐款/捐衣物", LATER)

    assert found is not None
    assert Decimal(12000) / Decimal(256) == found.value
