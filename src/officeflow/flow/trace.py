"""Say where a number of a finished document comes from: what it means, which cells, which rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

from officeflow.document.bound.document import BoundDocument
from officeflow.document.wml.bound_text import sentence_at
from officeflow.flow._words import MESSAGES
from officeflow.flow.answers import Exit, Result, TraceAnswer, exit_without
from officeflow.flow.destination import put
from officeflow.intake.desk import Desk
from officeflow.intake.documents import find_sources, read_document
from officeflow.intake.progress import Tell, ignore
from officeflow.intake.source import missing
from officeflow.model.findings import Finding, Outcome
from officeflow.model.trace import Trace, TracedFigure
from officeflow.model.values import number_in
from officeflow.text.nearest import nearest
from officeflow.tracing.chains import Tracer, tracer_with

_NAMED = 5
"""Workbooks named in one finding."""
_DIGIT = re.compile(r"[0-9.]")
_MIN_NAME_CHARS = 2
"""Characters of a name that say which figures are meant."""
_MAX_QUOTE_CHARS = 30


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
    figures = _asked_for(figure, trace.figures) if figure else trace.figures
    if figure and not figures:
        return Result(TraceAnswer(), (*findings, _unknown(figure, opened.value, trace)), Exit.UNUSABLE)
    written = [_page(tracer, trace, html)] if html else []
    if docx:
        written.append(_table(desk, tracer, trace, docx, document))
    files = tuple(str(one.value) for one in written if one.value)
    refused = [finding for one in written for finding in one.findings]
    code = Exit.DONE if all(one.value for one in written) else Exit.FINDINGS
    return Result(TraceAnswer(asked=figure or "", figures=figures, files=files), (*findings, *refused), code)


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
    """Return the tracer of a document, with the workbooks behind it where they lie in one of the places or next to it.

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


def _asked_for(wanted: str, figures: Iterable[TracedFigure]) -> tuple[TracedFigure, ...]:
    """Return the figures that a person means: the first way of reading what was typed that fits any.

    In this order: id or name; printed text; the number alone (248, 16000, 1.6万); a number inside
    a longer text; words of the sentence that hold it; a part of the name.
    """
    typed, known = _plain(wanted), tuple(figures)
    for fits in _READINGS:
        if typed and (matches := tuple(figure for figure in known if fits(typed, figure))):
            return matches
    return ()


def _plain(text: str) -> str:
    """Return a text with full-width signs, blanks and digit groups made regular."""
    narrow = "".join(normalize("NFKC", text).split())
    return re.sub(r"(?<=\d),(?=\d{3})", "", narrow)


def _printed(figure: TracedFigure) -> list[str]:
    return [_plain(text) for text in (figure.text, figure.text_now) if text]


def _is_named(typed: str, figure: TracedFigure) -> bool:
    return typed in (_plain(figure.id), _plain(figure.name), figure.mark)


def _is_printed(typed: str, figure: TracedFigure) -> bool:
    return typed in _printed(figure)


def _is_value(typed: str, figure: TracedFigure) -> bool:
    bare = typed.removesuffix(figure.unit) if figure.unit else typed
    if bare in [text.removesuffix(figure.unit) for text in _printed(figure)]:
        return True
    number = number_in(bare)
    return bare == figure.value if number is None else number == number_in(figure.value)


def _holds_number(typed: str, figure: TracedFigure) -> bool:
    return any(_stands_in(typed, text) for text in _printed(figure)) and any(map(str.isdigit, typed))


def _is_quoted(typed: str, figure: TracedFigure) -> bool:
    """Whether words of its sentence were given that hold it: 衣物248件."""
    return any(text in typed for text in _printed(figure)) and typed in _plain(figure.sentence)


def _stands_in(typed: str, text: str) -> bool:
    """Whether a text holds another one that is not part of a longer number there."""
    for match in re.finditer(re.escape(typed), text):
        before = text[match.start() - 1 : match.start()] if match.start() else ""
        after = text[match.end() : match.end() + 1]
        if not (_DIGIT.match(typed[0]) and _DIGIT.match(before)) and not (
            _DIGIT.match(typed[-1]) and _DIGIT.match(after)
        ):
            return True
    return False


def _is_part(typed: str, figure: TracedFigure) -> bool:
    return len(typed) >= _MIN_NAME_CHARS and (typed in figure.name or typed in figure.id)


_READINGS: Sequence[Callable[[str, TracedFigure], bool]] = (
    _is_named,
    _is_printed,
    _is_value,
    _holds_number,
    _is_quoted,
    _is_part,
)


def _unknown(wanted: str, document: BoundDocument, trace: Trace) -> Finding:
    """Return why nothing is known of what was asked for: typed by hand in the text, or not there at all."""
    typed, number = _plain(wanted), 0
    for part in document.texts:
        for paragraph in part.paragraphs:
            number += bool(paragraph.text.strip())
            line = _plain(paragraph.text)
            if typed and _stands_in(typed, line):
                sentence = sentence_at(line, line.find(typed))
                return MESSAGES.finding(
                    "NUMBER_BY_HAND", value=wanted, paragraph=number, sentence=_quoted(sentence)
                )
    return MESSAGES.finding("FIGURE_NOT_THERE", value=wanted, nearest=_nearest(typed, trace.figures))


def _quoted(sentence: str) -> str:
    return sentence if len(sentence) <= _MAX_QUOTE_CHARS else f"{sentence[: _MAX_QUOTE_CHARS - 1]}…"


def _nearest(typed: str, figures: Sequence[TracedFigure]) -> str:
    """Return the printed number nearest to a number, else the name or text most like what was typed."""
    names = [name for figure in figures for name in (figure.id, figure.name, figure.text)]
    exact = {
        figure.text: value
        for figure in figures
        if figure.is_reported and (value := _number(figure.value)) is not None
    }
    wanted = _number("".join(re.findall(r"[\d.]", typed)))
    if wanted is not None and exact:
        return min(exact, key=lambda text: abs(exact[text] - wanted))
    return nearest(typed, names) or next(iter((*exact, *names)), "")


def _number(text: str) -> Decimal | None:
    return number_in(text.split(" ", maxsplit=1)[0])
