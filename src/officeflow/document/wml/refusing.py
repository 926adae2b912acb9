"""What no template may bring along: whatever fetches other files, or runs, when somebody opens the document.

A bulletin is sent to a hundred offices; a template that somebody mailed must not
make each of them load a file from elsewhere (ECMA-376 part 1, 17.15.1.6
attachedTemplate, 17.17.2.1 altChunk, 17.16.5 fields) or carry a program.
Addresses to click on stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from officeflow.document.wml.wordml import parse, qn
from officeflow.document.words import WORDS
from officeflow.model.findings import Finding
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__, "refusing_messages.toml")
_CLICKED = frozenset(("hyperlink",))
_REFUSED = {
    "attachedTemplate": "TEMPLATE_ATTACHED",
    "aFChunk": "TEMPLATE_CHUNK",
    "subDocument": "TEMPLATE_CHUNK",
}
_MACROS = frozenset(("vbaProject", "wordVbaData", "control", "activeXControlBinary"))
_MACRO_TYPES = ("macroEnabled", "vbaProject", "activeX")
# ECMA-376 part 1, 17.16.5: fields whose result is another file's text or picture, or another program's answer.
_FETCHING = frozenset(
    ("INCLUDETEXT", "INCLUDE", "INCLUDEPICTURE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD")
)
_FIELD_MARKS = (b"instrText", b"fldSimple")
_XML = (".xml", ".rels")


def refused_parts(parts: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield one finding for each thing in a template that fetches or runs, naming it and where it is.

    Raises:
        etree.XMLSyntaxError: a part is not well-formed.
    """
    found: dict[tuple[str, str, str], None] = {}
    for name, content in parts.items():
        for code, value in _in_part(name, content):
            found[code, _spoken(name), value] = None
    yield from (MESSAGES.finding(code, part=part, value=value) for code, part, value in found)


def _spoken(name: str) -> str:
    """Return what people call the part that a part or its relations belong to."""
    return WORDS.part(name.removesuffix(".rels"))


def _in_part(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if not name.endswith(_XML):
        if name.rpartition("/")[2].lower().startswith("vbaproject"):
            yield "TEMPLATE_MACRO", ""
    elif name.endswith(".rels"):
        yield from _relations(parse(content))
    elif name == "[Content_Types].xml":
        if any(word.encode() in content for word in _MACRO_TYPES):
            yield "TEMPLATE_MACRO", ""
    elif name.startswith("word/"):
        if b"altChunk" in content and next(parse(content).iter(qn("altChunk")), None) is not None:
            yield "TEMPLATE_CHUNK", "altChunk"
        if any(mark in content for mark in _FIELD_MARKS):
            yield from (("TEMPLATE_FIELD", field) for field in fetching_fields(parse(content)))


def _relations(root: etree._Element) -> Iterator[tuple[str, str]]:
    for one in root:
        kind, target = (one.get("Type") or "").rpartition("/")[2], one.get("Target") or ""
        if kind in _REFUSED:
            yield _REFUSED[kind], target
        elif kind in _MACROS:
            yield "TEMPLATE_MACRO", ""
        elif one.get("TargetMode") == "External" and kind not in _CLICKED:
            yield "TEMPLATE_OUTSIDE", target


def fetching_fields(root: etree._Element) -> Iterator[str]:
    """Yield the instructions of fields that fetch, or whose name is itself put together by fields."""
    written = [one.get(qn("instr")) or "" for one in root.iter(qn("fldSimple"))]
    opened: list[list[str]] = []
    for node in root.iter(qn("fldChar"), qn("instrText"), qn("delInstrText")):
        kind = node.get(qn("fldCharType"))
        if node.tag != qn("fldChar"):
            if opened:
                opened[-1].append(node.text or "")
        elif kind == "begin":
            if opened and not "".join(opened[-1]).strip():
                yield "{ }"
            opened.append([])
        elif opened and kind == "separate":
            written.append("".join(opened[-1]))
            opened[-1] = ["="]  # what follows is the result: a field in it is not part of the name
        elif opened and kind == "end":
            written.append("".join(opened.pop()))
    for instruction in written:
        name = re.split(r"[\s\"\\]", instruction.strip(), maxsplit=1)[0].upper()
        if name in _FETCHING:
            yield " ".join(instruction.split())
