"""List the kits that are installed, by the names people know them by."""

from __future__ import annotations

from officeflow.flow.answers import KitAnswer, KitReportAnswer, KitsAnswer, Result, exit_for
from officeflow.intake.desk import Desk
from officeflow.intake.kits import refusal


def run(desk: Desk) -> Result:
    """Return every kit with its version and reports, and why others that are installed cannot be used."""
    refused = refusal(desk)
    return Result(
        KitsAnswer(
            kits=tuple(
                KitAnswer(
                    id=kit.id,
                    title=kit.title,
                    version=kit.version,
                    reports=tuple(
                        KitReportAnswer(id=r.id, title=r.title, genre=r.genre) for r in kit.reports
                    ),
                )
                for kit in desk.kits()
            )
        ),
        refused,
        exit_for(refused),
    )
