"""情况说明: the unit's answers settle findings that may be settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from officeflow.figures import entry_count
from officeflow.model.findings import Finding, Severity
from officeflow.model.submission import Submission
from officeflow.text.reading import shown_value

SHORTEST = {Severity.EXPLAIN: 1, Severity.VERIFY: 6}
"""Characters an answer needs.  A `mandatory` finding takes none: its cell must be mended."""


@dataclass(frozen=True, slots=True)
class _Answer:
    rule: str
    row_key: str
    typed: str
    text: str

    def settles(self, finding: Finding) -> bool:
        shortest = SHORTEST.get(finding.severity)
        return (
            shortest is not None
            and len(self.text) >= shortest
            and self.rule in (finding.rule, finding.code)
            and self.row_key == finding.row_key
            # An answer given for another value is shown again (clerks_desk 2.10).
            and self.typed in ("", finding.value)
        )


def explained(findings: Iterable[Finding], submission: Submission) -> tuple[Finding, ...]:
    """Return the findings with the unit's answers: same rule or code, same row key, same value if one is given."""
    answers = list(_answers(submission))
    if not answers:
        return tuple(findings)
    return tuple(_answered(finding, answers) for finding in findings)


def _answered(finding: Finding, answers: list[_Answer]) -> Finding:
    text = next((answer.text for answer in answers if answer.settles(finding)), "")
    return replace(finding, explanation=text) if text else finding


def _answers(submission: Submission) -> Iterable[_Answer]:
    for form in submission.kit.forms:
        if form.kind == "explanations":
            columns = submission.tables[form.id].columns
            for entry in range(entry_count(submission.tables[form.id])):
                said = [
                    shown_value(columns[name][entry]) for name in ("rule_id", "row_key", "typed", "answer")
                ]
                if said[0] and said[3]:
                    yield _Answer(*said)
