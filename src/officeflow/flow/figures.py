"""List every figure of a workbook: exact value, printed form, source cells."""

from __future__ import annotations

from pathlib import Path

from officeflow.flow.answers import FigureAnswer, FiguresAnswer, Result, exit_for, exit_without
from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import read_workbook


def run(desk: Desk, *, file: Path, kit: str = "") -> Result:
    """Return the figures in the kit's order, with the findings of the workbook."""
    outcome = read_workbook(desk, file, kit=kit)
    if outcome.value is None:
        return Result(FiguresAnswer(figures=()), outcome.findings, exit_without(outcome.findings))
    reading = outcome.value
    figures = tuple(FigureAnswer.of(figure, reading.submission) for figure in reading.tally.all())
    return Result(FiguresAnswer(figures=figures), reading.findings, exit_for(reading.findings))
