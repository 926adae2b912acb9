"""Every check kind by its cases: `tests/cases/checks/<kind>.toml`.

A case gives the kit's rules (`check`, `figure`), a `grid`, and what is found:
`expect` lines 'sheet!cell CODE severity', `message` of the first finding,
`remedy`, `value`, `expected`, `row_key`.  Only the kind's own codes are looked at.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from officeflow.checks import run_checks
from officeflow.checks._kind import REGISTRY, catalogue_of
from officeflow.figures import Tally
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit
from officeflow.model.submission import Submission, TotalRow
from tests.support.brief import brief
from tests.support.cases import CASES, case_kit, load_cases
from tests.support.grid import read_grid


@pytest.mark.parametrize(("kind", "case"), load_cases("checks"))
def test_case(kind: str, case: dict[str, Any]) -> None:
    """A check finds what its case says, and words it so."""
    kit = case_kit(check=case.get("check", []), figure=case.get("figure", []))
    found = _found(kind, _submission(case, kit))

    assert case.get("expect", []) == [
        f"{line} {finding.severity.value}" for line, finding in zip(brief(found), found, strict=True)
    ]
    for name in ("message", "remedy", "value", "expected", "row_key", "explanation"):
        if name in case:
            assert case[name] == getattr(found[0], name)


def _submission(case: dict[str, Any], kit: Kit) -> Submission:
    submission = read_grid(case["grid"], kit, previous=case.get("previous"))
    totals = {
        form: tuple(TotalRow(row=t["row"], label=t["label"], values=_exact(t["values"])) for t in rows)
        for form, rows in case.get("totals", {}).items()
    }
    tables = {name: replace(table, totals=totals.get(name, ())) for name, table in submission.tables.items()}
    return replace(submission, tables=tables, file=case.get("file", ""))


def _exact(values: dict[str, int]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in values.items()}


def _found(kind: str, submission: Submission) -> list[Finding]:
    own = catalogue_of(kind).messages
    return [finding for finding in run_checks(submission, Tally(submission)) if finding.code in own]


@pytest.mark.parametrize("kind", REGISTRY.names())
def test_every_kind_has_messages_and_cases(kind: str) -> None:
    """A check kind comes with its texts and with a passing, a failing and a blank case."""
    cases = [case.values[1] for case in load_cases("checks") if case.values[0] == kind]

    assert catalogue_of(kind).messages
    assert any(case.get("expect") for case in cases)
    assert any(not case.get("expect") for case in cases)
    assert any(case.get("is_blank_case") for case in cases)


def test_every_case_file_is_of_a_kind() -> None:
    """No case file is left behind by a kind that is gone."""
    assert {path.stem for path in (CASES / "checks").glob("*.toml")} == set(REGISTRY.names())
