"""The dialect of docxtpl: which words its templates know, which parts they fill, how their programs are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, TemplateSyntaxError, meta, nodes
from jinja2.compiler import Frame
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.tests import TESTS as DEFAULT_TESTS

from officeflow.document.reckoning.limits import CountingCode
from officeflow.document.reckoning.tags import Delimiters
from officeflow.document.templates.dialect import Dialect, block_source, print_source

if TYPE_CHECKING:
    from jinja2.ext import Extension
    from lxml import etree

    from officeflow.document.templates.blocks import Structure
    from officeflow.document.templates.compiled import Compiled
    from officeflow.document.templates.heal import Healed, Tag

_PASSED = "jinja_pass_arg"
"""Where Jinja notes what a function wants passed before its arguments; programs are compiled accordingly."""
_ALL_TEXT = r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
_BETWEEN = r"((?:<(?!/?w:p[ >])[^>]*>)*)"
"""Ends and beginnings of runs: Word splits what is typed anywhere."""
_ESCAPED = re.compile(rf"(?P<begins>\{{){_BETWEEN}_{_BETWEEN}([{{%])|(?P<ends>[}}%]){_BETWEEN}_{_BETWEEN}\}}")
"""Braces that docxtpl's users keep from being tags: {_{ }_} {_% %_}."""
_LOOP = {"i": "if loop.first", "E": "else", "I": "endif"}


class Callback(NamedTuple):
    """A filter or test as far as a compiled program knows it."""

    name: str
    passed: Any = None


_OWN_FILTERS = tuple(
    map(
        Callback,
        ("_print", "_text", "_plain", "_span", "_color", "_attribute", "_value", "_chart", "_chart_end"),
    )
)
"""What programs call to print; each rendering has its own."""
_OWN_NAMES = frozenset(one.name for one in _OWN_FILTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainDialect(Dialect):
    """How templates for programs are written: values of all kinds are printed, the words are docxtpl's."""

    extensions: tuple[type[Extension], ...] = ()
    """Jinja extensions whose own words are known besides."""
    filters: frozenset[Callback] = frozenset()
    tests: frozenset[Callback] = frozenset()
    """Filters and tests besides Jinja's own."""

    @property
    def environment(self) -> Environment:
        """The environment that compiles its programs."""
        return _environment(self)

    @property
    def is_kept(self) -> bool:
        """Whether what was compiled may be kept: what extensions do to a program nothing tells when it changes."""
        return not self.extensions

    @property
    def other_words(self) -> frozenset[str] | None:
        """The words of its extensions; what they mean together only Jinja knows."""
        return frozenset(word for one in self.extensions for word in one.tags) if self.extensions else None

    def rewrites(self, text: str) -> bool:
        """Return whether escaped braces stand in a part."""
        return _ESCAPED.search(text) is not None

    def prepare(self, root: etree._Element) -> None:
        """Join the paragraphs over which one tag stands."""
        from officeflow.document.template_api.spanning import put_together

        put_together(root, self.delimiters)

    def arrange(self, healed: Healed) -> None:
        """Do what `-` in tags asks for and move the marks of cell tags to where they act."""
        from officeflow.document.template_api.cells import move_cell_marks
        from officeflow.document.template_api.joining import join

        join(healed)
        move_cell_marks(healed)

    def heal_more(self, root: etree._Element, healed: Healed, part: str, first: int) -> None:
        """Mark tags in attributes, equations and field codes."""
        from officeflow.document.template_api.elsewhere import heal_elsewhere

        heal_elsewhere(root, healed, part, first, self.delimiters)

    def fit_columns(self, table: etree._Element) -> None:
        """Let the grid of a table be fitted when it was printed."""
        from officeflow.document.template_api.cells import fit_grid

        fit_grid(table)

    def read_part(self, compiled: Compiled, healed: Healed) -> None:
        """Find the words around tags as far as the template tells them, and the blocks whose text is kept."""
        from officeflow.document.template_api.regions import keep_words
        from officeflow.document.template_api.surroundings import is_linear, surroundings

        compiled.is_linear = compiled.is_linear and is_linear(healed, compiled.structure)
        compiled.contexts |= surroundings(healed) if compiled.is_linear else {}
        keep_words(healed, compiled.structure)

    def openings(self, healed: Healed) -> Mapping[int, str]:
        """Return printed tag → the start tag and properties of its paragraph."""
        from officeflow.document.template_api.regions import openings

        return openings(healed)

    def block(self, source: str) -> str:
        """Return what a block's tag becomes."""
        word, _, rest = source.partition(" ")
        return _CELLS[word](rest) if word in self.cells else block_source(f"\n{source}")

    def printing(self, tag: Tag, structure: Structure) -> str:
        """Return a filter: it is looked up once, and calling it costs no check."""
        name = "_text" if tag.number in structure.looks else "_print"
        return self.call(name, f"\n({tag.body})", tag.number)

    def call(self, name: str, value: str, number: int) -> str:
        """Return what a tag becomes whose value one of the program's own filters prints."""
        return print_source(f"{value}|{name}({number})")

    def mark(self, content: str, structure: Structure) -> str:  # noqa: ARG002
        """Return what a mark other than a tag's becomes."""
        from officeflow.document.template_api.guards import GUARDS, guard_token

        if content in GUARDS:  # a call block would keep `set` inside to itself
            return guard_token(content)
        if content in _LOOP:
            return block_source(_LOOP[content])
        if content[0] == "m":
            return print_source(f"(loop.length * {content[1:]})|_span")
        return ""

    def literal(self, text: str) -> str:
        """Return XML between tags without what keeps braces from being tags."""
        return _ESCAPED.sub(_unescape, text) if "_" in text else text

    def names(self, tree: nodes.Template, ours: frozenset[str]) -> Iterator[nodes.Name]:  # noqa: ARG002
        """Yield what is asked of the context; which filters there are is known when it runs."""
        try:
            asked = meta.find_undeclared_variables(tree)
        except TypeError as error:  # it calculates with constants: {[1]: 2}
            raise TemplateSyntaxError(str(error), 1) from error
        yield from (one for one in tree.find_all(nodes.Name) if one.name in asked and one.ctx == "load")

    @property
    def joins(self) -> bool:
        """Texts may be joined."""
        return True


PLAIN = PlainDialect(
    name="plain",
    parts=re.compile(_ALL_TEXT),
    blocks=frozenset(("if", "for", "with", "macro", "call", "filter", "autoescape", "raw", "block")),
    cells=frozenset(("colspan", "cellbg", "hm", "vm")),
    printed=frozenset(("call", "filter")),
    prints_whole=True,
    opens_with_set=True,
)


def dialect_of(jinja_env: Environment | None) -> PlainDialect:
    """Return how templates are written for an environment: with its delimiters, extensions, filters and tests."""
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


def _unescape(found: re.Match[str]) -> str:
    """Return the braces without what keeps them from being tags."""
    return "".join(found.groups("")) + ("" if found["begins"] else "}")


def _merged(_: str) -> str:
    value = (
        block_source("\nif loop.first")
        + "restart"
        + block_source("else")
        + "continue"
        + block_source("endif")
    )
    return f'<w:vMerge w:val="{value}"/>'


_CELLS: Mapping[str, Callable[[str], str]] = {
    "colspan": lambda rest: print_source(f"\n({rest})|_span"),
    "cellbg": lambda rest: print_source(f"\n({rest})|_color"),
    "hm": lambda _: block_source("\nif loop.first"),
    "vm": _merged,
}


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
def _environment(dialect: PlainDialect) -> Environment:
    # A template that was compiled before needs it only to run.
    from officeflow.document.template_api.sandbox import plain_environment

    environment = plain_environment()
    for extension in dialect.extensions:
        environment.add_extension(extension)
    # What filters do to constants is known only to the environment that runs the program.
    environment.optimized = False
    environment.code_generator_class = _PrintingCode
    environment.filters |= {one.name: _stand_in(one) for one in (*dialect.filters, *_OWN_FILTERS)}
    environment.tests |= {one.name: _stand_in(one) for one in dialect.tests}
    return environment


def _stand_in(callback: Callback) -> Callable[..., Any]:
    def function(*_: Any, **__: Any) -> Any:
        raise NotImplementedError(callback.name)

    if callback.passed is not None:
        setattr(function, _PASSED, callback.passed)
    return function
