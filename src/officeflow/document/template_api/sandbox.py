"""The Jinja environment of plain templates: all that any template does with texts, lists and numbers, within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, partial
from types import ModuleType
from typing import Any, Literal

from jinja2 import Environment, StrictUndefined, Undefined
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from jinja2.tests import TESTS
from jinja2.utils import Namespace

from officeflow.document.reckoning.chart_values import columns, drawn
from officeflow.document.reckoning.expressions import number_in
from officeflow.document.reckoning.limits import kept, text_joined
from officeflow.document.reckoning.sandbox import DELIMITERS, Sandbox
from officeflow.document.template_api.bounded_filters import (
    LONGEST_TEXT,
    bounded_filters,
    bounded_globals,
    formatted,
    long,
    percent,
    replaced,
    wide,
)
from officeflow.document.words import WORDS


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
    environment.filters = {**bounded_filters(), WORDS.columns: columns, WORDS.drawn: drawn}
    environment.tests = dict(TESTS)
    environment.globals = bounded_globals()
    environment.undefined = StrictUndefined if undefined == "error" else Undefined
    return environment


def _added(own: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What an environment has besides Jinja's own; the same thing under its own name stays bounded."""
    return {name: one for name, one in own.items() if known.get(name) is not one}
