"""Findings as short lines, so that a test says what it expects at a glance."""

from __future__ import annotations

from collections.abc import Iterable

from officeflow.model.findings import Finding


def brief(findings: Iterable[Finding]) -> list[str]:
    """Return '支出表!B3 SUM_DIFFERS' per finding; the place is left out where there is none."""
    return [" ".join(filter(None, (_place(finding), finding.code))) for finding in findings]


def _place(finding: Finding) -> str:
    return "!".join(filter(None, (finding.sheet, finding.cell)))
