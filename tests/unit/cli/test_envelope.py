"""What programs are told: every agreed field, and nobody's name."""

from __future__ import annotations

import json

import pytest

from officeflow.cli.envelope import envelope
from officeflow.flow.answers import FigureAnswer, FiguresAnswer, Result
from officeflow.model.findings import Finding, Severity
from officeflow.model.kit import Kit
from officeflow.model.submission import Submission
from tests.support.figures import figure

NO_SUBMISSION = Submission(
    kit=Kit(id="visits", title="走访表", version="1.0", unit="filing.unit", period=("a.b", "a.c"), forms=()),
    tables={},
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("示例甲", ("示＊", "示＊")), (("示例甲", "举例乙"), (["示＊", "举＊"], "示＊、举＊"))],
)
def test_a_personal_figure_is_masked(value: object, expected: object) -> None:
    """Lists and JSON show the first character only; a document that names the figure prints it."""
    shown = FigureAnswer.of(figure("捐赠人", value, cells=(), is_personal=True), NO_SUBMISSION)
    told = json.loads(envelope("figures", Result(FiguresAnswer(figures=(shown,)))))["figures"][0]

    assert expected == (told["value"], told["text"])


def test_the_key_of_a_row_stays_inside() -> None:
    """It holds what the key fields hold, a person's name among them."""
    finding = Finding(code="X", severity=Severity.VERIFY, message="一句话。", row_key="示例甲+2014-3-26")

    assert "示例甲" not in envelope("check", Result(None, (finding,)))
