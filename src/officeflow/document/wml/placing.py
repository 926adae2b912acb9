"""Where a value of its own kind (rich text, picture, sub-document) is put: the package under change and the part being written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from lxml import etree

from officeflow.document.wml.sections import SECTIONS, separate_sections
from officeflow.document.wml.wordml import DECLARATION, W, parse, qn, serialize
from officeflow.ooxml.markup import escaped
from officeflow.ooxml.parts import Parts

_MEDIA = "word/media/"
_TEXT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


class UnplacedError(ValueError):
    """A value cannot be put into the document: a message code and its values; the printer adds the tag's place."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(slots=True, kw_only=True)
class Placing:
    """One rendering: what its values add to the package, and where the tag that prints now stands."""

    patch: Parts
    main: str
    """The part that holds the body."""
    next: Callable[[], int]
    """A number that no bookmark or picture of the document has."""
    part: str = ""
    """The part being rendered."""
    paragraph: str = "<w:p>"
    """Start tag and properties of the paragraph around the tag."""
    notes: dict[str, list[str]] = field(default_factory=dict)
    """Part of foot- or endnotes → notes to be added once it is rendered itself."""
    names: set[str] = field(default_factory=set)
    """Bookmark names that values brought along."""
    _media: dict[bytes, str] = field(default_factory=dict)
    _trees: dict[str, etree._Element] = field(default_factory=dict)
    _empties: dict[str, str] = field(default_factory=dict)

    def related(self, kind: str, owner: str | None = None) -> str:
        """Return the part that the owner (the body, unless told) has a relation of this kind to, '' when none."""
        relations = self.patch.relations(self.main if owner is None else owner)
        return next((one.target for one in relations if one.kind == kind), "")

    def tree(self, name: str) -> etree._Element:
        """Return the tree of a part that is not rendered; `finish` writes what was changed in it.

        Raises:
            PartError: there is no such part.
            etree.XMLSyntaxError: it is not well-formed.
        """
        if name not in self._trees:
            self._trees[name] = parse(self.patch.read(name))
        return self._trees[name]

    def add(self, name: str, content_type: str, data: bytes) -> str:
        """Add a part under the first free name ('word/footnotes{}.xml' too) and return that name."""
        own = self.patch.free_name(name) if "{}" in name else name
        self.patch.write(own, data)
        self.patch.declare(own, content_type)
        return own

    def media(self, data: bytes, extension: str, content_type: str) -> str:
        """Return the part that holds these bytes, adding it when none of word/media does."""
        if not self._media:
            present = (name for name in self.patch.names if name.startswith(_MEDIA))
            self._media = {_digest(self.patch.read(name)): name for name in present}
        own = _digest(data)
        if own not in self._media:
            name = self.patch.free_name(f"{_MEDIA}image{{}}.{extension}")
            self.patch.write(name, data)
            self.patch.declare_extension(extension, content_type)
            self._media[own] = name
        return self._media[own]

    def relate(self, kind: str, target: str) -> str:
        """Return the id of the relation from the part being rendered to another, adding it when there is none."""
        found = (
            one.id for one in self.patch.relations(self.part) if one.kind == kind and one.target == target
        )
        return next(found, "") or self.patch.relate(self.part, kind, target)

    def relate_outside(self, kind: str, address: str) -> str:
        """Return the id of the relation from the part being rendered to an address, adding it when there is none."""
        written = escaped(address).decode()
        found = (
            one.id for one in self.patch.relations(self.part) if one.kind == kind and one.target == written
        )
        return next(found, "") or self.patch.relate_outside(self.part, kind, written)

    def relation_here(self, own: str) -> str:
        """Return the id that a relation of the body has in the part being rendered.

        `build_url_id` is asked before it is known whether its link stands in the text or in a header.
        """
        if self.part in ("", self.main):
            return own
        for one in self.patch.relations(self.main):
            if one.id == own and "/" in one.target:
                return self._again(one.kind, one.target)
        return own

    def _again(self, kind: str, target: str) -> str:
        return (
            self.relate(kind, target)
            if target in self.patch
            else self.patch.relate_outside(self.part, kind, target)
        )

    def style_id(self, named: str, kind: str) -> str:
        """Return the id of a style given by id or by the name people see; what is unknown is returned as it is.

        `kind` is paragraph, character, table or numbering.
        """
        part = self.related("styles")
        if not part:
            return named
        found = named
        for style in self.tree(part).iter(qn("style")):
            if style.get(qn("type")) == kind:
                if style.get(qn("styleId")) == named:
                    return named
                if style_name(style) == named.casefold():
                    found = style.get(qn("styleId")) or named
        return found

    def finish(self, texts: dict[str, str]) -> None:
        """Write the changed trees into the package and the added notes into `texts`, the rendered parts."""
        for name, root in self._trees.items():
            self.patch.write(name, (DECLARATION + serialize(root)).encode())
        for name, notes in self.notes.items():
            text = texts.get(name) or serialize(parse(self.patch.read(name)))
            head, end, tail = text.rpartition("</")
            texts[name] = head + "".join(notes) + end + tail
        if SECTIONS in texts.get(self.main, ""):
            self.part = self.main
            texts[self.main] = separate_sections(texts[self.main], self._empty)

    def _empty(self, kind: str) -> str:
        """Return the id of the body's relation to an empty header or footer."""
        if kind not in self._empties:
            tag = {"header": "hdr", "footer": "ftr"}[kind]
            xml = f'{DECLARATION}<w:{tag} xmlns:w="{W}"><w:p/></w:{tag}>'
            name = self.add(f"word/{kind}{{}}.xml", _TEXT_TYPE.format(kind), xml.encode())
            self._empties[kind] = self.relate(kind, name)
        return self._empties[kind]


class Value:
    """A value that knows how it is written into a document.

    `level` says where: `run` beside other runs of a paragraph, `paragraph` between paragraphs.
    """

    level: ClassVar[Literal["run", "paragraph"]] = "run"

    def placed(self, placing: Placing) -> str:
        """Return its XML, having added to the package what that needs.

        Raises:
            UnplacedError: it cannot be put into the document.
        """
        raise NotImplementedError


def style_name(style: etree._Element) -> str:
    """Return the folded name of a style: Word does not tell 'heading 1' from 'Heading 1'."""
    name = style.find(qn("name"))
    return "" if name is None else (name.get(qn("val")) or "").casefold()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
