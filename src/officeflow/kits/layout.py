"""Genres and profiles by name: an office's own folder first, then the built-in ones.

A file that says `extends = "gb9704"` gives only what differs: its tables are
laid over those of that file, key by key; lists are replaced whole.  An office's
own `gb9704.toml` may build on the built-in one of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from officeflow.kits._lines import KeyPath, at, written_at
from officeflow.kits._notation import SourceKeys, Table
from officeflow.kits._words import MESSAGES
from officeflow.kits.load import LayoutError, read_toml
from officeflow.model.layout import (
    Border,
    Face,
    FramePart,
    Genre,
    LayoutValue,
    PageNumber,
    PageSetup,
    Profile,
    Style,
)
from officeflow.text.nearest import nearest

_HERE = Path(__file__).parent
_EXTENDS = "extends"
_INSIDE: dict[type, tuple[Any, ...]] = {
    Genre: (Genre, FramePart),
    Profile: (Profile, PageSetup, Face, Style, Border, PageNumber),
}
Layout = TypeVar("Layout", bound=LayoutValue)


class _LayoutFile(NamedTuple):
    """A layout file and what it says."""

    path: Path
    table: Table


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


def layout_file(place: str, name: str, folders: Iterable[Path] = (), *, over: Sequence[Path] = ()) -> Path:
    """Return the file of a genre (`place` "genres") or a profile ("profiles"); an office's own takes precedence.

    `over` are files that build on it, one on the other.

    Raises:
        LayoutError: there is none of that name, or it builds on itself.
    """
    places = [*(folder / place for folder in folders), _HERE / place]
    files = [file for folder in places if (file := folder / f"{name}.toml").is_file()]
    found = next((file for file in files if file not in over), None)
    if found is None:
        known = sorted({file.stem for folder in places for file in folder.glob("*.toml")})
        code = "LAYOUT_CIRCLE" if files else "LAYOUT_MISSING"
        finding = MESSAGES.finding(code, value=name, expected=nearest(name, known))
        raise LayoutError(
            at(finding, written_at(SourceKeys(file=over[-1], keys=(_EXTENDS,)))) if over else finding
        )
    return found


def layout_files(place: str, name: str, folders: Iterable[Path] = ()) -> list[Path]:
    """Return the file of a genre or profile and those that it builds on.

    Raises:
        LayoutError: one of them is not there, or is not TOML.
    """
    return [file.path for file in _files(place, name, tuple(folders))]


def _read(kind: type[Layout], place: str, name: str, folders: Iterable[Path]) -> Layout:
    from pydantic import TypeAdapter

    files = _files(place, name, tuple(folders))
    table: Any = {}
    for file in reversed(files):
        table = _laid_over(table, file.table)
    try:
        return TypeAdapter(kind).validate_python(table)
    except ValueError as error:
        from officeflow.kits._refusals import content_findings

        keys = {key.name for value in _INSIDE[kind] for key in fields(value)} | {_EXTENDS}
        findings = content_findings(error, table, lambda path: _origin(files, path), lambda _: keys)
        raise LayoutError(*findings) from error


def _files(place: str, name: str, folders: Sequence[Path]) -> list[_LayoutFile]:
    """Return a layout's file and those that it builds on, each before the one that it names."""
    files: list[_LayoutFile] = []
    wanted: object = name
    while isinstance(wanted, str):
        path = layout_file(place, wanted, folders, over=[file.path for file in files])
        try:
            table = read_toml(path)
        except (ValueError, RecursionError) as error:  # no TOML, or no UTF-8
            from officeflow.kits._refusals import toml_finding

            raise LayoutError(toml_finding(error, path)) from error
        wanted = table.get(_EXTENDS)
        if isinstance(wanted, str):
            del table[_EXTENDS]
        files.append(_LayoutFile(path, table))
    return files


def _laid_over(base: Any, over: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    return {**base, **{key: _laid_over(base.get(key), value) for key, value in over.items()}}


def _origin(files: Sequence[_LayoutFile], path: KeyPath) -> SourceKeys:
    """Return where an author wrote a value; what nobody wrote is missing in the first file."""
    file = next((file for file in files if _holds(file.table, path)), files[0])
    return SourceKeys(file=file.path, keys=tuple(path))


def _holds(table: Table, path: KeyPath) -> bool:
    inside: Any = table
    for key in path:
        try:
            inside = inside[key]
        except (LookupError, TypeError):
            return False
    return True
