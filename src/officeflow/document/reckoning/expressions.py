"""Figures inside template expressions: exact numbers to reckon with, texts to print, sources kept.

An operand is its `Decimal` in arithmetic and comparison, true when known and
not zero (a text: not empty).  Arithmetic gives a derived operand with the
sources of both sides.  `operand.名称` is a field of a row, a member of a group
by its key, or `key`/`unit`; nothing else of the object can be reached.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, DecimalException
from typing import Any

from jinja2 import ChainableUndefined

from officeflow.model.cells import CellRef
from officeflow.model.figures import Figure, State
from officeflow.model.values import EXACT, Bounded, FigureValue, number_of
from officeflow.text.formats import print_value


class Nothing(ChainableUndefined):
    """What stands for a name that is not there, after it was reported: false, empty, and so is all reckoned from it."""

    __slots__ = ()

    def _same(self, *_: Any, **__: Any) -> Any:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _same
    __neg__ = __pos__ = __call__ = _same

    def _never(self, *_: Any, **__: Any) -> Any:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never

    @property
    def name(self) -> str:
        """The name that was asked for."""
        return self._undefined_name or ""

    @property
    def is_reported(self) -> bool:
        """Whether a finding was made when it was asked for."""
        return bool(self._undefined_hint)


ReportMissing = Callable[[str, str, Iterable[str]], Nothing]
"""Reports something asked for in vain and gives what stands for it: code, name, known names."""


class Operand:
    """One figure in an expression; immutable."""

    __slots__ = ("_figure", "_lost", "_recipe")

    def __init__(self, figure: Figure, lost: ReportMissing, recipe: str = "") -> None:
        self._figure = figure
        self._lost = lost
        self._recipe = recipe

    @property
    def figure(self) -> Figure:
        """The figure behind it."""
        return self._figure

    @property
    def recipe(self) -> str:
        """The expression over figure ids alone that gives this operand again from other data; '' when there is none."""
        return self._recipe

    def _part(self, name: str | int) -> str:
        return f"{self._recipe}[{json.dumps(name, ensure_ascii=False)}]" if self._recipe else ""

    def field(self, name: str) -> Any:
        """Return what a template gets for `operand.name`; a name that is not there is reported."""
        figure = self._figure
        if name in figure.fields:
            return Operand(figure.fields[name], self._lost, self._part(name))
        members = {member.key: member for member in figure.members if member.key}
        if name in members:
            return Operand(members[name], self._lost, self._part(name))
        if name in ("key", "unit"):
            return getattr(figure, name)
        is_single = figure.is_known and not figure.members and not isinstance(figure.value, tuple)
        if figure.fields or is_single:
            return self._lost("FIELD_UNKNOWN", name, tuple(figure.fields))
        # A group that has no rows this time (nobody in 增发) is empty, not unknown.
        whole = f"{figure.name or figure.id}.{name}"
        empty = Figure(id=f"{figure.id}.{name}", name=whole, value=None, state=State.EMPTY)
        return Operand(empty, self._lost, self._part(name))

    def printed_as(self, form: str | Mapping[str, object]) -> Operand:
        """Return the same figure in another slot format; one that does not fit is reported."""
        figure = self._figure
        if not figure.is_known:
            return self
        try:
            text = print_value(figure.value, unit=figure.unit, format=form).text
        except (ValueError, TypeError):
            self._lost("FORMAT_UNFIT", form if isinstance(form, str) else str(form.get("use", "")), ())
            return self
        recipe = f"{self._recipe}|{_filter(form)}" if self._recipe else ""
        return Operand(replace(figure, text=text), self._lost, recipe)

    @classmethod
    def gathered(cls, operands: list[Operand], joint: str | None = None) -> Operand:
        """Return several operands (what a filter chose) as one with all their sources: a list, or one text.

        It has no recipe: other data may choose others.
        """
        texts = tuple(item.figure.text for item in operands)
        value = texts if joint is None else joint.join(texts)
        return cls(derived(value, "", [item.figure for item in operands]), operands[0]._lost)  # noqa: SLF001  of its own class

    def __getitem__(self, place: int | str) -> Any:
        return self.field(place) if isinstance(place, str) else list(self)[place]

    def __iter__(self) -> Iterator[Operand]:
        figure = self._figure
        if figure.members:
            # The key of a row may be a person's name, which no recipe may carry.
            keys = ["" if member.is_personal else member.key for member in figure.members]
            names: Iterable[str | int] = keys if len({*keys} - {""}) == len(keys) else range(len(keys))
            pairs = zip(names, figure.members, strict=True)
            return iter([Operand(member, self._lost, self._part(name)) for name, member in pairs])
        if not isinstance(figure.value, tuple):
            if figure.is_known:
                raise TypeError(figure.id)  # a loop over one number would silently print nothing
            return iter(())
        cells = figure.cells
        matched = len(cells) == len(figure.value)
        return iter(
            [self._with(text, (cells[i],) if matched else cells, i) for i, text in enumerate(figure.value)]
        )

    def _with(self, text: str, cells: tuple[CellRef, ...], place: int) -> Operand:
        own = replace(self._figure, value=text, text=text, cells=cells, format="", has_tags=False)
        return Operand(own, self._lost, self._part(place))

    def __len__(self) -> int:
        figure = self._figure
        return len(figure.members or (figure.value if isinstance(figure.value, tuple) else ()))

    def __bool__(self) -> bool:
        figure = self._figure
        if not figure.is_known:
            return False
        number = number_in(figure.value)
        return bool(figure.text) if number is None else bool(number)

    def __str__(self) -> str:
        return self._figure.text

    def __hash__(self) -> int:
        return hash(self._plain())

    def _plain(self) -> Any:
        """The value to compare: a number, a date, otherwise the text."""
        value = self._figure.value
        number = number_in(value)
        if number is not None:
            return number
        return value if isinstance(value, date) else self._figure.text

    def _compare(self, other: object, compare: Callable[[Any, Any], bool]) -> bool:
        if not self._figure.is_known or (isinstance(other, Operand) and not other.figure.is_known):
            return False
        return compare(self._plain(), plain_of(other))

    def __eq__(self, other: object) -> bool:
        return self._compare(other, operator.eq)

    def __ne__(self, other: object) -> bool:
        return not self._compare(other, operator.eq)

    def __lt__(self, other: object) -> bool:
        return self._compare(other, operator.lt)

    def __le__(self, other: object) -> bool:
        return self._compare(other, operator.le)

    def __gt__(self, other: object) -> bool:
        return self._compare(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        return self._compare(other, operator.ge)

    def __add__(self, other: object) -> Operand | Nothing:
        return self._derive(self, other, EXACT.add, "+")

    def __radd__(self, other: object) -> Operand | Nothing:
        return self._derive(other, self, EXACT.add, "+")

    def __sub__(self, other: object) -> Operand | Nothing:
        return self._derive(self, other, EXACT.subtract, "-")

    def __rsub__(self, other: object) -> Operand | Nothing:
        return self._derive(other, self, EXACT.subtract, "-")

    def __mul__(self, other: object) -> Operand | Nothing:
        return self._derive(self, other, EXACT.multiply, "*")

    def __rmul__(self, other: object) -> Operand | Nothing:
        return self._derive(other, self, EXACT.multiply, "*")

    def __truediv__(self, other: object) -> Operand | Nothing:
        return self._derive(self, other, EXACT.divide, "/")

    def __rtruediv__(self, other: object) -> Operand | Nothing:
        return self._derive(other, self, EXACT.divide, "/")

    def __neg__(self) -> Operand | Nothing:
        turned = self._derive(0, self, EXACT.subtract, "-")
        if not isinstance(turned, Operand) or not turned.figure.is_known:
            return turned
        recipe = f"(-{self._recipe})" if self._recipe else ""
        text = _turned(self._figure) or turned.figure.text
        return Operand(replace(turned.figure, text=text), self._lost, recipe)

    def __abs__(self) -> Operand | Nothing:
        return -self if self < 0 else self

    def _derive(
        self, left: object, right: object, reckon: Callable[[Decimal, Decimal], Decimal], sign: str
    ) -> Operand | Nothing:
        sides = [side.figure for side in (left, right) if isinstance(side, Operand)]
        blank = next((side for side in sides if not side.is_known), None)
        if blank is not None:
            return Operand(blank, self._lost)
        numbers = [number_in(plain_of(side)) for side in (left, right)]
        if numbers[0] is None or numbers[1] is None:
            return self._lost("NOT_RECKONED", sign, ())
        try:
            value = reckon(numbers[0], numbers[1])
        except DecimalException:  # division by zero
            return self._lost("NOT_RECKONED", sign, ())
        return Operand(derived(value, _unit(sides, sign), sides), self._lost, _reckoning(left, right, sign))


def _turned(figure: Figure) -> str:
    """Return the text of a number in a form of its own (81.4%) with the sign turned; '' where the sign does not matter."""
    text, value = figure.text, figure.value
    if not figure.format or not isinstance(value, Decimal) or not value:
        return ""
    if value < 0:
        return text[1:] if text[0] == "-" else ""
    return f"-{text}" if text[0].isdecimal() else ""


def _reckoning(left: object, right: object, sign: str) -> str:
    recipes = [side.recipe if isinstance(side, Operand) else f"{number_in(side):f}" for side in (left, right)]
    return f"({recipes[0]}{sign}{recipes[1]})" if all(recipes) else ""


def _filter(form: str | Mapping[str, object]) -> str:
    """Return a slot format as a template writes it."""
    if isinstance(form, str):
        return form
    options = [
        f"{name}={json.dumps(said, ensure_ascii=False)}" for name, said in form.items() if name != "use"
    ]
    return f"{form['use']}({','.join(options)})"


def number_in(value: object) -> Decimal | None:
    """Return the number in a value: exact, hedged, or written in the template; None for anything else."""
    match value:
        case bool():
            return None
        case Decimal() | Bounded():
            return number_of(value)
        case int():
            return Decimal(value)
        case float():
            return Decimal(format(value, ".15g"))
    return None


def plain_of(value: object) -> Any:
    """Return what a value is compared by."""
    if isinstance(value, Operand):
        return value._plain()  # noqa: SLF001  of its own class
    number = number_in(value)
    return value if number is None else number


def derived(value: FigureValue, unit: str, sources: list[Figure]) -> Figure:
    """Return a figure reckoned from others; it is named by the tag that prints it."""
    cells = tuple(dict.fromkeys(cell for source in sources for cell in source.cells))
    text = print_value(value, unit=unit).text
    is_personal = any(source.is_personal for source in sources)
    return Figure(
        id="",
        name="",
        value=value,
        state=State.KNOWN,
        unit=unit,
        text=text,
        cells=cells,
        is_personal=is_personal,
    )


def _unit(sides: list[Figure], sign: str) -> str:
    units = {side.unit for side in sides}
    if sign in "+-" or len(sides) == 1:
        return units.pop() if len(units) == 1 else ""
    return ""
