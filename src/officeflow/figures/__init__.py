"""Figures: what a kit's rules make of a submission's rows, exact and with sources.

One file per kind (and `<kind>.toml`, its definition in words); the folder is the registry.  A kind is three small parts:
select (rows; their cells are the sources), fold (associative, so that partial
results of many workbooks merge) and finish (division, rank, order).

Grammar of a figure rule.  Operands (`of`, `to`, items of a list, `else`) name a
form id, a `form.field`, a figure id, or are a rule written inline.

* `use`   the kind: a module of this folder; its docstring says what it takes.
* `where` field id → value, list of values, `{ not = … }`, `{ filled = true }`; all must hold.
  Limits are `{ min = 1, below = 5 }` (also `max`, `above`; `after`, `before` of days): a number, a
  day, a field of the row or a record field (`"filing.to"`).  What is limited may be a figure of the
  form `by = "row"`; over figures with members it is their `value` (`{ value = { above = 0 } }`).
* `on`, `window`  a date field of the form, and which of its days count, seen from the last day of the 统计时段:
  `month`, `quarter`, `half`, `year`, `to_date` (since the year began), `period`.
* `previous` compares only with a period of the same length.  Of a figure with a window it is the
  window before, from the ledger itself where the 统计时段 reaches back over it (of `to_date` the
  same stretch of last year), else as last period's workbook had it.
* `by`    a field of the form: one member per value (through a `ref`: per row of the
  referred form, so one without rows counts 0); `"row"`: one member per row.
* `unit`, `format`  how it prints; without `unit` the field's own unit.
* `else`  used when the figure is empty.
* `name`  what people call it; without it the id.

Empty and zero: with no matching row a count or total is 0 if the ledger has
rows or is declared 本期为零, otherwise empty; with rows whose cells are all
blank it is empty.  A cell that could not be read makes the figure unknown.
"""

from officeflow.figures._arithmetic import times
from officeflow.figures._definition import definition_of, used_figures
from officeflow.figures._finish import finish
from officeflow.figures._fold import partial
from officeflow.figures._kind import FigureKind, Selection, Terms, has_value
from officeflow.figures._order import sort_key
from officeflow.figures._partial import Partial, PartialMember, Row, merge
from officeflow.figures._registry import Registry
from officeflow.figures._select import entry_count, meets
from officeflow.figures._tally import Tally, contributions, figures_of
from officeflow.figures._windows import are_alike
from officeflow.figures._workdays import counts_workdays
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit

__all__ = [
    "FigureKind",
    "Partial",
    "PartialMember",
    "Registry",
    "Row",
    "Selection",
    "Tally",
    "Terms",
    "are_alike",
    "contributions",
    "counts_workdays",
    "definition_of",
    "entry_count",
    "figures_of",
    "finish",
    "has_value",
    "kit_problems",
    "meets",
    "merge",
    "partial",
    "sort_key",
    "times",
    "used_figures",
]


def kit_problems(kit: Kit) -> tuple[Finding, ...]:
    """Return what is wrong with the figures of a kit, () when all is well."""
    # Only `kit check` asks: a click does not pay for it.
    from officeflow.figures._problems import kit_problems as problems

    return problems(kit)
