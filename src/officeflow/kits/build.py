"""What people pick up, built from a kit's folder: blank, filled sample, one Word template per report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from officeflow.kits._words import MESSAGES
from officeflow.kits.built import built_workbooks
from officeflow.kits.layout import genre, profile
from officeflow.kits.load import BUILTIN, LayoutError
from officeflow.kits.source import KitSource
from officeflow.model.findings import Severity
from officeflow.model.kit import Report
from officeflow.model.layout import FramePart, Genre, Profile
from officeflow.model.values import Period
from officeflow.text.nearest import nearest
from officeflow.text.reading import shown_value

_Record: TypeAlias = Mapping[str, Sequence[Mapping[str, object]]]


def build(source: KitSource) -> dict[str, bytes]:
    """Return path → content of every built file of a kit, paths as in the repository ('workbooks/<id>.xlsx').

    Raises:
        OSError: a file of the kit is missing or cannot be read now.
    """
    kit = source.kit
    files = {
        f"workbooks/{blank_name(source)}": blank(source),
        f"workbooks/{sample_name(source)}": _sample(source),
    }
    for report in kit.reports:
        files[f"docx_templates/{kit.id}.{report.id}.docx"] = template(source, report)
    return files


def blank_name(source: KitSource) -> str:
    """Return the file name of a kit's blank workbook."""
    return f"{source.kit.id}.xlsx"


def sample_name(source: KitSource) -> str:
    """Return the file name of a kit's filled example."""
    return f"{source.kit.id}.sample.xlsx"


def blank(source: KitSource, *, unit: str = "", period: Period | None = None) -> bytes:
    """Return the blank workbook, unit and 统计时段 filled in when they are given."""
    kit = source.kit
    typed = dict(zip(kit.period, (period.first, period.last), strict=True)) if period else {}
    if unit:
        typed[kit.unit] = unit  # type: ignore[assignment]
    rows: dict[str, list[dict[str, object]]] = {}
    for path, value in typed.items():
        form_id, _, field_id = path.partition(".")
        rows.setdefault(form_id, [{}])[0][field_id] = value
    return _workbook(source, rows)


def filled(
    source: KitSource, rows: _Record, *, unit_tag: str = "", previous: Mapping[str, str] | None = None
) -> bytes:
    """Return a workbook with `rows` (form id → rows as they are typed) and last period's figures.

    A form that `rows` does not name is as in the blank; so is one whose rows are
    the ones the blank proposes.
    """
    from officeflow.workbook.blank.build import build_workbook

    offered = _outlines(source)
    own = {form: typed for form, typed in rows.items() if not _is_proposed(typed, offered.get(form))}
    return build_workbook(
        source.kit,
        rows=own,
        proposed={form: typed for form, typed in offered.items() if form not in own},
        examples=source.sample,
        unit_tag=unit_tag,
        previous=previous,
    )


def proposes(source: KitSource, form_id: str, rows: Sequence[Mapping[str, object]]) -> bool:
    """Return whether `rows` are the ones that the blank proposes for a form (the report's own outline)."""
    return _is_proposed(rows, _outlines(source).get(form_id))


def _is_proposed(
    rows: Sequence[Mapping[str, object]], proposed: Sequence[Mapping[str, object]] | None
) -> bool:
    if proposed is None:
        return False
    return [_plain(row) for row in rows] == [_plain(row) for row in proposed]


def _plain(row: Mapping[str, object]) -> dict[str, str]:
    return {field_id: shown_value(value) for field_id, value in row.items()}  # type: ignore[arg-type]


def sample(source: KitSource) -> bytes:
    """Return the filled example: the built file of a built-in kit, else made now."""
    built = built_workbooks() / sample_name(source)
    is_built = source.folder.parent == BUILTIN and built.is_file()
    return built.read_bytes() if is_built else _sample(source)


def template(
    source: KitSource,
    report: Report,
    profile_name: str = "",
    folders: Sequence[Path] = (),
    *,
    store: Path | None = None,
) -> bytes:
    """Return the Word template of a report; `profile_name` lays it out otherwise than the report says.

    It is made now, or was kept in the folder `store` when it was made before.

    Raises:
        OSError: the report's text is missing or cannot be read now.
        LayoutError: genre or profile cannot be used, or the text cannot be laid out by them.
    """
    from officeflow.document.authoring.kept_templates import kept_template
    from officeflow.document.authoring.problems import template_problems

    layout, text = report_layout(source, report, profile_name, folders), source.reports[report.id]
    file = str(source.markdown_file(report.id))
    faults = template_problems(text, *layout, file=file, numbering=report.numbering)
    if any(fault.severity is Severity.MANDATORY for fault in faults):
        raise LayoutError(*faults)
    return kept_template(text, *layout, title=report.title, numbering=report.numbering, store=store)


def report_layout(
    source: KitSource, report: Report, profile_name: str = "", folders: Sequence[Path] = ()
) -> tuple[Genre, Profile]:
    """Return the genre of a report, its slots filled, and its profile; the kit's own go before those beside it.

    Raises:
        LayoutError: genre or profile cannot be used, or the genre has no such slot.
    """
    folders = (*folders, source.folder, source.folder.parent)
    return (
        _slotted(genre(report.genre, folders), report),
        profile(profile_name or report.profile, folders),
    )


_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_TOKEN = re.compile(r"""("[^"]*"|'[^']*')|(?<![\w.])([^\W\d]\w*)""")


def _slotted(kind: Genre, report: Report) -> Genre:
    """Return a genre whose text names the report's figures where it named a slot; words outside tags stay."""
    used = {
        match[2]
        for part in (*kind.head, *kind.foot)
        for tag in (part.when, *_TAG.findall(f"{part.text}{part.label}"))
        for match in _TOKEN.finditer(tag)
        if match[2]
    }
    unknown = [name for name in report.slots if name not in used]
    if unknown:
        raise LayoutError(
            *(
                MESSAGES.finding(
                    "SLOT_UNKNOWN",
                    where=f"report.{report.id}.slots",
                    value=name,
                    expected=nearest(name, used),
                )
                for name in unknown
            )
        )

    def renamed(tag: str) -> str:
        return _TOKEN.sub(lambda match: match[1] or report.slots.get(match[2], match[2]), tag)

    def filled_part(part: FramePart) -> FramePart:
        text, label = (_TAG.sub(lambda match: renamed(match[0]), words) for words in (part.text, part.label))
        return replace(part, text=text, label=label, when=renamed(part.when))

    if not report.slots:
        return kind
    return replace(kind, head=tuple(map(filled_part, kind.head)), foot=tuple(map(filled_part, kind.foot)))


def _sample(source: KitSource) -> bytes:
    from officeflow.workbook.blank.build import build_workbook

    return build_workbook(
        source.kit,
        rows=source.sample,
        proposed=_outlines(source),
        examples=source.sample,
        is_sample=True,
        previous=source.previous,
    )


def _workbook(source: KitSource, rows: _Record) -> bytes:
    from officeflow.workbook.blank.build import build_workbook

    return build_workbook(source.kit, rows=rows, proposed=_outlines(source), examples=source.sample)


def _outlines(source: KitSource) -> dict[str, list[dict[str, object]]]:
    """The reports' own headings and list entries as rows of the forms that may change them."""
    return {report.outline: list(_outline(source, report)) for report in source.kit.reports if report.outline}


def _outline(source: KitSource, report: Report) -> Iterator[dict[str, object]]:
    from officeflow.document.authoring.markdown import HeadingBlock, report_outline

    choices = source.kit.form_by_id[report.outline].by_id["level"].choices
    parents: dict[int, int] = {}  # depth → number of the last row of that depth
    # The form's last choice is for list entries; a heading deeper than its others stays the text's own affair.
    known = (
        item
        for item in report_outline(source.reports[report.id])
        if not isinstance(item, HeadingBlock) or item.level < len(choices)
    )
    for number, item in enumerate(known, start=1):
        depth = item.level if isinstance(item, HeadingBlock) else len(choices)
        row: dict[str, object] = {"level": choices[depth - 1], "heading": item.text, "on": True}
        above = [parents[level] for level in sorted(parents) if level < depth]
        if above:
            row["parent"] = above[-1]
        parents = {level: row_ for level, row_ in parents.items() if level < depth} | {depth: number}
        yield row
