"""Why a kit of the office's own cannot be used: said where it is asked for, never passed over."""

from __future__ import annotations

from officeflow.flow._messages import MESSAGES
from officeflow.intake.desk import Desk
from officeflow.model.findings import Finding


def refusal(desk: Desk, kit_id: str = "") -> tuple[Finding, ...]:
    """Return why the installed kit of that id (every kit for none) cannot be used, () when it can or is not there."""
    faults = desk.unusable_kits(kit_id)
    return (MESSAGES.finding("KIT_REFUSED", file=faults[0].file), *faults) if faults else ()
