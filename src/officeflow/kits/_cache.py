"""Kits found sound, kept between clicks: a click pays for TOML and pydantic once (measured: 0.1 s of 0.4 s).

Only a help: a cache that cannot be read or written is as good as none.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from officeflow import __version__
from officeflow.model import kit as grammar
from officeflow.model.kit import Kit, Rule
from officeflow.ooxml import keep, kept

_ALLOWED = {(grammar.__name__, name) for name in ("Field", "Form", "Kit", "NextPeriod", "Report", "Rule")} | {
    ("decimal", "Decimal"),
    ("datetime", "date"),
    ("officeflow.model.findings", "Severity"),
}

_HOME = Path(__file__).parents[1]
_JUDGES = ("model", "text", "figures", "checks", "kits", "workbook")
"""The packages that read and judge a kit, with all they are made of: which module has a say changes with the code."""
_KINDS = {"figures": "officeflow.figures", "checks": "officeflow.checks"}

Kind: TypeAlias = tuple[str, str, int, int]
"""A kind that no package of ours has: its family, name, and the size and time of its file."""


def key_of(files: Iterable[Path]) -> str:
    """Return the name under which a kit read from these files is kept; any change to them or to its judges changes it."""
    content = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for package in _JUDGES:  # a bundle carries no files: there the version says all
        for path, state in _sources(_HOME / package):
            content.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    for file in files:
        content.update(f"\n{file.name}\n".encode())
        content.update(file.read_bytes())
    return content.hexdigest()


def _sources(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith((".py", ".toml")):
                yield entry.path, entry.stat()
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _sources(Path(entry.path))


def kept_kit(folder: Path | None, key: str) -> Kit | None:
    """Return the kit kept in a cache folder under that name; None too when a kind it uses has changed since."""
    content = None if folder is None else kept(_path(folder, key))
    try:
        held = None if content is None else _Reader(BytesIO(content)).load()
        kit, kinds = held or (None, ())
        return kit if isinstance(kit, Kit) and kinds == tuple(map(_now, kinds)) else None
    except Exception:  # noqa: BLE001  what cannot be read is as good as none, whatever is wrong with it
        return None


def keep_kit(folder: Path | None, key: str, kit: Kit) -> None:
    """Keep a kit that was found sound; without a cache folder nothing is kept."""
    if folder is not None:
        with suppress(
            LookupError, OSError
        ):  # a kind without a file cannot be told from another: nothing is kept
            keep(_path(folder, key), pickle.dumps((kit, _foreign_kinds(kit)), protocol=5))


def _foreign_kinds(kit: Kit) -> tuple[Kind, ...]:
    """Return the kinds of other packages that a kit uses: they are judges too."""
    used = {("checks", rule.use) for rule in kit.checks}
    used |= {("figures", rule.use) for rule in (*kit.checks, *kit.figures) for rule in _inside(rule)}
    used |= {("figures", rule.use) for rule in kit.figures}
    return tuple(_now((family, use, 0, 0)) for family, use in sorted(used) if not _is_ours(family, use))


def _is_ours(family: str, use: str) -> bool:
    return find_spec(f"{_KINDS[family]}.{use}") is not None


def _inside(rule: Rule) -> Iterator[Rule]:
    for operand in (rule.of, rule.to, rule.min, rule.max, rule.else_):
        for inner in operand if isinstance(operand, list) else [operand]:
            if isinstance(inner, Rule):
                yield inner
                yield from _inside(inner)


def _now(kind: Kind) -> Kind:
    """Return a kind as it is installed now.

    Raises:
        LookupError: it is installed no more.
        OSError: its file cannot be looked at.
    """
    from officeflow.figures import Registry

    family, name, _, _ = kind
    state = Registry(_KINDS[family]).source(name).stat()
    return family, name, state.st_size, state.st_mtime_ns


def _path(folder: Path, key: str) -> Path:
    return folder / "kits" / f"{key}.kit"


class _Reader(pickle.Unpickler):
    """Builds kits and their values only: a file in the cache can name no other class."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)
