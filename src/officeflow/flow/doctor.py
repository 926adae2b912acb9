"""Tell what this machine has and lacks: versions, fonts, office programs, settings."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import cast

from officeflow import __version__
from officeflow.flow.answers import ConditionAnswer, DoctorAnswer, Result
from officeflow.intake.desk import Desk
from officeflow.intake.kits import refusal
from officeflow.kits.load import LayoutError

_FC_LIST = ["fc-list", ":", "family"]  # fontconfig's own tool, on every Linux desk
_WINDOWS_FONTS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
_WINDOWS_EXCEL = r"Excel.Application\CurVer"
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
    yield _condition("program", "ok", version=__version__, python=platform.python_version(), system=_system())
    yield _condition("libraries", "ok", libraries=libraries)
    state = "damaged" if refusal(desk) else "ok"
    yield _condition("kits", state, kits="、".join(kit.title for kit in desk.kits()))
    yield _fonts(desk)
    yield _condition("libreoffice", "ok" if desk.soffice else "missing", path=desk.soffice)
    excel = _excel_version()
    yield _condition("excel", "ok" if excel else "missing", version=excel)
    writable = _is_writable(desk.settings_file.parent)
    state = "damaged" if desk.is_settings_damaged else "ok" if writable else "warn"
    yield _condition("settings", state, path=desk.settings_file)


def _fonts(desk: Desk) -> ConditionAnswer:
    installed = _font_names()
    if installed is None:
        return _condition("fonts", "warn")
    try:
        faces = desk.profile().fonts.values()
    except LayoutError as error:
        return ConditionAnswer(id="fonts", state="damaged", text=error.findings[0].message)
    wanted = [face.name for face in faces]
    missing = [name for name in wanted if name not in installed]
    return _condition("fonts", "missing" if missing else "ok", fonts="、".join(missing or wanted))


def _font_names() -> frozenset[str] | None:
    """Return the names of the fonts that are installed here, or None when the machine does not tell."""
    return _windows_fonts() if sys.platform == "win32" else _fontconfig_fonts()


def _fontconfig_fonts() -> frozenset[str] | None:
    if shutil.which(_FC_LIST[0]) is None:
        return None
    listed = subprocess.run(_FC_LIST, capture_output=True, check=False, timeout=30)  # noqa: S603
    lines = listed.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(","))


def _windows_fonts() -> frozenset[str] | None:
    import winreg

    names: set[str] = set()
    # Fonts installed without admin rights stand under the user's own key.
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):  # type: ignore[attr-defined,unused-ignore]
        try:
            with winreg.OpenKey(root, _WINDOWS_FONTS) as key:  # type: ignore[attr-defined,unused-ignore]
                for index in range(winreg.QueryInfoKey(key)[1]):  # type: ignore[attr-defined,unused-ignore]
                    value = str(winreg.EnumValue(key, index)[0])  # type: ignore[attr-defined,unused-ignore]
                    names.update(part.strip() for part in value.split(" (", maxsplit=1)[0].split("&"))
        except OSError:
            continue
    return frozenset(names)


def _excel_version() -> str:
    """Return the registered Excel ('Excel.Application.16'), '' when there is none."""
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        return str(winreg.QueryValue(winreg.HKEY_CLASSES_ROOT, _WINDOWS_EXCEL))
    except OSError:
        return ""


def _system() -> str:
    """Return operating system, CPU and C library in one line ('Linux 6.1 x86_64 glibc 2.36')."""
    libc = " ".join(platform.libc_ver())
    return " ".join(
        part for part in (platform.system(), platform.release(), platform.machine(), libc) if part.strip()
    )


def _is_writable(folder: Path) -> bool:
    """Return whether a file can be made in the folder, or in the nearest parent that exists."""
    import os

    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)
