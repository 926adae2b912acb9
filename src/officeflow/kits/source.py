"""A kit with what is written beside it: its folder, the Markdown of its reports, its sample rows.

sample.toml has one table per form: a record lists `field = value`; a ledger
has `columns` (field ids), `rows` (lists in that order, "" for an empty cell)
and `every` (values that all rows share).  `[previous]` has last period's
figures (figure id = value), so that the sample shows what is compared with them;
`"@period" = "2026-04-01/2026-06-30"` says which period that was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from officeflow.kits.load import Table, read_toml
from officeflow.model.kit import Kit

PREVIOUS = "previous"
"""The table of sample.toml with last period's figures; no form of that id can have sample rows."""
Rows: TypeAlias = Mapping[str, tuple[Mapping[str, object], ...]]
"""Form id → rows; a row is field id → what a person types there. Blank cells are left out."""


@dataclass(frozen=True, kw_only=True)
class KitSource:
    """A kit as its folder holds it; Markdown and sample are read when asked for."""

    kit: Kit
    folder: Path

    @cached_property
    def reports(self) -> Mapping[str, str]:
        """Report id → its Markdown.

        Raises:
            OSError: a report's file is missing or cannot be read now.
        """
        return {
            report.id: self.markdown_file(report.id).read_text(encoding="utf-8")
            for report in self.kit.reports
        }

    @cached_property
    def sample(self) -> Rows:
        """The filled example, {} when the kit has none.

        Raises:
            OSError: sample.toml cannot be read now.
            tomllib.TOMLDecodeError: it is not TOML (`kit_problems` says so in words).
        """
        return {form: tuple(_rows(table)) for form, table in self._sample_toml.items() if form != PREVIOUS}

    @cached_property
    def previous(self) -> Mapping[str, str]:
        """Figure id → last period's value of the filled example, as a workbook remembers it; {} where none is told.

        Raises:
            OSError: sample.toml cannot be read now.
            tomllib.TOMLDecodeError: it is not TOML.
        """
        return {name: str(value) for name, value in self._sample_toml.get(PREVIOUS, {}).items()}

    @cached_property
    def _sample_toml(self) -> Table:
        return read_toml(self.sample_file) if self.has_sample else {}

    @property
    def sample_file(self) -> Path:
        """Where the filled example stands, whether or not there is one."""
        return self.folder / "sample.toml"

    @property
    def has_sample(self) -> bool:
        """Whether the kit has a filled example."""
        return self.sample_file.is_file()

    def markdown_file(self, report_id: str) -> Path:
        """Where the text of a report stands."""
        return self.folder / f"{report_id}.md"


def _rows(table: Table) -> list[Mapping[str, object]]:
    if "rows" not in table:
        return [table]
    every = table.get("every", {})
    return [_row(every, dict(zip(table["columns"], row, strict=True))) for row in table["rows"]]


def _row(every: Table, own: Table) -> Mapping[str, object]:
    return {key: value for key, value in {**every, **own}.items() if value != ""}
