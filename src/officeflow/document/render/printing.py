"""Print the values of a template's tags: escaped here, figures between bookmarks, what is missing as a finding."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Any, NamedTuple

from markupsafe import Markup

from officeflow.document.provenance.binding import Binding, Context, bookmark_name
from officeflow.document.reckoning.cell_tags import CellTag, split_tags
from officeflow.document.reckoning.expressions import Nothing, Operand, number_in
from officeflow.document.reckoning.recipes import names_in
from officeflow.document.templates.compiled import MESSAGES, Compiled
from officeflow.document.templates.heal import Problem, Tag
from officeflow.document.templates.program import Program, Shell
from officeflow.document.wml.wordml import escape
from officeflow.document.words import WORDS
from officeflow.model.figures import Figure, State
from officeflow.model.findings import Finding, Severity
from officeflow.text.formats import format_names
from officeflow.text.messages import Place
from officeflow.text.nearest import nearest

_SHOWN = 24
"""How much of a paragraph a finding quotes."""


def template_finding(problem: Problem, severity: Severity | None = None, *, at: str = "") -> Finding:
    """Return the finding for something wrong with a template, with part, paragraph, its text and the tag.

    `at` names the place otherwise: as the file and line that the template was built from.
    """
    place, text = problem.place, " ".join(problem.place.text.replace("\ufffc", "").split())
    said = problem.values
    return MESSAGES.finding(
        problem.code,
        severity=severity,
        value=problem.tag,
        at=at or WORDS.at.format(part=place.part, paragraph=place.paragraph),
        quoted=text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…",
        name=said.get("name", ""),
        expected=said.get("expected", ""),
        opened=said.get("opened", ""),
        nearest=suggestion(said.get("expected", "")),
    )


def suggestion(name: str) -> str:
    """Return the sentence that offers a known name, '' when there is none like it."""
    return WORDS.nearest.format(name=name) if name else ""


class Mark(NamedTuple):
    """How far a pass had got, to take back what was printed after."""

    bindings: int
    findings: int
    numbers: int


def _place_of(figure: Figure) -> Place:
    """Return where the first cell of a figure is: 【简报报头·按语】, for a cell without name 【提纲·第5行】."""
    cell = next(iter(figure.cells), None)
    if cell is None:
        return Place()
    return Place(cell.sheet, None if figure.name else cell.row, figure.name, cell.a1)


@dataclass(slots=True)
class Printer:
    """What one pass has printed so far."""

    compiled: Compiled
    figures: Mapping[str, Figure]
    counted: AbstractSet[str]
    """Figures that say what is printed; a zero among them makes no section drop out."""
    is_draft: bool
    program: Program = field(default_factory=Program)
    """The part being rendered."""
    bindings: list[Binding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """What the findings about the template were made of."""
    secrets: list[str] = field(default_factory=list)
    """Personal texts that were printed."""
    numbers: list[bool] = field(default_factory=list)
    """For each number of a cell that was printed: whether it is other than zero."""
    _last_id: int = 0
    _uses: dict[str, int] = field(default_factory=dict)

    def print(self, value: object, index: int) -> Markup:
        """Return the XML of a printed tag: its run or runs, a figure between its bookmarks."""
        shell = self.compiled.shells[index]
        if isinstance(value, Operand):
            return self._figure(value.figure, self.compiled.tags[index], shell, recipe=value.recipe)
        if isinstance(value, Markup):
            return value
        if isinstance(value, Nothing) or value is None:
            return self._nothing(value, self.compiled.tags[index], shell)
        if isinstance(value, Iterable) and not isinstance(value, str):
            return self._list(list(value), index, shell)
        number = number_in(value)
        return self.run(str(value) if number is None else f"{number:f}", shell)

    def run(self, text: str, shell: Shell) -> Markup:
        """Return one run with the tag's own properties."""
        return Markup(shell.before + escape(text) + shell.after)  # noqa: S704  escaped here

    def _nothing(self, value: Nothing | None, tag: Tag, shell: Shell) -> Markup:
        name = tag.body if value is None else value.name
        if value is None or not (value.is_reported or name in self.compiled.names):
            return self._missing(shell, name, "NAME_UNKNOWN", tag)
        return self.run(WORDS.missing.format(name=name), shell)

    def _list(self, items: list[Any], index: int, shell: Shell) -> Markup:
        if items and all(isinstance(item, Operand) for item in items):
            return self.print(Operand.gathered(items), index)
        return self.run("".join(map(str, items)), shell)

    def _figure(
        self, figure: Figure, tag: Tag, shell: Shell, at: Place | None = None, recipe: str = ""
    ) -> Markup:
        if not figure.is_known or not figure.text:
            code = "FIGURE_UNKNOWN" if figure.state is State.UNKNOWN else "FIGURE_EMPTY"
            xml = self._missing(shell, figure.name or figure.id or tag.body, code, tag, at)
            return xml if at is not None else self._awaiting(figure, tag, xml, recipe)
        if not figure.id:
            figure = replace(figure, id=tag.body, name=tag.body)
        number = number_in(figure.value)
        if number is not None and figure.id not in self.counted:
            self.numbers.append(bool(number))
        unit = figure.unit
        if unit and at is None and tag.following.startswith(unit) and figure.text.endswith(unit):
            self.report(Problem("UNIT_TWICE", tag.place, tag.source, {"name": unit}))
        known = len(self.secrets)
        text, xml = (figure.text, Markup()) if not figure.has_tags else self.tagged(figure, tag, shell)
        if not figure.has_tags and "{{" in text:
            tags = (piece.source for piece in split_tags(text) if isinstance(piece, CellTag))
            self._report_at("CELL_TAG_LITERAL", _place_of(figure), value=next(tags, text))
        xml = xml or self.run(text, shell)
        # A personal value is printed where a template names it, but no record may keep it.
        if figure.is_personal:
            self.secrets.append(text)
        if not tag.is_bound or len(self.secrets) > known:
            return xml
        return self.bind(figure, text, xml, recipe or self.recipe_of(tag))

    def _awaiting(self, figure: Figure, tag: Tag, xml: Markup, recipe: str) -> Markup:
        """Bind what a draft shows for a missing figure, so that a refresh puts the figure there once it is known."""
        if not (self.is_draft and tag.is_bound and figure.id) or figure.is_personal:
            return xml
        text = WORDS.missing.format(name=figure.name or figure.id)
        return self.bind(replace(figure, value=None), text, xml, recipe or self.recipe_of(tag))

    def recipe_of(self, tag: Tag) -> str:
        """Return the tag itself as a recipe when it asks for figures only, '' when loops or `set` gave it its names."""
        return tag.body if names_in(tag.body) <= self.figures.keys() else ""

    def bind(self, figure: Figure, text: str, xml: str, recipe: str) -> Markup:
        """Return a figure's run between its bookmarks, and remember what stands there."""
        return Markup(self.marked(figure, text, xml, recipe))  # noqa: S704

    def marked(self, figure: Figure, text: str, xml: str, recipe: str, context: Context | None = None) -> str:
        """Return the same as a plain text; `context` where the template tells the words around it."""
        own = figure.id
        use = self._uses[own] = self._uses.get(own, 0) + 1
        self._last_id += 1
        number, name = self.compiled.first_id + self._last_id - 1, bookmark_name(own, use)
        self.bindings.append(Binding(name, number, figure, text, recipe, context))
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{xml}<w:bookmarkEnd w:id="{number}"/>'

    def tagged(self, figure: Figure, tag: Tag, shell: Shell) -> tuple[str, Markup]:
        """Return text and XML of a cell's text with the {{指标}} that a clerk typed replaced."""
        at = _place_of(figure)
        texts: list[str] = []
        runs: list[Markup] = []
        for piece in split_tags(figure.text):
            if isinstance(piece, str):
                texts.append(piece)
                runs.append(self.run(piece, shell))
                continue
            named = self._named(piece, at)
            if named is None:
                # A draft shows where something is missing; other documents are refused.
                texts.append(WORDS.missing.format(name=piece.name))
                runs.append(self.run(texts[-1], shell))
                continue
            texts.append(named.figure.text)
            runs.append(self._figure(named.figure, tag, shell, at, named.recipe))
        return "".join(texts), Markup("").join(runs)

    def _named(self, piece: CellTag, at: Place) -> Operand | None:
        figure = self.figures.get(piece.name)
        if figure is None or figure.has_tags:
            expected = nearest(piece.name, self.figures)
            self._report_at("CELL_TAG_UNKNOWN", at, value=piece.source, expected=expected)
            return None

        def unfit(code: str, name: str, _known: Iterable[str] = ()) -> Nothing:
            near = "" if name in format_names() else nearest(name, format_names())
            self._report_at("CELL_TAG_FORMAT", at, value=piece.source, expected=near)
            return Nothing(hint=code, name=name)

        named = Operand(figure, unfit, piece.name)
        if piece.format and piece.format not in format_names():
            unfit("FILTER_UNKNOWN", piece.format)
            return None
        return named.printed_as(piece.format) if piece.format else named

    def _missing(
        self, shell: Shell, name: str, code: str, tag: Tag, at: Place | None = None, expected: str = ""
    ) -> Markup:
        if at is None:
            self.report(Problem(code, tag.place, tag.source, {"name": name, "expected": expected}))
        else:
            self._report_at("CELL_TAG_EMPTY", at, value=name)
        return self.run(WORDS.missing.format(name=name), shell)

    def _report_at(self, code: str, at: Place, value: str, expected: str = "") -> None:
        said = suggestion(expected)
        self.findings.append(
            MESSAGES.finding(
                code, place=at, severity=self._severity, value=value, expected=expected, nearest=said
            )
        )

    @property
    def _severity(self) -> Severity | None:
        return Severity.HINT if self.is_draft else None

    def report(self, problem: Problem) -> None:
        """Add a finding about the template; in a draft it holds nothing up."""
        self.problems.append(problem)
        self.findings.append(template_finding(problem, self._severity))

    def lost(self, code: str, name: str, known: Iterable[str]) -> Nothing:
        """Report what an expression asked for in vain, at the tag that runs now."""
        tag = self.compiled.tags[self._running(sys._getframe())]  # noqa: SLF001  only on the way to a finding
        self.report(Problem(code, tag.place, tag.source, {"name": name, "expected": nearest(name, known)}))
        return Nothing(hint=code, name=name)

    def failed_at(self, error: BaseException) -> Tag:
        """Return the tag in which a program stopped."""
        trace, frames = error.__traceback__, []
        while trace is not None:
            frames.append((trace.tb_frame, trace.tb_lineno))
            trace = trace.tb_next
        return self.compiled.tags[self._tag_of(reversed(frames))]

    def _running(self, frame: FrameType | None) -> int:
        frames = []
        while frame is not None:
            frames.append((frame, frame.f_lineno))
            frame = frame.f_back
        return self._tag_of(frames)

    def _tag_of(self, frames: Iterable[tuple[FrameType, int]]) -> int:
        for frame, line in frames:
            if frame.f_code.co_filename == self.program.part:
                return self.program.tag_at(self.program.template.get_corresponding_lineno(line))
        return self.program.tags[0]

    def next(self) -> int:
        """Return a number that no bookmark or picture of the document has."""
        self._last_id += 1
        return self.compiled.first_id + self._last_id - 1

    def mark(self) -> Mark:
        """Return how far the pass has got."""
        return Mark(len(self.bindings), len(self.findings), len(self.numbers))

    def has_only_zeros(self, since: Mark) -> bool:
        """Whether numbers were printed since then and all of them are zero."""
        numbers = self.numbers[since.numbers :]
        return bool(numbers) and not any(numbers)

    def take_back(self, since: Mark) -> None:
        """Forget what was printed since then, but not that its numbers were zero."""
        del self.bindings[since.bindings :]
        del self.findings[since.findings :]
