"""What is wrong with a kit as a whole: with itself, with the files beside it, with its sample."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from officeflow.document.build.problems import template_problems
from officeflow.kits._build import report_layout
from officeflow.kits._load import MESSAGES, LayoutError, parse_folder
from officeflow.kits._sound import kit_faults
from officeflow.kits._source import KitSource
from officeflow.model.findings import Finding
from officeflow.text.nearest import nearest


def kit_problems(folder: Path) -> tuple[Finding, ...]:
    """Return every problem of the kit in `folder`, () when it is sound; for `kit check`.

    Raises:
        OSError: a file of the kit cannot be read now.
    """
    outcome = parse_folder(folder)
    kit = outcome.value
    if kit is None:
        return outcome.findings
    source = KitSource(kit=kit, folder=folder)
    return (*kit_faults(kit, folder / "kit.toml"), *_reports(source), *_sample(source))


def _reports(source: KitSource) -> Iterator[Finding]:
    for report in source.kit.reports:
        file = source.markdown_file(report.id)
        if not file.is_file():
            where = str(source.folder / "kit.toml")
            yield MESSAGES.finding("KIT_REPORT_MISSING", file=where, value=report.id)
        else:
            try:
                layout = report_layout(source, report)
            except LayoutError as error:
                yield from error.findings
                continue
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
