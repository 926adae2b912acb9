"""One page that says of every number of a document where it comes from: text left, chain and rows right.

The page stands alone: no network, no other file, its own policy forbids both.
It works without its script (plain links) and in browsers of 2016.
"""

from __future__ import annotations

import hashlib
import tomllib
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from officeflow.document.bound.document import BoundDocument
from officeflow.document.bound.page_text import Grid, Segment, TextLine, TextPart, page_text
from officeflow.model.trace import Trace, TracedFigure
from officeflow.model.values import Period
from officeflow.text.formats import print_value

_HERE = Path(__file__).parent


class _Numbered(NamedTuple):
    """A figure with its number on the page."""

    number: int
    traced: TracedFigure


def trace_page(document: BoundDocument, trace: Trace, hide: Callable[[str], str] = str) -> str:
    """Return the page as HTML; the same document and trace give the same page.

    `hide` takes personal values out of the document's words.
    """
    figures = {one.mark: _Numbered(number, one) for number, one in enumerate(trace.figures, 1)}
    parts = tuple(_hidden(part, hide) for part in page_text(document))
    shown = {segment.mark for part in parts for segment in _segments(part)}
    css, js = (_data(name) for name in ("trace_page.css", "trace_page.js"))
    period = Period.parse(trace.period)
    return (
        _environment()
        .get_template("trace_page.html")
        .render(
            trace=trace,
            period=print_value(period).text,
            parts=parts,
            figures=figures,
            groups=_groups(figures.values()),
            gone=[figure for mark, figure in figures.items() if mark not in shown],
            states=_states(trace),
            words=_words(),
            css=Markup(css),  # noqa: S704  our own files
            js=Markup(js),  # noqa: S704
            hashes={"css": _hash(css), "js": _hash(js)},
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(_data("trace_page.toml"))


@cache
def _data(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _states(trace: Trace) -> str:
    words, counts = _words(), Counter(figure.state for figure in trace.figures)
    said = (
        words["state_count"].format(state=words["states"][name], count=counts[name])
        for name in words["states"]
        if counts[name]
    )
    return str(words["and"].join(said))


def _groups(figures: Iterable[_Numbered]) -> list[tuple[str, list[_Numbered]]]:
    """Return the numbers, then dates and texts, each under its label."""
    found: dict[bool, list[_Numbered]] = {True: [], False: []}
    for figure in figures:
        found[figure.traced.is_number].append(figure)
    return [(_words()["numbers"], found[True]), (_words()["texts"], found[False])]


def _hidden(part: TextPart, hide: Callable[[str], str]) -> TextPart:
    def line(one: TextLine) -> TextLine:
        return TextLine(
            tuple(segment._replace(text=hide(segment.text)) for segment in one.segments), one.looks
        )

    blocks = (
        Grid(tuple(tuple(tuple(map(line, cell)) for cell in row) for row in block.rows))
        if isinstance(block, Grid)
        else line(block)
        for block in part.blocks
    )
    return TextPart(part.name, tuple(blocks))


def _segments(part: TextPart) -> list[Segment]:
    lines = (
        [one for row in block.rows for cell in row for one in cell] if isinstance(block, Grid) else [block]
        for block in part.blocks
    )
    return [segment for group in lines for one in group for segment in one.segments]
