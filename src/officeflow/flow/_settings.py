"""Where a setting comes from: option > OFFICEFLOW_* > settings.toml; never a password."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from platformdirs import user_config_path

_VARIABLE = "OFFICEFLOW_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an office sets once; '' means not set."""

    output_folder: str = ""
    """Where documents go when no folder is named; '' is beside the workbook."""
    kit_folder: str = ""
    """A folder of the office's own kits and templates."""
    profile: str = ""
    """The page layout used instead of the one a report names."""
    soffice: str = ""
    """The LibreOffice program, where it is not on the usual paths."""


NAMES: tuple[str, ...] = tuple(field.name for field in fields(Settings))


def settings_file() -> Path:
    """Return the path of settings.toml, whether or not it exists; OFFICEFLOW_SETTINGS names another."""
    return Path(
        os.environ.get(f"{_VARIABLE}SETTINGS")
        or user_config_path("officeflow", appauthor=False) / "settings.toml"
    )


def read_settings() -> Settings:
    """Return the settings in force; unknown names in the file are left alone, a damaged file counts as empty."""
    kept = _kept() or {}
    return Settings(
        **{name: os.environ.get(_VARIABLE + name.upper()) or str(kept.get(name, "")) for name in NAMES}
    )


def is_damaged() -> bool:
    """Return whether the settings file is there and cannot be understood; nothing may be written over it then."""
    return _kept() is None


def _kept() -> Mapping[str, object] | None:
    try:
        return tomllib.loads(settings_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def own_folder() -> Path:
    """Return the folder of the office's own kits and templates, whether or not it exists; without a setting, beside it."""
    folder = read_settings().kit_folder
    return Path(folder) if folder else settings_file().with_name("kits")


def kit_folders() -> tuple[Path, ...]:
    """Return the folders with the office's own kits, built-in ones not included."""
    folder = own_folder()
    return (folder,) if read_settings().kit_folder or folder.is_dir() else ()
