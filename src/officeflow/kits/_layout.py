"""Genres and profiles by name: an office's own folder first, then the built-in ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from officeflow.kits._load import LayoutError, read_toml
from officeflow.kits._notation import Origin
from officeflow.kits._words import MESSAGES
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


def layout_file(place: str, name: str, folders: Iterable[Path] = ()) -> Path:
    """Return the file of a genre (`place` "genres") or a profile ("profiles"); an office's own goes first.

    Raises:
        LayoutError: there is none of that name.
    """
    places = [*(folder / place for folder in folders), _HERE / place]
    file = next((file for folder in places if (file := folder / f"{name}.toml").is_file()), None)
    if file is None:
        known = sorted({file.stem for folder in places for file in folder.glob("*.toml")})
        raise LayoutError(MESSAGES.finding("LAYOUT_MISSING", value=name, expected=nearest(name, known)))
    return file


def _read(kind: type[Layout], place: str, name: str, folders: Iterable[Path]) -> Layout:
    file = layout_file(place, name, folders)
    from officeflow.kits._refusals import content_findings, toml_finding

    try:
        content = read_toml(file)
    except ValueError as error:  # no TOML, or no UTF-8
        raise LayoutError(toml_finding(error, file)) from error
    try:
        return kind.model_validate(content)
    except ValueError as error:
        findings = content_findings(
            error, content, lambda keys: Origin(file=file, keys=tuple(keys)), lambda _: _keys_of(kind)
        )
        raise LayoutError(*findings) from error


def _keys_of(kind: type[BaseModel]) -> set[str]:
    """Return every key that a layout file of that kind may hold, at any depth."""
    keys = set(kind.model_fields)
    for attribute in kind.model_fields.values():
        for inner in _models_in(attribute.annotation):
            keys |= _keys_of(inner)
    return keys


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
