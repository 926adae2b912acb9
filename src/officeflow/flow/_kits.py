"""Find a kit by what a person types: its id, its title, or nearly so."""

from __future__ import annotations

from officeflow.flow._reading import MESSAGES
from officeflow.flow._settings import kit_folders
from officeflow.kits import KitSource, kit_sources
from officeflow.model.findings import Outcome
from officeflow.text.nearest import nearest


def find(name: str) -> Outcome[KitSource | None]:
    """Return the kit of that id or title; None with one finding that names the nearest."""
    known = {
        word: source for source in kit_sources(kit_folders()) for word in (source.kit.id, source.kit.title)
    }
    if name in known:
        return Outcome(known[name])
    suggestion = nearest(name, known) or next(iter(known))
    return Outcome(None, (MESSAGES.finding("KIT_NAME_UNKNOWN", value=name, nearest=suggestion),))
