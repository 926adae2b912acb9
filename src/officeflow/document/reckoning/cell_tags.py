"""{{指标}} and {{指标|格式}} that a clerk typed into a cell: names only, never a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from officeflow.document.reckoning.tags import RawTag, TagKind, Unclosed, find_tags


class CellTag(NamedTuple):
    """A figure named in a cell's text; `format` '' = the figure's own."""

    source: str
    name: str
    format: str = ""


def split_tags(text: str) -> Iterator[str | CellTag]:
    """Yield the plain stretches and the tags of a cell's text; a name that is not a figure's is kept as typed.

    >>> list(split_tags("共｛｛捐款 | 数｝｝元"))
    ['共', CellTag(source='｛｛捐款 | 数｝｝', name='捐款', format='数'), '元']
    """
    place = 0
    for found in find_tags(text):
        end = len(text) if isinstance(found, Unclosed) else found.end
        if found.start < place:
            continue
        if found.start > place:
            yield text[place : found.start]
        source = text[found.start : end]
        yield _tag(source, found) if isinstance(found, RawTag) else CellTag(source, source)
        place = end
    if place < len(text):
        yield text[place:]


def _tag(source: str, raw: RawTag) -> CellTag:
    name, _, form = raw.body.partition("|")
    return CellTag(source, name.strip() if raw.kind is TagKind.PRINT else source, form.strip())
