"""Finish: from a contribution to the figure, with its members, the fields of its rows, printed form and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from officeflow.figures._kind import FigureKind, Selection, Terms, find_kind
from officeflow.figures._operand import FormRows, resolve_of
from officeflow.figures._partial import Partial, PartialMember, Row
from officeflow.figures._printing import as_figure_value, format_name, label_of, text_of
from officeflow.figures._select import meets, place_field
from officeflow.model.cells import CellRef
from officeflow.model.figures import Figure, State
from officeflow.model.kit import Field, Form, Kit, Rule
from officeflow.model.values import Bounded, FigureValue, Gap, canonical

Member = tuple[PartialMember, Figure]


def finish(partial: Partial, kit: Kit) -> Figure:
    """Return the figure of a (merged) contribution alone; by-row figures of its rows are unknown (`figures_of` has them)."""
    return Finisher(kit, lambda _: None).finish(partial)


class Finisher:
    """Makes figures of contributions to the rules of a kit.

    `contribution` gives that to the figure of an id, None when there is none at hand: a row that a
    template asks for `到场天数` finds it there.
    """

    def __init__(self, kit: Kit, contribution: Callable[[str], Partial | None]) -> None:
        self._kit = kit
        self._contribution = contribution
        self._row_results: dict[str, Mapping[tuple[str, int, int], Figure]] = {}

    def finish(
        self, partial: Partial, *, is_printed: bool = True, group: PartialMember | None = None
    ) -> Figure:
        """Return the figure of a contribution; its `text` stays '' when it is not to be printed.

        With `group` it is that member of a figure.
        """
        rule, kind, kit = partial.rule, find_kind(partial.rule.use), self._kit
        if kind is None:
            return Figure(id=rule.id, name=rule.name or rule.id, value=None, state=State.UNKNOWN)
        terms = _terms(rule, kind, kit)
        sources = [self.finish(item, is_printed=False) for item in (*partial.given, *partial.operands)]
        given, operands = sources[: len(partial.given)], sources[len(partial.given) :]
        members = tuple(member for _, member in self.members(partial, is_printed=is_printed))
        is_together = bool(members) and (kind.fold is None or kind.is_among)
        if is_together:
            value, state = _together(members)
        else:
            value, state = _value(partial, kind, terms, given, operands)
        if state is State.EMPTY and partial.otherwise is not None:
            other = self.finish(partial.otherwise, is_printed=False)
            value, state, sources = other.value, other.state, [*sources, other]
        remembered = kit.figure_by_id.get(str(rule.of)) if rule.previous else None
        unit = "" if isinstance(value, str | tuple) else _unit(terms, kind, sources)
        if remembered is not None and not unit and isinstance(value, Decimal | Bounded):
            unit = unit_of(remembered, kit)
        form = rule.format or (remembered.format if remembered else "")
        row = None if group is None else group.row
        return Figure(
            id=rule.id,
            name=rule.name or rule.id or terms.name,
            value=value,
            state=state,
            unit=unit,
            # Results row by row have their form already.
            text=text_of(value, unit=unit, form="" if is_together else form) if is_printed else "",
            format=format_name(form),
            cells=_union(partial.cells, (*sources, *members)),
            key="" if group is None else group.key,
            label="" if group is None else label_of(group.key, rule.labels),
            members=members,
            fields={} if row is None else RowFields(row, kit, self._result_in_row),
            has_tags=terms.field is not None and terms.field.tags,
            is_personal=_is_personal(value, kind, terms, sources),
        )

    def members(self, partial: Partial, *, is_printed: bool = False) -> list[Member]:
        """Return each member of a figure with the group it stands for, in the order of `Figure.members`."""
        groups = _groups(partial, self._kit)
        return [(group, self.finish(group.partial, is_printed=is_printed, group=group)) for group in groups]

    def _result_in_row(self, rule: Rule, row: Row) -> Figure:
        """Return one row's result of a figure `by = "row"`; each figure is computed once."""
        name = rule.name or rule.id
        if rule.id not in self._row_results:
            partial = self._contribution(rule.id)
            if partial is None:
                return Figure(id=rule.id, name=name, value=None, state=State.UNKNOWN)
            self._row_results[rule.id] = {
                group.row.identity: figure
                for group, figure in self.members(partial, is_printed=True)
                if group.row is not None
            }
        nothing = Figure(id=rule.id, name=name, value=None, state=State.EMPTY)
        return self._row_results[rule.id].get(row.identity, nothing)


class RowFields(Mapping[str, Figure]):
    """Field id, header or by-row figure id → the figure of that name in one row; ids go before headers."""

    __slots__ = ("_kit", "_made", "_result", "_row")

    def __init__(self, row: Row, kit: Kit, result: Callable[[Rule, Row], Figure]) -> None:
        self._row = row
        self._kit = kit
        self._result = result
        self._made: dict[str, Figure] = {}

    def __getitem__(self, name: str) -> Figure:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        form = self._form
        yield from dict.fromkeys(
            (
                *form.by_id,
                *(rule.id for rule in row_rules(self._kit, form.id)),
                *(field.header for field in form.fields),
            )
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def _form(self) -> Form:
        return self._kit.form_by_id[self._row.layout.form]

    def _make(self, name: str) -> Figure:
        form = self._form
        if name in form.by_id:
            return _field_figure(self._row, form.by_id[name], form)
        for rule in row_rules(self._kit, form.id):
            if rule.id == name:
                return self._result(rule, self._row)
        for field in form.fields:
            if field.header == name:
                return _field_figure(self._row, field, form)
        raise KeyError(name)


def row_rules(kit: Kit, form_id: str) -> list[Rule]:
    """Return the kit's figures `by = "row"` over the rows of a form."""
    return [rule for rule in kit.figures if rule.by == "row" and _form_id(kit, rule) == form_id]


def _form_id(kit: Kit, rule: Rule) -> str:
    found = resolve_of(kit, rule.of)
    return found[0].form.id if found and isinstance(found[0], FormRows) else ""


def _field_figure(row: Row, field: Field, form: Form) -> Figure:
    position = form.fields.index(field)
    held = row.values[position]
    value = as_figure_value(held)
    state = State.UNKNOWN if held is Gap.UNREADABLE else State.EMPTY if value is None else State.KNOWN
    cell = row.cell(position)
    return Figure(
        id=f"{form.id}.{field.id}",
        name=field.header,
        value=value,
        state=state,
        unit=field.unit,
        text=text_of(value, unit=field.unit),
        cells=() if cell is None else (cell,),
        key=row.key,
        has_tags=field.tags,
        is_personal=field.personal,
    )


def _groups(partial: Partial, kit: Kit) -> Sequence[PartialMember]:
    return _in_choice_order(partial, kit) if partial.groups else _spread(partial, kit)


def _spread(partial: Partial, kit: Kit) -> list[PartialMember]:
    """Return the groups of a calculation's first operand as its own, each with its own other operands."""
    kind = find_kind(partial.rule.use)
    if kind is None or not kind.spreads or not partial.operands:
        return []
    if kind.is_among and getattr(partial.rule, kind.folds):
        return []
    first, *others = partial.operands
    groups, spread, state = _groups(first, kit), [], partial.state
    if kind.is_among:
        among = [Finisher(kit, lambda _: None).finish(group.partial, is_printed=False) for group in groups]
        state = tuple(figure.value for figure in among if figure.is_known)
    for group in groups:
        match = [_matching(other, group, kit) for other in others]
        alone = replace(
            partial, state=state, has_match=True, operands=(group.partial, *match), otherwise=None
        )
        spread.append(replace(group, partial=alone))
    return spread


def _matching(operand: Partial, group: PartialMember, kit: Kit) -> Partial:
    return next((item.partial for item in _groups(operand, kit) if item.stands_for(group)), operand)


def _in_choice_order(partial: Partial, kit: Kit) -> Sequence[PartialMember]:
    found = resolve_of(kit, partial.rule.of)
    field = found[0].form.by_id.get(partial.by) if found and isinstance(found[0], FormRows) else None
    if field is None or not field.choices:
        return partial.groups
    place = {choice: position for position, choice in enumerate(field.choices)}
    return sorted(partial.groups, key=lambda group: place.get(group.key, len(place)))


def _terms(rule: Rule, kind: FigureKind, kit: Kit) -> Terms:
    found = resolve_of(kit, getattr(rule, kind.folds))
    rows = next((item for item in found if isinstance(item, FormRows)), None)
    if rows is None:
        return Terms(rule)
    return Terms(rule, rows.form, rows.fields[0] if rows.fields else None)


def _unit(terms: Terms, kind: FigureKind, sources: Sequence[Figure]) -> str:
    if terms.rule.unit or kind.unit is not None:
        return terms.rule.unit or kind.unit or ""
    if terms.field is not None and terms.field.unit:
        return terms.field.unit
    return next((source.unit for source in sources if source.unit), "")


def unit_of(rule: Rule, kit: Kit) -> str:
    """Return the unit that a figure's numbers print with, from its rule alone; '' for none."""
    kind = find_kind(rule.use)
    if rule.unit or kind is None or kind.unit is not None:
        return rule.unit or (kind.unit if kind else "") or ""
    for found in resolve_of(kit, rule.of):
        if isinstance(found, FormRows):
            return found.fields[0].unit if found.fields else ""
        if isinstance(found, Rule) and (unit := unit_of(found, kit)):
            return unit
    return ""


def _is_personal(value: FigureValue, kind: FigureKind, terms: Terms, sources: Sequence[Figure]) -> bool:
    """Whether it shows what stands in a personal field, or is reckoned from that; a count of persons is nobody's."""
    is_told = isinstance(value, str | tuple) or kind.shows_cells or kind.fold is None
    if value is None or not is_told:
        return False
    field = terms.field or (terms.form.by_id[place_field(terms.form)] if terms.form else None)
    return (field is not None and field.personal) or any(source.is_personal for source in sources)


def _value(
    partial: Partial, kind: FigureKind, terms: Terms, given: Sequence[Figure], operands: Sequence[Figure]
) -> tuple[FigureValue, State]:
    if kind.state is not None:
        return None, kind.state
    if partial.is_unknown or any(figure.state is State.UNKNOWN for figure in (*given, *operands)):
        return None, State.UNKNOWN
    if any(figure.state is State.EMPTY for figure in operands):
        return None, State.EMPTY
    state, has_match = partial.state, partial.has_match or kind.fold is None
    if given and kind.fold is not None:
        counts = meets(partial.rule.where["value"]) if "value" in partial.rule.where else None
        values = tuple(
            item.value
            for figure in given
            for item in figure.members or (figure,)
            if item.is_known and (counts is None or counts(item.value))  # type: ignore[arg-type]
        )
        state, has_match = kind.merge(state, kind.fold(Selection(partial.rule, given=values))), True
    nothing = kind.zero if partial.is_settled else None
    value = kind.finish(state, operands, terms) if has_match else nothing
    if isinstance(value, Gap):
        return None, State.UNKNOWN
    return (None, State.EMPTY) if value is None or value in ("", ()) else (value, State.KNOWN)


def _together(members: Sequence[Figure]) -> tuple[FigureValue, State]:
    """Return what a calculation of each row says as a whole: its results as texts."""
    texts = tuple(member.text or canonical(member.value) for member in members if member.is_known)
    if texts:
        return texts, State.KNOWN
    is_unknown = any(member.state is State.UNKNOWN for member in members)
    return None, State.UNKNOWN if is_unknown else State.EMPTY


def _union(own: tuple[CellRef, ...], others: Iterable[Figure]) -> tuple[CellRef, ...]:
    more = [cell for figure in others for cell in figure.cells]
    return tuple(dict.fromkeys((*own, *more))) if more else own
