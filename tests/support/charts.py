"""Templates with charts, and figures by groups to draw."""

from __future__ import annotations

from dataclasses import replace

from officeflow.document.authoring.template import build_template
from officeflow.document.render.composing import compose
from officeflow.kits.layout import profile
from officeflow.model.figures import Figure, State
from officeflow.model.layout import Genre
from tests.support.figures import ORIGIN, STANDARD, by_id, figure, row
from tests.support.structure import structure_problems

PROFILE = profile("gb9704")


def groups(name: str, unit: str = "", **values: int | None) -> Figure:
    """A figure by groups, each from a cell of its own."""
    members = tuple(
        figure(name, value, unit, row=20 + place, key=key)
        for place, (key, value) in enumerate(values.items())
    )
    return Figure(
        id=name, name=name, value=tuple(values), state=State.KNOWN, text="、".join(values), members=members
    )


FIGURES = {
    **STANDARD,
    **by_id(
        (
            groups("各类捐物", "件", 衣物=248, 书籍=31, 食品=0),
            Figure(
                id="社区名单",
                name="社区名单",
                value=("河北", "西山"),
                state=State.KNOWN,
                text="河北、西山",
                members=(
                    row("河北", 5, 社区="河北社区", 户数=200),
                    row("西山", 6, 社区="西山社区", 户数=150),
                ),
            ),
            replace(groups("各人捐款", "元", 示例甲=10, 示例乙=20), is_personal=True),
        )
    ),
}


def template(text: str) -> bytes:
    return build_template(text, Genre(id="x", title="x"), PROFILE)


def composed(text: str, figures=FIGURES, **options) -> bytes:
    outcome = compose(template(text), figures, origins=(ORIGIN,), **options)
    assert outcome.value is not None, [finding.message for finding in outcome.findings]
    assert [] == structure_problems(outcome.value.document)
    return outcome.value.document
