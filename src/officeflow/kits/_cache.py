"""Kits found sound, kept between clicks: a click pays for TOML and pydantic once (measured: 0.1 s of 0.4 s).

Only a help: a cache that cannot be read or written is as good as none.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from officeflow import __version__
from officeflow.model import kit as grammar
from officeflow.model.kit import Kit
from officeflow.ooxml import keep, kept

_ALLOWED = {(grammar.__name__, name) for name in ("Field", "Form", "Kit", "NextPeriod", "Report", "Rule")} | {
    ("decimal", "Decimal"),
    ("datetime", "date"),
    ("officeflow.model.findings", "Severity"),
}

_HOME = Path(__file__).parents[1]
_JUDGES = tuple(
    _HOME / name
    for name in (
        "model/kit.py",
        "kits/_load.py",
        "kits/_sound.py",
        "figures/_problems.py",
        "checks/_problems.py",
    )
)
"""What a kit was read and judged by."""


def key_of(files: Iterable[Path]) -> str:
    """Return the name under which a kit read from these files is kept; any change to them or to its judges changes it."""
    content = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for judge in filter(Path.is_file, _JUDGES):  # a bundle carries none: there the version says all
        state = judge.stat()
        content.update(f" {state.st_size} {state.st_mtime_ns}".encode())
    for file in files:
        content.update(f"\n{file.name}\n".encode())
        content.update(file.read_bytes())
    return content.hexdigest()


def kept_kit(folder: Path | None, key: str) -> Kit | None:
    """Return the kit kept in a cache folder under that name, or None."""
    content = None if folder is None else kept(_path(folder, key))
    try:
        kit = None if content is None else _Reader(BytesIO(content)).load()
    except Exception:  # noqa: BLE001  what cannot be read is as good as none, whatever is wrong with it
        return None
    return kit if isinstance(kit, Kit) else None


def keep_kit(folder: Path | None, key: str, kit: Kit) -> None:
    """Keep a kit that was found sound; without a cache folder nothing is kept."""
    if folder is not None:
        keep(_path(folder, key), pickle.dumps(kit, protocol=5))


def _path(folder: Path, key: str) -> Path:
    return folder / "kits" / f"{key}.kit"


class _Reader(pickle.Unpickler):
    """Builds kits and their values only: a file in the cache can name no other class."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)
