"""What an author writes, spelled out: parts, overrides, repeated fields and rule tables → the plain table of a `Kit`.

A kit is `kit.toml` and the parts it names.  A part, `_parts/<name>.toml`, is one
form with the figures and checks that belong to it; it is looked for in the kit's
folder, beside it, and among the built-in ones.  In the order of the steps below:

* `[kit] parts = ["filing", "visits"]` lists the parts; their order is the order of the
  sheets.  `[form.visits]` lays keys over a part's form, or defines a form of the kit's
  own; `field.fax = { after = "phone", … }` adds a field, `field.fax = false` drops it.
* `[field] issue = { header = "期号", type = "int", figure = "期号", format = "第N" }`: a field that
  is a figure too (`value` of a record; of a ledger `total` of numbers, else `list`; `figure = { id = "简称", else = … }` says more).
* `item = { header = "分项", repeat = 10, examples = ["甲"] }`: `item_1` … `item_10`; a rule that
  says `slogans.item` means all of them.  `repeat = "zero"`: one field for each form that
  `[kit] zero` lists; `{sheet}` and `{none_of}` are that form's words.
* `[figure] 党员数 = { use = "distinct", of = "posts.member" }`; `use` is `value` where it is left out,
  and text alone is its `of`.
* `[check] 02 = { … }` or `[ { … }, { … } ]`: the id is `[kit] rules` and the number; the checks of
  `standard.toml`, of the parts and of the kit are put in order of their numbers (`before = "07"`
  moves one).  `choices = { by = "category", 衣物 = "件" }` makes a check for each entry;
  `{by}` and `{choice}` in its words.
* `[report] bulletin = { title = …, genre = … }`.

A kit, and a part named later, changes what a part brings: an entry `false` drops it; a field's keys are
laid over.  A figure with `use` or `of` takes the place of the one before it, else its keys are laid over.
A check without `use` changes the keys of all that have its number; one with `use` takes the place of the
one with the same `use`, `where` and (first) `of`, or is added.
Nothing is evaluated: every step copies or spreads data.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from officeflow.model.kit import NUMERIC

Table: TypeAlias = dict[str, Any]
"""A TOML table before it has been checked; stays inside this package."""
Location: TypeAlias = tuple[str | int, ...]

PARTS = "_parts"
BUILTIN = Path(__file__).parent / "builtin"
_STANDARD = "standard"
MAX_REPEAT = 100
_FAMILIES = ("form", "figure", "check", "report")
_INLINE = ("of", "to", "min", "max", "else")  # attributes that may hold a rule
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, kw_only=True)
class SourceKeys:
    """Where the author wrote something: a file, and the keys that lead to it."""

    file: Path
    keys: Location

    def below(self, *keys: str | int) -> SourceKeys:
        """Return the place that much further down."""
        return SourceKeys(file=self.file, keys=(*self.keys, *keys))

    def __str__(self) -> str:
        return ".".join(str(key + 1 if isinstance(key, int) else key) for key in self.keys)


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What cannot be spelled out.

    `kind` is `toml` (a file that is not TOML; `value` is the reason), `table` or `names` (something
    else stands where a table or a list of names is due), `part` (a part that is missing) or `name`
    (an entry that is dropped, followed or switched and does not exist); `known` are the names that would do.
    """

    kind: str
    origin: SourceKeys
    value: object
    known: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SpelledOut:
    """A kit's plain table (`form`, `figure`, `check`, `report` as lists with ids), and where its pieces come from.

    Keys of `origins` are places in the table: `("form", 2, "field", 0)`, `("check", 7)`, `("title",)`.
    """

    table: Table
    origins: Mapping[Location, SourceKeys]
    slips: tuple[Slip, ...] = ()

    def origin(self, location: Sequence[str | int]) -> SourceKeys:
        """Return where the author wrote what stands at a place of the table; the nearest place above where it has none."""
        for length in range(len(location), 0, -1):
            known = self.origins.get(tuple(location[:length]))
            if known is not None:
                return known.below(*location[length:])
        return self.origins[()].below(*location)


@dataclass(kw_only=True)
class _Entry:
    """A form, field or rule while it is put together: its keys, and where the keys come from that a kit laid over."""

    values: Table
    origin: SourceKeys
    changed: dict[str, SourceKeys] = field(default_factory=dict)

    def lay(self, values: Table, origin: SourceKeys) -> None:
        self.values = {**self.values, **values}
        self.changed |= {key: origin.below(key) for key in values}

    def copy(self, **values: Any) -> _Entry:
        return _Entry(values={**self.values, **values}, origin=self.origin, changed=dict(self.changed))

    def origins(self, location: Location) -> Iterator[tuple[Location, SourceKeys]]:
        yield location, self.origin
        yield from (((*location, key), origin) for key, origin in self.changed.items())


_Entries: TypeAlias = dict[str, _Entry]


def read_toml(file: Path) -> Table:
    """Return a TOML file with exact decimals instead of floats.

    Raises:
        OSError: the file is missing or cannot be read now.
        tomllib.TOMLDecodeError: it is not TOML.
    """
    return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)


def part_files(folder: Path) -> list[Path]:
    """Return every file that a kit in `folder` is read from: its own, and the parts it may name."""
    places = (folder, *_part_folders(folder))
    return [file for place in places for file in sorted(place.glob("*.toml"))]


def spell_out(folder: Path, content: Table | None = None) -> SpelledOut:
    """Return the plain table of the kit in `folder`; `content` stands for its kit.toml where it is at hand already.

    Raises:
        OSError: kit.toml or a part cannot be read now.
    """
    return _Author(folder).spelled_out(content)


def _part_folders(folder: Path) -> tuple[Path, ...]:
    return folder / PARTS, folder.parent / PARTS, BUILTIN / PARTS


class _Author:
    """Reads kit.toml and its parts, in the order of the steps above, and keeps what it stumbled over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "kit.toml"
        self.slips: list[Slip] = []
        self.repeated: dict[str, list[str]] = {}
        """`form.field` as written → the fields it stands for."""

    def spelled_out(self, content: Table | None) -> SpelledOut:
        top = SourceKeys(file=self.file, keys=())
        content = self._read(self.file) if content is None else dict(content)
        head = self._table(content.pop("kit", {}), top.below("kit"))
        names = self._names(head.pop("parts", []), top.below("kit", "parts"))
        prefix = str(head.pop("rules", ""))
        zero = self._names(head.pop("zero", []), top.below("kit", "zero"))
        parts = {name: self._part(name, top.below("kit", "parts")) for name in names}
        for misplaced in [key for key in head if key in _FAMILIES]:
            self._unknown(misplaced, top.below("kit"), ("parts", "zero", "rules"))
            del head[misplaced]
        own = {key: self._table(content.pop(key, {}), top.below(key)) for key in _FAMILIES}

        forms, written_fields = self._forms(parts, own["form"], top.below("form"))
        fields = self._fields(forms, written_fields, zero)
        figures: _Entries = {}
        checks: dict[str, list[_Entry]] = {}
        self._add_checks(checks, *self._standard())
        for name in forms:
            self._add_field_figures(figures, name, forms[name], fields[name])
            part, origin = parts.get(name, ({}, top))
            self._add_figures(figures, part.get("figure", {}), origin.below("figure"))
            self._add_checks(checks, part.get("check", {}), origin.below("check"))
        self._add_figures(figures, own["figure"], top.below("figure"))
        self._add_checks(checks, own["check"], top.below("check"))
        reports = {
            name: _Entry(
                values=self._table(report, top.below("report", name)), origin=top.below("report", name)
            )
            for name, report in own["report"].items()
        }

        table: Table = {**head, **content}
        keys = {*head, "id", "title", "version", "unit", "period"}
        origins: dict[Location, SourceKeys] = {(): top, **{(key,): top.below("kit", key) for key in keys}}
        families: dict[str, list[_Entry]] = {
            "form": [form.copy(id=name, field=_plain(fields[name])) for name, form in forms.items()],
            "figure": [figure.copy(id=name) for name, figure in figures.items()],
            "check": list(_in_order(checks, prefix)),
            "report": [report.copy(id=name) for name, report in reports.items()],
        }
        for family, entries in families.items():
            table[family] = [entry.values for entry in entries]
            for number, entry in enumerate(entries):
                origins |= dict(entry.origins((family, number)))
        for number, name in enumerate(forms):
            for place, entry in enumerate(fields[name].values()):
                origins |= dict(entry.origins(("form", number, "field", place)))
        return SpelledOut(table=table, origins=origins, slips=tuple(self.slips))

    def _read(self, file: Path) -> Table:
        try:
            return read_toml(file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            self.slips.append(Slip(kind="toml", origin=SourceKeys(file=file, keys=()), value=error))
            return {}

    def _table(self, value: object, origin: SourceKeys) -> Table:
        if isinstance(value, dict):
            return dict(value)
        self.slips.append(Slip(kind="table", origin=origin, value=value))
        return {}

    def _names(self, value: object, origin: SourceKeys) -> list[str]:
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return list(dict.fromkeys(value))
        self.slips.append(Slip(kind="names", origin=origin, value=value))
        return []

    def _part(self, name: str, named: SourceKeys) -> tuple[Table, SourceKeys]:
        """Return a part and where it stands; an empty one where there is no such part."""
        for folder in _part_folders(self.folder):
            file = folder / f"{name}.toml"
            if file.is_file():
                return self._read(file), SourceKeys(file=file, keys=())
        known = {file.stem for folder in _part_folders(self.folder) for file in folder.glob("*.toml")} - {
            _STANDARD
        }
        self.slips.append(Slip(kind="part", origin=named, value=name, known=tuple(sorted(known))))
        return {}, named

    def _standard(self) -> tuple[object, SourceKeys]:
        table, origin = self._part(_STANDARD, SourceKeys(file=self.file, keys=()))
        return table.get("check", {}), origin.below("check")

    def _forms(
        self, parts: Mapping[str, tuple[Table, SourceKeys]], own: Table, origin: SourceKeys
    ) -> tuple[_Entries, dict[str, _Entries]]:
        """Return the forms without their fields, and the fields as they are written."""
        forms: _Entries = {}
        fields: dict[str, _Entries] = {}
        for name, (part, place) in parts.items():
            keys = {key: value for key, value in part.items() if key not in ("field", "figure", "check")}
            forms[name], fields[name] = _Entry(values=keys, origin=place), {}
            self._lay_fields(fields[name], part.get("field", {}), place.below("field"))
        for name, written in own.items():
            over, place = self._table(written, origin.below(name)), origin.below(name)
            changes = over.pop("field", {})
            if name in forms:
                forms[name].lay(over, place)
            else:
                forms[name], fields[name] = _Entry(values=over, origin=place), {}
            self._lay_fields(fields[name], changes, place.below("field"))
        return forms, fields

    def _lay_fields(self, fields: _Entries, written: object, origin: SourceKeys) -> None:
        for name, value in self._table(written, origin).items():
            place = origin.below(name)
            if value is False:
                self._drop(fields, name, place)
                continue
            keys = self._table(value, place)
            after = keys.pop("after", None)
            if name in fields:
                fields[name].lay(keys, place)
            elif after is None or (isinstance(after, str) and after in fields):
                _insert(fields, after, name, _Entry(values=keys, origin=place))
            else:
                self._unknown(after, place.below("after"), fields)

    def _fields(
        self, forms: _Entries, written: Mapping[str, _Entries], zero: list[str]
    ) -> dict[str, _Entries]:
        """Return the fields with the repeated ones spread; says of each form in `zero` where its switch is."""
        for name in zero:
            if name not in forms:
                self._unknown(name, SourceKeys(file=self.file, keys=("kit", "zero")), forms)
        zero = [name for name in zero if name in forms]
        words = {
            name: {
                "sheet": forms[name].values.get("sheet", ""),
                "none_of": forms[name].values.pop("none_of", ""),
            }
            for name in forms
        }
        spread: dict[str, _Entries] = {}
        for form, fields in written.items():
            spread[form] = {}
            for name, entry in fields.items():
                repeat = entry.values.pop("repeat", None)
                if repeat is None:
                    spread[form][name] = entry
                    continue
                if repeat == "zero":
                    copies = _switches(entry, zero, words)
                    for other in zero:
                        forms[other].values.setdefault("zero", f"{form}.{name}_{other}")
                elif type(repeat) is int and 0 < repeat <= MAX_REPEAT:
                    copies = _numbered(entry, repeat)
                else:
                    self._unknown(repeat, entry.origin.below("repeat"), ("zero", str(MAX_REPEAT)))
                    continue
                spread[form] |= {f"{name}_{suffix}": copy for suffix, copy in copies.items()}
                self.repeated[f"{form}.{name}"] = [f"{form}.{name}_{suffix}" for suffix in copies]
        return spread

    def _add_field_figures(self, figures: _Entries, form: str, entry: _Entry, fields: _Entries) -> None:
        for name, found in fields.items():
            if "figure" not in found.values:
                continue
            in_ledger = "total" if found.values.get("type") in NUMERIC else "list"
            use = "value" if entry.values.get("kind") == "record" else in_ledger
            figure, format_ = found.values.pop("figure"), found.values.pop("format", None)
            written = (
                {"id": figure}
                if isinstance(figure, str)
                else self._rule(figure, found.origin.below("figure"))
            )
            rule = {"use": use, "of": f"{form}.{name}", "unit": found.values.get("unit"), "format": format_}
            values = {key: value for key, value in (rule | written).items() if value is not None}
            figures[str(values.pop("id", ""))] = _Entry(values=values, origin=found.origin)

    def _add_figures(self, figures: _Entries, written: object, origin: SourceKeys) -> None:
        for name, value in self._table(written, origin).items():
            place = origin.below(name)
            if value is False:
                self._drop(figures, name, place)
                continue
            rule = {"of": value} if isinstance(value, str) else self._rule(value, place)
            if name in figures and not rule.keys() & {"use", "of"}:
                figures[name].lay(rule, place)
            else:
                figures[name] = _Entry(values={"use": "value", **rule}, origin=place)

    def _add_checks(self, checks: dict[str, list[_Entry]], written: object, origin: SourceKeys) -> None:
        for number, value in self._table(written, origin).items():
            place = origin.below(number)
            if value is False:
                self._drop(checks, number, place)
                continue
            several = isinstance(value, list)
            before = list(checks.get(number, ()))
            for index, item in enumerate(value if several else [value]):
                here = place.below(index) if several else place
                self._add_check(checks.setdefault(number, []), before, self._rule(item, here), here)

    def _add_check(self, entries: list[_Entry], before: list[_Entry], rule: Table, place: SourceKeys) -> None:
        """Add one check to those of its number; `before` are those that parts brought."""
        if "use" not in rule and before:
            for entry in before:
                entry.lay(rule, place)
            return
        added = _Entry(values=rule, origin=place)
        for entry in before:
            if _subject(entry.values) == _subject(rule):
                entries[entries.index(entry)] = added
                return
        entries.append(added)

    def _rule(self, value: object, origin: SourceKeys) -> Table:
        """Return a rule with the repeated fields it names spread, in rules inside it too."""
        rule = self._table(value, origin)
        for key in _INLINE:
            if key in rule:
                rule[key] = self._operand(rule[key], origin.below(key))
        return rule

    def _operand(self, value: object, origin: SourceKeys) -> object:
        if isinstance(value, str):
            return self.repeated.get(value, value)
        if isinstance(value, list):
            return [item for each in value for item in _as_list(self._operand(each, origin))]
        return self._rule(value, origin) if isinstance(value, dict) else value

    def _drop(self, known: dict[str, Any], name: str, origin: SourceKeys) -> None:
        if known.pop(name, None) is None:
            self._unknown(name, origin, known)

    def _unknown(self, name: object, origin: SourceKeys, known: Iterable[str]) -> None:
        self.slips.append(Slip(kind="name", origin=origin, value=name, known=tuple(known)))


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _subject(check: Table) -> tuple[object, object, object]:
    """Return what a check is about: its kind, what it looks at first, and in which rows."""
    of = check.get("of")
    return check.get("use"), of[0] if isinstance(of, list) and of else of, check.get("where")


def _insert(fields: _Entries, after: str | None, name: str, entry: _Entry) -> None:
    kept = list(fields.items())
    at = len(kept) if after is None else [known for known, _ in kept].index(after) + 1
    fields.clear()
    fields.update([*kept[:at], (name, entry), *kept[at:]])


def _plain(fields: _Entries) -> list[Table]:
    return [{"id": name, **entry.values} for name, entry in fields.items()]


def _numbered(entry: _Entry, repeat: int) -> dict[str, _Entry]:
    """Return a field that many times, headers numbered; the first ones with the examples it lists."""
    examples = _as_list(entry.values.pop("examples", []))
    header = entry.values.get("header", "")
    copies = {str(number): entry.copy(header=f"{header}{number}") for number in range(1, repeat + 1)}
    for copy, example in zip(copies.values(), examples, strict=False):
        copy.values["example"] = example
    return copies


def _switches(entry: _Entry, zero: list[str], words: Mapping[str, Mapping[str, str]]) -> dict[str, _Entry]:
    """Return a field once for each form that may report nothing, in that form's words."""
    copies = {}
    for name in zero:
        said = {"sheet": words[name]["sheet"], "none_of": words[name]["none_of"] or words[name]["sheet"]}
        copies[name] = entry.copy(
            **{key: _filled(text, said) for key, text in entry.values.items() if isinstance(text, str)}
        )
    return copies


def _filled(text: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _in_order(checks: Mapping[str, list[_Entry]], prefix: str) -> Iterator[_Entry]:
    """Yield the checks by number, spread by their choices; of one number as they were added."""
    placed = []
    for number, entries in checks.items():
        for entry in entries:
            before = entry.values.pop("before", None)
            placed.append(
                (_natural(number if before is None else str(before)), before is None, number, entry)
            )
    for _, _, number, entry in sorted(placed, key=lambda item: item[:2]):
        yield from _by_choice(entry.copy(id=f"{prefix}{number}"))


def _natural(number: str) -> list[tuple[int, str]]:
    return [(int(piece), "") if piece.isdigit() else (0, piece) for piece in _DIGITS.split(number) if piece]


def _by_choice(entry: _Entry) -> Iterator[_Entry]:
    choices = entry.values.get("choices")
    if not isinstance(choices, dict) or not isinstance(choices.get("by"), str):
        yield entry
        return
    for value, choice in choices.items():
        if value != "by":
            words = {
                key: _filled(text, {"by": value, "choice": choice})
                for key in ("message", "remedy")
                if isinstance(text := entry.values.get(key), str)
            }
            where = entry.values.get("where", {})
            where = {**where, choices["by"]: value} if isinstance(where, dict) else where
            yield entry.copy(where=where, choices=_as_list(choice), **words)
