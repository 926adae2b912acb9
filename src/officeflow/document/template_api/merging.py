"""Put the body of one document into another: text, pictures, charts, notes; not its comments.

A document of one section takes the page layout and headers of the place it is put
into; one of several keeps its own, where a section can begin.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from officeflow.document.provenance.binding import PREFIX
from officeflow.document.template_api.merged_styles import MergedStyles
from officeflow.document.wml.merged_tree import (
    fragment,
    leave_out,
    number_objects,
    remove,
    rename,
    required,
    without_workbook,
)
from officeflow.document.wml.placing import Placing, UnplacedError
from officeflow.document.wml.refusing import fetching_fields
from officeflow.document.wml.sections import (
    SECTIONS,
    SECTIONS_END,
    drop_sections,
    has_sections,
    with_last_section,
)
from officeflow.document.wml.wordml import (
    CONTENT_TYPES,
    DECLARATION,
    RELATIONS,
    W,
    main_part,
    parse,
    qn,
    relations_of,
    serialize,
)
from officeflow.ooxml import Package, PartError, open_package
from officeflow.ooxml.parts import Parts, Relation

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_START, _END = qn("bookmarkStart"), qn("bookmarkEnd")
_REFUSED = frozenset(("aFChunk", "subDocument", "attachedTemplate", "frame"))
_NOTES = {qn("footnoteReference"): "footnotes", qn("endnoteReference"): "endnotes"}
_WITH_REFERENCES = (".header+xml", ".footer+xml")
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_NAMED = re.compile(rb'<w:bookmarkStart\b[^>]*?\bw:name="([^"]*)"')


@dataclass(slots=True)
class Merge:
    """One document being put into another, at the place of a tag."""

    placing: Placing
    source: Package
    name: str
    """The document's file name, for messages."""
    patch: Parts = field(init=False)
    _styles: MergedStyles = field(init=False)
    _copied: dict[str, str] = field(default_factory=dict)
    _relations: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def body(self) -> str:
        """Return the paragraphs and tables of the document, everything they need having been added.

        Raises:
            UnplacedError: it is not a Word document, or rests on files outside itself.
        """
        self.patch = Parts(self.source)
        try:
            main = main_part(self.source.parts())
            if not main:
                raise UnplacedError("SUBDOCUMENT_UNREADABLE", name=self.name)
            root = parse(self.source.read(main))
            self._styles = MergedStyles(
                self.placing, self._tree(main, "styles"), self._tree(main, "numbering")
            )
            body = root.find(qn("body"))
            has_own = body is not None and has_sections(body) and self.placing.part == self.placing.main
            if not has_own:
                drop_sections(root)
            blocks = [] if body is None else with_last_section(body) if has_own else list(body)
            self._naturalise(root, main)
            for block in blocks:
                self._notes(block, main)
        except (PartError, etree.XMLSyntaxError) as error:
            raise UnplacedError("SUBDOCUMENT_UNREADABLE", name=self.name) from error
        etree.cleanup_namespaces(root, keep_ns_prefixes=list(required(root)))
        xml = "".join(map(fragment, blocks))
        return f"{SECTIONS}{xml}{SECTIONS_END}" if has_own else xml

    def _tree(self, main: str, kind: str) -> etree._Element | None:
        target = next((one.target for one in self.patch.relations(main) if one.kind == kind), "")
        return parse(self.source.read(target)) if target in self.source else None

    def _naturalise(self, root: etree._Element, part: str) -> None:
        """Make everything in a tree of the other document one of this document's."""
        if next(fetching_fields(root), None) is not None:
            raise UnplacedError("SUBDOCUMENT_OUTSIDE", name=self.name)
        leave_out(root)
        self._ids(root)
        number_objects(root, self.placing.next)
        self._styles.adopt(root)
        known = {one.id: one for one in self.patch.relations(part)}
        for node in root.iter(etree.Element):
            for key, value in node.attrib.items():
                if str(key).startswith(f"{{{RELATIONS}}}") and str(value) in known:
                    node.set(key, self._relation(known[str(value)], self.placing.part))

    def _ids(self, root: etree._Element) -> None:
        placing, numbers, renamed = self.placing, {}, {}
        taken = placing.names or set(_names(placing.patch))
        for node in list(root.iter(_START, _END, _DOC_PR)):
            if node.tag == _DOC_PR:
                node.set("id", str(placing.next()))
                continue
            own, name = node.get(qn("id")), node.get(qn("name")) or ""
            if name.startswith(PREFIX) or (node.tag == _END and own not in numbers):
                remove(node)  # our bookmarks say what the other document's record knows
                continue
            if node.tag == _START:
                numbers[own] = str(placing.next())
                free = next(
                    one for i in range(1, 10_000) if (one := name if i == 1 else f"{name}_{i}") not in taken
                )
                taken.add(free)
                renamed[name] = free
                node.set(qn("name"), free)
            node.set(qn("id"), numbers[own])
        placing.names = taken
        rename(root, {old: new for old, new in renamed.items() if old != new})

    def _relation(self, relation: Relation, owner: str) -> str:
        """Return the id that a relation of theirs has in a part of ours."""
        key = owner, relation.kind, relation.target
        if key not in self._relations:
            placing = self.placing
            is_inside = relation.target in self.source
            if relation.kind in _REFUSED or (not is_inside and relation.kind != "hyperlink"):
                raise UnplacedError("SUBDOCUMENT_OUTSIDE", name=self.name)
            if is_inside:
                target = self._copy(relation.target)
                self._relations[key] = placing.patch.relate(owner, relation.kind, target)
            else:
                self._relations[key] = placing.patch.relate_outside(owner, "hyperlink", relation.target)
        return self._relations[key]

    def _copy(self, name: str) -> str:
        """Return the part of ours that holds what a part of theirs does, with all it is related to."""
        if name not in self._copied:
            data, content_type = self.source.raw(name), _content_type(self.source, name)
            stem, extension = posixpath.splitext(name)
            relations = relations_of(name)
            if name.startswith("word/media/") and relations not in self.source:
                self._copied[name] = self.placing.media(data, extension[1:], content_type)
                return self._copied[name]
            own = self.placing.add(f"{stem.rstrip('0123456789')}{{}}{extension}", content_type, data)
            self._copied[name] = own
            if content_type.endswith(_WITH_REFERENCES):
                self._naturalise_copy(name, own)
            elif relations in self.source:
                self.placing.patch.write(relations_of(own), self._relations_part(relations, name, own))
        return self._copied[name]

    def _naturalise_copy(self, name: str, own: str) -> None:
        """Let a copied header or footer name our styles, lists and relations."""
        root, here = parse(self.source.read(name)), self.placing.part
        self.placing.part = own
        self._naturalise(root, name)
        self.placing.part = here
        self.placing.patch.write(own, (DECLARATION + serialize(root)).encode())

    def _relations_part(self, relations: str, name: str, own: str) -> bytes:
        """Return a relations part with the same ids, pointing at our copies."""
        root = parse(self.source.read(relations))
        for one in list(root):
            if one.get("TargetMode") == "External":
                raise UnplacedError("SUBDOCUMENT_OUTSIDE", name=self.name)
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), one.get("Target") or ""))
            if target[1:] in self.source:
                copied = self._copy(target[1:])
                one.set("Target", posixpath.relpath("/" + copied, "/" + posixpath.dirname(own)))
            else:  # LibreOffice (7.4) names a chart's workbook that it did not save
                root.remove(one)
                data = self.placing.patch.read(own)
                self.placing.patch.write(own, without_workbook(data, one.get("Id") or ""))
        return (DECLARATION + serialize(root)).encode()

    def _notes(self, block: etree._Element, main: str) -> None:
        """Add the foot- and endnotes that a block of theirs refers to."""
        for reference in block.iter(*_NOTES):
            kind = _NOTES[str(reference.tag)]
            theirs = next((one.target for one in self.patch.relations(main) if one.kind == kind), "")
            root = parse(self.source.read(theirs))
            own = reference.get(qn("id"))
            note = next((one for one in root if one.get(qn("id")) == own), None)
            if note is None:
                continue
            for other in [one for one in root if one is not note]:
                root.remove(other)
            ours, number = self._notes_part(kind)
            here, self.placing.part = self.placing.part, ours
            self._naturalise(root, theirs)
            self.placing.part = here
            note.set(qn("id"), number)
            reference.set(qn("id"), number)
            etree.cleanup_namespaces(root, keep_ns_prefixes=list(required(root)))
            self.placing.notes.setdefault(ours, []).append(fragment(note))

    def _notes_part(self, kind: str) -> tuple[str, str]:
        """Return our part of such notes and the next free number in it."""
        placing = self.placing
        name = placing.related(kind)
        if not name:
            name = placing.add(f"word/{kind}.xml", _NOTES_TYPE.format(kind), _no_notes(kind))
            placing.patch.relate(placing.main, kind, name)
        own = [int(found) for found in re.findall(rb'w:id="(\d+)"', placing.patch.read(name))]
        return name, str(max(own, default=0) + 1 + len(placing.notes.get(name, ())))


def merge(placing: Placing, document: bytes, name: str) -> str:
    """Return the body of a document as XML for the place of a tag.

    Raises:
        UnplacedError: it is not a Word document, or rests on files outside itself.
    """
    package = open_package(document, name=name).value
    if package is None:
        raise UnplacedError("SUBDOCUMENT_UNREADABLE", name=name)
    return Merge(placing, package, name).body()


def _names(patch: Parts) -> Iterator[str]:
    for name in patch.names:
        if name.startswith("word/") and name.endswith(".xml"):
            yield from (found.decode("utf-8", "replace") for found in _NAMED.findall(patch.read(name)))


def _content_type(source: Package, name: str) -> str:
    types = parse(source.read(CONTENT_TYPES))
    extension = name.rpartition(".")[2].casefold()
    own = next(
        (one for one in types if (one.get("PartName") or "").casefold() == f"/{name}".casefold()), None
    )
    if own is None:
        own = next((one for one in types if (one.get("Extension") or "").casefold() == extension), None)
    return "application/octet-stream" if own is None else own.get("ContentType") or ""


def _no_notes(kind: str) -> bytes:
    one = kind.removesuffix("s")
    separators = "".join(
        f'<w:{one} w:type="{name}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p></w:{one}>'
        for number, name in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f'{DECLARATION}<w:{kind} xmlns:w="{W}">{separators}</w:{kind}>'.encode()
