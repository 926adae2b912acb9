"""The starts of the paragraphs that printed tags stand in, so that a value can begin another one like it."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from officeflow.document.reckoning.tags import Kind
from officeflow.document.templates.heal import Healed
from officeflow.document.wml.wordml import P_PR, SECT_PR, P, R, T, serialize, w

_DECLARED = re.compile(r' xmlns:\w+="[^"]*"')


def openings(healed: Healed) -> dict[int, str]:
    """Return printed tag → the start tag and properties of its paragraph.

    A tag within a hyperlink or content control has none: a paragraph cannot end there.
    """
    known: dict[etree._Element, str] = {}
    found: dict[int, str] = {}
    for tag in healed.tags:
        if tag.kind is not Kind.PRINT or tag.number not in healed.marks:  # in an attribute
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
    for node in [*own.findall(SECT_PR), *own.findall(w("pPrChange"))]:
        own.remove(node)
    return "<w:p>" + undeclared(own)


def undeclared(node: etree._Element) -> str:
    """Return an element as it stands in its part, whose root declares the prefixes."""
    own = deepcopy(node)
    own.tail = None
    return _DECLARED.sub("", serialize(own))
