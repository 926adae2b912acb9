"""Replace stretches of a document's paragraphs and bind stretches, by the offsets they had before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from officeflow.document.bound.document import BoundDocument, Stretch
from officeflow.document.wml.bound_text import Paragraph, put_text, read_paragraph
from officeflow.document.wml.cutting import bind, change, marks_of, reread, run_like, unbind
from officeflow.document.wml.tracking import Tracker
from officeflow.document.wml.wordml import COMPATIBILITY, FALLBACK, P, R

_CHOICE = f"{{{COMPATIBILITY}}}Choice"


class Edit(NamedTuple):
    """Words of one paragraph to be replaced; `name` is the bookmark they belong to."""

    part: str
    paragraph: int
    start: int
    end: int
    text: str
    name: str = ""


class Binding(NamedTuple):
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

    def run(self, bindings: Iterable[Binding], dropped: Iterable[str] = ()) -> None:
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


def _twin(paragraph: Paragraph) -> Paragraph | None:
    """Return the copy of a text box's paragraph that only old programs read, as long as it says the same."""
    choice = next(paragraph.node.iterancestors(_CHOICE), None)
    fallback = None if choice is None else next(choice.itersiblings(FALLBACK), None)
    if choice is None or fallback is None:
        return None
    return next(_same(choice, fallback, paragraph), None)


def _same(choice: etree._Element, fallback: etree._Element, paragraph: Paragraph) -> Iterator[Paragraph]:
    for own, other in zip(choice.iter(P), fallback.iter(P), strict=False):
        if own is paragraph.node:
            twin = read_paragraph(other)
            if twin.text == paragraph.text:
                yield twin
