"""Lay a filled 提纲 over a template: which sections and entries are printed, in which order, under which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from officeflow.document.templates.blocks import Item, ListBlock, Section, Structure
from officeflow.document.words import WORDS
from officeflow.model.findings import Finding
from officeflow.model.outline import OutlineRow
from officeflow.text.messages import Catalogue, Place

MESSAGES = Catalogue.beside(__file__)
LONGEST_ENTRY = 200
_SHORTEST_PHRASE = 2


@dataclass(slots=True)
class Plan:
    """What the 提纲 says; empty when it says nothing."""

    off: set[int] = field(default_factory=set)
    """Sections that are switched off."""
    rank: dict[int, int] = field(default_factory=dict)
    """Section → its place among its like."""
    headings: dict[int, OutlineRow] = field(default_factory=dict)
    """Section → the row that words its heading."""
    items_off: set[int] = field(default_factory=set)
    slots: dict[int, list[int | OutlineRow]] = field(default_factory=dict)
    """List → its entries in order: the template's by index, or a row of the 提纲."""
    findings: list[Finding] = field(default_factory=list)


def plan_outline(structure: Structure, rows: Sequence[OutlineRow]) -> Plan:
    """Return the plan of a filled outline.

    A row stands for the section with the same heading, else for the first
    section left over (a reworded heading).  Entries are known by their leading
    phrase; others are added.  A row that fits nowhere is a finding at its cell,
    a section without a row stays where it is, with a hint.
    """
    plan = Plan()
    if rows and not structure.sections:
        plan.findings.append(MESSAGES.finding("OUTLINE_UNUSED"))
    elif rows:
        _match_sections(plan, structure, rows, None, None)
        known = {id(row) for row in plan.headings.values()}
        for row in rows:
            if row.is_on and not row.is_item and id(row) not in known:
                _say(plan, "OUTLINE_UNMATCHED", row)
        _match_items(plan, structure, rows)
    return plan


def fold(text: str) -> str:
    """Return a heading or entry without the number typed before it, its link word, spaces and punctuation.

    >>> fold("一、摸清 情况，找准方向") == fold("摸清情况,找准方向")
    True
    """
    text = WORDS.typed_number.sub("", text, count=1).removeprefix(WORDS.link)
    return "".join(char for char in text if not char.isspace() and char not in WORDS.ends)


def wording(row: OutlineRow) -> str:
    """Return the words of a row as they are printed: without a number typed before them."""
    return WORDS.typed_number.sub("", row.heading, count=1).strip()


def _match_sections(
    plan: Plan, structure: Structure, rows: Sequence[OutlineRow], parent: int | None, around: int | None
) -> None:
    level = 1 if parent is None else rows[parent].level + 1
    mine = [
        i for i, row in enumerate(rows) if row.parent == parent and not row.is_item and row.level == level
    ]
    left = [section for section in structure.sections if section.parent == around]
    if not mine:
        return
    found: dict[int, Section] = {}
    for i in mine:
        same = next((section for section in left if fold(section.heading) == fold(rows[i].heading)), None)
        if same is not None:
            found[i] = same
            left.remove(same)
    found |= dict(zip((i for i in mine if i not in found), list(left), strict=False))
    order: list[int] = []
    for i in mine:
        if i in found:
            _place_section(plan, found[i], rows[i])
            order.append(found[i].index)
            _match_sections(plan, structure, rows, i, found[i].index)
    own = [section.index for section in structure.sections if section.parent == around]
    for index in own:
        if index not in order:
            _keep(plan, order, index, own, structure.sections[index].heading)
    plan.rank |= dict(zip(order, count()))


def _place_section(plan: Plan, section: Section, row: OutlineRow) -> None:
    plan.headings[section.index] = row
    if not row.is_on:
        plan.off.add(section.index)


def _keep(plan: Plan, order: list[Any], index: int, own: list[int], words: str) -> None:
    """Put what has no row after the one it follows in the template, and say so."""
    place = max((order.index(other) + 1 for other in own[: own.index(index)] if other in order), default=0)
    order.insert(place, index)
    plan.findings.append(MESSAGES.finding("OUTLINE_KEPT", value=words))


def _match_items(plan: Plan, structure: Structure, rows: Sequence[OutlineRow]) -> None:
    by_row = {id(row): section for section, row in plan.headings.items()}
    used: set[int] = set()
    for row in (row for row in rows if row.is_item):
        parents = [id(rows[at]) for at in (row.parent, row.above) if at is not None]
        sections = dict.fromkeys(by_row[parent] for parent in parents if parent in by_row)
        listings = [one for section in sections for one in structure.listings if one.section == section]
        item = next(_candidates(structure, listings, row, used), None)
        if not listings:
            _say(plan, "OUTLINE_NO_LIST", row)
        elif item is not None:
            used.add(item.index)
            plan.slots.setdefault(item.listing, []).append(item.index)
            plan.items_off |= set() if row.is_on else {item.index}
        elif len(wording(row)) > LONGEST_ENTRY:
            _say(plan, "OUTLINE_TOO_LONG", row)
        elif row.is_on:
            plan.slots.setdefault(listings[0].index, []).append(row)
    for listing, order in plan.slots.items():
        own = {item.index: item.text for item in structure.items if item.listing == listing}
        for index, text in own.items():
            if index not in order:
                _keep(plan, order, index, list(own), _leading(text) or text)


def _candidates(
    structure: Structure, listings: list[ListBlock], row: OutlineRow, used: set[int]
) -> Iterator[Item]:
    """Yield the template's entries whose leading phrase the row has, or that begin as the row does."""
    own = {listing.index for listing in listings}
    typed = fold(row.heading)
    for item in structure.items:
        if item.listing in own and item.index not in used:
            whole, phrase = fold(item.text), _leading(item.text)
            is_begun = len(typed) >= _SHORTEST_PHRASE and whole.startswith(typed)
            if typed == whole or is_begun or (phrase and typed.startswith(phrase)):
                yield item


def _leading(text: str) -> str:
    """Return the folded words before the first punctuation mark."""
    end = min((place for mark in WORDS.ends if (place := text.find(mark)) > 0), default=len(text))
    phrase = fold(text[:end])
    return phrase if len(phrase) >= _SHORTEST_PHRASE else ""


def _say(plan: Plan, code: str, row: OutlineRow) -> None:
    cell = row.cell
    place = Place(cell.sheet, cell.row, cell=cell.a1) if cell is not None else Place()
    plan.findings.append(MESSAGES.finding(code, place=place, value=row.heading, limit=LONGEST_ENTRY))
