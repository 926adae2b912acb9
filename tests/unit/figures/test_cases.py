"""Every figure kind by its cases: `tests/cases/figures/<kind>.toml`.

A case gives the kit's figures (the last one is asked for), a `grid`, and what
it is: `value` (canonical text), `text`, `unit`, `state` (known unless said),
`cells` ('sheet ranges'), `members` (key → canonical value, in order), `fields`
of the first member (name → text).
"""

from __future__ import annotations

from typing import Any

import pytest

from officeflow.figures import Tally
from officeflow.figures._kind import REGISTRY
from officeflow.model.cells import ranges
from officeflow.model.figures import State
from officeflow.model.values import canonical
from tests.support.cases import CASES, case_kit, load_cases
from tests.support.grid import read_grid


@pytest.mark.parametrize(("kind", "case"), load_cases("figures"))
def test_case(kind: str, case: dict[str, Any]) -> None:
    """A figure is what its case says."""
    submission = read_grid(case["grid"], case_kit(figure=case["figure"]), previous=case.get("previous"))
    rule = case["figure"][-1]
    figure = Tally(submission).figure(rule["id"])

    assert kind == rule["use"]
    assert State(case.get("state", "known")) is figure.state
    assert case.get("value", "") == canonical(figure.value)
    for name in ("text", "unit", "has_tags", "is_personal"):
        if name in case:
            assert case[name] == getattr(figure, name)
    if "cells" in case:
        assert case["cells"] == "; ".join(f"{sheet} {cells}" for sheet, cells in ranges(figure.cells).items())
    members = [(member.key, canonical(member.value)) for member in figure.members]
    assert list(case.get("members", {}).items()) == members
    for name, text in case.get("fields", {}).items():
        assert text == figure.members[0].fields[name].text


@pytest.mark.parametrize("kind", REGISTRY.names())
def test_every_kind_has_cases(kind: str) -> None:
    """A figure kind comes with cases, one of them about blank cells."""
    cases = [case.values[1] for case in load_cases("figures") if case.values[0] == kind]

    assert any(case.get("is_blank_case") for case in cases)


def test_every_case_file_is_of_a_kind() -> None:
    """No case file is left behind by a kind that is gone."""
    assert {path.stem for path in (CASES / "figures").glob("*.toml")} == set(REGISTRY.names())
