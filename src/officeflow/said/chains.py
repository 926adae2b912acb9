"""Where a number comes from, as lines of Chinese: the sentence, the meaning, the cells, the rows."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.flow.answers import TraceAnswer
from officeflow.model.trace import Hop, TracedFigure, TracedRow, TracedRows
from officeflow.said.words import screens

_ROWS_SHOWN = 10
_SOURCES_SHOWN = 6
_INDENT = "  "


def trace_lines(answer: TraceAnswer) -> Iterator[str]:
    """Yield the chain of each figure asked for, or one line per figure when all were."""
    if answer.asked:
        for figure in answer.figures:
            yield from _figure(figure)
    elif answer.figures and not answer.files:
        yield from _list(answer.figures)


def _list(figures: tuple[TracedFigure, ...]) -> Iterator[str]:
    words = screens()["trace"]
    for figure in figures:
        sources = " ".join(f"{source.place}!{source.cells}" for source in figure.sources[:_SOURCES_SHOWN])
        if len(figure.sources) > _SOURCES_SHOWN:
            sources += words["more_sources"].format(count=len(figure.sources))
        said = words["states"][figure.state]
        state = "" if figure.state == "untouched" else words["line_state"].format(state=said)
        yield words["line"].format(
            text=figure.text_now or figure.text, name=figure.name, sources=sources, state=state
        )
    number = next((figure for figure in figures if figure.is_number and figure.is_reported), None)
    yield words["how"].format(count=len(figures), text=number.text if number else "")


def _figure(figure: TracedFigure) -> Iterator[str]:
    words = screens()["trace"]
    before, text, after = figure.fragment
    yield words["figure"].format(text=figure.text_now or figure.text, name=figure.name)
    if text:
        yield words["sentence"].format(paragraph=figure.paragraph, before=before, text=text, after=after)
    else:
        yield words["gone"]
    yield words["state"].format(state=words["states"][figure.state])
    if figure.state == "adopted":
        yield words["adopted"].format(
            name=figure.adopted_by, day=figure.adopted_on, reason=figure.reason, text=figure.text
        )
    elif figure.state in {"overtyped", "removed"}:
        yield words["overtyped"].format(text=figure.text)
    if figure.exact != (figure.text_now or figure.text):
        yield words["value"].format(value=figure.exact)
    if figure.now:
        yield words["now"].format(now=figure.now)
    if figure.previous:
        yield words["compared"].format(previous=figure.previous, change=figure.change)
    for hop in figure.chain:
        yield from _hop(hop)


def _hop(hop: Hop) -> Iterator[str]:
    words, indent = screens()["trace"], _INDENT * (hop.depth + 1)
    if hop.depth:
        yield words["hop" if hop.text else "hop_bare"].format(indent=indent, name=hop.name, text=hop.text)
        indent += _INDENT
    if hop.definition:
        yield words["definition"].format(indent=indent, definition=hop.definition)
    for source in hop.sources:
        yield words["source"].format(
            indent=indent, file=source.file, sheet=source.place, cells=source.cells, rows=source.rows
        )
    if not hop.sources and not hop.depth:
        yield words["nothing"].format(indent=indent)
    for rows in hop.rows:
        sheet = rows.place if len(hop.rows) > 1 else ""
        yield from _rows(rows, indent, sheet)
    if hop.sum:
        yield words["sum"].format(indent=indent, sum=hop.sum)


def _rows(rows: TracedRows, indent: str, sheet: str) -> Iterator[str]:
    words = screens()["trace"]
    for row in rows.rows[:_ROWS_SHOWN]:
        cells = words["joiner"].join(_cells(rows, row))
        yield words["row"].format(indent=indent, sheet=sheet, row=row.row, cells=cells)
    if rows.count > _ROWS_SHOWN:
        yield words["rest"].format(indent=indent, count=rows.count - _ROWS_SHOWN)


def _cells(rows: TracedRows, row: TracedRow) -> Iterator[str]:
    words = screens()["trace"]
    for place, (heading, text) in enumerate(zip(rows.headings, row.cells, strict=True)):
        if text:
            yield words["marked" if place in row.sources else "cell"].format(heading=heading, text=text)
