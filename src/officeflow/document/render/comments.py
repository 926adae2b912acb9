"""What is wrong with a template written into a copy of it, as Word comments at the tags' own places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from officeflow.document.render.printing import template_finding
from officeflow.document.templates.heal import Problem
from officeflow.document.wml.runs import runs, split, text_of
from officeflow.document.wml.wordml import DECLARATION, P, R, W, escape, main_part, parse, qn, serialize
from officeflow.document.words import WORDS
from officeflow.model.findings import Finding
from officeflow.ooxml import PartError, open_package
from officeflow.ooxml.parts import Parts

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CORE = "docProps/core.xml"
# LibreOffice shows a comment without a day as of the year -1; the template's own last day needs no clock.
_SAVED = re.compile(rb"<dcterms:modified[^>]*>(\d{4}-\d\d-\d\dT[\d:]+Z?)<")
_EMPTY = f'{DECLARATION}<w:comments xmlns:w="{W}"></w:comments>'.encode()


class _Note(NamedTuple):
    """A comment: its number, what it says, and where in its paragraph's text it stands."""

    number: int
    says: Finding
    tag: str


def with_comments(
    template: bytes, problems: Iterable[Problem], general: Sequence[Finding] = ()
) -> bytes | None:
    """Return a copy of the template with a comment for each problem, or None when it cannot be opened or has no paragraph.

    A problem of the body stands at its tag; what is wrong elsewhere (Word has no comments in
    headers) and `general` stand at the beginning and name their place.  The same
    problems give the same bytes.
    """
    package = open_package(template).value
    if package is None:
        return None
    try:
        main = main_part(
            {name: package.read(name) for name in package.names if name.endswith((".xml", ".rels"))}
        )
        patch = Parts(package)
        part = _comments_part(patch, main) if main else ""
        if not part:
            return None
        body, comments = parse(package.read(main)), parse(patch.read(part))
    except (PartError, etree.XMLSyntaxError):
        return None
    day = _SAVED.search(package.read(_CORE)) if _CORE in package else None
    first = 1 + max((int(one.get(qn("id")) or 0) for one in comments), default=-1)
    placed = _placed(list(problems), general, WORDS.part(main), first)
    paragraphs = list(body.iter(P))
    if not paragraphs:
        return None
    for number, notes in placed.items():
        _annotate(_outside_boxes(paragraphs[min(number, len(paragraphs)) - 1]), notes)
    for note in sorted(note for notes in placed.values() for note in notes):
        comments.append(_comment(note, day))
    patch.write(main, (DECLARATION + serialize(body)).encode())
    patch.write(part, (DECLARATION + serialize(comments)).encode())
    return patch.to_bytes()


def _comments_part(patch: Parts, main: str) -> str:
    """Return the name of the comments part, made when there is none."""
    found = next((one.target for one in patch.relations(main) if one.kind == "comments"), "")
    if found:
        return found if found in patch else ""
    name = patch.free_name("word/comments{}.xml")
    patch.write(name, _EMPTY)
    patch.declare(name, _TYPE)
    patch.relate(main, "comments", name)
    return name


def _placed(
    problems: Sequence[Problem], general: Sequence[Finding], body: str, first: int
) -> dict[int, list[_Note]]:
    """Return paragraph number → its notes."""
    placed: dict[int, list[_Note]] = {}
    told = [(None, one) for one in general] + [(problem, template_finding(problem)) for problem in problems]
    for number, (problem, says) in enumerate(told, start=first):
        is_here = problem is not None and problem.place.part == body
        paragraph, tag = (problem.place.paragraph, problem.tag) if problem and is_here else (1, "")
        placed.setdefault(paragraph, []).append(_Note(number, says, tag))
    return placed


def _outside_boxes(paragraph: etree._Element) -> etree._Element:
    """Return the paragraph, for one in a text box the paragraph that holds the box: Word comments on nothing in boxes."""
    boxes = list(paragraph.iterancestors(qn("txbxContent")))
    return next(boxes[-1].iterancestors(P), paragraph) if boxes else paragraph


def _annotate(paragraph: etree._Element, notes: Sequence[_Note]) -> None:
    text = "".join(map(text_of, runs(paragraph)))
    spans = dict(_spans(text, notes))
    cuts = sorted({cut for span in spans.values() for cut in span if 0 < cut < len(text)})
    groups = split(list(runs(paragraph)), cuts)
    own = list(runs(paragraph))
    starts = {cut: groups[place][0] for place, cut in enumerate([0, *cuts]) if place in groups}
    for note, (start, end) in spans.items():
        before = starts.get(start, own[0] if own else None)
        behind = starts.get(end)
        if before is None:
            paragraph.extend(
                (_mark("commentRangeStart", note), _mark("commentRangeEnd", note), _reference(note))
            )
            continue
        before.addprevious(_mark("commentRangeStart", note))
        ending = (_mark("commentRangeEnd", note), _reference(note))
        if behind is None:
            for one in reversed(ending):
                own[-1].addnext(one)
        else:
            for one in ending:
                behind.addprevious(one)


def _spans(text: str, notes: Sequence[_Note]) -> Iterator[tuple[_Note, tuple[int, int]]]:
    """Yield where each note's tag stands in its paragraph's text; all of it when it is not found as it was typed."""
    after: dict[str, int] = {}
    for note in notes:
        start = text.find(note.tag, after.get(note.tag, 0)) if note.tag else -1
        start = text.find(note.tag) if note.tag and start < 0 else start
        after[note.tag] = start + 1
        yield note, (start, start + len(note.tag)) if start >= 0 else (0, len(text))


def _mark(name: str, note: _Note) -> etree._Element:
    return etree.Element(qn(name), {qn("id"): str(note.number)})


def _reference(note: _Note) -> etree._Element:
    run = etree.Element(R)
    run.append(_mark("commentReference", note))
    return run


def _comment(note: _Note, day: re.Match[bytes] | None) -> etree._Element:
    words = _words()
    dated = f' w:date="{day[1].decode()}"' if day else ""
    lines = filter(None, (note.says.message, note.says.remedy))
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines
    )
    said = f'w:id="{note.number}" w:author="{words["author"]}" w:initials="{words["initials"]}"{dated}'
    return etree.fromstring(f'<w:comment xmlns:w="{W}" {said}>{paragraphs}</w:comment>')


@cache
def _words() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("comments.toml").read_text(encoding="utf-8"))
