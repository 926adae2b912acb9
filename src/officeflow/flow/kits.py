"""List the kits that are installed, by the names people know them by."""

from __future__ import annotations

from officeflow.flow._refused import refusal
from officeflow.flow._settings import kit_folders
from officeflow.flow.answers import KitAnswer, KitReportAnswer, KitsAnswer, Result, exit_for
from officeflow.kits import catalogue


def run() -> Result:
    """Return every kit with its version and reports, and why others that are installed cannot be used."""
    refused = refusal()
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
                for kit in catalogue(kit_folders())
            )
        ),
        refused,
        exit_for(refused),
    )
