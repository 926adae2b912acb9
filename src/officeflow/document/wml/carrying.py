"""The record a second time, in custom properties: what is left of it in .odt and .doc.

LibreOffice 7.4 drops custom XML on the way to .odt and .doc but keeps custom
properties (measured; in .doc up to 64 KB each).  Word's own dialogue takes 255
characters, so the record is cut into pieces of that length, as Zotero does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from officeflow.document.wml.wordml import DECLARATION, escape, parse, serialize

TYPES = "application/vnd.openxmlformats-officedocument"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # ECMA-376 part 1, 22.3: user-defined properties
PROPERTY = "officeflow"
"""The property that holds the record's digest; PROPERTY_1, PROPERTY_2 … hold the record."""
_LENGTH = 240
_OWN = re.compile(rf"{PROPERTY}(?:_([1-9][0-9]{{0,4}}))?")


def carried(content: str, *, is_whole: bool = True) -> dict[str, str]:
    """Return the properties that carry a record's JSON, by name; without `is_whole` only its digest.

    >>> list(carried("{}"))
    ['officeflow', 'officeflow_1']
    """
    pieces = {
        f"{PROPERTY}_{number}": piece for number, piece in enumerate(_pieces(content if is_whole else ""), 1)
    }
    return {PROPERTY: _digest(content), **pieces}


def _pieces(content: str) -> Iterator[str]:
    start = 0
    while start < len(content):
        end = start + _LENGTH
        while content[end - 1 : end].isspace() or content[end : end + 1].isspace():  # programs trim texts
            end += 1
        yield content[start:end]
        start = end


def is_own(name: str | None) -> bool:
    """Return whether a property is one of those that carry a record.

    >>> is_own("officeflow_12"), is_own("officeflow_"), is_own("Officeflow 2")
    (True, False, False)
    """
    return _OWN.fullmatch(name or "") is not None


def read_carried(part: bytes) -> str | None:
    """Return the JSON that a part of custom properties carries, None when that is not whole."""
    try:
        texts = {one.get("name") or "": "".join(map(str, one.itertext())) for one in parse(part)}
    except etree.XMLSyntaxError:
        return None
    numbered = sorted((int(found[1]), name) for name in texts if (found := _OWN.fullmatch(name)) and found[1])
    content = "".join(texts[name] for _, name in numbered)
    return content if _digest(content) == texts.get(PROPERTY) else None


def _digest(content: str) -> str:
    return sha256(content.encode()).hexdigest()


def item_properties(content: str, namespace: str) -> bytes:
    """Return the properties of a custom XML part whose text is `content`."""
    # The id must be unique in the document and must not change from run to run.
    own = str(uuid5(NAMESPACE_URL, content)).upper()
    schema = f'<ds:schemaRef ds:uri="{namespace}"/>'
    return (
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{{{own}}}" xmlns:ds="{_OFFICE}/customXml">'
        f"<ds:schemaRefs>{schema}</ds:schemaRefs></ds:datastoreItem>"
    ).encode()


def with_properties(part: bytes | None, own: Mapping[str, str]) -> bytes:
    """Return the custom properties with these, name → text, in place of all that carried a record."""
    name, types = f"{{{_OFFICE}/custom-properties}}", f"{_OFFICE}/docPropsVTypes"
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
