"""Write a blank workbook, with unit and period filled in when they are known."""

from __future__ import annotations

from pathlib import Path

from officeflow.flow._words import MESSAGES, safe, words
from officeflow.flow.answers import Exit, FilesAnswer, Result, files_result
from officeflow.flow.destination import put
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find
from officeflow.kits.build import blank
from officeflow.kits.source import KitSource
from officeflow.model.values import Period


def run(
    desk: Desk, *, kit: str, output: Path | None = None, period: str | None = None, unit: str | None = None
) -> Result:
    """Return the path of the blank workbook.  A file that somebody may have filled is left alone.

    Raises:
        OSError: the target cannot be written.
    """
    found = find(desk, kit)
    if found.value is None:
        return Result(FilesAnswer(files=()), found.findings, Exit.UNUSABLE)
    span = Period.parse(period, found.value.kit.period_rule) if period else None
    if period and span is None:
        return Result(
            FilesAnswer(files=()), (MESSAGES.finding("PERIOD_UNKNOWN", value=period),), Exit.UNUSABLE
        )
    target = output or Path(_name(found.value, unit, span))
    content = blank(found.value, unit=unit or "", period=span)
    return files_result(put("new", content, target, is_named=output is not None))


def _name(source: KitSource, unit: str | None, period: Period | None) -> str:
    parts = [
        safe(unit or ""),
        safe(source.kit.title),
        period.name if period else "",
        "" if unit else words()["blank"],
    ]
    return "-".join(part for part in parts if part) + ".xlsx"
