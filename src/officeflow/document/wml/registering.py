"""What makes a part known in its package: relations, content types, properties.  A part that has it all keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from officeflow.document.wml.carrying import is_own
from officeflow.document.wml.wordml import DECLARATION, escape, parse, serialize

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPES = "application/vnd.openxmlformats-officedocument"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # ECMA-376 part 1, 22.3: user-defined properties


@lru_cache(maxsize=64)
def related(part: bytes | None, kind: str, target: str) -> bytes:
    """Return a relations part with one more relation, unless it has that one already."""
    name = f"{{{PACKAGE}/relationships}}"
    root = parse(part or f'<Relationships xmlns="{name[1:-1]}"/>'.encode())
    # LibreOffice writes some targets from the root of the package.
    if part and any(one.get("Type") == kind and _same_target(one.get("Target"), target) for one in root):
        return part
    taken = {one.get("Id") for one in root}
    own = next(own for i in count(1) if (own := f"rIdOf{i}") not in taken)
    etree.SubElement(root, f"{name}Relationship", {"Id": own, "Type": kind, "Target": target})
    return (DECLARATION + serialize(root)).encode()


def _same_target(found: str | None, target: str) -> bool:
    return found is not None and found.lstrip("/").removeprefix("../") == target.removeprefix("../")


def typed(part: bytes, kinds: Mapping[str, str]) -> bytes:
    """Return the content types with those of these parts; the part itself when it has them all."""
    return _typed(part, tuple(kinds.items()))


@lru_cache(maxsize=64)
def _typed(part: bytes, kinds: tuple[tuple[str, str], ...]) -> bytes:
    name, root = f"{{{PACKAGE}/content-types}}", parse(part)
    taken = {one.get("PartName") for one in root}
    missing = {path: kind for path, kind in kinds if f"/{path}" not in taken}
    if not missing:
        return part
    for path, kind in missing.items():
        etree.SubElement(root, f"{name}Override", {"PartName": f"/{path}", "ContentType": kind})
    return (DECLARATION + serialize(root)).encode()


def item_properties(content: str, namespace: str) -> bytes:
    """Return the properties of a custom XML part whose text is `content`."""
    # The id must be unique in the document and must not change from run to run.
    own = str(uuid5(NAMESPACE_URL, content)).upper()
    schema = f'<ds:schemaRef ds:uri="{namespace}"/>'
    return (
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{{{own}}}" xmlns:ds="{OFFICE}/customXml">'
        f"<ds:schemaRefs>{schema}</ds:schemaRefs></ds:datastoreItem>"
    ).encode()


def with_properties(part: bytes | None, own: Mapping[str, str]) -> bytes:
    """Return the custom properties with these, name → text, in place of all that carried a record."""
    name, types = f"{{{OFFICE}/custom-properties}}", f"{OFFICE}/docPropsVTypes"
    empty = f'<Properties xmlns="{name[1:-1]}" xmlns:vt="{types}"/>'.encode()
    try:
        root = parse(part or empty)
    except etree.XMLSyntaxError:  # of a template; no office program could read it either
        root = parse(empty)
    for old in [one for one in root if is_own(one.get("name"))]:
        root.remove(old)
    # pid 0 and 1 are reserved ([MS-OLEPS] 2.18.2).
    taken = (int(found) for one in root if re.fullmatch("[0-9]{1,9}", found := one.get("pid") or ""))
    # Written as text: a record takes some hundred of them.
    prefix = f'<property xmlns="{name[1:-1]}" fmtid="{_PROPERTY_SET}" pid="'
    texts = "".join(
        f'{prefix}{pid}" name="{own_name}"><vt:lpwstr xmlns:vt="{types}">{escape(text)}</vt:lpwstr></property>'
        for pid, (own_name, text) in enumerate(own.items(), 1 + max(taken, default=1))
    )
    head, end, tail = serialize(root).rpartition("</") if len(root) else _opened(serialize(root))
    return f"{DECLARATION}{head}{texts}{end}{tail}".encode()


def _opened(xml: str) -> tuple[str, str, str]:
    """Return the parts around the inside of an element that may have been closed at once."""
    head, end, tail = xml.rpartition("</")
    if end:
        return head, end, tail
    name = xml[1:].split(maxsplit=1)[0]
    return f"{xml[:-2]}>", "</", f"{name}>"
