"""The words a built workbook prints, typed; they stand in build.toml so that an office can read them in one place."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Words of build.toml: unchangeable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelWords(Frozen):
    """Single words."""

    serial: str
    remark: str
    total: str
    yes: str
    no: str
    joint: str
    required: str
    conditional: str
    optional: str
    unit: str


class Marks(Frozen):
    """Signs shown before a heading by its number format; the cell's text stays the plain heading."""

    required: str
    conditional: str


class Line(Frozen):
    """Lines 2 and 3 of a ledger."""

    unit: str
    period: str
    until: str
    blank: str
    measure: str
    legend: str
    count_before: str
    count_after: str


class RecordLabels(Frozen):
    """Column headings of a record sheet."""

    label: str
    value: str
    prompt: str
    period: str


class Paper(Frozen):
    """Page footers."""

    footer: str
    number: str


class Errors(Frozen):
    """What Excel says when a typed value does not fit."""

    choice: str
    ref: str
    number: str
    date: str
    length: str


class Audience(Frozen):
    """Who fills a sheet."""

    unit: str
    everyone: str
    writer: str
    program: str


class Accepted(Frozen):
    """One line of the list of typed forms that are understood."""

    what: str
    accepted: str
    read_as: str
    refused: str


class Guide(Frozen):
    """The first sheet."""

    sheet: str
    title: str
    deadline: str
    order: str
    index: str
    index_heads: tuple[str, ...]
    record_always: str
    ledger_always: str
    ledger_zero: str
    ledger_optional: str
    explanations: str
    examples: str
    example_note: str
    forms: str
    forms_heads: tuple[str, ...]
    steps: tuple[str, ...]
    audience: Audience
    form: tuple[Accepted, ...]


class Results(Frozen):
    """The sheet that findings are written to."""

    sheet: str
    title: str
    note: str
    heads: tuple[str, ...]


class Index(Frozen):
    """The list of sheets that stands in front."""

    sheet: str
    title: str
    note: str
    heads: tuple[str, ...]
    partly: str
    rows: str
    fields: str
    missing: str
    summary_note: str
    results_note: str


class Summary(Frozen):
    """The page with every figure and the self-check."""

    sheet: str
    title: str
    figures: str
    texts: str
    heads: tuple[str, ...]
    others: str
    checks: str
    check_heads: tuple[str, ...]
    check_note: str
    look: str
    empty: str
    holds: str
    fails: str
    idle: str
    joint: str
    of_rows: str
    failing: str
    sign: str
    seal: str
    code: str
    pending: str
    signed: tuple[str, ...]
    written: tuple[str, ...]
    gaps: tuple[str, ...]
    totals: tuple[str, ...]
    notes: tuple[str, ...]
    relation: dict[str, str]


class Labels(Frozen):
    """Everything in build.toml."""

    words: LabelWords
    marks: Marks
    line: Line
    record: RecordLabels
    page: Paper
    error: Errors
    guide: Guide
    results: Results
    index: Index
    summary: Summary


@cache
def labels() -> Labels:
    """Return the words of build.toml."""
    text = Path(__file__).with_name("build.toml").read_text(encoding="utf-8")
    return Labels.model_validate(tomllib.loads(text))
