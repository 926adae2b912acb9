"""Write the next period's workbook: master data and open matters go on, last period's figures are remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from officeflow.figures import Tally
from officeflow.flow._transfer import FilledWorkbook, read_filled
from officeflow.flow._words import MESSAGES, submission_name
from officeflow.flow.answers import Exit, NextAnswer, Result, RowsAnswer, exit_for, exit_without, holding
from officeflow.flow.destination import blocked_at, put
from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import Reading
from officeflow.kits.build import filled
from officeflow.kits.next_period import Carried, carry, next_period
from officeflow.model.findings import Finding
from officeflow.model.submission import PREVIOUS_PERIOD
from officeflow.model.values import Period, canonical
from officeflow.workbook.entries.leftovers import left_behind
from officeflow.workbook.entries.typed import read_entries

_LONGEST_CELL = 32_767  # characters, Excel's limit


def run(desk: Desk, *, file: Path, output: Path | None = None, period: str | None = None) -> Result:
    """Return the path of the new workbook and what was carried into it; `period` overrides the kit's rule.

    An existing file is left alone, and `file` itself is never changed.

    Raises:
        OSError: the file or the target is out of reach now.
    """
    found = read_filled(desk, file)
    if found.value is None:
        return Result(NextAnswer(), found.findings, exit_without(found.findings))
    origin, submission = found.value, found.value.reading.submission
    span = Period.parse(period, submission.kit.period_rule) if period else next_period(submission)
    if span is None:
        code = "PERIOD_UNKNOWN" if period else "PERIOD_NEXT_UNKNOWN"
        return Result(
            NextAnswer(), (MESSAGES.finding(code, value=period or "", file=str(file)),), Exit.UNUSABLE
        )
    target = output or file.with_name(f"{submission_name(submission, span)}.xlsx")
    if blocked := blocked_at("next", target, source=file):
        return Result(NextAnswer(), blocked, Exit.FINDINGS)
    return _write(origin, span, target)


def _write(origin: FilledWorkbook, period: Period, target: Path) -> Result:
    submission, book = origin.reading.submission, origin.reading.book
    carried = carry(submission.kit, read_entries(book, submission, period=period), period)
    previous = remembered(origin.reading.tally)
    rows = {one.form.id: one.rows for one in carried}
    told = {**previous, PREVIOUS_PERIOD: str(submission.period)} if submission.period else previous
    content = filled(origin.source, rows, unit_tag=origin.unit_tag, previous=told)
    written = put("next", content, target, is_named=True)
    forms = [one.form.id for one in carried]
    lost = (finding for one in carried for entry in one.entries for finding in entry.lost)
    findings = (*written.findings, *_open(origin.reading), *lost, *left_behind(book, submission.kit, forms))
    answer = NextAnswer(
        files=(str(written.value),),
        period=str(period),
        carried=tuple(_told(one) for one in carried),
        previous=len(previous),
    )
    return Result(answer, findings, exit_for(findings))


def _open(reading: Reading) -> Iterator[Finding]:
    """Yield a hint when the figures to be remembered rest on cells that are still to be mended."""
    if held := holding(reading.findings):
        yield MESSAGES.finding("NEXT_FROM_OPEN", file=str(reading.book.path), count=len(held))


def remembered(tally: Tally) -> Mapping[str, str]:
    """Return the figures that the next period is held against, as canonical text; personal ones are not kept."""
    known = (
        figure for figure in tally.all() if figure.is_known and not (figure.is_personal or figure.has_tags)
    )
    texts = {figure.id: canonical(figure.value) for figure in known}
    return {name: text for name, text in texts.items() if 0 < len(text) <= _LONGEST_CELL}


def _told(one: Carried) -> RowsAnswer:
    if one.form.kind == "record":
        return RowsAnswer(sheet=one.form.sheet, rows=len(one.rows), fields=sum(map(len, one.rows)))
    return RowsAnswer(sheet=one.form.sheet, rows=len(one.rows), left=one.count_left)
