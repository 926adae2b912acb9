"""A kit's figures and the sides of its checks as formulas; the kinds say how, this resolves what they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl.utils import quote_sheetname

from officeflow.figures._kind import FigureKind, find_kind
from officeflow.figures._operand import FormRows, resolve, resolve_of
from officeflow.figures._select import is_compared
from officeflow.model.kit import Form, Kit, Rule, Scalar, Where
from officeflow.workbook.blank.formulas.behind import Behind, BehindCell
from officeflow.workbook.blank.formulas.lines import FormulaSide
from officeflow.workbook.blank.formulas.over import is_date, is_measurable, is_text, name_of, natural_kind
from officeflow.workbook.blank.formulas.ranges import literal, quoted
from officeflow.workbook.blank.formulas.registry import figure_formula
from officeflow.workbook.blank.formulas.start import Start
from officeflow.workbook.blank.formulas.terms import FormulaTerms
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.page import Shown
from officeflow.workbook.blank.places import record_cell
from officeflow.workbook.words import words


@dataclass(frozen=True, kw_only=True)
class Single:
    """One value as an expression, and what it shows at first."""

    name: str
    value: str
    shown: Shown
    is_text: bool = False
    is_date: bool = False


class Formulas:
    """The formulas of one kit, each in a cell behind the page."""

    def __init__(self, start: Start, column: str) -> None:
        self.kit: Kit = start.kit
        self.start = start
        self.behind = Behind(start, column)
        self.ranges = self.behind.ranges
        words = labels().summary
        self.look, self.empty, self.yes = quoted(words.look), quoted(words.empty), quoted(labels().words.yes)
        self._singles: dict[str, Single | None] = {}

    def single(self, operand: str | Rule | Scalar, where: Where) -> Single | None:
        """Return the one value of an operand; None where no formula gives it."""
        found = resolve(self.kit, operand)
        if isinstance(found, FormRows):
            natural = Rule(use=natural_kind(found), of=str(operand), where=where)
            return self._of_rule(natural)
        if isinstance(found, Rule):
            return self._of_rule(found)
        if found is None:
            return None
        shown = Decimal(found) if isinstance(found, int | Decimal) else str(found)
        return Single(name=str(found), value=literal(found), shown=shown, is_text=isinstance(found, str))

    def _of_rule(self, rule: Rule) -> Single | None:
        label = rule.id or repr(sorted((name, repr(getattr(rule, name))) for name in rule.given - {"name"}))
        if label not in self._singles:
            self._singles[label] = None  # a figure that needs itself has no formula
            cell = self._cell(rule, label)
            if cell is not None:
                self._singles[label] = Single(
                    name="",
                    value=self.behind.put(cell),
                    shown=cell.shown,
                    is_text=is_text(self.kit, rule),
                    is_date=is_date(self.kit, rule),
                )
        single = self._singles[label]
        name = rule.name or rule.id or name_of(self.kit, rule)
        return None if single is None else replace(single, name=name)

    def _cell(self, rule: Rule, label: str) -> BehindCell | None:
        kind = find_kind(rule.use)
        if kind is None or figure_formula(rule.use) is None or rule.on or "days" in rule.options:
            return None
        if rule.previous:
            return self._last_period(rule, label)
        if rule.else_ is not None:
            return self._with_other(rule, label)
        with self.behind.noting() as needs:
            if kind.fold is None:
                return self._calculation(rule, kind, needs, label)
            found = resolve_of(self.kit, getattr(rule, kind.folds))
            rows = found[0] if len(found) == 1 else None
            if not isinstance(rows, FormRows):
                return None
            if rows.form.kind == "record":
                return self._record_value(rule, rows, needs, label)
            return self._fold(rule, kind, rows, needs, label)

    def _last_period(self, rule: Rule, label: str) -> BehindCell | None:
        cell = previous_cell(self.start.previous, str(rule.of))
        if not cell:
            return None
        # The sheet keeps texts; one that is not a plain number or day (1000 over) cannot be compared.
        shown = self.start.shown(self.start.tally.operand(rule))
        is_plain = isinstance(shown, Decimal)
        return BehindCell(
            label, f"IFERROR(VALUE({cell}),{self.look})", shown if is_plain else labels().summary.look
        )

    def _with_other(self, rule: Rule, label: str) -> BehindCell | None:
        first = self._cell(replace(rule, else_=None), f"{label} 1")
        other = self.single(rule.else_, {}) if rule.else_ is not None else None
        if first is None or other is None:
            return None
        own = self.behind.put(first)
        shown = other.shown if first.shown == labels().summary.empty else first.shown
        return BehindCell(label, f"IF({own}={self.empty},{other.value},{own})", shown)

    def _calculation(self, rule: Rule, kind: FigureKind, needs: list[str], label: str) -> BehindCell | None:
        operands, write = self._operands(rule, kind), figure_formula(rule.use)
        if rule.by or operands is None or write is None:
            return None
        values = tuple(operand.value for operand in operands)
        formula = write(FormulaTerms(rule=rule, operands=values, empty=self.empty))
        return self._guarded(rule, self._when_known(formula, operands), operands, needs, label)

    def _fold(
        self, rule: Rule, kind: FigureKind, rows: FormRows, needs: list[str], label: str
    ) -> BehindCell | None:
        operands, asked = self._operands(rule, kind), self._asked(rows, rule.where, rule)
        write = figure_formula(rule.use)
        if operands is None or asked is None or write is None:
            return None
        formula = write(replace(asked, operands=tuple(operand.value for operand in operands)))
        if not formula:
            return None
        formula = f"IF(SUMPRODUCT({asked.mask})=0,{self._nothing(kind, rows)},{formula})"
        return self._guarded(rule, self._when_known(formula, operands), operands, needs, label)

    def _operands(self, rule: Rule, kind: FigureKind) -> list[Single] | None:
        where = {} if kind.fold else rule.where
        found = [self.single(getattr(rule, name), where if name == "of" else {}) for name in kind.operands]
        known = [one for one in found if one is not None]
        return known if len(known) == len(found) else None

    def _nothing(self, kind: FigureKind, rows: FormRows) -> str:
        """Return what no matching row means: 0 if the ledger has rows or is declared zero, else empty."""
        if kind.zero is None:
            return self.empty
        return f"IF({self._is_settled(rows.form)},{kind.zero},{self.empty})"

    def _is_settled(self, form: Form) -> str:
        settled = f"({self.behind.count(form)}>0)"
        if field := self.kit.field(form.zero):
            self.behind.note(self.kit.form_by_id[form.zero.partition(".")[0]], field)
            settled = f"({settled}+({record_cell(self.kit, form.zero)}={self.yes})>0)"
        return settled

    def _when_known(self, formula: str, operands: Sequence[Single]) -> str:
        if not operands:
            return formula
        empty, look = (
            ",".join(f"{one.value}={word}" for one in operands) for word in (self.empty, self.look)
        )
        return f"IF(OR({look}),{self.look},IF(OR({empty}),{self.empty},{formula}))"

    def _guarded(
        self, rule: Rule, formula: str, operands: Sequence[Single], needs: list[str], label: str
    ) -> BehindCell:
        guards, look = list(dict.fromkeys(needs)), labels().summary.look
        if guards:
            formula = f"IF({'+'.join(guards)}>0,{self.look},{formula})"
        is_odd = self.behind.is_odd(guards) or any(one.shown == look for one in operands)
        shown = look if is_odd else self.start.shown(self.start.tally.operand(rule))
        return BehindCell(label, f"IFERROR({formula},{self.look})", shown)

    def _record_value(self, rule: Rule, rows: FormRows, needs: list[str], label: str) -> BehindCell | None:
        if rule.use != "value" or len(rows.fields) != 1:
            return None
        form, field = rows.form, rows.fields[0]
        value = self.ranges.value(form, field)
        formula = f"IF(LEN({value})=0,{self.empty},{value})"
        if field.is_number or (field.type == "date" and field.precision == "day"):
            self.behind.note(form, field)
            return self._guarded(rule, formula, (), needs, label)
        typed = self.start.typed(form)[0].get(field.id)
        # Texts, and dates that may be 2014年3月下旬, are repeated as they stand.
        shown = (
            typed if isinstance(typed, str) and typed else self.start.shown(self.start.tally.operand(rule))
        )
        return BehindCell(label, f"IFERROR({formula},{self.look})", shown)

    # ── what kinds ask for (checks._formula.FormulaSource) ──

    def asked(self, paths: list[str], where: Where) -> FormulaTerms | None:
        """Return fields of one ledger; None when they are no such fields."""
        found = resolve_of(self.kit, list(paths))
        rows = found[0] if len(found) == 1 else None
        return self._asked(rows, where, Rule(use="")) if isinstance(rows, FormRows) and rows.fields else None

    def _asked(self, rows: FormRows, where: Where, rule: Rule) -> FormulaTerms | None:
        form, ranges = rows.form, self.ranges
        if rule.on or any(name not in form.by_id or is_compared(held) for name, held in where.items()):
            return None
        used = [*rows.fields, *(form.by_id[name] for name in where)]
        # A share typed as 12 or as 12% is one and the same only to the program.
        if form.kind == "record" or any(field.type == "percent" for field in used):
            return None
        self.behind.note(form, *used)
        block = ranges.block(form)
        return FormulaTerms(
            rule=rule,
            mask=ranges.mask(form, where),
            cells=tuple(ranges.value(form, field) for field in rows.fields),
            filled=tuple(ranges.filled(form, field) for field in rows.fields),
            texts=tuple(ranges.text(form, field) for field in rows.fields),
            place=f"(ROW(INDEX({block},0,1))-ROW(INDEX({block},1,1))+1)",
            is_measurable=bool(rows.fields) and is_measurable(rows),
            empty=self.empty,
            until=quoted(labels().line.until),
        )

    def side(self, operand: str | Rule | Scalar, where: Where) -> FormulaSide | None:
        """Return an operand as a side of a comparison; None when no formula gives it."""
        found = resolve(self.kit, operand)
        if isinstance(found, FormRows) and found.fields and found.form.kind != "record":
            asked = self._asked(found, where, Rule(use=""))
            if asked is None:
                return None
            return self._array(found, found.fields[0].header, asked.cells[0], asked, asked.filled[0])
        if isinstance(found, Rule) and found.by and not found.previous:
            return self._per_row(found) if found.by == "row" else self._per_group(found)
        single = self.single(operand, where)
        if single is None:
            return None
        return FormulaSide(
            name=single.name, value=single.value, is_text=single.is_text, is_date=single.is_date
        )

    def _array(self, rows: FormRows, name: str, value: str, asked: FormulaTerms, filled: str) -> FormulaSide:
        is_text = bool(rows.fields) and not is_measurable(rows)
        return FormulaSide(
            name=name, value=value, form=rows.form.id, mask=asked.mask, filled=filled, is_text=is_text
        )

    def _per_row(self, rule: Rule) -> FormulaSide | None:
        write, found = figure_formula(rule.use, "formula_per_row"), resolve_of(self.kit, rule.of)
        rows = found[0] if len(found) == 1 else None
        if write is None or not isinstance(rows, FormRows) or rule.else_ is not None:
            return None
        asked = self._asked(rows, rule.where, rule)
        value = "" if asked is None else write(asked)
        if asked is None or not value:
            return None
        name = rule.name or rule.id or rows.form.sheet
        return FormulaSide(name=name, value=f"({value})", form=rows.form.id, mask=asked.mask, filled="1")

    def _per_group(self, rule: Rule) -> FormulaSide | None:
        write, found = figure_formula(rule.use, "formula_per_group"), resolve_of(self.kit, rule.of)
        rows = found[0] if len(found) == 1 else None
        if write is None or not isinstance(rows, FormRows) or rule.else_ is not None:
            return None
        field = rows.form.by_id.get(rule.by)
        keys = self.asked([field.refers], {}) if field is not None and field.refers else None
        asked = self._asked(FormRows(rows.form, (*rows.fields, field)), rule.where, rule) if field else None
        if keys is None or asked is None or field is None:
            return None
        own = replace(asked, filled=asked.filled[:-1], by=self.ranges.column(f"{rows.form.id}.{rule.by}"))
        value = write(replace(own, keys=keys.texts[0]))
        form_id, name = field.refers.partition(".")[0], rule.name or rule.id or rows.form.sheet
        if not value:
            return None
        # Without any row, and no word of zero, nothing is known of any group.
        filled = f"{keys.filled[0]}*{self._is_settled(rows.form)}"
        return FormulaSide(name=name, value=value, form=form_id, mask=keys.mask, filled=filled)


def previous_cell(previous: Mapping[str, str], figure_id: str) -> str:
    """Return how a formula names last period's figure; '' where there is none."""
    for row, name in enumerate(previous, start=1):
        if name == figure_id:
            return f"{quote_sheetname(words().previous)}!$B${row}"
    return ""
