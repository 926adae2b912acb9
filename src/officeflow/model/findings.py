"""Findings: what is wrong, where, and how to mend it; and the outcome of a stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How much a finding weighs; the four classes of 国家统计联网直报."""

    MANDATORY = "mandatory"  # 必须改
    EXPLAIN = "explain"  # 须说明
    VERIFY = "verify"  # 请核实
    HINT = "hint"  # 提示


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem, worded for the person who can mend it.

    `cell` is an address or range without sheet ('C7', 'C5:C43'), '' when the
    finding is about a whole sheet or file.  `line` is that of a text file
    (a kit's TOML or Markdown), from 1; 0 for none.  `rule` is the kit's rule id
    ('CP-02'), '' for findings of the reader.  `row_key` names the row for
    explanations (natural key, not address).  `explanation` is the unit's
    answer; a finding with one is settled unless it is MANDATORY.
    """

    code: str
    severity: Severity
    message: str
    remedy: str = ""
    file: str = ""
    line: int = 0
    sheet: str = ""
    cell: str = ""
    value: str = ""
    expected: str = ""
    rule: str = ""
    row_key: str = ""
    explanation: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act: hints never, answered explain/verify no more."""
        if self.severity is Severity.HINT:
            return False
        return self.severity is Severity.MANDATORY or not self.explanation


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """The value of a stage and the findings made on the way; `value` None when there is nothing to go on with."""

    value: T
    findings: tuple[Finding, ...] = ()

    def adding(self, findings: Iterable[Finding]) -> Outcome[T]:
        """Return the same value with more findings."""
        return replace(self, findings=(*self.findings, *findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A typed text that was read as a regular value: 原值 → 规范值 · 规则."""

    sheet: str
    cell: str
    typed: str
    read_as: str
    rule: str
