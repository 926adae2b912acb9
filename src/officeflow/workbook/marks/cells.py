"""Marks at cells: a colour behind what is wrong, and a note that says it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from officeflow.checks import number_of
from officeflow.model.findings import Finding, Severity
from officeflow.ooxml.parts import Parts, Relation
from officeflow.workbook.marks.lines import first_cell, note_of, shown_cells, words
from officeflow.workbook.sheetml.notes import NO_COMMENTS, NO_DRAWING, BoxesText, NotesText, fingerprint
from officeflow.workbook.sheetml.sheet import At, CellEdit, SheetText
from officeflow.workbook.sheetml.styles import StylesText
from officeflow.workbook.sheetml.tabs import tabs_of

_MOST_NOTES = 100
"""Of one rule in one column; the colour goes on, and 校验结果 lists all rows.  Excel draws a box for each note."""
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


def mark_cells(patch: Parts, findings: Iterable[Finding], painter: Painter) -> dict[str, list[At]]:
    """Mark every cell that an unsettled finding names; return the cells that were made for it, by sheet."""
    by_sheet: dict[str, dict[At, list[Finding]]] = {}
    for finding in findings:
        for cell in () if finding.explanation else shown_cells(finding):
            by_sheet.setdefault(finding.sheet, {}).setdefault((cell.row, cell.column), []).append(finding)
    made = {}
    for tab in tabs_of(patch):
        found = by_sheet.get(tab.name)
        if found:
            made[tab.name] = _mark_sheet(patch, tab.part, found, painter)
    return made


def _mark_sheet(patch: Parts, part: str, found: Mapping[At, list[Finding]], painter: Painter) -> list[At]:
    order = list(Severity)
    sheet = SheetText(patch.read(part))
    edits = {
        at: CellEdit(style=painter.marker(min((one.severity for one in said), key=order.index)))
        for at, said in found.items()
    }
    made = sheet.edit(edits)
    patch.write(part, sheet.xml)
    notes = dict(_notes(found))
    add_notes(patch, part, notes)
    painter.notes.update(map(fingerprint, notes.values()))
    return sorted(made)


def _notes(found: Mapping[At, list[Finding]]) -> Iterable[tuple[At, str]]:
    counts: dict[tuple[str, int], int] = {}
    for at, said in sorted(found.items()):
        texts = []
        for finding in said:
            if not _is_said_at(finding, at):
                continue
            key = (number_of(finding), at[1])
            counts[key] = counts.get(key, 0) + 1
            if counts[key] <= _MOST_NOTES:
                texts.append(note_of(finding))
        if texts:
            yield at, "\n\n".join(texts)


def _is_said_at(finding: Finding, at: At) -> bool:
    cell = first_cell(finding)
    return cell is not None and (cell.row, cell.column) == at


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
