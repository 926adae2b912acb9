"""Like things shown once: findings of one rule in one column, repairs of one kind in one column."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from officeflow.flow.answers import RepairAnswer
from officeflow.model.cells import CellRef, ranges
from officeflow.model.findings import Finding

T = TypeVar("T")
_PLACE = re.compile(r"【([^】]*)】")
_ROW = re.compile(r"第\d+行")


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Things of one kind in one column; `cells` are all their cells as ranges, '' without cells."""

    items: tuple[T, ...]
    cells: str


def by_column(findings: Iterable[Finding]) -> list[Group[Finding]]:
    """Return findings of one file, code, rule and column as one group each, in order of first appearance.

    The fields of a record stand in one column: they make one group where the same is said of each.
    """
    return _groups(findings, _kind)


def headings(findings: Iterable[Finding]) -> list[str]:
    """Return the different fields that findings are about: 填报单位, 统计起 …; a place without one gives nothing."""
    return list(dict.fromkeys(parts[-1] for finding in findings if len(parts := _place(finding)) > 1))


def _kind(finding: Finding) -> Hashable:
    column, place = _column(finding.cell), _place(finding)
    if not column:
        said = finding.message
    elif any(map(_ROW.fullmatch, place)):
        said = place[-1]
    else:
        said = _PLACE.sub("", finding.message, count=1)
    return (finding.file, finding.sheet, finding.code, finding.rule, column, said)


def _place(finding: Finding) -> list[str]:
    found = _PLACE.match(finding.message)
    return found.group(1).split("·") if found else []


def by_repair(repairs: Iterable[RepairAnswer]) -> list[Group[RepairAnswer]]:
    """Return repairs of one rule in one column as one group each."""
    return _groups(repairs, lambda r: (r.sheet, r.rule, _column(r.cell), r.to if r.rule == "default" else ""))


def _groups(items: Iterable[T], key: Callable[[T], Hashable]) -> list[Group[T]]:
    found: dict[Hashable, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return [Group(tuple(group), _cells(group)) for group in found.values()]


def _column(cell: str) -> str:
    return cell.rstrip("0123456789") if ":" not in cell and "," not in cell else ""


def _cells(items: Iterable[object]) -> str:
    addresses = [str(getattr(item, "cell", "")) for item in items]
    cells = [CellRef.parse("", address) for address in addresses if _column(address)]
    return ranges(cells).get("", "") or ",".join(dict.fromkeys(filter(None, addresses)))
