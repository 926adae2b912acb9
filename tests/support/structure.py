"""Whether a .docx is built as Word, WPS and LibreOffice demand, so that none of them offers to repair it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from officeflow.document.wml.wordml import (
    CONTENT_TYPES,
    P_PR,
    R_PR,
    RELATIONS,
    SECT_PR,
    TBL,
    TC,
    TR,
    P,
    R,
    parse,
    qn,
)
from officeflow.ooxml import PartError, open_package

_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
# ECMA-376 part 1, 17.3.1.26, 17.3.2.28, 17.6.17, 17.4.60, 17.4.70: the order of children in the schema.
_ORDER = {
    name: {qn(child): place for place, child in enumerate(children.split())}
    for name, children in {
        P_PR: "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
        "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        R_PR: "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
        "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr "
        "shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
        SECT_PR: "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
        "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
        "sectPrChange",
        qn("tblPr"): "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
        qn(
            "tcPr"
        ): "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
        "hideMark headers cellIns cellDel cellMerge tcPrChange",
    }.items()
}
_ORDER[SECT_PR][qn("footerReference")] = 0  # headers and footers may come in any order (EG_HdrFtrReferences)
_FIRST = {P: P_PR, R: R_PR, TC: qn("tcPr"), TBL: qn("tblPr")}
_CELL_END = (P, qn("sdt"), qn("customXml"))
_START, _END = qn("bookmarkStart"), qn("bookmarkEnd")


def structure_problems(document: bytes) -> list[str]:
    """Return what a strict reader would stumble over; empty when the document is sound."""
    package = open_package(document).value
    if package is None:
        return ["not a package"]
    parts: dict[str, bytes] = {}
    trees: dict[str, etree._Element] = {}
    problems = []
    for name in package.names:
        try:
            parts[name] = package.read(name)
            if name.endswith((".xml", ".rels")):
                trees[name] = parse(parts[name])
        except (PartError, etree.XMLSyntaxError) as error:
            problems.append(f"{name}: {error}")
    problems += _type_problems(parts, trees)
    problems += (
        problem for name, root in trees.items() for problem in _part_problems(name, root, parts, trees)
    )
    return [*problems, *_twice(trees)]


def _type_problems(parts: Mapping[str, bytes], trees: Mapping[str, etree._Element]) -> Iterator[str]:
    if CONTENT_TYPES not in trees:
        yield f"{CONTENT_TYPES} is missing"
        return
    root = trees[CONTENT_TYPES]
    extensions = {str(one.get("Extension")).lower() for one in root if one.get("Extension")}
    named = Counter(str(one.get("PartName"))[1:] for one in root if one.get("PartName"))
    yield from (f"{name}: type declared for a part that is not there" for name in named if name not in parts)
    yield from (f"{name}: type declared twice" for name, times in named.items() if times > 1)
    for name in parts:
        if name != CONTENT_TYPES and name not in named and name.rpartition(".")[2].lower() not in extensions:
            yield f"{name}: no content type"


def _part_problems(
    name: str, root: etree._Element, parts: Mapping[str, bytes], trees: Mapping[str, etree._Element]
) -> Iterator[str]:
    if name.endswith(".rels"):
        yield from (f"{name}: {problem}" for problem in _relation_problems(name, root, parts))
    elif name.startswith("word/"):
        folder, _, file = name.rpartition("/")
        related = trees.get(f"{folder}/_rels/{file}.rels")
        known = {one.get("Id") for one in related} if related is not None else set()
        for node in root.iter(etree.Element):
            yield from (f"{name}: {problem}" for problem in _node_problems(node, known))
        yield from (f"{name}: {problem}" for problem in _pair_problems(root))


def _relation_problems(name: str, root: etree._Element, parts: Mapping[str, bytes]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    yield from (
        f"id {own} twice" for own, times in Counter(one.get("Id") for one in root).items() if times > 1
    )
    for one in root:
        target = str(one.get("Target"))
        path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if one.get("TargetMode") != "External" and path not in parts:
            yield f"{target} is not there"


def _node_problems(node: etree._Element, relations: set[str | None]) -> Iterator[str]:
    tag = str(node.tag)
    short = tag.rpartition("}")[2]
    for key, value in node.attrib.items():
        if str(key).startswith(f"{{{RELATIONS}}}") and value not in relations:
            yield f"{short}: no relation {value!s}"
        if str(key).endswith("Theme"):
            yield f"{short}: theme attribute {str(key).rpartition('}')[2]}"
    children = [str(child.tag) for child in node]
    if tag in _ORDER:
        places = [_ORDER[tag].get(child, -1) for child in children]
        if -1 in places or places != sorted(places):
            yield f"{short}: children out of order: {' '.join(child.rpartition('}')[2] for child in children)}"
    if _FIRST.get(tag) in children[1:]:
        yield f"{short}: properties must come first"
    if tag == TC and not (children and children[-1] in _CELL_END):
        yield "tc: must end with a paragraph"
    if (tag == TBL and TR not in children and qn("sdt") not in children) or (
        tag == TR and not {TC, qn("sdt")} & {*children}
    ):
        yield f"{short}: empty"
    if tag == qn("body") and SECT_PR in children[:-1]:
        yield "body: sectPr must come last"


def _pair_problems(root: etree._Element) -> Iterator[str]:
    opened: set[str] = set()
    for node in root.iter(_START, _END):
        own = str(node.get(qn("id")))
        if node.tag == _START:
            opened.add(own)
        elif own in opened:
            opened.remove(own)
        else:
            yield f"bookmarkEnd {own}: no start before it"
    yield from (f"bookmarkStart {own}: no end" for own in sorted(opened))


def _twice(trees: Mapping[str, etree._Element]) -> Iterator[str]:
    found: Counter[str] = Counter()
    for root in trees.values():
        for node in root.iter(_START, _PICTURE):
            is_bookmark = node.tag == _START
            found[f"bookmark id {node.get(qn('id'))}" if is_bookmark else f"picture id {node.get('id')}"] += 1
            if is_bookmark:
                found[f"bookmark name {node.get(qn('name'))}"] += 1
    yield from (f"{what} used {times} times" for what, times in found.items() if times > 1)
