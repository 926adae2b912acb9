"""Show or change settings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from officeflow.flow._messages import MESSAGES
from officeflow.flow._settings import NAMES, Settings, is_damaged, read_settings, settings_file
from officeflow.flow.answers import Exit, Result, SettingsAnswer
from officeflow.model.findings import Finding
from officeflow.ooxml import write_file
from officeflow.text.nearest import nearest


def run(*, assignments: Sequence[str] = ()) -> Result:
    """Return the settings after the assignments (`name=value`; an empty value unsets); nothing is written on a mistake."""
    settings, findings = read_settings(), []
    if is_damaged():
        findings.append(
            MESSAGES.finding("SETTINGS_DAMAGED", file=str(settings_file()), name=settings_file().name)
        )
    for assignment in assignments:
        name, is_assignment, value = assignment.partition("=")
        if name not in NAMES or not is_assignment:
            findings.append(_unknown(name))
        else:
            settings = replace(settings, **{name: value})
    if assignments and not findings:
        _write(settings)
    answer = SettingsAnswer(settings=asdict(settings), file=str(settings_file()))
    return Result(answer, tuple(findings), Exit.UNUSABLE if findings else Exit.DONE)


def _unknown(name: str) -> Finding:
    return MESSAGES.finding("SETTING_UNKNOWN", value=name, nearest=nearest(name, NAMES) or NAMES[0])


def _write(settings: Settings) -> None:
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    # A JSON string is a TOML basic string.
    lines = (
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in asdict(settings).items()
        if value
    )
    write_file(path, "".join(lines).encode())
