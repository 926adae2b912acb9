"""What a person sees: the answer of each use case as lines of Chinese, words from words.toml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import singledispatch
from pathlib import Path
from typing import Any

from officeflow.flow.answers import (
    CheckAnswer,
    CompareAnswer,
    DemoAnswer,
    DoctorAnswer,
    Exit,
    FieldsAnswer,
    FiguresAnswer,
    FilesAnswer,
    KitCheckAnswer,
    KitNewAnswer,
    KitsAnswer,
    MergeAnswer,
    NextAnswer,
    RebindAnswer,
    RefreshAnswer,
    RepairAnswer,
    ReportAnswer,
    ReportsAnswer,
    Result,
    SettingsAnswer,
    SubmissionAnswer,
    TraceAnswer,
    VerifyAnswer,
    holding,
)
from officeflow.model.findings import Finding, Severity
from officeflow.said.documents import (
    compare_lines,
    rebind_lines,
    refresh_lines,
    template_lines,
    trace_lines,
    verify_lines,
)
from officeflow.said.groups import by_column, by_repair, headings
from officeflow.said.words import screens

_REPAIRS_SHOWN = 12
_READ_AS = "READ_AS"
_SOUND = {"kit check": "kit_none", "template check": "template_none"}


def lines(name: str, result: Result) -> Iterator[str]:
    """Yield what to print: findings by severity, the answer, and one closing sentence."""
    findings = _to_show(result)
    for file, part in _by_file(result):
        if file:
            yield screens()["finding"]["file"].format(file=file)
        yield from _opening(part.answer)
        yield from _findings(_to_show(part))
        yield from _answer(part.answer)
    if name in _SOUND and not findings:
        yield screens()["summary"][_SOUND[name]]
    elif name in {"check", *_SOUND} or (not result.ok and len(findings) > 1):
        yield _summary(findings)
    if name == "report" and result.code is Exit.FINDINGS:
        yield from _unwritten(result)


def _unwritten(result: Result) -> Iterator[str]:
    """Yield which reports were not written although others were, or that none was."""
    words, held = screens()["summary"], _to_mend(result.findings)
    reports = result.answer.reports if isinstance(result.answer, ReportsAnswer) else ()
    lost = [report.title or report.report for report in reports if not report.path]
    if lost and len(lost) < len(reports):
        names = words["report_joiner"].join(lost)
        yield words["partly"].format(written=len(reports) - len(lost), lost=names)
    elif held and (lost or not reports):
        yield words["refused"].format(count=held)


def _to_mend(findings: Iterable[Finding]) -> int:
    """Return how many findings of the workbook hold a report up; a target that is in the way is another matter."""
    return sum(not finding.code.startswith("DOCUMENT_") for finding in holding(findings))


def _by_file(result: Result) -> list[tuple[str, Result]]:
    """Return what is said of each workbook by itself, under its name, where several were checked."""
    answer = result.answer
    if not isinstance(answer, CheckAnswer):
        return [("", result)]
    things: tuple[SubmissionAnswer | RepairAnswer | Finding, ...] = (
        *answer.submissions,
        *answer.repairs,
        *result.findings,
    )
    files = list(dict.fromkeys(thing.file for thing in things))
    if len(files) <= 1:
        return [("", result)]
    copies = replace(result, answer=CheckAnswer(marked=answer.marked), findings=())
    return [*((file, _of_file(result, answer, file)) for file in files), ("", copies)]


def _of_file(result: Result, answer: CheckAnswer, file: str) -> Result:
    own = CheckAnswer(
        submissions=tuple(one for one in answer.submissions if one.file == file),
        repairs=tuple(one for one in answer.repairs if one.file == file),
    )
    return replace(result, answer=own, findings=tuple(one for one in result.findings if one.file == file))


def _to_show(result: Result) -> list[Finding]:
    """Return the findings to list: what was read as a regular value has a list of its own under a check."""
    is_listed = isinstance(result.answer, CheckAnswer)
    return [finding for finding in result.findings if not (is_listed and finding.code == _READ_AS)]


@singledispatch
def _answer(answer: object) -> Iterator[str]:  # noqa: ARG001
    yield from ()


@singledispatch
def _opening(answer: object) -> Iterator[str]:  # noqa: ARG001
    """Yield the lines that stand before the findings."""
    yield from ()


@_opening.register
def _(answer: CheckAnswer) -> Iterator[str]:
    for submission in answer.submissions:
        yield _whose(submission)


def _whose(submission: SubmissionAnswer) -> str:
    words = screens()["submission"]
    unit = submission.unit or words["no_unit"]
    period = submission.period.replace("/", " — ") or words["no_period"]
    return str(words["line"].format(unit=unit, title=submission.title, period=period))


@_answer.register
def _(answer: CheckAnswer) -> Iterator[str]:
    for path in answer.marked:
        yield screens()["marked"]["line"].format(path=path)
    if not answer.repairs:
        return
    words, groups = screens()["repairs"], by_repair(answer.repairs)
    yield words["heading"].format(count=len(answer.repairs))
    for group in groups[:_REPAIRS_SHOWN]:
        yield _repair_line(group.items[0], group.cells, len(group.items), words)
    hidden = sum(len(group.items) for group in groups[_REPAIRS_SHOWN:])
    if hidden:
        yield words["rest"].format(count=hidden)


def _repair_line(first: RepairAnswer, cells: str, count: int, words: dict[str, str]) -> str:
    form = "default" if first.rule == "default" else "line" if count == 1 else "many"
    return words[form].format(
        sheet=first.sheet, cells=cells, count=count, to=first.to, **{"from": first.from_}
    )


def _findings(findings: Iterable[Finding]) -> Iterator[str]:
    words, names = screens()["finding"], screens()["severity"]
    for severity in Severity:
        groups = by_column(finding for finding in findings if finding.severity is severity)
        if not groups:
            continue
        count = sum(len(group.items) for group in groups)
        yield words["heading"].format(severity=names[severity.value], count=count)
        for group in groups:
            first = group.items[0]
            rule = words["rule"].format(rule=first.rule) if first.rule else ""
            yield words["line"].format(message=first.message, rule=rule)
            if first.remedy:
                yield words["remedy"].format(remedy=first.remedy)
            if len(group.items) > 1:
                others = headings(group.items)[1:]
                form, fields = ("more_fields" if others else "more"), words["and"].join(others)
                yield words[form].format(count=len(group.items) - 1, cells=group.cells, fields=fields)
            if first.explanation:
                yield words["answered"].format(explanation=first.explanation)


def _summary(findings: Sequence[Finding]) -> str:
    words, names = screens()["summary"], screens()["severity"]
    if not findings:
        return str(words["none"])
    hint, answered = (sum(map(test, findings)) for test in (_is_hint, _is_answered))
    open_ones = Counter(finding.severity for finding in findings if finding.is_open)
    counts = {
        names[severity.value]: open_ones[severity] for severity in Severity if severity is not Severity.HINT
    }
    counts |= {words["answered"]: answered, names[Severity.HINT.value]: hint}
    parts = words["joiner"].join(
        words["part"].format(severity=name, count=count) for name, count in counts.items() if count
    )
    return str(words["some" if open_ones else "settled"].format(total=len(findings), parts=parts))


def _is_hint(finding: Finding) -> bool:
    return finding.severity is Severity.HINT


def _is_answered(finding: Finding) -> bool:
    return not finding.is_open and not _is_hint(finding)


@_answer.register
def _(answer: FiguresAnswer) -> Iterator[str]:
    words = screens()["figures"]
    for figure in answer.figures:
        text = figure.text if figure.state == "known" else words[figure.state]
        sources = " ".join(f"{source.sheet}!{source.cells}" for source in figure.sources)
        yield words["line"].format(id=figure.id, text=text, sources=sources)


@_answer.register
def _(answer: ReportsAnswer) -> Iterator[str]:
    for report in answer.reports:
        yield from _report(report)


def _report(report: ReportAnswer) -> Iterator[str]:
    words = screens()["report"]
    if report.path:
        yield words["written"].format(
            path=report.path, characters=report.characters, figures=len(report.figures)
        )
    if report.pdf:
        yield words["pdf"].format(path=report.pdf)
    if report.sources:
        yield words["sources"].format(path=report.sources)


@_answer.register
def _(answer: TraceAnswer) -> Iterator[str]:
    yield from trace_lines(answer)
    for path in answer.files:
        yield screens()["files"]["line"].format(path=path)


_answer.register(VerifyAnswer, verify_lines)
_answer.register(RefreshAnswer, refresh_lines)
_answer.register(RebindAnswer, rebind_lines)
_answer.register(CompareAnswer, compare_lines)


@_answer.register
def _(answer: DemoAnswer) -> Iterator[str]:
    for report in answer.reports:
        yield from _report(report)
    yield screens()["demo"]["done"].format(seconds=answer.seconds)


@_opening.register
def _(answer: DemoAnswer) -> Iterator[str]:
    yield screens()["demo"]["workbook"].format(path=answer.files[0])


@_answer.register
def _(answer: FilesAnswer) -> Iterator[str]:
    for path in answer.files:
        yield screens()["files"]["line"].format(path=path)


@_answer.register
def _(answer: FieldsAnswer) -> Iterator[str]:
    yield from template_lines(answer)


@_answer.register
def _(answer: NextAnswer) -> Iterator[str]:
    words = screens()["next"]
    for path in answer.files:
        yield screens()["files"]["line"].format(path=path)
        yield words["period"].format(period=answer.period.replace("/", " — "))
    for one in answer.carried:
        line = words["record" if one.fields else "some" if one.left else "carried"]
        yield line.format(sheet=one.sheet, rows=one.rows, left=one.left, fields=one.fields)
    if answer.files:
        yield words["previous"].format(count=answer.previous)
        yield words["rest"]


@_answer.register
def _(answer: MergeAnswer) -> Iterator[str]:
    words = screens()["merge"]
    for path in answer.files:
        yield screens()["files"]["line"].format(path=path)
        yield from (words["added"].format(sheet=one.sheet, rows=one.rows) for one in answer.added)
        if not answer.added:
            yield words["same"]


@_answer.register
def _(answer: KitsAnswer) -> Iterator[str]:
    words: dict[str, Any] = screens()["kits"]
    for kit in answer.kits:
        reports = words["joiner"].join(
            words["report"].format(title=report.title, id=report.id) for report in kit.reports
        )
        yield words["line"].format(id=kit.id, title=kit.title, version=kit.version, reports=reports)


@_answer.register
def _(answer: DoctorAnswer) -> Iterator[str]:
    for condition in answer.checks:
        yield screens()["doctor"][condition.state].format(text=condition.text)


@_answer.register
def _(answer: SettingsAnswer) -> Iterator[str]:
    words = screens()["settings"]
    for name, value in answer.settings.items():
        yield words["line"].format(name=name, value=value)
    yield words["file"].format(file=answer.file)
    yield words["own_kits"].format(folder=answer.own_kits)


@_answer.register
def _(answer: KitNewAnswer) -> Iterator[str]:
    if answer.folder:
        words = screens()["kit_new"]
        yield words["written"].format(folder=answer.folder)
        yield words["first"].format(name=Path(answer.files[0]).name)
        yield words["then"].format(kit=answer.kit)


@_answer.register
def _(answer: KitCheckAnswer) -> Iterator[str]:
    words, states = screens()["kit_figures"], screens()["figures"]
    for figure in answer.figures:
        is_known = figure.state == "known"
        text = figure.text if is_known else states[figure.state]
        value = figure.value if isinstance(figure.value, str) else "、".join(figure.value)
        unit = words["unit"].format(unit=figure.unit) if figure.unit else ""
        exact = words["exact"].format(value=value, unit=unit) if is_known and value != text else ""
        yield words["line"].format(id=figure.id, text=text, exact=exact)
