"""Read a kit folder's kit.toml into a `Kit`; hides includes, and says what is wrong in a kit author's words.

A form may say `use = "filing"`: it starts as `_forms/filing.toml` (beside the
kit's folder, else the built-in one) and the kit's own keys are laid over it.
Fields are merged by id; a new one goes behind the field named by `after`, or
to the end.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from officeflow.kits._cache import keep_kit, kept_kit, key_of
from officeflow.model.findings import Finding, Outcome
from officeflow.model.kit import Field, Form, Kit, NextPeriod, Report, Rule, written
from officeflow.text.messages import Catalogue
from officeflow.text.nearest import nearest

BUILTIN = Path(__file__).parent / "builtin"
MESSAGES = Catalogue.beside(__file__)
_FORMS = "_forms"
Table: TypeAlias = dict[str, Any]
"""A TOML table before it has been checked; stays inside this package."""


class LayoutError(Exception):
    """A document cannot be laid out so; `findings` say why for people. Callers turn them into their outcome."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*(finding.message for finding in findings))
        self.findings = findings


def read_kit(folder: Path) -> Outcome[Kit | None]:
    """Return the kit that `folder`/kit.toml defines; None with findings when it cannot be used.

    A kit is judged when it is first read: one that is given back leads nowhere wrong.

    Raises:
        OSError: kit.toml cannot be read now.
    """
    key = key_of([*_files(folder), *_files(folder.parent / _FORMS), *_files(BUILTIN / _FORMS)])
    known = kept_kit(key)
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
    keep_kit(key, parsed.value)
    return parsed


def kit_id(folder: Path) -> str:
    """Return the id that `folder`/kit.toml gives its kit, however wrong the rest is; the folder's name where none can be read."""
    try:
        said = read_toml(folder / "kit.toml").get("kit")
    except (OSError, ValueError, RecursionError):
        said = None
    named = said.get("id") if isinstance(said, dict) else None
    return named if isinstance(named, str) else folder.name


def parse_folder(folder: Path) -> Outcome[Kit | None]:
    """Return the kit as it is written, not yet judged; None with findings when it follows no grammar.

    Raises:
        OSError: kit.toml cannot be read now.
    """
    file = folder / "kit.toml"
    try:
        return Outcome(parse_kit(_whole(read_toml(file), folder)))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return Outcome(None, (MESSAGES.finding("KIT_NOT_TOML", file=str(file), value=str(error)),))
    except FileNotFoundError as error:
        return Outcome(
            None, (MESSAGES.finding("KIT_PART_MISSING", file=str(file), value=Path(error.filename).name),)
        )
    except ValueError as error:
        return Outcome(None, tuple(key_problem(file, detail) for detail in _details(error)))


def parse_kit(table: Table) -> Kit:
    """Return the kit that a table says, keys as authors write them (`form`, `check`, `in`).

    Raises:
        pydantic.ValidationError: a key is unknown or missing, or a value is not of its type.
    """
    # Imported only for a kit that is new: a kit once checked is taken from the cache.
    from pydantic import TypeAdapter

    return TypeAdapter(Kit).validate_python(table)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def read_toml(file: Path) -> Table:
    """Return a TOML file with exact decimals instead of floats.

    Raises:
        OSError: the file is missing or cannot be read now.
        tomllib.TOMLDecodeError: it is no TOML.
    """
    return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)


def _whole(content: Table, folder: Path) -> Table:
    """Return a kit's table with the shared forms it uses; what is no table where one is due stays, to be refused."""
    head, forms = content.get("kit", {}), content.get("form", [])
    if isinstance(head, dict):
        content = {**head, **{key: value for key, value in content.items() if key != "kit"}}
    return {**content, "form": [_form(form, folder) for form in forms] if isinstance(forms, list) else forms}


def _form(form: Any, folder: Path) -> Any:
    shared = form.get("use") if isinstance(form, dict) else None
    if not isinstance(shared, str):
        return form
    own = folder.parent / _FORMS / f"{shared}.toml"
    base = read_toml(own if own.is_file() else BUILTIN / _FORMS / f"{shared}.toml")
    over = {key: value for key, value in form.items() if key != "use"}
    lists = base.get("field", []), form.get("field", [])
    return {**base, **over, **({"field": _merged(*lists)} if all(map(_are_fields, lists)) else {})}


def _are_fields(held: object) -> bool:
    return isinstance(held, list) and all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in held
    )


def _merged(base: Sequence[Table], over: Sequence[Table]) -> list[Table]:
    fields = {field["id"]: field for field in base}
    for field in over:
        known, after = fields.get(field["id"]), field.get("after")
        changed = {**(known or {}), **{key: value for key, value in field.items() if key != "after"}}
        if known is None and isinstance(after, str) and after in fields:
            fields = dict(_inserted(fields, after, changed))
        else:
            fields[field["id"]] = changed
    return list(fields.values())


def _inserted(fields: dict[str, Table], after: str, new: Table) -> Iterator[tuple[str, Table]]:
    for key, field in fields.items():
        yield key, field
        if key == after:
            yield new["id"], new


def _details(error: ValueError) -> list[Mapping[str, Any]]:
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        raise error
    return [dict(detail) for detail in error.errors()]


def key_problem(file: Path, detail: Mapping[str, Any]) -> Finding:
    """Return one of pydantic's errors in the words of who wrote the file; what pydantic says stands for the rarer kinds."""
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in detail["loc"])
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    match detail["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            known = nearest(key, sorted(_known_keys()))
            return MESSAGES.finding("KIT_KEY_UNKNOWN", file=str(file), where=place, value=key, expected=known)
        case "missing":
            return MESSAGES.finding("KIT_KEY_MISSING", file=str(file), where=place, value=key)
        case _:
            typed = str(detail["input"])[:40]
            return MESSAGES.finding(
                "KIT_VALUE_WRONG", file=str(file), where=place, value=typed, expected=detail["msg"]
            )


def _known_keys() -> set[str]:
    return {
        written(one.name) for value in (Kit, NextPeriod, Form, Field, Rule, Report) for one in fields(value)
    }
