"""What a front end brings to every use case: settings, folders, programs, today's date.

A `Desk` is made once, by `Desk.here()`, and passed on; nothing below a front end
reads the environment or the settings file again.
"""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from officeflow.model.findings import Finding
from officeflow.model.kit import Kit

if TYPE_CHECKING:
    from officeflow.kits.source import KitSource
    from officeflow.model.layout import Profile

_VARIABLE = "OFFICEFLOW_"
_USUAL_PROFILE = "gb9704"
_SOFFICE_PLACES = (  # where installers put it when it is not on the path
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an office sets once; '' means not set.  Never a password."""

    output_folder: str = ""
    """Where documents are written when no folder is named; '' is beside the workbook."""
    kit_folder: str = ""
    """A folder of the office's own kits and templates."""
    profile: str = ""
    """The page layout used instead of the one a report names."""
    soffice: str = ""
    """The LibreOffice program, where it is not on the usual paths."""


SETTING_NAMES: tuple[str, ...] = tuple(field.name for field in fields(Settings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a use case runs.  The defaults are a desk with nothing on it: built-in kits, no cache, no programs."""

    settings: Settings = Settings()
    settings_file: Path = Path("settings.toml")
    is_settings_damaged: bool = False
    """Whether the settings file exists and cannot be parsed; it must not be overwritten then."""
    own_folder: Path = Path("kits")
    """The folder of the office's own kits and templates, whether or not it exists."""
    kit_folders: tuple[Path, ...] = ()
    """Folders with the office's own kits, built-in ones not included."""
    cache: Path | None = None
    """A folder for what only saves time; anybody may empty it.  None: nothing is kept."""
    today: date | None = None
    """The day that what is written bears, None for no day."""
    soffice: str = ""
    """The LibreOffice program, '' if there is none."""
    interpreter: str = ""
    """A Python that can run workers, '' if there is none: then files are read in this process."""

    @classmethod
    def here(cls, *, today: date | None = None) -> Desk:
        """Return the desk of this machine and user: option > OFFICEFLOW_* > settings.toml."""
        file = _settings_file()
        kept = _kept(file)
        settings = Settings(
            **{
                name: os.environ.get(_VARIABLE + name.upper()) or str((kept or {}).get(name, ""))
                for name in SETTING_NAMES
            }
        )
        own = Path(settings.kit_folder) if settings.kit_folder else file.with_name("kits")
        return cls(
            settings=settings,
            settings_file=file,
            is_settings_damaged=kept is None,
            own_folder=own,
            kit_folders=(own,) if settings.kit_folder or own.is_dir() else (),
            cache=_cache_folder(),
            today=today,
            soffice=find_soffice(settings.soffice),
            interpreter=find_interpreter(),
        )

    def kits(self) -> tuple[Kit, ...]:
        """Return every installed kit that can be used, built-in ones first."""
        from officeflow.kits.catalogue import catalogue

        return catalogue(self.kit_folders, cache=self.cache)

    def kit(self, kit_id: str) -> Kit | None:
        """Return the installed kit of that id, None if it is missing or cannot be used."""
        from officeflow.kits.catalogue import find_kit

        return find_kit(kit_id, self.kit_folders, cache=self.cache)

    def kit_source(self, kit_id: str) -> KitSource | None:
        """Return the installed kit of that id with its texts and sample, None if it is missing or cannot be used."""
        from officeflow.kits.catalogue import kit_source

        return kit_source(kit_id, self.kit_folders, cache=self.cache)

    def unusable_kits(self, kit_id: str = "") -> tuple[Finding, ...]:
        """Return why installed kits (only the one of that id, if given) cannot be used."""
        from officeflow.kits.catalogue import unusable_kits

        return unusable_kits(self.kit_folders, only=kit_id, cache=self.cache)

    def profile(self, name: str = "") -> Profile:
        """Return the page layout that documents get here: the office's own setting, else `name`, else GB/T 9704.

        Raises:
            LayoutError: the profile cannot be used.
        """
        from officeflow.kits.layout import profile

        return profile(self.settings.profile or name or _USUAL_PROFILE, self.kit_folders)


def _settings_file() -> Path:
    """Return the path of settings.toml, whether or not it exists; OFFICEFLOW_SETTINGS names another."""
    if named := os.environ.get(f"{_VARIABLE}SETTINGS"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("officeflow", appauthor=False) / "settings.toml"


def _kept(file: Path) -> Mapping[str, object] | None:
    """Return what the settings file says, {} without a file, None if it cannot be parsed."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def _cache_folder() -> Path:
    """Return the folder for what only saves time; OFFICEFLOW_CACHE names another."""
    if named := os.environ.get(f"{_VARIABLE}CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("officeflow", appauthor=False)


def find_soffice(named: str = "") -> str:
    """Return the LibreOffice program: the one named, else from the path, else from the usual places; '' for none."""
    candidates = (named, shutil.which("soffice") or "", *_SOFFICE_PLACES)
    return next((path for path in candidates if path and Path(path).is_file()), "")


def find_interpreter() -> str:
    """Return a Python interpreter that can run our workers, '' if there is none.

    Inside Excel, LibreOffice or a frozen build `sys.executable` is that program: starting
    it again would open another window instead of a worker.
    """
    if getattr(sys, "frozen", False):
        return ""
    if _is_python(sys.executable or ""):
        return sys.executable
    name = "python.exe" if sys.platform == "win32" else "bin/python3"
    # An embedded Python belongs to an installation or environment that has a program of its own.
    prefixes = (sys.prefix, sys.exec_prefix, sys.base_prefix)
    candidates = [Path(prefix, name) for prefix in dict.fromkeys(prefixes)]
    return next((str(path) for path in candidates if path.is_file()), "")


def _is_python(program: str) -> bool:
    return Path(program).stem.lower().startswith(("python", "pypy"))
