"""Tell what this machine has and lacks: versions, fonts, office programs, settings."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import cast

from officeflow import __version__
from officeflow.flow._machine import excel_version, font_names, is_writable, system
from officeflow.flow.answers import ConditionAnswer, DoctorAnswer, Result
from officeflow.intake.desk import Desk
from officeflow.intake.kits import refusal
from officeflow.kits import LayoutError

_LIBRARIES = ("pydantic", "python-calamine", "openpyxl", "lxml", "Jinja2")


def run(desk: Desk) -> Result:
    """Return one condition per thing looked at; nothing missing here keeps the main job from running."""
    return Result(DoctorAnswer(checks=tuple(_conditions(desk))))


def _words() -> dict[str, dict[str, str]]:
    table = tomllib.loads(Path(__file__).with_name("doctor.toml").read_text(encoding="utf-8"))
    return cast("dict[str, dict[str, str]]", table)


def _condition(id_: str, state: str, **values: object) -> ConditionAnswer:
    return ConditionAnswer(id=id_, state=state, text=_words()[id_][state].format(**values))


def _conditions(desk: Desk) -> Iterator[ConditionAnswer]:
    libraries = " ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    yield _condition("program", "ok", version=__version__, python=platform.python_version(), system=system())
    yield _condition("libraries", "ok", libraries=libraries)
    state = "damaged" if refusal(desk) else "ok"
    yield _condition("kits", state, kits="、".join(kit.title for kit in desk.kits()))
    yield _fonts(desk)
    yield _condition("libreoffice", "ok" if desk.soffice else "missing", path=desk.soffice)
    excel = excel_version()
    yield _condition("excel", "ok" if excel else "missing", version=excel)
    writable = is_writable(desk.settings_file.parent)
    state = "damaged" if desk.is_settings_damaged else "ok" if writable else "warn"
    yield _condition("settings", state, path=desk.settings_file)


def _fonts(desk: Desk) -> ConditionAnswer:
    installed = font_names()
    if installed is None:
        return _condition("fonts", "warn")
    try:
        faces = desk.profile().fonts.values()
    except LayoutError as error:
        return ConditionAnswer(id="fonts", state="damaged", text=error.findings[0].message)
    wanted = [face.name for face in faces]
    missing = [name for name in wanted if name not in installed]
    return _condition("fonts", "missing" if missing else "ok", fonts="、".join(missing or wanted))
