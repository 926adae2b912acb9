"""An opened package under change: some parts replaced, added or dropped, all others with their bytes and place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from officeflow.ooxml.markup import ATTRIBUTES, append_inside, attribute, escaped, plain, prefix_of, prefixed
from officeflow.ooxml.opening import Package
from officeflow.ooxml.writing import write_package

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = "[Content_Types].xml"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b(" + ATTRIBUTES + rb")(?:/>|>\s*</(?:\w+:)?Relationship>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation of a part; `target` is the part's name, or the address as written when it lies outside."""

    id: str
    kind: str
    """The last word of its type: 'comments', 'vmlDrawing', 'worksheet'."""
    target: str


class Patch:
    """The changes of one package, applied when `parts` is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parts, new ones last."""
        kept = [name for name in self._package.names if name not in self._dropped]
        return (*kept, *(name for name in self._changed if name not in self._package))

    def __contains__(self, name: str) -> bool:
        return name not in self._dropped and (name in self._changed or name in self._package)

    def read(self, name: str) -> bytes:
        """Return a part as it is now.

        Raises:
            PartError: there is no such part or it is damaged.
        """
        return self._changed[name] if name in self._changed else self._package.read(name)

    def write(self, name: str, data: bytes) -> None:
        """Replace or add a part."""
        self._dropped.discard(name)
        if name in self._changed or name not in self._package or self._package.read(name) != data:
            self._changed[name] = data

    def drop(self, name: str) -> None:
        """Leave a part out, with its declaration and its own relations."""
        for one in (name, _relations_of(name)):
            self._changed.pop(one, None)
            if one in self._package:
                self._dropped.add(one)
        types, mark = plain(self.read(_TYPES)), re.escape(b'PartName="/' + escaped(name) + b'"')
        self.write(_TYPES, re.sub(rb"<(?:\w+:)?Override\b[^>]*" + mark + rb"[^>]*/>", b"", types))

    def declare(self, name: str, content_type: str) -> None:
        """Say what kind of part an added one is."""
        override = b'<Override PartName="/%b" ContentType="%b"/>' % (escaped(name), content_type.encode())
        self._add_type(b'PartName="/' + escaped(name) + b'"', override)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say what kind of part every one of that extension is."""
        mark = b'Extension="' + extension.encode() + b'"'
        self._add_type(mark, b'<Default %b ContentType="%b"/>' % (mark, content_type.encode()))

    def withdraw_extension(self, extension: str) -> None:
        """Take back what `declare_extension` said, when no such part is left."""
        if not any(name.endswith("." + extension) for name in self.names):
            mark = re.escape(b'Extension="' + extension.encode() + b'"')
            types = plain(self.read(_TYPES))
            self.write(_TYPES, re.sub(rb"<(?:\w+:)?Default\b[^>]*" + mark + rb"[^>]*/>", b"", types))

    def _add_type(self, mark: bytes, fragment: bytes) -> None:
        types = plain(self.read(_TYPES))
        if mark.lower() not in types.lower():
            prefix = prefix_of(types)
            self.write(_TYPES, append_inside(types, prefix + b"Types", prefixed(fragment, prefix)))

    def relations(self, name: str) -> Iterator[Relation]:
        """Yield the relations of a part; '' is the package itself."""
        part = _relations_of(name)
        if part not in self:
            return
        for match in _RELATION.finditer(plain(self.read(part))):
            written = {
                key: (attribute(match[1], key) or b"").decode()
                for key in (b"Id", b"Type", b"Target", b"TargetMode")
            }
            target = written[b"Target"]
            if written[b"TargetMode"] != "External":
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")
            yield Relation(id=written[b"Id"], kind=written[b"Type"].rpartition("/")[2], target=target)

    def relate(self, name: str, kind: str, target: str) -> str:
        """Relate a part to another and return the relation's id; `kind` without a slash is one of OFFICE."""
        return self._relate(name, kind, posixpath.relpath("/" + target, "/" + posixpath.dirname(name)), "")

    def relate_outside(self, name: str, kind: str, address: str) -> str:
        """Relate a part to an address outside the package and return the relation's id."""
        return self._relate(name, kind, address, ' TargetMode="External"')

    def _relate(self, name: str, kind: str, written: str, mode: str) -> str:
        part = _relations_of(name)
        xml = plain(self.read(part)) if part in self else _NO_RELATIONS
        taken = {relation.id for relation in self.relations(name)}
        number = next(number for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        full = kind if "/" in kind else OFFICE + kind
        fragment = f'<Relationship Id="rId{number}" Type="{full}" Target="{written}"{mode}/>'.encode()
        prefix = prefix_of(xml)
        self.write(part, append_inside(xml, prefix + b"Relationships", prefixed(fragment, prefix)))
        return f"rId{number}"

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
        """Return the first name of a pattern ('xl/comments{}.xml') that no part has."""
        taken = {name.casefold() for name in (*self._package.names, *self._changed)}
        return next(
            name for name in map(pattern.format, range(1, len(taken) + 2)) if name.casefold() not in taken
        )

    @property
    def changed(self) -> Mapping[str, bytes]:
        """The parts that were replaced or added."""
        return MappingProxyType(self._changed)

    def parts(self) -> dict[str, bytes]:
        """Return every part by name, in file order, new ones last."""
        return {
            name: self._changed[name] if name in self._changed else self._package.raw(name)
            for name in self.names
        }

    def to_bytes(self) -> bytes:
        """Return the changed package as a file."""
        return write_package(self.parts())


def _relations_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")
