"""Find kits by what a person types: an id, a title, a folder, or nearly so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from officeflow.intake.desk import Desk
from officeflow.intake.source import MESSAGES
from officeflow.kits.load import read_kit
from officeflow.kits.source import KitSource
from officeflow.model.findings import Finding, Outcome
from officeflow.text.nearest import nearest


def find(desk: Desk, name: str) -> Outcome[KitSource | None]:
    """Return the installed kit of that id or title; None with why it cannot be used, or the nearest name."""
    known = {word: kit.id for kit in desk.kits() for word in (kit.id, kit.title)}
    if name in known:
        return Outcome(desk.kit_source(known[name]))
    if refused := refusal(desk, name):
        return Outcome(None, refused)
    suggestion = nearest(name, known) or next(iter(known))
    return Outcome(None, (MESSAGES.finding("KIT_NAME_UNKNOWN", value=name, nearest=suggestion),))


def find_all(desk: Desk, names: Sequence[str]) -> Outcome[tuple[KitSource, ...]]:
    """Return the kits named by id, title or folder (every installed one for no name), findings for the others."""
    refused = () if names else refusal(desk)
    if not names:
        names = [kit.id for kit in desk.kits()]
    found = [
        _in_folder(desk, Path(name)) if Path(name, "kit.toml").is_file() else find(desk, name)
        for name in names
    ]
    findings = (*refused, *(finding for outcome in found for finding in outcome.findings))
    return Outcome(tuple(outcome.value for outcome in found if outcome.value is not None), findings)


def _in_folder(desk: Desk, folder: Path) -> Outcome[KitSource | None]:
    read = read_kit(folder, cache=desk.cache)
    return Outcome(None if read.value is None else KitSource(kit=read.value, folder=folder), read.findings)


def refusal(desk: Desk, kit_id: str = "") -> tuple[Finding, ...]:
    """Return why the installed kit of that id (any kit for '') cannot be used, () if it can or is not installed."""
    faults = desk.unusable_kits(kit_id)
    return (MESSAGES.finding("KIT_REFUSED", file=faults[0].file), *faults) if faults else ()


def unreadable(source: KitSource) -> Finding:
    """Return the finding for a kit whose own sample cannot be read back."""
    return MESSAGES.finding("KIT_REFUSED", file=str(source.folder))
