"""A chain of steps in one row: `use = "steps"`, `of` = two or more date fields of a ledger in their order, `to` = the field that says how far it is, `where`, `options`.

No date is earlier than one before it, none is left out before a later one, and the state agrees with
the last date filled: `options = { states = { 受理 = "raised_on", 办结 = "done_on" } }` says which date
(a field id) belongs to which state.  Without it the choices of `to` are the steps, one for one.
States that are not named there are silent; so are rows whose dates cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from officeflow.checks._compare import Verdict, at_most
from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import FieldCells, Scope
from officeflow.figures import has_value
from officeflow.model.findings import Finding
from officeflow.model.kit import Rule
from officeflow.model.values import Gap, canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """The steps of a ledger in their order, the field that says how far a row is, and the step of each state."""

    steps: tuple[FieldCells, ...]
    state: FieldCells | None
    step_of: Mapping[str, int]

    def state_at(self, step: int) -> str:
        """Return the state that belongs to a step, '' for none."""
        return next((state for state, at in self.step_of.items() if at == step), "")


def check(scope: Scope) -> Iterator[Finding]:
    """Yield findings at dates out of order, at dates left out, and at states that do not agree."""
    steps = tuple(column for path in scope.names() for column in scope.column(path))
    if len(steps) != len(scope.names()) or not steps:
        return
    state = next(scope.column(scope.rule.to), None) if isinstance(scope.rule.to, str) else None
    chain = _Chain(steps=steps, state=state, step_of=_step_of(scope.rule, steps, state))
    for entry in steps[0].entries:
        values = [column.table.value(column.field.id, entry) for column in steps]
        if Gap.UNREADABLE not in values:
            filled = [at for at, value in enumerate(values) if has_value(value)]
            yield from _order(scope, chain, entry, filled)
            yield from _gaps(scope, chain, entry, filled)
            yield from _state(scope, chain, entry, filled[-1] if filled else -1)


def _step_of(rule: Rule, steps: tuple[FieldCells, ...], state: FieldCells | None) -> Mapping[str, int]:
    places = {column.field.id: at for at, column in enumerate(steps)}
    states = rule.options.get("states")
    if isinstance(states, dict):
        return {name: places[field_id] for name, field_id in states.items() if field_id in places}
    return {} if state is None else dict(zip(state.field.choices, range(len(steps)), strict=False))


def _order(scope: Scope, chain: _Chain, entry: int, filled: list[int]) -> Iterator[Finding]:
    for before, after in pairwise(filled):
        first, second = chain.steps[before], chain.steps[after]
        left, right = (each.table.value(each.field.id, entry) for each in (first, second))
        if (verdict := at_most(left, right)) is not Verdict.HOLDS:
            yield scope.finding(
                "STEP_ORDER",
                second.site(entry),
                value=right,
                expected=left,
                verdict=verdict,
                expected_name=first.field.header,
            )


def _gaps(scope: Scope, chain: _Chain, entry: int, filled: list[int]) -> Iterator[Finding]:
    for at in range(filled[-1] if filled else 0):
        if at not in filled:
            following = next(step for step in filled if step > at)
            expected = chain.steps[following].field.header
            yield scope.finding("STEP_GAP", chain.steps[at].site(entry), expected_name=expected)


def _state(scope: Scope, chain: _Chain, entry: int, last: int) -> Iterator[Finding]:
    if chain.state is None:
        return
    state = canonical(chain.state.table.value(chain.state.field.id, entry))
    at = chain.step_of.get(state)
    if at is None or at == last:
        return
    if at > last:
        header = chain.steps[at].field.header
        yield scope.finding("STEP_AHEAD", chain.state.site(entry), value=state, expected_name=header)
    elif expected := chain.state_at(last):
        header = chain.steps[last].field.header
        yield scope.finding(
            "STEP_BEHIND", chain.state.site(entry), value=state, expected=expected, expected_name=header
        )


def _slip(rule: Rule) -> str:
    """Return what in `options` cannot be used: another option, or a date that is none of the steps."""
    other = next((name for name in rule.options if name != "states"), "")
    states = rule.options.get("states", {})
    if other or not isinstance(states, dict):
        return other or "states"
    paths = rule.of if isinstance(rule.of, list) else [rule.of]
    steps = [path.partition(".")[2] for path in paths if isinstance(path, str)]
    return next((str(field_id) for field_id in states.values() if field_id not in steps), "")


KIND = CheckKind(
    check=check, takes=frozenset({"to", "where", "options"}), needs=frozenset({"of"}), slip=_slip
)
