"""Genres and profiles by name: an office's own folder first, then the built-in ones."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from officeflow.kits._load import MESSAGES, LayoutError, key_problem, read_toml
from officeflow.kits._notation import Origin
from officeflow.model.layout import Frozen, Genre, Profile
from officeflow.text.nearest import nearest

_HERE = Path(__file__).parent
Layout = TypeVar("Layout", bound=Frozen)


def genre(name: str, folders: Iterable[Path] = ()) -> Genre:
    """Return the genre of that name (`genres/<name>.toml`).

    Raises:
        LayoutError: there is no such genre, or the file does not define one.
    """
    return _read(Genre, "genres", name, folders)


def profile(name: str, folders: Iterable[Path] = ()) -> Profile:
    """Return the profile of that name (`profiles/<name>.toml`).

    Raises:
        LayoutError: there is no such profile, or the file does not define one.
    """
    return _read(Profile, "profiles", name, folders)


def _read(kind: type[Layout], place: str, name: str, folders: Iterable[Path]) -> Layout:
    places = [*(folder / place for folder in folders), _HERE / place]
    file = next((file for folder in places if (file := folder / f"{name}.toml").is_file()), None)
    if file is None:
        known = sorted({file.stem for folder in places for file in folder.glob("*.toml")})
        raise LayoutError(MESSAGES.finding("LAYOUT_MISSING", value=name, expected=nearest(name, known)))
    try:
        return kind.model_validate(read_toml(file))
    except ValidationError as error:
        raise LayoutError(
            *(key_problem(dict(detail), Origin(file=file, keys=detail["loc"])) for detail in error.errors())
        ) from error
    except ValueError as error:
        raise LayoutError(MESSAGES.finding("KIT_NOT_TOML", file=str(file), value=str(error))) from error
