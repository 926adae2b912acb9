"""What a person does, one file per verb; every front end walks the same table.

Why a table in TOML: the command line, the ribbon and the toolbar need names,
words and arguments before anything heavy is imported; only the use case that
is run is loaded.

Read `report` first.  Every use case is `run(desk, …)` and returns one of `answers`;
`destination` decides where it may write.  What several share has an underscore:
`_transfer` (next, migrate, merge), `_agreement` (verify, refresh), `_sources`,
`_own_template`, `_words`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol, cast

from officeflow.flow.answers import Result
from officeflow.intake.desk import Desk
from officeflow.intake.progress import Tell, ignore


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One thing a use case asks for; `flags` empty means by position, `required` is for those with flags."""

    name: str
    help: str
    flags: tuple[str, ...] = ()
    kind: Literal["text", "path", "flag"] = "text"
    metavar: str = ""
    many: bool = False
    optional: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCase:
    """One thing a person does; `module` under `officeflow.flow` has `run(desk, **arguments) -> Result`."""

    name: str
    help: str
    module: str
    on: Literal["workbook", "document", "template", "kit", "folder", "nothing"]
    """What it works on: a front end that has such a thing open offers it there."""
    label: str
    """At most six 汉字, for buttons and menus; unique."""
    icon: str
    """A name that each front end draws in its own way."""
    arguments: tuple[Argument, ...] = ()
    tells: bool = False
    """Whether it can last longer than a second and takes `tell`."""


class _Module(Protocol):
    def run(self, desk: Desk, /, **arguments: object) -> Result: ...


@cache
def use_cases() -> Mapping[str, UseCase]:
    """Return every use case by its name ('check', 'kit build'), in the order people meet them."""
    table = tomllib.loads(Path(__file__).with_name("use_cases.toml").read_text(encoding="utf-8"))
    return {name: _use_case(name, entry) for name, entry in table.items()}


def _use_case(name: str, entry: Mapping[str, object]) -> UseCase:
    rows = cast("list[dict[str, object]]", entry.get("argument", []))
    arguments = tuple(
        Argument(**{**row, "flags": tuple(cast("list[str]", row.get("flags", [])))})  # type: ignore[arg-type]
        for row in rows
    )
    return UseCase(
        name=name,
        help=str(entry["help"]),
        on=cast("Literal['workbook', 'document', 'template', 'kit', 'folder', 'nothing']", entry["on"]),
        label=str(entry["label"]),
        icon=str(entry["icon"]),
        tells=entry.get("tells") is True,
        module=name.replace(" ", "_"),
        arguments=arguments,
    )


def run(desk: Desk, name: str, arguments: Mapping[str, object], *, tell: Tell = ignore) -> Result:
    """Run one use case at a desk and return what it has to say.

    `tell` hears how far a long one has come.

    Raises:
        KeyError: there is no such use case.
        CancelledError: `tell` raised it; what was written until then is whole.
        OSError: the machine is in the way (file locked, disk full, no permission).
    """
    case = use_cases()[name]
    module = cast("_Module", import_module(f"{__package__}.{case.module}"))
    more = {"tell": tell} if case.tells else {}
    return module.run(desk, **arguments, **more)
