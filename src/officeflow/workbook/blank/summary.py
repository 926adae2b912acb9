"""本期汇总: every figure live, the self-check, and the lines to sign, on one page of paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from officeflow.figures._kind import find_kind
from officeflow.model.kit import Kit, Rule
from officeflow.workbook.blank.formulas.kit_formulas import Formulas, Single
from officeflow.workbook.blank.formulas.over import field_of
from officeflow.workbook.blank.formulas.ranges import quoted
from officeflow.workbook.blank.formulas.self_check import CheckLine, Judgement, check_lines
from officeflow.workbook.blank.formulas.start import Start
from officeflow.workbook.blank.index import build_index
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.ledger import Sender, sender_line
from officeflow.workbook.blank.page import (
    CELL,
    HEADING,
    LINE_2,
    NOTE,
    SECTION,
    TITLE,
    Look,
    Page,
    Shown,
    row_height,
)
from officeflow.workbook.blank.places import record_cell

CODE = "officeflow_code"
"""The defined name of the cell that takes the 校验码."""
_WIDTH, _COLUMNS = 8.5, 12
_Blocks: TypeAlias = tuple[tuple[int, int], ...]
_THIRDS: _Blocks = ((1, 4), (5, 8), (9, 12))
_HALVES: _Blocks = ((1, 6), (7, 12))
_WHOLE: _Blocks = ((1, 12),)
"""First and last columns of what stands beside each other: a figure's name takes two columns, its value the rest."""
_LONG_LINES = 3
_LABEL, _HELPER = 14, 15  # behind the page, hidden
_LINE = 15
_NAME = replace(CELL, size=10, fill="F7F7F7", indent=1)
_VALUE = replace(CELL, size=10, align="center", is_shrunk=True)
_SMALL_VALUE = replace(_VALUE, size=9)
_PARAGRAPH = replace(CELL, size=9, indent=1)
_HEAD = replace(HEADING, size=9)
_RULE = replace(CELL, size=9, indent=1)
_SMALL = replace(NOTE, size=9)
_SIGN = replace(CELL, has_border=False)
_DATE = "yyyy-m-d"


def build_summary(page: Page, index: Page, start: Start) -> Formulas:
    """Lay out the page, and the list of sheets, whose formulas share its cells behind; return the formulas."""
    sheet = quote_sheetname(page.sheet.title)
    formulas = Formulas(start, f"{sheet}!${get_column_letter(_HELPER)}")
    page.widths([_WIDTH] * _COLUMNS)
    writer = _Writer(page, formulas)
    writer.title()
    writer.figures()
    writer.checks()
    writer.signatures()
    build_index(index, start.kit, formulas)
    for row, cell in enumerate(formulas.behind.cells, start=1):
        page.put(row, _LABEL, cell.label, LINE_2)
        page.put_formula(row, _HELPER, cell.formula, cell.shown, LINE_2)
    for column in (_LABEL, _HELPER):
        page.sheet.column_dimensions[get_column_letter(column)].hidden = True
    page.sheet.print_area = f"A1:{get_column_letter(_COLUMNS)}{writer.row - 1}"
    page.print_on_a4(start.kit.title, "portrait")
    page.sheet.page_setup.fitToHeight = 1
    code = labels().summary
    footer: Any = page.sheet.oddFooter
    footer.center.text = f"{code.code} {code.pending}"
    page.protect()
    return formulas


class _Writer:
    """Writes the page downwards."""

    def __init__(self, page: Page, formulas: Formulas) -> None:
        self._page, self._formulas, self.row = page, formulas, 1
        self._kit: Kit = formulas.kit

    def title(self) -> None:
        """Title, unit and period."""
        self._wide(labels().summary.title.format(title=self._kit.title), TITLE, 32)
        formula, shown = sender_line(self._kit, Sender.of(self._kit, self._formulas.start.rows))
        self._page.put_wide(self.row, (1, _COLUMNS), None, LINE_2)
        self._page.put_formula(self.row, 1, formula, shown, LINE_2)
        self._end(20)

    def figures(self) -> None:
        """Numbers, then texts and dates, the longer the wider; what has no formula is named below."""
        words = labels().summary
        made = [(rule, self._formulas.single(rule, {})) for rule in self._kit.figures]
        known = [(rule, single) for rule, single in made if single is not None]
        numbers = [item for item in known if not (item[1].is_date or item[1].is_text)]
        self._table(words.figures, {_THIRDS: numbers})
        wide = {"text": _HALVES, "long": _WHOLE}
        texts: dict[_Blocks, list[tuple[Rule, Single]]] = {_THIRDS: [], _HALVES: [], _WHOLE: []}
        for item in known:
            if item not in numbers:
                texts[wide.get(self._type(item[0]), _THIRDS)].append(item)
        self._table(words.texts, texts)
        others = words.joint.join(rule.name or rule.id for rule, single in made if single is None)
        if others:
            text = words.others.format(names=others)
            self._wide(text, _SMALL, row_height({text: _COLUMNS * _WIDTH}, size=9, least=14))

    def _table(self, caption: str, figures: Mapping[_Blocks, Sequence[tuple[Rule, Single]]]) -> None:
        if not any(figures.values()):
            return
        self._section(caption)
        for blocks, beside in figures.items():
            self._cells(beside, blocks)

    def _cells(self, figures: Sequence[tuple[Rule, Single]], blocks: _Blocks) -> None:
        """Set figures in columns, downwards."""
        height = -(-len(figures) // len(blocks))
        for index in range(height):
            beside = [
                (span, *figure)
                for block, span in enumerate(blocks)
                for figure in figures[block * height + index : block * height + index + 1]
            ]
            for span, rule, single in beside:
                self._figure(span, rule, single)
            self._end(_LINE if blocks != _WHOLE else self._tall(str(beside[0][2].shown)))

    def _tall(self, text: str) -> float:
        # Joined cells do not grow by themselves: room for a paragraph, or for the one that is there.
        least = row_height({"\n" * (_LONG_LINES - 1): _WIDTH}, size=9, least=_LINE)
        return row_height({text: (_COLUMNS - 2) * _WIDTH - 2}, size=9, least=least)

    def _figure(self, span: tuple[int, int], rule: Rule, single: Single) -> None:
        unit = "" if single.is_text else self._unit(rule)
        form = _DATE if single.is_date else f'General"{unit}"' if unit else "General"
        first, last = span
        self._page.put_wide(self.row, (first, first + 1), rule.name or rule.id, _NAME)
        look = _PARAGRAPH if span in _WHOLE else replace(_VALUE, number_format=form)
        self._formula((first + 2, last), single.value, single.shown, look)

    def _type(self, rule: Rule) -> str:
        field = field_of(self._kit, rule)
        return "" if field is None else field.type

    def _formula(self, span: tuple[int, int], formula: str, shown: Shown, look: Look) -> None:
        self._page.put_wide(self.row, span, None, look)
        self._page.put_formula(self.row, span[0], formula, shown, look)

    def _unit(self, rule: Rule) -> str:
        field = field_of(self._kit, rule)
        kind = find_kind(rule.use)
        own = field.unit if field is not None and kind is not None and kind.unit is None else ""
        return rule.unit or own or (kind.unit or "" if kind is not None else "")

    def checks(self) -> None:
        """One line per check that a formula can make, in two columns."""
        words = labels().summary
        lines = check_lines(self._formulas)
        if not lines:
            return
        self._section(words.checks)
        for first, _ in _HALVES:
            self._heads(first)
        self._end(_LINE)
        top, height = self.row, -(-len(lines) // len(_HALVES))
        for index in range(height):
            beside = [
                (first, line)
                for half, (first, _) in enumerate(_HALVES)
                for line in lines[half * height + index : half * height + index + 1]
            ]
            for first, line in beside:
                self._check(first, line)
            tallest = max(row_height({line.text: 3 * _WIDTH - 2}, size=9, least=_LINE) for _, line in beside)
            self._end(tallest)
        for first, _ in _HALVES:
            letter = get_column_letter(first + 5)
            self._page.colour_verdicts(f"{letter}{top}:{letter}{self.row - 1}")
        self._wide(
            words.check_note, _SMALL, row_height({words.check_note: _COLUMNS * _WIDTH}, size=9, least=14)
        )

    def _heads(self, first: int) -> None:
        what, left, right, verdict = labels().summary.check_heads
        self._page.put_wide(self.row, (first, first + 2), what, _HEAD)
        for column, head in enumerate((left, right, verdict), start=first + 3):
            self._page.put(self.row, column, head, _HEAD)

    def _check(self, first: int, line: CheckLine) -> None:
        words, judgement = labels().summary, Judgement(line, self._formulas)
        self._page.put_wide(self.row, (first, first + 2), line.text, _RULE)
        formats: tuple[str, ...] = (words.of_rows, words.failing)
        if not line.is_of_rows:
            formats = tuple(_DATE if one.is_date else "General" for one in line.parts[0][1].singles)
        for at, (formula, shown) in enumerate(judgement.values()):
            form = formats[min(at, len(formats) - 1)]
            self._page.put_formula(
                self.row, first + 3 + at, formula, shown, replace(_SMALL_VALUE, number_format=form)
            )
        self._page.put_formula(self.row, first + 5, *judgement.verdict(), replace(_SMALL_VALUE, is_bold=True))

    def signatures(self) -> None:
        """Who signs, who filled, the stamp, and the code that ties paper and file together."""
        words, form_id = labels().summary, self._kit.unit.partition(".")[0]
        form = self._kit.form_by_id[form_id]
        self._end(6)
        cells: list[tuple[str, Shown]] = []
        for field_id in (*words.signed, *words.written):
            field = form.by_id.get(field_id)
            if field is None:
                continue
            sign = words.sign if field_id in words.signed else ""
            cells.append(self._signature(f"{form_id}.{field_id}", f"{field.header}{sign}："))
        for at in range(0, len(cells), 3):
            for (formula, shown), span in zip(cells[at : at + 3], _THIRDS, strict=False):
                self._page.put_wide(self.row, span, None, _SIGN)
                self._page.put_formula(self.row, span[0], formula, shown, _SIGN)
            self._end(26)
        self._page.put_wide(self.row, (1, 4), words.seal, _SIGN)
        self._page.put_wide(self.row, (9, 10), f"{words.code}：", replace(_SIGN, align="right"))
        self._page.put_wide(self.row, (11, 12), words.pending, _SIGN)
        sheet = quote_sheetname(self._page.sheet.title)
        book: Any = self._page.sheet.parent
        book.defined_names[CODE] = DefinedName(CODE, attr_text=f"{sheet}!$K${self.row}")
        self._end(30)

    def _signature(self, path: str, label: str) -> tuple[str, Shown]:
        cell, field = record_cell(self._kit, path), self._kit.field(path)
        form = self._kit.form_by_id[path.partition(".")[0]]
        typed = self._formulas.start.typed(form)[0].get(path.partition(".")[2])
        is_date = field is not None and field.type == "date"
        shown = "" if typed is None else str(typed)
        if isinstance(typed, date):
            shown = f"{typed.year}-{typed.month}-{typed.day}"
        value = f'TEXT({cell},"{_DATE}")' if is_date else cell
        return f'{quoted(label)}&IF({cell}="","",{value})', label + shown

    def _section(self, text: str) -> None:
        self._end(6)
        self._wide(text, SECTION, 18)

    def _wide(self, text: str, look: Look, height: float) -> None:
        self._page.put_wide(self.row, (1, _COLUMNS), text, look)
        self._end(height)

    def _end(self, height: float) -> None:
        self._page.height(self.row, height)
        self.row += 1
