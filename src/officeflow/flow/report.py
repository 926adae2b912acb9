"""Write the Word reports of a workbook; a second click never destroys work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from officeflow.document.render.composing import Composed, compose
from officeflow.flow._own_template import aged
from officeflow.flow._words import MESSAGES, file_name
from officeflow.flow.answers import (
    Exit,
    FigureAnswer,
    ReportAnswer,
    ReportsAnswer,
    Result,
    exit_without,
    holding,
)
from officeflow.flow.destination import put
from officeflow.intake.desk import Desk
from officeflow.intake.progress import Event, Tell, ignore
from officeflow.intake.source import missing
from officeflow.intake.workbooks import Reading, read_workbook
from officeflow.kits.catalogue import report_template
from officeflow.kits.load import LayoutError
from officeflow.model.document import Origin
from officeflow.model.findings import Finding, Outcome
from officeflow.model.kit import Report
from officeflow.model.outline import OutlineRow
from officeflow.text.messages import Place
from officeflow.text.nearest import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOrder:
    """What the person asked for, besides file and reports."""

    desk: Desk
    folder: Path
    draft: bool = False
    pdf: bool = False
    template: Path | None = None
    sources: bool = False
    tell: Tell = ignore


def run(  # noqa: PLR0913  the table of use cases says these
    desk: Desk,
    *,
    file: Path,
    reports: Sequence[str] = (),
    folder: Path | None = None,
    draft: bool = False,
    pdf: bool = False,
    template: Path | None = None,
    sources: bool = False,
    kit: str = "",
    tell: Tell = ignore,
) -> Result:
    """Return where the reports were written; refused while a `mandatory` or unanswered `explain` finding is open.

    Raises:
        OSError: the workbook or the target folder is out of reach now.
    """
    if template is not None and not template.is_file():
        return Result(ReportsAnswer(reports=()), (missing(template),), Exit.UNUSABLE)
    outcome = read_workbook(desk, file, kit=kit)
    if outcome.value is None:
        return Result(ReportsAnswer(reports=()), outcome.findings, exit_without(outcome.findings))
    usual = Path(desk.settings.output_folder) if desk.settings.output_folder else file.parent
    order = ReportOrder(
        desk=desk,
        folder=folder or usual,
        draft=draft,
        pdf=pdf,
        template=template,
        sources=sources,
        tell=tell,
    )
    return write_reports(outcome.value, reports, order)


def write_reports(reading: Reading, names: Sequence[str], order: ReportOrder) -> Result:
    """Write the named reports (all when none is named) of a workbook already read."""
    kit = reading.submission.kit
    if not kit.reports:
        return Result(
            ReportsAnswer(reports=()), (MESSAGES.finding("REPORT_NONE", value=kit.title),), Exit.UNUSABLE
        )
    known = {name: report for report in kit.reports for name in (report.id, report.title)}
    unknown = [name for name in names if name not in known]
    if unknown:
        findings = tuple(
            MESSAGES.finding(
                "REPORT_UNKNOWN", value=name, nearest=nearest(name, known) or kit.reports[0].title
            )
            for name in unknown
        )
        return Result(ReportsAnswer(reports=()), findings, Exit.UNUSABLE)
    chosen = _chosen(kit.reports, names)
    about = reading.submission.reports_about
    # What is wrong in the forms of other reports is nothing to these.
    read = tuple(
        finding for finding in reading.findings if not names or any(r in chosen for r in about(finding))
    )
    stopped = [] if order.draft else [report for finding in holding(read) for report in about(finding)]
    if all(report in stopped for report in chosen):
        return Result(ReportsAnswer(reports=()), read, Exit.FINDINGS)
    order.folder.mkdir(parents=True, exist_ok=True)
    answers = tuple(
        ReportAnswer(report=report.id, title=report.title)
        if report in stopped
        else _write(reading, report, order)
        for report in _told(chosen, order.tell)
    )
    findings = (*read, *(finding for answer in answers for finding in answer.findings))
    refused = any(not answer.path or (order.sources and not answer.sources) for answer in answers)
    return Result(ReportsAnswer(reports=answers), findings, Exit.FINDINGS if refused else Exit.DONE)


def _chosen(reports: Sequence[Report], names: Sequence[str]) -> list[Report]:
    return [report for report in reports if not names or report.id in names or report.title in names]


def _told(reports: Sequence[Report], tell: Tell) -> Iterator[Report]:
    for done, report in enumerate(reports):
        tell(Event(stage="write", done=done, of=len(reports), name=report.title))
        yield report


def _write(reading: Reading, report: Report, order: ReportOrder) -> ReportAnswer:
    outcome = _compose(reading, report, order)
    if outcome.value is None or (holding(outcome.findings) and not order.draft):
        return ReportAnswer(report=report.id, title=report.title, findings=outcome.findings)
    target = order.folder / file_name(reading.submission, report, draft=order.draft)
    placed = put("report", outcome.value.document, target, is_named=False)
    findings = (*outcome.findings, *placed.findings)
    if placed.value is None:
        return ReportAnswer(report=report.id, title=report.title, findings=findings)
    answer = ReportAnswer(
        report=report.id,
        title=report.title,
        path=str(placed.value),
        characters=outcome.value.characters,
        figures=tuple(FigureAnswer.of(figure, reading.submission) for figure in outcome.value.printed),
        findings=findings,
    )
    if order.pdf:
        answer = _with_pdf(answer, placed.value, order)
    return _with_sources(answer, placed.value, reading, report, order) if order.sources else answer


def _compose(reading: Reading, report: Report, order: ReportOrder) -> Outcome[Composed | None]:
    submission, tally, desk = reading.submission, reading.tally, order.desk
    try:
        template = (
            order.template.read_bytes()
            if order.template
            else report_template(
                submission.kit,
                report,
                desk.kit_folders,
                profile_name=desk.settings.profile,
                cache=desk.cache,
            )
        )
    except LayoutError as error:
        return Outcome(None, error.findings)
    outcome = compose(
        template,
        {figure.id: figure for figure in tally.all()},
        outline=_outline(reading, report),
        origins=(Origin.of(submission),),
        draft=order.draft,
        store=None if desk.cache is None else desk.cache / "templates",
        report=report.id,
    )
    if order.template is None:
        outcome = outcome.adding(aged(desk, submission.kit, report))
    if outcome.value is None:
        return outcome
    return outcome.adding(_miscounted(reading, outcome.value))


def _outline(reading: Reading, report: Report) -> tuple[OutlineRow, ...]:
    table = reading.submission.tables.get(report.outline)
    return () if table is None else OutlineRow.rows(table)


def _miscounted(reading: Reading, composed: Composed) -> list[Finding]:
    """Counts really printed that differ from what the kit says to expect: `verify`."""
    findings = []
    for figure_id, printed in composed.counts.items():
        rule = reading.submission.kit.figure_by_id.get(figure_id)
        if rule is None or rule.to is None:
            continue
        expected = reading.tally.operand(rule.to)
        if expected.is_known and expected.value != printed:
            cell = next(iter(expected.cells), None)
            findings.append(
                MESSAGES.finding(
                    "PRINTED_DIFFERS",
                    place=Place() if cell is None else Place(cell.sheet, cell.row, cell=cell.a1),
                    name=figure_id,
                    value=str(printed),
                    expected=str(expected.value),
                )
            )
    return findings


def _with_pdf(answer: ReportAnswer, document: Path, order: ReportOrder) -> ReportAnswer:
    from officeflow.document.wml.converting import as_pdf

    order.tell(Event(stage="pdf", name=document.name))
    pdf = as_pdf(document, soffice=order.desk.soffice)
    if pdf is None:
        missing_pdf = MESSAGES.finding("PDF_UNAVAILABLE", name=document.name)
        return replace(answer, findings=(*answer.findings, missing_pdf))
    written = put("report pdf", pdf, document.with_suffix(".pdf"), is_named=False)
    return replace(answer, pdf=str(written.value or ""), findings=(*answer.findings, *written.findings))


def _with_sources(
    answer: ReportAnswer, document: Path, reading: Reading, report: Report, order: ReportOrder
) -> ReportAnswer:
    """Write the 数据来源表 beside the report, named after it."""
    from officeflow.document.bound.document import read_bound
    from officeflow.flow._sources import write_sources
    from officeflow.flow._words import words
    from officeflow.tracing.chains import tracer_with

    bound = read_bound(document.read_bytes(), name=document.name).value
    if bound is None:
        raise AssertionError  # we have just written it
    target = document.with_name(f"{document.stem}-{words()['sources']}.docx")
    trace = tracer_with(order.desk, bound, document.name, {0: reading}).trace()
    table = write_sources(
        order.desk,
        "report sources",
        trace,
        bound.record.origins,
        target,
        source=document,
        profile_name=report.profile,
    )
    return replace(answer, sources=str(table.value or ""), findings=(*answer.findings, *table.findings))
