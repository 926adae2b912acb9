"""Compile a template once: kept in memory, and in a folder of the user's, so that a cold click need not compile.

An entry is named by everything it depends on: the template's bytes, the engine's
files, Jinja and Python.  It is run as it stands, as a .pyc file is: `ooxml.kept` sees to
it that nobody else wrote it and nothing damaged it.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from functools import cache, lru_cache
from pathlib import Path

import jinja2

from officeflow.document.templates.compiled import Compiled
from officeflow.document.templates.dialect import REPORT, Dialect
from officeflow.ooxml import keep, kept


@lru_cache(maxsize=16)
def compile_template(template: bytes, store: Path | None = None, dialect: Dialect = REPORT) -> Compiled:
    """Return the compiled template, from memory or from the folder `store` when these bytes were compiled before."""
    store = store if dialect.is_kept else None
    kept = _load(store, template, dialect) if store else None
    if isinstance(kept, Compiled):
        return kept
    # Where it was kept, nothing that only compiling needs is imported.
    from officeflow.document.templates.compiling import compiled_now

    compiled = compiled_now(template, dialect)
    if store and not compiled.findings and not compiled.problems:
        _save(store, template, dialect, compiled)
    return compiled


def _load(store: Path, template: bytes, dialect: Dialect) -> object:
    """Return what was kept for a template, or None."""
    content = kept(_entry(store, template, dialect))
    try:
        return None if content is None else pickle.loads(content)  # noqa: S301  the user's own
    except (pickle.UnpicklingError, AttributeError, ImportError):
        return None


def _save(store: Path, template: bytes, dialect: Dialect, compiled: object) -> None:
    """Keep what was compiled from a template."""
    keep(_entry(store, template, dialect), pickle.dumps(compiled, protocol=5))


def _entry(store: Path, template: bytes, dialect: Dialect) -> Path:
    way = "\n".join([dialect.name, *dialect.delimiters]).encode()
    return store / f"{hashlib.sha256(_engine() + way + template).hexdigest()}.template"


@cache
def _engine() -> bytes:
    """What the compiled form depends on besides the template."""
    package = Path(__file__).parents[1]
    files = sorted((*package.glob("*.*"), *package.glob("[!_]*/*.*")))
    stamps = [f"{file.parent.name}/{file.name} {file.stat().st_mtime_ns}" for file in files]
    return "\n".join([jinja2.__version__, sys.version, *stamps]).encode()
