"""Genres and profiles by name: an office's own folder first, then the built-in ones."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from officeflow.kits._load import read_toml
from officeflow.model.layout import Frozen, Genre, Profile

_HERE = Path(__file__).parent
Layout = TypeVar("Layout", bound=Frozen)


def genre(name: str, folders: Iterable[Path] = ()) -> Genre:
    """Return the genre of that name (`genres/<name>.toml`).

    Raises:
        FileNotFoundError: there is no such genre.
        pydantic.ValidationError: the file does not define one.
    """
    return _read(Genre, "genres", name, folders)


def profile(name: str, folders: Iterable[Path] = ()) -> Profile:
    """Return the profile of that name (`profiles/<name>.toml`).

    Raises:
        FileNotFoundError: there is no such profile.
        pydantic.ValidationError: the file does not define one.
    """
    return _read(Profile, "profiles", name, folders)


def _read(kind: type[Layout], place: str, name: str, folders: Iterable[Path]) -> Layout:
    own = (folder / place / f"{name}.toml" for folder in folders)
    file = next((file for file in own if file.is_file()), _HERE / place / f"{name}.toml")
    return kind.model_validate(read_toml(file))
