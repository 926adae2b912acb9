"""Say where a number of a finished document comes from: what it means, which cells, which rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from officeflow.document.bound import BoundDocument
from officeflow.flow._asked import asked, not_found
from officeflow.flow._documents import find_source, read_document
from officeflow.flow._messages import MESSAGES
from officeflow.flow._settings import kit_folders
from officeflow.flow._tracing import Tracer
from officeflow.flow._tracing_words import Mask
from officeflow.flow.answers import Exit, Result, TraceAnswer
from officeflow.kits import find_kit, kit_source
from officeflow.model.findings import Finding
from officeflow.model.trace import Trace
from officeflow.ooxml import write_beside


def run(
    *,
    document: Path,
    figure: str | None = None,
    places: Sequence[Path] = (),
    html: Path | None = None,
) -> Result:
    """Return the figures asked for (all for none), each with its chain; a page of all of them where `html` says.

    `figure` is an id, a name, or what is printed.  The chain is in the document; rows are
    shown when the workbook lies in one of `places` or beside the document.

    Raises:
        OSError: a file is out of reach now.
    """
    opened = read_document(document)
    lost = tuple(
        MESSAGES.finding("FILE_MISSING", file=str(place), name=place.name)
        for place in places
        if not place.exists()
    )
    if opened.value is None or lost:
        return Result(TraceAnswer(), (*opened.findings, *lost), Exit.UNUSABLE)
    tracer = tracer_of(opened.value, document, places)
    trace = tracer.trace()
    findings = (*opened.findings, *_away(trace, (*places, document.parent)))
    found = asked(figure, trace.figures) if figure else trace.figures
    if figure and not found:
        return Result(TraceAnswer(), (*findings, not_found(figure, opened.value, trace)), Exit.UNUSABLE)
    files = []
    if html is not None:
        from officeflow.document.trace_page import trace_page

        page = trace_page(opened.value, trace, tracer.mask)
        files.append(write_beside(html, page.encode()))
    answer = TraceAnswer(asked=figure or "", figures=found, files=tuple(map(str, files)))
    return Result(answer, findings)


def tracer_of(document: BoundDocument, path: Path, places: Sequence[Path]) -> Tracer:
    """Return the tracer of a document, with the workbook behind it where that lies in one of the places or beside it.

    Raises:
        OSError: a folder is out of reach now.
    """
    origin = document.record.origin
    reading = find_source(origin, (*places, path.parent))
    kit = reading.submission.kit if reading else find_kit(origin.kit, kit_folders())
    source = kit_source(kit.id, kit_folders()) if kit and reading else None
    mask = Mask.of(reading.submission, source.reports.values() if source else ()) if reading else Mask()
    return Tracer(document=document, name=path.name, kit=kit, reading=reading, mask=mask)


def _away(trace: Trace, places: Sequence[Path]) -> tuple[Finding, ...]:
    """Return the hints that rows or definitions cannot be shown, and what is missing for that."""
    findings = []
    if not trace.title:
        findings.append(MESSAGES.finding("TRACE_KIT_AWAY", value=trace.kit))
    elif not trace.is_at_hand:
        is_changed = any((place / trace.file).is_file() or place.name == trace.file for place in places)
        code = "TRACE_SOURCE_CHANGED" if is_changed else "TRACE_SOURCE_AWAY"
        findings.append(MESSAGES.finding(code, value=trace.file, digest=trace.digest[:8]))
    return tuple(findings)
