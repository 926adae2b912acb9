"""Figures: named values that know the cells they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from officeflow.model.cells import CellRef
from officeflow.model.values import FigureValue


class State(StrEnum):
    """How much is known of a figure."""

    KNOWN = "known"
    EMPTY = "empty"  # no matching value; not 0
    UNKNOWN = "unknown"  # rests on a cell that could not be read, or on a missing last period
    PRINTED = "printed"  # counted while the report is composed (随文稿)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of one submission: exact value, unit, printed form, sources.

    `text` is what a report prints, unit included ('1.6万元'); '' unless KNOWN.
    `cells` are the source cells in reading order.

    A list of rows, or a figure `by` a field or row, has `members`: one figure
    per row or group, named by `key`.  A member that stands for a whole row has
    `fields`: the row's values by field id and by header, and every by-row
    figure of its form by figure id.
    """

    id: str
    name: str
    value: FigureValue
    state: State
    unit: str = ""
    text: str = ""
    format: str = ""
    """The slot format's name, '' for the kind's own."""
    cells: tuple[CellRef, ...] = ()
    key: str = ""
    label: str = ""
    """What a chart or a list of names calls the member; '' for its key."""
    members: tuple[Figure, ...] = ()
    fields: Mapping[str, Figure] = field(default_factory=dict)
    has_tags: bool = False
    """Its text may hold {{指标}} typed by a clerk, to be replaced where it is printed."""
    is_personal: bool = False
    """It shows a personal field: a template that names it prints it, no record or list keeps it."""

    @property
    def is_known(self) -> bool:
        """Whether it has a value."""
        return self.state is State.KNOWN
