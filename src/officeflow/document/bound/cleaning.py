"""Parts of a document without what says who wrote it, where, with what template and from which data.

Text and layout stay.  A relation that no page needs is removed, and with it
every part that nothing relates to any more.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

from lxml import etree

from officeflow.document.provenance.binding import PREFIX
from officeflow.document.provenance.record import find_record
from officeflow.document.wml.bound_text import END, START
from officeflow.document.wml.carrying import is_own
from officeflow.document.wml.merged_tree import OF_ONE_DOCUMENT
from officeflow.document.wml.wordml import (
    CONTENT_TYPES,
    DECLARATION,
    R_PR,
    parse,
    qn,
    relations_of,
    serialize,
)

_ROOT, _CUSTOM = "_rels/.rels", "docProps/custom.xml"
_OF_PACKAGE = frozenset({"officeDocument", "core-properties", "extended-properties"})
"""Relations of the package itself that a page needs; custom properties, thumbnails, labels, task panes are none."""
_NOT_NEEDED = frozenset(
    [
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "customXml",
        "printerSettings",
        "attachedTemplate",
        "mailMergeSource",
        "mailMergeHeaderSource",
        "recipientData",
        "keyMapCustomizations",
        "attachedToolbars",
        "vbaProject",
        "documenttasks",
        "package",
        "oleObject",
    ]
)
"""Embedded workbooks (package, oleObject) too: the page shows their picture, and they hold whole ledgers."""
_CORE_KEPT = frozenset({"title", "language", "created", "modified"})
_APP_REMOVED = frozenset({"Template", "Manager", "Company", "HyperlinkBase", "TotalTime"})
_REMOVED = frozenset(
    [
        *OF_ONE_DOCUMENT,
        "printerSettings",
        "attachedTemplate",
        "rsids",
        "docVars",
        "docId",
        "mailMerge",
        "attachedSchema",
        "saveThroughXslt",
        "activeWritingStyle",
        "dataBinding",
        "externalData",
        "OLEObject",
    ]
)
"""Elements by their names without prefix; none of them shows on a page."""
_RUN = qn("r")
_TRACE = re.compile(r"rsid\w*|paraId|textId")
_NAMES_FILE = re.compile(r"[\\/]|\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)$", re.IGNORECASE)
_PICTURES = frozenset({"docPr", "cNvPr", "imagedata", "shape"})


def without_record(parts: Mapping[str, bytes], main: str) -> dict[str, bytes]:
    """Return the parts without our record and its property; bookmarks stay, others' custom XML too."""
    state = find_record(parts)
    if state is None:
        return dict(parts)
    kept, gone = dict(parts), {f"customXml/item{state.number}.xml"}
    if _CUSTOM in kept:
        root = parse(kept[_CUSTOM])
        for one in [one for one in root if is_own(one.get("name"))]:
            root.remove(one)
        kept[_CUSTOM] = _written(root)
        gone |= set() if len(root) else {_CUSTOM}
    for owner in kept.keys() & {relations_of(main), _ROOT}:
        kept[owner] = _related(kept[owner], owner, lambda _, target: target not in gone)
    return _reachable(kept)


def cleaned(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a document without bookmarks, record, comments, persons and histories.

    Tracked changes and hidden text are left as they are: who calls this has refused them.
    """
    kept = dict(parts)
    for name, part in parts.items():
        if name == _ROOT:
            kept[name] = _related(part, name, lambda kind, _: kind in _OF_PACKAGE)
        elif name.endswith(".rels"):
            kept[name] = _related(part, name, lambda kind, _: kind not in _NOT_NEEDED)
        elif name.endswith(".xml") and name.startswith(("word/", "docProps/")):
            kept[name] = _without_traces(part, _without_persons if name[0] == "d" else _without_marks)
    return _reachable(kept)


def _without_traces(part: bytes, change: Callable[[etree._Element], None]) -> bytes:
    root = parse(part)
    change(root)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return (DECLARATION + serialize(root)).encode()


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]


def _without_persons(root: etree._Element) -> None:
    is_core = _local(root.tag) == "coreProperties"
    for one in list(root):
        name = _local(one.tag)
        if (name not in _CORE_KEPT) if is_core else (name in _APP_REMOVED):
            root.remove(one)


def _without_marks(root: etree._Element) -> None:
    ours = {one.get(qn("id")) for one in root.iter(START) if (one.get(qn("name")) or "").startswith(PREFIX)}
    for one in list(root.iter(etree.Element)):
        is_mark = one.tag in (START, END) and one.get(qn("id")) in ours
        if is_mark or _local(one.tag) in _REMOVED:
            _remove(one)
            continue
        for key in [key for key in one.attrib if _TRACE.fullmatch(_local(key))]:
            del one.attrib[key]
        if _local(one.tag) in _PICTURES:
            _without_file_names(one)


def _remove(node: etree._Element) -> None:
    """Take an element out, and the run that held nothing else."""
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    if parent.tag == _RUN and all(one.tag == R_PR for one in parent):
        _remove(parent)


def _without_file_names(picture: etree._Element) -> None:
    for key, said in picture.attrib.items():
        if _local(key) in ("descr", "title", "alt", "name") and _NAMES_FILE.search(str(said)):
            picture.set(key, "")


def _related(part: bytes, owner: str, is_kept: Callable[[str, str], bool]) -> bytes:
    """Return a part of relations with those kept of which `is_kept(kind, target)` holds; `owner` is its own name."""
    root = parse(part)
    for one in list(root):
        kind, target = (one.get("Type") or "").rpartition("/")[2], _target(owner, one)
        if not is_kept(kind, target):
            root.remove(one)
    return _written(root)


def _target(relations: str, relation: etree._Element) -> str:
    """Return the part that a relation leads to, '' for an address outside."""
    if relation.get("TargetMode") == "External":
        return ""
    folder = posixpath.dirname(posixpath.dirname(relations))
    return posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")


def _reachable(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts that relations lead to from the package, with their types and relations."""
    found: set[str] = set()
    ahead = [""]
    while ahead:
        relations = relations_of(ahead.pop()).lstrip("/")
        if relations in parts and relations not in found:
            found.add(relations)
            ahead += [
                target for one in parse(parts[relations]) if (target := _target(relations, one)) in parts
            ]
            found |= set(ahead)
    kept = {name: part for name, part in parts.items() if name in found or name == CONTENT_TYPES}
    return {**kept, CONTENT_TYPES: _typed(kept)}


def _typed(parts: Mapping[str, bytes]) -> bytes:
    root = parse(parts[CONTENT_TYPES])
    extensions = {name.rpartition(".")[2].lower() for name in parts}
    for one in list(root):
        name, extension = one.get("PartName"), (one.get("Extension") or "").lower()
        if (name and name.lstrip("/") not in parts) or (extension and extension not in extensions):
            root.remove(one)
    return _written(root)
