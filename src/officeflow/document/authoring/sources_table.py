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

from officeflow.document.authoring.kept_templates import kept_template
from officeflow.document.authoring.list_look import list_profile, note_part, title_part
from officeflow.document.render.composing import Composed, compose
from officeflow.model.document import Origin
from officeflow.model.figures import Figure, State
from officeflow.model.findings import Outcome
from officeflow.model.layout import Genre, Profile
from officeflow.model.trace import Trace, TracedFigure
from officeflow.model.values import Period
from officeflow.text.formats import print_value

_HERE = Path(__file__).parent
_NAMED = 5
"""Workbooks named above the table."""


def sources_table(
    trace: Trace, profile: Profile, origins: Sequence[Origin], *, store: Path | None = None
) -> Outcome[Composed | None]:
    """Return the table for a traced document, laid out by an office's profile.

    `origins` are the workbooks the traced document was written from; they make the table ours,
    so that it may be written again.  Figures come in the order of the text, equal ones once.
    `store` is a folder of the user's own where templates are kept from one click to the next.
    """
    words, rows = _data()["words"], tuple(_rows(trace))
    template = _template(profile, store, is_empty=not rows)
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
    return compose(template, figures, origins=origins, store=store)


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


def _template(profile: Profile, store: Path | None, *, is_empty: bool) -> bytes:
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
    layout = replace(list_profile(profile), cell_padding_mm=data["padding_mm"])
    return kept_template(markdown, frame, layout, title=data["title"], store=store)
