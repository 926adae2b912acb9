"""The record inside a document: where it comes from and, per bookmark, which figure stands there.

A custom XML part holds one JSON text element, because LibreOffice loses `w:tag`
and the attributes of custom XML but keeps bookmarks and element text (measured
with 7.4).  On the way to .odt and .doc the part is lost: custom properties carry the record too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from lxml import etree

from officeflow.document.wml.carrying import carried, read_carried
from officeflow.document.wml.registering import (
    OFFICE,
    TYPES,
    item_properties,
    related,
    typed,
    with_properties,
)
from officeflow.document.wml.wordml import CONTENT_TYPES, DECLARATION, escape, parse, relations_of
from officeflow.model.document import Origin
from officeflow.ooxml import PartError, open_package

_NAMESPACE = "urn:officeflow:record"
_FEWEST_CUT = 200
"""Figures without any words around them that are taken for a record that was cut; no table of that size stands alone."""
_LARGEST_POWER = 400
"""Of ten, in a value."""
_CUSTOM = "docProps/custom.xml"
_ITEM = re.compile(r"customXml/item([0-9]{1,9})\.xml")


@dataclass(frozen=True, kw_only=True)
class Bound:
    """One bookmark: the figure's id, exact value and unit, what was printed between which words, and its sources.

    A person who stands by another number than ours makes it a 审定数: `reason` says why (it is
    never blank then), `adopted` is what stands in the text, '' for a figure taken out, with
    who said so and when (ISO date).
    """

    id: str
    value: str
    name: str = ""
    """What people call it; '' when that is its id."""
    recipe: str = ""
    """The expression that gives it again from other data: '' its id, '?' none does."""
    unit: str = ""
    text: str
    """What was printed last."""
    was: str = ""
    """What stood there before, when it was printed as a tracked change: it is back once that is rejected."""
    adopted: str = ""
    reason: str = ""
    adopted_by: str = ""
    adopted_on: str = ""
    before: str = ""
    after: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Sheet → ranges of cells, one hop."""


class Written(Mapping[str, Bound]):
    """The figures of a record that has just been made, as its JSON: most are never asked for."""

    def __init__(self, json: str) -> None:
        self.json = json

    @cached_property
    def _figures(self) -> Mapping[str, Bound]:
        return {name: _bound_from(entry) for name, entry in json.loads(self.json).items()}

    def __getitem__(self, name: str) -> Bound:
        return self._figures[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a document knows of itself."""

    origin: Origin
    parts: str
    """Digest of every part but the record's own: equal as long as nobody saved the document."""
    is_shared: bool = False
    """Whether the document holds work of others too: then nothing may replace it."""
    figures: Mapping[str, Bound]
    """Bookmark name → what stands there, in document order."""

    @property
    def is_cut(self) -> bool:
        """Whether it was too long and went without the words around figures."""
        known = self.figures.values()
        return len(known) > _FEWEST_CUT and not any(bound.before or bound.after for bound in known)

    def to_json(self) -> str:
        """Return the record as JSON; the same record gives the same text."""
        said: dict[str, Any] = {"origin": vars(self.origin), "parts": self.parts}
        said |= {"shared": True} if self.is_shared else {}
        return f'{_json(said)[:-1]},"figures":{self._figures_json}}}'

    @cached_property
    def _figures_json(self) -> str:
        if isinstance(self.figures, Written):
            return self.figures.json
        return _json(
            {
                name: {key: said for key, said in vars(bound).items() if said}
                for name, bound in self.figures.items()
            }
        )

    def stamped(self, parts: str, *, is_shared: bool) -> Record:
        """Return the record with the digest of the document's parts."""
        own = replace(self, parts=parts, is_shared=is_shared)
        own.__dict__["_figures_json"] = self._figures_json  # the same figures: written out once
        return own

    @classmethod
    def from_json(cls, text: str) -> Record:
        """Return the record that `to_json` wrote.

        Raises:
            ValueError: it is none; a document comes from outside and may hold anything.
        """
        try:
            said = json.loads(text)
            figures = {name: _bound_from(entry) for name, entry in said["figures"].items()}
            return cls(
                origin=Origin(**_texts(said["origin"])),
                parts=str(said["parts"]),
                is_shared=said.get("shared") is True,
                figures=figures,
            )
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(text[:40]) from error


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _bound_from(entry: dict[str, Any]) -> Bound:
    texts = _texts({key: said for key, said in entry.items() if key != "sources"})
    _check_number(re.split("[ ～]", texts.get("value", ""))[0])
    return Bound(**{"value": "", "text": "", **texts}, sources=_texts(entry.get("sources", {})))


def _check_number(text: str) -> None:
    """Let no value pass that reads as a number and is none to reckon with: NaN, 1e999999999."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_POWER:
        raise TypeError


def _texts(table: dict[str, Any]) -> dict[str, str]:
    if not all(isinstance(said, str) for said in table.values()):
        raise TypeError
    return table


class Found(NamedTuple):
    """A document's record, the number of the custom XML part it stands in, and whether nobody saved the document since."""

    record: Record
    number: int
    is_as_written: bool

    @property
    def is_untouched(self) -> bool:
        """Whether nobody but us ever wrote in it, so that it may be replaced."""
        return self.is_as_written and not self.record.is_shared


def with_record(
    parts: Mapping[str, bytes], record: Record, main: str, *, is_ours: bool = True, is_carried: bool = True
) -> dict[str, bytes]:
    """Return the parts of a document, `main` holding its body, with this record in place of any other.

    Relations, content types and the property are added where they are missing.
    `is_ours` False: others wrote in it too, so it never counts as untouched again;
    `is_carried` False: it is written once, not also for .odt and .doc, which takes longer than to
    print the document.  Parts that need no change keep their bytes.
    """
    found = find_record(parts)
    taken = (int(own[1]) for name in parts if (own := _ITEM.fullmatch(name)))
    number = (found and found.number) or 1 + max(taken, default=0)
    item, item_relations, properties = _own_parts(number)
    relations = relations_of(main)
    added = {
        **parts,
        relations: related(parts.get(relations), f"{OFFICE}/relationships/customXml", f"../{item}"),
        "_rels/.rels": related(parts["_rels/.rels"], f"{OFFICE}/relationships/custom-properties", _CUSTOM),
        CONTENT_TYPES: typed(
            parts[CONTENT_TYPES],
            {
                item: "application/xml",
                properties: f"{TYPES}.customXmlProperties+xml",
                _CUSTOM: f"{TYPES}.custom-properties+xml",
            },
        ),
    }
    content = record.stamped(_digest_of(added, number), is_shared=not is_ours).to_json()
    own_relations = related(None, f"{OFFICE}/relationships/customXmlProps", properties.rpartition("/")[2])
    return {
        **added,
        item: f'{DECLARATION}<of:record xmlns:of="{_NAMESPACE}">{escape(content)}</of:record>'.encode(),
        item_relations: own_relations,
        properties: item_properties(content, _NAMESPACE),
        _CUSTOM: with_properties(parts.get(_CUSTOM), carried(content, is_whole=is_carried)),
    }


def read_record(document: bytes) -> Record | None:
    """Return the record of a document, or None when it carries none that can be read."""
    found = _find(document)
    return None if found is None else found.record


def is_untouched(document: bytes) -> bool | None:
    """Return whether a document is as it was written; None when it carries no record of ours.

    False as soon as any program has saved it: then somebody may have worked on it.
    """
    found = _find(document)
    return None if found is None else found.is_untouched


def is_as_written(document: bytes) -> bool | None:
    """Return whether nobody saved a document since we last wrote it, with others' work in it or not; None without record."""
    found = _find(document)
    return None if found is None else found.is_as_written


def _find(document: bytes) -> Found | None:
    package = open_package(document).value
    try:
        return None if package is None else find_record({name: package.read(name) for name in package.names})
    except PartError:
        return None


def find_record(parts: Mapping[str, bytes]) -> Found | None:
    """Return the record among a document's parts, or None when there is none that can be read."""
    for name, part in parts.items():
        own = _ITEM.fullmatch(name)
        if own and _NAMESPACE.encode() in part:
            try:
                record = Record.from_json(parse(part).text or "")
            except (etree.XMLSyntaxError, ValueError):
                return None
            return Found(record, int(own[1]), record.parts == _digest_of(parts, int(own[1])))
    content = read_carried(parts[_CUSTOM]) if _CUSTOM in parts else None
    try:
        return None if content is None else Found(Record.from_json(content), 0, is_as_written=False)
    except ValueError:
        return None


def _own_parts(number: int) -> tuple[str, str, str]:
    folder = "customXml"
    return (
        f"{folder}/item{number}.xml",
        f"{folder}/_rels/item{number}.xml.rels",
        f"{folder}/itemProps{number}.xml",
    )


def _digest_of(parts: Mapping[str, bytes], number: int) -> str:
    content, own = hashlib.sha256(), {*_own_parts(number), _CUSTOM}
    for name in sorted(parts.keys() - own):
        content.update(f"{name}\0{_digest_of_part(parts[name])}\0".encode())
    return content.hexdigest()


@lru_cache(maxsize=64)
def _digest_of_part(part: bytes) -> str:
    """Return the digest of a part; most parts of a template's documents are the template's."""
    return hashlib.sha256(part).hexdigest()
