"""Why a TOML file or its content was refused, in the words of who wrote it.

tomllib and pydantic speak English of a programmer; every kind of refusal has
a sentence of its own in messages.toml.  A union of types refuses once for each
of its members: the author made one mistake and is told of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from officeflow.kits._lines import KeyPath, SourceLine, at, file_lines, written_at
from officeflow.kits._notation import Slip, SourceKeys
from officeflow.kits._words import MESSAGES, kit_words
from officeflow.model.findings import Finding
from officeflow.text.nearest import nearest

_AT = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)$")
_UNTOLD = (
    (
        "TOML_UNCLOSED",
        ("Illegal character '\\n'", "Found invalid character '\\n'", "Unclosed", "Unterminated string"),
    ),
    ("TOML_UNCLOSED", ("Expected ']'", "Expected ']]'")),
    ("TOML_TWICE", ("Cannot overwrite", "Cannot declare", "Duplicate inline table key", "Cannot redefine")),
    ("TOML_CLOSED", ("Cannot mutate",)),
    ("TOML_TEXT", ("Unescaped", "Invalid hex", "Escaped character", "Illegal character")),
    ("TOML_EQUALS", ("Expected '='",)),
    ("TOML_AFTER", ("Expected newline",)),
    ("TOML_KEY", ("Invalid initial character", "Invalid statement")),
    ("TOML_VALUE", ("Invalid value", "Invalid date", "Found invalid character")),
)
"""What tomllib says begins so → the code that says it for people; `TOML_WRONG` stands for what a new version adds."""

_KINDS = {
    "string": "KIT_TEXT_WANTED",
    "int": "KIT_WHOLE_WANTED",
    "decimal": "KIT_NUMBER_WANTED",
    "float": "KIT_NUMBER_WANTED",
    "bool": "KIT_YES_NO_WANTED",
    "list": "KIT_LIST_WANTED",
    "tuple": "KIT_LIST_WANTED",
    "set": "KIT_LIST_WANTED",
    "dict": "KIT_TABLE_WANTED",
    "mapping": "KIT_TABLE_WANTED",
    "dataclass": "KIT_TABLE_WANTED",
    "model": "KIT_TABLE_WANTED",
    "literal": "KIT_WORD_WANTED",
    "enum": "KIT_WORD_WANTED",
    "greater": "KIT_RANGE_WANTED",
    "less": "KIT_RANGE_WANTED",
}
_SLIPS = {
    "table": "KIT_TABLE_WANTED",
    "names": "KIT_LIST_WANTED",
    "part": "KIT_PART_MISSING",
    "name": "KIT_ENTRY_UNKNOWN",
}
_OF_TABLES = ("KIT_KEY_UNKNOWN", "KIT_KEY_MISSING", "KIT_ID", "KIT_NAME", "KIT_TWICE")
"""Said of the table that a key stands in, not of the key."""
_UNKNOWN = ("unexpected_keyword_argument", "extra_forbidden")
_CONDITIONS = ("where", "when", "required", "bounds", "carries", "keeps_start", "year_start")
_QUOTED = re.compile(r"'([^']*)'")


class Refusal(NamedTuple):
    """One mistake: the code of its sentence, the key it is about, what stands there, and what would do."""

    code: str
    path: KeyPath
    value: str = ""
    expected: str = ""
    known: tuple[str, ...] = ()
    """The words that may stand there."""


class _Placed(NamedTuple):
    """One error of pydantic: the part of its path that the author wrote, and how long that was where a union began."""

    path: KeyPath
    union: int | None
    error: Mapping[str, Any]


def toml_finding(error: Exception, file: Path) -> Finding:
    """Return the finding for a file that is not TOML, at the line where reading stopped."""
    if isinstance(error, UnicodeDecodeError):
        return at(MESSAGES.finding("KIT_NOT_TOML"), SourceLine(file))
    said = str(error)
    code = next((code for code, begins in _UNTOLD if said.startswith(begins)), "TOML_WRONG")
    found = _AT.search(said)
    last = len(file_lines(file).text.rstrip("\n").split("\n"))
    return at(MESSAGES.finding(code), SourceLine(file, int(found[1] or last) if found else 0))


def slip_findings(slips: Sequence[Slip]) -> tuple[Finding, ...]:
    """Return the findings for what cannot be spelled out; what only follows from a file that was not read is not told."""
    kinds = [slip.kind for slip in slips]
    told = next(kind for kind in ("toml", "part", "table", "names", "name") if kind in kinds)
    return tuple(dict.fromkeys(_slip_finding(slip) for slip in slips if slip.kind == told))


def _slip_finding(slip: Slip) -> Finding:
    if isinstance(slip.value, Exception):
        return toml_finding(slip.value, slip.origin.file)
    value = _shown(slip.value)
    finding = MESSAGES.finding(
        _SLIPS[slip.kind],
        where=kit_words()["where"]["alone"].format(key=slip.origin),
        value=value,
        expected=nearest(value, slip.known) if slip.known else "",
    )
    return at(finding, written_at(slip.origin, value))


def content_findings(
    error: ValueError,
    content: object,
    origin: Callable[[KeyPath], SourceKeys],
    keys_at: Callable[[KeyPath], Iterable[str]],
) -> tuple[Finding, ...]:
    """Return the findings for content that pydantic refuses.

    `content` is what was judged, `origin` says where the author wrote a place of it, `keys_at`
    what a table may hold.

    Raises:
        ValueError: `error` is none of pydantic's.
    """
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        raise error
    errors = [dict(detail) for detail in error.errors()]
    findings = []
    for refusal in refusals(errors, content, keys_at):
        finding = MESSAGES.finding(
            refusal.code,
            where=called(refusal.path, content, is_key=refusal.code not in _OF_TABLES),
            value=refusal.value,
            expected=refusal.expected,
            known="、".join(refusal.known),
        )
        findings.append(at(finding, written_at(origin(refusal.path), refusal.value)))
    return tuple(dict.fromkeys(findings))


def called(path: KeyPath, content: object, *, is_key: bool = True) -> str:
    """Return what an author calls a place of a table: 指标“捐款”的 of; `is_key` says whether its last key is named too."""
    words, element = kit_words()["where"], ""
    names: list[str] = []
    here, rest = content, list(path)
    while rest:
        part = rest.pop(0)
        here = _inside(here, part)
        if isinstance(part, int) and isinstance(here, Mapping) and "id" in here:
            names.append(str(here["id"]))
            element = words[str(path[len(path) - len(rest) - 2])].format(name=".".join(names))
            keys = [str(key) for key in rest if isinstance(key, str)]
        elif not names:
            keys = [str(key) for key in path if isinstance(key, str)]
    if not path or not keys or not is_key:
        return element
    return str(
        words["key"].format(where=element, key=keys[-1]) if element else words["alone"].format(key=keys[-1])
    )


def _inside(content: object, part: str | int) -> object:
    if isinstance(content, Mapping):
        return content.get(part)
    if isinstance(content, list | tuple) and isinstance(part, int) and part < len(content):
        return content[part]
    return None


def refusals(
    errors: Iterable[Mapping[str, Any]], content: object, keys_at: Callable[[KeyPath], Iterable[str]]
) -> list[Refusal]:
    """Return the mistakes behind pydantic's errors; `content` is what was judged, `keys_at` says what a table may hold."""
    groups: dict[tuple[bool, KeyPath], list[_Placed]] = {}
    for placed in (_placed(error, content) for error in errors):
        around = placed.path if placed.union is None else placed.path[: placed.union]
        groups.setdefault((placed.union is not None, around), []).append(placed)
    found = [
        refusal
        for (is_union, around), group in groups.items()
        for refusal in (
            _chosen(group, around, content, keys_at) if is_union else _plain(group, content, keys_at)
        )
    ]
    # A misspelt key is missing too, which is the same mistake.
    misspelt = {
        (refusal.path[:-1], refusal.expected) for refusal in found if refusal.code == "KIT_KEY_UNKNOWN"
    }
    return [
        refusal
        for refusal in found
        if refusal.code != "KIT_KEY_MISSING" or (refusal.path, refusal.value) not in misspelt
    ]


def _placed(error: Mapping[str, Any], content: object) -> _Placed:
    """Tell the keys in pydantic's path from the names of types that a union puts there."""
    path: list[str | int] = []
    union: int | None = None
    here, parts = content, list(error["loc"])
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        if (isinstance(here, Mapping) and part in here) or (
            isinstance(here, list | tuple) and isinstance(part, int) and part < len(here)
        ):
            here = here[part]
            path.append(part)
        elif is_last and (error["type"] == "missing" or error["type"] in _UNKNOWN):
            path.append(part)
        elif union is None:
            union = len(path)
    return _Placed(tuple(path), union, error)


def _plain(
    group: Iterable[_Placed], content: object, keys_at: Callable[[KeyPath], Iterable[str]]
) -> Iterator[Refusal]:
    return (_refusal(placed, content, keys_at) for placed in group)


def _chosen(
    group: list[_Placed], around: KeyPath, content: object, keys_at: Callable[[KeyPath], Iterable[str]]
) -> Iterator[Refusal]:
    """Yield what one member of a union says, when the author clearly meant it; else one sentence for all."""
    if any(part in _CONDITIONS for part in around):
        deepest = max((placed.path for placed in group), key=len)
        inside = next(i for i, part in enumerate(around) if part in _CONDITIONS)
        # A condition is written `field = value`: the field is the key after `where`.
        yield Refusal("KIT_CONDITION", deepest[: max(inside + 2, len(around))], _typed(group[0].error))
        return
    meant = (*_UNKNOWN, "missing")
    deep = [placed for placed in group if len(placed.path) > len(around) and placed.error["type"] in meant]
    if deep:
        yield from _plain(deep, content, keys_at)
    else:
        yield Refusal("KIT_VALUE_WRONG", around, _typed(group[0].error))


def _refusal(placed: _Placed, content: object, keys_at: Callable[[KeyPath], Iterable[str]]) -> Refusal:
    error, path = placed.error, placed.path
    kind, typed = str(error["type"]), _typed(error)
    if kind in _UNKNOWN:
        key = str(path[-1])
        return Refusal("KIT_KEY_UNKNOWN", path, key, nearest(key, sorted(keys_at(path[:-1]))))
    if kind == "missing":
        code = "KIT_COUNT_WANTED" if isinstance(path[-1], int) else "KIT_KEY_MISSING"
        return Refusal(code, path[:-1], str(path[-1]))
    if kind == "value_error":
        return _broken_rule(path, str(error["ctx"]["error"]), content)
    if kind in ("too_short", "too_long"):
        return Refusal("KIT_COUNT_WANTED", path, typed)
    if kind == "string_pattern_mismatch":
        return Refusal("KIT_PATTERN", path, typed)
    code = _KINDS.get(kind.partition("_")[0], "KIT_VALUE_WRONG")
    known = tuple(_QUOTED.findall(str(error.get("ctx", {}).get("expected", ""))))
    return Refusal(code, path, typed, nearest(typed, known), known)


def _broken_rule(path: KeyPath, told: str, content: object) -> Refusal:
    """Return what the model's own rules refuse: an id that is none, an id used twice, a day no month has."""
    rule, _, value = told.rpartition(": ")
    if rule == "period_rule":
        return Refusal("KIT_DAY_WANTED", (*path, "period_rule"), value)
    # Figures are judged with the kit: their names are looked for among its figures.
    named = [
        (family, number)
        for family in ("form", "figure", "report")
        for number, entry in enumerate(_entries(content, family) if not path else ())
        if isinstance(entry, Mapping) and entry.get("id") == value
    ]
    if rule == "unknown names":
        name = value.partition(", ")[0]
        return Refusal("LAYOUT_NAMES", next(_places_of(name, content, path), path), name)
    if value.startswith("headings and"):
        return Refusal("LAYOUT_HEADINGS", (*path, "headings"))
    if rule == "style":
        return Refusal("KIT_TEXT_WANTED", (*path, rule), _shown(value))
    if rule in ("color", "id"):
        return Refusal("KIT_PATTERN", (*path, rule), value)
    if rule == "duplicate id":
        return Refusal("KIT_TWICE", named[-1] if named else path, value)
    if rule:
        return Refusal("KIT_VALUE_WRONG", path, value)
    figures = [place for place in named if place[0] == "figure"]
    if figures:
        return Refusal("KIT_NAME", (*figures[0], "id"), value)
    return Refusal("KIT_ID", (*path, "id"), _shown(value))


def _places_of(name: str, content: object, path: KeyPath) -> Iterator[KeyPath]:
    """Yield where a text stands as a value."""
    if content == name:
        yield path
    if isinstance(content, Mapping):
        for key, inner in content.items():
            yield from _places_of(name, inner, (*path, key))
    elif isinstance(content, list | tuple):
        for number, inner in enumerate(content):
            yield from _places_of(name, inner, (*path, number))


def _entries(content: object, family: str) -> Sequence[object]:
    found = content.get(family) if isinstance(content, Mapping) else None
    return found if isinstance(found, list | tuple) else ()


def _typed(error: Mapping[str, Any]) -> str:
    return _shown(error["input"])


def _shown(held: object) -> str:
    """Return what an author wrote, as a sentence can quote it."""
    shapes = kit_words()["shape"]
    if isinstance(held, Mapping):
        return str(shapes["table"])
    return str(shapes["list"]) if isinstance(held, list | tuple) else str(held) or str(shapes["empty"])
