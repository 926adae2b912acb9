"""Check filled workbooks: what must be mended, where, and how; on demand marked in a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from officeflow.flow._reading import exit_without, read
from officeflow.flow.answers import CheckAnswer, Exit, RepairAnswer, Result, SubmissionAnswer, exit_for
from officeflow.model.findings import Finding


def run(*, files: Sequence[Path], mark: bool = False) -> Result:
    """Return submissions, repairs and findings of the files, in the order given; the highest exit code of all.

    With `mark` each workbook gets a marked copy beside it; the original is not touched.

    Raises:
        OSError: a copy cannot be written.
    """
    submissions: list[SubmissionAnswer] = []
    repairs: list[RepairAnswer] = []
    findings: list[Finding] = []
    marked: list[str] = []
    code = Exit.DONE
    for path in files:
        outcome = read(path)
        found = outcome.findings if outcome.value is None else outcome.value.findings
        findings += [replace(finding, file=str(path)) for finding in found]
        code = max(code, exit_without(found) if outcome.value is None else exit_for(found))
        if outcome.value is not None:
            submission = outcome.value.submission
            submissions.append(SubmissionAnswer.of(submission, path))
            repairs += [RepairAnswer.of(repair, path) for repair in submission.repairs]
            if mark:
                # Only a click that marks pays for what marks.
                from officeflow.flow._marking import marked_copy

                copy = marked_copy(path, outcome.value)
                findings += copy.findings
                marked += [str(copy.value)] if copy.value else []
    answer = CheckAnswer(submissions=tuple(submissions), repairs=tuple(repairs), marked=tuple(marked))
    return Result(answer, tuple(findings), code)
