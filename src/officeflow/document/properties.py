"""A document's core properties: title, author, subject … as tags may stand in them, and as Word shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from officeflow.document.wordml import DECLARATION, parse, serialize
from officeflow.ooxml.patching import Patch

_DC = "{http://purl.org/dc/elements/1.1/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
FILLED: Mapping[str, str] = {
    "author": f"{_DC}creator",
    "comments": f"{_DC}description",
    "identifier": f"{_DC}identifier",
    "language": f"{_DC}language",
    "subject": f"{_DC}subject",
    "title": f"{_DC}title",
    "category": f"{_CORE}category",
    "content_status": f"{_CORE}contentStatus",
    "keywords": f"{_CORE}keywords",
    "last_modified_by": f"{_CORE}lastModifiedBy",
    "version": f"{_CORE}version",
}
"""Name as python-docx has it → element; docxtpl fills the first six."""


def core_part(patch: Patch) -> str:
    """Return the name of the part that holds the core properties, '' when there is none."""
    return next(
        (one.target for one in patch.relations("") if one.kind == "core-properties" and one.target in patch),
        "",
    )


def read_properties(patch: Patch) -> dict[str, str]:
    """Return each core property that is a text by its name; without the ones that are not given.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed.
    """
    name = core_part(patch)
    root = parse(patch.read(name)) if name else etree.Element("none")
    found = {key: root.find(element) for key, element in FILLED.items()}
    return {key: node.text for key, node in found.items() if node is not None and node.text}


def fill_properties(patch: Patch, filled: Callable[[str, str], str]) -> None:
    """Replace the core properties that hold tags by what `filled(name, text)` makes of them.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed.
    """
    name = core_part(patch)
    if not name or b"{" not in patch.read(name):
        return
    root = parse(patch.read(name))
    for key, element in FILLED.items():
        node = root.find(element)
        if node is not None and node.text and "{" in node.text:
            node.text = filled(key, node.text)
    patch.write(name, (DECLARATION + serialize(root)).encode())
