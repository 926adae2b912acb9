"""What `kit check` tells the author of a kit: each mistake once, with file, line and the nearest right word.

In the order of its stages, each of which needs the ones before: the TOML is
read and every name in it leads somewhere (`load`, `_sound`), clerks get what
they need, and the kit is tried out on its sample (`_rehearsal`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from officeflow.kits._lines import Fault, KeyPath, SourceLine, at, file_lines, with_place
from officeflow.kits._refusals import toml_finding
from officeflow.kits._rehearsal import Rehearsed, rehearsed, report_problems, sample_problems
from officeflow.kits._sound import kit_faults
from officeflow.kits._words import MESSAGES, kit_words
from officeflow.kits.load import load_kit, read_toml
from officeflow.kits.source import PREVIOUS, KitSource
from officeflow.model.findings import Finding, Severity
from officeflow.model.kit import Field, Form, Kit
from officeflow.model.submission import PREVIOUS_PERIOD
from officeflow.text.nearest import nearest
from officeflow.workbook.words import folded

_PROMPT = 40
"""Characters: a prompt is read while typing."""
_DROP_DOWN = 250
"""Excel takes 255 characters, commas included."""


def kit_problems(folder: Path) -> tuple[Finding, ...]:
    """Return every problem of the kit in `folder`, () when it is sound; for `kit check`.

    Raises:
        OSError: a file of the kit cannot be read now.
    """
    return tried_kit(folder)[0]


def tried_kit(folder: Path) -> tuple[tuple[Finding, ...], Rehearsed | None]:
    """Return every problem of a kit, and its sample as it is read back; None where the kit cannot be tried out.

    Raises:
        OSError: a file of the kit cannot be read now.
    """
    loaded = load_kit(folder)
    if loaded.kit is None:
        return _told(loaded.findings), None
    source = KitSource(kit=loaded.kit, folder=folder)
    faults = (*kit_faults(loaded.kit), *quality_faults(loaded.kit), *_unwritten_reports(source))
    found = [*map(loaded.placed, faults), *_sample_names(source)]
    if any(finding.severity is Severity.MANDATORY for finding in found):
        return _told(found), None
    tried = rehearsed(source)
    if tried is None:
        found.append(MESSAGES.finding("SAMPLE_LOST", file=str(source.sample_file)))
        return _told(found), None
    if source.has_sample:
        found += sample_problems(source, tried)
    else:
        found.append(MESSAGES.finding("SAMPLE_MISSING", file=str(folder / "kit.toml")))
    is_sound = source.has_sample and not any(finding.code == "SAMPLE_FAILS" for finding in found)
    for number, report in enumerate(source.kit.reports):
        # What a report lacks where the sample itself is wrong is not a mistake in the report.
        for finding in report_problems(source, report, tried, is_sound=is_sound):
            # That a genre or profile is not there is said in kit.toml.
            found.append(finding if finding.file else loaded.placed(Fault(("report", number), finding)))
    return _told(found), tried


def _told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings in their order, each once, with file and line in their words."""
    return tuple(dict.fromkeys(map(with_place, findings)))


def _unwritten_reports(source: KitSource) -> Iterator[Fault]:
    for number, report in enumerate(source.kit.reports):
        if not source.markdown_file(report.id).is_file():
            yield Fault(("report", number), MESSAGES.finding("KIT_REPORT_MISSING", value=report.id))


def quality_faults(kit: Kit) -> Iterator[Fault]:
    """Yield what clerks need of a kit, although it could be used without: short prompts, clear headings, marked persons."""
    for number, form in enumerate(kit.forms):
        yield from _form_quality(form, ("form", number))
        for place, field in enumerate(form.fields):
            yield from _field_quality(form, field, ("form", number, "field", place))


def _form_quality(form: Form, location: KeyPath) -> Iterator[Fault]:
    if not form.note:
        yield Fault(location, MESSAGES.finding("KIT_NOTE_MISSING", where=form.id))
    if form.kind == "ledger" and not form.key:
        yield Fault(location, MESSAGES.finding("KIT_NO_KEY", where=form.id))
    if form.kind == "ledger" and form.zero and form.optional:
        yield Fault((*location, "optional"), MESSAGES.finding("KIT_ZERO_OPTIONAL", where=form.id))
    seen = {folded(field.header) for field in form.fields}
    for place, field in enumerate(form.fields):
        for alias in map(folded, field.aliases):
            if alias in seen:
                finding = MESSAGES.finding("KIT_ALIAS_TWICE", where=form.id, value=alias)
                yield Fault((*location, "field", place, "aliases"), finding)
            seen.add(alias)


def _field_quality(form: Form, field: Field, location: KeyPath) -> Iterator[Fault]:
    where = f"{form.id}.{field.id}"
    if len(field.prompt) > _PROMPT:
        yield Fault(
            (*location, "prompt"), MESSAGES.finding("KIT_PROMPT_LONG", where=where, value=len(field.prompt))
        )
    if len(",".join(field.choices)) > _DROP_DOWN:
        yield Fault((*location, "choices"), MESSAGES.finding("KIT_CHOICES_LONG", where=where))
    for choice in field.choices:
        if "," in choice:
            finding = MESSAGES.finding("KIT_CHOICE_COMMA", where=where, value=choice)
            yield Fault((*location, "choices"), finding)
    for alias, choice in field.choice_aliases.items():
        if choice not in field.choices:
            near = nearest(choice, field.choices)
            finding = MESSAGES.finding("KIT_CHOICE_ALIAS", where=where, value=choice, expected=near)
            yield Fault((*location, "choice_aliases"), finding)
        if alias in field.choices:
            finding = MESSAGES.finding("KIT_CHOICE_ITSELF", where=where, value=alias)
            yield Fault((*location, "choice_aliases"), finding)
    if not field.personal and field.header.startswith(tuple(kit_words()["personal"]["headers"])):
        yield Fault(location, MESSAGES.finding("KIT_PERSONAL", where=where, value=field.header))


def _sample_names(source: KitSource) -> Iterator[Finding]:
    """Yield what is wrong with sample.toml itself: not TOML, rows of another length, fields the kit does not have."""
    file = source.sample_file
    if not file.is_file():
        return
    try:
        content = read_toml(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        yield toml_finding(error, file)
        return
    known = [f"{form.id}.{field.id}" for form in source.kit.forms for field in form.fields]
    figures = tuple(source.kit.figure_by_id)
    for form, table in content.items():
        is_previous = form == PREVIOUS
        faults = _previous_faults(table, figures) if is_previous else _table_faults(form, table, known)
        for keys, finding in faults:
            yield at(finding, SourceLine(file, file_lines(file).line((form, *keys))))


def _previous_faults(table: object, figures: Sequence[str]) -> Iterator[Fault]:
    if not isinstance(table, dict):
        yield Fault((), MESSAGES.finding("SAMPLE_SHAPE", value=PREVIOUS))
        return
    for name in table:
        if name not in (*figures, PREVIOUS_PERIOD):
            near = nearest(name, figures)
            yield Fault((name,), MESSAGES.finding("SAMPLE_PREVIOUS", value=name, expected=near))


def _table_faults(form: str, table: object, known: Sequence[str]) -> Iterator[Fault]:
    forms = sorted({path.partition(".")[0] for path in known})
    if form not in forms:
        yield Fault((), MESSAGES.finding("SAMPLE_UNKNOWN", value=form, expected=nearest(form, forms)))
        return
    if not isinstance(table, dict):
        yield Fault((), MESSAGES.finding("SAMPLE_SHAPE", value=form))
        return
    if "rows" not in table:
        yield from _unknown_fields(form, {(name,): name for name in table}, known)
        yield from _shapeless(form, {(name,): value for name, value in table.items()})
        return
    columns, rows, every = table.get("columns"), table["rows"], table.get("every", {})
    if (
        not isinstance(columns, list)
        or not isinstance(every, dict)
        or not isinstance(rows, list)
        or not all(isinstance(row, list) for row in rows)
    ):
        yield Fault((), MESSAGES.finding("SAMPLE_SHAPE", value=form))
        return
    named: dict[KeyPath, str] = {("columns", place): str(name) for place, name in enumerate(columns)}
    unknown = [*_unknown_fields(form, {**named, **{("every", name): name for name in every}}, known)]
    yield from unknown
    cells: dict[KeyPath, object] = {("every", name): value for name, value in every.items()}
    cells |= {
        ("rows", number, place): value for number, row in enumerate(rows) for place, value in enumerate(row)
    }
    yield from _shapeless(form, cells)
    uneven = next((number for number, row in enumerate(rows) if len(row) != len(columns)), None)
    if uneven is not None and not unknown:  # with a wrong column all rows are
        count, expected = len(rows[uneven]), len(columns)
        finding = MESSAGES.finding("SAMPLE_ROW", value=form, row=uneven + 1, count=count, expected=expected)
        yield Fault(("rows", uneven), finding)


def _shapeless(form: str, cells: Mapping[KeyPath, object]) -> Iterator[Fault]:
    """Yield the cells that hold no single value."""
    for keys, value in cells.items():
        if isinstance(value, dict | list):
            yield Fault(keys, MESSAGES.finding("SAMPLE_SHAPE", value=form))


def _unknown_fields(form: str, named: Mapping[KeyPath, str], known: Sequence[str]) -> Iterator[Fault]:
    for keys, name in named.items():
        path = f"{form}.{name}"
        if path not in known:
            finding = MESSAGES.finding("SAMPLE_UNKNOWN", value=path, expected=nearest(path, known))
            yield Fault(keys, finding)
