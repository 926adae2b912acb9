"""Tell what this machine has and lacks: versions, fonts, office programs, settings."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import cast

from officeflow import __version__
from officeflow.document.wml.converting import find_soffice
from officeflow.flow._machine import excel_version, font_names, is_writable, system
from officeflow.flow._refused import refusal
from officeflow.flow._settings import is_damaged, kit_folders, read_settings, settings_file
from officeflow.flow.answers import ConditionAnswer, DoctorAnswer, Result
from officeflow.kits import LayoutError, catalogue, profile

_PROFILE = "gb9704"
_LIBRARIES = ("pydantic", "python-calamine", "openpyxl", "lxml", "Jinja2")


def run() -> Result:
    """Return one condition per thing looked at; nothing missing here keeps the main job from running."""
    return Result(DoctorAnswer(checks=tuple(_conditions())))


def _words() -> dict[str, dict[str, str]]:
    table = tomllib.loads(Path(__file__).with_name("doctor.toml").read_text(encoding="utf-8"))
    return cast("dict[str, dict[str, str]]", table)


def _condition(id_: str, state: str, **values: object) -> ConditionAnswer:
    return ConditionAnswer(id=id_, state=state, text=_words()[id_][state].format(**values))


def _conditions() -> Iterator[ConditionAnswer]:
    settings = read_settings()
    libraries = " ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    yield _condition("program", "ok", version=__version__, python=platform.python_version(), system=system())
    yield _condition("libraries", "ok", libraries=libraries)
    state = "damaged" if refusal() else "ok"
    yield _condition("kits", state, kits="、".join(kit.title for kit in catalogue(kit_folders())))
    yield _fonts()
    soffice = find_soffice(settings.soffice)
    yield _condition("libreoffice", "ok" if soffice else "missing", path=soffice)
    excel = excel_version()
    yield _condition("excel", "ok" if excel else "missing", version=excel)
    writable = is_writable(settings_file().parent)
    state = "damaged" if is_damaged() else "ok" if writable else "warn"
    yield _condition("settings", state, path=settings_file())


def _fonts() -> ConditionAnswer:
    installed = font_names()
    if installed is None:
        return _condition("fonts", "warn")
    try:
        faces = profile(read_settings().profile or _PROFILE, kit_folders()).fonts.values()
    except LayoutError as error:
        return ConditionAnswer(id="fonts", state="damaged", text=error.findings[0].message)
    wanted = [face.name for face in faces]
    missing = [name for name in wanted if name not in installed]
    return _condition("fonts", "missing" if missing else "ok", fonts="、".join(missing or wanted))
