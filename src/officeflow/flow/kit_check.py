"""Check a kit's definition before anybody fills it: names, operands, files, templates."""

from __future__ import annotations

from collections.abc import Sequence

from officeflow.flow.answers import Result, exit_for
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find_all
from officeflow.kits import kit_problems


def run(desk: Desk, *, kits: Sequence[str] = ()) -> Result:
    """Return the findings on the named kits (ids, titles or folders; all installed ones when none is named)."""
    chosen = find_all(desk, kits)
    findings = (
        *chosen.findings,
        *(problem for source in chosen.value for problem in kit_problems(source.folder)),
    )
    return Result(None, findings, exit_for(findings))
