"""What is wrong with a report's text and its layout, in words for the author of a kit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from officeflow.document.authoring.markdown import (
    TAG,
    Block,
    ChartBlock,
    HeadingBlock,
    ListEntry,
    MarkdownList,
    SectionsEnd,
    TableBlock,
    TextBlock,
    TextSpan,
    read_markdown,
    spans_of,
)
from officeflow.document.words import WORDS
from officeflow.model.findings import Finding
from officeflow.model.layout import Genre, Profile
from officeflow.text.messages import Catalogue
from officeflow.text.nearest import nearest

_MESSAGES = Catalogue.beside(__file__, "problems.toml")
_SHOWN = 30  # characters of a paragraph that a finding quotes
_CHART = re.compile(r"!\[[^\]]*\]\(")
_HASHES = re.compile(r"#{2,}")
_WRONG_LEVEL = re.compile(r"(#|#{6,})\s")


def template_problems(
    markdown: str, genre: Genre, profile: Profile, *, file: str = "", numbering: str = ""
) -> tuple[Finding, ...]:
    """Return what keeps a report's text from being printed as its author means it, () when nothing does.

    `file` is the Markdown file's name, for the findings; `numbering` is the
    report's own.  Template tags are not looked into: the template's own check does that.
    """
    blocks = read_markdown(markdown)
    found = (*_levels(blocks), *_charts(blocks), *(finding for block in blocks for finding in _block(block)))
    return (
        *(_at(finding, file) for finding in found),
        *_styles(genre, profile),
        *_numbering(numbering, genre, profile),
    )


def _at(problem: tuple[str, str], file: str) -> Finding:
    code, text = problem
    value = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return _MESSAGES.finding(code, file=file, value=value)


def _levels(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    above = 0
    for block in blocks:
        if isinstance(block, HeadingBlock):
            if block.level > above + 1:
                yield "TEXT_LEVEL_SKIPPED", block.text
            above = block.level
        elif isinstance(block, SectionsEnd):
            above = 0


def _charts(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, ChartBlock) and block.kind not in WORDS.charts:
            yield "TEXT_CHART_KIND", block.kind
        if isinstance(block, ChartBlock) and len(block.columns) == 1:
            yield "TEXT_CHART_COLUMNS", block.columns[0]


def _block(block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case TextBlock(pieces):
            texts = [piece for piece in pieces if isinstance(piece, str)]
            if texts and _WRONG_LEVEL.match(texts[0]):
                yield "TEXT_LEVEL", texts[0]
            for listing in pieces:
                if isinstance(listing, MarkdownList):
                    yield from _block(listing)
        case MarkdownList(parts, name):
            texts = [part.text for part in parts if isinstance(part, ListEntry)]
            if not texts:
                yield "TEXT_COUNT_ALONE", name
        case TableBlock(rows):
            cells = [row for row in rows if not isinstance(row, str)]
            texts = [text for row in cells for text in row]
            if len({len(row) for row in cells}) > 1:
                yield "TEXT_TABLE_UNEVEN", "｜".join(cells[0])
        case _:
            texts = []
    yield from (("TEXT_CHART_INSIDE", text) for text in texts if _CHART.search(TAG.sub("", text)))
    yield from (
        ("TEXT_RUN_IN_OPEN", text)
        for text in texts
        if any(map(_is_open, spans_of(text))) and not _WRONG_LEVEL.match(text)
    )
    yield from (("TEXT_BOLD_OPEN", text) for text in texts if TAG.sub("", text).count("**") % 2)


def _is_open(span: TextSpan) -> bool:
    return bool(_HASHES.search(TAG.sub("", span.text)))


def _numbering(numbering: str, genre: Genre, profile: Profile) -> Iterator[Finding]:
    for name, where in ((numbering, "numbering"), (genre.numbering, f"{genre.id} numbering")):
        if profile.numbers(name) is None:
            expected = nearest(name, ("none", *profile.numberings))
            yield _MESSAGES.finding("LAYOUT_NUMBERING", where=where, value=name, expected=expected)


def _styles(genre: Genre, profile: Profile) -> Iterator[Finding]:
    for part in (*genre.head, *genre.foot):
        for name, known in ((part.style, profile.styles), (part.label_style, profile.labels)):
            if name and name not in known:
                expected = nearest(name, tuple(known))
                yield _MESSAGES.finding("LAYOUT_STYLE_UNKNOWN", where=genre.id, value=name, expected=expected)
