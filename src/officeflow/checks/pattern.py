"""A text has a given form: `use = "pattern"`, `of` = fields, `options = { pattern = "regular expression" }`, `where`.

The whole text must match.  Say in `message` what it should look like:
{expected} is `name`, the rule's word for the form (手机号码).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sites import cell_site, shown
from officeflow.model.findings import Finding


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per text of another form."""
    wanted = re.compile(str(scope.rule.options.get("pattern", "")))
    for column in scope.columns(lambda _: False):
        for entry, value in zip(column.entries, column.values, strict=True):
            if isinstance(value, str) and value and not wanted.fullmatch(value):
                yield scope.finding(
                    "FORM_OTHER",
                    cell_site(column.table, column.field, entry),
                    value=shown(value, column.field),
                    expected=scope.rule.name,
                )


KIND = CheckKind(check=check, takes=frozenset({"options", "where"}), needs=frozenset({"of", "options"}))
