"""A kit to start from: a copy of another with an id and a title of its own, complete in its folder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from officeflow.kits._lines import file_lines
from officeflow.kits._notation import BUILTIN, PARTS, spell_out
from officeflow.kits.layout import layout_files
from officeflow.kits.source import KitSource
from officeflow.ooxml import write_file

_VALUE = re.compile(r"(=\s*)(\"(?:\\.|[^\"\\])*\"|'[^']*')")
_IDS = re.compile(r"[a-z][a-z0-9-]*")


def is_kit_id(text: str) -> bool:
    """Return whether a text may be the id of a kit."""
    return _IDS.fullmatch(text) is not None


def copy_kit(source: KitSource, folder: Path, *, title: str) -> tuple[Path, ...]:
    """Write a copy of a kit into `folder`, whose name is its id, and return the files.

    Parts that it uses go along, so that they can be changed for this kit alone; genre and
    profile only when they are no built-in ones.

    Raises:
        OSError: the folder is there already, or cannot be written.
    """
    folder.mkdir(parents=True)
    written = []
    for file, target in _files(source):
        place = folder / target
        place.parent.mkdir(exist_ok=True)
        shutil.copyfile(file, place)
        written.append(place)
    kit_file = folder / "kit.toml"
    text = kit_file.read_text(encoding="utf-8")
    for key, value in (("id", folder.name), ("title", title)):
        text = _renamed(kit_file, text, key, value)
    write_file(kit_file, text.encode())
    return tuple(written)


def _files(source: KitSource) -> Iterator[tuple[Path, str]]:
    """Yield each file of a kit with its place in the copy."""
    kit, home = source.kit, source.folder
    yield home / "kit.toml", "kit.toml"
    yield from ((source.markdown_file(report.id), f"{report.id}.md") for report in kit.reports)
    if source.has_sample:
        yield source.sample_file, source.sample_file.name
    parts = {origin.file for origin in spell_out(home).origins.values()} - {home / "kit.toml"}
    for file in sorted(parts):
        if file != BUILTIN / PARTS / "standard.toml":
            yield file, f"{PARTS}/{file.name}"
    folders = (home, home.parent)
    layouts = {("genres", report.genre) for report in kit.reports}
    layouts |= {("profiles", report.profile) for report in kit.reports}
    for place, name in sorted(layouts):
        for file in layout_files(place, name, folders):
            if any(file.is_relative_to(folder / place) for folder in folders):
                yield file, f"{place}/{file.name}"


def _renamed(file: Path, text: str, key: str, value: str) -> str:
    """Return the text of kit.toml with another value of one of its head's keys."""
    spans = file_lines(file).spans
    number = next(spans[path].first for path in (("kit", key), (key,)) if path in spans) - 1
    lines = text.split("\n")
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    lines[number] = _VALUE.sub(lambda match: f'{match[1]}"{quoted}"', lines[number], count=1)
    return "\n".join(lines)
