"""Write the record of a document that has just been printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as _quoted
from typing import Any

from officeflow.document.provenance.binding import Binding, Context
from officeflow.document.provenance.record import Record, UnreadFigures, source_ranges
from officeflow.document.reckoning.recipes import UNKNOWN
from officeflow.document.wml.wordml import legible
from officeflow.model.cells import CellRef
from officeflow.model.document import Origin
from officeflow.model.values import canonical

LARGEST = 256 * 1024
"""Bytes of the record; Word opens the part with the document each time."""
_NO_DIGEST = "0" * 64
_LOSSES: tuple[Mapping[str, Any], ...] = (
    {},
    {"has_context": False},
    {"has_context": False, "has_cells": False},
)
"""What is left out of a record that is too long, step by step."""


def build_record(
    origins: Sequence[Origin],
    bindings: Sequence[Binding],
    contexts: Mapping[str, Context],
    *,
    report: str = "",
) -> tuple[Record, bool]:
    """Return the record and whether it is whole: past 256 KB it loses contexts, then sources."""
    found = {binding.name: binding for binding in bindings}
    for lost in _LOSSES:
        entries = (
            f"{_quoted(name)}:{_entry(found[name], context, **lost)}"
            for name, context in contexts.items()
            if name in found
        )
        figures = UnreadFigures(f"{{{','.join(entries)}}}")
        record = Record(origins=tuple(origins), parts=_NO_DIGEST, report=report, figures=figures)
        if len(record.to_json().encode()) <= LARGEST:
            break
    return record, not lost


def _entry(binding: Binding, context: Context, *, has_context: bool = True, has_cells: bool = True) -> str:
    """Return the JSON of one figure, by the names of `Bound`; what is '' is left out."""
    figure = binding.figure
    own = figure.id
    value = canonical(figure.value)
    entry = f'{{"id":{_quoted(own)}' + (f',"value":{_quoted(value)}' if value else "")
    if figure.name != own and figure.name:
        entry += f',"name":{_quoted(figure.name)}'
    if binding.recipe != own:
        entry += f',"recipe":{_quoted(binding.recipe or UNKNOWN)}'
    if figure.unit:
        entry += f',"unit":{_quoted(figure.unit)}'
    if binding.text:
        entry += f',"text":{_quoted(legible(binding.text))}'
    if has_context and context.before:
        entry += f',"before":{_quoted(context.before)}'
    if has_context and context.after:
        entry += f',"after":{_quoted(context.after)}'
    if has_cells and figure.cells:
        entry += f',"sources":{{{_sources(figure.cells)}}}'
    return entry + "}"


def _sources(cells: tuple[CellRef, ...]) -> str:
    if len(cells) == 1 and not cells[0].origin:  # as of nearly every figure in a table
        return f'{_quoted(cells[0].sheet)}:"{cells[0].a1}"'
    return ",".join(f"{_quoted(sheet)}:{_quoted(run)}" for sheet, run in source_ranges(cells).items())
