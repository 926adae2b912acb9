"""Show the main job end to end: the sample workbook is written, checked, and turned into a bulletin."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from officeflow.flow import sample
from officeflow.flow._reading import read
from officeflow.flow._settings import kit_folders, read_settings
from officeflow.flow.answers import DemoAnswer, Exit, ReportsAnswer, Result
from officeflow.flow.report import Order, write_reports
from officeflow.kits import catalogue

FOLDER = Path("officeflow-demo")


def run(*, folder: Path | None = None) -> Result:
    """Return the files of the demonstration and how many seconds they took.

    A sample that is already there is taken as it is: somebody may have typed into it to see what happens.

    Raises:
        OSError: the folder cannot be written.
    """
    began = perf_counter()
    place = folder or FOLDER
    place.mkdir(parents=True, exist_ok=True)
    kit = catalogue(kit_folders())[0]
    workbook = place / f"{kit.title}.xlsx"
    if not workbook.exists():
        sample.run(kit=kit.id, output=workbook)
    outcome = read(workbook)
    if outcome.value is None:
        return Result(
            DemoAnswer(files=(str(workbook),), reports=(), seconds=0), outcome.findings, Exit.UNUSABLE
        )
    result = write_reports(outcome.value, (), Order(folder=place, settings=read_settings()))
    reports = result.answer.reports if isinstance(result.answer, ReportsAnswer) else ()
    files = (str(workbook), *(report.path for report in reports if report.path))
    answer = DemoAnswer(files=files, reports=reports, seconds=round(perf_counter() - began, 2))
    return Result(answer, result.findings, Exit(result.code))
