"""Move the figures of an edited document to the data of a workbook; a person's work stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from officeflow.document.bound.agreement import Agreement, JudgedFigure
from officeflow.document.bound.as_next import as_next_findings
from officeflow.document.bound.choices import ChoiceRequest, choose
from officeflow.document.bound.refreshing import Choices, MovedFigure, Refreshing
from officeflow.document.bound.unbound_text import typed_again
from officeflow.document.bound.wording import News, wording_findings
from officeflow.document.wml.tracking import Tracker
from officeflow.flow._agreement import CannotHold, HeldDocument, hold_against
from officeflow.flow._words import safe, words
from officeflow.flow.answers import Exit, RefreshAnswer, Result, holding
from officeflow.flow.destination import marked_name, put
from officeflow.intake.desk import Desk
from officeflow.model.document import Origin
from officeflow.model.findings import Finding
from officeflow.model.submission import Submission
from officeflow.model.values import Period

_KEPT = (
    Agreement.REWORDED,
    Agreement.OVERTYPED,
    Agreement.REMOVED,
    Agreement.ADOPTED,
    Agreement.MISSING,
)


@dataclass(frozen=True, kw_only=True)
class RefreshOrder:
    """What the person asked for."""

    document: Path
    output: Path | None
    is_tracked: bool
    is_next: bool
    asked: ChoiceRequest
    today: date | None


def run(  # noqa: PLR0913  the table of use cases says these
    desk: Desk,
    *,
    document: Path,
    file: Path,
    output: Path | None = None,
    tracked: bool = False,
    as_next: bool = False,
    adopt: Sequence[str] | None = None,
    restore: Sequence[str] | None = None,
    reason: str | None = None,
    by: str | None = None,
) -> Result:
    """Return where the document with the workbook's figures was written, what moved and what was left.

    The document itself is overwritten only when `output` names it.  `as_next` takes last
    period's document as the base of the workbook's period.  CannotHold while a `mandatory`
    or unanswered `explain` finding of the workbook is open.

    Raises:
        OSError: a file is out of reach now.
    """
    against = hold_against(desk, document, file, is_next=as_next)
    if isinstance(against, CannotHold):
        return Result(RefreshAnswer(), against.findings, against.code)
    if holding(against.findings):
        return Result(RefreshAnswer(), against.findings, Exit.FINDINGS)
    asked = ChoiceRequest(
        adopt=adopt or (),
        restore=restore or (),
        reason=reason or "",
        by=by or "",
        on="" if desk.today is None else desk.today.isoformat(),
    )
    order = RefreshOrder(
        document=document, output=output, is_tracked=tracked, is_next=as_next, asked=asked, today=desk.today
    )
    choices, problems = choose(against.told, asked)
    if problems:
        return Result(RefreshAnswer(), problems, Exit.FINDINGS)
    return _refresh(against, choices, order)


def _refresh(against: HeldDocument, choices: Choices, order: RefreshOrder) -> Result:
    told, document, submission = against.told, against.document, against.reading.submission
    news = News(
        now={one.stretch.name: one.now for one in told.judged},
        kit=submission.kit,
        figures=against.figures,
        previous=submission.previous,
        is_next=order.is_next,
    )
    wording = wording_findings(document, news)
    chosen = choices.adopted | choices.restored
    kept = [one for one in told.judged if one.agreement in _KEPT and one.stretch.name not in chosen]
    findings = [*against.findings, *_said(against, kept, order), *wording]
    if order.is_next:
        findings += as_next_findings(document, news, submission.period)
    adopted = (one.stretch.bound for one in told.judged if one.stretch.name in choices.adopted)
    answer = RefreshAnswer(
        kept=tuple(against.judged(one) for one in kept),
        adopted=tuple(bound.name or bound.id for bound in adopted),
        wording=wording,
    )
    origin = document.record.origin
    moved = _move(against, choices, order)
    answer = replace(answer, changes=tuple(against.change(one) for one in moved))
    if not (moved or chosen or order.is_next or order.output):
        return Result(replace(answer, is_current=True), tuple(findings), Exit.DONE)
    target = _default_target(order.document, origin, submission, is_next=order.is_next)
    asked = order.output
    if asked is not None:
        target = asked / target.name if asked.is_dir() else asked
    content = document.written(document.record)
    is_named = asked is not None and not asked.is_dir()
    written = put("refresh", content, target, source=order.document, is_named=is_named)
    answer = replace(answer, path="" if written.value is None else str(written.value))
    return Result(
        answer, (*findings, *written.findings), Exit.DONE if written.value is not None else Exit.FINDINGS
    )


def _move(against: HeldDocument, choices: Choices, order: RefreshOrder) -> tuple[MovedFigure, ...]:
    document, submission = against.document, against.reading.submission
    roots = [text.root for text in document.texts]
    return Refreshing(
        document,
        against.told.judged,
        Origin.of(submission),
        choices,
        is_next=order.is_next,
        tracker=Tracker(roots, author=order.asked.by, day=order.today) if order.is_tracked else None,
    ).run()


def _said(against: HeldDocument, kept: Sequence[JudgedFigure], order: RefreshOrder) -> list[Finding]:
    """Return what is said of figures that stay as they stand; of last issue's missing ones its own list tells."""
    told, findings = against.told, []
    for one in kept:
        is_last = order.is_next and one.agreement is not Agreement.REMOVED and bool(one.stretch.text)
        if order.is_next and one.agreement is Agreement.MISSING:
            continue
        findings.append(told.finding(one, "LAST_ADOPTED" if is_last else ""))
    if not order.is_next:
        for one in told.judged:
            if one.agreement is Agreement.STALE:
                findings += told.copies(one)
        findings += typed_again(told.document, told.judged, [one for one in findings if one is not None])
    return [found for found in findings if found is not None]


def _default_target(document: Path, origin: Origin, submission: Submission, *, is_next: bool) -> Path:
    """Return the usual name beside the document: 名称_更新.docx; of the next period its own name where it has one."""
    stem = document.stem
    if not is_next:
        return marked_name(document, words()["refreshed"], ".docx")
    last, now = Period.parse(origin.period), submission.period
    if last is not None and now is not None and safe(last.name) in stem:
        return document.with_name(f"{stem.replace(safe(last.name), safe(now.name))}.docx")
    return document.with_name(f"{stem}{words()['next']}.docx")
