"""The self-check: the lines that check kinds write, joined to what one line of the page can say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from officeflow.figures import meets
from officeflow.model.findings import Severity
from officeflow.model.kit import Kit, Rule
from officeflow.workbook.blank.formulas.behind import BehindCell
from officeflow.workbook.blank.formulas.kit_formulas import Formulas
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSide
from officeflow.workbook.blank.formulas.ranges import quoted
from officeflow.workbook.blank.formulas.registry import check_formula
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.blank.page import Shown


@dataclass(kw_only=True)
class CheckLine:
    """One line of the page: lines of one rule id and relation over rows are counted together."""

    kit: Kit
    rule: Rule
    relation: str
    parts: list[tuple[Rule, FormulaLine]] = field(default_factory=list)
    guards: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is held against what, in words."""
        words, parts = labels().summary, [part for _, part in self.parts]
        rights = words.joint.join(dict.fromkeys(part.right for part in parts))
        is_date = any(one.is_date for part in parts for one in part.singles)
        dated = words.relation.get(f"{self.relation}_date", "") if is_date else ""
        said = (dated or words.relation[self.relation]).format(left=self._left(), right=rights)
        return f"{self.rule.id} {said}".strip()

    def _left(self) -> str:
        """Name the columns with their sheets, those of one heading together."""
        joint = labels().summary.joint
        sheets: dict[str, list[str]] = {}
        for _, part in self.parts:
            sheets.setdefault(part.left, []).append(self.kit.form_by_id[part.form].sheet if part.form else "")
        headings: dict[str, list[str]] = {}
        for heading, found in sheets.items():
            headings.setdefault(joint.join(dict.fromkeys(found)), []).append(heading)
        return joint.join(f"{sheet} {joint.join(found)}".strip() for sheet, found in headings.items())

    @property
    def is_of_rows(self) -> bool:
        """Whether it counts rows; else it compares two values."""
        return bool(self.parts[0][1].form)


def check_lines(formulas: Formulas) -> list[CheckLine]:
    """Return the lines of a kit's checks in the kit's order; hints and what no formula can check are left out."""
    found: dict[object, CheckLine] = {}
    for at, rule in enumerate(formulas.kit.checks):
        if rule.severity is Severity.HINT:
            continue
        for line, guards in _written(rule, formulas):
            key: object = (rule.id or at, rule.use, rule.severity, line.relation) if line.form else object()
            joined = found.setdefault(key, CheckLine(kit=formulas.kit, rule=rule, relation=line.relation))
            joined.parts.append((rule, line))
            joined.guards.extend(guards)
    return list(found.values())


def _written(rule: Rule, formulas: Formulas) -> Iterator[tuple[FormulaLine, list[str]]]:
    write = check_formula(rule.use)
    if write is None:
        return
    lines = write(formulas, rule)
    while True:
        # A kind asks while it makes its next line: what it notes is what that line needs.
        with formulas.behind.noting() as needs:
            line = next(lines, None)
        if line is None:
            return
        yield line, needs


class Judgement:
    """The formulas of one line: both values and the verdict, each with what it shows at first."""

    def __init__(self, line: CheckLine, formulas: Formulas) -> None:
        self._line, self._formulas = line, formulas
        self._words = labels().summary

    def values(self) -> tuple[tuple[str, Shown], tuple[str, Shown]]:
        """Return the two values; over rows: how many rows there are, how many fail."""
        line = self._line
        if not line.is_of_rows:
            shown = [(one.value, self._shown(one)) for one in line.parts[0][1].singles]
            # A value held against a list stands alone.
            return shown[0], shown[1] if len(shown) > 1 else ('""', "")
        look = self._words.look
        failing: Shown = look if self._is_odd() else Decimal(self._failing())
        return (self._count(), Decimal(self._rows())), (self._guarded(self._fails(), quoted(look)), failing)

    def verdict(self) -> tuple[str, Shown]:
        """Return √, ×, 未填, 请核对 or —."""
        words = self._words
        verdict = f"IF({self._fails()}>0,{quoted(words.fails)},{quoted(words.holds)})"
        singles = [] if self._line.is_of_rows else self._singles()
        known = [one.known for one in singles] or [f"{self._count()}>0"]
        # 未填 is a text: a side of text has to be something else.
        known += [f"{one.value}<>{quoted(words.empty)}" for one in singles if one.is_text]
        formula = f"IF(AND({','.join(known)}),{verdict},{quoted(words.empty)})"
        if self._line.rule.when:
            holds = "*".join(self._when())
            formula = f"IF({holds}=0,{quoted(words.idle)},{formula})"
        return self._guarded(formula, quoted(words.look)), self._first_verdict()

    def _guarded(self, formula: str, look: str) -> str:
        # A number or date that is a text (约39, 3月下旬) cannot be compared.
        tests = [
            f"{one.value}={look}"
            if one.is_text
            else f"AND(ISTEXT({one.value}),{one.value}<>{quoted(self._words.empty)})"
            for one in self._singles()
        ]
        if tests:
            formula = f"IF(OR({','.join(tests)}),{look},{formula})"
        guards = list(dict.fromkeys(self._line.guards))
        if guards:
            formula = f"IF({'+'.join(guards)}>0,{look},{formula})"
        return f"IFERROR({formula},{look})"

    def _singles(self) -> list[FormulaSide]:
        return list(dict.fromkeys(one for _, part in self._line.parts for one in part.singles))

    def _fails(self) -> str:
        """Return the sum of what fails; over rows each column is counted in a cell of its own behind the page."""
        if not self._line.is_of_rows:
            return self._line.parts[0][1].fails
        look, behind = self._words.look, self._formulas.behind
        shown: Shown = look if self._is_odd() else Decimal(self._failing())
        cells = []
        for number, (_, part) in enumerate(self._line.parts, start=1):
            known = [one.known for one in part.singles]
            fails = f"IF(AND({','.join(known)}),{part.fails},0)" if known else part.fails
            # A text in the sum is an error, so the line says 请核对 when one of its columns does.
            label = f"{self._line.text} {number}"
            cells.append(behind.put(BehindCell(label, self._guarded(fails, quoted(look)), shown)))
        return "+".join(cells)

    def _forms(self) -> list[str]:
        return list(dict.fromkeys(part.form for _, part in self._line.parts))

    def _count(self) -> str:
        kit, behind = self._formulas.kit, self._formulas.behind
        return "+".join(behind.count(kit.form_by_id[form]) for form in self._forms())

    def _rows(self) -> int:
        start = self._formulas.start
        return sum(len(start.typed(start.kit.form_by_id[form])) for form in self._forms())

    def _when(self) -> list[str]:
        found = []
        for path, condition in self._line.rule.when.items():
            form_id, _, name = path.partition(".")
            found.append(self._formulas.ranges.holds(self._formulas.kit.form_by_id[form_id], name, condition))
        return found

    def _shown(self, one: FormulaSide) -> Shown:
        behind = self._formulas.behind
        if "$" in one.value:
            return behind.at(one.value).shown
        return one.value.strip('"') if one.is_text else Decimal(one.value)

    def _is_odd(self) -> bool:
        shown = [
            (one.is_text and self._shown(one) == self._words.look)
            or (
                not one.is_text
                and self._shown(one) not in ("", self._words.empty)
                and isinstance(self._shown(one), str)
            )
            for one in self._singles()
        ]
        return self._formulas.behind.is_odd(self._line.guards) or any(shown)

    def _failing(self) -> int:
        rules = {
            (id(rule), part.about): replace(rule, of=part.about) if part.about else rule
            for rule, part in self._line.parts
        }
        return sum(map(self._formulas.start.failing, rules.values()))

    def _first_verdict(self) -> Shown:
        words, line = self._words, self._line
        if self._is_odd():
            return words.look
        record = self._formulas.start.tally.submission.record
        if not all(meets(condition)(record(path)) for path, condition in line.rule.when.items()):
            return words.idle
        shown = [] if line.is_of_rows else [self._shown(one) for one in self._singles()]
        if words.empty in shown or (line.is_of_rows and not self._rows()):
            return words.empty
        return words.fails if self._failing() else words.holds
