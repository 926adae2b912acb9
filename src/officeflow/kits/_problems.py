"""What is wrong with a kit as a whole: names that lead nowhere, missing files, a sample that does not fit."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from officeflow.document.build_problems import template_problems
from officeflow.kits._layout import genre, profile
from officeflow.kits._load import MESSAGES, read_kit
from officeflow.kits._source import KitSource
from officeflow.model.findings import Finding
from officeflow.model.kit import Field, Form, Kit
from officeflow.text.nearest import nearest


def kit_problems(folder: Path) -> tuple[Finding, ...]:
    """Return every problem of the kit in `folder`, () when it is sound; for `kit check`.

    Raises:
        OSError: a file of the kit cannot be read now.
    """
    from officeflow.checks import kit_problems as check_problems
    from officeflow.figures import kit_problems as figure_problems

    outcome = read_kit(folder)
    kit = outcome.value
    if kit is None:
        return outcome.findings
    source = KitSource(kit=kit, folder=folder)
    own = (*_references(source), *_reports(source), *_sample(source))
    return (*own, *figure_problems(kit), *check_problems(kit))


def _references(source: KitSource) -> Iterator[Finding]:
    kit, file = source.kit, str(source.folder / "kit.toml")
    known = [f"{form.id}.{field.id}" for form in kit.forms for field in form.fields]
    for where, path in _named_fields(kit):
        if path not in known:
            yield MESSAGES.finding(
                "KIT_REFERENCE", file=file, where=where, value=path, expected=nearest(path, known)
            )


def _named_fields(kit: Kit) -> Iterator[tuple[str, str]]:
    """Yield (where it is said, `form.field`) for every field a kit names outside its rules."""
    yield "kit.unit", kit.unit
    for path in kit.period:
        yield "kit.period", path
    for path in (*kit.next.keeps_start, *kit.next.year_start):
        yield "kit.next", path
    for form in kit.forms:
        if form.zero:
            yield f"{form.id}.zero", form.zero
        for field_id in form.key:
            yield f"{form.id}.key", f"{form.id}.{field_id}"
        for field_id in form.carries if isinstance(form.carries, dict) else ():
            yield f"{form.id}.carries", f"{form.id}.{field_id}"
        for field in form.fields:
            yield from ((f"{form.id}.{field.id}", path) for path in _named_by(field, form))
    for report in kit.reports:
        if report.outline and report.outline not in kit.form_by_id:
            yield f"report.{report.id}.outline", report.outline


def _named_by(field: Field, form: Form) -> Iterator[str]:
    yield from (path for path in (field.refers, field.suggest) if path)
    for where in (field.required, field.bounds):
        if isinstance(where, dict):
            yield from (f"{form.id}.{other}" for other in where)
    if field.default_by:
        yield f"{form.id}.{field.default_by}"


def _reports(source: KitSource) -> Iterator[Finding]:
    for report in source.kit.reports:
        file = source.markdown_file(report.id)
        if not file.is_file():
            where = str(source.folder / "kit.toml")
            yield MESSAGES.finding("KIT_REPORT_MISSING", file=where, value=report.id)
        else:
            layout = genre(report.genre), profile(report.profile)
            yield from template_problems(source.reports[report.id], *layout, file=str(file))


def _sample(source: KitSource) -> Iterator[Finding]:
    file = str(source.folder / "sample.toml")
    known = [f"{form.id}.{field.id}" for form in source.kit.forms for field in form.fields]
    try:
        sample = source.sample
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        yield MESSAGES.finding("KIT_NOT_TOML", file=file, value=str(error))
        return
    named = dict.fromkeys(f"{form}.{field}" for form, rows in sample.items() for row in rows for field in row)
    for path in named:
        if path not in known:
            yield MESSAGES.finding("SAMPLE_UNKNOWN", file=file, value=path, expected=nearest(path, known))
