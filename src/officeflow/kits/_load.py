"""Read a kit folder into a `Kit`; says what is wrong in it in a kit author's words, with the file and the keys he wrote.

How a kit is written and spelled out is in `_notation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from officeflow.kits._cache import keep_kit, kept_kit, key_of
from officeflow.kits._notation import (
    BUILTIN,
    Origin,
    Slip,
    SpelledOut,
    Table,
    part_files,
    read_toml,
    spell_out,
)
from officeflow.model.findings import Finding, Outcome
from officeflow.model.kit import Field, Form, Kit, NextPeriod, Report, Rule, written
from officeflow.text.messages import Catalogue
from officeflow.text.nearest import nearest

__all__ = [
    "BUILTIN",
    "MESSAGES",
    "LayoutError",
    "LoadedKit",
    "Table",
    "load_kit",
    "parse_kit",
    "read_kit",
    "read_toml",
]

MESSAGES = Catalogue.beside(__file__)
_SLIPS = {
    "toml": "KIT_NOT_TOML",
    "table": "KIT_TABLE_DUE",
    "names": "KIT_NAMES_DUE",
    "part": "KIT_PART_MISSING",
    "name": "KIT_ENTRY_UNKNOWN",
}


class LayoutError(Exception):
    """A document cannot be laid out so; `findings` say why for people. Callers turn them into their outcome."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*(finding.message for finding in findings))
        self.findings = findings


@dataclass(frozen=True, kw_only=True)
class LoadedKit:
    """A kit as it is written, not yet judged, with where each piece of it was written."""

    kit: Kit | None
    """None when the notation is not followed; `findings` say where."""
    spelled_out: SpelledOut
    findings: tuple[Finding, ...] = ()

    def origin(self, *location: str | int) -> Origin:
        """Return where the author wrote a piece: `("form", 2, "field", 0, "unit")`, `("check", 7)`, `("title",)`.

        Numbers are places in `kit.forms`, `form.fields`, `kit.figures`, `kit.checks` and
        `kit.reports`.
        """
        return self.spelled_out.origin(location)


def read_kit(folder: Path, *, cache: Path | None = None) -> Outcome[Kit | None]:
    """Return the kit that `folder`/kit.toml defines; None with findings when it cannot be used.

    A kit is judged when it is first read: one that is given back leads nowhere wrong.  With a `cache`
    folder a sound kit is kept there, and read from there the next time.

    Raises:
        OSError: kit.toml cannot be read now.
    """
    key = key_of(part_files(folder))
    known = kept_kit(cache, key)
    if known is not None:
        return Outcome(known)
    # Judges cost more than a click: a kit found sound is taken from the cache.
    from officeflow.kits._sound import kit_faults

    parsed = parse_folder(folder)
    if parsed.value is None:
        return parsed
    faults = kit_faults(parsed.value, folder / "kit.toml")
    if faults:
        return Outcome(None, faults)
    keep_kit(cache, key, parsed.value)
    return parsed


def kit_id(folder: Path) -> str:
    """Return the id that `folder`/kit.toml gives its kit, however wrong the rest is; the folder's name where none can be read."""
    try:
        head = read_toml(folder / "kit.toml").get("kit")
    except (OSError, ValueError, RecursionError):
        head = None
    named = head.get("id") if isinstance(head, dict) else None
    return named if isinstance(named, str) else folder.name


def parse_folder(folder: Path) -> Outcome[Kit | None]:
    """Return the kit as it is written, not yet judged; None with findings when it does not follow the notation.

    Raises:
        OSError: kit.toml cannot be read now.
    """
    loaded = load_kit(folder)
    return Outcome(loaded.kit, loaded.findings)


def load_kit(folder: Path) -> LoadedKit:
    """Return the kit as it is written, not yet judged, and where its pieces stand.

    Raises:
        OSError: kit.toml or one of its parts cannot be read now.
    """
    spelled = spell_out(folder)
    if spelled.slips:
        return LoadedKit(kit=None, spelled_out=spelled, findings=tuple(map(_slip, spelled.slips)))
    try:
        return LoadedKit(kit=parse_kit(spelled.table), spelled_out=spelled)
    except ValueError as error:
        findings = tuple(key_problem(detail, spelled.origin(detail["loc"])) for detail in _details(error))
        return LoadedKit(kit=None, spelled_out=spelled, findings=findings)


def parse_kit(table: Table) -> Kit:
    """Return the kit that a plain table says: keys as authors write them (`form`, `check`, `in`), entries as lists with ids.

    Raises:
        pydantic.ValidationError: a key is unknown or missing, or a value is not of its type.
    """
    # Imported only for a kit that is new: a kit once checked is taken from the cache.
    from pydantic import TypeAdapter

    return TypeAdapter(Kit).validate_python(table)


def _slip(slip: Slip) -> Finding:
    expected = nearest(str(slip.value), slip.known) if slip.known else ""
    return MESSAGES.finding(
        _SLIPS[slip.kind],
        file=str(slip.origin.file),
        where=str(slip.origin),
        value=str(slip.value)[:80],
        expected=expected,
    )


def _details(error: ValueError) -> list[Mapping[str, Any]]:
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        raise error
    return [dict(detail) for detail in error.errors()]


def key_problem(detail: Mapping[str, Any], origin: Origin) -> Finding:
    """Return one of pydantic's errors in the words of who wrote the file; what pydantic says stands for the rarer kinds."""
    file, place = str(origin.file), str(origin)
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    match detail["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            known = nearest(key, sorted(_known_keys()))
            return MESSAGES.finding("KIT_KEY_UNKNOWN", file=file, where=place, value=key, expected=known)
        case "missing":
            return MESSAGES.finding("KIT_KEY_MISSING", file=file, where=place, value=key)
        case _:
            typed = str(detail["input"])[:40]
            return MESSAGES.finding(
                "KIT_VALUE_WRONG", file=file, where=place, value=typed, expected=detail["msg"]
            )


def _known_keys() -> set[str]:
    keys = {
        written(each.name) for value in (Kit, NextPeriod, Form, Field, Rule, Report) for each in fields(value)
    }
    return keys | {
        "parts",
        "rules",
        "zero",
        "none_of",
        "figure",
        "format",
        "repeat",
        "examples",
        "after",
        "before",
    }
