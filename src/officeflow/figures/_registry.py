"""A folder of modules as a registry: `use = "total"` finds `total.py`, imported when first used.

Hides where kinds come from.  Entry points are asked only for a name the folder
does not have, so they cannot override a built-in kind and cost nothing otherwise.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType


class Registry:
    """The kinds of one package: its public modules, then the entry points of the same name."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._found: dict[str, ModuleType | None] = {}

    def names(self) -> tuple[str, ...]:
        """Return the name of every kind, built-in ones first, sorted."""
        built_in = self._built_in()
        return (*built_in, *sorted(set(_entry_points(self._package)) - set(built_in)))

    def find(self, name: str) -> ModuleType | None:
        """Return the module of a kind, or None when there is no such kind."""
        if name not in self._found:
            self._found[name] = self._load(name)
        return self._found[name]

    def source(self, name: str) -> Path:
        """Return the file of a kind; its messages stand beside it as .toml."""
        module = self.find(name)
        if module is None or module.__file__ is None:
            raise LookupError(name)
        return Path(module.__file__)

    def _built_in(self) -> tuple[str, ...]:
        path = import_module(self._package).__path__
        return tuple(sorted(found.name for found in iter_modules(path) if not found.name.startswith("_")))

    def _load(self, name: str) -> ModuleType | None:
        if name.isidentifier() and not name.startswith("_"):
            full = f"{self._package}.{name}"
            try:
                return import_module(full)
            except ModuleNotFoundError as error:
                if error.name != full:
                    raise
        target = _entry_points(self._package).get(name)
        return None if target is None else import_module(target)


def _entry_points(group: str) -> dict[str, str]:
    from importlib.metadata import entry_points

    return {found.name: found.module for found in entry_points(group=group)}
