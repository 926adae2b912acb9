"""Put the body of one document into another: text, pictures, charts, notes; not its headers, comments and page layout."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from officeflow.document.binding import PREFIX
from officeflow.document.merged_styles import MergedStyles
from officeflow.document.placing import Placing, UnplacedError
from officeflow.document.wordml import (
    COMPATIBILITY,
    CONTENT_TYPES,
    DECLARATION,
    RELATIONS,
    SECT_PR,
    W,
    main_part,
    parse,
    relations_of,
    serialize,
    w,
)
from officeflow.ooxml import Package, PartError, open_package
from officeflow.ooxml.patching import Patch, Relation

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_START, _END = w("bookmarkStart"), w("bookmarkEnd")
# Comments, headers and permissions belong to the other document; a w14 id must be unique and nobody needs it.
_LEFT_OUT = frozenset(
    map(
        w,
        (
            "commentRangeStart",
            "commentRangeEnd",
            "commentReference",
            "headerReference",
            "footerReference",
            "permStart",
            "permEnd",
            "proofErr",
            "lastRenderedPageBreak",
        ),
    )
)
_PARAGRAPH_IDS = ("paraId", "textId")
_REFUSED = frozenset(("aFChunk", "subDocument", "attachedTemplate", "frame"))
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_NAMED = re.compile(rb'<w:bookmarkStart\b[^>]*?\bw:name="([^"]*)"')


@dataclass(slots=True)
class Merge:
    """One document being put into another, at the place of a tag."""

    placing: Placing
    source: Package
    name: str
    """The document's file name, for messages."""
    patch: Patch = field(init=False)
    _styles: MergedStyles = field(init=False)
    _copied: dict[str, str] = field(default_factory=dict)
    _relations: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def body(self) -> str:
        """Return the paragraphs and tables of the document, everything they need having been added.

        Raises:
            UnplacedError: it is no Word document, or rests on files outside itself.
        """
        self.patch = Patch(self.source)
        try:
            main = main_part({name: self.source.read(name) for name in self.source.names})
            if not main:
                raise UnplacedError("SUBDOCUMENT_UNREADABLE", name=self.name)
            root = parse(self.source.read(main))
            self._styles = MergedStyles(
                self.placing, self._tree(main, "styles"), self._tree(main, "numbering")
            )
            body = root.find(w("body"))
            blocks = [] if body is None else [block for block in body if block.tag != SECT_PR]
            self._settle(root, main)
            for block in blocks:
                self._notes(block, main)
        except (PartError, etree.XMLSyntaxError) as error:
            raise UnplacedError("SUBDOCUMENT_UNREADABLE", name=self.name) from error
        etree.cleanup_namespaces(root, keep_ns_prefixes=list(_required(root)))
        return "".join(map(_fragment, blocks))

    def _tree(self, main: str, kind: str) -> etree._Element | None:
        target = next((one.target for one in self.patch.relations(main) if one.kind == kind), "")
        return parse(self.source.read(target)) if target in self.source else None

    def _settle(self, root: etree._Element, part: str) -> None:
        """Make everything in a tree of the other document one of this document's."""
        _leave_out(root)
        self._ids(root)
        self._styles.settle(root)
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
            own, name = node.get(w("id")), node.get(w("name")) or ""
            if name.startswith(PREFIX) or (node.tag == _END and own not in numbers):
                _remove(node)  # our bookmarks say what the other document's record knows
                continue
            if node.tag == _START:
                numbers[own] = str(placing.next())
                free = next(
                    one for i in range(1, 10_000) if (one := name if i == 1 else f"{name}_{i}") not in taken
                )
                taken.add(free)
                renamed[name] = free
                node.set(w("name"), free)
            node.set(w("id"), numbers[own])
        placing.names = taken
        _rename(root, {old: new for old, new in renamed.items() if old != new})

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
            if relations in self.source:
                self.placing.patch.write(relations_of(own), self._relations_part(relations, name, own))
        return self._copied[name]

    def _relations_part(self, relations: str, name: str, own: str) -> bytes:
        """Return a relations part with the same ids, pointing at our copies."""
        root = parse(self.source.read(relations))
        for one in root:
            if one.get("TargetMode") == "External":
                raise UnplacedError("SUBDOCUMENT_OUTSIDE", name=self.name)
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), one.get("Target") or ""))
            if target[1:] in self.source:
                one.set(
                    "Target", posixpath.relpath("/" + self._copy(target[1:]), "/" + posixpath.dirname(own))
                )
        return (DECLARATION + serialize(root)).encode()

    def _notes(self, block: etree._Element, main: str) -> None:
        """Add the foot- and endnotes that a block of theirs refers to."""
        for reference in block.iter(*_NOTES):
            kind = _NOTES[str(reference.tag)]
            theirs = next((one.target for one in self.patch.relations(main) if one.kind == kind), "")
            root = parse(self.source.read(theirs))
            own = reference.get(w("id"))
            note = next((one for one in root if one.get(w("id")) == own), None)
            if note is None:
                continue
            for other in [one for one in root if one is not note]:
                root.remove(other)
            ours, number = self._notes_part(kind)
            here, self.placing.part = self.placing.part, ours
            self._settle(root, theirs)
            self.placing.part = here
            note.set(w("id"), number)
            reference.set(w("id"), number)
            etree.cleanup_namespaces(root, keep_ns_prefixes=list(_required(root)))
            self.placing.notes.setdefault(ours, []).append(_fragment(note))

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
        UnplacedError: it is no Word document, or rests on files outside itself.
    """
    package = open_package(document, name=name).value
    if package is None:
        raise UnplacedError("SUBDOCUMENT_UNREADABLE", name=name)
    return Merge(placing, package, name).body()


def _leave_out(root: etree._Element) -> None:
    ignorable = {
        root.nsmap.get(prefix) for prefix in (root.get(f"{{{COMPATIBILITY}}}Ignorable") or "").split()
    }
    for node in list(root.iter(etree.Element)):
        namespace = str(node.tag)[1:].partition("}")[0]
        if node.tag in _LEFT_OUT or (namespace in ignorable and namespace):
            _remove(node)
            continue
        for key in [str(key) for key in node.attrib]:
            space, _, short = key[1:].rpartition("}")
            if (space in ignorable and space) or short in _PARAGRAPH_IDS:
                del node.attrib[key]


def _rename(root: etree._Element, renamed: dict[str, str]) -> None:
    """Let links and cross-references follow bookmarks that got another name."""
    if not renamed:
        return
    for node in root.iter(w("hyperlink"), w("instrText"), w("fldSimple")):
        anchor = node.get(w("anchor"))
        if anchor in renamed:
            node.set(w("anchor"), renamed[anchor])
        if node.tag == w("instrText"):
            node.text = _with_names(node.text or "", renamed)
        elif node.get(w("instr")):
            node.set(w("instr"), _with_names(node.get(w("instr")) or "", renamed))


def _with_names(field_code: str, renamed: dict[str, str]) -> str:
    return re.sub(r"\w+", lambda word: renamed.get(word[0], word[0]), field_code)


def _names(patch: Patch) -> Iterator[str]:
    for name in patch.names:
        if name.startswith("word/") and name.endswith(".xml"):
            yield from (found.decode("utf-8", "replace") for found in _NAMED.findall(patch.read(name)))


def _required(root: etree._Element) -> Iterator[str]:
    """Yield the prefixes that mc:Choice asks for: they are named in text only."""
    for choice in root.iter(f"{{{COMPATIBILITY}}}Choice"):
        yield from (choice.get("Requires") or "").split()


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


def _fragment(block: etree._Element) -> str:
    return etree.tostring(block, encoding="unicode", with_tail=False)


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
