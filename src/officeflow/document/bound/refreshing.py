"""Move the figures of a document to other data: untouched ones go with their record, a person's work stays.

Three-way: what we printed last, what stands there now, what the data give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from officeflow.document.bound.agreement import Agreement, Judged
from officeflow.document.bound.document import BoundDocument
from officeflow.document.bound.drawn_charts import with_chart
from officeflow.document.bound.rewriting import Binding, Edit, Rewriting
from officeflow.document.provenance.binding import bookmark_name
from officeflow.document.provenance.record import Bound, Record, source_ranges
from officeflow.document.provenance.standing import typed_against
from officeflow.document.reckoning.recipes import CellPiece
from officeflow.document.wml.bound_text import read_part_text
from officeflow.document.wml.tracking import Tracker
from officeflow.model.document import Origin
from officeflow.model.figures import Figure
from officeflow.model.values import canonical


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a person decided, by bookmark name: numbers to stand by as they are, and numbers to take from the data.

    `reason` is why the adopted ones stand; with it who says so and on which day (ISO), '' when not told.
    """

    adopted: AbstractSet[str] = frozenset()
    restored: AbstractSet[str] = frozenset()
    reason: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One figure whose text was replaced."""

    judged: Judged
    before: str
    after: str


@dataclass(slots=True)
class Refreshing:
    """One refresh; `document` is changed by `run`."""

    document: BoundDocument
    judged: Sequence[Judged]
    origin: Origin
    """The submission that the document is from now on written from."""
    choices: Choices = field(default_factory=Choices)
    is_next: bool = False
    """The data are of the next period: what was adopted for the last one holds no more."""
    tracker: Tracker | None = None
    """Writes the moves as tracked changes."""

    def run(self) -> tuple[Moved, ...]:
        """Move what is to be moved and bring the record up to date; return what was moved, in the record's order."""
        moving = [one for one in self.judged if self._is_to_move(one)]
        rewritten = [one.stretch for one in moving if not one.keeps_inside]
        dropped = {own.name for own in self.document.figures for one in rewritten if own.is_within(one)}
        moving = [one for one in moving if one.stretch.name not in dropped]
        before = self._rejected() if self.tracker else {}
        rewriting = Rewriting(self.document, self.tracker)
        for one in moving:
            if one.stretch.chart:
                self._draw(one)
            else:
                rewriting.edits += _edits(one)
        bindings, added = self._bindings(moving, rewriting, dropped)
        rewriting.run(bindings, dropped)
        figures = self._figures({one.stretch.name: one for one in moving}, before)
        self.document.record = replace(
            self.document.record, origins=(self._origin(),), figures=_in_order(figures, added, dropped)
        )
        self.document.find()
        self._settle_texts()
        self.document.record = with_contexts(self.document)
        return tuple(Moved(judged=one, before=one.stretch.text or "", after=_text_of(one)) for one in moving)

    def _origin(self) -> Origin:
        """Return the new origin with what newer programs keep in the old one."""
        return replace(self.origin, extra=self.document.record.origin.extra)

    def _draw(self, one: Judged) -> None:
        """Let a chart and the workbook inside it show what the data say; Word tracks no changes there."""
        if one.now is not None:
            self.document.parts = with_chart(self.document.parts, one.stretch.chart, one.now)

    def _is_to_move(self, one: Judged) -> bool:
        if one.stretch.name in self.choices.restored:
            return one.now is not None and one.stretch.text is not None
        return one.agreement is Agreement.STALE and one.stretch.name not in self.choices.adopted

    def _rejected(self) -> Mapping[str, str]:
        """Return what each bookmark would hold if every tracked change were rejected."""
        found: dict[str, str] = {}
        for text in self.document.texts:
            old = read_part_text(text.name, text.root, rejected=True)
            found |= {name: old.between(*spots) for name, spots in old.marks.items()}
        return found

    def _bindings(
        self, moving: Iterable[Judged], rewriting: Rewriting, dropped: AbstractSet[str]
    ) -> tuple[list[Binding], dict[str, dict[str, Bound]]]:
        """Return what is to be bound again, and after which bookmark the new ones stand in the record."""
        bindings: list[Binding] = []
        added: dict[str, dict[str, Bound]] = {}
        taken = set(self.document.record.figures)
        found = {one.stretch.name: one for one in moving}
        for one in self.judged:
            stretch = one.stretch
            is_there = stretch.name in found or one.agreement is not Agreement.REMOVED
            is_bound = stretch.is_marked and not stretch.is_off
            if (
                is_there
                and stretch.name not in dropped
                and not is_bound
                and stretch.text
                and not stretch.chart
            ):
                start, end = rewriting.place(stretch, 0), rewriting.place(stretch, len(stretch.text))
                bindings.append(Binding(stretch.part, stretch.start.paragraph, start, end, stretch.name))
        for one in found.values():
            if one.keeps_inside or one.stretch.start.paragraph != one.stretch.end.paragraph:
                continue
            at = rewriting.place(one.stretch, 0)
            for piece in one.pieces:
                if piece.figure is not None and piece.text and not piece.figure.is_personal:
                    name = _free_name(piece.figure.id, taken)
                    place = (one.stretch.part, one.stretch.start.paragraph, at, at + len(piece.text))
                    bindings.append(Binding(*place, name))
                    added.setdefault(one.stretch.name, {})[name] = _bound(piece)
                at += len(piece.text)
        return bindings, added

    def _figures(self, moving: Mapping[str, Judged], before: Mapping[str, str]) -> dict[str, Bound]:
        found: dict[str, Bound] = {}
        for one in self.judged:
            name, bound = one.stretch.name, one.stretch.bound
            found[name] = _told(bound, one.now)
            if name in moving:
                was = before.get(name, one.stretch.text or "") if self.tracker else ""
                found[name] = replace(_without_adoption(found[name]), text=_text_of(one), was=was)
            elif name in self.choices.adopted:
                found[name] = replace(
                    found[name],
                    adopted=one.stretch.text or "",
                    reason=self.choices.reason,
                    adopted_by=self.choices.by,
                    adopted_on=self.choices.on,
                )
            elif one.agreement is Agreement.SAME and one.now is not None and not one.stretch.inside:
                was = bound.was if one.stretch.text == bound.text else ""
                found[name] = replace(found[name], text=one.now.text, was=was)
            elif self.is_next and bound.adopted:  # what was taken out on purpose is not wanted back
                found[name] = _without_adoption(found[name])
        return found

    def _settle_texts(self) -> None:
        """Let the recorded text of what holds figures follow those, so that it is judged by its own words."""
        figures = dict(self.document.record.figures)
        untouched = {one.stretch.name for one in self.judged if _stands_by_itself(one)}
        adopted = {one.stretch.name for one in self.judged if one.agreement is Agreement.ADOPTED}
        for one in self.document.figures:
            own = one.with_inside([figures[inside.name].text for inside in one.inside])
            if one.inside and one.name in untouched | self.choices.restored:
                figures[one.name] = replace(figures[one.name], text=own, was="")
            elif one.inside and one.name in adopted | self.choices.adopted and figures[one.name].reason:
                figures[one.name] = replace(figures[one.name], adopted=own)
        self.document.record = replace(self.document.record, figures=figures)
        self.document.find()


def _stands_by_itself(one: Judged) -> bool:
    return one.agreement in (Agreement.SAME, Agreement.STALE, Agreement.MISSING)


def _edits(one: Judged) -> list[Edit]:
    stretch = one.stretch
    at, end = stretch.start.offset, stretch.end.offset
    stretches = [(at + move.start, at + move.end, move.text) for move in one.moves]
    if one.agreement in (Agreement.REWORDED, Agreement.OVERTYPED):
        before, after = typed_against(stretch.bound, *stretch.against)
        stretches += [(at - len(before), at, "")] * bool(before) + [(end, end + len(after), "")] * bool(after)
    return [Edit(stretch.part, stretch.start.paragraph, *own, stretch.name) for own in stretches]


def _text_of(one: Judged) -> str:
    """Return what a moved figure says now; the figures inside move by themselves."""
    if one.keeps_inside and one.stretch.inside:
        texts = [own.text or "" for own in one.stretch.inside]
        return one.stretch.with_inside(texts, one.literals)
    return one.now.text if one.now else ""


def _told(bound: Bound, now: Figure | None) -> Bound:
    """Return what is recorded of a figure with what the data say of it now; its text is what was printed."""
    if now is None:
        return bound
    sources = source_ranges(now.cells) if now.cells else bound.sources
    value = canonical(now.value)
    return replace(bound, value=value or bound.value, unit=now.unit, sources=sources)


def _without_adoption(bound: Bound) -> Bound:
    return replace(bound, adopted="", reason="", adopted_by="", adopted_on="")


def _bound(piece: CellPiece) -> Bound:
    figure = piece.figure
    if figure is None:
        raise ValueError(piece.text)
    return Bound(
        id=figure.id,
        value=canonical(figure.value),
        name=figure.name if figure.name != figure.id else "",
        recipe=piece.recipe if piece.recipe != figure.id else "",
        unit=figure.unit,
        text=piece.text,
        sources=source_ranges(figure.cells),
    )


def _free_name(figure_id: str, taken: set[str]) -> str:
    use = 1
    while bookmark_name(figure_id, use) in taken:
        use += 1
    taken.add(bookmark_name(figure_id, use))
    return bookmark_name(figure_id, use)


def _in_order(
    figures: Mapping[str, Bound], added: Mapping[str, Mapping[str, Bound]], dropped: AbstractSet[str]
) -> dict[str, Bound]:
    found: dict[str, Bound] = {}
    for name, bound in figures.items():
        if name not in dropped:
            found[name] = bound
        found |= added.get(name, {})
    return found


def with_contexts(document: BoundDocument) -> Record:
    """Return the record with the words that stand around each figure now.

    A record that had to be cut stays so.  A hedge or digit typed against a figure must not be
    taken for what we wrote.
    """
    figures = dict(document.record.figures)
    for one in document.figures:
        if (
            one.text is not None
            and not document.record.is_cut
            and not any(typed_against(one.bound, *one.against))
        ):
            words = one.renewed
            figures[one.name] = replace(figures[one.name], before=words.before, after=words.after)
    return replace(document.record, figures=figures)
