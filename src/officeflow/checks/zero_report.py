"""An empty ledger says so, a filled one does not: `use = "zero_report"`; every form with `zero`.

`of` = form or a list narrows it to those forms.
"""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sites import Site, cell_site
from officeflow.figures import entry_count
from officeflow.model.findings import Finding
from officeflow.model.kit import Form
from officeflow.text.messages import Place


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per form whose rows and 本期为零 switch do not agree."""
    forms = scope.forms() if scope.rule.of is not None else scope.kit.forms
    for form in forms:
        table = scope.submission.tables[form.id]
        if form.zero and table.is_present:
            yield from _agree(scope, form, has_rows=entry_count(table) > 0)


def _agree(scope: Scope, form: Form, *, has_rows: bool) -> Iterator[Finding]:
    field = scope.kit.field(form.zero)
    if field is None:
        return
    record = scope.submission.tables[form.zero.partition(".")[0]]
    is_zero = scope.submission.record(form.zero) is True
    if not has_rows and not is_zero:
        site = Site(Place(sheet=form.sheet), key=form.sheet)
        yield scope.finding("ZERO_UNSAID", site, switch=field.header, form=record.sheet)
    elif has_rows and is_zero:
        yield scope.finding("ZERO_BUT_FILLED", cell_site(record, field, 0), filled=form.sheet)


KIND = CheckKind(check=check)
