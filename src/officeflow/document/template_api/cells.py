"""The tags that change the table cell they stand in: {% colspan n %}, {% cellbg c %}, {% hm %}, {% vm %}.

Their marks move into the cell's properties, or around the cell; what is printed there is in
`dialect`.  Marks `i`, `E` and `I` are `if loop.first`, `else` and `endif`.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from officeflow.document.reckoning.tags import TagKind
from officeflow.document.templates.heal import Healed, Problem, is_mark, mark
from officeflow.document.wml.runs import drop
from officeflow.document.wml.wordml import P_PR, TBL, TC, P, qn

_PROPERTIES, _SPAN = qn("tcPr"), qn("gridSpan")
_ORDER = tuple(map(qn, ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd")))
"""The properties of a cell that come first, in the schema's order (ECMA-376 part 1, 17.4.70)."""
_ELEMENTS = {"colspan": qn("gridSpan"), "hm": qn("gridSpan"), "vm": qn("vMerge"), "cellbg": qn("shd")}


def move_cell_marks(healed: Healed) -> None:
    """Move the marks of cell tags to where they act; the table's grid is fitted when it was printed."""
    found = [(tag.body.partition(" ")[0], tag) for tag in healed.tags if tag.kind is TagKind.BLOCK]
    words = [(word, tag) for word, tag in found if word in _ELEMENTS]
    # In the schema's order, in which their properties then stand when one cell has several.
    for word, tag in sorted(words, key=lambda one: _ORDER.index(_ELEMENTS[one[0]])):
        own = healed.marks[tag.number]
        cell = next(own.iterancestors(TC), None)
        if cell is None:
            healed.problems.append(Problem("TAG_SCOPE", tag.place, tag.source))
            continue
        drop(own)
        _move_mark(word, own, cell)
        table = next(cell.iterancestors(TBL), None)
        if table is not None:
            fit_grid(table)


def fit_grid(table: etree._Element) -> None:
    """Put marks around a table whose columns are printed by tags, once."""
    _put_around(table, "gg")


def _put_around(node: etree._Element | None, guard: str) -> None:
    """Put a pair of marks around a node, unless it has that pair already."""
    if node is None:
        return
    for before in node.itersiblings(preceding=True):
        if not is_mark(before) or before.text not in ("gb", "gt", "gr", "gg"):
            break
        if before.text == guard:
            return
    node.addprevious(mark(guard))
    node.addnext(mark("G"))


def _move_mark(word: str, own: etree._Element, cell: etree._Element) -> None:
    properties = cell.find(_PROPERTIES)
    if properties is None:
        properties = etree.Element(_PROPERTIES)
        cell.insert(0, properties)
    element = _ELEMENTS[word]
    old = properties.find(element)
    if old is not None:
        properties.remove(old)
    if word == "hm":
        span = old.get(qn("val")) if old is not None and (old.get(qn("val")) or "").isdigit() else "1"
        _insert(properties, mark(f"m{span}"), element)
        cell.addprevious(own)
        cell.addnext(mark("I"))
        for holder, guard in (cell.getparent(), "gr"), (next(cell.iterancestors(TBL), None), "gt"):
            _put_around(holder, guard)
        return
    _insert(properties, own, element)
    if word == "vm":
        _print_once(cell, properties)


def _insert(properties: etree._Element, own: etree._Element, element: str) -> None:
    after = _ORDER[: _ORDER.index(element) + 1]
    place = sum(1 for child in properties if child.tag in after or not isinstance(child.tag, str))
    properties.insert(place, own)


def _print_once(cell: etree._Element, properties: etree._Element) -> None:
    """Let all cells of a vertical merge but the first hold an empty paragraph."""
    first = cell.find(P)
    empty = etree.Element(P)
    look = None if first is None else first.find(P_PR)
    if look is not None:
        empty.append(deepcopy(look))
    properties.addnext(mark("i"))
    for node in (mark("E"), empty, mark("I")):
        cell.append(node)
