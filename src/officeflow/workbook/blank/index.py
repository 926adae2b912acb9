"""目录, the first sheet: which sheets there are, who fills them, what is in them, what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from officeflow.figures import has_value
from officeflow.model.kit import Field, Form, Kit
from officeflow.workbook.blank.formulas.kit_formulas import Formulas
from officeflow.workbook.blank.formulas.ranges import quoted
from officeflow.workbook.blank.formulas.start import Row
from officeflow.workbook.blank.guide import whether, who
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.page import (
    CELL,
    HEADING,
    LINK,
    NOTE,
    PARAGRAPH,
    TITLE,
    Page,
    Shown,
    row_height,
)
from officeflow.workbook.blank.places import record_cell

_WIDTHS = (16, 23, 19, 8, 10, 10, 9)
_LINE = 22
_CENTRED = replace(CELL, align="center")


def build_index(page: Page, kit: Kit, formulas: Formulas) -> None:
    """Lay out the page."""
    words = labels().index
    page.widths(_WIDTHS)
    lines = [(words.title.format(title=kit.title), TITLE, 34.0)]
    lines += [
        (text, look, row_height({text: sum(_WIDTHS)}, size=look.size, least=20))
        for text, look in ((kit.deadline, PARAGRAPH), (words.note, NOTE))
        if text
    ]
    for row, (text, look, height) in enumerate(lines, start=1):
        page.put_wide(row, (1, len(_WIDTHS)), text, look)
        page.height(row, height)
    head = len(lines) + 1
    for column, text in enumerate(words.heads, start=1):
        page.put(head, column, text, HEADING)
    page.height(head, _LINE)
    for row, form in enumerate(kit.forms, start=head + 1):
        _line(page, row, form, _Entry(form, formulas))
    last = head + len(kit.forms)
    page.colour_verdicts(f"G{head + 1}:G{last}")
    ours = ((labels().summary.sheet, words.summary_note), (labels().results.sheet, words.results_note))
    for row, (sheet, note) in enumerate(ours, start=last + 1):
        _link(page, row, sheet)
        page.put_wide(row, (2, len(_WIDTHS)), note, replace(CELL, indent=1))
        page.height(row, _LINE)
    page.sheet.freeze_panes = f"A{head + 1}"
    page.print_on_a4(kit.title, "portrait")
    page.protect()


def _line(page: Page, row: int, form: Form, entry: _Entry) -> None:
    words = labels().index
    _link(page, row, form.sheet)
    page.put(row, 2, who(form), _CENTRED)
    page.put(row, 3, whether(form), _CENTRED)
    counted = replace(_CENTRED, number_format=words.fields if form.kind == "record" else words.rows)
    page.put_formula(row, 4, *entry.filled(), counted)
    if form.zero:
        page.put_formula(row, 5, *entry.zero(), _CENTRED)
    else:
        page.put(row, 5, None, _CENTRED)
    page.put_formula(row, 6, *entry.missing(), replace(_CENTRED, number_format=words.missing))
    page.put_formula(row, 7, *entry.verdict(f"D{row}", f"E{row}", f"F{row}"), replace(_CENTRED, is_bold=True))
    page.height(row, _LINE)


def _link(page: Page, row: int, sheet: str) -> None:
    page.put(row, 1, sheet, replace(CELL, color=LINK.color, indent=1))
    cell = page.sheet.cell(row, 1)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!A1", display=sheet)


@dataclass(frozen=True)
class _Entry:
    """The formulas of one form's line, each with what it shows at first."""

    form: Form
    formulas: Formulas

    def filled(self) -> tuple[str, Shown]:
        """Return how many rows a ledger has (请核对 with more than formulas reach), how many fields of a record are filled."""
        if self.form.kind != "record":
            return self._within_reach(self.formulas.behind.count(self.form)), Decimal(len(self._rows()))
        cells = [f"(LEN({self._cell(field)})>0)*1" for field in self.form.fields]
        row = self._rows()[0]
        return "+".join(cells), Decimal(sum(row.get(f.id) not in (None, "") for f in self.form.fields))

    def zero(self) -> tuple[str, Shown]:
        """Return what the 本期为零 switch says."""
        cell = record_cell(self.formulas.kit, self.form.zero)
        form_id, _, field_id = self.form.zero.partition(".")
        typed = self.formulas.start.typed(self.formulas.kit.form_by_id[form_id])[0].get(field_id)
        words = labels().words
        return f'IF({cell}="","",{cell})', "" if typed is None else words.yes if typed else words.no

    def missing(self) -> tuple[str, Shown]:
        """Return how many cells must still be filled; rows that nobody began need none."""
        needed = [field for field in self.form.fields if field.required and field.default is None]
        gaps = [f"(LEN(TRIM({self._cell(field)}))=0)*{self._condition(field)}" for field in needed]
        shown = Decimal(sum(map(self._missing_now, needed)))
        if not gaps:
            return "0", shown
        if self.form.kind == "record":
            return "+".join(gaps), shown
        started = self.formulas.ranges.started(self.form)
        return self._within_reach(f"SUMPRODUCT({started}*({'+'.join(gaps)}))"), shown

    def _within_reach(self, formula: str) -> str:
        return f"IF({self.formulas.ranges.beyond(self.form)}>0,{quoted(labels().summary.look)},{formula})"

    def verdict(self, filled: str, zero: str, missing: str) -> tuple[str, Shown]:
        """Return √, 未填, 没填完, × (rows and 本期为零), 请核对 or — (need not be filled)."""
        words, index, yes = labels().summary, labels().index, quoted(labels().words.yes)
        rows, gaps = self.filled()[1], self.missing()[1]
        done = f"IF({missing}>0,{quoted(index.partly)},{quoted(words.holds)})"
        complete = index.partly if gaps else words.holds
        nothing, blank = quoted(words.empty), words.empty
        if self.form.optional or self.form.kind == "explanations":
            nothing, blank = quoted(words.idle), words.idle
        if self.form.zero:
            nothing = f"IF({zero}={yes},{quoted(words.holds)},{nothing})"
            done = f"IF({zero}={yes},{quoted(words.fails)},{done})"
            if self.zero()[1] == labels().words.yes:
                blank, complete = words.holds, words.fails
        look = quoted(words.look)
        formula = f"IFERROR(IF({filled}={look},{look},IF({filled}=0,{nothing},{done})),{look})"
        return formula, complete if rows else blank

    def _rows(self) -> Sequence[Row]:
        return self.formulas.start.typed(self.form)

    def _cell(self, field: Field) -> str:
        return self.formulas.ranges.column(f"{self.form.id}.{field.id}")

    def _condition(self, field: Field) -> str:
        where = field.required if isinstance(field.required, dict) else {}
        return "*".join(["1", *(self.formulas.ranges.holds(self.form, *item) for item in where.items())])

    def _missing_now(self, field: Field) -> int:
        tally = self.formulas.start.tally
        table = tally.submission.tables[self.form.id]
        where = field.required if isinstance(field.required, dict) else {}
        entries = tally.selector.entries(table, where).entries
        return sum(not has_value(table.value(field.id, entry)) for entry in entries)
