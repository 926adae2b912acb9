"""Move the figures of a document to other data: untouched ones go with their record, a person's work stays.

Three-way: what we printed last, what stands there now, what the data give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from officeflow.document.bound.agreement import Agreement, JudgedFigure
from officeflow.document.bound.document import BoundDocument, Stretch
from officeflow.document.bound.drawn_charts import with_chart
from officeflow.document.provenance.binding import bookmark_name
from officeflow.document.provenance.record import Bound, Record, source_ranges
from officeflow.document.provenance.standing import typed_against
from officeflow.document.reckoning.recipes import CellPiece
from officeflow.document.wml.bound_text import TextParagraph, put_text, read_paragraph, read_part_text
from officeflow.document.wml.cutting import bind, change, marks_of, reread, run_like, unbind
from officeflow.document.wml.tracking import Tracker
from officeflow.document.wml.wordml import COMPATIBILITY, FALLBACK, P, R
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
class MovedFigure:
    """One figure whose text was replaced."""

    judged: JudgedFigure
    before: str
    after: str


@dataclass(slots=True)
class Refreshing:
    """One refresh; `document` is changed by `run`."""

    document: BoundDocument
    judged: Sequence[JudgedFigure]
    origin: Origin
    """The submission that the document is from now on written from."""
    choices: Choices = field(default_factory=Choices)
    is_next: bool = False
    """The data are of the next period: what was adopted for the last one holds no more."""
    tracker: Tracker | None = None
    """Writes the moves as tracked changes."""

    def run(self) -> tuple[MovedFigure, ...]:
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
        self._renew_outer_texts()
        self.document.record = with_contexts(self.document)
        return tuple(
            MovedFigure(judged=one, before=one.stretch.text or "", after=_text_of(one)) for one in moving
        )

    def _origin(self) -> Origin:
        """Return the new origin with what newer programs keep in the old one."""
        return replace(self.origin, extra=self.document.record.origin.extra)

    def _draw(self, one: JudgedFigure) -> None:
        """Let a chart and the workbook inside it show what the data say; Word tracks no changes there."""
        if one.now is not None:
            self.document.parts = with_chart(self.document.parts, one.stretch.chart, one.now)

    def _is_to_move(self, one: JudgedFigure) -> bool:
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
        self, moving: Iterable[JudgedFigure], rewriting: Rewriting, dropped: AbstractSet[str]
    ) -> tuple[list[BookmarkSpan], dict[str, dict[str, Bound]]]:
        """Return what is to be bound again, and after which bookmark the new ones stand in the record."""
        bindings: list[BookmarkSpan] = []
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
                bindings.append(BookmarkSpan(stretch.part, stretch.start.paragraph, start, end, stretch.name))
        for one in found.values():
            if one.keeps_inside or one.stretch.start.paragraph != one.stretch.end.paragraph:
                continue
            at = rewriting.place(one.stretch, 0)
            for piece in one.pieces:
                if piece.figure is not None and piece.text and not piece.figure.is_personal:
                    name = _free_name(piece.figure.id, taken)
                    place = (one.stretch.part, one.stretch.start.paragraph, at, at + len(piece.text))
                    bindings.append(BookmarkSpan(*place, name))
                    added.setdefault(one.stretch.name, {})[name] = _bound(piece)
                at += len(piece.text)
        return bindings, added

    def _figures(self, moving: Mapping[str, JudgedFigure], before: Mapping[str, str]) -> dict[str, Bound]:
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

    def _renew_outer_texts(self) -> None:
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


def _stands_by_itself(one: JudgedFigure) -> bool:
    return one.agreement in (Agreement.SAME, Agreement.STALE, Agreement.MISSING)


def _edits(one: JudgedFigure) -> list[Edit]:
    stretch = one.stretch
    at, end = stretch.start.offset, stretch.end.offset
    stretches = [(at + move.start, at + move.end, move.text) for move in one.moves]
    if one.agreement in (Agreement.REWORDED, Agreement.OVERTYPED):
        before, after = typed_against(stretch.bound, *stretch.against)
        stretches += [(at - len(before), at, "")] * bool(before) + [(end, end + len(after), "")] * bool(after)
    return [Edit(stretch.part, stretch.start.paragraph, *own, stretch.name) for own in stretches]


def _text_of(one: JudgedFigure) -> str:
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


_CHOICE = f"{{{COMPATIBILITY}}}Choice"


class Edit(NamedTuple):
    """Words of one paragraph to be replaced; `name` is the bookmark they belong to."""

    part: str
    paragraph: int
    start: int
    end: int
    text: str
    name: str = ""


class BookmarkSpan(NamedTuple):
    """Words of one paragraph to be bound, by their offsets after all edits."""

    part: str
    paragraph: int
    start: int
    end: int
    name: str


@dataclass(slots=True)
class Rewriting:
    """Edits that do not overlap, made at once; a tracker writes them as tracked changes."""

    document: BoundDocument
    tracker: Tracker | None = None
    edits: list[Edit] = field(default_factory=list)

    def place(self, stretch: Stretch, offset: int) -> int:
        """Return where a place of a figure's paragraph is after the edits; `offset` counts from the figure's start."""
        at = stretch.start.offset + offset
        own = (
            edit
            for edit in self.edits
            if (edit.part, edit.paragraph) == (stretch.part, stretch.start.paragraph) and edit.end <= at
        )
        return at + sum(len(edit.text) - (edit.end - edit.start) for edit in own)

    def run(self, bindings: Iterable[BookmarkSpan], dropped: Iterable[str] = ()) -> None:
        """Make the edits, take the `dropped` bookmarks away and put the new ones in."""
        numbers = self.tracker or Tracker(text.root for text in self.document.texts)
        for edit in sorted(self.edits, key=lambda edit: (edit.part, edit.paragraph, -edit.start)):
            self._edit(edit)
        for name in dropped:
            for text in self.document.texts:
                unbind(text.root, name)
        for binding in bindings:
            for text in self.document.texts:
                unbind(text.root, binding.name)  # an empty one may be left
            paragraph = self.document.text_of(binding.part).paragraphs[binding.paragraph]
            bind(reread(paragraph), binding.start, binding.end, name=binding.name, number=numbers.next())

    def _edit(self, edit: Edit) -> None:
        text = self.document.text_of(edit.part)
        paragraph = reread(text.paragraphs[edit.paragraph])
        twin = _twin(paragraph)
        if edit.start == edit.end:
            self._fill(text.root, edit)
            return
        start, end, new = change(paragraph.text[edit.start : edit.end], edit.text)
        if self.tracker is None:
            put_text(paragraph, edit.start + start, edit.start + end, new)
        else:
            self.tracker.replace(paragraph, edit.start + start, edit.start + end, new)
        if twin is not None:
            put_text(twin, edit.start + start, edit.start + end, new)

    def _fill(self, root: etree._Element, edit: Edit) -> None:
        """Put text into a bookmark that is empty, in the look of the run before it."""
        for mark in marks_of(root, edit.name)[:1]:
            model = next((one for one in mark.itersiblings(R, preceding=True)), None)
            model = model if model is not None else next(mark.itersiblings(R), None)
            run = run_like(model, edit.text)
            mark.addnext(run if self.tracker is None else self.tracker.inserted(run))


def _twin(paragraph: TextParagraph) -> TextParagraph | None:
    """Return the copy of a text box's paragraph that only old programs read, as long as it says the same."""
    choice = next(paragraph.node.iterancestors(_CHOICE), None)
    fallback = None if choice is None else next(choice.itersiblings(FALLBACK), None)
    if choice is None or fallback is None:
        return None
    return next(_same(choice, fallback, paragraph), None)


def _same(
    choice: etree._Element, fallback: etree._Element, paragraph: TextParagraph
) -> Iterator[TextParagraph]:
    for own, other in zip(choice.iter(P), fallback.iter(P), strict=False):
        if own is paragraph.node:
            twin = read_paragraph(other)
            if twin.text == paragraph.text:
                yield twin
