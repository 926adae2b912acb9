"""A template checked before there is any data: all that is wrong, and what is merely odd, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from lxml import etree

from officeflow.document.reckoning.tags import TagKind
from officeflow.document.render.composing import render, unknown_names
from officeflow.document.render.printing import template_finding
from officeflow.document.templates.compiled import Compiled
from officeflow.document.templates.dialect import REPORT, Dialect
from officeflow.document.templates.heal import Problem, Tag, TagPlace
from officeflow.document.templates.outline import Plan
from officeflow.document.templates.store import compile_template
from officeflow.document.wml.runs import runs, text_of
from officeflow.document.wml.wordml import P, parse, qn
from officeflow.document.words import WORDS
from officeflow.model.figures import Figure
from officeflow.model.findings import Finding
from officeflow.text.formats import format_names, print_value

_SIMPLE = re.compile(r"(\w+)\s*(?:\|\s*(\w+)\s*)?")
"""{{ 捐款 }} and {{ 捐款|数 }}: what can be judged without running anything."""
_BODY = WORDS.part("document")
_OF_THE_DATA = frozenset(("FIGURE_EMPTY", "FIGURE_UNKNOWN"))


class CheckedTemplate(NamedTuple):
    """What was found: problems and hints at their tags, and what is wrong with the file as a whole."""

    problems: tuple[Problem, ...]
    general: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of it in words."""
        return (*self.general, *map(template_finding, self.problems))


def check_template(
    template: bytes,
    figures: Mapping[str, Figure] | None = None,
    dialect: Dialect = REPORT,
    *,
    is_sample: bool = False,
) -> CheckedTemplate:
    """Return everything that is wrong with a template.

    With `figures` (of a kit's sample) it is judged as a report of that kit: unknown names, units
    printed twice, formats that do not fit.  Without, by what its `dialect` says alone.  `is_sample`:
    the figures are to show all that the template prints, and one that is empty is told as well.
    """
    compiled = compile_template(template, None, dialect)
    found = [*compiled.problems, *compiled.hints]
    if figures is not None and compiled.main:
        found += _judged(compiled, figures, frozenset() if is_sample else _OF_THE_DATA)
    if compiled.main:
        texts = (name for name in compiled.parts if REPORT.parts.fullmatch(name))
        found += leftovers(compiled.parts, sorted(texts, key=lambda name: (name != compiled.main, name)))
    told = {(one.code, one.place, one.tag, *one.values.items()): one for one in found}
    return CheckedTemplate(tuple(sorted(told.values(), key=_order)), compiled.findings)


def _order(problem: Problem) -> tuple[bool, str, int]:
    return problem.place.part != _BODY, problem.place.part, problem.place.paragraph


def _judged(compiled: Compiled, figures: Mapping[str, Figure], untold: AbstractSet[str]) -> Iterator[Problem]:
    yield from unknown_names(compiled, figures)
    for tag in compiled.tags:
        if tag.kind is TagKind.PRINT and (simple := _SIMPLE.fullmatch(tag.body)) and simple[1] in figures:
            yield from _printed(tag, figures[simple[1]], simple[2] or "")
    if not compiled.findings and not compiled.problems:
        rendering, _ = render(compiled, figures, Plan(), draft=True)
        yield from (one for one in rendering.printer.problems if one.code not in untold)


def _printed(tag: Tag, figure: Figure, form: str) -> Iterator[Problem]:
    """Yield what is wrong with a figure printed alone, also where the sample would not print it."""
    text = figure.text
    if form in format_names() and figure.is_known:
        try:
            text = print_value(figure.value, unit=figure.unit, format=form).text
        except (ValueError, TypeError):
            yield Problem("FORMAT_UNFIT", tag.place, tag.source, {"name": form, "expected": ""})
            return
    unit = figure.unit
    if unit and text.endswith(unit) and tag.following.startswith(unit):
        yield Problem("UNIT_TWICE", tag.place, tag.source, {"name": unit})


_STYLES = "word/styles.xml"
_STYLED = frozenset(map(qn, ("pStyle", "rStyle", "tblStyle")))
_CHANGED = frozenset(map(qn, ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")))
# ECMA-376 part 1, 17.16.5.49 and others: fields whose first argument is a bookmark.
_REFERRING = re.compile(r"^\s*(?:REF|PAGEREF|NOTEREF|HYPERLINK\s+\\l)\s+\"?([^\s\"\\]+)")


def leftovers(parts: Mapping[str, bytes], names: Iterable[str]) -> Iterator[Problem]:
    """Yield styles and bookmarks that are gone, and the first unsettled change and comment of each of these parts.

    Raises:
        etree.XMLSyntaxError: a part is not well-formed.
    """
    trees = {name: parse(parts[name]) for name in names}
    styles = _styles(parts)
    marks = {mark.get(qn("name")) for root in trees.values() for mark in root.iter(qn("bookmarkStart"))}
    for name, root in trees.items():
        once: set[str] = set()
        for number, paragraph in enumerate(root.iter(P), start=1):
            for code, said in _in_paragraph(paragraph, styles, marks):
                if said or code not in once:
                    once.add(code)
                    text = "".join(map(text_of, runs(paragraph)))
                    yield Problem(code, TagPlace(WORDS.part(name), number, text), values={"name": said})


def _styles(parts: Mapping[str, bytes]) -> frozenset[str | None] | None:
    if _STYLES not in parts:
        return None
    return frozenset(one.get(qn("styleId")) for one in parse(parts[_STYLES]).iter(qn("style")))


def _in_paragraph(
    paragraph: etree._Element, styles: frozenset[str | None] | None, marks: set[str | None]
) -> Iterator[tuple[str, str]]:
    for node in paragraph.iter(*_STYLED):
        if styles is not None and node.get(qn("val")) not in styles:
            yield "STYLE_LOST", node.get(qn("val")) or ""
    for name in filter(
        None, map(_bookmark, paragraph.iter(qn("hyperlink"), qn("fldSimple"), qn("instrText")))
    ):
        if name not in marks:
            yield "BOOKMARK_LOST", name
    if next(paragraph.iter(*_CHANGED), None) is not None:
        yield "CHANGES_LEFT", ""
    if next(paragraph.iter(qn("commentReference")), None) is not None:
        yield "COMMENT_LEFT", ""


def _bookmark(node: etree._Element) -> str:
    """Return the bookmark that a link or field refers to, '' when it refers to none."""
    if node.tag == qn("hyperlink"):
        return node.get(qn("anchor")) or ""
    found = _REFERRING.match(node.get(qn("instr")) or node.text or "")
    return found[1] if found else ""
