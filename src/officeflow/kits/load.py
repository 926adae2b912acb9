"""Read a kit folder into a `Kit`; says what is wrong in it in a kit author's words, with the file and the keys he wrote.

How a kit is written and spelled out is in `_notation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from officeflow.kits._cache import keep_kit, kept_kit, key_of
from officeflow.kits._notation import (
    BUILTIN,
    SourceKeys,
    SpelledOut,
    Table,
    part_files,
    read_toml,
    spell_out,
)
from officeflow.model.findings import Finding, Outcome
from officeflow.model.kit import Field, Form, Kit, NextPeriod, Report, Rule, written

if TYPE_CHECKING:
    from officeflow.kits._lines import Fault

__all__ = [
    "BUILTIN",
    "LayoutError",
    "LoadedKit",
    "Table",
    "load_kit",
    "parse_kit",
    "read_kit",
    "read_toml",
]


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

    def origin(self, *location: str | int) -> SourceKeys:
        """Return where the author wrote a piece: `("form", 2, "field", 0, "unit")`, `("check", 7)`, `("title",)`.

        Numbers are places in `kit.forms`, `form.fields`, `kit.figures`, `kit.checks` and
        `kit.reports`.
        """
        return self.spelled_out.origin(location)

    def placed(self, fault: Fault) -> Finding:
        """Return what is wrong with the kit at the line that the author wrote."""
        from officeflow.kits._lines import at, written_at

        return at(fault.finding, written_at(self.origin(*fault.location), fault.finding.value))


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
    from officeflow.kits._lines import with_place
    from officeflow.kits._sound import kit_faults

    loaded = load_kit(folder)
    found = loaded.findings if loaded.kit is None else tuple(map(loaded.placed, kit_faults(loaded.kit)))
    if loaded.kit is None or found:
        return Outcome(None, tuple(map(with_place, found)))
    keep_kit(cache, key, loaded.kit)
    return Outcome(loaded.kit)


def kit_id(folder: Path) -> str:
    """Return the id that `folder`/kit.toml gives its kit, however wrong the rest is; the folder's name where none can be read."""
    try:
        head = read_toml(folder / "kit.toml").get("kit")
    except (OSError, ValueError, RecursionError):
        head = None
    named = head.get("id") if isinstance(head, dict) else None
    return named if isinstance(named, str) else folder.name


def load_kit(folder: Path) -> LoadedKit:
    """Return the kit as it is written, not yet judged, and where its pieces stand.

    Raises:
        OSError: kit.toml or one of its parts cannot be read now.
    """
    spelled = spell_out(folder)
    try:
        kit = None if spelled.slips else parse_kit(spelled.table)
    except ValueError as error:
        from officeflow.kits._refusals import content_findings

        findings = content_findings(error, spelled.table, spelled.origin, kit_keys)
        return LoadedKit(kit=None, spelled_out=spelled, findings=findings)
    if spelled.slips:
        from officeflow.kits._refusals import slip_findings

        return LoadedKit(kit=None, spelled_out=spelled, findings=slip_findings(spelled.slips))
    return LoadedKit(kit=kit, spelled_out=spelled)


def parse_kit(table: Table) -> Kit:
    """Return the kit that a plain table says: keys as authors write them (`form`, `check`, `in`), entries as lists with ids.

    Raises:
        pydantic.ValidationError: a key is unknown or missing, or a value is not of its type.
    """
    # Imported only for a kit that is new: a kit once checked is taken from the cache.
    from pydantic import TypeAdapter

    return TypeAdapter(Kit).validate_python(table)


def kit_keys(location: Sequence[str | int]) -> Iterable[str]:
    """Return the keys that an author may write at a place of a kit's plain table."""
    families = {"form": Form, "field": Field, "report": Report, "next": NextPeriod}
    rules = ("figure", "check", "of", "to", "else", "min", "max")
    words = [part for part in location if isinstance(part, str) and part in (*families, *rules)]
    kind = Kit if not words else families.get(words[-1], Rule)
    return {written(each.name) for each in fields(kind)} | _NOTATION.get(words[-1] if words else "", set())


_NOTATION = {
    "": {"parts", "rules", "zero"},
    "form": {"none_of", "field"},
    "field": {"figure", "format", "repeat", "examples", "after"},
    "check": {"before"},
}
"""Keys of the notation that no longer stand in the plain table."""
