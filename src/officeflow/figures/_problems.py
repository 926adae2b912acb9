"""What is wrong with the rules of a kit: kinds, names and attributes that lead nowhere.

Shared by figures and checks, which have one grammar; every problem names the
nearest word that would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from officeflow.figures._kind import COMMON, REGISTRY, find_kind
from officeflow.figures._operand import Rows, resolve, resolve_of
from officeflow.model.findings import Finding
from officeflow.model.kit import Condition, Field, Form, Kit, Rule, Where
from officeflow.text.messages import Catalogue
from officeflow.text.nearest import nearest

MESSAGES = Catalogue.beside(__file__)
_OPERANDS = ("of", "to", "in_", "min", "max", "else_")
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
        for problem in [*figure_problems(kit, rule, rule.id), *_circles(kit, rule)]
    )


def figure_problems(kit: Kit, rule: Rule, where: str) -> Iterator[Finding]:
    """Yield what is wrong with one figure rule and the rules written inside it."""
    kind = find_kind(rule.use)
    if kind is None:
        expected = nearest(rule.use, REGISTRY.names())
        yield MESSAGES.finding("KIT_USE_UNKNOWN", where=where, value=rule.use, expected=expected)
    else:
        yield from rule_problems(kit, rule, kind, COMMON, where, rows=kind.folds)


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
    for form in {item.form.id: item.form for item in found if isinstance(item, Rows)}.values():
        yield from _row_problems(rule, form, where, getattr(kind, "orders", frozenset()))
    yield from _format_problems(rule, where)


def _operand_problems(kit: Kit, operand: Any, where: str) -> Iterator[Finding]:
    if isinstance(operand, Rule):
        yield from figure_problems(kit, operand, where)
    elif isinstance(operand, str) and resolve(kit, operand) is None:
        yield MESSAGES.finding(
            "KIT_NAME_UNKNOWN", where=where, value=operand, expected=nearest(operand, _names(kit))
        )


def _row_problems(rule: Rule, form: Form, where: str, orders: frozenset[str]) -> Iterator[Finding]:
    yield from where_problems(rule.where, form, where)
    for name, words in ((rule.by, ("row",)), (rule.order, orders)):
        if name and name not in (*words, *form.by_id):
            yield _field_unknown(name, form, where)


def where_problems(conditions: Where, form: Form, where: str) -> Iterator[Finding]:
    """Yield the fields of a `where` that its form does not have, and values its choices do not offer."""
    for name, condition in conditions.items():
        field = form.by_id.get(name)
        if field is None:
            yield _field_unknown(name, form, where)
        else:
            yield from condition_problems(condition, field, where)


def condition_problems(condition: Condition, field: Field, where: str) -> Iterator[Finding]:
    """Yield what a condition says that no field can hold, or that is no condition."""
    if isinstance(condition, dict) and not (
        condition.keys() == {"not"}
        or (condition.keys() == {"filled"} and isinstance(condition["filled"], bool))
    ):
        yield MESSAGES.finding("KIT_CONDITION", where=where, header=field.header)
    wanted = condition.get("not", []) if isinstance(condition, dict) else condition
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if field.choices and value not in field.choices:
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


def _circles(kit: Kit, rule: Rule) -> Iterator[Finding]:
    seen: set[str] = set()
    ahead = list(_used(kit, rule))
    while ahead:
        other = ahead.pop()
        if other.id == rule.id:
            yield MESSAGES.finding("KIT_CIRCLE", where=rule.id)
            return
        if other.id not in seen:
            seen.add(other.id)
            ahead.extend(_used(kit, other))


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
