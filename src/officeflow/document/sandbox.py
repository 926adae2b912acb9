"""The Jinja environments of templates, sandboxed and bounded.

Kit reports have few filters and the slot formats; plain templates have all of
Jinja's, and those of an environment that the caller brings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, partial
from types import ModuleType
from typing import Any, Literal

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import Namespace

from officeflow.document.bounded_filters import (
    LONGEST_TEXT,
    bounded_filters,
    bounded_globals,
    formatted,
    long,
    percent,
    replaced,
    text_joined,
    wide,
)
from officeflow.document.chart_values import columns
from officeflow.document.expressions import Nothing, Operand, number_in
from officeflow.document.limits import CountingCode, TooLong, TooMuch, joined, kept, tick
from officeflow.document.words import WORDS
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
            TemplateSyntaxError: it is none, or nests deeper or counts higher than Python itself can take.
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
        except (SyntaxError, RecursionError, ValueError, OverflowError, MemoryError) as error:
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
        if operator == "%" and isinstance(left, str):
            raise SecurityError(left)  # padding can make any length
        # Figures reckon with 50 digits; what the template writes itself could grow without end.
        is_own = not isinstance(left, Operand) and not isinstance(right, Operand)
        if is_own and _is_large(operator, left, right, self.longest):
            raise TooMuch
        return kept(super().call_binop(context, operator, left, right))


class PlainSandbox(Sandbox):
    """What a plain template may do: what any Jinja template does with texts, lists and numbers, within bounds."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "**", "%"))
    longest = LONGEST_TEXT

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute or member that is safe to have."""
        if type(obj) is dict and attribute in obj and not hasattr(dict, attribute):
            return obj[attribute]  # the rows of most tables: nothing of Python's can be reached
        own = _text_method(self, obj, attribute)
        return super().getattr(obj, attribute) if own is None else own

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a member, element or attribute that is safe to have."""
        own = _text_method(self, obj, argument) if isinstance(argument, str) else None
        return super().getitem(obj, argument) if own is None else own

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse what opens the way out: modules behind modules (datetime.sys), our own and python-docx's objects."""
        if isinstance(value, ModuleType) or _is_closed(obj):
            return False
        if isinstance(obj, (str, bytes, bytearray, int)) and attr in _REFUSED_METHODS:
            return False
        return super(Sandbox, self).is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon, or format a text, where the result stays small."""
        if operator == "%" and isinstance(left, str):
            return kept(percent(left, right))
        if isinstance(left, Decimal) and isinstance(right, float):
            right = number_in(right)
        elif isinstance(right, Decimal) and isinstance(left, float):
            left = number_in(left)
        return super().call_binop(context, operator, left, right)


_CLOSED = frozenset(("docx", "docxtpl", "docxcompose", "lxml"))
_REFUSED_METHODS = frozenset(
    ("center", "expandtabs", "join", "ljust", "replace", "rjust", "zfill")
) | frozenset(("encode", "format_map", "from_bytes", "maketrans", "to_bytes", "translate"))


def _is_closed(obj: object) -> bool:
    """Whether a value is a piece of a document: printed whole, its own methods write files."""
    if isinstance(obj, Namespace):
        return False
    package, _, rest = type(obj).__module__.partition(".")
    return package in _CLOSED or (package == "officeflow" and rest.startswith("document."))


def _text_method(environment: Environment, obj: object, name: str) -> Any:
    """Return a text's method that could make any length, bounded; None for every other attribute."""
    if not isinstance(obj, str):
        return None
    match name:
        case "center" | "ljust" | "rjust" | "zfill" | "expandtabs":
            return partial(_padded, obj, name)
        case "format":
            return partial(formatted, environment, obj)
        case "join":
            return partial(text_joined, obj)
        case "replace":
            return partial(replaced, obj)
    return None


def _padded(text: str, name: str, width: int = 8, *fill: str) -> str:
    wide(width)
    if name == "expandtabs":
        long(len(text) + text.count("\t") * width)
    return kept(getattr(text, name)(width, *fill))  # type: ignore[no-any-return]


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


def _range(*ends: int) -> range:
    found = range(*map(int, ends))
    if len(found) > LONGEST:
        raise TooMuch
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
    return text_joined(d, listed)


@cache
def sandbox() -> Sandbox:
    """Return the one environment of kit reports."""
    environment = Sandbox(autoescape=True, undefined=Nothing, keep_trailing_newline=True, **DELIMITERS)
    environment.globals = {"range": _range}
    environment.filters = {name: environment.filters[name] for name in sorted(_FILTERS)}
    environment.filters |= {"default": _default, "d": _default, "join": _join}
    environment.filters[WORDS.columns] = columns
    environment.filters |= {name: partial(_printed_as, name=name) for name in format_names()}
    environment.tests = {name: environment.tests[name] for name in sorted(_TESTS)}
    environment.tests |= {"defined": _is_defined, "undefined": lambda value: not _is_defined(value)}
    return environment


def plain_environment(
    jinja_env: Environment | None = None, *, undefined: Literal["ignore", "error"] = "ignore"
) -> PlainSandbox:
    """Return an environment of the caller's own for plain templates: Jinja's filters, tests and globals, bounded.

    `jinja_env` adds its filters, tests, globals, extensions and undefined class, as they are now;
    what its filters do themselves is its owner's affair, what a template may reach is ours.
    Its delimiters are read where tags are found: programs hold `DELIMITERS`.  With
    `undefined="error"` a name that is not there cannot be printed.
    """
    environment = _plain(undefined).overlay()
    environment.filters, environment.tests = dict(environment.filters), dict(environment.tests)
    environment.globals = dict(environment.globals)
    if jinja_env is None:
        return environment
    environment.filters |= _added(jinja_env.filters, FILTERS)
    environment.tests |= _added(jinja_env.tests, TESTS)
    environment.globals |= _added(jinja_env.globals, DEFAULT_NAMESPACE)
    environment.policies = environment.policies | jinja_env.policies
    for extension in jinja_env.extensions.values():
        environment.add_extension(type(extension))
    if undefined != "error":
        environment.undefined = jinja_env.undefined
    return environment


@cache
def _plain(undefined: Literal["ignore", "error"]) -> PlainSandbox:
    environment = PlainSandbox(autoescape=True, keep_trailing_newline=True, **DELIMITERS)
    environment.filters = {**bounded_filters(), WORDS.columns: columns}
    environment.tests = dict(TESTS)
    environment.globals = bounded_globals()
    environment.undefined = StrictUndefined if undefined == "error" else Undefined
    return environment


def _added(own: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What an environment has besides Jinja's own; the same thing under its own name stays bounded."""
    return {name: one for name, one in own.items() if known.get(name) is not one}
