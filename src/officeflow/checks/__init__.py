"""Checks: what must hold between the cells and figures of a submission; what does not becomes a finding.

One file per kind, its texts beside it in `<kind>.toml`; the folder is the registry.
Checks compare cells or figures, so there is one arithmetic (`figures/`).

Grammar of a check rule; each kind's docstring says which attributes it takes.

* `use`    the kind.  `id` numbers the rule for people (CP-02); several rules may share one.
* `of`     what is looked at: a form, a `form.field` (each cell), a list of them, or a
  figure by id or inline (its members, if it has any, one by one).
* `to`     the other side.  Two sides in one ledger are compared row by row.
* `where`  over the row's fields; `when` over record fields (`form.field`), or the check is silent.
* `severity`, `message`, `remedy`  override the kind's own.
* Without `of`, `classified required required_if range one_of unique refers_to zero_report
  total_row` look at every field whose attributes ask for it; that happens without any rule too,
  the rule only names and words it.

Placeholders of a `message` or `remedy`: {place}; {value} what is there and
{expected} what should be (numbers alone, without unit); {value_name},
{expected_name}, {value_unit}, {expected_unit}; {difference}; {key} the row's or
group's key; {row} its row number (of `unique`: the first row); {sheet},
{header}; and every field id of the row that is none of these words.
The place is put in front when the text does not mention it.

A blank or unreadable side is silent (the reader spoke at the cell).  Of hedged
numbers and partial dates a check fails only when nothing they can mean
satisfies it; where some can, the finding is `verify`.
"""

from officeflow.checks._engine import run_checks
from officeflow.checks._explain import explained, number_of
from officeflow.checks._kind import CheckKind
from officeflow.checks._markings import STOPS, may_speak, secrecy, secrecy_finding, secrecy_of_name
from officeflow.checks._scope import Scope
from officeflow.checks._sites import Site, cell_site
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit
from officeflow.text.personal import masked

__all__ = [
    "STOPS",
    "CheckKind",
    "Scope",
    "Site",
    "cell_site",
    "explained",
    "kit_problems",
    "masked",
    "may_speak",
    "number_of",
    "run_checks",
    "secrecy",
    "secrecy_finding",
    "secrecy_of_name",
]


def kit_problems(kit: Kit) -> tuple[Finding, ...]:
    """Return what is wrong with the checks of a kit, () when all is well."""
    # Only `kit check` asks: a click does not pay for it.
    from officeflow.checks._problems import kit_problems as problems

    return problems(kit)
