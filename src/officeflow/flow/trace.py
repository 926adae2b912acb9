"""Say where a number of a finished document comes from: what it means, which cells, which rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from officeflow.document.bound.document import BoundDocument
from officeflow.flow._asked import asked, not_found
from officeflow.flow._messages import MESSAGES
from officeflow.flow.answers import Exit, Result, TraceAnswer, exit_without
from officeflow.flow.destination import put
from officeflow.intake.desk import Desk
from officeflow.intake.documents import find_sources, read_document
from officeflow.intake.progress import Tell, ignore
from officeflow.intake.source import missing
from officeflow.model.findings import Finding, Outcome
from officeflow.model.trace import Trace
from officeflow.tracing.chains import Tracer, tracer_with

_NAMED = 5
"""Workbooks named in one finding."""


def run(
    desk: Desk,
    *,
    document: Path,
    figure: str | None = None,
    places: Sequence[Path] = (),
    html: Path | None = None,
    docx: Path | None = None,
    tell: Tell = ignore,
) -> Result:
    """Return the figures asked for (all for none), each with its chain; page and table of all of them where asked for.

    `figure` is an id, a name, or what is printed.  The chain is in the document; rows are
    shown when the workbook lies in one of `places` or beside the document.

    Raises:
        OSError: a file is out of reach now.
    """
    opened = read_document(document)
    amiss = (*_lost(places), *_misnamed((html, (".html", ".htm")), (docx, (".docx",)), document=document))
    if opened.value is None or amiss:
        refusals = (*opened.findings, *amiss)
        return Result(TraceAnswer(), refusals, exit_without(refusals))
    tracer = tracer_of(desk, opened.value, document, places, tell=tell)
    trace = tracer.trace()
    findings = (*opened.findings, *_away(trace, (*places, document.parent)))
    found = asked(figure, trace.figures) if figure else trace.figures
    if figure and not found:
        return Result(TraceAnswer(), (*findings, not_found(figure, opened.value, trace)), Exit.UNUSABLE)
    written = [_page(tracer, trace, html)] if html else []
    if docx:
        written.append(_table(desk, tracer, trace, docx, document))
    files = tuple(str(one.value) for one in written if one.value)
    refused = [finding for one in written for finding in one.findings]
    code = Exit.DONE if all(one.value for one in written) else Exit.FINDINGS
    return Result(TraceAnswer(asked=figure or "", figures=found, files=files), (*findings, *refused), code)


def _lost(places: Sequence[Path]) -> Iterator[Finding]:
    """Yield what was named with --with and is not there."""
    for place in places:
        if not place.exists():
            yield missing(place)


def _misnamed(*targets: tuple[Path | None, tuple[str, ...]], document: Path) -> Iterator[Finding]:
    """Yield the targets whose name is of another kind of file, or that of the document itself."""
    for target, endings in targets:
        if target and (target.suffix.lower() not in endings or target.resolve() == document.resolve()):
            yield MESSAGES.finding("TRACE_TARGET", file=str(target), name=target.name, expected=endings[0])


def _page(tracer: Tracer, trace: Trace, target: Path) -> Outcome[Path | None]:
    # Jinja's loader and the page's data: only who asks for the page pays.
    from officeflow.document.bound.trace_page import trace_page

    page = trace_page(tracer.document, trace, tracer.mask)
    return put("trace html", page.encode(), target, is_named=True)


def _table(desk: Desk, tracer: Tracer, trace: Trace, target: Path, source: Path) -> Outcome[Path | None]:
    # The builder of templates and pydantic: only who asks for the table pays.
    from officeflow.flow._sources import write_sources

    return write_sources(desk, "trace docx", trace, tracer.document.record.origins, target, source=source)


def tracer_of(
    desk: Desk, document: BoundDocument, path: Path, places: Sequence[Path], *, tell: Tell = ignore
) -> Tracer:
    """Return the tracer of a document, with the workbooks behind it where they lie in one of the places or beside it.

    Raises:
        OSError: a folder is out of reach now.
    """
    readings = find_sources(desk, document.record.origins, (*places, path.parent), tell=tell)
    if readings:
        return tracer_with(desk, document, path.name, readings)
    return Tracer(document=document, name=path.name, kit=desk.kit(document.record.origin.kit))


def _away(trace: Trace, places: Sequence[Path]) -> tuple[Finding, ...]:
    """Return the hints that rows or definitions cannot be shown, and what is missing for that."""
    findings = []
    if not trace.title:
        findings.append(MESSAGES.finding("TRACE_KIT_AWAY", value=trace.kit))
    elif trace.workbooks:
        away = [one.name for one in trace.workbooks if not one.is_at_hand]
        if away:
            findings.append(
                MESSAGES.finding(
                    "TRACE_SOURCES_AWAY",
                    count=len(away),
                    value="、".join(away[:_NAMED]),
                    expected=len(trace.workbooks),
                )
            )
    elif not trace.is_at_hand:
        is_changed = any((place / trace.file).is_file() or place.name == trace.file for place in places)
        code = "TRACE_SOURCE_CHANGED" if is_changed else "TRACE_SOURCE_AWAY"
        findings.append(MESSAGES.finding(code, value=trace.file, digest=trace.digest[:8]))
    return tuple(findings)
