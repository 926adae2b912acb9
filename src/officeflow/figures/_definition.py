"""What a figure means, in words (口径): put together from its rule and the sentence of its kind.

A kind's sentences stand in `<kind>.toml` beside its module, under `definition`: `form` (of rows),
`ledger` and `record` (of fields), `figures` (of other figures), or `any`; `options` are
added where an attribute is given (`plus`) or has a value (`order=desc`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from officeflow.figures._kind import REGISTRY, find_kind, rows_attribute
from officeflow.figures._operand import FormRows, resolve, resolve_of
from officeflow.figures._select import is_compared
from officeflow.model.kit import Condition, Form, Kit, Rule
from officeflow.model.values import Value
from officeflow.text.reading import shown_value

_NAMED = 3
"""Fields that are named one by one; of more the first and the last."""


def definition_of(rule: Rule, kit: Kit) -> str:
    """Return in words what a figure of a kit is: 捐款捐物表里类别是现金的各行，金额（元）相加.

    A kind without words of its own gets a generic sentence; nothing is left out without a word.
    """
    if rule.previous:
        return str(_words()["previous"].format(of=_operands(rule.of, kit)))
    sentences = _sentences(rule.use)
    found = resolve_of(kit, getattr(rule, _folds(rule)))
    rows = next((item for item in found if isinstance(item, FormRows)), None)
    shape = "figures" if rows is None else rows.form.kind if rows.fields else "form"
    told = _told(rule, rows, kit)
    generic = _words()["generic" if told["of"] else "generic_alone"]
    if not rule.in_ and "alone" in sentences:
        return str(sentences["alone"]).format(**told) + "".join(
            text.format(**told) for text in _options(rule, sentences.get("options", {}))
        )
    sentence: str = sentences.get("any") or sentences.get(shape) or generic
    options = (text.format(**told) for text in _options(rule, sentences.get("options", {})))
    return sentence.format(**told) + "".join(options) + _suffixes(rule, rows, kit)


def used_figures(rule: Rule, kit: Kit) -> tuple[Rule, ...]:
    """Return the figures of the kit that a figure is calculated from, in the order of its rule; last period's are none."""
    return tuple({used.id: used for used in _used(rule, kit)}.values())


def _used(rule: Rule, kit: Kit) -> Iterator[Rule]:
    operands = (rule.of, rule.to, rule.in_, rule.min, rule.max, rule.else_)
    for operand in () if rule.previous else operands:
        for item in operand if isinstance(operand, list) else (operand,):
            found = resolve(kit, item) if isinstance(item, Rule) or item else None
            if isinstance(found, Rule):
                yield from (found,) if found.id else _used(found, kit)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("definitions.toml").read_text(encoding="utf-8"))


@cache
def _sentences(use: str) -> Mapping[str, Any]:
    try:
        text = REGISTRY.source(use).with_suffix(".toml").read_text(encoding="utf-8")
    except (LookupError, FileNotFoundError):
        return {}
    found: Mapping[str, Any] = tomllib.loads(text).get("definition", {})
    return found


def _folds(rule: Rule) -> str:
    kind = find_kind(rule.use)
    return "of" if kind is None or kind.fold is None else rows_attribute(rule, kind)


def _told(rule: Rule, rows: FormRows | None, kit: Kit) -> dict[str, str]:
    """Return what the placeholders of a sentence stand for."""
    place = "" if rows is None else _place(rows.form, _where(rule))
    return {
        "use": rule.use,
        "sheet": "" if rows is None else _sheet(rows.form),
        "rows": _words()["rows"].format(place=place),
        "fields": "" if rows is None else _headers(rows),
        "of": _operands(rule.of, kit, _where(rule)),
        "to": _operands(rule.to, kit),
        "in": _operands(rule.in_, kit, _where(rule), is_sum=False),
        "plus": "" if rule.plus is None else f"{rule.plus}",
    }


def _options(rule: Rule, options: Mapping[str, str]) -> Iterator[str]:
    for name, text in options.items():
        attribute, is_value, value = name.partition("=")
        if getattr(rule, attribute) == value if is_value else attribute in rule.given:
            yield text


def _suffixes(rule: Rule, rows: FormRows | None, kit: Kit) -> str:
    words, field = _words(), rows.form.by_id.get(rule.by) if rows else None
    by = words["by_row"] if rule.by == "row" else words["by"].format(header=field.header) if field else ""
    other = "" if rule.else_ is None else words["otherwise"].format(**{"else": _operands(rule.else_, kit)})
    return f"{by}{other}"


def _operands(operand: Any, kit: Kit, where: Mapping[str, Any] | None = None, *, is_sum: bool = True) -> str:
    items = [] if operand in (None, "") else operand if isinstance(operand, list) else [operand]
    said: list[str] = [_operand(item, kit, where or {}, is_sum=is_sum) for item in resolve_of(kit, items)]
    return str(_words()["and"]).join(said)


def _operand(found: Any, kit: Kit, where: Mapping[str, Any], *, is_sum: bool) -> str:
    words = _words()
    if isinstance(found, Rule):
        return (
            str(words["figure"].format(name=found.name or found.id))
            if found.id
            else definition_of(found, kit)
        )
    if not isinstance(found, FormRows):
        return shown_value(found)
    place = _place(found.form, where)
    if not found.fields:
        return str(words["form"].format(place=place))
    is_column = found.form.kind == "ledger" and found.fields[0].is_number
    return str(
        words["numbers" if is_sum and is_column else "fields"].format(place=place, fields=_headers(found))
    )


def _headers(rows: FormRows) -> str:
    words, headers = _words(), [field.header for field in rows.fields]
    if len(headers) > _NAMED:
        return str(words["many"].format(first=headers[0], last=headers[-1], count=len(headers)))
    return str(words["and"]).join(headers)


def _sheet(form: Form) -> str:
    words = _words()
    return (
        form.sheet
        if form.sheet.endswith(tuple(words["sheet_ends"]))
        else words["sheet"].format(name=form.sheet)
    )


def _place(form: Form, where: Mapping[str, Any]) -> str:
    words = _words()
    fields = ((_name(name, form), _named_limits(held, form)) for name, held in where.items())
    conditions = words["and"].join(_condition(header, said) for header, said in fields)
    return words["place"].format(sheet=_sheet(form), conditions=conditions) if conditions else _sheet(form)


@dataclass(frozen=True)
class _Window:
    """The condition that a date lies in a stretch of time."""

    name: str


def _where(rule: Rule) -> Mapping[str, Any]:
    """Return the conditions of a rule, its window among them."""
    return rule.where if not rule.on else {**rule.where, rule.on: _Window(rule.window or "period")}


def _name(name: str, form: Form) -> str:
    if name in form.by_id:
        return form.by_id[name].header
    return str(_words()["value"]) if name == "value" else name


def _named_limits(condition: Any, form: Form) -> Any:
    """Return a condition with the headers of the fields that it names as limits."""
    if not is_compared(condition):
        return condition
    return {
        key: form.by_id[held].header if isinstance(held, str) and held in form.by_id else held
        for key, held in condition.items()
    }


def _condition(header: str, condition: Condition | _Window) -> str:
    words = _words()
    if isinstance(condition, _Window):
        return str(words["window"][condition.name].format(header=header))
    if isinstance(condition, dict) and "filled" in condition:
        return str(words["filled" if condition["filled"] else "blank"].format(header=header))
    if isinstance(condition, dict) and "not" not in condition:
        limits = (
            words[name].format(header=header, value=_shown(held))  # type: ignore[arg-type]  # one number, day or name
            for name, held in condition.items()
        )
        return str(words["and"].join(limits))
    is_not = isinstance(condition, dict)
    wanted: Any = condition["not"] if isinstance(condition, dict) else condition
    text = words["or"].join(map(_shown, wanted if isinstance(wanted, list) else [wanted]))
    return str(words["is_not" if is_not else "is"].format(header=header, value=text))


def _shown(value: Value) -> str:
    shown = shown_value(value)
    return str(_words()["yes_no"].format(value=shown)) if isinstance(value, bool) else shown
