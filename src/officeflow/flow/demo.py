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

    Raises:
        OSError: the folder cannot be written.
    """
    began = perf_counter()
    place = folder or FOLDER
    place.mkdir(parents=True, exist_ok=True)
    kit = catalogue(kit_folders())[0]
    workbook = place / f"{kit.title}.xlsx"
    sample.run(kit=kit.id, output=workbook)
    reading = read(workbook).value
    if reading is None:  # our own sample: only a broken installation comes here
        raise OSError(workbook)
    result = write_reports(reading, (), Order(folder=place, settings=read_settings()))
    reports = result.answer.reports if isinstance(result.answer, ReportsAnswer) else ()
    files = (str(workbook), *(report.path for report in reports if report.path))
    answer = DemoAnswer(files=files, reports=reports, seconds=round(perf_counter() - began, 2))
    return Result(answer, result.findings, Exit(result.code))
