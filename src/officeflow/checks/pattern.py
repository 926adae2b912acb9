"""A text has a given form: `use = "pattern"`, `of` = fields, `options = { pattern = "regular expression" }`, `where`.

The whole text must match.  Say in `message` what it should look like:
{expected} is `name`, the rule's word for the form (手机号码).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sites import shown
from officeflow.model.findings import Finding
from officeflow.model.kit import Rule


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per text of another form."""
    wanted = _pattern(scope.rule)
    if wanted is None:
        return
    for column in scope.columns(lambda _: False):
        for entry, value in zip(column.entries, column.values, strict=True):
            if isinstance(value, str) and value and not wanted.fullmatch(value):
                yield scope.finding(
                    "FORM_OTHER",
                    column.site(entry),
                    value=shown(value, column.field),
                    expected=scope.rule.name,
                )


def _pattern(rule: Rule) -> re.Pattern[str] | None:
    try:
        return re.compile(str(rule.options.get("pattern", "")))
    except re.error:
        return None


def slip(rule: Rule) -> str:
    """Return the pattern where it is none."""
    return "" if _pattern(rule) else str(rule.options.get("pattern"))


KIND = CheckKind(
    check=check, takes=frozenset({"options", "where"}), needs=frozenset({"of", "options"}), slip=slip
)
