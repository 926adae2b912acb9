"""Check a kit's definition before anybody fills it: names, operands, templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from officeflow.checks import kit_problems as check_problems
from officeflow.figures import kit_problems as figure_problems
from officeflow.flow._kits import find
from officeflow.flow._settings import kit_folders
from officeflow.flow.answers import Result, exit_for
from officeflow.kits import KitSource, kit_sources, read_source, template_problems
from officeflow.model.findings import Finding, Outcome


def run(*, kits: Sequence[str] = ()) -> Result:
    """Return the findings on the named kits (ids, titles or folders; all installed ones when none is named)."""
    chosen = sources(kits)
    findings = (*chosen.findings, *(finding for source in chosen.value for finding in problems(source)))
    return Result(None, findings, exit_for(findings))


def sources(names: Sequence[str]) -> Outcome[tuple[KitSource, ...]]:
    """Return the kits named by id, title or folder; a folder that holds no readable kit is a finding."""
    if not names:
        return Outcome(tuple(kit_sources(kit_folders())))
    found = [read_source(Path(name)) if Path(name).is_dir() else find(name) for name in names]
    findings = tuple(finding for outcome in found for finding in outcome.findings)
    return Outcome(tuple(outcome.value for outcome in found if outcome.value is not None), findings)


def problems(source: KitSource) -> Iterator[Finding]:
    """Yield what is wrong with a kit that could be read."""
    yield from figure_problems(source.kit)
    yield from check_problems(source.kit)
    yield from template_problems(source)
