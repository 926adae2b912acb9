"""Show or change settings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from officeflow.flow._words import MESSAGES
from officeflow.flow.answers import Exit, Result, SettingsAnswer
from officeflow.intake.desk import SETTING_NAMES, Desk, Settings
from officeflow.model.findings import Finding
from officeflow.ooxml import write_file
from officeflow.text.nearest import nearest


def run(desk: Desk, *, assignments: Sequence[str] = ()) -> Result:
    """Return the settings after the assignments (`name=value`; an empty value unsets); nothing is written on a mistake."""
    settings, file, findings = desk.settings, desk.settings_file, []
    if desk.is_settings_damaged:
        findings.append(MESSAGES.finding("SETTINGS_DAMAGED", file=str(file), name=file.name))
    for assignment in assignments:
        name, is_assignment, value = assignment.partition("=")
        if name not in SETTING_NAMES or not is_assignment:
            findings.append(_unknown(name))
        else:
            settings = replace(settings, **{name: value})
    if assignments and not findings:
        _write(settings, file)
    own = Path(settings.kit_folder) if settings.kit_folder else file.with_name("kits")
    answer = SettingsAnswer(settings=asdict(settings), file=str(file), own_kits=str(own))
    return Result(answer, tuple(findings), Exit.UNUSABLE if findings else Exit.DONE)


def _unknown(name: str) -> Finding:
    return MESSAGES.finding(
        "SETTING_UNKNOWN", value=name, nearest=nearest(name, SETTING_NAMES) or SETTING_NAMES[0]
    )


def _write(settings: Settings, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A JSON string is a TOML basic string.
    lines = (
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in asdict(settings).items()
        if value
    )
    write_file(path, "".join(lines).encode())
