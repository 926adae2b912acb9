"""Show the main job end to end: the sample workbook is written, checked, and turned into a bulletin."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from officeflow.flow import sample
from officeflow.flow.answers import DemoAnswer, Exit, ReportsAnswer, Result
from officeflow.flow.report import ReportOrder, write_reports
from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import read_workbook

FOLDER = Path("officeflow-demo")


def run(desk: Desk, *, folder: Path | None = None) -> Result:
    """Return the files of the demonstration and how many seconds they took.

    A sample that is already there is taken as it is: somebody may have typed into it to see what happens.

    Raises:
        OSError: the folder cannot be written.
    """
    began = perf_counter()
    place = folder or FOLDER
    place.mkdir(parents=True, exist_ok=True)
    kit = desk.kits()[0]
    workbook = place / f"{kit.title}.xlsx"
    if not workbook.exists():
        sample.run(desk, kit=kit.id, output=workbook)
    outcome = read_workbook(desk, workbook)
    if outcome.value is None:
        return Result(
            DemoAnswer(files=(str(workbook),), reports=(), seconds=0), outcome.findings, Exit.UNUSABLE
        )
    result = write_reports(outcome.value, (), ReportOrder(folder=place, desk=desk))
    reports = result.answer.reports if isinstance(result.answer, ReportsAnswer) else ()
    files = (str(workbook), *(report.path for report in reports if report.path))
    answer = DemoAnswer(files=files, reports=reports, seconds=round(perf_counter() - began, 2))
    return Result(answer, result.findings, Exit(result.code))
