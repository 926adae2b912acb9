"""数据来源表: one page of Word that says of every reported number what it means and where it stands.

It is written by our own engine, from a template made of Markdown and the office's
own profile, so that it looks like the office's other pages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from officeflow.document.bound.list_look import list_profile, note_part, title_part, without_grid
from officeflow.document.build.template import build_template
from officeflow.document.render.composing import Composed, compose
from officeflow.document.wml.wordml import DECLARATION, TC, TR, parse, serialize, w
from officeflow.model.document import Origin
from officeflow.model.figures import Figure, State
from officeflow.model.findings import Outcome
from officeflow.model.layout import TWIPS_PER_MM, Genre, Profile
from officeflow.model.trace import Trace, TracedFigure
from officeflow.model.values import Period
from officeflow.ooxml import open_package, write_package
from officeflow.text.formats import print_value

_HERE = Path(__file__).parent
_BODY = "word/document.xml"
_NAMED = 5
"""Workbooks named above the table."""


def sources_table(trace: Trace, profile: Profile, origins: Sequence[Origin]) -> Outcome[Composed | None]:
    """Return the table for a traced document, laid out by an office's profile.

    `origins` are the workbooks the traced document was written from; they make the table ours,
    so that it may be written again.  Figures come in the order of the text, equal ones once.
    """
    words, rows = _data()["words"], tuple(_rows(trace))
    template = _template(list_profile(profile), title=_data()["title"], is_empty=not rows)
    period = Period.parse(trace.period)
    workbooks = trace.workbooks or (trace,)
    said = {
        "document": trace.document.removesuffix(".docx"),
        "unit": _listed(trace.units) or words["nothing"],
        "period": print_value(period).text or words["nothing"],
        "scope": words["scope"].format(scope=trace.scope) if trace.scope else "",
        "file": _listed([one.file for one in workbooks]),
        "digest": _listed([one.digest[:8] for one in workbooks]),
    }
    texts = {"题目": _data()["title"], **_numbered([note.format(**said) for note in words["notes"]])}
    figures = {name: _text(name, text) for name, text in texts.items()}
    figures["各行"] = replace(_text("各行", " "), members=rows)
    return compose(template, figures, origins=origins)


def _listed(names: Sequence[str]) -> str:
    words = _data()["words"]
    more: str = words["more"].format(count=len(names)) if len(names) > _NAMED else ""
    return str(words["separator"].join(names[:_NAMED])) + more


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((_HERE / "sources_table.toml").read_text(encoding="utf-8"))


def _numbered(notes: list[str]) -> dict[str, str]:
    return {f"说明{number}": note for number, note in enumerate(notes, 1)}


def _text(name: str, text: str) -> Figure:
    return Figure(id=name, name=name, value=text, state=State.KNOWN if text else State.EMPTY, text=text)


@dataclass(frozen=True)
class _Entry:
    """One line of the table: a figure, and how often the text prints it so."""

    figure: TracedFigure
    count: int = 1


def _rows(trace: Trace) -> Iterator[Figure]:
    entries: dict[tuple[str, ...], _Entry] = {}
    for one in trace.figures:
        if not one.is_number or not (one.is_reported or one.state == "adopted"):
            continue
        key = (one.id, one.value, one.text_now, one.state)
        known = entries.get(key)
        entries[key] = replace(known, count=known.count + 1) if known else _Entry(one)
    for number, entry in enumerate(entries.values(), 1):
        fields = {name: _text(name, text) for name, text in _cells(number, entry).items()}
        yield replace(_text("行", str(number)), key=str(number), fields=fields)


def _cells(number: int, entry: _Entry) -> dict[str, str]:
    words, one = _data()["words"], entry.figure
    before, text, after = one.fragment
    again = words["again"].format(count=entry.count - 1) if entry.count > 1 else ""
    sources = (
        words["source"].format(sheet=each.place, cells=each.cells, rows=each.rows) for each in one.sources
    )
    state = words.get(one.state, "").format(
        text=one.text, name=one.adopted_by, day=one.adopted_on, reason=one.reason
    )
    return {
        "序号": str(number),
        "前": before,
        "数": text or one.text,
        "后": f"{after}{again}",
        "精确值": one.exact,
        "口径": next((hop.definition for hop in one.chain), "") or words["no_definition"],
        "说明": state + (words["now"].format(now=one.now) if one.now else ""),
        "出处": words["and"].join(sources) or words["nothing"],
        "上期": one.previous,
        "增减": one.change,
    }


def _template(profile: Profile, *, title: str, is_empty: bool) -> bytes:
    data = _data()
    words = data["words"]
    notes = (note_part(f"{{{{ {name} }}}}") for name in _numbered(words["notes"]))
    frame = Genre(
        id="sources",
        title=data["title"],
        head=(title_part("{{ 题目 }}"), *notes),
        foot=(note_part(words["foot"]),),
    )
    markdown = words["empty"] if is_empty else (_HERE / "sources_table.md").read_text(encoding="utf-8")
    return _with_widths(build_template(markdown, frame, profile, title=title))


def _with_widths(template: bytes) -> bytes:
    """Return the template with the table's columns as wide as their content needs."""
    package = open_package(template).value
    if package is None:
        raise AssertionError  # we have just written it
    parts = {name: package.read(name) for name in package.names}
    body, columns = parse(parts[_BODY]), _data()["columns"]
    widths = [str(round(width * TWIPS_PER_MM)) for width in columns["widths_mm"]]
    for properties in body.iter(w("tblPr")):
        properties.append(_margins(round(columns["padding_mm"] * TWIPS_PER_MM)))
    for whole in body.iter(w("tblW")):
        whole.set(w("w"), str(sum(map(int, widths))))
    without_grid(body)
    for column, width in zip(body.iter(w("gridCol")), widths, strict=False):
        column.set(w("w"), width)
    for row in body.iter(TR):
        for cell, width in zip(row.iter(TC), widths, strict=True):
            next(cell.iter(w("tcW"))).set(w("w"), width)
    return write_package({**parts, _BODY: (DECLARATION + serialize(body)).encode()})


def _margins(padding: int) -> Any:
    sides = "".join(f'<w:{side} w:w="{padding}" w:type="dxa"/>' for side in ("left", "right"))
    namespace = w("p")[1:].partition("}")[0]
    return parse(f'<w:tblCellMar xmlns:w="{namespace}">{sides}</w:tblCellMar>'.encode())
