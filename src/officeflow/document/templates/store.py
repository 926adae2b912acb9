"""Keep compiled templates in a folder of the user's, so that a cold click need not compile.

An entry is named by everything it depends on: the template's bytes, the engine's
files, Jinja and Python.  It is run as it stands, as a .pyc file is: `ooxml.kept` sees to
it that nobody else wrote it and nothing damaged it.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from functools import cache
from pathlib import Path

import jinja2

from officeflow.document.templates.dialect import Dialect
from officeflow.ooxml import keep, kept


def load(store: Path, template: bytes, dialect: Dialect) -> object:
    """Return what was kept for a template, or None."""
    content = kept(_entry(store, template, dialect))
    try:
        return None if content is None else pickle.loads(content)  # noqa: S301  the user's own
    except (pickle.UnpicklingError, AttributeError, ImportError):
        return None


def save(store: Path, template: bytes, dialect: Dialect, compiled: object) -> None:
    """Keep what was compiled from a template."""
    keep(_entry(store, template, dialect), pickle.dumps(compiled, protocol=5))


def _entry(store: Path, template: bytes, dialect: Dialect) -> Path:
    way = "\n".join([dialect.name, *dialect.delimiters]).encode()
    return store / f"{hashlib.sha256(_engine() + way + template).hexdigest()}.template"


@cache
def _engine() -> bytes:
    """What the compiled form depends on besides the template."""
    files = sorted(Path(__file__).parents[1].glob("*/*.*"))
    stamps = [f"{file.parent.name}/{file.name} {file.stat().st_mtime_ns}" for file in files]
    return "\n".join([jinja2.__version__, sys.version, *stamps]).encode()
