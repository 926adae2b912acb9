"""Blocks whose text is kept or changed before it is printed: macro, set, call, filter.

Where such a block stands within one paragraph and in the look of its tag, only its words are
kept, not its runs: `{% filter upper %}` must not change XML, and a macro takes the look of
where it is printed.
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from officeflow.document.reckoning.tags import TagKind
from officeflow.document.templates.blocks import Structure
from officeflow.document.templates.dialect import BLOCK, BLOCK_END
from officeflow.document.templates.heal import Healed, Problem, is_mark, mark
from officeflow.document.wml.runs import drop, text_of
from officeflow.document.wml.wordml import P_PR, R_PR, SECT_PR, P, R, T, qn, serialize

_CAPTURES = ("macro", "set", "call", "filter")
_BY_SCRIPT = (qn("rFonts"), qn("lang"), qn("noProof"))
_PIECES = re.compile(r"(\w+)\s*(.*)", re.DOTALL)


def keep_words(healed: Healed, structure: Structure) -> None:
    """Turn the runs between captured tags into text where that loses no look; write what these tags become."""
    tags = {tag.number: tag for tag in healed.tags}
    for opened, closed in structure.pairs.items():
        pieces = _PIECES.match(structure.jinja[opened]) if opened in tags else None
        if pieces is None or pieces[1] not in _CAPTURES:
            continue
        word, rest = pieces.groups()
        tag, start, end = tags[opened], healed.marks[opened], healed.marks[closed]
        inside = [] if tag.scope else _between(start, end)
        is_changed = word == "filter" or (word == "set" and "|" in rest)
        if is_changed and (tag.scope or inside is None):
            healed.problems.append(Problem("BLOCK_SPREAD", tag.place, tag.source))
            continue
        if inside and (is_changed or _is_one_look(inside, healed.looks.get(opened))):
            _take_words(inside, structure)
        if is_changed or (word == "call" and not tag.scope):
            structure.jinja |= _printed(word, rest, opened, closed)


def _printed(word: str, rest: str, opened: int, closed: int) -> dict[int, str]:
    """Return the sources of a pair of tags whose outcome is changed, or printed where it stands."""
    if word == "set":
        name, _, change = rest.partition("|")
        return {opened: f"set {name}|_plain|{change}|e"}
    if word == "filter":
        return {opened: f"filter _plain|{rest}|_print({opened})"}
    return {
        opened: f"filter _print({opened}){BLOCK_END}{BLOCK}call{rest if rest[:1] == '(' else f' {rest}'}",
        closed: f"endcall{BLOCK_END}{BLOCK}endfilter",
    }


def _between(start: etree._Element, end: etree._Element) -> list[etree._Element] | None:
    """Return the runs and marks between two tags of one paragraph, None when they do not share one."""
    if start.getparent() is not end.getparent():
        own = next(start.iterancestors(R), None)  # a tag that prints keeps its run
        after = None if own is None else own.getnext()
        if after is None or after.getparent() is not end.getparent():
            return None
        start = after
    nodes: list[etree._Element] = []
    for node in start.itersiblings():
        if node is end:
            return nodes
        if not is_mark(node) and (node.tag != R or "\ufffc" in text_of(node)):
            return None
        nodes.append(node)
    return None


def _is_one_look(nodes: list[etree._Element], of_tag: etree._Element | None) -> bool:
    """Whether runs look alike, and as the tag does before them as far as a reader sees."""
    looks = {_look(node): node.find(R_PR) for node in nodes if node.tag == R}
    return not looks or (len(looks) == 1 and _seen(*looks.values()) == _seen(of_tag))


def _look(run: etree._Element) -> str:
    properties = run.find(R_PR)
    return "" if properties is None else undeclared(properties)


def _seen(properties: etree._Element | None) -> list[str]:
    """Return what a look shows: which fonts and language Word notes for a script changes between Chinese and Latin."""
    nodes = () if properties is None else properties
    return sorted(undeclared(node) for node in nodes if node.tag not in _BY_SCRIPT)


def _take_words(nodes: list[etree._Element], structure: Structure) -> None:
    """Put the words of runs in their place, and marks `t<n>` in that of printed tags."""
    for node in nodes:
        if node.tag != R:
            if node.text in ("s", "e") and node.getparent() is not None:
                _replace_by_words(node, "")
            continue
        own = next(node.iter(etree.ProcessingInstruction), None)
        if own is None:
            _replace_by_words(node, text_of(node))
        else:
            number = int(own.text or 0)
            structure.looks[number] = _look(node)
            if number in structure.jinja:  # a block that is printed there: into words now, too
                structure.jinja[number] = structure.jinja[number].replace("_print(", "_text(")
            node.addprevious(mark(f"t{own.text}"))
            _replace_by_words(node, "")


def _replace_by_words(node: etree._Element, words: str) -> None:
    words += node.tail or ""
    node.tail = None
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        before.tail = (before.tail or "") + words
    elif parent is not None:
        parent.text = (parent.text or "") + words
    drop(node)


_DECLARED = re.compile(r' xmlns:\w+="[^"]*"')


def openings(healed: Healed) -> dict[int, str]:
    """Return printed tag → the start tag and properties of its paragraph.

    A tag within a hyperlink or content control has none: a paragraph cannot end there.
    """
    known: dict[etree._Element, str] = {}
    found: dict[int, str] = {}
    for tag in healed.tags:
        if tag.kind is not TagKind.PRINT or tag.number not in healed.marks:  # in an attribute
            continue
        chain = list(healed.marks[tag.number].iterancestors())
        if [node.tag for node in chain[:3]] == [T, R, P]:
            if chain[2] not in known:
                known[chain[2]] = _opening(chain[2])
            found[tag.number] = known[chain[2]]
    return found


def _opening(paragraph: etree._Element) -> str:
    properties = paragraph.find(P_PR)
    if properties is None:
        return "<w:p>"
    own = deepcopy(properties)
    # A page layout or a recorded change belongs to the one paragraph that carries it.
    for node in [*own.findall(SECT_PR), *own.findall(qn("pPrChange"))]:
        own.remove(node)
    return "<w:p>" + undeclared(own)


def undeclared(node: etree._Element) -> str:
    """Return an element as it stands in its part, whose root declares the prefixes."""
    own = deepcopy(node)
    own.tail = None
    return _DECLARED.sub("", serialize(own))
