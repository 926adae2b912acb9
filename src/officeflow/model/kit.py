"""A kit: everything that defines one reporting task, as read from TOML or a workbook.

The grammar is closed data (DESIGN: no eval, no expressions in strings): forms
with typed fields, and rules (figures and checks) that name a kind (`use`) and
its operands.  What a kind does with them is in `figures/` and `checks/`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Attribute

from officeflow.model.findings import Severity

Ident = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
FigureId = Annotated[str, StringConstraints(pattern=r"^[^\W\d]\w*$")]
Scalar: TypeAlias = bool | int | Decimal | date | str
Condition: TypeAlias = Scalar | list[Scalar] | dict[Literal["not", "filled"], Scalar | list[Scalar]]
Where: TypeAlias = dict[Ident, Condition]
"""Field id → what its value must be: a value, one of a list, `{not = …}` or `{filled = true}`; all must hold."""


class Frozen(BaseModel):
    """A kit value: unchangeable, unknown keys refused (a misspelt key is an error, never silence)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


FieldType: TypeAlias = Literal[
    "text", "long", "int", "decimal", "money", "percent", "date", "yes_no", "choice", "ref", "reporting_unit"
]
NUMERIC: frozenset[str] = frozenset({"int", "decimal", "money", "percent"})


class DefaultBy(Frozen):
    """A default that depends on another field of the row: `{ by = "category", 烧纸 = "兑换收回" }`."""

    model_config = ConfigDict(frozen=True, extra="allow")
    by: Ident

    def value(self, other: object) -> str | None:
        """Return the default where the other field holds `other`; None when the table has no entry."""
        found = (self.__pydantic_extra__ or {}).get(str(other))
        return None if found is None else str(found)


class Field(Frozen):
    """One column of a ledger or one line of a record form."""

    id: Ident
    header: str
    type: FieldType = "text"
    required: bool | Where = False
    default: Scalar | DefaultBy | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    above: Decimal | None = None
    """An exclusive lower limit (金额 above 0)."""
    max_length: int | None = None
    unique: bool = False
    choices: tuple[str, ...] = ()
    choice_aliases: dict[str, str] = {}
    """What people really type → the choice it means (帮贫济困 → 帮贫济困岗)."""
    refers: str = ""
    """For `ref`: the `form.field` whose values are allowed."""
    suggest: str = ""
    """A `form.field` offered as a drop-down without refusing other text."""
    unit: str = ""
    """The unit a bare number has in this column (元, 人次)."""
    prompt: str = ""
    aliases: tuple[str, ...] = ()
    personal: bool = False
    bounds: bool | Where = False
    """Whether hedged numbers (1000余) are normal here; otherwise they are `verify`."""
    precision: Literal["day", "旬", "month", "half"] = "day"
    """The coarsest partial date accepted."""
    tags: bool = False
    """Whether {{指标}} in its text is replaced."""
    example: str = ""
    width: int | None = None
    """Column width in characters; None lets the builder choose."""
    has_total: bool = True
    """Whether the sheet's 合计 line adds a column of numbers up; issue numbers (期号) are not added."""

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.type in NUMERIC


class Form(Frozen):
    """One entry sheet: a `record` holds one value per field, a `ledger` one row per event."""

    id: Ident
    sheet: str
    kind: Literal["record", "ledger", "explanations"] = "ledger"
    aliases: tuple[str, ...] = ()
    fields: Annotated[tuple[Field, ...], Attribute(alias="field")]
    key: tuple[Ident, ...] = ()
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

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """Fields by id."""
        return {field.id: field for field in self.fields}


class Rule(Frozen):
    """A figure or a check: the kind it uses and its operands.

    An operand (`of`, `to`, and members of a list `of`) is text: a form id, a
    `form.field`, a figure id; or a rule written inline.
    """

    use: str
    id: str = ""
    name: str = ""
    """What people call it where the id is not enough (口径); '' = the id."""
    of: str | Rule | list[str | Rule] | None = None
    where: Where = {}
    by: str = ""
    to: Rule | Scalar | None = None
    in_: Annotated[str | list[str], Attribute(alias="in")] = ""
    unit: str = ""
    format: str | dict[str, Any] = ""
    """A slot format by name, or a table `{ use = "余", digits = 1 }`."""
    plus: Decimal | None = None
    order: str = ""
    distinct: bool = False
    last: tuple[str, ...] = ()
    """Values that a sorted list puts at its end (其他)."""
    else_: Annotated[Rule | Scalar | None, Attribute(alias="else")] = None
    """Used when the figure is empty."""
    previous: bool = False
    """Take last period's value; unknown when none is at hand."""
    min: Rule | Scalar | None = None
    max: Rule | Scalar | None = None
    times: Decimal | None = None
    tolerance: Decimal | None = None
    choices: tuple[str, ...] = ()
    when: dict[str, Condition] = {}
    """Record fields (`form.field`) that must hold, or the check is silent."""
    severity: Severity | None = None
    message: str = ""
    """The kit's own wording; placeholders are the finding's values. '' = the kind's."""
    remedy: str = ""
    options: dict[str, Any] = {}
    """What only one kind needs (out-of-tree kinds too)."""


class Report(Frozen):
    """One Word document a kit produces; its text is `<id>.md` beside kit.toml."""

    id: Ident
    title: str
    genre: str
    profile: str = "gb9704"
    file_stem: str = ""
    """Words for the file name; may hold {{指标}}. '' = the title."""
    outline: str = ""
    """The ledger form whose rows switch, order and reword the sections; '' for none."""


def _unique_ids(items: tuple[Any, ...]) -> tuple[Any, ...]:
    seen: set[str] = set()
    for item in items:
        if item.id and item.id in seen:
            raise ValueError(f"duplicate id: {item.id}")
        seen.add(item.id)
    return items


class Kit(Frozen):
    """One reporting task: forms, checks, figures and reports."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    version: str
    unit: str
    """The `form.field` that names the reporting unit."""
    period: tuple[str, str]
    """The `form.field`s of the first and last day of the 统计时段."""
    period_rule: Literal["calendar_month", "any"] = "any"
    deadline: str = ""
    """When and to whom, for the first sheet; free text."""
    forms: Annotated[tuple[Form, ...], Attribute(alias="form"), AfterValidator(_unique_ids)]
    checks: Annotated[tuple[Rule, ...], Attribute(alias="check")] = ()
    figures: Annotated[tuple[Rule, ...], Attribute(alias="figure"), AfterValidator(_unique_ids)] = ()
    reports: Annotated[tuple[Report, ...], Attribute(alias="report"), AfterValidator(_unique_ids)] = ()

    @cached_property
    def form_by_id(self) -> dict[str, Form]:
        """Forms by id."""
        return {form.id: form for form in self.forms}

    @cached_property
    def figure_by_id(self) -> dict[str, Rule]:
        """Figure rules by id."""
        return {rule.id: rule for rule in self.figures}

    def field(self, path: str) -> Field | None:
        """Return the field that `form.field` names, or None when the kit has none such."""
        form_id, _, field_id = path.partition(".")
        form = self.form_by_id.get(form_id)
        return None if form is None else form.by_id.get(field_id)


Rule.model_rebuild()
Kit.model_rebuild()
