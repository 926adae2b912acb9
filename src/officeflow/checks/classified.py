"""Nothing classified is in the workbook: `use = "classified"`; every text of every form and the file's name (DESIGN §7).

A marking (秘密★, 机密级, the word alone in a cell) is `mandatory` and stops
everything; the bare word inside a sentence is `verify`.  What the cell says is
not repeated in the finding.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sites import Site, cell_site
from officeflow.figures import entry_count
from officeflow.model.findings import Finding
from officeflow.model.submission import Table
from officeflow.text.messages import Place


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per cell that carries a marking or the word."""
    marking, word = _patterns()
    stem = PurePath(scope.submission.file).stem
    if marking.search(stem):
        yield scope.finding("MARKED", Site(Place(), key=stem))
    for table in scope.submission.tables.values():
        for field_id, column in table.columns.items():
            # One search over the whole column: as a rule there is nothing in it.
            if word.search("\n".join(value for value in column if value.__class__ is str)):
                yield from _cells(scope, table, field_id)


def _cells(scope: Scope, table: Table, field_id: str) -> Iterator[Finding]:
    marking, word = _patterns()
    for entry in range(entry_count(table)):
        value = table.value(field_id, entry)
        if isinstance(value, str) and word.search(value):
            code = "MARKED" if marking.search(value) else "WORD_MET"
            yield scope.finding(code, cell_site(table, table.form.by_id[field_id], entry))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a marking looks like, and the words alone."""
    said = tomllib.loads(Path(__file__).with_name("_classified.toml").read_text(encoding="utf-8"))
    words = f"(?:{'|'.join(said['words'])})"
    marks = "|".join(said["marks"])
    return re.compile(rf"{words}\s*(?:{marks})|^\W*{words}\W*$", re.MULTILINE), re.compile(words)


KIND = CheckKind(check=check)
