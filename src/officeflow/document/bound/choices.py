"""Which figures a person means by a name: to stand by what is written, or to take what the data say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from officeflow.document.bound.agreement import Agreement, JudgedFigure
from officeflow.document.bound.agreement_findings import MESSAGES, AgreementReport, words
from officeflow.document.bound.refreshing import Choices
from officeflow.model.findings import Finding
from officeflow.text.nearest import nearest

_CHANGED = (Agreement.OVERTYPED, Agreement.REWORDED, Agreement.REMOVED)


@dataclass(frozen=True, kw_only=True)
class ChoiceRequest:
    """What a person asked for: names, why, who and on which day (ISO), '' when not told."""

    adopt: Sequence[str] = ()
    restore: Sequence[str] = ()
    reason: str = ""
    by: str = ""
    on: str = ""


def choose(told: AgreementReport, asked: ChoiceRequest) -> tuple[Choices, tuple[Finding, ...]]:
    """Return the figures that are meant, and a finding for each name that means none, several, or what cannot be done."""
    findings: list[Finding] = []
    if asked.adopt and not asked.reason.strip():
        findings.append(MESSAGES.finding("REASON_MISSING"))
    findings += [
        MESSAGES.finding("CHOICE_TWICE", value=name) for name in asked.adopt if name in asked.restore
    ]
    adopted = [one for name in asked.adopt for one in _meant(told, name, _CHANGED, findings)]
    back = (*_CHANGED, Agreement.ADOPTED)
    restored = [one for name in asked.restore for one in _meant(told, name, back, findings)]
    findings += [found for one in restored if (found := _in_the_way(told, one))]
    choices = Choices(
        adopted=frozenset(one.stretch.name for one in adopted),
        restored=frozenset(one.stretch.name for one in restored),
        reason=asked.reason.strip(),
        by=asked.by,
        on=asked.on,
    )
    return choices, tuple(findings)


def _meant(
    told: AgreementReport, name: str, states: Iterable[Agreement], findings: list[Finding]
) -> tuple[JudgedFigure, ...]:
    named = [one for one in told.judged if name in told.names_of(one)]
    changed = [one for one in named if one.agreement in states]
    if changed and len({one.stretch.text for one in changed}) == 1:
        return tuple(changed)  # one number, written in several places alike
    if changed:
        choices = words()["joiner"].join(_choice(told, one) for one in changed)
        count = len(changed)
        findings.append(MESSAGES.finding("CHOICE_AMBIGUOUS", value=name, count=count, choices=choices))
    elif named:
        findings.append(MESSAGES.finding("CHOICE_NEEDLESS", value=name))
    else:
        near = nearest(name, {own for one in told.judged for own in told.names_of(one)[:2]})
        said = words()["nearest"].format(name=near) if near else ""
        findings.append(MESSAGES.finding("CHOICE_UNKNOWN", value=name, nearest=said))
    return ()


def _choice(told: AgreementReport, one: JudgedFigure) -> str:
    form = words()["gone" if one.stretch.text is None else "choice"]
    return form.format(key=told.key(one), paragraph=told.number(one), value=one.stretch.text)


def _in_the_way(told: AgreementReport, one: JudgedFigure) -> Finding | None:
    stretch = one.stretch
    if one.now is None or stretch.text is None:
        return told.finding(one, "RESTORE_IMPOSSIBLE")
    if stretch.start.paragraph != stretch.end.paragraph:
        return told.finding(one, "RESTORE_SPLIT")
    known = {own.name for own in stretch.inside}
    if not known and any(other.stretch.is_within(stretch) and other.stretch.text for other in told.judged):
        return told.finding(one, "RESTORE_WIDE")
    return None
