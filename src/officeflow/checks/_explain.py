"""情况说明: the unit's answers settle findings that may be settled; of the others it is said why they do not."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from officeflow.checks._sites import cell_site
from officeflow.figures import entry_count
from officeflow.model.findings import Finding, Severity
from officeflow.model.submission import Submission, Table
from officeflow.text.messages import Catalogue, Place
from officeflow.text.reading import shown_value

MESSAGES = Catalogue.beside(__file__, "_explain.toml")
SHORTEST = {Severity.EXPLAIN: 1, Severity.VERIFY: 6}
"""Characters an answer needs.  A `mandatory` finding takes none: its cell must be mended."""


@cache
def _short_names() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("_short_names.toml").read_text(encoding="utf-8"))


def number_of(finding: Finding) -> str:
    """Return what identifies a finding in 情况说明: the kit's rule, else a short name, else the code.

    >>> number_of(Finding(code="NOT_EXACT", severity=Severity.VERIFY, message=""))
    '数不准确'
    """
    return finding.rule or _short_names().get(finding.code, finding.code)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One filled row of 情况说明; without `row_key` it speaks of the one finding of its rule."""

    table: Table
    entry: int
    rule: str
    row_key: str
    typed: str
    text: str

    def is_about(self, finding: Finding, *, is_only: bool) -> bool:
        names = (finding.rule, finding.code, number_of(finding))
        named = self.rule.casefold() in map(str.casefold, names)
        return named and (self.row_key == finding.row_key or (is_only and not self.row_key))

    def is_for(self, finding: Finding) -> bool:
        """Whether it was given for this very value: for another one it is asked again."""
        return self.typed in ("", finding.value)

    def is_enough(self, finding: Finding) -> bool:
        return finding.severity in SHORTEST and len(self.text) >= SHORTEST[finding.severity]

    def at(self, field_id: str) -> Place:
        return cell_site(self.table, self.table.form.by_id[field_id], self.entry).place


def explained(findings: Iterable[Finding], submission: Submission) -> tuple[Finding, ...]:
    """Return the findings with the unit's answers: same rule, short name or code, same row key, same value if one is given.

    An answer that settles nothing although it speaks of a finding gets a hint.
    """
    answers = list(_answers(submission))
    findings = tuple(findings)
    if not answers:
        return findings
    counts = Counter(map(number_of, findings))
    said: list[Finding] = []
    told: list[Finding] = []
    for finding in findings:
        is_only = counts[number_of(finding)] == 1
        about = [answer for answer in answers if answer.is_about(finding, is_only=is_only)]
        good = (answer.text for answer in about if answer.is_for(finding) and answer.is_enough(finding))
        text = next(good, "")
        said.append(replace(finding, explanation=text) if text else finding)
        if about and not text and finding.severity is not Severity.HINT:
            told.append(_why_not(about[-1], finding))
    return (*said, *told)


def _why_not(answer: _Answer, finding: Finding) -> Finding:
    if finding.severity not in SHORTEST:
        return MESSAGES.finding("ANSWER_IN_VAIN", place=answer.at("answer"), value=number_of(finding))
    if not answer.is_for(finding):
        return MESSAGES.finding(
            "ANSWER_OLD", place=answer.at("typed"), value=finding.value, expected=answer.typed
        )
    return MESSAGES.finding(
        "ANSWER_SHORT",
        place=answer.at("answer"),
        value=len(answer.text),
        expected=SHORTEST[finding.severity],
    )


def _answers(submission: Submission) -> Iterator[_Answer]:
    for form in submission.kit.forms:
        if form.kind == "explanations":
            table = submission.tables[form.id]
            for entry in range(entry_count(table)):
                rule, *said = [
                    shown_value(table.value(name, entry))
                    for name in ("rule_id", "row_key", "typed", "answer")
                ]
                if rule and said[-1]:
                    yield _Answer(table, entry, rule, *said)
