"""What a check kind works with: the columns and sides its rule names, and findings worded for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from officeflow.checks._compare import AnyValue, Verdict, difference
from officeflow.checks._kind import catalogue_of, placeholders
from officeflow.checks._sides import Side, side_of
from officeflow.checks._sites import Site, cell_site
from officeflow.figures import Tally, entry_count, times
from officeflow.model.findings import Finding, Severity
from officeflow.model.kit import Field, Form, Kit, Rule, Scalar
from officeflow.model.submission import Submission, Table
from officeflow.model.values import Bounded, Value

RESERVED = frozenset(
    {"text", "severity", "remedy", "file", "rule", "row_key", "code", "place", "value", "expected"}
)
"""Words that a row's field ids cannot take in a message: parts of the finding itself."""

ALWAYS = frozenset(
    {
        "value_name",
        "value_unit",
        "expected_name",
        "expected_unit",
        "difference",
        "key",
        "row",
        "sheet",
        "header",
    }
)
"""Placeholders that any rule's words may use; what a finding does not have is left out."""


@dataclass(frozen=True, slots=True)
class FieldCells:
    """The cells of one field that a rule looks at."""

    table: Table
    field: Field
    entries: Sequence[int]

    @property
    def values(self) -> Sequence[Value]:
        """The values of those entries; the whole column as it is when nothing was left out."""
        column = self.table.columns[self.field.id]
        return column if len(self.entries) == len(column) else [column[entry] for entry in self.entries]

    def site(self, entry: int) -> Site:
        """Return where the cell of an entry is."""
        return cell_site(self.table, self.field, entry)


class Scope:
    """One rule applied to one submission."""

    def __init__(self, rule: Rule, tally: Tally, *, covered: frozenset[str] = frozenset()) -> None:
        self.rule = rule
        self.tally = tally
        self.submission: Submission = tally.submission
        self.kit: Kit = tally.submission.kit
        self._covered = covered
        self._catalogue = catalogue_of(rule.use)

    def columns(self, asks: Callable[[Field], Any]) -> Iterator[FieldCells]:
        """Yield the columns of `of`; without `of`, those of every field whose attributes `asks` accepts."""
        if self.rule.of is None:
            for form in self.kit.forms:
                for field in form.fields:
                    if asks(field) and f"{form.id}.{field.id}" not in self._covered:
                        yield from self._column(form, field)
            return
        for path in self.names():
            yield from self.column(path)

    def column(self, path: str) -> Iterator[FieldCells]:
        """Yield the column that `form.field` names, if it is one."""
        field = self.kit.field(path)
        if field is not None:
            yield from self._column(self.kit.form_by_id[path.partition(".")[0]], field)

    def names(self) -> list[str]:
        """Return the operands of `of` that are names."""
        return [item for item in self._items() if isinstance(item, str)]

    def forms(self) -> list[Form]:
        """Return the forms that `of` names."""
        return [self.kit.form_by_id[name] for name in self.names() if name in self.kit.form_by_id]

    def _items(self) -> list[str | Rule]:
        of = self.rule.of
        return of if isinstance(of, list) else [] if of is None else [of]

    def operands(self) -> list[str | Rule]:
        """Return the operands of `of` that are no field of a form: forms and figures."""
        return [item for item in self._items() if not (isinstance(item, str) and self.kit.field(item))]

    def _column(self, form: Form, field: Field) -> Iterator[FieldCells]:
        table = self.submission.tables[form.id]
        # A heading that is missing was reported by the reader; its blank column says nothing.
        if field.id in table.letters:
            yield FieldCells(table, field, self.entries(table))

    def entries(self, table: Table) -> Sequence[int]:
        """Return the entries of a form that the rule's `where` accepts."""
        if not self.rule.where:
            return range(entry_count(table))
        return self.tally.selector.entries(table, self.rule.where).entries

    def compared_with(self, left: Side, right: Side) -> Sequence[AnyValue]:
        """Return what each value of the left side is held against, `times` applied."""
        values, factor = right.against(left), self.rule.times
        if factor is None:
            return values
        return [times(value, factor) if isinstance(value, Decimal | Bounded) else value for value in values]

    def sides(self) -> Iterator[Side]:
        """Yield each operand of `of` as one side of a comparison."""
        for operand in self._items():
            yield side_of(operand, self.tally, self.rule.where)

    def side(self, operand: str | Rule | Scalar) -> Side:
        """Return the other side of a comparison."""
        return side_of(operand, self.tally, {})

    def finding(
        self,
        code: str,
        site: Site,
        *,
        value: object = "",
        expected: object = "",
        verdict: Verdict = Verdict.FAILS,
        severity: Severity | None = None,
        **values: Any,
    ) -> Finding:
        """Return the finding `code` of this kind in the rule's words; `MAY_FAIL` makes it `verify` at most."""
        severity = severity or self.rule.severity or self._catalogue.messages[code].severity
        if verdict is Verdict.MAY_FAIL and severity is not Severity.HINT:
            severity = Severity.VERIFY
        place = site.place
        said: dict[str, Any] = {name: held for name, held in site.values.items() if name not in RESERVED}
        said |= dict.fromkeys((ALWAYS | placeholders(self.rule.use)) - RESERVED, "")
        said |= {
            "key": site.shown_key,
            "row": place.row,
            "sheet": place.sheet,
            "header": place.header,
            **values,
        }
        return self._catalogue.finding(
            code,
            place=place,
            severity=severity,
            text=_usable(self.rule.message, said),
            remedy=_usable(self.rule.remedy, said),
            rule=self.rule.id,
            row_key=site.key,
            value=value,
            expected=expected,
            **said,
        )

    def compared(
        self, code: str, verdict: Verdict, left: Side, at: int, right: AnyValue, other: Side
    ) -> Finding:
        """Return the finding that two sides do not agree."""
        value = left.values[at]
        return self.finding(
            code,
            left.site(at),
            value=left.shown(value),
            expected=other.shown(right),
            verdict=verdict,
            value_name=left.name,
            value_unit=left.unit,
            expected_name=other.name,
            expected_unit=other.unit,
            difference=difference(value, right),
        )


def _usable(text: str, said: Mapping[str, object]) -> str:
    """Return the kit's own words, '' when they cannot be filled in: the kind's are used then (`kit check` says why)."""
    try:
        text.format_map({**said, "place": "", "value": "", "expected": ""})
    except (KeyError, ValueError, IndexError, AttributeError):
        return ""
    return text
