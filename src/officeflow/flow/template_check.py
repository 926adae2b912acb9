"""Check a Word template before there is any data: every mistake at once, in a list or as comments in a copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from officeflow.flow._words import words
from officeflow.flow.answers import Exit, FilesAnswer, Result, exit_for
from officeflow.flow.destination import marked_name, put
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find
from officeflow.intake.source import missing
from officeflow.model.figures import Figure
from officeflow.model.findings import Outcome


def run(desk: Desk, *, file: Path, kit: str | None = None, comments: bool = False) -> Result:
    """Return the findings on a template; with `comments` also the copy that says them at the tags.

    Judged as a report of `kit`, else of the kit whose template has this file's name
    (`<kit>.<report>.docx`), else as a plain template.

    Raises:
        OSError: the template cannot be read, or the copy not written.
    """
    from officeflow.document.render.checking import check_template
    from officeflow.document.render.comments import with_comments
    from officeflow.document.template_api.dialect import PLAIN
    from officeflow.document.templates.dialect import REPORT

    if not file.is_file():
        return Result(None, (missing(file),), Exit.UNUSABLE)
    figures = _figures(desk, file, kit)
    if kit is not None and figures.value is None:
        return Result(None, figures.findings, Exit.UNUSABLE)
    template = file.read_bytes()
    dialect = PLAIN if figures.value is None else REPORT
    checked = check_template(template, figures.value, dialect)
    findings = tuple(replace(finding, file=str(file)) for finding in checked.findings)
    copy = with_comments(template, checked.problems, checked.general) if comments and findings else None
    if copy is None:
        return Result(None, findings, exit_for(findings))
    target = marked_name(file, words()["inspected"], ".docx")
    written = put("template check", copy, target, is_named=False, source=file)
    return Result(
        FilesAnswer(files=(str(written.value),)), (*findings, *written.findings), exit_for(findings)
    )


def _figures(desk: Desk, file: Path, kit: str | None) -> Outcome[Mapping[str, Figure] | None]:
    from officeflow.intake.workbooks import example

    named = kit or file.name.partition(".")[0]
    if kit is None and desk.kit(named) is None:
        return Outcome(None)
    found = find(desk, named)
    if found.value is None:
        return Outcome(None, found.findings)
    reading = example(desk, found.value)
    return Outcome({} if reading is None else {figure.id: figure for figure in reading.tally.all()})
