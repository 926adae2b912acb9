"""Tags of plain templates outside of running text: in attributes (alternative texts, WordArt), equations, field codes.

Only text can be printed there.  Each tag must stand whole in its attribute or element.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from officeflow.document.reckoning.tags import Delimiters, RawTag, TagKind, find_tags
from officeflow.document.templates.heal import ATTRIBUTE, SIGN, Healed, Problem, Tag, TagPlace, is_mark
from officeflow.document.templates.text_nodes import TEXT, heal_text
from officeflow.document.wml.wordml import P, T, qn

_NOT_HERE = (T, qn("delText"), qn("delInstrText"))
_FIELD = qn("instrText")


def heal_elsewhere(
    root: etree._Element, healed: Healed, part: str, first: int, delimiters: Delimiters
) -> None:
    """Mark the tags of a part that stand in no paragraph's text; they are added to what was healed there."""
    number = 0
    for node in root.iter():
        if is_mark(node):
            continue
        number += node.tag == P
        for name, text in ((str(name), str(text)) for name, text in node.items()):
            if delimiters.may_be_in(text):
                _heal_attribute(node, name, TagPlace(part, number, text), healed, first, delimiters)
        text = node.text or ""
        if node.tag in _NOT_HERE or not delimiters.may_be_in(text):
            continue
        tags = [found for found in find_tags(text, delimiters) if isinstance(found, RawTag)]
        if node.tag == _FIELD and tags and not text[: tags[0].start].strip():
            # What kind of field it is must not come from data: some fetch other files.
            healed.problems.append(Problem("TAG_SCOPE", TagPlace(part, number, text), text))
        elif tags:
            heal_text(node, TEXT, TagPlace(part, number, text), healed, first, delimiters)


def _heal_attribute(
    node: etree._Element, name: str, place: TagPlace, healed: Healed, first: int, delimiters: Delimiters
) -> None:
    pieces, end = [], 0
    for raw in _printed(place, healed, delimiters):
        tag = Tag(
            number=first + len(healed.tags),
            kind=TagKind.PRINT,
            scope=ATTRIBUTE,
            body=raw.body,
            source=place.text[raw.start : raw.end],
            place=place,
            is_bound=False,
        )
        healed.tags.append(tag)
        healed.flow += [tag, None]
        pieces += [place.text[end : raw.start], f"{SIGN}a{tag.number}{SIGN}"]
        end = raw.end
    node.set(name, "".join([*pieces, place.text[end:]]))


def _printed(place: TagPlace, healed: Healed, delimiters: Delimiters) -> Iterator[RawTag]:
    for raw in find_tags(place.text, delimiters):
        if not isinstance(raw, RawTag):
            continue
        if raw.kind is TagKind.PRINT:
            yield raw
        elif raw.kind is TagKind.BLOCK:
            source = place.text[raw.start : raw.end]
            healed.problems.append(Problem("TAG_SCOPE", place, source))
