"""Two pages beside a document: 改动清单, what was changed in it, and 指标清单, what its template may name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from docx.shared import Twips
from docx.text.paragraph import Paragraph

from officeflow.document.authoring.list_look import list_profile, list_words
from officeflow.document.authoring.look import add_run, defaults_of, put, put_bold, put_face, put_size
from officeflow.document.authoring.page import PageWriter, add_grid, add_row, new_document, saved
from officeflow.document.authoring.template import shares
from officeflow.document.compare.aligning import diff
from officeflow.document.compare.change_list import ChangeKind, ListedChange
from officeflow.model.layout import Profile

_A4 = (11906, 16838)


class ListedField(NamedTuple):
    """One line: the tag as it is typed, what the sample prints, a remark; `is_inner` stands below a list."""

    tag: str
    text: str
    remark: str
    is_inner: bool = False


def build_change_list(
    changes: Sequence[ListedChange], profile: Profile, *, name: str, their_name: str
) -> bytes:
    """Return 改动清单 as a .docx; `name` and `their_name` are the compared files'.

    What differs stands in bold in the words around it; long passages are cut.
    """
    look, roles = list_words()["changes"], list_words()["roles"]
    numbers = sum(change.kind is ChangeKind.NUMBER for change in changes)
    summary = look["summary" if changes else "same"].format(
        ours=name, theirs=their_name, count=len(changes), numbers=numbers
    )
    profile = list_profile(profile)
    size = {"size_pt": look["size_pt"], "line_pt": look["line_pt"], "letter_spacing_pt": 0.0}
    cells = {style: replace(profile.styles[style], **size) for style in (roles["text"], roles["heading"])}
    writer = PageWriter(replace(profile, styles={**profile.styles, **cells}))
    for style, text in ((roles["title"], look["title"]), (roles["note"], summary)):
        add_run(writer.paragraph(style), text)
    if changes:
        table = writer.table(shares(profile.page.text_width, look["shares"]))
        writer.row(table, look["columns"])
        for number, change in enumerate(changes, 1):
            _fill_change(writer.row(table, ()), number, change)
        # Word wants a paragraph after a table; one without height keeps the page as it is.
        last = writer.paragraph(roles["note"])
        put(last._p.get_or_add_pPr(), "spacing", before=0, after=0, line=20, lineRule="exact")
    return writer.saved()


def _fill_change(cells: Sequence[Paragraph], number: int, change: ListedChange) -> None:
    look = list_words()["changes"]
    serial, place, before, after, kind = cells
    for cell, text in ((serial, str(number)), (place, change.place_text), (kind, change.kind_text)):
        add_run(cell, text)
    if change.figure:
        add_run(before, look["named"].format(figure=change.figure))
    _add_apart(before, after, _cut(change.before), _cut(change.after))


def _add_apart(ours: Paragraph, theirs: Paragraph, before: str, after: str) -> None:
    """Write two texts; what differs is bold, unless all of it does."""
    at, their_at = 0, 0
    for change in diff(before, after) if before and after else ():
        for cell, text, start, first, end in (
            (ours, before, at, change.start, change.end),
            (theirs, after, their_at, change.their_start, change.their_end),
        ):
            _add_text(cell, text[start:first])
            _add_text(cell, text[first:end], is_bold=True)
        at, their_at = change.end, change.their_end
    _add_text(ours, before[at:])
    _add_text(theirs, after[their_at:])


def _add_text(cell: Paragraph, text: str, *, is_bold: bool = False) -> None:
    if text:
        add_run(cell, text.replace("\n", " "), is_bold=is_bold)


def _cut(text: str) -> str:
    look = list_words()["changes"]
    return text if len(text) <= look["longest"] else text[: look["longest"] - 1] + look["cut"]


def build_field_list(title: str, fields: Iterable[ListedField]) -> bytes:
    """Return 指标清单 for a kit of that title: the tags a template may use, to be copied from beside it."""
    look, document = list_words()["fields"], new_document()
    defaults = defaults_of(document)
    put_face(defaults, look["font"])
    put_size(defaults, look["size_pt"])
    put(document.styles["Normal"].element.pPr, "jc", val="left")
    section = document.sections[0]
    section.page_width, section.page_height = map(Twips, _A4)
    for side in ("top_margin", "right_margin", "bottom_margin", "left_margin"):
        setattr(section, side, Twips(look["margin"]))
    section.header_distance = section.footer_distance = Twips(look["edge"])
    section.gutter = Twips(0)
    heading = document.add_paragraph()
    put(heading._p.get_or_add_pPr(), "jc", val="center")
    put_bold(add_run(heading, look["title"].format(title=title)).rPr)
    add_run(document.add_paragraph(), look["note"])
    table = add_grid(document, look["widths"])
    lines = [
        ("\u3000" * field.is_inner + field.tag, _shortened(field.text), field.remark) for field in fields
    ]
    for texts in (look["headings"], *lines):
        is_heading = not table._tbl.tr_lst
        for paragraph, text in zip(add_row(table), texts, strict=True):
            add_run(paragraph, text, is_bold=is_heading)
    document.add_paragraph()
    return saved(document)


def _shortened(text: str) -> str:
    longest = list_words()["fields"]["longest"]
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
