"""From a bound document to its chains: figure → what it means → what it is calculated from → cells and rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import cached_property

from officeflow.document.bound.document import BoundDocument, Stretch
from officeflow.document.bound.page_text import row_words
from officeflow.document.provenance.record import Bound, source_ranges, sources_by_origin
from officeflow.document.provenance.standing import is_number
from officeflow.document.reckoning.limits import watched
from officeflow.document.reckoning.recipes import names_in, reckon
from officeflow.figures import definition_of, used_figures
from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import Reading
from officeflow.model.cells import CellRef
from officeflow.model.figures import Figure
from officeflow.model.kit import Form, Kit, Rule
from officeflow.model.trace import Hop, Trace, TracedFigure, TracedRows, TracedSource, TracedWorkbook
from officeflow.model.values import EXACT, canonical, plain
from officeflow.text.reading import shown_value
from officeflow.tracing.rows import RowReader
from officeflow.tracing.texts import MAX_CELLS, Mask, cells_in, fragment, readable, row_count, words

_DEEPEST = 6


def tracer_with(desk: Desk, document: BoundDocument, name: str, readings: Mapping[int, Reading]) -> Tracer:
    """Return the tracer of a document with the workbooks at hand, one or more, by their index among its origins."""
    submissions = [reading.submission for reading in readings.values()]
    kit = submissions[0].kit
    source = desk.kit_source(kit.id)
    mask = Mask.of(submissions, source.reports.values() if source else ())
    return Tracer(document=document, name=name, kit=kit, readings=readings, mask=mask)


@dataclass(kw_only=True)
class Tracer:
    """Traces the figures of one document; `kit` None: not installed.

    Figures that were added up from several workbooks are shown with what the document records of
    them and with their rows; to calculate them again is the roll-up's work.
    """

    document: BoundDocument
    name: str
    kit: Kit | None = None
    readings: Mapping[int, Reading] = field(default_factory=dict)
    """The workbooks at hand by their index."""
    mask: Mask = field(default_factory=Mask)
    """Hides personal values of the workbook where they stand in texts."""

    @watched()
    def trace(self) -> Trace:
        """Return every recorded figure of the document with its chain."""
        origin = self.document.record.origin
        return Trace(
            document=self.name,
            kit=origin.kit,
            title=self.kit.title if self.kit else "",
            unit=origin.unit,
            period=origin.period,
            scope=self._scope(),
            file=origin.file,
            digest=origin.digest,
            is_at_hand=bool(self.readings),
            workbooks=tuple(self._workbooks()),
            figures=tuple(map(self._figure, self.document.figures)),
        )

    @cached_property
    def reading(self) -> Reading | None:
        """The workbook, where it is at hand and the only one: then the figures can be calculated again."""
        return self.readings.get(0) if len(self.document.record.origins) == 1 else None

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """Whose each workbook is, () for a single one."""
        origins = self.document.record.origins
        units = Counter(origin.unit for origin in origins)
        names = (origin.unit if units[origin.unit] == 1 else "" for origin in origins)
        return (
            tuple(name or one.file for name, one in zip(names, origins, strict=True)) if origins[1:] else ()
        )

    def _workbooks(self) -> Iterator[TracedWorkbook]:
        for index, name in enumerate(self._names):
            origin = self.document.record.origins[index]
            is_at_hand = index in self.readings
            yield TracedWorkbook(name=name, file=origin.file, digest=origin.digest, is_at_hand=is_at_hand)

    def _scope(self) -> str:
        """Return the 统计口径 that the workbooks agree on."""
        scopes = {self._scope_of(reading) for reading in self.readings.values()}
        return scopes.pop() if len(scopes) == 1 else ""

    def _scope_of(self, reading: Reading) -> str:
        tables = reading.submission.tables.values()
        records = [table for table in tables if table.form.kind == "record"]
        named = (
            (table, one) for table in records for one in table.form.fields if one.header in words()["scopes"]
        )
        return next((shown_value(table.value(one.id)) for table, one in named), "")

    @cached_property
    def _figures(self) -> Mapping[str, Figure]:
        return {} if self.reading is None else {one.id: one for one in self.reading.tally.all()}

    @cached_property
    def _readers(self) -> Mapping[int, RowReader]:
        names = self._names or ("",)
        return {index: RowReader(reading, names[index]) for index, reading in sorted(self.readings.items())}

    def _rows(self, cells: Iterable[CellRef], rule: Rule | None) -> tuple[TracedRows, ...]:
        by_origin: dict[int, list[CellRef]] = {}
        for cell in cells:
            by_origin.setdefault(cell.origin, []).append(cell)
        return tuple(
            rows
            for index, reader in self._readers.items()
            for rows in reader.rows(by_origin.get(index, ()), rule)
        )

    @cached_property
    def _forms(self) -> Mapping[str, Form]:
        forms = self.kit.forms if self.kit else ()
        return {name: form for form in forms for name in (*form.aliases, form.sheet)}

    def _figure(self, stretch: Stretch) -> TracedFigure:
        bound = stretch.bound
        chain = tuple(self._chain(bound))
        rule = self.kit.figure_by_id.get(bound.id) if self.kit else None
        previous, change = self._compared(bound, rule)
        hop = chain[0]
        return TracedFigure(
            mark=stretch.name,
            id=bound.id,
            name=hop.name,
            value=self.mask(bound.value),
            unit=bound.unit,
            text=self.mask(bound.text),
            text_now=self.mask(stretch.text or ""),
            state=stretch.standing.value,
            sentence=self.mask(stretch.sentence),
            fragment=self._fragment(stretch),
            paragraph=self.document.paragraph_number(stretch),
            sources=hop.sources,
            reason=bound.reason,
            adopted_by=bound.adopted_by,
            adopted_on=bound.adopted_on,
            now=self._told_otherwise(bound),
            previous=previous,
            change=change,
            is_number=is_number(bound),
            is_reported=self._is_reported(hop.sources),
            chain=chain,
        )

    def _fragment(self, stretch: Stretch) -> tuple[str, str, str]:
        if stretch.text is None:
            return (self.mask(stretch.bound.before), "", self.mask(stretch.bound.after))
        if stretch.chart:
            return ("", self.mask(stretch.sentence), "")
        part, start, end = self.document.text_of(stretch.part), stretch.start, stretch.end
        line = part.paragraphs[start.paragraph].text
        stop = end.offset if end.paragraph == start.paragraph else len(line)
        before, after = fragment(line, start.offset, stop, row_words(part, start.paragraph))
        return (self.mask(before), self.mask(stretch.text), self.mask(after))

    def _is_reported(self, sources: tuple[TracedSource, ...]) -> bool:
        forms = [self._forms.get(source.sheet) for source in sources]
        return any(form is None or form.audience != "writer" for form in forms)

    def _compared(self, bound: Bound, rule: Rule | None) -> tuple[str, str]:
        """Return last period's exact value, and the difference; '' where there is nothing to compare with."""
        is_whole = (
            rule is not None and "[" not in bound.recipe and names_in(bound.recipe or bound.id) == {bound.id}
        )
        if self.reading is None or rule is None or not is_whole:
            return "", ""
        last = self.reading.tally.operand(Rule(use="value", of=bound.id, previous=True))
        now = self._figures[bound.id].value
        if not last.is_known or not isinstance(now, Decimal) or not isinstance(last.value, Decimal):
            return "", ""
        change = EXACT.subtract(now, last.value)
        amount = f"{plain(abs(change))}{bound.unit}"
        form = "more" if change > 0 else "less" if change < 0 else "same"
        return f"{plain(last.value)}{bound.unit}", words()[form].format(amount=amount)

    def _told_otherwise(self, bound: Bound) -> str:
        figure = self._reckoned(bound)
        if figure is None or not figure.is_known or canonical(figure.value) == bound.value:
            return ""
        return self.mask(figure.text)

    def _reckoned(self, bound: Bound) -> Figure | None:
        return reckon(bound.recipe or bound.id, self._figures) if self.reading else None

    def _chain(self, bound: Bound) -> Iterator[Hop]:
        recipe = bound.recipe or bound.id
        rule = self.kit.figure_by_id.get(bound.id) if self.kit else None
        figure = self._reckoned(bound)
        used = self._used(rule, recipe, bound.id)
        below = [hop for other in used for hop in self._below(other, 1, (bound.id,))]
        # What nothing gives again is shown where it stood then.
        recorded = cells_in(sources_by_origin(bound.sources)) if self.readings else ()
        cells = figure.cells if figure else recorded
        sources = self._sources(figure.cells) if figure and figure.cells else self._recorded(bound)
        yield Hop(
            depth=0,
            id=bound.id,
            name=bound.name or (rule.name if rule else "") or readable(bound.id),
            definition=self._definition(bound, rule, recipe),
            value=self.mask(bound.value),
            unit=bound.unit,
            text=self.mask(bound.text),
            sources=sources,
            is_at_hand=bool(self.readings),
            rows=() if self._covers(cells, used) else self._rows(cells, rule),
            sum=self._sum_of_many(bound, recorded) if self._names else self._sum(figure),
        )
        yield from below

    def _below(self, rule: Rule, depth: int, above: tuple[str, ...]) -> Iterator[Hop]:
        figure = self._figures.get(rule.id)
        used = [] if depth >= _DEEPEST else self._used(rule, rule.id, *above)
        cells = figure.cells if figure else ()
        is_personal = figure is not None and figure.is_personal
        yield Hop(
            depth=depth,
            id=rule.id,
            name=rule.name or rule.id,
            definition=definition_of(rule, self.kit) if self.kit else "",
            value="" if figure is None or is_personal else self.mask(canonical(figure.value)),
            unit=figure.unit if figure else rule.unit,
            text="" if figure is None or is_personal else self.mask(figure.text),
            sources=self._sources(cells),
            is_at_hand=bool(self.readings),
            rows=() if self._covers(cells, used) else self._rows(cells, rule),
            sum=self._sum(figure),
        )
        for other in used:
            yield from self._below(other, depth + 1, (*above, rule.id))

    def _used(self, rule: Rule | None, recipe: str, *above: str) -> list[Rule]:
        """Return the figures that one rests on: those of its rule, and those that the document's own expression names."""
        if self.kit is None:
            return []
        named = [
            self.kit.figure_by_id[name]
            for name in sorted(names_in(recipe), key=recipe.find)
            if name in self.kit.figure_by_id
        ]
        found = {one.id: one for one in (*(used_figures(rule, self.kit) if rule else ()), *named)}
        return [one for one in found.values() if one.id not in above and (rule is None or one.id != rule.id)]

    def _sum(self, figure: Figure | None) -> str:
        if not self._readers or figure is None or len(figure.cells) <= 1 or figure.is_personal:
            return ""
        total = self._total(figure.cells)
        return "" if total is None or total != figure.value else plain(total)

    def _sum_of_many(self, bound: Bound, cells: tuple[CellRef, ...]) -> str:
        if len(cells) >= MAX_CELLS or not {cell.origin for cell in cells} <= self._readers.keys():
            return ""
        total = self._total(cells) if len(cells) > 1 else None
        return "" if total is None or canonical(total) != bound.value else plain(total)

    def _total(self, cells: Iterable[CellRef]) -> Decimal | None:
        """Return the sum of the cells, None when one of them holds no exact number."""
        values = [self._readers[cell.origin].value(cell) for cell in cells]
        numbers = [value for value in values if isinstance(value, Decimal)]
        with localcontext(EXACT):
            return sum(numbers, Decimal(0)) if numbers and len(numbers) == len(values) else None

    def _covers(self, cells: tuple[CellRef, ...], used: list[Rule]) -> bool:
        """Whether the rows of the figures it rests on show all its cells."""
        below = {cell for rule in used if rule.id in self._figures for cell in self._figures[rule.id].cells}
        return bool(used) and below.issuperset(cells)

    def _definition(self, bound: Bound, rule: Rule | None, recipe: str) -> str:
        if self.kit is None:
            return ""
        if rule is not None:
            said = definition_of(rule, self.kit)
            return words()["one_of"].format(definition=said) if re.search(r"\[\d+\]", recipe) else said
        form_id, _, _ = bound.id.partition(".")
        field_ = self.kit.field(bound.id)
        if field_ is not None:
            return str(
                words()["row_field"].format(sheet=self.kit.form_by_id[form_id].sheet, header=field_.header)
            )
        return str(words()["reckoned"].format(recipe=readable(recipe)))

    def _sources(self, cells: tuple[CellRef, ...]) -> tuple[TracedSource, ...]:
        return tuple(self._source(*found) for found in sources_by_origin(source_ranges(cells)))

    def _recorded(self, bound: Bound) -> tuple[TracedSource, ...]:
        return tuple(self._source(*found) for found in sources_by_origin(bound.sources))

    def _source(self, index: int, sheet: str, cells: str) -> TracedSource:
        origins, read = self.document.record.origins, self.readings.get(index)
        # A hostile record may name a workbook that it does not list.
        origin = origins[index] if index < len(origins) else None
        return TracedSource(
            file=read.submission.file if read else origin.file if origin else "",
            sha256=read.submission.sha256 if read else "",
            digest=origin.digest if origin else "",
            unit=self._names[index] if index < len(self._names) else "",
            sheet=sheet,
            cells=cells,
            rows=row_count(cells),
        )
