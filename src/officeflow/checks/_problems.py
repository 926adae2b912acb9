"""What is wrong with the check rules of a kit; the grammar they share with figures is checked there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from string import Formatter

from officeflow.checks._kind import COMMON, REGISTRY, find_kind, placeholders
from officeflow.checks._scope import ALWAYS, RESERVED
from officeflow.figures._measures import stands_against
from officeflow.figures._problems import MESSAGES, condition_problems, rule_problems, unlike_units
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit, Rule
from officeflow.text.nearest import nearest


def kit_problems(kit: Kit) -> tuple[Finding, ...]:
    """Return what is wrong with the checks of a kit, each with the check's place in the kit as `row_key`; () when all is well."""
    return tuple(
        replace(problem, row_key=str(place))
        for place, rule in enumerate(kit.checks)
        for problem in _problems(kit, rule)
    )


def _problems(kit: Kit, rule: Rule) -> Iterator[Finding]:
    where = rule.id or rule.use
    kind = find_kind(rule.use)
    if kind is None:
        expected = nearest(rule.use, REGISTRY.names())
        yield MESSAGES.finding("KIT_USE_UNKNOWN", where=where, value=rule.use, expected=expected)
        return
    problems = list(rule_problems(kit, rule, kind, COMMON, where))
    yield from problems
    if not problems and rule.times is None:
        yield from unlike_units(kit, rule, kind.alike, where, stands_against)
    if rule.where and rule.of is None:
        yield MESSAGES.finding("KIT_ATTRIBUTE_MISSING", where=where, use=rule.use, value="of")
    if isinstance(rule.in_, list) and not _is_key(rule.in_, rule.of):
        yield MESSAGES.finding("KIT_KEY_UNLIKE", where=where, value="、".join(rule.in_))
    if slip := kind.slip(rule):
        yield MESSAGES.finding("KIT_OPTION_WRONG", where=where, value=slip)
    yield from _unknown_conditions(kit, rule, where)
    yield from _unknown_placeholders(kit, rule, where)


def _is_key(listed: list[str], of: object) -> bool:
    """Whether fields of one form stand against as many fields."""
    forms = {path.partition(".")[0] for path in listed}
    return len(forms) == 1 and isinstance(of, list) and len(of) == len(listed)


def _unknown_conditions(kit: Kit, rule: Rule, where: str) -> Iterator[Finding]:
    records = [
        f"{form.id}.{field.id}" for form in kit.forms if form.kind == "record" for field in form.fields
    ]
    for path, condition in rule.when.items():
        field = kit.field(path) if path in records else None
        if field is None:
            yield MESSAGES.finding(
                "KIT_NAME_UNKNOWN", where=where, value=path, expected=nearest(path, records)
            )
        else:
            yield from condition_problems(condition, field, where)


def _unknown_placeholders(kit: Kit, rule: Rule, where: str) -> Iterator[Finding]:
    """Yield the names in the rule's own words that none of the kind's messages have a value for."""
    offered = (
        ALWAYS
        | placeholders(rule.use)
        | ({field.id for form in kit.forms for field in form.fields} - RESERVED)
        | {"place", "value", "expected"}
    )
    for text in (rule.message, rule.remedy):
        for name in _placeholders(text):
            if name not in offered:
                yield MESSAGES.finding(
                    "KIT_PLACEHOLDER_UNKNOWN", where=where, value=name, expected=nearest(name, offered)
                )


def _placeholders(text: str) -> list[str]:
    """Return the names in braces; of a text with a stray brace the text itself."""
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return [text]
