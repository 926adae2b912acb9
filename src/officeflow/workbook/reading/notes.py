"""What the reader wants to say while it reads one form: findings at cells, repairs in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from officeflow.model.cells import CellRef
from officeflow.model.findings import Finding, Repair
from officeflow.text.messages import Catalogue, Place

MESSAGES = Catalogue.beside(__file__)


@dataclass(frozen=True, slots=True)
class Notes:
    """Findings and repairs of one workbook, collected in reading order."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def say(self, code: str, place: Place, *, row_key: str = "", value: str = "", **values: Any) -> None:
        """Add one of the reader's own findings."""
        self.findings.append(
            MESSAGES.finding(code, place=place, file=self.file, row_key=row_key, value=value, **values)
        )

    def repair(self, at: CellRef, *, typed: str, read_as: str, rule: str) -> None:
        """List a value that was read otherwise than it stands."""
        self.repairs.append(Repair(sheet=at.sheet, cell=at.a1, typed=typed, read_as=read_as, rule=rule))
