"""Placeholder."""
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit
def kit_problems(kit: Kit) -> tuple[Finding, ...]:
    """x."""
    return ()
