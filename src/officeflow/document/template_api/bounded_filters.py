"""Jinja's own filters, tests and globals for plain templates, none of which can fill the memory or stand still."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, wraps
from typing import Any

from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.environment import Environment
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.sandbox import SandboxedEscapeFormatter, SandboxedFormatter
from jinja2.utils import Namespace, generate_lorem_ipsum, pass_environment
from markupsafe import Markup, escape

from officeflow.document.reckoning.limits import TooMuch, kept, members, spend, text_joined, tick

LONGEST_RANGE = 100_000
"""As in Jinja's own sandbox."""
LONGEST_TEXT = 1_000_000
_WIDEST = 10_000
_SLOW_FROM = 100_000
_FILTER_TURNS = 8
"""A filter may walk a long list: it counts as so many turns of a loop."""
_SPEC = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(\*|\d*)(?:\.(\*|\d*))?[hlL]?(.)", re.DOTALL)
_DIGITS = re.compile(r"\d+")


def bounded_range(*ends: int) -> range:
    """Return a range of at most `LONGEST_RANGE` numbers."""
    found = range(*map(int, ends))
    # len() itself fails beyond what a machine can index.
    if found and abs((found[-1] - found[0]) // found.step) >= LONGEST_RANGE:
        raise TooMuch
    return found


def wide(width: object) -> None:
    """Let a width or number of parts pass.

    Raises:
        TooMuch: it is wider than any page.
    """
    if isinstance(width, (int, float)) and abs(width) > _WIDEST:
        raise TooMuch


def long(length: int) -> None:
    """Let a text of that length be made.

    Raises:
        TooMuch: it is longer than any text.
    """
    if length > LONGEST_TEXT:
        raise TooMuch


def percent(template: str, value: object) -> str:
    """Return `template % value`, as Jinja's `format` filter and `%` give it."""
    values = tuple(value.values()) if isinstance(value, Mapping) else value
    listed = values if isinstance(values, tuple) else (values,)
    specs, widths = _SPEC.findall(template), 0
    for width, precision, _ in specs:
        if "*" in (width, precision):
            raise SecurityError
        for one in (width, precision):
            wide(int(one[:9] or 0))
            widths += int(one[:9] or 0)
    long(widths + len(template) + len(specs) * max(map(_length, listed), default=0))
    return template % value


def _length(value: object) -> int:
    """How long a value may print, roughly."""
    return len(value) if isinstance(value, str) else 16 * (1 + members(value))


class _Formatter(SandboxedFormatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        for digits in _DIGITS.findall(format_spec):
            wide(int(digits[:9]))
        text = super().format_field(value, format_spec)
        spend(len(text))
        return text


class _EscapeFormatter(_Formatter, SandboxedEscapeFormatter):
    pass


def formatted(environment: Environment, template: str, *values: Any, **named: Any) -> str:
    """Return `template.format(…)`, its fields reached as the sandbox allows."""
    if isinstance(template, Markup):
        formatter: _Formatter = _EscapeFormatter(environment, escape=template.escape)
    else:
        formatter = _Formatter(environment)
    return type(template)(formatter.vformat(template, values, named))


def replaced(text: str, old: str, new: str, count: int = -1) -> str:
    """Return `text.replace(old, new, count)`."""
    times = text.count(old) if count < 0 else min(text.count(old), count)
    long(len(text) + times * len(new))
    return text.replace(old, new, count)


def _guard_indent(text: object, width: object = 4, *_: object, **__: object) -> None:
    wide(width)
    size = len(width) if isinstance(width, str) else int(width)  # type: ignore[call-overload]
    long((str(text).count("\n") + 2) * size)


def _guard_replace(_: object, text: object, old: str, new: str, *__: object) -> None:
    long(len(str(text)) + str(text).count(str(old)) * len(str(new)))


def _guard_second(_: object, width: object = 0, *__: object, **named: object) -> None:
    for one in (width, *named.values()):
        wide(one)


def _guard_third(_: object, *values: object, **named: object) -> None:
    _guard_second(*values, **named)


def _guard_slow(*values: object, **named: object) -> None:
    size = 0
    for one in (*values, *named.values()):
        size += len(one) if isinstance(one, str) else members(one)
    if size > _SLOW_FROM:
        raise TooMuch
    for one in (*values[2:], *named.values()):  # after Jinja's own context and the value
        wide(one)


def _guard_wordwrap(
    _: object, text: str, width: int = 79, __: object = True, joint: str | None = None, *_rest: object
) -> None:
    _guard_slow(text)
    long(len(str(text)) * (1 + len(joint or "") // max(width, 1)))


_GUARDS: Mapping[str, Callable[..., None]] = {
    "batch": _guard_second,
    "center": _guard_second,
    "indent": _guard_indent,
    "pprint": _guard_slow,
    "replace": _guard_replace,
    "round": _guard_second,
    "slice": _guard_third,
    "tojson": _guard_slow,
    "urlize": _guard_slow,
    "wordwrap": _guard_wordwrap,
    "xmlattr": _guard_slow,
}


def _bounded(name: str, own: Callable[..., Any]) -> Callable[..., Any]:
    guard = _GUARDS.get(name)

    @wraps(own)
    def made(*values: Any, **named: Any) -> Any:
        tick(_FILTER_TURNS)
        if guard is not None:
            guard(*values, **named)
        return kept(own(*values, **named))

    return made


def _format(template: str, *values: Any, **named: Any) -> str:
    if values and named:
        raise TypeError("format")
    return percent(str(template) if not isinstance(template, str) else template, named or values)


@pass_environment
def _sum(environment: Any, listed: Iterable[Any], attribute: str | None = None, start: Any = 0) -> Any:
    pick = make_attrgetter(environment, attribute) if attribute is not None else None
    for one in listed:
        tick()
        start = environment.call_binop(None, "+", start, one if pick is None else pick(one))
    return start


@pass_environment
def _join(environment: Any, listed: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
    pick = make_attrgetter(environment, attribute) if attribute is not None else None
    texts = []
    for one in listed:
        tick()
        texts.append(one if pick is None else pick(one))
    is_markup = hasattr(d, "__html__") or any(hasattr(text, "__html__") for text in texts)
    return text_joined(escape(d) if is_markup else str(d), texts)


class _Namespace(Namespace):
    def __repr__(self) -> str:
        return "<Namespace>"  # its members may hold one another many times over


def _lipsum(n: int = 5, html: bool = True, min: int = 20, max: int = 100) -> str:  # noqa: A002  Jinja's names
    long(n * max * 12)
    return kept(generate_lorem_ipsum(n, html, min, max))  # type: ignore[no-any-return]


@cache
def bounded_filters() -> Mapping[str, Callable[..., Any]]:
    """Return Jinja's filters by name, bounded."""
    own = FILTERS | {"format": _format, "join": _join, "sum": _sum}
    return {name: _bounded(name, one) for name, one in own.items()}


def bounded_globals() -> dict[str, Any]:
    """Return Jinja's globals by name, bounded."""
    own = {"range": bounded_range, "lipsum": _lipsum, "namespace": _Namespace}
    return DEFAULT_NAMESPACE | own
