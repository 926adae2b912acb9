"""Print what stands in no paragraph: the data of charts, and words of charts and properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from officeflow.document.reckoning.chart_values import (
    chart_data,
    drawn_figure,
    missing_in,
    named_in,
    sources_of,
)
from officeflow.document.reckoning.expressions import Nothing
from officeflow.document.reckoning.recipes import names_in, reckon
from officeflow.document.render.printing import Printer
from officeflow.document.templates.heal import Problem, Tag
from officeflow.document.templates.text_nodes import plain_text
from officeflow.document.wml.chart_xml import ChartData, Series, can_be_filled
from officeflow.document.wml.placing import UnplacedError
from officeflow.document.wml.wordml import parse
from officeflow.document.words import WORDS
from officeflow.model.figures import State

_NOTHING = ChartData((), (Series("", ()),))


@dataclass(slots=True)
class ChartPrinter:
    """The charts of one pass; `fallback` prints any other value, or reports it."""

    printer: Printer
    fallback: Callable[[Any, int], str]
    charts: dict[str, ChartData] = field(default_factory=dict)
    """Chart part → what it is to show."""
    _ends: dict[int, str] = field(default_factory=dict)

    @property
    def calls(self) -> dict[str, Callable[..., Any]]:
        """What programs call, by the names they have there."""
        return {"_value": self.value, "_chart": self.chart, "_chart_end": self.end}

    def value(self, value: Any, index: int) -> Markup:
        """Return a value where only text can stand: one line, escaped; as a point of a chart its bare number."""
        text = plain_text(value, self.printer.compiled.tags[index].scope)
        return Markup(self.fallback(text, index))  # noqa: S704  escaped there

    def chart(self, value: Any, index: int) -> Markup:
        """Take down what a chart shows; return the start of the bookmark around it."""
        tag, compiled = self.printer.compiled.tags[index], self.printer.compiled
        part = compiled.charts.get(index, "")
        data = self._data(value, tag, part) if part else None
        if data is None:
            self.charts.setdefault(part, _NOTHING)
            return Markup()
        if part in self.charts:
            self._report("CHART_TWICE", tag)
        self.charts[part] = data
        numbers = [number for one in data.series for number in one.values if number is not None]
        self.printer.numbers.append(any(numbers))
        return self._bound(value, data, tag, index)

    def end(self, _: object, index: int) -> Markup:
        """Return the end of the bookmark around a chart."""
        return Markup(self._ends.pop(index, ""))  # noqa: S704  ours

    def _data(self, value: Any, tag: Tag, part: str) -> ChartData | None:
        missing = missing_in(value)
        name = next((figure.name for figure in named_in(value) if figure.name), tag.body)
        if isinstance(value, Undefined):
            asked = str(value._undefined_name)  # noqa: SLF001  Jinja has no public way
            # In a report an unknown name has been told already.
            if not isinstance(value, Nothing) or not (
                value.is_reported or asked in self.printer.compiled.names
            ):
                self._report("NAME_UNKNOWN", tag, asked)
        elif missing is not None:
            self._report("FIGURE_UNKNOWN" if missing is State.UNKNOWN else "FIGURE_EMPTY", tag, name)
        elif not can_be_filled(parse(self.printer.compiled.parts[part])):
            self._report("CHART_KIND", tag)
        else:
            try:
                return chart_data(value, name)
            except UnplacedError as error:
                self._report(error.code, tag, error.values["name"])
        return None

    def _report(self, code: str, tag: Tag, name: str = "") -> None:
        self.printer.report(Problem(code, tag.place, tag.source, {"name": name or tag.body}))

    def _bound(self, value: Any, data: ChartData, tag: Tag, index: int) -> Markup:
        own = self.printer.recipe_of(tag)
        recipe = f"({own})|{WORDS.drawn}" if own else ""
        title = self._title(self.printer.compiled.charts[index])
        entitled = reckon(f"{recipe}({title})", self.printer.figures) if own and title else None
        figure = entitled or drawn_figure(value, data, tag.body)
        if not sources_of(value) or figure.is_personal:
            return Markup()
        xml = self.printer.bind(figure, figure.text, "", f"{recipe}({title})" if entitled else recipe)
        start, _, end = xml.partition("/>")
        self._ends[index] = end
        return Markup(f"{start}/>")  # noqa: S704  ours

    def _title(self, part: str) -> str:
        """Return the expression of a chart's title, '' when it has none or names a person, which no record may."""
        title, figures = self.printer.compiled.titles.get(part, ""), self.printer.figures
        asked = [figures.get(name) for name in names_in(title)] if title else []
        return "" if any(figure is None or figure.is_personal for figure in asked) else title
