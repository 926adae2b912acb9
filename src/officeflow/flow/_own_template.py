"""An office's own template and the note next to it that says what it was made from."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from officeflow.flow._words import TEMPLATES
from officeflow.intake.desk import Desk
from officeflow.kits.catalogue import own_template, template_state
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit, Report
from officeflow.ooxml import write_file


def note_origin(desk: Desk, copy: Path, kit: Kit, report: Report) -> None:
    """Note beside a template just taken what it came from.

    Raises:
        OSError: the folder cannot be written.
    """
    said = {
        "kit": kit.id,
        "version": kit.version,
        "report": report.id,
        "from": template_state(kit, report, desk.kit_folders, cache=desk.cache),
    }
    # A JSON string is a TOML basic string.
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items())
    write_file(_note(copy), "".join(lines).encode())


def aged(desk: Desk, kit: Kit, report: Report) -> tuple[Finding, ...]:
    """Return the hint that the office's own template was made from one that has changed since, () when not so."""
    copy = own_template(kit, report, desk.kit_folders)
    if copy is None:
        return ()
    try:
        noted = tomllib.loads(_note(copy).read_text(encoding="utf-8")).get("from", "")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return ()  # put there by hand: nothing is known of where it came from
    if noted == template_state(kit, report, desk.kit_folders, cache=desk.cache):
        return ()
    return (TEMPLATES.finding("TEMPLATE_AGED", file=str(copy), name=copy.name),)


def _note(copy: Path) -> Path:
    return copy.with_suffix(".origin.toml")
