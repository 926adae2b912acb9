"""What is wrong with the rules of a kit: kinds, names and attributes that lead nowhere.

Shared by figures and checks, which have one grammar; every problem names the
nearest word that would do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from officeflow.figures._kind import COMMON, REGISTRY, FigureKind, find_kind
from officeflow.figures._measures import (
    EXAMPLES,
    Measure,
    adds_up,
    compares,
    measures,
    rule_measure,
    unit_given,
)
from officeflow.figures._operand import FormRows, resolve, resolve_of
from officeflow.figures._printing import label_of
from officeflow.figures._select import is_compared
from officeflow.figures._workdays import WORKING
from officeflow.model.findings import Finding
from officeflow.model.kit import NUMERIC, Condition, Field, Form, Kit, Rule, Where
from officeflow.text.messages import Catalogue
from officeflow.text.nearest import nearest

MESSAGES = Catalogue.beside(__file__)
_OPERANDS = ("of", "to", "in_", "min", "max", "else_")
_NUMBERS = frozenset({int, Decimal})
_TYPES = {"date": frozenset({date}), **dict.fromkeys(NUMERIC, _NUMBERS)}
"""Types of a field whose values are never text → what a condition may hold them against."""
_OF_DAYS = frozenset({"difference", "deadline"})
"""Kinds whose one option says which days count."""
_KIT_WORDS = {"in_": "in", "else_": "else"}


class Taking(Protocol):
    """What a kind says of the attributes it reads."""

    @property
    def takes(self) -> frozenset[str]: ...
    @property
    def needs(self) -> frozenset[str]: ...


def kit_problems(kit: Kit) -> tuple[Finding, ...]:
    """Return what is wrong with the figures of a kit, each with its id as `rule`; () when all is well."""
    return tuple(
        replace(problem, rule=rule.id)
        for rule in kit.figures
        for problem in _circles(kit, rule) or figure_problems(kit, rule, rule.id)
    )


def figure_problems(kit: Kit, rule: Rule, where: str) -> Iterator[Finding]:
    """Yield what is wrong with one figure rule and the rules written inside it."""
    kind = find_kind(rule.use)
    if kind is None:
        expected = nearest(rule.use, REGISTRY.names())
        yield MESSAGES.finding("KIT_USE_UNKNOWN", where=where, value=rule.use, expected=expected)
        return
    problems = list(rule_problems(kit, rule, kind, COMMON, where, rows=kind.folds))
    yield from problems
    if not problems:  # what a name that leads nowhere measures, nobody knows
        yield from _measure_problems(kit, rule, kind, where)


def rule_problems(
    kit: Kit, rule: Rule, kind: Taking, common: frozenset[str], where: str, *, rows: str = "of"
) -> Iterator[Finding]:
    """Yield what is wrong with a rule of a known kind: attributes, operands, fields, choices, format.

    `rows` is the attribute whose form `where`, `by` and `order` are about.
    """
    for name in sorted(rule.given - common - kind.takes):
        taken = "、".join(sorted(map(_said, kind.takes)))
        yield MESSAGES.finding(
            "KIT_ATTRIBUTE_UNUSED", where=where, use=rule.use, value=_said(name), expected=taken
        )
    for name in sorted(name for name in kind.needs if name not in rule.given or getattr(rule, name) == []):
        yield MESSAGES.finding("KIT_ATTRIBUTE_MISSING", where=where, use=rule.use, value=_said(name))
    for name in _OPERANDS:
        for operand in _items(getattr(rule, name)):
            yield from _operand_problems(kit, operand, where)
    found = resolve_of(kit, _items(getattr(rule, rows)))
    for form in {item.form.id: item.form for item in found if isinstance(item, FormRows)}.values():
        yield from _row_problems(kit, rule, form, where, getattr(kind, "orders", frozenset()))
    if rule.window and not rule.on:
        yield MESSAGES.finding("KIT_ATTRIBUTE_MISSING", where=where, use=rule.use, value="on")
    if getattr(kind, "is_among", False) and not rule.in_ and not _has_members(kit, rule):
        yield MESSAGES.finding("KIT_RANK_ALONE", where=where, use=rule.use)
    if rule.use in _OF_DAYS and rule.options.get("days", WORKING) != WORKING:
        yield MESSAGES.finding("KIT_OPTION_WRONG", where=where, value="days")
    if rule.use in _OF_DAYS and (other := rule.options.keys() - {"days"}):
        yield MESSAGES.finding("KIT_OPTION_WRONG", where=where, value="、".join(sorted(other)))
    yield from _format_problems(rule, where)


def _measure_problems(kit: Kit, rule: Rule, kind: FigureKind, where: str) -> Iterator[Finding]:
    """Yield what a figure calculates with that cannot be calculated so: texts added up, 次 and 个 together."""
    operands = [measure for name in ("of", "to") for measure in measures(kit, getattr(rule, name))]
    for measure in operands if kind.over else ():
        if measure.kind and measure.kind not in kind.over | {"rows"}:
            yield MESSAGES.finding("KIT_OPERAND_KIND", where=where, use=rule.use, value=measure.name)
            return
    needs_cells = kind.fold is not None and kind.folds == "of" and kind.reads_cells and not kind.lists_rows
    for operand in resolve_of(kit, _items(rule.of)) if needs_cells else ():
        if isinstance(operand, FormRows) and not operand.fields:
            form = operand.form.id
            yield MESSAGES.finding("KIT_OPERAND_ROWS", where=where, use=rule.use, value=form)
            return
    parts = list(measures(kit, rule.of)) if "of" in kind.alike else []
    yield from _strangers(rule, [(parts[0], part) for part in parts[1:]], adds_up, where)
    yield from unlike_units(kit, rule, kind.alike, where, compares)
    given = unit_given(kit, rule, kind)
    if given is not None and not compares(*given):
        yield MESSAGES.finding(
            "KIT_UNIT_UNLIKE", where=where, value=rule.unit, name=given[0].name, expected=given[0].unit
        )
    if rule.by == "row" and kind.fold is None and not _is_of_ledger(kit, rule):
        yield MESSAGES.finding("KIT_ROW_FIRST", where=where, use=rule.use)
    if rule.format and not _fits(rule, rule_measure(kit, rule)):
        name = rule.format if isinstance(rule.format, str) else str(rule.format.get("use"))
        yield MESSAGES.finding("KIT_FORMAT_MISFIT", where=where, value=name)


def unlike_units(
    kit: Kit, rule: Rule, names: Sequence[str], where: str, agrees: Callable[[Measure, Measure], bool]
) -> Iterator[Finding]:
    """Yield the first operand whose unit does not agree with that of `of`, the first of the attributes named."""
    if names:
        first, *others = [list(measures(kit, getattr(rule, name))) for name in names]
        pairs = [(left, right) for left in first for other in others for right in other]
        yield from _strangers(rule, pairs, agrees, where)


def _strangers(
    rule: Rule,
    pairs: Iterable[tuple[Measure, Measure]],
    agrees: Callable[[Measure, Measure], bool],
    where: str,
) -> Iterator[Finding]:
    for left, right in pairs:
        if not agrees(left, right):
            yield MESSAGES.finding(
                "KIT_UNITS_UNLIKE",
                where=where,
                use=rule.use,
                value=f"{left.name}（{left.unit}）",
                expected=f"{right.name}（{right.unit}）",
            )
            return


def _is_of_ledger(kit: Kit, rule: Rule) -> bool:
    """Whether the first operand has rows, so that there is a result for each."""
    first = next(iter(resolve_of(kit, rule.of)), None)
    if isinstance(first, Rule):
        return first.by == "row" or first.use == "list"
    return isinstance(first, FormRows) and first.form.kind == "ledger"


def _fits(rule: Rule, measure: Measure) -> bool:
    from officeflow.text.formats import print_value

    if measure.kind not in EXAMPLES:
        return True
    try:
        print_value(EXAMPLES[measure.kind], unit=measure.unit, format=rule.format)
    except ValueError:
        return False
    return True


def _operand_problems(kit: Kit, operand: Any, where: str) -> Iterator[Finding]:
    if isinstance(operand, Rule):
        yield from figure_problems(kit, operand, where)
    elif isinstance(operand, str) and resolve(kit, operand) is None:
        yield MESSAGES.finding(
            "KIT_NAME_UNKNOWN", where=where, value=operand, expected=nearest(operand, _names(kit))
        )


def _row_problems(kit: Kit, rule: Rule, form: Form, where: str, orders: frozenset[str]) -> Iterator[Finding]:
    yield from where_problems(kit, rule.where, form, where)
    if rule.on and rule.on not in form.by_id:
        yield _field_unknown(rule.on, form, where)
    elif rule.on and form.by_id[rule.on].type != "date":
        yield MESSAGES.finding("KIT_ON_NO_DATE", where=where, header=form.by_id[rule.on].header)
    for name, words in ((rule.by, ("row",)), (rule.order, orders)):
        if name and name not in (*words, *form.by_id):
            yield _field_unknown(name, form, where)


def where_problems(kit: Kit, conditions: Where, form: Form, where: str) -> Iterator[Finding]:
    """Yield what a `where` names that its form does not have, values its choices do not offer, unlike limits."""
    for name, condition in conditions.items():
        field, figure = form.by_id.get(name), kit.figure_by_id.get(name)
        if field is None and (figure is None or figure.by != "row"):
            yield _field_unknown(name, form, where)
        elif is_compared(condition):
            yield from _limit_problems(kit, condition, field, form, where)  # type: ignore[arg-type]
        elif field is None:
            continue
        else:
            yield from condition_problems(condition, field, where)


def _limit_problems(
    kit: Kit, condition: dict[str, Any], field: Field | None, form: Form, where: str
) -> Iterator[Finding]:
    """Yield limits that are no number, day or field of the sort that is held against them."""
    sort = None if field is None else _sort(field)
    for limit in condition.values():
        other = kit.field(limit) if isinstance(limit, str) and "." in limit else form.by_id.get(str(limit))
        if isinstance(limit, str) and other is None:
            fields = [*form.by_id, *(f"{each.id}.{name}" for each in kit.forms for name in each.by_id)]
            yield MESSAGES.finding(
                "KIT_NAME_UNKNOWN", where=where, value=limit, expected=nearest(limit, fields)
            )
            continue
        of_limit = _sort(other) if other is not None else "date" if isinstance(limit, date) else "number"
        if isinstance(limit, bool | list) or (field is not None and (not sort or sort != of_limit)):
            header = field.header if field is not None else str(limit)
            yield MESSAGES.finding("KIT_LIMIT_UNLIKE", where=where, header=header, value=str(limit))


def _sort(field: Field) -> str:
    return "number" if field.is_number else "date" if field.type == "date" else ""


def _has_members(kit: Kit, rule: Rule) -> bool:
    """Whether a figure has members: it is `by` something, or calculated from one that is."""
    first = resolve_of(kit, rule.of)[:1]
    return bool(rule.by) or any(isinstance(item, Rule) and _has_members(kit, item) for item in first)


def condition_problems(condition: Condition, field: Field, where: str) -> Iterator[Finding]:
    """Yield what a condition says that no field can hold, or that is not a condition."""
    if isinstance(condition, dict) and not (
        condition.keys() == {"not"}
        or (condition.keys() == {"filled"} and isinstance(condition["filled"], bool))
    ):
        yield MESSAGES.finding("KIT_CONDITION", where=where, header=field.header)
    wanted = condition.get("not", []) if isinstance(condition, dict) else condition
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if field.type in _TYPES and type(value) not in _TYPES[field.type]:
            yield MESSAGES.finding("KIT_CONDITION_TYPE", where=where, value=value, header=field.header)
        elif field.choices and value not in field.choices:
            yield MESSAGES.finding(
                "KIT_CHOICE_UNKNOWN",
                where=where,
                value=value,
                header=field.header,
                expected=nearest(str(value), field.choices),
            )


def _field_unknown(name: str, form: Form, where: str) -> Finding:
    expected = nearest(name, form.by_id)
    return MESSAGES.finding("KIT_FIELD_UNKNOWN", where=where, form=form.id, value=name, expected=expected)


def _format_problems(rule: Rule, where: str) -> Iterator[Finding]:
    from officeflow.text.formats import format_names, options_of

    if rule.labels and not rule.by:
        yield MESSAGES.finding("KIT_ATTRIBUTE_MISSING", where=where, use=rule.use, value="by")
    if rule.labels and not label_of("2014-03", rule.labels):
        yield MESSAGES.finding(
            "KIT_FORMAT_UNKNOWN",
            where=where,
            value=rule.labels,
            expected=nearest(rule.labels, format_names()),
        )
    options = {} if isinstance(rule.format, str) else rule.format
    name = rule.format if isinstance(rule.format, str) else str(options.get("use", ""))
    if name not in ("", *format_names()) or (options and not name):
        yield MESSAGES.finding(
            "KIT_FORMAT_UNKNOWN", where=where, value=name, expected=nearest(name, format_names())
        )
        return
    taken = options_of(name) if options else {}
    for option, value in options.items():
        if option != "use" and type(value) is not taken.get(option):
            expected = nearest(option, taken)
            yield MESSAGES.finding("KIT_FORMAT_OPTION", where=where, value=option, expected=expected)


def _circles(kit: Kit, rule: Rule) -> list[Finding]:
    """Return that a figure needs itself: what it measures cannot be told then."""
    seen: set[str] = set()
    ahead = list(_used(kit, rule))
    while ahead:
        other = ahead.pop()
        if other.id == rule.id:
            return [MESSAGES.finding("KIT_CIRCLE", where=rule.id)]
        if other.id not in seen:
            seen.add(other.id)
            ahead.extend(_used(kit, other))
    return []


def _used(kit: Kit, rule: Rule) -> Iterator[Rule]:
    """Yield the named figures that a rule is calculated from; last period's values are none."""
    for name in _OPERANDS:
        for operand in [] if rule.previous else _items(getattr(rule, name)):
            found = resolve(kit, operand)
            if isinstance(found, Rule):
                yield from (found,) if found.id else _used(kit, found)


def _items(operand: Any) -> list[Any]:
    return operand if isinstance(operand, list) else [] if operand in (None, "") else [operand]


def _said(name: str) -> str:
    """Return an attribute's name as kits write it."""
    return _KIT_WORDS.get(name, name)


def _names(kit: Kit) -> Iterable[str]:
    fields = (f"{form.id}.{field.id}" for form in kit.forms for field in form.fields)
    return (*kit.form_by_id, *fields, *kit.figure_by_id)
