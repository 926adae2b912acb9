"""What a figure means is said in words, for every kind there is."""

from __future__ import annotations

import tomllib
from types import SimpleNamespace
from typing import Any

import pytest

from officeflow.figures import definition_of, used_figures
from officeflow.figures._kind import REGISTRY
from officeflow.kits.catalogue import catalogue
from officeflow.model.kit import Rule
from tests.support.cases import CASES, case_kit, read_toml

_CASES = [pytest.param(case, id=case["fact"]) for case in read_toml(CASES / "definitions.toml")["case"]]


@pytest.mark.parametrize("case", _CASES)
def test_case(case: dict[str, Any]) -> None:
    """A definition is what its case says, and so are the figures that it rests on."""
    kit = case_kit(figure=case["figure"])
    rule = kit.figures[-1]

    assert case["words"] == definition_of(rule, kit)
    if "used" in case:
        assert case["used"] == [used.id for used in used_figures(rule, kit)]


@pytest.mark.parametrize("kind", REGISTRY.names())
def test_every_built_in_kind_has_words_of_its_own(kind: str) -> None:
    """A new kind brings its sentence with it."""
    words = tomllib.loads(REGISTRY.source(kind).with_suffix(".toml").read_text(encoding="utf-8"))

    assert words["definition"].keys() - {"options"}


def test_every_built_in_figure_can_be_told() -> None:
    """No definition falls back on the name of its kind, and none is left with a placeholder."""
    told = {rule.id: definition_of(rule, kit) for kit in catalogue(()) for rule in kit.figures}

    assert told
    assert [] == [name for name, words in told.items() if "按“" in words or "{" in words or not words]


def test_a_kind_without_words_gets_a_generic_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind from elsewhere is told by its name and its operands."""
    kit = case_kit(figure=[])
    monkeypatch.setattr(REGISTRY, "find", lambda _: SimpleNamespace(__file__=None, KIND=None))
    rule = Rule(use="加权", of="donations.amount")

    assert "按“加权”由捐款捐物表的金额（元）合计得出" == definition_of(rule, kit)
    assert "按“加权”得出" == definition_of(Rule(use="加权"), kit)
