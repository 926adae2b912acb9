"""One pass over a compiled template: what its sections and lists do while its programs run.

A section that prints only zeros takes back what it printed; computed numbers
are filled in last, when it is known what stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from jinja2.exceptions import SecurityError, TemplateRuntimeError
from markupsafe import Markup

from officeflow.document.reckoning.expressions import Operand
from officeflow.document.reckoning.limits import joined, watched
from officeflow.document.reckoning.sandbox import code_of
from officeflow.document.render.chart_printing import ChartPrinter
from officeflow.document.render.printing import Printer
from officeflow.document.templates.blocks import ListBlock
from officeflow.document.templates.heal import Problem
from officeflow.document.templates.outline import Plan, fold, wording
from officeflow.document.templates.program import CALLS, Program
from officeflow.document.wml.wordml import escape
from officeflow.document.words import WORDS
from officeflow.model.figures import Figure, State
from officeflow.model.outline import OutlineRow
from officeflow.text.formats import print_value

_HELD = re.compile("\x01([0-9]+)\\.(\\w+)\x01")
"""A computed number not yet known: which counter, which kind of number."""
_FAILURES = (
    TemplateRuntimeError,
    SecurityError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    RecursionError,
    NameError,  # Jinja writes 1e999 into its program as `inf`
    AttributeError,  # a filter met a value of another kind
)
Body = Callable[[], Markup]


class _Entry(NamedTuple):
    """A section or list entry as rendered; `of` says which, `serial` is the counter of its number."""

    of: int
    serial: int
    text: Markup


@dataclass(slots=True)
class Rendering:
    """One pass; `counts` says how many entries each named list printed."""

    printer: Printer
    plan: Plan
    charts: ChartPrinter
    counts: dict[str, int] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)
    _last_serial: int = 0
    _open: list[tuple[int, str]] = field(default_factory=list)
    """The sections and entries around what is being printed: counter, kind of number."""
    _groups: list[list[_Entry]] = field(default_factory=list)

    def render(self) -> dict[str, str]:
        """Return part name → its XML text for every part that holds tags."""
        printer = self.printer
        names: dict[str, Any] = {
            name: Operand(figure, printer.lost, name) for name, figure in printer.figures.items()
        }
        names |= self.charts.calls
        names |= {f"_{name}": getattr(self, name, None) or getattr(printer, name) for name in CALLS}
        with watched():
            return {program.part: self._run(program, names) for program in printer.compiled.programs}

    def _run(self, program: Program, names: dict[str, Any]) -> str:
        self.printer.program, template = program, program.template
        try:
            text = joined(template.root_render_func(template.new_context(names, shared=True)))
        except _FAILURES as error:
            tag = self.printer.failed_at(error)
            self.printer.report(Problem(code_of(error), tag.place, tag.source))
            return ""
        return _HELD.sub(self._held, text)

    def _held(self, found: re.Match[str]) -> str:
        numbering = WORDS.numbers[found[2]]
        number = print_value(Decimal(self._numbers.get(int(found[1]), 0)), format=numbering.format).text
        return f"{numbering.before}{number}{numbering.after}"

    def number(self, index: int) -> Markup:
        """Print a computed number (章号 …), filled in when its group is finished."""
        kind = self.printer.compiled.structure.computed[index]
        serial = next((serial for serial, own in reversed(self._open) if own == kind), self._open[-1][0])
        return self._number_run(index, serial, kind)

    def _number_run(self, index: int, serial: int, kind: str, words: str = "") -> Markup:
        shell = self.printer.compiled.shells[index]
        return Markup(f"{shell.before}\x01{serial}.{kind}\x01{escape(words)}{shell.after}")  # noqa: S704

    def heading(self, index: int, caller: Body) -> Markup:
        """Print the words of a heading, or what the 提纲 says instead."""
        structure = self.printer.compiled.structure
        section = structure.sections[structure.headings[index]]
        row = self.plan.headings.get(section.index)
        if row is None or fold(row.heading) == fold(section.heading):
            return caller()
        return self._worded(row, wording(row), index)

    def _worded(self, row: OutlineRow, text: str, index: int) -> Markup:
        compiled, cells = self.printer.compiled, () if row.cell is None else (row.cell,)
        typed = Figure(id="", name="", value=text, state=State.KNOWN, text=text, cells=cells, has_tags=True)
        return self.printer.tagged(typed, compiled.tags[index], compiled.shells[index])[1]

    def section(self, index: int, caller: Body) -> Markup:
        """Render a section unless it is switched off; keep it for its group unless it prints only zeros."""
        if index in self.plan.off:
            return Markup()
        mark, counts = self.printer.mark(), dict(self.counts)
        entry = self._entry(index, self.printer.compiled.structure.sections[index].number, caller)
        if self.printer.has_only_zeros(mark):
            self.printer.take_back(mark)
            self.counts = counts
        else:
            self._groups[-1].append(entry)
        return Markup()

    def sections(self, _: int, caller: Body) -> Markup:
        """Print the sections of a group in the order of the 提纲, numbered as they stand."""
        between, entries = self._group(caller)
        entries.sort(key=lambda entry: self.plan.rank.get(entry.of, entry.of))
        for number, entry in enumerate(entries, start=1):
            self._numbers[entry.serial] = number
        return between + Markup().join(entry.text for entry in entries)

    def item(self, index: int, caller: Body) -> Markup:
        """Render an entry for its list unless it is switched off."""
        if index not in self.plan.items_off:
            self._groups[-1].append(self._entry(index, WORDS.item_number, caller))
        return Markup()

    def items(self, index: int, caller: Body) -> Markup:
        """Print a list: its own entries and those the 提纲 adds, numbered and counted as they stand."""
        between, entries = self._group(caller)
        listing = self.printer.compiled.structure.listings[index]
        if index in self.plan.slots:
            entries = list(self._in_order(self.plan.slots[index], entries, listing))
        for number, entry in enumerate(entries, start=1):
            self._numbers[entry.serial] = number
        if listing.name:
            self.counts[listing.name] = len(entries)
        return between + Markup().join(entry.text for entry in entries)

    def _in_order(
        self, slots: list[int | OutlineRow], entries: list[_Entry], listing: ListBlock
    ) -> Iterator[_Entry]:
        for slot in slots:
            if not isinstance(slot, OutlineRow):
                yield from (entry for entry in entries if entry.of == slot)
            elif listing.number_tag >= 0:
                yield self._entry(-1, WORDS.item_number, partial(self._added, slot, listing))

    def _added(self, row: OutlineRow, listing: ListBlock) -> Markup:
        """Print an entry of the 提纲 in the look of the list's own."""
        index, words = listing.number_tag, wording(row).removeprefix(WORDS.link)
        stop = "" if words[-1:] in WORDS.stops else WORDS.stops[0]
        number = self._number_run(index, self._open[-1][0], WORDS.item_number, listing.link)
        text = number + self._worded(row, words + stop, index)
        if not listing.has_paragraphs:
            return text
        opening = self.printer.compiled.shells[index].opening
        return Markup(opening) + text + Markup("</w:p>")  # noqa: S704  from the template itself

    def _entry(self, index: int, kind: str, body: Body) -> _Entry:
        self._last_serial += 1
        serial = self._last_serial
        self._open.append((serial, kind))
        text = body()
        self._open.pop()
        return _Entry(index, serial, text)

    def _group(self, body: Body) -> tuple[Markup, list[_Entry]]:
        self._groups.append([])
        return body(), self._groups.pop()

    def paragraph(self, caller: Body) -> Markup:
        """Keep one paragraph in a cell, header or note that would end without (ECMA-376 part 1, 17.4.65)."""
        text = caller()
        return text if text.endswith("</w:p>") else text + Markup("<w:p/>")

    def rows(self, caller: Body) -> Markup:
        """Print a table, or nothing when it has no row left."""
        text = caller()
        return text if "<w:tr>" in text or "<w:tr " in text else Markup()

    def cells(self, caller: Body) -> Markup:
        """Print a row, or nothing when it has no cell left."""
        text = caller()
        return text if "<w:tc>" in text or "<w:tc " in text else Markup()
