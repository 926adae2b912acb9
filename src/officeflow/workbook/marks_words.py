"""The words that marks print (marks.toml) and the headings of the page they go to (build.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from officeflow.model.findings import Finding, Severity

_PLACE = re.compile(r"^【[^】]*】")


@cache
def words() -> dict[str, Any]:
    """Return marks.toml."""
    return tomllib.loads(Path(__file__).with_name("marks.toml").read_text(encoding="utf-8"))


@cache
def page_words() -> dict[str, Any]:
    """Return what the blank page of results says: its sheet, title, note and heads."""
    # Read without the typed labels of the builder: a check that marks does not pay for pydantic.
    table = tomllib.loads(Path(__file__).with_name("build.toml").read_text(encoding="utf-8"))
    return dict(table["results"])


def note_of(finding: Finding) -> str:
    """Return the words of a note: what is wrong, what to do, the rule's number last; the cell says where."""
    said = words()["note"]
    severity = words()["severity"][finding.severity.value]
    message = said["finding"].format(severity=severity, message=_PLACE.sub("", finding.message))
    number = said["rule"].format(rule=finding.rule) if finding.rule else ""
    return "\n".join(part for part in (message, finding.remedy, number) if part)


def summary(findings: list[Finding]) -> str:
    """Return the one sentence above the results: how many of each."""
    said, names = words()["summary"], words()["severity"]
    counts = {severity: sum(found.severity is severity for found in findings) for severity in Severity}
    parts = [
        said["part"].format(severity=names[one.value], count=count) for one, count in counts.items() if count
    ]
    if not parts:
        return str(said["none"])
    return str(said["some"].format(total=sum(counts.values()), parts=said["joiner"].join(parts)))
