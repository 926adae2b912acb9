"""Nothing classified is in the workbook: `use = "classified"`; every text of every form and the file's name.

A marking (秘密★, 机密级, the word alone in a cell, any of the words under 密级)
and 是 under 内容是否涉密 are `mandatory` and stop everything; the bare word
inside a sentence is `verify`.  What the cell says is not repeated in the finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from officeflow.checks._kind import CheckKind
from officeflow.checks._markings import (
    DECLARED,
    MARKED,
    SIGN,
    is_declaration,
    is_level,
    secrecy,
    secrecy_of_name,
)
from officeflow.checks._scope import Scope
from officeflow.checks._sites import Site, cell_site
from officeflow.figures import entry_count
from officeflow.model.findings import Finding
from officeflow.model.kit import Field
from officeflow.model.submission import Table
from officeflow.text.messages import Place
from officeflow.text.reading import shown_value


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per cell that carries a marking or the word."""
    stem = PurePath(scope.submission.file).stem
    if code := secrecy_of_name(stem):
        yield scope.finding(code, Site(Place(), key=stem))
    for table in scope.submission.tables.values():
        for field in table.form.fields:
            column = table.columns[field.id]
            if field.is_number or field.type == "date":
                continue  # no text is left in such a column
            if is_declaration(field.header):
                yield from _declared(scope, table, field)
            # One search over the whole column: as a rule there is nothing in it.
            elif SIGN in "\n".join(value for value in column if value.__class__ is str):
                yield from _cells(scope, table, field)


def _declared(scope: Scope, table: Table, field: Field) -> Iterator[Finding]:
    for entry in range(entry_count(table)):
        if shown_value(table.value(field.id, entry)) == shown_value(value=True):
            yield scope.finding(DECLARED, cell_site(table, field, entry))


def _cells(scope: Scope, table: Table, field: Field) -> Iterator[Finding]:
    for entry in range(entry_count(table)):
        value = table.value(field.id, entry)
        code = secrecy(value) if isinstance(value, str) else ""
        if code:
            code = MARKED if is_level(field.header) else code
            yield scope.finding(code, cell_site(table, field, entry))


KIND = CheckKind(check=check)
