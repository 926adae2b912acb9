"""Put a filled workbook right from its blank: what is typed stays, what the form needs comes back.

By changing parts, as marks do: headings, drop-downs and prompts, looks, formulas
above and beside the rows, colours of gaps, sheets that were deleted, the stamp.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from officeflow.model.findings import Finding
from officeflow.model.kit import Kit
from officeflow.ooxml import Package, open_package
from officeflow.ooxml.parts import Parts
from officeflow.workbook.files.book import Book
from officeflow.workbook.files.xlsx import open_xlsx
from officeflow.workbook.marks.page import text_edit
from officeflow.workbook.marks.writer import unmark
from officeflow.workbook.repair.plan import AreaLike, RepairPlan, SheetRepair, plan_repair, style_like
from officeflow.workbook.repair.sheets import (
    add_name,
    compute_on_opening,
    freeze,
    join,
    lost_print_names,
    put_back_names,
    put_back_property,
    put_back_sheets,
    set_up_printing,
)
from officeflow.workbook.sheetml.sheet import (
    Block,
    CellEdit,
    SheetText,
    colour_rules,
    entry_rules,
    put_entry_rules,
    set_column_styles,
)
from officeflow.workbook.sheetml.styles import StyleImport, StylesText
from officeflow.workbook.sheetml.tabs import styles_part, tab_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The workbook put right, and what was done to it in words."""

    data: bytes
    done: tuple[Finding, ...]


def repair_workbook(data: bytes, *, kit: Kit, blank: bytes) -> Repaired:
    """Return the workbook (.xlsx, .xlsm) put right after the kit's blank; no typed value changes.

    Marks are taken out first.  What could not be told (a column that is gone, a
    heading with another unit) is said, not guessed.

    Raises:
        PartError: a part is damaged, or the marks are a newer program's (`NewerMarksError`).
        MarkupError: a part is not well-formed XML.
    """
    package, model = _opened(unmark(data)), _opened(blank)
    parts, ours = Parts(package), Parts(model)
    plan = plan_repair(parts, _book(package), kit=kit, blank=ours, blank_book=_book(model))
    write_repair(parts, plan, ours)
    return Repaired(data=parts.to_bytes(), done=plan.done)


def write_repair(parts: Parts, plan: RepairPlan, blank: Parts) -> None:
    """Put back what the plan says, from the blank it was made with.

    Raises:
        PartError: a part is damaged.
        MarkupError: a part is not well-formed XML.
    """
    name = styles_part(parts)
    target = StylesText(parts.read(name))
    styles = StyleImport(target, StylesText(blank.read(styles_part(blank))))
    for sheet in plan.sheets:
        _write_sheet(parts, sheet, blank, styles)
    put_back_sheets(parts, blank, styles, plan.added)
    put_back_names(parts, blank, plan.names)
    if plan.has_property:
        put_back_property(parts, blank)
    parts.write(name, target.xml)
    if plan.is_computed:
        compute_on_opening(parts)


def _write_sheet(parts: Parts, plan: SheetRepair, blank: Parts, styles: StyleImport) -> None:
    tab, our_tab = tab_named(parts, plan.sheet), tab_named(blank, plan.like)
    if tab is None or our_tab is None:
        return
    text, ours = SheetText(parts.read(tab.part)), SheetText(blank.read(our_tab.part))
    text.edit(
        {
            (put.row, put.column): text_edit(put.text, styles.style(style_like(ours, put.like)))
            for put in plan.headings
        }
    )
    _write_rules(text, ours, plan.rules)
    for look in plan.looks:
        new = styles.style(style_like(ours, look.like))
        text.edit(dict.fromkeys(look.cells, CellEdit(style=lambda _, new=new: new)))  # type: ignore[misc]
    if plan.columns:
        columns = {column: styles.style(style_like(ours, like)) for column, like in plan.columns}
        set_column_styles(text, columns, ours.column_width)
    text.edit(
        {
            (put.row, put.column): CellEdit(content=f"<f>{escape(put.formula, quote=False)}</f>".encode())
            for put in plan.formulas
        }
    )
    built = colour_rules(ours)
    for number, colour in enumerate(plan.colours, start=1):
        text.add(b"conditionalFormatting", _translated(built[colour], number, styles))
    if plan.is_frozen:
        freeze(ours, text)
    join(text, plan.joins)
    if plan.prints:
        set_up_printing(ours, text)
    parts.write(tab.part, text.xml)
    if plan.has_print_names:
        for written in lost_print_names(parts, blank, tab, our_tab):
            add_name(parts, written)


def _write_rules(text: SheetText, ours: SheetText, rules: Iterable[AreaLike]) -> None:
    built, theirs = entry_rules(ours), entry_rules(text)
    kept = [(rule, list(rule.blocks)) for rule in theirs]
    added: list[bytes] = []
    for put in rules:
        area, like = Block.parse(put.area.encode()), Block.parse(put.like.encode())
        kept = [(one, [piece for block in blocks for piece in block.without(area)]) for one, blocks in kept]
        rule = next(one for one in built if any(block.holds(like) for block in one.blocks))
        added.append(rule.over([area]))
    if added:
        written = [
            one.written if tuple(blocks) == one.blocks else one.over(blocks) for one, blocks in kept if blocks
        ]
        put_entry_rules(text, [*written, *added])


def _translated(rule: bytes, number: int, styles: StyleImport) -> bytes:
    written = re.sub(rb'dxfId="(\d+)"', lambda match: b'dxfId="%d"' % styles.difference(int(match[1])), rule)
    return re.sub(rb'priority="\d+"', b'priority="%d"' % (1000 + number), written)


def _opened(data: bytes) -> Package:
    package = open_package(data).value
    if package is None:
        raise ValueError
    return package


def _book(package: Package) -> Book:
    book = open_xlsx(Path("book.xlsx"), package).value
    if book is None:
        raise ValueError
    return book
