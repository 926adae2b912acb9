"""Runs the checks of a kit over a submission."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.checks._explain import explained
from officeflow.checks._kind import find_kind
from officeflow.checks._scope import Scope
from officeflow.checks._sites import row_site
from officeflow.figures import Tally, are_alike, counts_workdays, meets
from officeflow.model.figures import State
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit, Rule
from officeflow.model.submission import Submission
from officeflow.model.values import Gap
from officeflow.text.messages import Catalogue, shown

MESSAGES = Catalogue.beside(__file__, "_engine.toml")
IMPLIED = (
    "classified",
    "required",
    "required_if",
    "range",
    "one_of",
    "unique",
    "refers_to",
    "zero_report",
    "total_row",
)
"""Kinds that look at every field whose attributes ask for it, with or without a rule of the kit."""
_BARE = {name: Rule(use=name) for name in IMPLIED}
_SAME_QUESTION = frozenset({"required", "unique", "refers_to"})
"""Kinds whose rule about a field says all there is to say: the implied check is not run beside it."""


def run_checks(submission: Submission, tally: Tally) -> tuple[Finding, ...]:
    """Return what does not hold, in the kit's order, answers of 情况说明 applied.

    Kinds of field attributes that the kit has no rule for come first.
    """
    kit = submission.kit
    found: list[Finding] = []
    for rule in _rules(kit):
        kind = find_kind(rule.use)
        if kind is not None and _applies(rule, submission):
            covered = (
                _covered(kit, rule.use) if rule.of is None and rule.use in _SAME_QUESTION else frozenset()
            )
            found.extend(kind.check(Scope(rule, tally, covered=covered)))
    return explained(
        (*found, *_not_run(kit), *_unlike_periods(submission), *_unknown_workdays(tally)), submission
    )


def _unknown_workdays(tally: Tally) -> Iterator[Finding]:
    """Yield a finding per figure of working days at the first row whose dates are outside the years known."""
    for rule in filter(counts_workdays, tally.submission.kit.figures):
        for group, figure in tally.members(rule.id):
            row = group.row
            if figure.state is State.UNKNOWN and row is not None and Gap.UNREADABLE not in row.values:
                site = row_site(row, tally.submission)
                yield MESSAGES.finding(
                    "WORKDAYS_UNKNOWN", place=site.place, value=rule.name or rule.id, row_key=site.key
                )
                break


def _unlike_periods(submission: Submission) -> Iterator[Finding]:
    """Yield one hint where last period's figures are of a period that this one cannot be compared with."""
    period, before = submission.period, submission.previous_period
    rules = (*submission.kit.figures, *submission.kit.checks)
    if period is None or before is None or are_alike(period, before) or not any(map(_looks_back, rules)):
        return
    yield MESSAGES.finding("PREVIOUS_UNLIKE", value=shown(before), expected=shown(period))


def _looks_back(rule: Rule) -> bool:
    items = [*(rule.of if isinstance(rule.of, list) else [rule.of]), rule.to, rule.else_, rule.min, rule.max]
    return rule.previous or any(isinstance(item, Rule) and _looks_back(item) for item in items)


def _not_run(kit: Kit) -> Iterator[Finding]:
    """Yield a finding per kind that is not there: its extension was taken out, or never put in on this machine."""
    unknown = dict.fromkeys(rule.use for rule in kit.checks if find_kind(rule.use) is None)
    for use in unknown:
        rules = "、".join(dict.fromkeys(rule.id for rule in kit.checks if rule.use == use and rule.id))
        yield MESSAGES.finding("CHECK_NOT_RUN", value=use, rules=rules, row_key=use)


def _rules(kit: Kit) -> list[Rule]:
    named = {rule.use for rule in kit.checks if rule.of is None}
    return [*(_BARE[name] for name in IMPLIED if name not in named), *kit.checks]


def _covered(kit: Kit, use: str) -> frozenset[str]:
    """Return the fields that a rule of this kind names one by one, without condition."""
    paths: set[str] = set()
    for rule in kit.checks:
        if rule.use == use and not rule.where and not rule.when:
            of = rule.of if isinstance(rule.of, list) else [rule.of]
            if len(of) == 1 or use != "unique":
                paths |= {item for item in of if isinstance(item, str)}
    return frozenset(paths)


def _applies(rule: Rule, submission: Submission) -> bool:
    return all(meets(condition)(submission.record(path)) for path, condition in rule.when.items())
