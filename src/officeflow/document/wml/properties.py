"""A document's core properties that are texts: title, author, subject …; tags may stand in them."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from officeflow.document.wml.wordml import parse

_DC = "{http://purl.org/dc/elements/1.1/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
FILLED = (
    *(f"{_DC}{name}" for name in ("creator", "description", "identifier", "language", "subject", "title")),
    *(f"{_CORE}{name}" for name in ("category", "contentStatus", "keywords", "lastModifiedBy", "version")),
)
"""Their elements; docxtpl fills the first six."""


def core_part(parts: Mapping[str, bytes]) -> str:
    """Return the name of the part that holds the core properties, '' when there is none.

    Raises:
        etree.XMLSyntaxError: the relations of the package are not well-formed.
    """
    relations = parse(parts["_rels/.rels"]) if "_rels/.rels" in parts else etree.Element("none")
    found = (
        one.get("Target") or "" for one in relations if (one.get("Type") or "").endswith("/core-properties")
    )
    name = next(found, "").lstrip("/")
    return name if name in parts else ""
