"""Findings as lines of the page 校验结果, those of one rule in one column as one; and the words that marks print."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from officeflow.checks import number_of
from officeflow.model.cells import CellRef, column_number, ranges
from officeflow.model.findings import Finding, Severity

_PLACE = re.compile(r"^【[^】]*】")


@cache
def words() -> dict[str, Any]:
    """Return marks.toml."""
    return tomllib.loads(Path(__file__).with_name("marks.toml").read_text(encoding="utf-8"))


@cache
def page_words() -> dict[str, Any]:
    """Return what the blank page of results says: its sheet, title, note and heads."""
    # Read without the typed labels of the builder: a check that marks does not pay for pydantic.
    table = tomllib.loads((Path(__file__).parents[1] / "blank" / "build.toml").read_text(encoding="utf-8"))
    return dict(table["results"])


def note_of(finding: Finding) -> str:
    """Return the words of a note: what is wrong, what to do, the rule's number last; the cell says where."""
    said = words()["note"]
    severity = words()["severity"][finding.severity.value]
    message = said["finding"].format(severity=severity, message=_PLACE.sub("", finding.message))
    number = said["rule"].format(rule=finding.rule) if finding.rule else ""
    return "\n".join(part for part in (message, finding.remedy, number) if part)


def summary(findings: list[Finding]) -> str:
    """Return the one sentence above the results: how many of each."""
    said, names = words()["summary"], words()["severity"]
    counts = {severity: sum(found.severity is severity for found in findings) for severity in Severity}
    parts = [
        said["part"].format(severity=names[one.value], count=count) for one, count in counts.items() if count
    ]
    if not parts:
        return str(said["none"])
    return str(said["some"].format(total=sum(counts.values()), parts=said["joiner"].join(parts)))


_SPAN = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_MOST_SHOWN = 20
_ROW = re.compile(r"第\d+行")
_HEADER = re.compile(r"^【[^】]*·([^】]*)】")
_RUNS_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of 校验结果."""

    severity: Severity
    level: str
    sheet: str
    cells: str
    first: str
    """The cell its link leads to, '' when there is no sheet to go to."""
    problem: str
    remedy: str


def first_cell(finding: Finding) -> CellRef | None:
    """Return the cell that a finding is said at; None for what is about a sheet or the file."""
    match = _SPAN.match(finding.cell)
    return CellRef.parse(finding.sheet, match[1] + match[2]) if match else None


def shown_cells(finding: Finding) -> list[CellRef]:
    """Return the cells that a finding colours: all of them, but of many (39 rows of a figure) the first alone.

    A column all in colour would hide what is wrong in it.
    """
    first = first_cell(finding)
    if first is None or finding.cell == first.a1:
        return [first] if first else []
    spans = [_RANGE.fullmatch(span.strip()) for span in finding.cell.split(",")]
    cells = [
        CellRef(finding.sheet, row, column)
        for span in spans
        if span
        for row in range(int(span[2]), min(int(span[4] or span[2]), int(span[2]) + _MOST_SHOWN) + 1)
        for column in range(column_number(span[1]), column_number(span[3] or span[1]) + 1)
    ]
    return cells if len(cells) <= _MOST_SHOWN and all(spans) else [first]


def lines(findings: Iterable[Finding]) -> list[Line]:
    """Return the lines, what must be mended first; like findings in one column are one line."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(_kind(finding, number), []).append(finding)
    order = list(Severity)
    made = [_line(group) for group in groups.values()]
    return sorted(made, key=lambda line: order.index(line.severity))


def _kind(finding: Finding, number: int) -> tuple[object, ...]:
    cells = _SPAN.fullmatch(finding.cell)
    header = _HEADER.search(finding.message)
    if cells is None or header is None or not _ROW.search(header[0]):
        return (number,)
    return (
        finding.sheet,
        number_of(finding),
        finding.severity,
        bool(finding.explanation),
        cells[1],
        header[1],
    )


def _line(group: list[Finding]) -> Line:
    first, said = group[0], words()["line"]
    level = words()["severity"][first.severity.value]
    message = first.message
    if len(group) > 1:
        message = _ROW.sub(_rows(group), message, count=1)
    found = [cell for finding in group if (cell := first_cell(finding)) is not None]
    return Line(
        severity=first.severity,
        level=said["answered"].format(severity=level) if first.explanation else level,
        sheet=first.sheet,
        cells=", ".join(ranges(found).values()) if len(group) > 1 else first.cell,
        first=found[0].a1 if found else "A1" if first.sheet else "",
        problem=said["rule"].format(message=message, rule=first.rule) if first.rule else message,
        remedy=first.remedy,
    )


def _rows(group: list[Finding]) -> str:
    said = words()["line"]
    runs: list[list[int]] = []
    for row in sorted({cell.row for cell in map(first_cell, group) if cell is not None}):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [str(a) if a == b else said["span"].format(first=a, last=b) for a, b in runs[:_RUNS_SHOWN]]
    rows = said["joiner"].join(shown) + (said["more"] if len(runs) > _RUNS_SHOWN else "")
    return str(said["rows"].format(rows=rows, count=len(group)))
