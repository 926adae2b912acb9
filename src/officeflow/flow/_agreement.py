"""A document and the workbook it is held against: what verify and refresh share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from officeflow.document.bound.agreement import JudgedFigure, judge_all
from officeflow.document.bound.agreement_findings import AgreementReport, shown_text
from officeflow.document.bound.document import BoundDocument
from officeflow.document.bound.refreshing import MovedFigure
from officeflow.flow._words import MESSAGES
from officeflow.flow.answers import ChangeAnswer, Exit, JudgedAnswer, exit_without
from officeflow.intake.desk import Desk
from officeflow.intake.documents import read_document
from officeflow.intake.workbooks import Reading, read_workbook
from officeflow.model.figures import Figure
from officeflow.model.findings import Finding
from officeflow.model.values import Period


@dataclass(frozen=True, kw_only=True)
class HeldDocument:
    """A document held against a workbook."""

    document: BoundDocument
    reading: Reading
    figures: dict[str, Figure]
    told: AgreementReport

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong in the workbook, but for what concerns only other reports of its kit."""
        report, submission = self.document.record.report, self.reading.submission
        if report not in {known.id for known in submission.kit.reports}:
            return self.reading.findings
        return tuple(
            finding
            for finding in self.reading.findings
            if any(known.id == report for known in submission.reports_about(finding))
        )

    def judged(self, one: JudgedFigure) -> JudgedAnswer:
        """Return the envelope's form of a figure held against the data."""
        stretch, bound = one.stretch, one.stretch.bound
        return JudgedAnswer(
            id=bound.id,
            name=bound.name or bound.id,
            bookmark=stretch.name,
            state=one.agreement.value,
            recorded=bound.text,
            now=shown_text(one),
            expected=one.now.text if one.now else "",
            sentence=stretch.sentence,
            paragraph=self.told.number(one),
            reason=bound.reason,
        )

    def change(self, moved: MovedFigure) -> ChangeAnswer:
        """Return the envelope's form of a move."""
        stretch = moved.judged.stretch
        return ChangeAnswer(
            id=stretch.bound.id,
            name=stretch.bound.name or stretch.bound.id,
            bookmark=stretch.name,
            from_=moved.before,
            to=moved.after,
            sentence=stretch.sentence,
            paragraph=self.told.number(moved.judged),
        )


@dataclass(frozen=True, kw_only=True)
class CannotHold:
    """Why the two cannot be held against each other."""

    findings: tuple[Finding, ...]
    code: Exit


def hold_against(
    desk: Desk, document: Path, file: Path, *, is_next: bool = False
) -> HeldDocument | CannotHold:
    """Return the document held against the workbook, or why it cannot be.

    `is_next`: the workbook is of a later period than the document, else both are of one.

    Raises:
        OSError: a file is there but cannot be read now.
    """
    bound = read_document(document)
    if bound.value is None:
        return CannotHold(findings=bound.findings, code=exit_without(bound.findings))
    outcome = read_workbook(desk, file)
    reading = outcome.value
    if reading is None:
        return CannotHold(findings=outcome.findings, code=exit_without(outcome.findings))
    if others := _not_its_own(bound.value, reading, is_next=is_next):
        return CannotHold(findings=others, code=Exit.FINDINGS)
    figures = {figure.id: figure for figure in reading.tally.all()}
    told = AgreementReport(bound.value, judge_all(bound.value, figures))
    return HeldDocument(document=bound.value, reading=reading, figures=figures, told=told)


def _not_its_own(document: BoundDocument, reading: Reading, *, is_next: bool) -> tuple[Finding, ...]:
    origin, submission = document.record.origin, reading.submission
    if (count := len(document.record.origins)) > 1:
        return (MESSAGES.finding("DOCUMENT_MANY_ORIGINS", count=count, value=submission.unit),)
    if origin.kit != submission.kit.id:
        return (MESSAGES.finding("DOCUMENT_OTHER_KIT", value=submission.kit.title, expected=origin.kit),)
    if origin.unit != submission.unit:
        return (MESSAGES.finding("DOCUMENT_OTHER_UNIT", value=submission.unit, expected=origin.unit),)
    last, own = Period.parse(origin.period), submission.period
    if is_next:
        is_later = last is not None and own is not None and (own.first, own.last) > (last.first, last.last)
        return () if is_later else (_period_finding("DOCUMENT_NOT_NEXT", last, own),)
    return () if origin.period == str(own or "") else (_period_finding("DOCUMENT_OTHER_PERIOD", last, own),)


def _period_finding(code: str, last: Period | None, own: Period | None) -> Finding:
    return MESSAGES.finding(code, value=own, expected=last)
