"""The record inside a document: where it comes from and, per bookmark, which figure stands there.

A custom XML part holds one JSON text element, because LibreOffice loses `w:tag`
and the attributes of custom XML but keeps bookmarks and element text (measured
with 7.4).  On the way to .odt and .doc the part is lost: custom properties carry the record too.

Documents live for years and offices update at different times, so the format has a version:

- `"v"` is the major version.  A record without it was written by officeflow 0.1.0 and is read as well.
- A minor addition is a new key in the record, an origin or a figure.  A program that does not know
  the key keeps it when it writes the record again, so a new key must stay true whatever an older
  program changes beside it.
- Anything else needs a new major version.  A record of a newer one is not read, the document
  is neither changed nor replaced: `NewerRecordError`.

`origin` is the workbook that the document was written from; where figures were added up from several,
`origins` lists all of them and a sheet of the n-th (counted from 0) is written `[n]sheet`, as Excel
names another workbook's sheet; 0.1.0 reads such a record too and shows `[1]台账` as the sheet.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeVar

from lxml import etree

from officeflow.document.wml.carrying import TYPES, carried, item_properties, read_carried, with_properties
from officeflow.document.wml.wordml import DECLARATION, escape, parse
from officeflow.model.cells import CellRef, ranges
from officeflow.model.document import Origin
from officeflow.ooxml import PartError, open_package
from officeflow.ooxml.parts import Parts

VERSION = 1
"""The major version of the format that is written here."""
_NAMESPACE = "urn:officeflow:record"
_FEWEST_CUT = 200
"""Figures without any words around them that are taken for a record that was cut; no table of that size stands alone."""
_CUSTOM, _RELATION = "docProps/custom.xml", "rIdOf"
_ITEM = re.compile(r"customXml/item([0-9]{1,9})\.xml")
_SHEET_OF = re.compile(r"\[([1-9][0-9]{0,5})\](.*)", re.DOTALL)
"""No sheet's name holds brackets, in Excel or elsewhere."""
A = TypeVar("A")
B = TypeVar("B")
_RECORD_KEYS = frozenset({"v", "report", "origin", "origins", "parts", "shared", "figures"})


class NewerRecordError(ValueError):
    """A record of a newer major version than this program knows."""


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
    """Sheet → ranges of cells, one hop; of another workbook than the first `[n]sheet`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys that only newer programs know; kept as they are."""


def source_ranges(cells: Iterable[CellRef]) -> dict[str, str]:
    """Return cells as `Bound.sources` holds them.

    >>> source_ranges([CellRef("台账", 5, 2), CellRef("台账", 6, 2), CellRef("台账", 9, 3, origin=2)])
    {'台账': 'B5:B6', '[2]台账': 'C9'}
    """
    by_origin: dict[int, list[CellRef]] = {}
    for cell in cells:
        by_origin.setdefault(cell.origin, []).append(cell)
    return {
        f"[{origin}]{sheet}" if origin else sheet: found
        for origin, group in by_origin.items()
        for sheet, found in ranges(group).items()
    }


def sources_by_origin(sources: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Yield recorded sources as index of the workbook, sheet, ranges of cells.

    >>> list(sources_by_origin({"台账": "B5:B6", "[2]台账": "C9"}))
    [(0, '台账', 'B5:B6'), (2, '台账', 'C9')]
    """
    for key, cells in sources.items():
        match = _SHEET_OF.fullmatch(key)
        yield (int(match[1]), match[2], cells) if match else (0, key, cells)


class UnreadFigures(Mapping[str, Bound]):
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

    origins: tuple[Origin, ...]
    """The workbooks that the figures were calculated from, one or more; a source names its workbook by the index."""
    parts: str
    """Digest of every part but the record's own: equal as long as nobody saved the document."""
    is_shared: bool = False
    """Whether the document holds work of others too: then nothing may replace it."""
    report: str = ""
    """The id of the report that it is, '' where nobody said so."""
    figures: Mapping[str, Bound]
    """Bookmark name → what stands there, in document order."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys that only newer programs know; kept as they are."""

    @property
    def origin(self) -> Origin:
        """The workbook behind the document; the first one where there are several."""
        return self.origins[0]

    @property
    def is_cut(self) -> bool:
        """Whether it was too long and went without the words around figures."""
        known = self.figures.values()
        return len(known) > _FEWEST_CUT and not any(bound.before or bound.after for bound in known)

    def to_json(self) -> str:
        """Return the record as JSON; the same record gives the same text."""
        head: dict[str, Any] = {"v": VERSION, "origin": _origin_json(self.origin)}
        if len(self.origins) > 1:
            head["origins"] = [_origin_json(origin) for origin in self.origins]
        head["parts"] = self.parts
        head |= {"shared": True} if self.is_shared else {}
        head |= {"report": self.report} if self.report else {}
        return f'{_json({**head, **self.extra})[:-1]},"figures":{self._figures_json}}}'

    @cached_property
    def _figures_json(self) -> str:
        if isinstance(self.figures, UnreadFigures):
            return self.figures.json
        return _json({name: _bound_json(bound) for name, bound in self.figures.items()})

    def stamped(self, parts: str, *, is_shared: bool) -> Record:
        """Return the record with the digest of the document's parts."""
        own = replace(self, parts=parts, is_shared=is_shared)
        own.__dict__["_figures_json"] = self._figures_json  # the same figures: written out once
        return own

    @classmethod
    def from_json(cls, text: str) -> Record:
        """Return the record that `to_json` wrote, in this version of the format or an earlier one.

        Raises:
            NewerRecordError: a newer major version wrote it.
            ValueError: it is not a record; a document comes from outside and may hold anything.
        """
        try:
            table = json.loads(text)
            _check_version(table.get("v", 0))
            origins = tuple(map(_origin_from, table.get("origins", [table["origin"]])))
            figures = {name: _bound_from(entry) for name, entry in table["figures"].items()}
            record = cls(
                origins=origins,
                parts=str(table["parts"]),
                is_shared=table.get("shared") is True,
                report=str(table.get("report", "")),
                figures=figures,
                extra={key: value for key, value in table.items() if key not in _RECORD_KEYS},
            )
            _ = record.origin
        except (TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
            raise ValueError(text[:40]) from error
        return record


def _check_version(version: object) -> None:
    if type(version) is not int:
        raise TypeError
    if version > VERSION:
        raise NewerRecordError(version)


NO_RECORD = Record(
    origins=(Origin(kit="", version="", period="", unit="", digest="", file=""),), parts="", figures={}
)
"""Stands in for the record of a document where its own does not matter."""


def _json(table: Mapping[str, Any]) -> str:
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def _bound_json(bound: Bound) -> dict[str, Any]:
    known = {key: value for key, value in vars(bound).items() if value and key != "extra"}
    return {**known, **bound.extra}


def _bound_from(entry: dict[str, Any]) -> Bound:
    known, extra = _split(entry, _BOUND_KEYS)
    sources = _texts(known.pop("sources", {}))
    texts = _texts(known)
    return Bound(**{"value": "", "text": "", **texts}, sources=sources, extra=extra)


def _origin_json(origin: Origin) -> dict[str, Any]:
    return {**{key: value for key, value in vars(origin).items() if key != "extra"}, **origin.extra}


def _origin_from(entry: dict[str, Any]) -> Origin:
    known, extra = _split(entry, _ORIGIN_KEYS)
    return Origin(**_texts(known), extra=extra)


_BOUND_KEYS, _ORIGIN_KEYS = (
    frozenset(one.name for one in fields(kind) if one.name != "extra") for kind in (Bound, Origin)
)


def _split(entry: dict[str, Any], keys: frozenset[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the keys known here and the others."""
    known = {key: value for key, value in entry.items() if key in keys}
    return known, {key: value for key, value in entry.items() if key not in keys}


def _texts(table: dict[str, Any]) -> dict[str, str]:
    if not all(isinstance(text, str) for text in table.values()):
        raise TypeError
    return table


class RecordState(NamedTuple):
    """A document's record, the number of its custom XML part, and whether nobody saved the document since.

    `number` is None when only the copy in the custom properties is left.
    """

    record: Record
    number: int | None
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
    taken = (int(match[1]) for name in parts if (match := _ITEM.fullmatch(name)))
    number = _item_number(parts)
    number = 1 + max(taken, default=0) if number is None else number
    item, _, properties = _own_parts(number)
    package = Parts(parts)
    package.relate(main, "customXml", item, prefix=_RELATION)
    package.relate("", "custom-properties", _CUSTOM, prefix=_RELATION)
    package.declare(item, "application/xml")
    package.declare(properties, f"{TYPES}.customXmlProperties+xml")
    package.declare(_CUSTOM, f"{TYPES}.custom-properties+xml")
    content = record.stamped(
        _digest_of({**parts, **package.changed}, number), is_shared=not is_ours
    ).to_json()
    package.write(
        item, f'{DECLARATION}<of:record xmlns:of="{_NAMESPACE}">{escape(content)}</of:record>'.encode()
    )
    package.relate(item, "customXmlProps", properties, prefix=_RELATION)
    package.write(properties, item_properties(content, _NAMESPACE))
    package.write(_CUSTOM, with_properties(parts.get(_CUSTOM), carried(content, is_whole=is_carried)))
    return {**parts, **package.changed}


def read_record(document: bytes) -> Record | None:
    """Return the record of a document, or None when it carries none that can be read."""
    return _ask(document, lambda state: state.record, None)


def is_untouched(document: bytes) -> bool | None:
    """Return whether a document is as it was written; None when it carries no record of ours.

    False as soon as any program has saved it: then somebody may have worked on it.  False
    too for one that a newer program wrote: what its record allows is not known here.
    """
    return _ask(document, lambda state: state.is_untouched, False)


def is_as_written(document: bytes) -> bool | None:
    """Return whether nobody saved a document since we last wrote it, with others' work in it or not; None without record.

    False for one that a newer program wrote.
    """
    return _ask(document, lambda state: state.is_as_written, False)


def is_newer(document: bytes) -> bool:
    """Return whether a document carries a record that only a newer program can read."""
    return _ask(document, lambda _: False, True) is True


def _ask(document: bytes, question: Callable[[RecordState], A], of_newer: B) -> A | B | None:
    """Return what a document's record answers, `of_newer` for one of a newer version, None without a record."""
    package = open_package(document).value
    try:
        state = find_record(package.parts()) if package else None
    except NewerRecordError:
        return of_newer
    except PartError:
        return None
    return None if state is None else question(state)


def find_record(parts: Mapping[str, bytes]) -> RecordState | None:
    """Return the record among a document's parts, or None when there is none that can be read.

    Raises:
        NewerRecordError: a newer major version of the format wrote it.
    """
    number = _item_number(parts)
    content = None
    try:
        if number is not None:
            content = parse(parts[f"customXml/item{number}.xml"]).text or ""
        elif _CUSTOM in parts:
            content = read_carried(parts[_CUSTOM])
        if content is None:
            return None
        record = Record.from_json(content)
    except NewerRecordError:
        raise
    except (etree.XMLSyntaxError, ValueError):
        return None
    is_as_written = number is not None and record.parts == _digest_of(parts, number)
    return RecordState(record, number, is_as_written)


def _item_number(parts: Mapping[str, bytes]) -> int | None:
    """Return the number of the custom XML part with the record, or None without one."""
    for name, part in parts.items():
        match = _ITEM.fullmatch(name)
        if match and _NAMESPACE.encode() in part:
            return int(match[1])
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
