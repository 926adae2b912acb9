"""Keep compiled templates in a folder of the user's, so that a cold click need not compile.

An entry is named by everything it depends on: the template's bytes, the engine's
files, Jinja and Python.  A store that cannot be read or written costs time only.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from functools import cache
from pathlib import Path

import jinja2

from officeflow.ooxml import write_file


def load(store: Path, template: bytes) -> object:
    """Return what was kept for a template, or None."""
    try:
        # As .pyc files: whoever can write here can already run programs as this user.
        return pickle.loads(_entry(store, template).read_bytes())  # noqa: S301
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError):
        return None


def save(store: Path, template: bytes, compiled: object) -> None:
    """Keep what was compiled from a template."""
    try:
        store.mkdir(parents=True, exist_ok=True)
        write_file(_entry(store, template), pickle.dumps(compiled, protocol=5))
    except OSError:
        return


def _entry(store: Path, template: bytes) -> Path:
    return store / f"{hashlib.sha256(_engine() + template).hexdigest()}.template"


@cache
def _engine() -> bytes:
    """What the compiled form depends on besides the template."""
    files = sorted(Path(__file__).parent.glob("*.*"))
    stamps = [f"{file.name} {file.stat().st_mtime_ns}" for file in files]
    return "\n".join([jinja2.__version__, sys.version, *stamps]).encode()
