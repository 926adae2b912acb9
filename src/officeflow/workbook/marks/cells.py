"""Marks at cells: a colour behind what is wrong, and a note that says it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from officeflow.model.findings import Severity
from officeflow.ooxml.parts import Parts, Relation
from officeflow.workbook.marks.plan import MarkedCell, words
from officeflow.workbook.sheetml.notes import NO_COMMENTS, NO_DRAWING, BoxesText, NotesText, fingerprint
from officeflow.workbook.sheetml.sheet import At, CellEdit, SheetText
from officeflow.workbook.sheetml.styles import StylesText
from officeflow.workbook.sheetml.tabs import tabs_of

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Painter:
    """Gives cells the colour of a finding and a note; `pairs` remembers marked style → style before."""

    styles: StylesText
    pairs: dict[int, int] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    """Fingerprints of the notes that were written."""

    def mark(self, style: int, severity: Severity) -> int:
        """Return the style with that severity's colour."""
        marked = self.styles.with_changes(style, fillId=self.styles.append(b"fills", fill(severity)))
        self.pairs.setdefault(marked, style)
        return marked

    def marker(self, severity: Severity) -> Callable[[int], int]:
        """Return the change of style for one severity."""
        return lambda style: self.mark(style, severity)


def fill(severity: Severity) -> bytes:
    """Return the fill of a severity as the styles part writes it."""
    color = words()["color"][severity.value].encode()
    return (
        b'<fill><patternFill patternType="solid"><fgColor rgb="FF%b"/><bgColor indexed="64"/></patternFill></fill>'
        % color
    )


def mark_cells(patch: Parts, cells: Iterable[MarkedCell], painter: Painter) -> dict[str, list[At]]:
    """Colour cells and note them; return the cells that were made for it, by sheet."""
    by_sheet: dict[str, list[MarkedCell]] = {}
    for cell in cells:
        by_sheet.setdefault(cell.sheet, []).append(cell)
    found = [(tab, by_sheet[tab.name]) for tab in tabs_of(patch) if tab.name in by_sheet]
    return {tab.name: _mark_sheet(patch, tab.part, marked, painter) for tab, marked in found}


def _mark_sheet(patch: Parts, part: str, cells: Sequence[MarkedCell], painter: Painter) -> list[At]:
    sheet = SheetText(patch.read(part))
    made = sheet.edit(
        {(cell.row, cell.column): CellEdit(style=painter.marker(cell.severity)) for cell in cells}
    )
    patch.write(part, sheet.xml)
    notes = {(cell.row, cell.column): cell.note for cell in cells if cell.note}
    add_notes(patch, part, notes)
    painter.notes.update(map(fingerprint, notes.values()))
    return sorted(made)


def add_notes(patch: Parts, part: str, notes: Mapping[At, str]) -> None:
    """Add notes to a sheet, with the parts and relations that Excel wants for them."""
    if not notes:
        return
    related = {relation.kind: relation.target for relation in patch.relations(part)}
    comments = related.get("comments", "")
    text = notes_text(patch.read(comments) if comments else NO_COMMENTS)
    fresh = text.add(notes)
    if not comments:
        comments = patch.free_name("xl/comments{}.xml")
        patch.declare(comments, _COMMENTS_TYPE)
        patch.relate(part, "comments", comments)
    patch.write(comments, text.xml)
    drawing = _drawing(patch, part)
    boxes = BoxesText(patch.read(drawing))
    boxes.add({at: notes[at] for at in fresh})
    patch.write(drawing, boxes.xml)


def notes_text(xml: bytes) -> NotesText:
    """Return a comments part under the author and separator of marks.toml."""
    return NotesText(xml, author=words()["author"], mark=words()["separator"])


def _drawing(patch: Parts, part: str) -> str:
    """Return the drawing that the sheet's notes have their boxes in; a new one where there is none."""
    there = _boxes(patch, part)
    if there is not None:
        return there.target
    drawing = patch.free_name("xl/drawings/vmlDrawing{}.vml")
    patch.write(drawing, NO_DRAWING)
    patch.declare_extension("vml", _DRAWING_TYPE)
    sheet = SheetText(patch.read(part))
    sheet.put(b"legacyDrawing", _legacy_drawing(patch.relate(part, "vmlDrawing", drawing)))
    patch.write(part, sheet.xml)
    return drawing


def _boxes(patch: Parts, part: str) -> Relation | None:
    # A sheet may have a second such drawing, for the pictures of its page header.
    drawings = [relation for relation in patch.relations(part) if relation.kind == "vmlDrawing"]
    if not drawings:
        return None
    element = SheetText(patch.read(part)).element(b"legacyDrawing")
    return next((one for one in drawings if b'id="' + one.id.encode() + b'"' in element), None)


def _legacy_drawing(relation_id: str) -> bytes:
    return (
        b'<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="%b"/>'
        % relation_id.encode()
    )


def remove_notes(patch: Parts, part: str, known: Collection[str]) -> None:
    """Take our notes out of a sheet, `known` by their fingerprints; parts that hold nothing else go with them."""
    relations = {relation.kind: relation for relation in patch.relations(part)}
    if "comments" not in relations:
        return
    comments = relations["comments"]
    text = notes_text(patch.read(comments.target))
    gone = text.remove_ours(known)
    patch.write(comments.target, text.xml)
    if gone and not text.count:
        patch.drop(comments.target)
        patch.unrelate(part, comments.id)
    drawing = _boxes(patch, part)
    if drawing is None or not gone:
        return
    boxes = BoxesText(patch.read(drawing.target))
    boxes.remove(gone)
    patch.write(drawing.target, boxes.xml)
    if boxes.is_empty:
        sheet = SheetText(patch.read(part))
        sheet.put(b"legacyDrawing", b"")
        patch.write(part, sheet.xml)
        patch.drop(drawing.target)
        patch.unrelate(part, drawing.id)
        patch.withdraw_extension("vml")
