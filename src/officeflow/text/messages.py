"""Findings from a catalogue: code → severity, text and remedy, kept as TOML beside the code that uses it.

Rules for the texts (tested): the place first, then what is there, then what to
do; no computer words; what was typed in “ ”.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from officeflow.model.findings import Finding, Severity
from officeflow.model.values import Bounded, PartialDate, Period, plain

_NEAR = "，最接近的是“{}”"
_LONGEST_SAID = 100  # a whole paragraph may stand in a cell; the finding keeps it, the sentence does not


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is, in the words of the sheet; parts that are unknown stay empty.

    >>> str(Place("岗位认领", 12, "社区"))
    '【岗位认领·第12行·社区】'
    """

    sheet: str = ""
    row: int | None = None
    header: str = ""
    cell: str = ""
    """An address ('C7'): put into the finding, and into the text only when row and header are unknown."""

    def __str__(self) -> str:
        row = "" if self.row is None else f"第{self.row}行"
        parts = [part for part in (self.sheet, row, self.header) if part]
        if self.cell and not row and not self.header:
            parts.append(self.cell)
        return f"【{'·'.join(parts)}】" if parts else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One entry of a catalogue; text and remedy hold {placeholders}."""

    severity: Severity
    text: str
    remedy: str = ""


class Catalogue:
    """The messages of one TOML file, read when the first one is needed."""

    def __init__(self, source: Path) -> None:
        self._source = source

    @classmethod
    def beside(cls, file: str, name: str = "messages.toml") -> Catalogue:
        """Return the catalogue `name` in the folder of the module `file` (its `__file__`)."""
        return cls(Path(file).with_name(name))

    @cached_property
    def messages(self) -> dict[str, Message]:
        """Every message by code.

        Raises:
            ValueError: an entry has no text, or a severity that is not one of the four.
        """
        entries = tomllib.loads(self._source.read_text(encoding="utf-8"))
        return {
            code: Message(
                severity=Severity(entry["severity"]), text=entry["text"], remedy=entry.get("remedy", "")
            )
            for code, entry in entries.items()
        }

    def finding(  # noqa: PLR0913  a finding has this many parts, all but the code optional
        self,
        code: str,
        *,
        place: Place | None = None,
        severity: Severity | None = None,
        text: str | None = None,
        remedy: str | None = None,
        file: str = "",
        rule: str = "",
        row_key: str = "",
        value: object = "",
        expected: object = "",
        **values: object,
    ) -> Finding:
        """Return the finding `code`, worded with `place`, `value`, `expected` and `values`.

        {near} is the clause that offers `expected`, the nearest known name; '' without one.
        `severity`, `text` and `remedy` override the catalogue when given (and not
        empty); a text that does not say {place} gets it in front.

        Raises:
            KeyError: no such code, or a placeholder without a value.
        """
        message = self.messages[code]
        where = place or Place()
        said = {name: shown(held) for name, held in {"value": value, "expected": expected, **values}.items()}
        near = _NEAR.format(said["expected"]) if said["expected"] else ""
        told = {"near": near, **said, "value": _shortened(said["value"]), "place": str(where)}
        template = text or message.text
        return Finding(
            code=code,
            severity=severity or message.severity,
            message=("" if "{place}" in template else told["place"]) + template.format_map(told),
            remedy=(remedy or message.remedy).format_map(told),
            file=file,
            sheet=where.sheet,
            cell=where.cell,
            value=said["value"],
            expected=said["expected"],
            rule=rule,
            row_key=row_key,
        )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SAID else f"{text[: _LONGEST_SAID - 1]}…"


def shown(value: object) -> str:
    """Return a value as a sentence names it: numbers plain, dates as they should be typed (2014-3-26)."""
    if value.__class__ is str:  # as nearly all are
        return value
    match value:
        case None:
            return ""
        case Decimal():
            return plain(value)
        case date():
            return f"{value.year}-{value.month}-{value.day}"
        case Bounded() | PartialDate() | Period():
            from officeflow.text.formats import print_value

            return print_value(value).text
        case tuple():
            return "、".join(map(shown, value))
        case _:
            return str(value)
