"""Find kits by what a person types: an id, a title, a folder, or nearly so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from officeflow.flow._messages import MESSAGES
from officeflow.flow._refused import refusal
from officeflow.flow._settings import kit_folders
from officeflow.kits import KitSource, catalogue, kit_source, read_kit
from officeflow.model.findings import Outcome
from officeflow.text.nearest import nearest


def find(name: str) -> Outcome[KitSource | None]:
    """Return the installed kit of that id or title; None with why it cannot be used, or the nearest name."""
    known = {word: kit.id for kit in catalogue(kit_folders()) for word in (kit.id, kit.title)}
    if name in known:
        return Outcome(kit_source(known[name], kit_folders()))
    if refused := refusal(name):
        return Outcome(None, refused)
    suggestion = nearest(name, known) or next(iter(known))
    return Outcome(None, (MESSAGES.finding("KIT_NAME_UNKNOWN", value=name, nearest=suggestion),))


def find_all(names: Sequence[str]) -> Outcome[tuple[KitSource, ...]]:
    """Return the kits named by id, title or folder (every installed one for no name), findings for the others."""
    refused = () if names else refusal()
    if not names:
        names = [kit.id for kit in catalogue(kit_folders())]
    found = [_in_folder(Path(name)) if Path(name, "kit.toml").is_file() else find(name) for name in names]
    findings = (*refused, *(finding for outcome in found for finding in outcome.findings))
    return Outcome(tuple(outcome.value for outcome in found if outcome.value is not None), findings)


def _in_folder(folder: Path) -> Outcome[KitSource | None]:
    read = read_kit(folder)
    return Outcome(None if read.value is None else KitSource(kit=read.value, folder=folder), read.findings)
