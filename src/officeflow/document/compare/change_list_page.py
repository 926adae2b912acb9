"""The list of changes as a page of Word, in the office's own layout."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from officeflow.document.bound.list_look import list_profile, note_part, title_part, without_grid
from officeflow.document.build.template import build_template
from officeflow.document.compare.aligning import diff
from officeflow.document.compare.change_list import ChangeKind, ListedChange, words
from officeflow.document.wml.elements import NAMESPACES, run, w
from officeflow.document.wml.wordml import DECLARATION, SECT_PR, parse, serialize
from officeflow.model.layout import Genre, Profile
from officeflow.ooxml import open_package, write_package

_MAIN = "word/document.xml"
_PER_CENT = 100


def build_change_list(
    changes: Sequence[ListedChange], profile: Profile, *, name: str, their_name: str
) -> bytes:
    """Return the list as a .docx; `name` and `their_name` are the compared files'.

    What differs stands in bold in the words around it; long passages are cut.
    """
    said = words()
    numbers = sum(one.kind is ChangeKind.NUMBER for one in changes)
    summary = said["summary" if changes else "same"].format(
        ours=name, theirs=their_name, count=len(changes), numbers=numbers
    )
    profile = list_profile(profile)
    head = (title_part(said["title"]), note_part(summary))
    document = build_template("", Genre(id="changes", title=said["title"], head=head), profile)
    package = open_package(document).value
    if package is None:  # we have just written it
        raise ValueError(name)
    parts = {part: package.read(part) for part in package.names}
    root = parse(parts[_MAIN])
    without_grid(root)
    if changes:
        table = etree.fromstring(f"<x {NAMESPACES}>{_table(changes, profile)}</x>")[0]
        next(root.iter(SECT_PR)).addprevious(table)
        # Word wants a paragraph after a table; one without height keeps the page as it is.
        last = w("p", w("pPr", w("spacing", line="20", lineRule="exact")))
        next(root.iter(SECT_PR)).addprevious(etree.fromstring(f"<x {NAMESPACES}>{last}</x>")[0])
    return write_package({**parts, _MAIN: (DECLARATION + serialize(root)).encode()})


def _table(changes: Sequence[ListedChange], profile: Profile) -> str:
    said = words()
    widths = [profile.page.text_width * share // _PER_CENT for share in said["shares"]]
    properties = w(
        "tblPr",
        w("tblStyle", val="TableGrid"),
        w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
    )
    heading = _row([_runs(text) for text in said["columns"]], widths, profile, is_heading=True)
    rows = [
        _row(_cells(number, one), widths, profile, is_heading=False) for number, one in enumerate(changes, 1)
    ]
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), heading, *rows)


def _cells(number: int, one: ListedChange) -> list[str]:
    before, after = _runs_apart(_cut(one.before), _cut(one.after))
    if one.figure:
        before = _runs(words()["named"].format(figure=one.figure, text="")) + before
    return [_runs(str(number)), _runs(one.place_text), before, after, _runs(one.kind_text)]


def _runs_apart(before: str, after: str) -> tuple[str, str]:
    """Return the runs of two texts; what differs is bold, unless all of it does."""
    if not before or not after:
        return _runs(before), _runs(after)
    sides: tuple[list[str], list[str]] = ([], [])
    at = [0, 0]
    for change in diff(before, after):
        for side, text, start, end in ((0, before, *change[:2]), (1, after, *change[2:])):
            sides[side].append(_runs(text[at[side] : start]) + _runs(text[start:end], is_bold=True))
            at[side] = end
    return "".join((*sides[0], _runs(before[at[0] :]))), "".join((*sides[1], _runs(after[at[1] :])))


def _runs(text: str, *, is_bold: bool = False) -> str:
    size = round(words()["size_pt"] * 2)
    bold = (w("b"), w("bCs")) if is_bold else ()
    return run(text.replace("\n", " "), *bold, w("sz", val=size), w("szCs", val=size)) if text else ""


def _cut(text: str) -> str:
    longest = words()["longest"]
    return text if len(text) <= longest else text[: longest - 1] + words()["cut"]


def _row(cells: Sequence[str], widths: Sequence[int], profile: Profile, *, is_heading: bool) -> str:
    style = profile.styles[profile.cell_heading if is_heading else profile.cell].id
    look = w(
        "pPr",
        w("pStyle", val=style),
        w("snapToGrid", val="0"),
        w("spacing", line=round(words()["line_pt"] * 20), lineRule="exact"),
    )
    filled = (
        w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")), w("p", look, runs))
        for runs, width in zip(cells, widths, strict=True)
    )
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if is_heading else ""), *filled)
