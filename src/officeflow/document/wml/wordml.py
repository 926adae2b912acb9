"""Names of WordprocessingML and the two ways between bytes and tree that the engine uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape as _escape

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CONTENT_TYPES = "[Content_Types].xml"


def qn(name: str) -> str:
    """Return a WordprocessingML name as lxml writes it.

    >>> qn("p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    return f"{{{W}}}{name}"


P, R, T, R_PR, P_PR, SECT_PR = qn("p"), qn("r"), qn("t"), qn("rPr"), qn("pPr"), qn("sectPr")
TBL, TR, TC = qn("tbl"), qn("tr"), qn("tc")
FALLBACK = f"{{{COMPATIBILITY}}}Fallback"

# What XML 1.0 forbids (production 2); named, since the complement of what it allows takes 8 ms to compile.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_READ = re.compile(r".*\.rels|word/.*\.xml")


def parse(part: bytes) -> etree._Element:
    """Return the tree of one part, without processing instructions (the engine marks places with its own).

    Raises:
        etree.XMLSyntaxError: the part is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_pis=True, remove_comments=True)
    return etree.fromstring(part, parser)


def main_part(parts: Mapping[str, bytes]) -> str:
    """Return the name of the part that holds a document's body, '' when the parts are no Word document.

    Word Online calls it document2.xml; the package's relations know.  Strict documents
    and other prefixes than `qn:` are not ours: no program of our users writes them.

    Raises:
        etree.XMLSyntaxError: a part that Word reads is not well-formed.
    """
    if CONTENT_TYPES not in parts or "_rels/.rels" not in parts:
        return ""
    parse(parts[CONTENT_TYPES])
    targets = [one.get("Target") or "" for one in parse(parts["_rels/.rels"]) if _is_main(one)]
    main = targets[0].lstrip("/") if targets else ""
    if main not in parts:
        return ""
    # What asks for styles, notes or relations later need not ask whether they can be read.
    trees = {name: parse(part) for name, part in parts.items() if _READ.fullmatch(name)}
    root = trees.get(main)
    return main if root is not None and root.tag == qn("document") and root.nsmap.get("w") == W else ""


def _is_main(relation: etree._Element) -> bool:
    return (relation.get("Type") or "").endswith("/officeDocument")


def relations_of(part: str) -> str:
    """Return the name of the part that holds a part's relations.

    >>> relations_of("word/document.xml")
    'word/_rels/document.xml.rels'
    """
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def serialize(root: etree._Element) -> str:
    """Return a tree as text, without the XML declaration."""
    return etree.tostring(root, encoding="unicode")


def legible(text: str) -> str:
    r"""Return a text as a document can hold it: no control characters, line ends as line feeds.

    >>> legible("甲\x0b乙\r\n丙")
    '甲乙\n丙'
    """
    if text.isprintable():
        return text
    return _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def escape(text: str) -> str:
    r"""Return text for an element's content; line ends and tabs become Word's elements.

    >>> escape("a<b\n甲")
    'a&lt;b</w:t><w:br/><w:t xml:space="preserve">甲'
    """
    if text.isprintable():  # nearly always, and known at once
        return _escape(text, quote=False)
    text = _escape(_ILLEGAL.sub("", text), quote=False)
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = text.replace("\n", _element("br")).replace("\t", _element("tab"))
    return text


def _element(name: str) -> str:
    return f'</w:t><w:{name}/><w:t xml:space="preserve">'
