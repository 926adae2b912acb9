"""One pass over a compiled plain template: a context in, the text of its parts and what was bound out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from operator import is_not
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined, UndefinedError

from officeflow.document.reckoning.expressions import Nothing, Operand
from officeflow.document.reckoning.limits import joined, watched
from officeflow.document.reckoning.sandbox import code_of
from officeflow.document.render.chart_printing import ChartPrinter
from officeflow.document.render.printing import Printer
from officeflow.document.template_api.guards import apply_guards
from officeflow.document.template_api.printing import PlainPrinter
from officeflow.document.templates.compiled import Compiled
from officeflow.document.templates.heal import Problem
from officeflow.document.templates.program import Program
from officeflow.document.wml.chart_xml import ChartData
from officeflow.document.wml.placing import Placing
from officeflow.model.figures import Figure
from officeflow.text.nearest import nearest

_UNDEFINED = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")
_GUARDED = re.compile(r"\bdefined\b|\bdefault\b|\|\s*d\b")


class Rendered(NamedTuple):
    """What a pass gave: part → its XML, and the printer with bindings and findings."""

    texts: dict[str, str]
    printer: Printer
    charts: dict[str, ChartData]


def render_plain(
    compiled: Compiled,
    context: Mapping[str, Any],
    environment: Environment,
    place: Callable[[Printer], Placing],
) -> Rendered:
    """Return the filled parts; `place` makes the package ready for values that add to it, when the first one does.

    Figures anywhere in the context are bound like a report's.
    """
    figures = {name: value for name, value in context.items() if isinstance(value, Figure)}
    bound = Printer(compiled, figures, frozenset(), is_draft=False)
    printer = PlainPrinter(bound, context, lambda: place(bound))
    # One environment for this pass alone: programs find their printer among its filters.
    environment = environment.overlay()
    charts = ChartPrinter(bound, printer.print)
    environment.filters = {**environment.filters, **printer.filters, **charts.calls}
    names = {name: _operands(value, name) for name, value in context.items()} | {"_next": bound.next}
    with watched():
        texts = {program.part: _run(program, names, environment, bound) for program in compiled.programs}
    if bound.findings and issubclass(environment.undefined, StrictUndefined):
        _report_unknown(bound, names.keys() | environment.globals.keys())
    return Rendered(texts, bound, charts.charts)


def _report_unknown(bound: Printer, known: AbstractSet[str]) -> None:
    """Report every other name too that is not there: a program stops at some of them."""
    for name, places in bound.compiled.names.items():
        for tag in (bound.compiled.tags[place] for place in places if name not in known):
            if not _GUARDED.search(tag.body):
                said = {"name": name, "expected": nearest(name, known)}
                bound.report(Problem("NAME_UNKNOWN", tag.place, tag.source, said))


def _run(program: Program, names: dict[str, Any], environment: Environment, bound: Printer) -> str:
    bound.program, template = program, program.loaded(environment)
    try:
        xml = joined(template.root_render_func(template.new_context(names)))
    except Exception as error:  # noqa: BLE001  whatever the caller's own filters and objects raise has a tag
        tag = bound.failed_at(error)
        unknown = _UNDEFINED.search(str(error)) if isinstance(error, UndefinedError) else None
        if unknown:
            name = unknown[1] or unknown[2]
            said = {"name": name, "expected": nearest(name, names) if unknown[1] else ""}
            bound.report(Problem("NAME_UNKNOWN", tag.place, tag.source, said))
        else:
            bound.report(Problem(code_of(error), tag.place, tag.source))
        return ""
    return apply_guards(xml)


def _lost(code: str, name: str, _: object) -> Nothing:
    """Give what stands for something a figure does not have; a plain template prints nothing there."""
    return Nothing(hint=code, name=name)


_SIMPLE = frozenset((str, int, float, bool, type(None)))


def _operands(value: Any, recipe: str = "") -> Any:
    """Return a value with the figures in it ready to be reckoned with; lists and tables without figures as they are."""
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind is Figure:
        return Operand(value, _lost, recipe)
    if kind is dict:
        found = {key: _operands(one) for key, one in value.items() if type(one) not in _SIMPLE}
        return {**value, **found} if any(found[key] is not value[key] for key in found) else value
    if kind is list or kind is tuple:
        listed = [_operands(one) for one in value]
        return kind(listed) if any(map(is_not, listed, value)) else value
    return value
