"""Whether cells are plain enough for a formula: what only the program understands must never become a wrong sum.

A guard counts the cells of a column (or odd rows of a ledger) that a formula
would misread: texts among numbers, 约39, 同上, “/”, spaces around a name, choices
in other words, 合计 rows, rows without what every row must have (merged cells
look so, too).  Merged cells of a column that may be blank no formula can see;
but one date or choice over many rows, all others blank, is most often merged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from officeflow.model.kit import Field, Form
from officeflow.workbook.blank.formulas.ranges import Ranges, constants
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.words import words

_FIRST_DAY, _LAST_DAY = 18264, 73050  # 1950 … 2099: any other number in a date cell is a slip
_WIDE = "".join(chr(code) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), 0xFF05))
_ODD_SIGNS = ("\u3000", "\u00a0", "\u200b", "\ufeff", *"*?~<>=", *_WIDE)
"""What the program cleans or a formula takes for a pattern; small wide letters are found with the small ones."""
_ONE_FOR_MANY, _FEW = frozenset({"date", "choice", "yes_no"}), 4
_LONGEST = 255  # what MATCH takes


def column_guard(ranges: Ranges, form: Form, field: Field) -> str:
    """Return the expression that counts the odd cells of a field."""
    cells = ranges.column(f"{form.id}.{field.id}")
    if field.is_number or field.type == "date":
        return _numbers(cells, field)
    if field.type in ("choice", "yes_no"):
        known = field.choices or (labels().words.yes, labels().words.no)
        return f"COUNTA({cells})-SUMPRODUCT(COUNTIF({cells},{constants(known)}))"
    return "+".join(
        (
            f'SUMPRODUCT(--(TRIM({cells})<>{cells}&""))',
            f"SUMPRODUCT(COUNTIF({cells},{constants(_marks())}))",
            # FIND, unlike COUNTIF, tells ０ from 0 and takes * as it is.
            f"SUMPRODUCT(--ISNUMBER(FIND({constants(_ODD_SIGNS)},{_down(cells, form)})))",
            # Excel takes a and A for equal, the program does not.
            f"SUMPRODUCT(--NOT(EXACT({cells},UPPER({cells}))))",
            f"SUMPRODUCT(--(LEN({cells})>{_LONGEST}))",
        )
    )


def missing_guard(ranges: Ranges, form: Form, field: Field, count: str) -> str:
    """Return the expression that counts blank cells where a field must have none, or all but one may be merged; '' for other fields."""
    filled = f"COUNTA({ranges.column(f'{form.id}.{field.id}')})"
    if _is_in_every_row(field):
        return f"ABS({count}-{filled})"
    return f"({filled}=1)*({count}>{_FEW})" if field.type in _ONE_FOR_MANY else ""


def missing_cells(field: Field, typed: Sequence[object]) -> int:
    """Return what `missing_guard` counts over values as they are typed."""
    blank = sum(cell in (None, "") for cell in typed)
    if _is_in_every_row(field):
        return blank
    return int(field.type in _ONE_FOR_MANY and len(typed) > _FEW and blank == len(typed) - 1)


def _is_in_every_row(field: Field) -> bool:
    return field.required is True and field.default is None


def _numbers(cells: str, field: Field) -> str:
    parts = [f"COUNTA({cells})-COUNT({cells})"]
    if field.type == "date":
        parts += [f'COUNTIF({cells},"<{_FIRST_DAY}")', f'COUNTIF({cells},">{_LAST_DAY}")']
    else:
        parts += [f'COUNTIF({cells},">=1E15")', f'COUNTIF({cells},"<=-1E15")']
    if field.type in ("date", "int"):
        # Texts are counted already, and INT of a text is an error.
        parts.append(f"IFERROR(SUMPRODUCT(--(INT({cells})<>{cells})),0)")
    return "+".join(parts)


def _down(cells: str, form: Form) -> str:
    # An array across needs cells that stand down; a record's one cell is both.
    return cells if form.kind != "record" else f"({cells})"


def _marks() -> list[str]:
    """Return whole-cell texts that stand for something else."""
    # COUNTIF reads ? * ~ as wildcards; none of the marks holds one.
    return sorted(words().ditto) + list(labels().summary.gaps)


def odd_cells(field: Field, typed: Sequence[object]) -> int:
    """Return what the guard of a field counts over values as they are typed."""
    cells = [cell for cell in typed if cell is not None and cell != ""]
    if field.is_number:
        return sum(not isinstance(cell, int | Decimal) or isinstance(cell, bool) for cell in cells)
    if field.type == "date":
        return sum(not isinstance(cell, date) for cell in cells)
    if field.type in ("choice", "yes_no"):
        known = field.choices or (labels().words.yes, labels().words.no)
        return sum(not isinstance(cell, bool) and cell not in known for cell in cells)
    return sum(map(_oddities, map(str, cells)))


def _oddities(text: str) -> int:
    return (
        (" ".join(text.split(" ")) != text.strip(" ") or "  " in text)
        + _marks().count(text)
        + sum(sign in text for sign in _ODD_SIGNS)
        + (text.upper() != text)
        + (len(text) > _LONGEST)
    )


def rows_guard(ranges: Ranges, form: Form, count: str) -> str:
    """Return the expression that counts odd rows of a ledger; `count` is the cell with the number of its rows."""
    parts = [f"SUMPRODUCT(COUNTIF({ranges.rows(form)},{constants(_row_words())}))", ranges.beyond(form)]
    anchor = ranges.anchor(form)
    if anchor is not None:
        cells = ranges.column(f"{form.id}.{anchor.id}")
        parts += [f"ABS({count}-COUNTA({cells}))", f"COUNTIF({cells},{constants([anchor.header])})"]
    return "+".join(parts)


def _row_words() -> list[str]:
    """Return patterns of totals (合 计 too) and of lines addressed to people."""
    summary = labels().summary
    totals = [
        shape.format(word=word, first=word[0], rest=word[1:])
        for word in summary.totals
        for shape in ("{first}*{rest}", "*{word}", "{word}(*", "{word}（*")
    ]
    return totals + [f"{word}{colon}*" for word in summary.notes for colon in (":", "：")]


def odd_rows(ranges: Ranges, form: Form, rows: Sequence[Mapping[str, object]]) -> int:
    """Return what the guard of a ledger's rows counts over rows as they are typed."""
    anchor = ranges.anchor(form)
    return 0 if anchor is None else sum(row.get(anchor.id) in (None, "") for row in rows)
