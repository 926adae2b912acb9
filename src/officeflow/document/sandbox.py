"""The Jinja environment of kit reports: sandboxed, bounded, and with the slot formats as filters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from officeflow.document.expressions import Nothing, Operand, number_in
from officeflow.text.formats import format_names, print_value

LONGEST = 10_000
"""The longest range, and the longest text or list that may be made of others."""
_MOST_DIGITS = 1000
"""Of a whole number that is reckoned on; also the largest base and exponent."""
DELIMITERS = {
    # Control characters cannot occur in XML, so no text of a document is ever taken for a tag.
    "variable_start_string": "\x02",
    "variable_end_string": "\x03",
    "block_start_string": "\x04",
    "block_end_string": "\x05",
    "comment_start_string": "\x06",
    "comment_end_string": "\x07",
}
_FILTERS = frozenset(
    [
        "abs",
        "first",
        "last",
        "length",
        "count",
        "list",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "reverse",
        "select",
        "selectattr",
        "sort",
        "sum",
        "unique",
    ]
)
"""Jinja's own; its `int`, `float` and `round` would make 0 of what they do not know."""
_TESTS = frozenset(
    [
        "defined",
        "undefined",
        "none",
        "divisibleby",
        "even",
        "odd",
        "eq",
        "equalto",
        "ne",
        "lt",
        "lessthan",
        "gt",
        "greaterthan",
        "le",
        "ge",
        "in",
        "number",
        "string",
    ]
)


class Sandbox(ImmutableSandboxedEnvironment):
    """What a template may do: reckon, compare, loop within bounds, print; never reach Python behind a value."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field of an operand, otherwise what the sandbox allows."""
        return obj.field(attribute) if isinstance(obj, Operand) else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a field, member or element."""
        return obj[argument] if isinstance(obj, Operand) else super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse methods of texts (padding and formatting can make any length) besides the sandbox's own rules."""
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Nothing:
        """Refuse what the rules forbid at once, instead of as a value that may be passed on.

        Raises:
            SecurityError: always.
        """
        raise SecurityError(f"{type(obj).__name__}.{attribute}")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon where the result stays small.

        Raises:
            SecurityError: the result could fill the memory.
        """
        is_formatting = operator == "%" and isinstance(left, str)
        # Figures reckon with 50 digits; what the template writes itself could grow without end.
        is_own = not isinstance(left, Operand) and not isinstance(right, Operand)
        if is_formatting or (is_own and _is_large(operator, left, right)):
            raise SecurityError
        return super().call_binop(context, operator, left, right)


def _is_large(operator: str, left: object, right: object) -> bool:
    numbers = [number for number in map(number_in, (left, right)) if number is not None]
    if operator == "**":
        return any(abs(number) > _MOST_DIGITS for number in numbers)
    lengths = _length(left), _length(right)
    if any(number.adjusted() > _MOST_DIGITS for number in numbers) or sum(lengths) > LONGEST:
        return True
    return operator == "*" and max(lengths) * max(numbers, default=0) > LONGEST


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, list, tuple)) else 0


def _range(*ends: int) -> range:
    found = range(*map(int, ends))
    if len(found) > LONGEST:
        raise SecurityError
    return found


def _is_defined(value: object) -> bool:
    return not isinstance(value, Nothing) and not (isinstance(value, Operand) and not value.figure.is_known)


def _default(value: object, instead: object = "", boolean: bool = False) -> object:
    return value if _is_defined(value) and (value or not boolean) else instead


def _printed_as(value: object, name: str, **options: object) -> object:
    """Return a value in the slot format `name`; an operand keeps its sources."""
    form: Any = {"use": name, **options} if options else name
    if isinstance(value, Operand):
        return value.printed_as(form)
    number = number_in(value)
    if number is not None:
        return print_value(number, format=form).text
    if isinstance(value, (str, Nothing)):
        return value
    listed = list(value) if isinstance(value, Iterable) else []
    if listed and all(isinstance(item, Operand) for item in listed):
        return Operand.gathered(listed).printed_as(form)
    return print_value(tuple(map(str, listed)), format=form).text


def _join(value: Iterable[object], d: str = "") -> object:
    """Return texts joined by `d`; operands keep their sources."""
    listed = list(value)
    if listed and all(isinstance(item, Operand) for item in listed):
        return Operand.gathered([item for item in listed if isinstance(item, Operand)], d)
    return d.join(map(str, listed))


@cache
def sandbox() -> Sandbox:
    """Return the one environment of kit reports."""
    environment = Sandbox(autoescape=True, undefined=Nothing, keep_trailing_newline=True, **DELIMITERS)
    environment.globals = {"range": _range}
    environment.filters = {name: environment.filters[name] for name in sorted(_FILTERS)}
    environment.filters |= {"default": _default, "d": _default, "join": _join}
    environment.filters |= {name: partial(_printed_as, name=name) for name in format_names()}
    environment.tests = {name: environment.tests[name] for name in sorted(_TESTS)}
    environment.tests |= {"defined": _is_defined, "undefined": lambda value: not _is_defined(value)}
    return environment
