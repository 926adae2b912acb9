"""One entry sheet put right: headings, entry rules, looks, formulas; what is typed stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from officeflow.model.cells import column_letters
from officeflow.model.findings import Finding
from officeflow.model.kit import Field, Form
from officeflow.text.messages import Catalogue, Place
from officeflow.workbook.files.book import Sheet
from officeflow.workbook.marks.page import text_edit
from officeflow.workbook.reading.headings import Layout, suggestion
from officeflow.workbook.reading.recognise import find_layout
from officeflow.workbook.reading.rows import sort_rows
from officeflow.workbook.repair.sheets import freeze, join_titles, set_up_printing
from officeflow.workbook.sheetml.sheet import (
    At,
    Block,
    CellEdit,
    SheetText,
    colour_rules,
    entry_rules,
    formulas,
    put_entry_rules,
    set_column_styles,
)
from officeflow.workbook.sheetml.styles import Looks, StyleImport
from officeflow.workbook.words import folded

_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What to write where; `columns` says where every field stands afterwards."""

    headings: tuple[tuple[Field, At], ...]
    columns: Mapping[str, int]
    other_unit: tuple[tuple[Field, str], ...] = ()
    """Fields whose heading names another unit: the numbers below it mean something else."""
    lost: tuple[Field, ...] = ()
    added: tuple[tuple[Field, At], ...] = ()
    """Columns that are gone altogether: they get a new place, right of all others."""


def headings_to_mend(form: Form, their_sheet: Sheet, ours: Layout, theirs: Layout) -> Moves:
    """Return the headings that differ from the form's, and the columns of lost ones as far as they can be told."""
    columns = dict(theirs.columns)
    headings: list[tuple[Field, At]] = []
    other: list[tuple[Field, str]] = []
    lost: list[Field] = []
    taken = set(theirs.labels.values()) if form.kind != "record" else set()
    for of in form.fields:
        heading = theirs.headings.get(of.id)
        if heading is not None:
            at = (theirs.rows.get(of.id, theirs.first - 1), theirs.labels[of.id])
            if heading == of.header or str(their_sheet.at(*at)) != heading:
                continue  # as it should be, or in the upper of two heading rows
            if _units(heading) and _units(heading) != _units(of.header):
                other.append((of, heading))
            else:
                headings.append((of, at))
            continue
        found = _place(of, form, their_sheet, ours, theirs, taken)
        if found is None:
            lost.append(of)
            continue
        headings.append((of, found))
        taken.add(found[1])
        columns[of.id] = found[1] if form.kind != "record" else ours.columns[of.id]
    added: list[tuple[Field, At]] = []
    # A heading nobody knows may be the lost one under another name; then its column is not gone.
    if form.kind != "record" and theirs.columns and not theirs.extra:
        free = max([_last_column(their_sheet), *taken]) + 1
        added = [(of, (theirs.first - 1, free + number)) for number, of in enumerate(lost)]
        columns |= {of.id: column for of, (_, column) in added}
        lost = []
    return Moves(
        headings=tuple(headings),
        columns=columns,
        other_unit=tuple(other),
        lost=tuple(lost),
        added=tuple(added),
    )


def _last_column(sheet: Sheet) -> int:
    filled = (n for row in sheet.rows for n, cell in enumerate(row, start=1) if cell != "")
    return max(filled, default=0)


def _units(heading: str) -> list[str]:
    return _BRACKETS.findall(folded(heading))


def _place(
    of: Field, form: Form, their_sheet: Sheet, ours: Layout, theirs: Layout, taken: set[int]
) -> At | None:
    """Return where the heading of a lost field belongs: over the column that nearly says it, or where it was built."""
    if of.id not in ours.labels:
        return None
    if form.kind == "record":
        at = (ours.rows[of.id], ours.labels[of.id])
        is_free = (
            their_sheet.at(*at) == ""
            and _agree(ours.rows, theirs.rows)
            and _agree(ours.columns, theirs.columns)
        )
        return at if is_free else None
    if not theirs.columns:
        return None
    near = suggestion(of, theirs)
    column = next((column for column, text in theirs.extra.items() if text == near and near), 0)
    if column and column not in taken and (not _units(near) or _units(near) == _units(of.header)):
        return (theirs.first - 1, column)
    column = ours.labels[of.id]
    row = theirs.first - 1
    is_open = their_sheet.at(row, column) == "" or column in theirs.extra
    if (
        column in taken
        or not is_open
        or theirs.first != ours.first
        or not _agree(ours.columns, theirs.columns)
    ):
        return None
    return (row, column)


def _agree(ours: Mapping[str, int], theirs: Mapping[str, int]) -> bool:
    """Whether all fields that were found stand where they were built."""
    return bool(theirs) and all(ours.get(name) == place for name, place in theirs.items())


MESSAGES = Catalogue.beside(__file__, "repair.toml")
_REACH = 500
"""Rows of a ledger that entry rules are laid over."""
_EXAMPLES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One form in one workbook: its text, its cells, where its fields stand."""

    text: SheetText
    sheet: Sheet
    layout: Layout

    @classmethod
    def of(cls, text: SheetText, sheet: Sheet, form: Form) -> Side:
        """Return a form's side of a workbook."""
        return cls(text=text, sheet=sheet, layout=find_layout(sheet, form))


@dataclass(frozen=True, kw_only=True)
class FormRepair:
    """The repair of one form: `ours` as it was built, `theirs` as it came back."""

    form: Form
    ours: Side
    theirs: Side
    styles: StyleImport
    our_looks: Looks
    their_looks: Looks
    said: list[Finding] = field(default_factory=list)

    def run(self) -> None:
        """Put everything back that can be put back without touching what is typed."""
        moves = headings_to_mend(self.form, self.theirs.sheet, self.ours.layout, self.theirs.layout)
        self._mend_headings(moves)
        areas = {name: Block(*at) for name, at in self._areas(moves).items()}
        self._mend_rules(areas)
        self._mend_looks(areas)
        if self._stands_as_built(moves):
            self._mend_formulas()
            self._mend_colours()
        elif moves.added or moves.lost:
            self.say("REPAIR_FORMULAS_LEFT")
        self._mend_page()

    def say(self, code: str, count: int = 0, names: Iterable[str] = ()) -> None:
        """Note what was done to the form, or could not be."""
        shown = list(dict.fromkeys(names))
        listed = "、".join(shown[:_EXAMPLES]) + ("…" if len(shown) > _EXAMPLES else "")
        place = Place(self.theirs.sheet.name)
        self.said.append(MESSAGES.finding(code, place=place, count=count, names=listed))

    def _mend_headings(self, moves: Moves) -> None:
        written = (*moves.headings, *moves.added)
        self.theirs.text.edit(
            {at: text_edit(of.header, self.styles.style(self._our_style(of))) for of, at in written}
        )
        if moves.headings:
            self.say("REPAIRED_HEADINGS", len(moves.headings), (of.header for of, _ in moves.headings))
        place = Place(self.theirs.sheet.name)
        for of, heading in moves.other_unit:
            self.said.append(
                MESSAGES.finding("REPAIR_OTHER_UNIT", place=place, value=heading, expected=of.header)
            )
        for of, (_, column) in moves.added:
            letters = column_letters(column)
            self.said.append(
                MESSAGES.finding("REPAIRED_COLUMN", place=place, expected=of.header, letters=letters)
            )
        for of in moves.lost:
            self.said.append(MESSAGES.finding("REPAIR_COLUMN_LOST", place=place, expected=of.header))

    def _our_style(self, of: Field) -> int:
        layout = self.ours.layout
        row = layout.rows.get(of.id, layout.first - 1)
        at = (row, layout.labels.get(of.id, 0))
        return next((style for where, style, _ in self.ours.text.cells() if where == at), 0)

    def _areas(self, moves: Moves) -> dict[str, tuple[int, int, int, int]]:
        """Return field id → the rectangle of its cells in their sheet."""
        theirs = self.theirs.layout
        if self.form.kind == "record":
            return {
                name: (row, moves.columns[name], row, moves.columns[name])
                for name, row in theirs.rows.items()
                if name in moves.columns
            }
        return {
            name: (theirs.first, column, theirs.first + _REACH - 1, column)
            for name, column in moves.columns.items()
        }

    def _our_area(self, name: str) -> Block | None:
        layout = self.ours.layout
        column = layout.columns.get(name)
        if column is None:
            return None
        first = layout.rows.get(name, layout.first)
        return Block(first, column, first, column)

    # -- drop-downs, limits, prompts --------------------------------------------------------------------------

    def _mend_rules(self, areas: Mapping[str, Block]) -> None:
        ours = entry_rules(self.ours.text)
        theirs = entry_rules(self.theirs.text)
        kept = [(rule, list(rule.blocks)) for rule in theirs]
        added: list[bytes] = []
        names = []
        for name, area in areas.items():
            our_area = self._our_area(name)
            rule = next(
                (one for one in ours if our_area and any(block.holds(our_area) for block in one.blocks)), None
            )
            if rule is None or any(
                one.meaning == rule.meaning and any(block.holds(area) for block in one.blocks)
                for one in theirs
            ):
                continue
            kept = [
                (one, [piece for block in blocks for piece in block.without(area)]) for one, blocks in kept
            ]
            added.append(rule.over([area]))
            names.append(self.form.by_id[name].header)
        if not added:
            return
        written = [
            one.written if tuple(blocks) == one.blocks else one.over(blocks) for one, blocks in kept if blocks
        ]
        put_entry_rules(self.theirs.text, [*written, *added])
        self.say("REPAIRED_LISTS", len(names), names)

    # -- looks ------------------------------------------------------------------------------------------------

    def _mend_looks(self, areas: Mapping[str, Block]) -> None:
        wanted = {name: self._wanted(name) for name in areas}
        by_column: dict[int, list[str]] = {}
        for name, area in areas.items():
            by_column.setdefault(area.left, []).append(name)
        edits: dict[At, CellEdit] = {}
        names = []
        for at, style, content in self.theirs.text.cells():
            name = next(
                (
                    one
                    for one in by_column.get(at[1], ())
                    if at[0] >= areas[one].top and (self.form.kind != "record" or at[0] <= areas[one].bottom)
                ),
                "",
            )
            if not name or self.their_looks.look(style) == self.our_looks.look(wanted[name]):
                continue
            # A number in a date's look is a date: where the two differ, the look belongs to what is typed.
            if content and self.their_looks.kind(style) != self.our_looks.kind(wanted[name]):
                continue
            new = self.styles.style(wanted[name])
            edits[at] = CellEdit(style=lambda _, new=new: new)  # type: ignore[misc]
            names.append(self.form.by_id[name].header)
        self.theirs.text.edit(edits)
        if edits:
            self.say("REPAIRED_LOOKS", len(edits), names)
        if self.form.kind != "record":
            self._mend_columns(areas, wanted)

    def _wanted(self, name: str) -> int:
        area = self._our_area(name)
        if area is None:
            return 0
        if self.form.kind == "record":
            at = (area.top, area.left)
            return next((style for where, style, _ in self.ours.text.cells() if where == at), 0)
        return self.ours.text.column_style(area.left)

    def _mend_columns(self, areas: Mapping[str, Block], wanted: Mapping[str, int]) -> None:
        changed = {
            area.left: self.styles.style(wanted[name])
            for name, area in areas.items()
            if self.their_looks.look(self.theirs.text.column_style(area.left))
            != self.our_looks.look(wanted[name])
        }
        if changed:
            set_column_styles(self.theirs.text, changed, self.ours.text.column_width)

    # -- what is seen and printed ------------------------------------------------------------------------------

    def _mend_page(self) -> None:
        ours, theirs = self.ours.text, self.theirs.text
        if self._top(self.ours) == self._top(self.theirs):
            if freeze(ours, theirs):
                self.say("REPAIRED_PANES")
            if joined := join_titles(ours, theirs, self.theirs.sheet, self._top(self.ours)):
                self.say("REPAIRED_TITLES", joined)
        if set_up_printing(ours, theirs):
            self.say("REPAIRED_PRINTING")

    def _top(self, side: Side) -> int:
        """Return the last row above the headings of a ledger, above the labels of a record."""
        return (
            side.layout.first - 2
            if self.form.kind != "record"
            else min(side.layout.rows.values(), default=1) - 1
        )

    # -- formulas and colours, where everything stands as it was built -------------------------------------------

    def _stands_as_built(self, moves: Moves) -> bool:
        ours, theirs = self.ours.layout, self.theirs.layout
        return moves.columns == ours.columns and (theirs.first, theirs.rows) == (ours.first, ours.rows)

    def _mend_formulas(self) -> None:
        there = formulas(self.theirs.text)
        edits = {
            at: CellEdit(content=formula)
            for at, formula in formulas(self.ours.text).items()
            if at not in there and self._may_be_computed(at)
        }
        edits |= self._numbers_below(there)
        self.theirs.text.edit(edits)
        if edits:
            self.say("REPAIRED_FORMULAS", len(edits))

    def _numbers_below(self, there: Mapping[At, bytes]) -> dict[At, CellEdit]:
        """Return 序号 for the rows of data below those that the blank numbers."""
        layout = self.theirs.layout
        first = formulas(self.ours.text).get((layout.first, layout.serial), b"")
        row_before = re.compile(rb"(\$[A-Z]+)%d\b" % layout.first)
        rows = sort_rows(self.theirs.sheet, layout).data if first else ()
        return {
            (row, layout.serial): CellEdit(content=row_before.sub(rb"\g<1>%d" % row, first))
            for row in rows
            if (row, layout.serial) not in there and self.theirs.sheet.at(row, layout.serial) == ""
        }

    def _may_be_computed(self, at: At) -> bool:
        """Whether a cell holds nothing of the clerk's: above the headings all is ours, below only numbers of 序号."""
        if self.form.kind == "record" or at[0] < self.theirs.layout.first:
            return True
        typed = self.theirs.sheet.at(*at)
        return typed == "" or isinstance(typed, float) or str(typed).strip().isdigit()

    def _mend_colours(self) -> None:
        there = set(_formulas_of(colour_rules(self.theirs.text)))
        lost = [rule for rule in colour_rules(self.ours.text) if not there & set(_formulas_of([rule]))]
        for number, rule in enumerate(lost, start=1):
            self.theirs.text.add(b"conditionalFormatting", self._translated(rule, number))
        if lost:
            self.say("REPAIRED_COLOURS", len(lost))

    def _translated(self, rule: bytes, number: int) -> bytes:
        written = re.sub(
            rb'dxfId="(\d+)"', lambda match: b'dxfId="%d"' % self.styles.difference(int(match[1])), rule
        )
        return re.sub(rb'priority="\d+"', b'priority="%d"' % (1000 + number), written)


def _formulas_of(rules: Iterable[bytes]) -> Iterator[str]:
    for rule in rules:
        for formula in re.findall(rb"<formula>(.*?)</formula>", rule):
            yield unescape(formula.decode())
