"""What a rule measures, told from the kit alone: kind of value and unit.  For `kit check` only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from officeflow.figures._kind import FigureKind, find_kind
from officeflow.figures._operand import FormRows, resolve_of
from officeflow.model.kit import Field, Kit, Rule
from officeflow.model.values import FigureValue, Period
from officeflow.text.units import Unit, factor, is_counted, unit_beside, unit_named

_DAY = date(2014, 3, 26)
EXAMPLES: dict[str, FigureValue] = {
    "number": Decimal(12),
    "date": _DAY,
    "period": Period(_DAY, _DAY),
    "text": "甲",
    "list": ("甲", "乙"),
}
"""A value of each kind, to try a format on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What an operand is: `kind` of value ('' when that cannot be told) and `unit` ('' when none is said).

    `name` is how the kit's author calls it.
    """

    name: str
    kind: str = ""
    unit: str = ""
    is_money: bool = False

    def unit_beside(self, other: Unit | None = None) -> Unit | None:
        """Return its unit, None when it says none; 分 is a score but where money is counted."""
        if not self.unit:
            return None
        return unit_beside(self.unit, unit_named("元") if self.is_money else other)


def measures(kit: Kit, operands: Any, *, within: frozenset[str] = frozenset()) -> Iterator[Measure]:
    """Yield what each operand of an attribute measures: fields one by one.

    A figure that needs itself measures nothing: `within` are the figures being looked at.
    """
    items = operands if isinstance(operands, list) else [operands]
    for item in resolve_of(kit, items):
        match item:
            case FormRows(fields=()):
                yield Measure(name=item.form.sheet, kind="rows")
            case FormRows():
                yield from (_field(field) for field in item.fields)
            case Rule():
                yield rule_measure(kit, item, within=within)
            case date():
                yield Measure(name=str(item), kind="date")
            case Decimal() | int():
                yield Measure(name=str(item), kind="" if isinstance(item, bool) else "number")


def rule_measure(kit: Kit, rule: Rule, *, within: frozenset[str] = frozenset()) -> Measure:
    """Return what a figure measures."""
    kind = find_kind(rule.use)
    name = rule.id or rule.name or rule.use
    if kind is None or rule.id in within:
        return Measure(name=name, unit=rule.unit)
    over = _over(kit, rule, kind, within | {rule.id} if rule.id else within)
    return Measure(
        name=name,
        kind=_result(kind, over),
        unit=rule.unit or (_unit_of(over) if kind.unit is None else kind.unit),
        is_money=any(measure.is_money for measure in over) and kind.unit is None,
    )


def unit_given(kit: Kit, rule: Rule, kind: FigureKind) -> tuple[Measure, Measure] | None:
    """Return what a figure measures as its cells say and as the rule's `unit` says; None where only one speaks."""
    over = _over(kit, rule, kind)
    kinds = {measure.kind for measure in over}
    if not rule.unit or kind.unit is not None or kinds != {"number"} or not _unit_of(over):
        return None
    measure = next(measure for measure in over if measure.unit)
    return measure, replace(measure, unit=rule.unit)


def adds_up(left: Measure, right: Measure) -> bool:
    """Whether two measures can be added as they are; true where one says no unit.  次 and 个 cannot."""
    one, other = _units(left, right)
    return one is None or other is None or (one.dimension == other.dimension and factor(one, other) == 1)


def compares(left: Measure, right: Measure) -> bool:
    """Whether one measure can be divided by the other or taken from it; 个 stands for every counted unit."""
    one, other = _units(left, right)
    return one is None or other is None or factor(one, other) == 1


def stands_against(left: Measure, right: Measure) -> bool:
    """Whether a check may hold one number against the other: two counts always (期 against 家), amounts of one unit."""
    one, other = _units(left, right)
    return compares(left, right) or bool(one and other and is_counted(one) and is_counted(other))


def _units(left: Measure, right: Measure) -> tuple[Unit | None, Unit | None]:
    """Return both units, None where none is said; 分 is a score but where money is counted."""
    one, other = left.unit_beside(), right.unit_beside()
    return left.unit_beside(other), right.unit_beside(one)


def _over(kit: Kit, rule: Rule, kind: FigureKind, within: frozenset[str] = frozenset()) -> list[Measure]:
    return list(measures(kit, getattr(rule, kind.folds if kind.fold else "of"), within=within))


def _field(field: Field) -> Measure:
    if field.is_number:
        unit = field.unit or {"money": "元", "percent": "%"}.get(field.type, "")
        return Measure(name=field.header, kind="number", unit=unit, is_money=field.type == "money")
    return Measure(name=field.header, kind="date" if field.type == "date" else "text")


def _result(kind: FigureKind, over: Sequence[Measure]) -> str:
    kinds = {"number" if measure.kind == "rows" else measure.kind for measure in over}
    common = kinds.pop() if len(kinds) == 1 else ""
    return kind.gives.get(common, kind.gives.get("", common))


def _unit_of(over: Sequence[Measure]) -> str:
    return next((measure.unit for measure in over if measure.unit), "")
