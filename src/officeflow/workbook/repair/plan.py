"""What is put back into a filled workbook, decided before anything is written: a `RepairPlan` of plain values.

A writer needs the plan and the blank it was made from, for what comes back is like
something there: `like` is a cell (C5) or column (C:C) of the blank's sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from officeflow.model.cells import CellRef, column_letters
from officeflow.model.findings import Finding
from officeflow.model.kit import Field, Form, Kit
from officeflow.ooxml.parts import Parts
from officeflow.text.messages import Catalogue, Place
from officeflow.workbook.files.book import Book, Sheet
from officeflow.workbook.reading.headings import Layout, suggestion
from officeflow.workbook.reading.recognise import find_layout, find_sheets
from officeflow.workbook.reading.rows import sort_rows
from officeflow.workbook.reading.stamp import SHEET
from officeflow.workbook.repair.sheets import (
    has_property,
    lacks_panes,
    lost_joins,
    lost_names,
    lost_print_names,
    lost_sheets,
    set_up_printing,
)
from officeflow.workbook.sheetml.sheet import At, Block, SheetText, colour_rules, entry_rules, formulas
from officeflow.workbook.sheetml.styles import Looks, StylesText
from officeflow.workbook.sheetml.tabs import styles_part, tab_named
from officeflow.workbook.words import folded

MESSAGES = Catalogue.beside(__file__, "repair.toml")
_BRACKETS = re.compile(r"\([^()]*\)")
_FORMULA = re.compile(rb"<f\b[^>]*>(.*)</f>", re.DOTALL)
_REACH = 500
"""Rows of a ledger that entry rules are laid over."""
_EXAMPLES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingPut:
    """A heading to write."""

    row: int
    column: int
    text: str
    like: str
    """The heading in the blank whose look it gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLike:
    """Cells that get the drop-down, limits and prompt of a cell of the blank."""

    area: str
    like: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksLike:
    """Cells (row, column) that get the look of a cell or column of the blank, '' the usual look."""

    cells: tuple[At, ...]
    like: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaPut:
    """A formula to write, without `=`."""

    row: int
    column: int
    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRepair:
    """What comes back on one entry sheet; `like` is the sheet of the blank."""

    sheet: str
    like: str
    headings: tuple[HeadingPut, ...]
    rules: tuple[AreaLike, ...]
    looks: tuple[LooksLike, ...]
    columns: tuple[tuple[int, str], ...]
    """Columns with that of the blank (C:C) whose look, and width where it has none, each gets."""
    formulas: tuple[FormulaPut, ...]
    colours: tuple[int, ...]
    """Which of the conditional formats of the blank's sheet are added, counted from 0."""
    is_frozen: bool
    """Whether the headings are frozen again."""
    joins: tuple[str, ...]
    """Ranges of title cells to join."""
    prints: bool
    """Whether paper, width, header and footer are set up again."""
    has_print_names: bool
    """Whether print area and repeated rows are defined again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairPlan:
    """All that a writer puts back into a workbook that carries no marks."""

    sheets: tuple[SheetRepair, ...]
    added: tuple[str, ...]
    """Sheets of the blank to add, the stamp's among them."""
    names: tuple[str, ...]
    """Defined names of the blank to add."""
    has_property: bool
    """Whether the stamp among the file's properties comes back."""
    is_computed: bool
    """Whether all formulas are to be computed when the workbook is opened next."""
    done: tuple[Finding, ...]
    """What is done, and what could not be told and is left, in words."""


def plan_repair(parts: Parts, book: Book, *, kit: Kit, blank: Parts, blank_book: Book) -> RepairPlan:
    """Return how a workbook without marks is put right; no typed value changes.

    What could not be told (a column that is gone, a heading with another unit) is said, not guessed.

    Raises:
        PartError: a part is damaged.
        MarkupError: a part is not well-formed XML.
    """
    looks = [Looks(StylesText(one.read(styles_part(one)))) for one in (blank, parts)]
    found = find_sheets(book, kit)
    sheets: list[SheetRepair] = []
    said: list[Finding] = []
    for form in kit.forms:
        tab, our_tab = found.tabs.get(form.id), tab_named(blank, form.sheet)
        part = None if tab is None else tab_named(parts, tab.name)
        if tab is None or part is None or our_tab is None:
            continue
        sheet, our_sheet = book.sheet(tab).value, _sheet(blank_book, our_tab.name)
        if sheet is None or our_sheet is None:
            continue
        mend = _FormMend(
            form=form,
            ours=_Side.of(SheetText(blank.read(our_tab.part)), our_sheet, form),
            theirs=_Side.of(SheetText(parts.read(part.part)), sheet, form),
            our_looks=looks[0],
            their_looks=looks[1],
        )
        names = bool(lost_print_names(parts, blank, part, our_tab))
        sheets.append(mend.plan(our_tab.name, has_print_names=names))
        said += mend.said
    added = lost_sheets(parts, blank, {kit.form_by_id[form_id].sheet for form_id in found.tabs})
    lists = lost_names(parts, blank)
    has_stamp = has_property(parts)
    said += [
        MESSAGES.finding("REPAIRED_STAMP")
        if name == SHEET
        else MESSAGES.finding("REPAIRED_SHEET", place=Place(name))
        for name in added
    ]
    if lists:
        said.append(MESSAGES.finding("REPAIRED_NAMES", count=len(lists)))
    if not has_stamp:
        said.append(MESSAGES.finding("REPAIRED_STAMP"))
    return RepairPlan(
        sheets=tuple(sheets),
        added=added,
        names=lists,
        has_property=not has_stamp,
        is_computed=any(one.code in {"REPAIRED_FORMULAS", "REPAIRED_SHEET"} for one in said),
        # The stamp stands in two places and is one thing.
        done=tuple(dict.fromkeys(said)) or (MESSAGES.finding("REPAIR_NOTHING"),),
    )


def _sheet(book: Book, name: str) -> Sheet | None:
    tab = next(tab for tab in book.tabs if tab.name == name)
    return book.sheet(tab).value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moves:
    """What to write where; `columns` says where every field stands afterwards."""

    headings: tuple[tuple[Field, At], ...]
    columns: Mapping[str, int]
    other_unit: tuple[tuple[Field, str], ...] = ()
    """Fields whose heading names another unit: the numbers below it mean something else."""
    lost: tuple[Field, ...] = ()
    added: tuple[tuple[Field, At], ...] = ()
    """Columns that are gone altogether: they get a new place, right of all others."""


def _headings_to_mend(form: Form, their_sheet: Sheet, ours: Layout, theirs: Layout) -> _Moves:
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
    return _Moves(
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One form in one workbook: its text, its cells, where its fields stand."""

    text: SheetText
    sheet: Sheet
    layout: Layout

    @classmethod
    def of(cls, text: SheetText, sheet: Sheet, form: Form) -> _Side:
        """Return a form's side of a workbook."""
        return cls(text=text, sheet=sheet, layout=find_layout(sheet, form))


@dataclass(frozen=True, kw_only=True)
class _FormMend:
    """The repair of one form: `ours` as it was built, `theirs` as it came back."""

    form: Form
    ours: _Side
    theirs: _Side
    our_looks: Looks
    their_looks: Looks
    said: list[Finding] = field(default_factory=list)

    def plan(self, like: str, *, has_print_names: bool) -> SheetRepair:
        """Return everything that can be put back without touching what is typed."""
        moves = _headings_to_mend(self.form, self.theirs.sheet, self.ours.layout, self.theirs.layout)
        headings = self._headings(moves)
        areas = {name: Block(*at) for name, at in self._areas(moves).items()}
        rules, looks, columns = self._rules(areas), self._looks(areas), self._columns(areas)
        computed: tuple[FormulaPut, ...] = ()
        colours: tuple[int, ...] = ()
        if self._stands_as_built(moves):
            computed, colours = self._formulas(), self._colours()
        elif moves.added or moves.lost:
            self.say("REPAIR_FORMULAS_LEFT")
        is_frozen, joins, prints = self._page()
        if has_print_names:
            self.say("REPAIRED_PRINTING")
        return SheetRepair(
            sheet=self.theirs.sheet.name,
            like=like,
            headings=headings,
            rules=rules,
            looks=looks,
            columns=columns,
            formulas=computed,
            colours=colours,
            is_frozen=is_frozen,
            joins=joins,
            prints=prints,
            has_print_names=has_print_names,
        )

    def say(self, code: str, count: int = 0, names: Iterable[str] = ()) -> None:
        """Note what was done to the form, or could not be."""
        shown = list(dict.fromkeys(names))
        listed = "、".join(shown[:_EXAMPLES]) + ("…" if len(shown) > _EXAMPLES else "")
        place = Place(self.theirs.sheet.name)
        self.said.append(MESSAGES.finding(code, place=place, count=count, names=listed))

    def _headings(self, moves: _Moves) -> tuple[HeadingPut, ...]:
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
        return tuple(
            HeadingPut(row=row, column=column, text=of.header, like=self._our_heading(of))
            for of, (row, column) in (*moves.headings, *moves.added)
        )

    def _our_heading(self, of: Field) -> str:
        layout = self.ours.layout
        column = layout.labels.get(of.id, 0)
        return CellRef("", layout.rows.get(of.id, layout.first - 1), column).a1 if column else ""

    def _areas(self, moves: _Moves) -> dict[str, tuple[int, int, int, int]]:
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

    def _rules(self, areas: Mapping[str, Block]) -> tuple[AreaLike, ...]:
        ours, theirs = entry_rules(self.ours.text), entry_rules(self.theirs.text)
        lost = {}
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
            lost[name] = AreaLike(area=str(area), like=str(our_area))
        if lost:
            self.say("REPAIRED_LISTS", len(lost), (self.form.by_id[name].header for name in lost))
        return tuple(lost.values())

    def _looks(self, areas: Mapping[str, Block]) -> tuple[LooksLike, ...]:
        wanted = {name: self._wanted(name) for name in areas}
        by_column: dict[int, list[str]] = {}
        for name, area in areas.items():
            by_column.setdefault(area.left, []).append(name)
        by_like: dict[str, list[At]] = {}
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
            by_like.setdefault(self._like(name), []).append(at)
            names.append(self.form.by_id[name].header)
        if names:
            self.say("REPAIRED_LOOKS", len(names), names)
        return tuple(LooksLike(cells=tuple(cells), like=like) for like, cells in by_like.items())

    def _like(self, name: str) -> str:
        area = self._our_area(name)
        if area is None:
            return ""
        letters = column_letters(area.left)
        return str(area) if self.form.kind == "record" else f"{letters}:{letters}"

    def _wanted(self, name: str) -> int:
        return style_like(self.ours.text, self._like(name))

    def _columns(self, areas: Mapping[str, Block]) -> tuple[tuple[int, str], ...]:
        if self.form.kind == "record":
            return ()
        return tuple(
            (area.left, self._like(name))
            for name, area in areas.items()
            if self.their_looks.look(self.theirs.text.column_style(area.left))
            != self.our_looks.look(self._wanted(name))
        )

    # -- what is seen and printed ------------------------------------------------------------------------------

    def _page(self) -> tuple[bool, tuple[str, ...], bool]:
        ours, theirs = self.ours.text, self.theirs.text
        is_frozen, joins = False, list[Block]()
        if self._top(self.ours) == self._top(self.theirs):
            is_frozen = lacks_panes(ours, theirs)
            if is_frozen:
                self.say("REPAIRED_PANES")
            joins = lost_joins(ours, theirs, self.theirs.sheet, self._top(self.ours))
            if joins:
                self.say("REPAIRED_TITLES", len(joins))
        prints = set_up_printing(ours, SheetText(theirs.xml))
        if prints:
            self.say("REPAIRED_PRINTING")
        return is_frozen, tuple(map(str, joins)), prints

    def _top(self, side: _Side) -> int:
        """Return the last row above the headings of a ledger, above the labels of a record."""
        return (
            side.layout.first - 2
            if self.form.kind != "record"
            else min(side.layout.rows.values(), default=1) - 1
        )

    # -- formulas and colours, where everything stands as it was built -------------------------------------------

    def _stands_as_built(self, moves: _Moves) -> bool:
        ours, theirs = self.ours.layout, self.theirs.layout
        return moves.columns == ours.columns and (theirs.first, theirs.rows) == (ours.first, ours.rows)

    def _formulas(self) -> tuple[FormulaPut, ...]:
        there, built = formulas(self.theirs.text), formulas(self.ours.text)
        lost = {at: formula for at, formula in built.items() if at not in there and self._may_be_computed(at)}
        lost |= self._numbers_below(there, built)
        if lost:
            self.say("REPAIRED_FORMULAS", len(lost))
        return tuple(
            FormulaPut(row=row, column=column, formula=_formula(written))
            for (row, column), written in lost.items()
        )

    def _numbers_below(self, there: Mapping[At, bytes], built: Mapping[At, bytes]) -> dict[At, bytes]:
        """Return 序号 for the rows of data below those that the blank numbers."""
        layout = self.theirs.layout
        first = built.get((layout.first, layout.serial), b"")
        row_before = re.compile(rb"(\$[A-Z]+)%d\b" % layout.first)
        rows = sort_rows(self.theirs.sheet, layout).data if first else ()
        return {
            (row, layout.serial): row_before.sub(rb"\g<1>%d" % row, first)
            for row in rows
            if (row, layout.serial) not in there and self.theirs.sheet.at(row, layout.serial) == ""
        }

    def _may_be_computed(self, at: At) -> bool:
        """Whether a cell holds nothing of the clerk's: above the headings all is ours, below only numbers of 序号."""
        if self.form.kind == "record" or at[0] < self.theirs.layout.first:
            return True
        typed = self.theirs.sheet.at(*at)
        return typed == "" or isinstance(typed, float) or str(typed).strip().isdigit()

    def _colours(self) -> tuple[int, ...]:
        there = set(_formulas_of(colour_rules(self.theirs.text)))
        built = colour_rules(self.ours.text)
        lost = tuple(number for number, rule in enumerate(built) if not there & set(_formulas_of([rule])))
        if lost:
            self.say("REPAIRED_COLOURS", len(lost))
        return lost


def _formula(written: bytes) -> str:
    match = _FORMULA.fullmatch(written)
    return unescape(match[1].decode()) if match else ""


def style_like(text: SheetText, like: str) -> int:
    """Return the style of a cell (C5) or column (C:C) of a sheet, 0 for ''."""
    if not like:
        return 0
    block = Block.parse(like.encode())
    if ":" in like:
        return text.column_style(block.left)
    return next((style for at, style, _ in text.cells() if at == (block.top, block.left)), 0)


def _formulas_of(rules: Iterable[bytes]) -> Iterator[str]:
    for rule in rules:
        for formula in re.findall(rb"<formula>(.*?)</formula>", rule):
            yield unescape(formula.decode())
