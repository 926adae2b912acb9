"""The Jinja environment of kit reports: sandboxed and bounded."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from officeflow.document.reckoning.expressions import Nothing, Operand, number_in
from officeflow.document.reckoning.limits import CountingCode, TooLong, TooMuch, joined, kept, tick
from officeflow.document.reckoning.report_filters import LONGEST, report_filters, report_range, report_tests

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

_DEEPEST = 100
"""How deep expressions and blocks may nest: each level costs several frames of Python's own stack."""


def _deeper_than(tree: nodes.Node, most: int) -> nodes.Node | None:
    level: list[nodes.Node] = [tree]
    for _ in range(most):
        level = [child for node in level for child in node.iter_child_nodes()]
    return level[0] if level else None


class Sandbox(ImmutableSandboxedEnvironment):
    """What a template may do: reckon, compare, loop within bounds, print; never reach Python behind a value."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))
    code_generator_class = CountingCode
    concat = staticmethod(joined)
    tick = staticmethod(tick)
    kept = staticmethod(kept)
    longest = LONGEST

    def parse(self, source: str, name: str | None = None, filename: str | None = None) -> nodes.Template:
        """Return the syntax tree of a program.

        Raises:
            TemplateSyntaxError: it does not parse, or nests deeper or counts higher than Python itself can take.
        """
        try:
            tree = super().parse(source, name, filename)
        except (RecursionError, ValueError, OverflowError, MemoryError) as error:
            raise TemplateSyntaxError(type(error).__name__, 1) from error
        deep = _deeper_than(tree, _DEEPEST)
        if deep is not None:
            raise TemplateSyntaxError("depth", deep.lineno)
        return tree

    def compile(self, *arguments: Any, **named: Any) -> Any:
        """Return the code of a program.

        Raises:
            TemplateSyntaxError: Python cannot take it: more than twenty blocks in one another, say.
        """
        try:
            return super().compile(*arguments, **named)
        except TemplateSyntaxError:
            raise
        except Exception as error:  # reckoning with constants, Jinja raises whatever they do
            raise TemplateSyntaxError(type(error).__name__, 1) from error

    def call(self, context: Any, obj: Any, /, *values: Any, **named: Any) -> Any:
        """Call what is safe to call, and count it."""
        tick()
        return kept(super().call(context, obj, *values, **named))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a field of an operand, otherwise what the sandbox allows."""
        return obj.field(attribute) if isinstance(obj, Operand) else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a field, member or element."""
        return obj[argument] if isinstance(obj, Operand) else super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse methods of texts and numbers (padding can make any length) besides the sandbox's own rules."""
        is_simple = isinstance(obj, (str, bytes, int, float, Decimal))
        return not is_simple and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Refuse `text.format`: a width can make any length.

        Raises:
            SecurityError: that is what the value is.
        """
        if super().wrap_str_format(value) is not None:
            raise SecurityError("format")

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
        if operator == "%" and isinstance(left, str):
            raise SecurityError(left)  # padding can make any length
        # Figures reckon with 50 digits; what the template writes itself could grow without end.
        is_own = not isinstance(left, Operand) and not isinstance(right, Operand)
        if is_own and _is_large(operator, left, right, self.longest):
            raise TooMuch
        return kept(super().call_binop(context, operator, left, right))


def code_of(error: BaseException) -> str:
    """Return the message code for an error met while a template ran.

    >>> code_of(ZeroDivisionError()), code_of(TooLong())
    ('TAG_FAILED', 'TAG_TOO_LONG')
    """
    match error:
        case TooLong():
            return "TAG_TOO_LONG"
        case TooMuch():
            return "TAG_TOO_MUCH"
        case SecurityError():
            return "TAG_FORBIDDEN"
    return "TAG_FAILED"


def _is_large(operator: str, left: object, right: object, longest: int) -> bool:
    numbers = [number for number in map(number_in, (left, right)) if number is not None]
    if operator == "**":
        return any(abs(number) > _MOST_DIGITS for number in numbers)
    lengths = _length(left), _length(right)
    if any(number.adjusted() > _MOST_DIGITS for number in numbers) or sum(lengths) > longest:
        return True
    return operator == "*" and max(lengths) * max(numbers, default=0) > longest


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, bytes, list, tuple)) else 0


@cache
def sandbox() -> Sandbox:
    """Return the one environment of kit reports."""
    environment = Sandbox(autoescape=True, undefined=Nothing, keep_trailing_newline=True, **DELIMITERS)
    environment.globals = {"range": report_range}
    environment.filters = report_filters()
    environment.tests = report_tests()
    return environment
