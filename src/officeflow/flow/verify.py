"""Hold every figure of a document against a workbook; nothing is written."""

from __future__ import annotations

from pathlib import Path

from officeflow.document.bound.agreement import Agreement
from officeflow.flow._agreement import CannotHold, hold_against
from officeflow.flow.answers import Exit, Result, VerifyAnswer, holding
from officeflow.intake.desk import Desk

_SETTLED = (Agreement.SAME, Agreement.ADOPTED)


def run(desk: Desk, *, document: Path, file: Path) -> Result:
    """Return how each figure of the document agrees with the workbook; done when all do or are 审定数.

    Raises:
        OSError: a file is out of reach now.
    """
    against = hold_against(desk, document, file)
    if isinstance(against, CannotHold):
        return Result(VerifyAnswer(), against.findings, against.code)
    told, read = against.told, against.findings
    said = [found for one in told.judged if (found := told.finding(one))]
    is_settled = all(one.agreement in _SETTLED for one in told.judged) and not holding(read)
    return Result(
        VerifyAnswer(figures=tuple(against.judged(one) for one in told.judged)),
        (*read, *said),
        Exit.DONE if is_settled else Exit.FINDINGS,
    )
