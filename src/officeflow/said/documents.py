"""Answers about documents and templates: verify, trace, refresh, rebind, compare, template fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from officeflow.flow.answers import (
    ChangedAnswer,
    CompareAnswer,
    FieldAnswer,
    FieldsAnswer,
    RebindAnswer,
    RefreshAnswer,
    TraceAnswer,
    VerifyAnswer,
)
from officeflow.model.trace import Hop, TracedFigure, TracedRow, TracedRows
from officeflow.said.words import screens, shortened

_VALUE_CHARS, _CHANGE_CHARS, _SAMPLE_CHARS = 24, 40, 30
_CHANGES_SHOWN = 30
_ROWS_SHOWN, _SOURCES_SHOWN = 10, 6
_INDENT = "  "
_SETTLED = ("same", "adopted")


def verify_lines(answer: VerifyAnswer) -> Iterator[str]:
    """Yield one sentence that counts the figures by how they stand; what does not agree was listed as findings."""
    words = screens()["verify"]
    counts = Counter(figure.state for figure in answer.figures)
    if not counts:
        return
    parts = words["joiner"].join(
        words[state].format(count=counts[state]) for state in words["order"] if counts[state]
    )
    yield words["total"].format(count=len(answer.figures), parts=parts)
    if all(state in _SETTLED for state in counts):
        yield words["settled"]


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


def refresh_lines(answer: RefreshAnswer) -> Iterator[str]:
    """Yield what was moved, and one sentence with where it was written."""
    words = screens()["refresh"]
    for change in answer.changes:
        yield words["change"].format(
            paragraph=change.paragraph,
            name=change.name,
            before=shortened(change.from_, _VALUE_CHARS),
            after=shortened(change.to, _VALUE_CHARS),
        )
    if answer.adopted:
        yield words["newly"].format(count=len(answer.adopted), names=words["and"].join(answer.adopted))
    yield from _sentence(answer)
    if answer.path:
        yield words["written"].format(path=answer.path)


def _sentence(answer: RefreshAnswer) -> Iterator[str]:
    words, states = screens()["refresh"], Counter(figure.state for figure in answer.kept)
    # Those of which the data say nothing were nobody's doing.
    counts = {"adopted": states["adopted"], "kept": states.total() - states["adopted"] - states["missing"]}
    if answer.is_current and not any(counts.values()):
        yield words["same"]
    elif answer.is_current or answer.path:
        parts = [words["moved" if answer.changes else "none"].format(count=len(answer.changes))]
        parts += [words[name].format(count=counts[name]) for name in ("kept", "adopted") if counts[name]]
        yield words["sentence"].format(parts=words["joiner"].join(parts))


def compare_lines(answer: CompareAnswer) -> Iterator[str]:
    """Yield how many changes there are, each in a line, and what was written."""
    words = screens()["compare"]
    if answer.changes:
        numbers = sum(change.kind == "number" for change in answer.changes)
        yield words["total"].format(count=len(answer.changes), numbers=numbers)
        yield from _changes(answer.changes)
    elif answer.is_same:
        yield words["same"]
    for path in answer.files:
        yield screens()["files"]["line"].format(path=path)


def rebind_lines(answer: RebindAnswer) -> Iterator[str]:
    """Yield the words that were changed (numbers and losses were listed as findings), and where it was written."""
    words = screens()["rebind"]
    if answer.words:
        yield words["words"].format(count=len(answer.words))
        yield from _changes(answer.words)
    if answer.path:
        yield words["total"].format(
            count=answer.bound, numbers=len(answer.numbers), lost=len(answer.lost), words=len(answer.words)
        )
        yield screens()["files"]["line"].format(path=answer.path)


def _changes(changes: Sequence[ChangedAnswer]) -> Iterator[str]:
    words = screens()["compare"]
    for change in changes[:_CHANGES_SHOWN]:
        form = "both" if change.before and change.after and change.kind != "moved" else change.kind
        yield words[form].format(
            kind=words["kinds"][change.kind],
            place=change.place,
            figure=f"{change.figure}　" if change.figure else "",
            before=_one_line(change.before),
            after=_one_line(change.after),
        )
    if len(changes) > _CHANGES_SHOWN:
        yield words["rest"].format(count=len(changes) - _CHANGES_SHOWN)


def _one_line(text: str) -> str:
    return shortened(" ".join(text.split("\n")), _CHANGE_CHARS)


def template_lines(answer: FieldsAnswer) -> Iterator[str]:
    """Yield one line for each figure, and under a list how its rows are written and what they have."""
    words = screens()["fields"]
    for field in answer.fields:
        yield _line(field, words["line"])
        if field.fields:
            yield words["rows"].format(name=field.name)
            yield from (_line(one, words["row"]) for one in field.fields)
    if answer.fields:
        yield words["how"]
    for path in answer.files:
        yield screens()["files"]["line"].format(path=path)


def _line(field: FieldAnswer, form: str) -> str:
    words = screens()["fields"]
    text = field.text or words.get(field.state, "")
    title = "" if field.title == field.name else words["title"].format(title=field.title)
    return form.format(name=field.name, text=shortened(text, _SAMPLE_CHARS), title=title)
