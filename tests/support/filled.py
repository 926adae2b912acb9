"""Filled workbooks of the built-in table: its sample with some forms typed otherwise."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook

from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import Reading, read_workbook
from officeflow.kits.build import filled
from officeflow.kits.catalogue import kit_source
from officeflow.kits.source import KitSource

_FOUND = kit_source("community-posts")
assert _FOUND is not None
SOURCE: KitSource = _FOUND


def record(form_id: str, **changed: object) -> list[dict[str, object]]:
    """The sample's record with some fields typed otherwise, None for a blank one."""
    typed = {**SOURCE.sample[form_id][0], **changed}
    return [{name: value for name, value in typed.items() if value is not None}]


def write(path: Path, *, version: str = "1.0", **more: Any) -> Path:
    """Write the sample; forms named in `more` have these rows instead, `previous` and `unit_tag` as the builder takes them."""
    extra = {name: more.pop(name) for name in ("previous", "unit_tag") if name in more}
    built = (
        filled(of_version(version), {**SOURCE.sample, **more}, **extra) if more or extra else _sample(version)
    )
    path.write_bytes(built)
    return path


@cache
def _sample(version: str) -> bytes:
    return filled(of_version(version), SOURCE.sample)


def of_version(version: str) -> KitSource:
    """The built-in table as another version of it."""
    return replace(SOURCE, kit=replace(SOURCE.kit, version=version))


def reading(path: Path) -> Reading:
    """The workbook as `check` reads it."""
    value = read_workbook(Desk.here(), path).value
    assert value is not None
    return value


def opened(path: Path) -> Workbook:
    """The workbook in openpyxl, to type what the builder never would."""
    return openpyxl.load_workbook(path)


def said(path: Path) -> list[tuple[str, str, str]]:
    """(code, sheet, row key) of what `check` finds; addresses may differ between two workbooks that say the same."""
    return sorted((found.code, found.sheet, found.row_key) for found in reading(path).findings)
