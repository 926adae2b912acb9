"""Check filled workbooks: what must be mended, where, and how."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from officeflow.flow._reading import read
from officeflow.flow.answers import CheckAnswer, Exit, RepairAnswer, Result, SubmissionAnswer, exit_for
from officeflow.model.findings import Finding


def run(*, files: Sequence[Path]) -> Result:
    """Return submissions, repairs and findings of the files, in the order given; the highest exit code of all."""
    submissions: list[SubmissionAnswer] = []
    repairs: list[RepairAnswer] = []
    findings: list[Finding] = []
    code = Exit.DONE
    for path in files:
        outcome = read(path)
        found = outcome.findings if outcome.value is None else outcome.value.findings
        findings += found
        code = max(code, Exit.UNUSABLE if outcome.value is None else exit_for(found))
        if outcome.value is not None:
            submissions.append(SubmissionAnswer.of(outcome.value.submission))
            repairs += map(RepairAnswer.of, outcome.value.submission.repairs)
    return Result(CheckAnswer(submissions=tuple(submissions), repairs=tuple(repairs)), tuple(findings), code)
