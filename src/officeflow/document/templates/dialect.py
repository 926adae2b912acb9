"""What kinds of templates there are: which words they know, which parts they fill, which environment compiles them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, nodes
from jinja2.compiler import Frame
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.tests import TESTS as DEFAULT_TESTS

from officeflow.document.reckoning.limits import CountingCode
from officeflow.document.reckoning.sandbox import sandbox
from officeflow.document.reckoning.tags import STANDARD, Delimiters

if TYPE_CHECKING:
    from jinja2.ext import Extension

_PASSED = "jinja_pass_arg"
"""Where Jinja notes what a function wants passed before its arguments; programs are compiled accordingly."""
_TEXT = r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml"
_ALL_TEXT = r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"


class Callback(NamedTuple):
    """A filter or test as far as a compiled program knows it."""

    name: str
    passed: Any = None


OWN_FILTERS = tuple(
    map(
        Callback,
        ("_print", "_text", "_plain", "_span", "_color", "_attribute", "_value", "_chart", "_chart_end"),
    )
)
"""What programs call to print; each rendering has its own."""
_OWN_NAMES = frozenset(one.name for one in OWN_FILTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One way of writing templates; two equal ones compile alike."""

    name: str
    parts: re.Pattern[str]
    """The parts that are filled."""
    blocks: frozenset[str]
    """Words that open a block and are closed by `end` and the word."""
    inside: frozenset[tuple[str, str]] = frozenset()
    """Words that stand only inside a block of another."""
    cells: frozenset[str] = frozenset()
    """Words that change the table cell they stand in."""
    printed: frozenset[str] = frozenset()
    """Blocks whose outcome is printed where they begin."""
    delimiters: Delimiters = STANDARD
    extensions: tuple[type[Extension], ...] = ()
    """Jinja extensions whose own words are known besides."""
    filters: frozenset[Callback] = frozenset()
    tests: frozenset[Callback] = frozenset()
    """Filters and tests besides Jinja's own."""
    is_plain: bool = False
    """Whether values of all kinds are printed and the words are docxtpl's; otherwise figures, strictly."""

    @property
    def environment(self) -> Environment:
        """The environment that compiles its programs."""
        return _plain_environment(self) if self.is_plain else sandbox()

    @property
    def extension_words(self) -> frozenset[str]:
        """The words of its extensions; what they mean together only Jinja knows."""
        return frozenset(word for extension in self.extensions for word in extension.tags)


REPORT = Dialect(
    name="report",
    parts=re.compile(_TEXT),
    blocks=frozenset(("if", "for", "with", "sections", "section", "items", "item")),
    inside=frozenset((("section", "sections"), ("item", "items"))),
)
PLAIN = Dialect(
    name="plain",
    parts=re.compile(_ALL_TEXT),
    blocks=frozenset(("if", "for", "with", "macro", "call", "filter", "autoescape", "raw", "block")),
    cells=frozenset(("colspan", "cellbg", "hm", "vm")),
    printed=frozenset(("call", "filter")),
    is_plain=True,
)


def dialect_of(jinja_env: Environment | None) -> Dialect:
    """Return how plain templates are written for an environment: with its delimiters, extensions, filters and tests."""
    if jinja_env is None:
        return PLAIN
    return replace(
        PLAIN,
        delimiters=Delimiters(
            jinja_env.variable_start_string,
            jinja_env.variable_end_string,
            jinja_env.block_start_string,
            jinja_env.block_end_string,
            jinja_env.comment_start_string,
            jinja_env.comment_end_string,
        ),
        extensions=tuple(type(extension) for extension in jinja_env.extensions.values()),
        filters=_added(jinja_env.filters, DEFAULT_FILTERS),
        tests=_added(jinja_env.tests, DEFAULT_TESTS),
    )


def _added(own: Mapping[str, Any], known: Mapping[str, Any]) -> frozenset[Callback]:
    return frozenset(
        Callback(name, getattr(function, _PASSED, None))
        for name, function in own.items()
        if known.get(name) is not function
    )


class _PrintingCode(CountingCode):
    """Writes programs that take what our own filters print as it is: it is escaped where it is made."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _is_own(node):
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _is_own(node):
            super()._output_child_post(node, frame, finalize)


def _is_own(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Filter) and node.name in _OWN_NAMES


@lru_cache(maxsize=16)
def _plain_environment(dialect: Dialect) -> Environment:
    # No report needs what plain templates may do.
    from officeflow.document.reckoning.plain_sandbox import plain_environment

    environment = plain_environment()
    for extension in dialect.extensions:
        environment.add_extension(extension)
    # What filters do to constants is known only to the environment that runs the program.
    environment.optimized = False
    environment.code_generator_class = _PrintingCode
    environment.filters |= {one.name: _stand_in(one) for one in (*dialect.filters, *OWN_FILTERS)}
    environment.tests |= {one.name: _stand_in(one) for one in dialect.tests}
    return environment


def _stand_in(callback: Callback) -> Callable[..., Any]:
    def function(*_: Any, **__: Any) -> Any:
        raise NotImplementedError(callback.name)

    if callback.passed is not None:
        setattr(function, _PASSED, callback.passed)
    return function
