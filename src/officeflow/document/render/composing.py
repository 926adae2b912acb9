"""Compose a report: a template, figures and a filled 提纲 become a Word document that knows its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from officeflow.document.provenance.binding import Binding, Context, read_contexts
from officeflow.document.provenance.record import with_record
from officeflow.document.render.chart_printing import ChartPrinter
from officeflow.document.render.printing import Printer, template_finding
from officeflow.document.render.recording import build_record
from officeflow.document.render.rendering import Rendering
from officeflow.document.templates.compiled import MESSAGES, Compiled
from officeflow.document.templates.heal import Problem
from officeflow.document.templates.outline import Plan, plan_outline
from officeflow.document.templates.store import compile_template
from officeflow.document.wml.chart_parts import with_charts
from officeflow.document.wml.packing import packed_again
from officeflow.document.wml.wordml import DECLARATION
from officeflow.model.document import Origin
from officeflow.model.figures import Figure, State
from officeflow.model.findings import Finding, Outcome, Severity
from officeflow.model.outline import OutlineRow
from officeflow.ooxml import open_package
from officeflow.ooxml.parts import Parts
from officeflow.text.formats import print_value
from officeflow.text.nearest import nearest

_PASSES = 4
"""A condition on a printed count may change that count; it settles at once or never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A finished document.

    `printed` holds each figure once, in the order of the text; `counts` says
    how many entries each named list printed; `characters` counts the text of
    the body without spaces.
    """

    document: bytes
    printed: tuple[Figure, ...]
    counts: Mapping[str, int]
    characters: int


def compose(
    template: bytes,
    figures: Mapping[str, Figure],
    *,
    origins: Sequence[Origin],
    outline: Sequence[OutlineRow] = (),
    draft: bool = False,
    store: Path | None = None,
    report: str = "",
) -> Outcome[Composed | None]:
    """Return the document, or None and everything that is wrong with template, figures and outline at once.

    An unknown name, or an empty figure that would be printed, refuses the
    document; a draft shows 【待填：名称】 there and says so as a hint.  `store` is a
    folder of the user's own where compiled templates are kept from one click to the next;
    `report` the id that its record names.
    """
    compiled = compile_template(template, store)
    severity = Severity.HINT if draft else None
    findings = [*compiled.findings, *map(template_finding, compiled.problems)]
    is_sound = not findings
    findings += [template_finding(problem, severity) for problem in unknown_names(compiled, figures)]
    if not is_sound:
        return Outcome(None, tuple(findings))
    plan = plan_outline(compiled.structure, outline)
    rendering, texts = render(compiled, figures, plan, draft=draft)
    findings += [*plan.findings, *rendering.printer.findings]
    findings = list(dict.fromkeys(findings))
    if any(finding.severity is Severity.MANDATORY for finding in findings):
        return Outcome(None, tuple(findings))
    composed, cut = _finish(template, compiled, rendering, texts, origins, report)
    return Outcome(composed, (*findings, *cut))


def unknown_names(compiled: Compiled, figures: Mapping[str, Figure]) -> Iterator[Problem]:
    """Yield each tag that asks for a figure that is not there."""
    for name, places in compiled.names.items():
        if name not in figures:
            for tag in (compiled.tags[index] for index in places):
                yield Problem(
                    "NAME_UNKNOWN", tag.place, tag.source, {"name": name, "expected": nearest(name, figures)}
                )


def render(
    compiled: Compiled, figures: Mapping[str, Figure], plan: Plan, *, draft: bool
) -> tuple[Rendering, dict[str, str]]:
    """Return the last pass and its texts: rendered until the printed counts agree with what was printed; once when no such count is used."""
    counted = frozenset(name for name, figure in figures.items() if figure.state is State.PRINTED)
    lists = {listing.name for listing in compiled.structure.listings}
    counts: dict[str, int] = {}
    for _ in range(_PASSES):
        known = {**figures, **{name: _count(figures[name], counts.get(name, 0)) for name in counted & lists}}
        printer = Printer(compiled, known, counted, draft)
        rendering = Rendering(printer, plan, ChartPrinter(printer, printer.print))
        texts = rendering.render()
        if rendering.counts == counts or not counted & compiled.names.keys():
            return rendering, texts
        counts = rendering.counts
    printer.findings.append(MESSAGES.finding("COUNT_UNSETTLED", value="、".join(sorted(counted & lists))))
    return rendering, texts


def _count(figure: Figure, count: int) -> Figure:
    text = print_value(Decimal(count), unit=figure.unit, format=figure.format).text
    return replace(figure, state=State.KNOWN, value=Decimal(count), text=text)


def _patch(template: bytes) -> Parts:
    package = open_package(template).value
    if package is None:
        raise AssertionError  # it was compiled
    return Parts(package)


def _finish(
    template: bytes,
    compiled: Compiled,
    rendering: Rendering,
    texts: Mapping[str, str],
    origins: Sequence[Origin],
    report: str,
) -> tuple[Composed, tuple[Finding, ...]]:
    contexts: dict[str, Context] = {}
    characters = 0
    for part, xml in texts.items():
        found, length = read_contexts(xml, rendering.printer.secrets)
        contexts |= found
        characters += length if part == compiled.main else 0
    record, is_whole = build_record(origins, rendering.printer.bindings, contexts, report=report)
    filled, texts = with_charts(lambda: _patch(template), texts, rendering.charts.charts)
    parts = (
        compiled.parts | filled | {part: (DECLARATION + let_go(xml)).encode() for part, xml in texts.items()}
    )
    composed = Composed(
        document=packed_again(template, compiled.parts, with_record(parts, record, compiled.main)),
        printed=_printed(rendering.printer.bindings, contexts),
        counts=rendering.counts,
        characters=characters,
    )
    return composed, () if is_whole else (MESSAGES.finding("RECORD_CUT"),)


def _printed(bindings: Sequence[Binding], contexts: Mapping[str, Context]) -> tuple[Figure, ...]:
    by_name = {binding.name: binding.figure for binding in bindings}
    found: dict[str, Figure] = {}
    for name in contexts:
        if by_name[name].is_known:
            found.setdefault(by_name[name].id, by_name[name])
    return tuple(found.values())


_FRAME = re.compile(r'<w:framePr [^>]*w:yAlign="bottom"[^>]*/>')
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)")
_END = "</w:p>"
# 版记 is set in 四号 (14 pt) 26 pt apart: 24 lines of 29 characters fill the 225 × 156 mm of a page.
_LINES, _CHARACTERS = 24, 29


def let_go(xml: str) -> str:
    """Return a part's XML; paragraphs framed at the page bottom follow the text where no page could hold them.

    A frame is not broken across pages: Word and LibreOffice print it over the
    page number and past the edge of the paper.
    """
    if not _FRAME.search(xml):
        return xml
    framed = [paragraph for paragraph in xml.split(_END) if _FRAME.search(paragraph)]
    return _FRAME.sub("", xml) if sum(map(_count_lines, framed)) > _LINES else xml


def _count_lines(paragraph: str) -> int:
    own = paragraph[max(paragraph.rfind("<w:p>"), paragraph.rfind("<w:p ")) :]
    return -(-sum(map(len, _TEXT.findall(own))) // _CHARACTERS) or 1
