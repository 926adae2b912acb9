"""Fold: one submission's contribution to a figure rule, with its source cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

from officeflow.figures._finish import Finisher
from officeflow.figures._kind import FigureKind, Selection, find_kind, has_value, rows_attribute
from officeflow.figures._operand import FormRows, Literal, resolve, resolve_of
from officeflow.figures._partial import Partial, PartialMember, Row, RowLayout, merge
from officeflow.figures._select import Choice, Selector, entry_count, place_field
from officeflow.figures._windows import are_alike, window_before, window_of
from officeflow.model.figures import State
from officeflow.model.kit import Rule, Where
from officeflow.model.submission import Submission, Table
from officeflow.model.values import Bounded, Gap, Hedge, Period, Value, canonical, number_in
from officeflow.text.hedges import between, bounded

_ADDED_UP = frozenset({"count", "total"})
"""Kinds whose values of many workbooks add up."""


def partial(rule: Rule, submission: Submission) -> Partial:
    """Return what a submission contributes to a figure."""
    return Folder(submission).fold(rule)


class Folder:
    """Folds the rules of a kit over one submission; keeps what they share."""

    def __init__(self, submission: Submission) -> None:
        self.selector = Selector(submission, self._results)
        self._submission = submission
        self._kit = submission.kit
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._is_earlier = False  # whether windows are the ones before: `previous` of a figure with a window
        self._open: list[str] = []  # figures being folded: one that needs itself is unknown

    def fold(self, rule: Rule) -> Partial:
        """Return the contribution to one figure; an unknown one for a rule that `kit_problems` refuses."""
        kind = find_kind(rule.use)
        if kind is None or (rule.id and rule.id in self._open):
            return Partial(rule=rule, is_unknown=True)
        if rule.previous:
            return self._previous(rule)
        self._open.append(rule.id)
        contribution = self._fold_kind(rule, kind)
        self._open.pop()
        return contribution

    def _fold_kind(self, rule: Rule, kind: FigureKind) -> Partial:
        found = resolve_of(self._kit, getattr(rule, kind.folds)) if kind.fold else []
        nothing = Partial(rule=rule, state=kind.fold(Selection(rule)) if kind.fold else None)
        rows = (self._fold_rows(rule, kind, item) for item in found if isinstance(item, FormRows))
        return replace(
            reduce(merge, rows, nothing),
            given=tuple(self.fold(item) for item in found if isinstance(item, Rule)),
            operands=tuple(self._operands(rule, kind)),
            otherwise=None if rule.else_ is None else self.operand(rule.else_),
        )

    def _operands(self, rule: Rule, kind: FigureKind) -> Iterator[Partial]:
        """Yield the operands; a bare form or ledger field takes `where` and `by` if the rule's rows are its, else by row only."""
        rows_of = rows_attribute(rule, kind)
        for name in kind.operands:
            value = getattr(rule, name)
            by = rule.by if name == rows_of or rule.by == "row" else ""
            for item in value if isinstance(value, list) else () if value is None else (value,):
                is_own = name == rows_of
                yield self.operand(
                    item,
                    by=by,
                    where=rule.where if is_own else {},
                    on=rule.on if is_own else "",
                    window=rule.window if is_own else "",
                )

    def operand(
        self, operand: Any, *, by: str = "", where: Where | None = None, on: str = "", window: Any = ""
    ) -> Partial:
        """Return the contribution to an operand: a name, an inline rule or a literal.

        A bare form is its row count, a bare ledger column of numbers its total,
        any other field its value; under `by = "row"` each row's value.
        """
        found = resolve(self._kit, operand)
        if isinstance(found, Rule):
            return self.fold(found)
        if not isinstance(found, FormRows):
            literal = Rule(use="value")
            return Partial(rule=literal, state=_literal(found), has_match=True, is_unknown=found is None)
        by = by if found.form.kind == "ledger" else ""
        use = "value" if by == "row" else _natural_kind(found)
        return self.fold(Rule(use=use, of=operand, by=by, where=where or {}, on=on, window=window))

    def _fold_rows(self, rule: Rule, kind: FigureKind, rows: FormRows) -> Partial:
        table = self._submission.tables[rows.form.id]
        choice = self.selector.entries(table, rule.where)
        if rule.on:
            choice = self.selector.within(table, rule.on, self._window(rule), choice)
        levels = (rule.by,) if rule.by else ()
        if kind.lists_rows and not rows.fields and rule.by != "row":
            levels = (*levels, "row")
        return self._fold_groups(rule, kind, rows, choice, levels)

    def _fold_groups(
        self, rule: Rule, kind: FigureKind, rows: FormRows, choice: Choice, levels: tuple[str, ...]
    ) -> Partial:
        whole = self._fold_entries(rule, kind, rows, choice)
        if not levels:
            return whole
        by, *within = levels
        groups = tuple(
            PartialMember(key, self._fold_groups(rule, kind, rows, Choice(entries), tuple(within)), row)
            for key, entries, row in self._groups(rows, by, choice.entries)
        )
        return replace(whole, by=by, groups=groups)

    def _fold_entries(self, rule: Rule, kind: FigureKind, rows: FormRows, choice: Choice) -> Partial:
        table = self._submission.tables[rows.form.id]
        fields = tuple(field.id for field in rows.fields)
        selection = Selection(rule, table, fields, choice.entries)
        return Partial(
            rule=rule,
            state=kind.fold(selection) if kind.fold else None,
            cells=self.selector.cells(table, fields or (place_field(table.form),), choice.entries),
            has_match=bool(choice.entries),
            is_settled=entry_count(table) > 0 or self.selector.is_zero_declared(table),
            is_unknown=choice.is_uncertain or (kind.reads_cells and selection.has_unreadable),
        )

    def _groups(
        self, rows: FormRows, by: str, entries: Sequence[int]
    ) -> Iterator[tuple[str, Sequence[int], Row | None]]:
        table = self._submission.tables[rows.form.id]
        if by == "row":
            rows_of = self._rows_of(table)
            for entry in entries:
                yield rows_of[entry].key, (entry,), rows_of[entry]
            return
        referred = self._referred_rows(rows.form.by_id[by].refers)
        members: dict[str, list[int]] = {key: [] for key in referred}
        column = table.columns[by]
        for entry in entries:
            if has_value(column[entry]):
                members.setdefault(canonical(column[entry]), []).append(entry)
        for key, found in members.items():
            yield key, found, referred.get(key)

    def _referred_rows(self, path: str) -> dict[str, Row]:
        if not path:
            return {}
        form_id, _, field_id = path.partition(".")
        table = self._submission.tables[form_id]
        rows = self._rows_of(table)
        return {
            canonical(value): rows[entry]
            for entry, value in enumerate(table.columns[field_id])
            if has_value(value)
        }

    def _rows_of(self, table: Table) -> tuple[Row, ...]:
        """Return the rows of a form, made once: groups of many figures share them."""
        form_id = table.form.id
        if form_id not in self._rows:
            self._rows[form_id] = tuple(_rows(table))
        return self._rows[form_id]

    def _window(self, rule: Rule) -> Period | None:
        period, begins = self._submission.period, self._kit.period_rule
        if period is None:
            return None
        return (window_before if self._is_earlier else window_of)(rule.window, period, begins)

    def _results(self, figure_id: str, table: Table) -> Sequence[Value]:
        """Return a by-row figure's result in each entry of a ledger, a gap where it is not known."""
        rule = self._kit.figure_by_id.get(figure_id)
        results: list[Any] = [Gap.UNREADABLE if rule is None else None] * entry_count(table)
        if rule is not None:
            contribution = self.fold(rule)
            if contribution.is_unknown:
                return [Gap.UNREADABLE] * entry_count(table)
            for group, figure in Finisher(self._kit, lambda _: None).members(contribution):
                if group.row is not None and group.row.layout.form == table.form.id:
                    is_unknown = figure.state is State.UNKNOWN
                    results[group.row.entry] = Gap.UNREADABLE if is_unknown else figure.value
        return results

    def _previous(self, rule: Rule) -> Partial:
        """Return last period's value: of a window that the 统计时段 reaches back over from the ledger, else as stored."""
        name = rule.of if isinstance(rule.of, str) else rule.id
        figure, period = self._kit.figure_by_id.get(name), self._submission.period
        if figure is not None and figure.on and period is not None and not self._is_earlier:
            before = window_before(figure.window, period, self._kit.period_rule)
            if before is not None and period.first <= before.first:
                return self._earlier(rule, figure)
        text = self._submission.previous.get(name)
        if text is not None and not self._is_comparable(figure):
            text = None
        state = _stored(text or "")
        if figure is not None and figure.use in _ADDED_UP and isinstance(state, Decimal | Bounded):
            rule = replace(rule, use="total")  # of many workbooks they add up like the figure itself
        return Partial(rule=rule, state=state, has_match=True, is_unknown=text is None)

    def _earlier(self, rule: Rule, figure: Rule) -> Partial:
        self._is_earlier = True
        contribution = self.fold(figure)
        self._is_earlier = False
        asked = {name: getattr(rule, name) for name in ("name", "unit", "format") if getattr(rule, name)}
        return replace(contribution, rule=replace(figure, id=rule.id, **asked))

    def _is_comparable(self, figure: Rule | None) -> bool:
        """Whether the stored figures are of a period like this one; where the workbook does not say, they are taken."""
        period, before = self._submission.period, self._submission.previous_period
        if period is None or before is None:
            return True
        if figure is not None and figure.on and figure.window not in ("", "period"):
            begins = self._kit.period_rule
            return window_before(figure.window, period, begins) == window_of(figure.window, before, begins)
        return are_alike(period, before)


def _rows(table: Table) -> Iterator[Row]:
    form = table.form
    names = tuple(form.by_id)
    is_record = form.kind == "record"
    layout = RowLayout(
        form=form.id,
        sheet=table.sheet,
        columns=tuple(table.letters.get(name) for name in names),
        rows=tuple(table.field_rows.get(name) for name in names) if is_record else (),
        place=names.index(place_field(form)),
    )
    keys = table.keys if table.rows else ("",) * entry_count(table)
    numbers = table.rows or (0,) * entry_count(table)
    values = zip(*(table.columns[name] for name in names), strict=True)
    for entry, (number, key, held) in enumerate(zip(numbers, keys, values, strict=True)):
        yield Row(layout, entry, number, key, held)


def _natural_kind(rows: FormRows) -> str:
    if not rows.fields:
        return "count"
    return "total" if rows.form.kind == "ledger" and rows.fields[0].is_number else "value"


def _literal(found: Literal | None) -> Value:
    return Decimal(found) if isinstance(found, int) and not isinstance(found, bool) else found


def _stored(text: str) -> Value:
    """Return the value of its canonical text ('16000', '1000 over', '1～3', '2014-03-26'); anything else is text.

    The hidden sheet it comes from may hold anything: no number without end, none that is none (NaN).
    """
    written, _, hedge = text.partition(" ")
    if (number := number_in(written)) is not None:
        with suppress(ValueError):
            return bounded(number, Hedge(hedge)) if hedge else number
    low, high = (number_in(end) for end in (text.split("～") if text.count("～") == 1 else ("", "")))
    if low is not None and high is not None:
        return between(low, high)
    with suppress(ValueError):
        return date.fromisoformat(text)
    return text or Gap.NOT_COUNTED
