"""Which reports a finding stands in the way of, in the finding's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from officeflow.kits._words import MESSAGES
from officeflow.model.findings import Finding
from officeflow.model.kit import Report
from officeflow.model.submission import Submission


def with_reports(findings: Iterable[Finding], submission: Submission) -> tuple[Finding, ...]:
    """Return the findings, each that concerns some reports only with their titles behind its message."""
    reports = submission.kit.reports
    if not any(report.forms for report in reports):
        return tuple(findings)
    return tuple(_with(finding, submission.reports_about(finding), reports) for finding in findings)


def _with(finding: Finding, concerned: tuple[Report, ...], reports: tuple[Report, ...]) -> Finding:
    if len(concerned) == len(reports):
        return finding
    titles = "、".join(report.title for report in concerned)
    return replace(
        finding, message=MESSAGES.finding("ONLY_REPORTS", value=finding.message, expected=titles).message
    )
