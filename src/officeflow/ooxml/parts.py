"""The parts of an office file under change: contents, content types and relations (ECMA-376 part 2), for .xlsx and .docx.

The one place that knows `[Content_Types].xml` and `_rels/`.  Both are cut as text
(`markup`): a part nobody addressed keeps its bytes and its place, and a click
that only adds a relation builds no tree.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from officeflow.ooxml.markup import ATTRIBUTES, append_inside, escaped, plain, prefix_of, prefixed
from officeflow.ooxml.opening import Package, PartError, file_finding
from officeflow.ooxml.writing import write_package

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CONTENT_TYPES = "[Content_Types].xml"
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_RELATIONS = _HEAD + b'<Relationships xmlns="' + _PACKAGE + b'relationships"></Relationships>'
_BARE_TYPES = (
    _HEAD + b'<Types xmlns="' + _PACKAGE + b'content-types"><Default Extension="rels" '
    b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b(" + ATTRIBUTES + rb")(?:/>|>\s*</(?:\w+:)?Relationship>)")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation of a part; `target` is the part's name, or the address as written when it lies outside."""

    id: str
    kind: str
    """The last word of its type: 'comments', 'vmlDrawing', 'worksheet'."""
    target: str
    is_outside: bool = False


class Parts:
    """Parts by name: of an opened package, of a mapping, or none yet (a file that is being written).

    Case does not matter in names (ECMA-376 part 2, 6.2.2.3); a part keeps the name it has in
    the source.  The source is never changed.
    """

    def __init__(self, source: Package | Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._source = source
        names = source.names if isinstance(source, Package) else source
        self._stored = {name.casefold(): name for name in names}
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        if not self._stored:
            self.write(CONTENT_TYPES, _BARE_TYPES)

    def _name(self, name: str) -> str:
        return self._stored.get(name.casefold(), name)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parts, new ones last."""
        return tuple(name for name in self._stored.values() if name not in self._dropped)

    @property
    def changed(self) -> Mapping[str, bytes]:
        """The parts that were replaced or added."""
        return MappingProxyType(self._changed)

    def __contains__(self, name: str) -> bool:
        stored = self._stored.get(name.casefold())
        return stored is not None and stored not in self._dropped

    def read(self, name: str) -> bytes:
        """Return a part as it is now.

        Raises:
            PartError: there is no such part, it is damaged, or it declares a document type.
        """
        stored = self._name(name)
        if stored in self._changed:
            return self._changed[stored]
        return self._read(stored)

    def _read(self, stored: str) -> bytes:
        if isinstance(self._source, Package):
            return self._source.read(stored)
        if stored not in self._source:
            raise PartError(file_finding("FILE_PART_MISSING", "", part=stored))
        return self._source[stored]

    def _is_in_source(self, stored: str) -> bool:
        return stored in self._source

    def write(self, name: str, data: bytes) -> None:
        """Replace or add a part; one that is written as it was counts as untouched."""
        stored = self._stored.setdefault(name.casefold(), name)
        self._dropped.discard(stored)
        if stored in self._changed or not self._is_in_source(stored) or self._read(stored) != data:
            self._changed[stored] = data

    def drop(self, name: str) -> None:
        """Leave a part out, with its declaration and its own relations; nothing happens when it is not there."""
        for member in (self._name(name), self._name(_relations_of(name))):
            self._changed.pop(member, None)
            if self._is_in_source(member):
                self._dropped.add(member)
            else:
                self._stored.pop(member.casefold(), None)
        self._withdraw(rb"Override", b'PartName="/' + escaped(name) + b'"')

    def declare(self, name: str, content_type: str) -> None:
        """Say what kind of part this one is, unless that is said."""
        mark = b'PartName="/' + escaped(name) + b'"'
        self._add_type(mark, b'<Override %b ContentType="%b"/>' % (mark, content_type.encode()))

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say what kind of part every one of that extension is, unless that is said."""
        mark = b'Extension="' + extension.encode() + b'"'
        self._add_type(mark, b'<Default %b ContentType="%b"/>' % (mark, content_type.encode()))

    def withdraw_extension(self, extension: str) -> None:
        """Take back what `declare_extension` said, when no such part is left."""
        if not any(name.endswith("." + extension) for name in self.names):
            self._withdraw(rb"Default", b'Extension="' + extension.encode() + b'"')

    def _add_type(self, mark: bytes, fragment: bytes) -> None:
        types = plain(self.read(CONTENT_TYPES))
        if mark.lower() not in types.lower():
            prefix = prefix_of(types)
            self.write(CONTENT_TYPES, append_inside(types, prefix + b"Types", prefixed(fragment, prefix)))

    def _withdraw(self, element: bytes, mark: bytes) -> None:
        types = plain(self.read(CONTENT_TYPES))
        pattern = rb"<(?:\w+:)?" + element + rb"\b[^>]*" + re.escape(mark) + rb"[^>]*/>"
        self.write(CONTENT_TYPES, re.sub(pattern, b"", types))

    def relations(self, name: str) -> Iterator[Relation]:
        """Yield the relations of a part in their order; '' is the package itself."""
        part = _relations_of(name)
        if part not in self:
            return
        for match in _RELATION.finditer(plain(self.read(part))):
            given: dict[bytes, bytes] = dict(_ATTRIBUTE.findall(match[1]))
            target, is_outside = given.get(b"Target", b"").decode(), given.get(b"TargetMode") == b"External"
            if not is_outside:
                # LibreOffice writes some targets from the root of the package.
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")
            kind = given.get(b"Type", b"").decode().rpartition("/")[2]
            yield Relation(id=given.get(b"Id", b"").decode(), kind=kind, target=target, is_outside=is_outside)

    def relate(self, name: str, kind: str, target: str, *, prefix: str = "rId") -> str:
        """Relate a part to another, once, and return the relation's id.

        `kind` without a slash is one of OFFICE; a new id is `prefix` and the first free number.
        """
        last, known = kind.rpartition("/")[2], tuple(self.relations(name))
        for relation in known:
            if (relation.kind, relation.target, relation.is_outside) == (last, target, False):
                return relation.id
        written = posixpath.relpath("/" + target, "/" + posixpath.dirname(name))
        return self._relate(name, kind, written, known, prefix=prefix)

    def relate_outside(self, name: str, kind: str, address: str) -> str:
        """Relate a part to an address outside the package and return the relation's id."""
        return self._relate(name, kind, address, tuple(self.relations(name)), mode=' TargetMode="External"')

    def _relate(
        self,
        name: str,
        kind: str,
        written: str,
        known: tuple[Relation, ...],
        *,
        prefix: str = "rId",
        mode: str = "",
    ) -> str:
        part = _relations_of(name)
        xml = plain(self.read(part)) if part in self else _NO_RELATIONS
        taken = {relation.id for relation in known}
        number = next(number for number in range(1, len(taken) + 2) if f"{prefix}{number}" not in taken)
        full = kind if "/" in kind else OFFICE + kind
        fragment = f'<Relationship Id="{prefix}{number}" Type="{full}" Target="{written}"{mode}/>'.encode()
        root = prefix_of(xml)
        self.write(part, append_inside(xml, root + b"Relationships", prefixed(fragment, root)))
        return f"{prefix}{number}"

    def unrelate(self, name: str, relation_id: str) -> None:
        """Take a relation back; a part without relations needs no list of them."""
        part = _relations_of(name)
        mark = b'Id="' + relation_id.encode() + b'"'
        xml = plain(self.read(part))
        left = _RELATION.sub(lambda match: b"" if b" " + mark in match[0] else match[0], xml)
        if _RELATION.search(left):
            self.write(part, left)
        else:
            self.drop(part)

    def free_name(self, pattern: str) -> str:
        """Return the first name of a pattern ('xl/comments{}.xml') that no part has or had."""
        names = (pattern.format(number) for number in range(1, len(self._stored) + 2))
        return next(name for name in names if name.casefold() not in self._stored)

    def parts(self) -> dict[str, bytes]:
        """Return every part by name, in file order, new ones last."""
        return {
            name: self._changed[name] if name in self._changed else self._raw(name) for name in self.names
        }

    def _raw(self, stored: str) -> bytes:
        return self._source.raw(stored) if isinstance(self._source, Package) else self._source[stored]

    def to_bytes(self) -> bytes:
        """Return the parts as a file; the same parts give the same bytes."""
        return write_package(self.parts())


def _relations_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")
