"""Print the values of a plain template's tags: texts escaped here, documents' pieces where they may stand, figures bound."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape, unescape
from typing import Any
from unicodedata import normalize

from jinja2 import StrictUndefined, Undefined
from markupsafe import Markup

from officeflow.document.provenance.binding import PREFIX
from officeflow.document.reckoning.expressions import Nothing, Operand
from officeflow.document.render.printing import Printer
from officeflow.document.template_api.adopting import adopted
from officeflow.document.template_api.fragments import SCOPES, Level, level_of
from officeflow.document.template_api.rich_text import written
from officeflow.document.templates.heal import Problem
from officeflow.document.templates.program import Shell
from officeflow.document.wml.placing import Placing, UnplacedError, Value
from officeflow.model.figures import Figure
from officeflow.text.nearest import nearest

_SPECIAL = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]").search
"""What a text cannot be printed with as it is."""
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_COLOR = re.compile("[0-9A-Fa-f]{6}|auto")
_BOOKMARK = re.compile(rf'<w:bookmarkStart w:id="([0-9]+)" w:name="{PREFIX}')
_BOOKMARK_EDGES = re.compile(r'<w:bookmark(?:Start|End) w:id="([0-9]+)"[^>]*/>')
_PICTURE_ID = re.compile(r'(?<=<wp:docPr )([^>]*?\bid=")\d+(?=")')


class PlainPrinter:
    """What one rendering of a plain template has printed so far.

    `bound` holds figures' bindings, findings and numbers; `place` makes the package ready for
    values that add parts to it.
    """

    def __init__(self, bound: Printer, context: Mapping[str, Any], place: Callable[[], Placing]) -> None:
        self.bound = bound
        self._context = context
        self._place = place
        self._shells = bound.compiled.shells
        self._tags = bound.compiled.tags
        self._contexts = bound.compiled.contexts
        self._kept: set[str] = set()
        """Numbers of bookmarks in kept pieces that were printed."""

    def print(self, value: Any, index: int) -> str:
        """Return the XML of a printed tag: its run or runs, or what stands for a whole paragraph, cell or row."""
        if type(value) is str:
            return self._text(value, self._shells[index])
        if isinstance(value, (Operand, Figure)):
            return self._figure(value, index)
        if isinstance(value, Undefined):
            return self._undefined(value, index)
        value = adopted(value)
        if isinstance(value, Value):
            return self._valued(value, index)
        if hasattr(value, "__html__"):
            return self._fragment(str(value.__html__()), index)
        return self._text(str(value), self._shells[index])

    @property
    def filters(self) -> dict[str, Callable[..., Any]]:
        """What programs call, by the names they have there."""
        return {
            "_print": self.print,
            "_text": self.words,
            "_plain": plain_text,
            "_span": span,
            "_color": color,
            "_attribute": self.attribute,
        }

    def words(self, value: Any, index: int) -> str:
        """Return a value for a text without runs of its own, which is printed later; a look is put around what has one."""
        if type(value) is str:
            return escape(value, quote=False)
        xml = self.print(value, index)
        shell = self._shells[index]
        if xml.startswith(shell.before) and xml.endswith(shell.after):
            return xml[len(shell.before) : -len(shell.after)]
        return f"{shell.after}{xml}{shell.before}" if xml else xml

    def attribute(self, value: Any, index: int) -> str:
        """Return a value in an attribute: one line, with its quotes escaped."""
        if isinstance(value, Undefined):
            value = self._said_of(value, index)
        text = value.figure.text if isinstance(value, Operand) else str(getattr(value, "text", value))
        return escape(" ".join(_ILLEGAL.sub("", normalize("NFC", text)).split()), quote=True)

    def _text(self, text: str, shell: Shell) -> str:
        if not text.isascii():
            text = normalize("NFC", text)
        if _SPECIAL(text) is not None:
            run = written(text, shell.before, shell.after, shell.opening)
        elif text or shell.around[0]:
            run = f"{shell.before}{text}{shell.after}"
        else:
            return ""
        return f"{shell.around[0]}{run}{shell.around[1]}" if shell.around[0] else run

    def _undefined(self, value: Undefined, index: int) -> str:
        text = self._said_of(value, index)
        return self._text(text, self._shells[index]) if text else ""

    def _said_of(self, value: Undefined, index: int) -> str:
        """Return what an unknown name prints: nothing, unless its class says something."""
        if isinstance(value, StrictUndefined):
            name = str(value._undefined_name)  # noqa: SLF001  Jinja has no public way to ask
            self._report("NAME_UNKNOWN", index, name=name, expected=nearest(name, self._context))
            return ""
        return "" if isinstance(value, Nothing) else str(value)

    def _report(self, code: str, index: int, **said: str) -> None:
        tag = self._tags[index]
        self.bound.report(Problem(code, tag.place, tag.source, said))

    def _figure(self, value: Operand | Figure, index: int) -> str:
        figure, recipe = (value, "") if isinstance(value, Figure) else (value.figure, value.recipe)
        tag, shell, text = self._tags[index], self._shells[index], figure.text
        if not figure.is_known or not text:
            return ""
        if not figure.id:
            figure = replace(figure, id=tag.body, name=tag.body)
        if _SPECIAL(text) is None:
            run = f"{shell.before}{text}{shell.after}"
        else:
            run = written(text, shell.before, shell.after)
        if figure.is_personal:
            self.bound.secrets.append(text)
        elif tag.is_bound:
            run = self.bound.marked(figure, text, run, recipe, self._contexts.get(index))
        return f"{shell.around[0]}{run}{shell.around[1]}" if shell.around[0] else run

    def _valued(self, value: Value, index: int) -> str:
        placing = self._place()
        placing.part = self.bound.program.part
        placing.paragraph = self._shells[index].opening
        try:
            return self._put(
                value.placed(placing), Level.RUN if value.level == "run" else Level.PARAGRAPH, index
            )
        except UnplacedError as error:
            self._report(error.code, index, **error.values)
            return ""

    def _fragment(self, xml: str, index: int) -> str:
        shell = self._shells[index]
        if "<" not in xml:
            return self._text(unescape(xml), shell)
        level = level_of(xml)
        if level is None:
            if "<w:" in xml:
                self._report("VALUE_MISPLACED", index, expected="p")
                return ""
            return self._text(xml, shell)
        if _BOOKMARK.search(xml):
            xml = self._marked_once(xml)
        if "<wp:docPr " in xml:
            xml = _PICTURE_ID.sub(lambda found: f"{found[1]}{self.bound.next()}", xml)
        return self._put(xml, level, index)

    def _marked_once(self, xml: str) -> str:
        """Return a kept piece without the bookmarks that stand in the document already: it is printed again."""
        again = {number for number in _BOOKMARK.findall(xml) if number in self._kept}
        self._kept.update(_BOOKMARK.findall(xml))
        return _BOOKMARK_EDGES.sub(lambda found: "" if found[1] in again else found[0], xml) if again else xml

    def _put(self, xml: str, level: Level, index: int) -> str:
        shell, scope = self._shells[index], SCOPES[self._tags[index].scope]
        if level is Level.TEXT:
            return f"{shell.around[0]}{shell.before}{xml}{shell.after}{shell.around[1]}"
        if level is Level.RUN:
            return f"{shell.around[0]}{xml}{shell.around[1]}"
        if level is not scope:
            self._report("VALUE_MISPLACED", index, expected=_SCOPE_OF[level])
            return ""
        return xml


_SCOPE_OF = {level: scope for scope, level in SCOPES.items()}


def plain_text(value: Any) -> str:
    """Return what was printed into words as a text that filters may change."""
    return Markup(value).striptags() if "<" in value else unescape(str(value))  # noqa: S704


def span(columns: Any) -> str:
    """Return the property of a cell that is several columns wide.

    Raises:
        ValueError: the value is not a number.
    """
    width = int(columns or 0)
    return f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""


def color(value: Any) -> str:
    """Return the property of a cell with this background, RRGGBB with or without #; '' is none.

    Raises:
        ValueError: the value is not a colour.
    """
    fill = str(value or "").removeprefix("#")
    if fill and not _COLOR.fullmatch(fill):
        raise ValueError(fill)
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
