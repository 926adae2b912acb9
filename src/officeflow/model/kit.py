"""A kit: everything that defines one reporting task, as read from TOML or a workbook.

The grammar is closed data (no eval, no expressions in strings): forms
with typed fields, and rules (figures and checks) that name a kind (`use`) and
its operands.  What a kind does with them is in `figures/` and `checks/`.

Plain dataclasses: pydantic checks their types where a kit comes in (`kits/`),
and a click that uses a kit already checked does not import it (measured: a
third of the time of a cold `report`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import field as attribute
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Literal, TypeAlias

from officeflow.model.findings import Severity

Scalar: TypeAlias = bool | int | Decimal | date | str
Condition: TypeAlias = (
    Scalar
    | list[Scalar]
    | dict[Literal["not", "filled", "above", "below", "min", "max", "after", "before"], Scalar | list[Scalar]]
)
Where: TypeAlias = dict[str, Condition]
"""Field id → what its value must be: a value, one of a list, `{not = …}` or `{filled = true}`; all must hold."""


_WRITTEN = {"fields": "field", "forms": "form", "checks": "check", "figures": "figure", "reports": "report"}
_ASCII = re.compile(r"[a-z][a-z0-9_]*")
_ASCII_DASHED = re.compile(r"[a-z][a-z0-9-]*")
_LAST_COMMON_DAY = 28  # every month has it
_FIGURE = re.compile(r"[^\W\d]\w*")


def written(name: str) -> str:
    """Return how a kit's author writes an attribute: 'fields' is `field`, 'in_' is `in`."""
    return _WRITTEN.get(name, name.rstrip("_"))


def _must_be(pattern: re.Pattern[str], *names: str) -> None:
    for name in names:
        if not pattern.fullmatch(name):
            raise ValueError(name)


class Authored:
    """A value that an author writes; unknown keys are refused (a misspelt key is an error, never silence)."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = {
        "extra": "forbid",
        "alias_generator": written,
        "validate_by_name": True,
        "validate_by_alias": True,
    }


FieldType: TypeAlias = Literal[
    "text", "long", "int", "decimal", "money", "percent", "date", "yes_no", "choice", "ref", "reporting_unit"
]
NUMERIC: frozenset[str] = frozenset({"int", "decimal", "money", "percent"})


@dataclass(frozen=True, kw_only=True)
class Field(Authored):
    """One column of a ledger or one line of a record form."""

    id: str
    header: str
    """The heading of its column or line."""
    type: FieldType = "text"
    """What may stand in it."""
    required: bool | Where = False
    """Whether it must be filled: always, or where other fields of the row are so."""
    default: Scalar | dict[str, Scalar] | None = None
    """What a blank cell means; a value, or a table by another field: `{ by = "category", 烧纸 = "兑换收回" }`."""
    min: Decimal | None = None
    """The least that is allowed."""
    max: Decimal | None = None
    """The most that is allowed."""
    above: Decimal | None = None
    """An exclusive lower limit (金额 above 0)."""
    max_length: int | None = None
    """The most characters."""
    unique: bool = False
    """Whether no two rows may have the same."""
    choices: tuple[str, ...] = ()
    """The values of a drop-down."""
    choice_aliases: dict[str, str] = attribute(default_factory=dict)
    """What people really type → the choice it means (帮贫济困 → 帮贫济困岗)."""
    refers: str = ""
    """For `ref`: the `form.field` whose values are allowed."""
    suggest: str = ""
    """A `form.field` offered as a drop-down without refusing other text."""
    unit: str = ""
    """The unit a bare number has in this column (元, 人次)."""
    prompt: str = ""
    """What is shown while typing, at most 40 characters."""
    aliases: tuple[str, ...] = ()
    """Other headings that the column is known by."""
    personal: bool = False
    """A name, a telephone number: masked wherever it would leave the unit."""
    bounds: bool | Where = False
    """Whether hedged numbers (1000余) are normal here; otherwise they are `verify`."""
    precision: Literal["day", "旬", "month", "half"] = "day"
    """The coarsest partial date accepted."""
    tags: bool = False
    """Whether {{指标}} in its text is replaced."""
    example: str = ""
    """What the 填报说明 shows as an example."""
    width: int | None = None
    """Column width in characters; None lets the builder choose."""
    has_total: bool = True
    """Whether the sheet's 合计 line adds a column of numbers up; issue numbers (期号) are not added."""
    carry: Literal["same", "one_more", "blank"] = "same"
    """What it becomes where its row is carried into the next period's workbook; `one_more` counts on (期号)."""

    def __post_init__(self) -> None:
        _must_be(_ASCII, self.id)

    @property
    def default_by(self) -> str:
        """The field its default depends on, '' for a plain default or none."""
        return str(self.default.get("by", "")) if isinstance(self.default, dict) else ""

    def default_for(self, other: object = None) -> Scalar | None:
        """Return the default of a row whose `default_by` field holds `other`; or None."""
        if not isinstance(self.default, dict):
            return self.default
        return None if str(other) == "by" else self.default.get(str(other))

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.type in NUMERIC


@dataclass(frozen=True, kw_only=True)
class Form(Authored):
    """One entry sheet: a `record` holds one value per field, a `ledger` one row per event."""

    id: str
    sheet: str
    """The sheet's name, at most 31 characters."""
    kind: Literal["record", "ledger", "explanations"] = "ledger"
    """A `record` is filled once, a `ledger` has a row per event; `explanations` answer findings."""
    aliases: tuple[str, ...] = ()
    """Other names that the sheet is known by."""
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    """Fields that name a row for people and explanations; equal keys get #2, #3."""
    zero: str = ""
    """The `form.field` of the 本期为零 switch; '' when an empty ledger needs no word."""
    optional: bool = False
    """有则填: an empty ledger is no question."""
    audience: Literal["unit", "everyone", "writer", "program"] = "everyone"
    """Who fills it; decides the tab colour: unit red, everyone green, writer blue, program orange."""
    note: str = ""
    """What the sheet is for, printed under its title."""
    examples: int = 1
    """How many example rows the sample's first rows give to 填报说明."""
    carries: Literal["all", "nothing"] | Where = "nothing"
    """Which rows go into the next period's workbook: master data all, open matters those that a `where` picks."""

    def __post_init__(self) -> None:
        _must_be(_ASCII, self.id)

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """Fields by id."""
        return {field.id: field for field in self.fields}


@dataclass(frozen=True, kw_only=True)
class Rule(Authored):
    """A figure or a check: the kind it uses and its operands.

    An operand (`of`, `to`, and members of a list `of`) is text: a form id, a
    `form.field`, a figure id; or a rule written inline.
    """

    use: str
    """The kind of figure or check."""
    id: str = ""
    name: str = ""
    """What people call it where the id is not enough (口径); '' = the id."""
    of: str | Rule | list[str | Rule] | None = None
    """What it is worked out of."""
    where: Where = attribute(default_factory=dict)
    """Which rows count."""
    by: str = ""
    """One result for each value of that field; `row`: one for each row."""
    to: Rule | Scalar | None = None
    """What it is compared with or divided by."""
    in_: str | list[str] = ""
    """Where it is looked for."""
    unit: str = ""
    """The unit it is printed in; '' = that of its field."""
    format: str | dict[str, Any] = ""
    """A slot format by name, or a table `{ use = "余", digits = 1 }`."""
    labels: str = ""
    """With `by` a field of dates: the slot format of the members' names (月日: 4月, not 2022-04)."""
    plus: Decimal | None = None
    """Added to the result."""
    order: str = ""
    """How members are sorted."""
    distinct: bool = False
    """Whether the same value counts once."""
    last: tuple[str, ...] = ()
    """Values that a sorted list puts at its end (其他)."""
    else_: Rule | Scalar | None = None
    """Used when the figure is empty."""
    previous: bool = False
    """Take last period's value; unknown when none is at hand."""
    min: Rule | Scalar | None = None
    """The least that is allowed."""
    max: Rule | Scalar | None = None
    """The most that is allowed."""
    on: str = ""
    """The date field of the ledger that `window` is about."""
    window: Literal["", "month", "quarter", "half", "year", "to_date", "period"] = ""
    """The stretch of time, seen from the last day of the 统计时段, whose rows count; '' with `on` is the 统计时段 itself."""
    times: Decimal | None = None
    """The multiple of `to` that is allowed."""
    tolerance: Decimal | None = None
    """How far apart the sides may be."""
    choices: tuple[str, ...] = ()
    """The values that are allowed."""
    when: dict[str, Condition] = attribute(default_factory=dict)
    """Record fields (`form.field`) that must hold, or the check is silent."""
    severity: Severity | None = None
    """How much its findings weigh; None = as usual for the kind."""
    message: str = ""
    """The kit's own wording; placeholders are the finding's values. '' = the kind's."""
    remedy: str = ""
    """The kit's own words for what to do."""
    options: dict[str, Any] = attribute(default_factory=dict)
    """What only one kind needs (out-of-tree kinds too)."""

    @property
    def given(self) -> frozenset[str]:
        """Names of the attributes that say something: all but those at their default."""
        plain = Rule(use="")
        return frozenset(
            one.name for one in fields(self) if getattr(self, one.name) != getattr(plain, one.name)
        )


@dataclass(frozen=True, kw_only=True)
class Report(Authored):
    """One Word document a kit produces; its text is `<id>.md` beside kit.toml."""

    id: str
    title: str
    """What people call it; part of the document's file name."""
    genre: str
    """What stands before and after its text."""
    profile: str = "gb9704"
    """How its pages look."""
    outline: str = ""
    """The ledger form whose rows switch, order and reword the sections; '' for none."""
    forms: tuple[str, ...] = ()
    """Forms that only this report, and others that list them, are made from: what is wrong there stops no other."""
    slots: dict[str, str] = attribute(default_factory=dict)
    """A name in the genre's text → the figure that this report puts there (`{ 标题 = "讲话标题" }`)."""
    numbering: str = ""
    """How headings are numbered: `none`, or one of the profile's `numberings`; '' = as genre and profile do."""

    def __post_init__(self) -> None:
        _must_be(_ASCII, self.id)


@dataclass(frozen=True, kw_only=True)
class NextPeriod(Authored):
    """How the next period follows; without a rule it begins the day after and is as long as the last."""

    every: Literal["", "month", "quarter", "half", "year"] = ""
    """How long a period is, where the days of the last one do not tell."""
    keeps_start: dict[str, Condition] = attribute(default_factory=dict)
    """Record fields (`form.field`) under which counts go on from one beginning: the first day stays."""
    year_start: dict[str, Condition] = attribute(default_factory=dict)
    """Record fields under which counts restart each year: the first day stays, or is the new year's."""


@dataclass(frozen=True, kw_only=True)
class Kit(Authored):
    """One reporting task: forms, checks, figures and reports."""

    id: str
    """Small letters, digits, dashes; the name of its folder."""
    title: str
    """What people call it."""
    version: str
    """Written into every workbook, so that an older one is known as such."""
    unit: str
    """The `form.field` that names the reporting unit."""
    period: tuple[str, str]
    """The `form.field`s of the first and last day of the 统计时段."""
    period_rule: int = 1
    """The day on which named periods begin: 26 makes 2026-11 mean 2026-10-26 to 2026-11-25; the sheet may say otherwise."""
    next: NextPeriod = NextPeriod()
    """How the next period follows."""
    deadline: str = ""
    """When and to whom, for the first sheet; free text."""
    forms: tuple[Form, ...]
    checks: tuple[Rule, ...] = ()
    figures: tuple[Rule, ...] = ()
    reports: tuple[Report, ...] = ()

    def __post_init__(self) -> None:
        _must_be(_ASCII_DASHED, self.id)
        _must_be(_FIGURE, *(rule.id for rule in self.figures))
        if not 1 <= self.period_rule <= _LAST_COMMON_DAY:
            raise ValueError(f"period_rule: {self.period_rule}")
        for family in (self.forms, self.figures, self.reports):
            ids = [one.id for one in family]
            twice = [one for one in ids if ids.count(one) > 1]
            if twice:
                raise ValueError(f"duplicate id: {twice[0]}")

    @cached_property
    def form_by_id(self) -> dict[str, Form]:
        """Forms by id."""
        return {form.id: form for form in self.forms}

    @cached_property
    def figure_by_id(self) -> dict[str, Rule]:
        """Figure rules by id."""
        return {rule.id: rule for rule in self.figures}

    def reports_from(self, form_id: str) -> tuple[Report, ...]:
        """Return the reports that are made from a form: those that list it, all where none does."""
        return tuple(report for report in self.reports if form_id in report.forms) or self.reports

    def field(self, path: str) -> Field | None:
        """Return the field that `form.field` names, or None when the kit has none such."""
        form_id, _, field_id = path.partition(".")
        form = self.form_by_id.get(form_id)
        return None if form is None else form.by_id.get(field_id)
