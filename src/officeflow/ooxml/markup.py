"""Cut and insert in the text of an XML part, so that what is not addressed stays byte for byte.

A tree written back changes quotes, namespaces and blanks everywhere, and takes
seconds for a large sheet.  Here a part is first made *plain* (it nearly always
is: double quotes, no comments or CDATA, UTF-8) and then cut between elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ATTRIBUTES = rb'(?:[^>"]|"[^"]*")*?'
_TAG = re.compile(rb"<(/?)([\w:.-]+)(" + ATTRIBUTES + rb")(/?)>")
_ROOT = re.compile(rb"<(?:([\w.-]+):)?[A-Za-z][\w.-]*[\s>/]")
_SINGLE = re.compile(rb"<[\w:]+\b[^>]*='")
_OPENING = re.compile(rb"(</?)([A-Za-z])")
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class MarkupError(ValueError):
    """A part is not well-formed or lacks its frame; nothing may be cut in it."""


@dataclass(frozen=True, slots=True)
class Element:
    """A child of an element by where it stands in the text."""

    name: bytes
    """Without prefix; of a choice between versions (mc:AlternateContent) that of what it chooses between."""
    start: int
    end: int


def plain(xml: bytes) -> bytes:
    """Return the part itself when it is plain, else the same written plainly.

    Raises:
        MarkupError: the part is not well-formed.
    """
    utf16 = xml.startswith((b"\xff\xfe", b"\xfe\xff"))
    odd = utf16 or b"<!--" in xml or b"<![CDATA[" in xml or (b"='" in xml and _SINGLE.search(xml))
    if not odd:
        return xml.removeprefix(b"\xef\xbb\xbf")
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise MarkupError(str(error)) from error
    return _HEAD + etree.tostring(root)


def prefix_of(xml: bytes) -> bytes:
    """Return the prefix of the root element with its colon, b'' when it has none."""
    match = _ROOT.search(xml)
    return b"" if match is None or not match[1] else match[1] + b":"


def prefixed(fragment: bytes, prefix: bytes) -> bytes:
    """Return a fragment of unprefixed elements with a prefix on each."""
    return _OPENING.sub(rb"\g<1>" + prefix + rb"\g<2>", fragment) if prefix else fragment


def children(xml: bytes, start: int, end: int) -> Iterator[Element]:
    """Yield the elements that stand directly between two places of the text."""
    depth, name, begin = 0, b"", 0
    for match in _TAG.finditer(xml, start, end):
        closing, tag, alone = match[1], match[2].rpartition(b":")[2], match[4]
        if closing:
            depth -= 1
        else:
            if depth == 0:
                name, begin = tag, match.start()
            elif name in {b"AlternateContent", b"Choice"}:
                name = tag
            depth += not alone
        if depth == 0:
            yield Element(name, begin, match.end())
        elif depth < 0:
            return


def inside(xml: bytes, tag: bytes, start: int = 0) -> tuple[int, int] | None:
    """Return where the content of the first such element stands (tag with its prefix); None when it is not there."""
    match = re.compile(rb"<" + tag + rb"(?=[\s>/])" + ATTRIBUTES + rb"(/?)>").search(xml, start)
    if match is None:
        return None
    if match[1]:
        return match.end(), match.end()
    end = xml.find(b"</" + tag + b">", match.end())
    return None if end < 0 else (match.end(), end)


def append_inside(xml: bytes, tag: bytes, fragment: bytes) -> bytes:
    """Return the part with a fragment at the end of the first such element.

    Raises:
        MarkupError: there is no such element.
    """
    match = re.search(rb"<" + tag + rb"(?=[\s>/])" + ATTRIBUTES + rb"(/?)>", xml)
    if match is None:
        raise MarkupError(tag.decode())
    if match[1]:
        opened = xml[match.start() : match.end() - 2].rstrip() + b">"
        return xml[: match.start()] + opened + fragment + b"</" + tag + b">" + xml[match.end() :]
    end = xml.rfind(b"</" + tag + b">")
    return xml[:end] + fragment + xml[end:]


def place_of(elements: Sequence[Element], order: Sequence[bytes], name: bytes, end: int) -> int:
    """Return where an element belongs among its siblings, which stand in the schema's order; `end` is behind all."""
    later = set(order[order.index(name) + 1 :])
    return next((element.start for element in elements if element.name in later), end)


def attribute(attributes: bytes, name: bytes) -> bytes | None:
    """Return an attribute's value as it is written, None when it is not given.

    >>> attribute(b' r="C7" s="5"', b"s")
    b'5'
    """
    match = re.search(rb"(?<![\w:])" + name + rb'="([^"]*)"', attributes)
    return None if match is None else match[1]


def with_attribute(attributes: bytes, name: bytes, value: bytes | None) -> bytes:
    """Return the attributes with one set, or without it for None.

    >>> with_attribute(b' r="C7" s="5"', b"s", b"9"), with_attribute(b' r="C7"', b"s", b"9")
    (b' r="C7" s="9"', b' r="C7" s="9"')
    """
    there = re.compile(rb"\s+" + name + rb'="[^"]*"')
    if value is None:
        return there.sub(b"", attributes, count=1)
    written = b" " + name + b'="' + value + b'"'
    changed, count = there.subn(lambda _: written, attributes, count=1)
    return changed if count else attributes.rstrip() + written


def escaped(text: str) -> bytes:
    """Return a text as it stands between tags or quotes; characters that XML cannot hold are left out."""
    text = "".join(sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff"))
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, entity)
    return text.encode("utf-8", "ignore")
