"""Whether a kit can be used: every name leads somewhere, every form can be built and read.

Asked once, when a kit is first read: what is kept in the cache was found sound,
and whatever uses a kit need not fear a name that is not there.  Texts, samples
and templates are no part of it: they concern those who build (`kit check`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from officeflow.checks import kit_problems as check_problems
from officeflow.figures import kit_problems as figure_problems
from officeflow.figures._problems import condition_problems
from officeflow.kits._lines import Fault, KeyPath
from officeflow.kits._words import MESSAGES
from officeflow.model.findings import Finding
from officeflow.model.kit import Field, Form, Kit, Report, Scalar
from officeflow.text.nearest import nearest
from officeflow.text.words import read_yes_no
from officeflow.workbook.words import folded, words

_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$|^.{32}")  # what Excel refuses
_EXPLANATIONS = ("rule_id", "row_key", "typed", "answer")
_OUTLINE = ("level", "heading", "parent", "on")
_Named: TypeAlias = tuple[KeyPath, str, str]
"""Where in the kit's table, what the author calls it, and the `form.field` that is named."""


def kit_faults(kit: Kit) -> tuple[Fault, ...]:
    """Return why a kit cannot be used, () when it can; each with its place in the kit's plain table."""
    found = [*_references(kit), *_forms(kit), *_fields(kit), *_outlines(kit), *_reports(kit)]
    # Rules are looked at in forms that stand: they name fields and choices of these.
    return tuple(found or _rules(kit))


def _rules(kit: Kit) -> Iterator[Fault]:
    places = {rule.id: number for number, rule in enumerate(kit.figures)}
    problems = figure_problems(kit)
    circle = next((problem for problem in problems if problem.code == "KIT_CIRCLE"), None)
    for problem in problems:
        if problem.code == "KIT_CIRCLE" and problem is not circle:
            continue  # the other figures of a circle are the same mistake
        yield Fault(("figure", places[problem.rule]), replace(problem, rule=""))
    for problem in check_problems(kit):
        yield Fault(("check", int(problem.row_key)), replace(problem, row_key=""))


def _reports(kit: Kit) -> Iterator[Fault]:
    for number, report in enumerate(kit.reports):
        for known, place, names in (
            (kit.form_by_id, "forms", report.forms),
            (kit.figure_by_id, "slots", tuple(report.slots.values())),
        ):
            for name in names:
                if name not in known:
                    where, near = f"report.{report.id}.{place}", nearest(name, known)
                    finding = MESSAGES.finding("KIT_REFERENCE", where=where, value=name, expected=near)
                    yield Fault(("report", number, place), finding)


def _references(kit: Kit) -> Iterator[Fault]:
    fields = [f"{form.id}.{field.id}" for form in kit.forms for field in form.fields]
    records = [path for path in fields if kit.form_by_id[path.partition(".")[0]].kind == "record"]
    for known, named in ((records, _named_values(kit)), (fields, _named_fields(kit))):
        for location, where, path in named:
            if path in known:
                continue
            code = "KIT_REFERENCE_RECORD" if path in fields else "KIT_REFERENCE"
            finding = MESSAGES.finding(code, where=where, value=path, expected=nearest(path, known))
            yield Fault(location, finding)


def _named_values(kit: Kit) -> Iterator[_Named]:
    """Yield every record field a kit names outside its rules."""
    yield ("unit",), "kit.unit", kit.unit
    yield from ((("period", place), "kit.period", path) for place, path in enumerate(kit.period))
    for name in ("keeps_start", "year_start"):
        yield from ((("next", name), "kit.next", path) for path in getattr(kit.next, name))
    for number, form in enumerate(kit.forms):
        if form.zero:
            yield ("form", number, "zero"), f"{form.id}.zero", form.zero


def _named_fields(kit: Kit) -> Iterator[_Named]:
    """Yield every field of any form a kit names outside its rules."""
    for number, form in enumerate(kit.forms):
        here: KeyPath = ("form", number)
        for field_id in form.key:
            yield (*here, "key"), f"{form.id}.key", f"{form.id}.{field_id}"
        for field_id in form.carries if isinstance(form.carries, dict) else ():
            yield (*here, "carries"), f"{form.id}.carries", f"{form.id}.{field_id}"
        for place, field in enumerate(form.fields):
            for path in _named_by(field, form):
                yield (*here, "field", place), f"{form.id}.{field.id}", path


def _named_by(field: Field, form: Form) -> Iterator[str]:
    yield from (path for path in (field.refers, field.suggest) if path)
    for where in (field.required, field.bounds):
        if isinstance(where, dict):
            yield from (f"{form.id}.{other}" for other in where)
    if field.default_by:
        yield f"{form.id}.{field.default_by}"


def _forms(kit: Kit) -> Iterator[Fault]:
    if all(form.kind == "explanations" for form in kit.forms):
        yield Fault((), MESSAGES.finding("KIT_KEY_MISSING", where="", value="form"))
    yield from _twice(
        "", {("form", number, "sheet"): folded(form.sheet) for number, form in enumerate(kit.forms)}
    )
    ours = words().pages | {words().previous}
    for number, form in enumerate(kit.forms):
        here: KeyPath = ("form", number)
        if not form.sheet or _NO_SHEET_NAME.search(form.sheet) or folded(form.sheet) in ours:
            yield Fault((*here, "sheet"), MESSAGES.finding("KIT_SHEET_NAME", where=form.id, value=form.sheet))
        if not form.fields:
            yield Fault(here, MESSAGES.finding("KIT_KEY_MISSING", where=f"{form.id} ", value="field"))
        places = {(*here, "field", place): field for place, field in enumerate(form.fields)}
        yield from _twice(f"{form.id} ", {place: field.id for place, field in places.items()})
        yield from _twice(f"{form.id} ", {place: folded(field.header) for place, field in places.items()})
        if form.kind == "explanations":
            yield from _lacking(form, here, _EXPLANATIONS)


def _twice(where: str, names: Mapping[KeyPath, str]) -> Iterator[Fault]:
    """Yield a name that stands at several places, at the second of them."""
    seen: set[str] = set()
    told: set[str] = set()
    for place, name in names.items():
        if name in seen and name not in told:
            told.add(name)
            yield Fault(place, MESSAGES.finding("KIT_TWICE", where=where, value=name))
        seen.add(name)


def _lacking(form: Form, place: KeyPath, names: Iterable[str]) -> Iterator[Fault]:
    for name in names:
        if name not in form.by_id:
            yield Fault(place, MESSAGES.finding("KIT_FIELD_NEEDED", where=form.id, value=name))


def _fields(kit: Kit) -> Iterator[Fault]:
    for number, form in enumerate(kit.forms):
        for place, field in enumerate(form.fields):
            where, here = f"{form.id}.{field.id}", ("form", number, "field", place)
            if field.type == "choice" and not field.choices:
                yield Fault(here, MESSAGES.finding("KIT_KEY_MISSING", where=f"{where} ", value="choices"))
            if field.type == "ref" and not field.refers:
                yield Fault(here, MESSAGES.finding("KIT_KEY_MISSING", where=f"{where} ", value="refers"))
            for default in _defaults(field):
                if not _fits(default, field):
                    finding = MESSAGES.finding("KIT_DEFAULT", where=where, value=default)
                    yield Fault((*here, "default"), finding)
            yield from (Fault(here, finding) for finding in _conditions(form, field, where))


def _defaults(field: Field) -> Iterator[Scalar]:
    if isinstance(field.default, dict):
        yield from (default for other, default in field.default.items() if other != "by")
    elif field.default is not None:
        yield field.default


def _fits(default: Scalar, field: Field) -> bool:
    if field.is_number:
        return isinstance(default, int | Decimal) and not isinstance(default, bool)
    if field.type == "yes_no":
        return isinstance(read_yes_no(default).value, bool)
    if field.type == "date":
        return isinstance(default, date)
    return not field.choices or default in field.choices


def _conditions(form: Form, field: Field, where: str) -> Iterator[Finding]:
    for conditions in (field.required, field.bounds):
        for name, condition in conditions.items() if isinstance(conditions, dict) else ():
            if name in form.by_id:
                yield from condition_problems(condition, form.by_id[name], where)


def _outlines(kit: Kit) -> Iterator[Fault]:
    for number, report in enumerate(kit.reports):
        if report.outline:
            yield from _outline(kit, report, ("report", number, "outline"))


def _outline(kit: Kit, report: Report, here: KeyPath) -> Iterator[Fault]:
    where, form = f"report.{report.id}.outline", kit.form_by_id.get(report.outline)
    if form is None or form.kind != "ledger":
        expected = nearest(report.outline, kit.form_by_id)
        finding = MESSAGES.finding("KIT_REFERENCE", where=where, value=report.outline, expected=expected)
        yield Fault(here, finding)
        return
    yield from _lacking(form, here, _OUTLINE)
    if "level" in form.by_id and not form.by_id["level"].choices:
        place = ("form", kit.forms.index(form))
        yield Fault(place, MESSAGES.finding("KIT_KEY_MISSING", where=f"{form.id}.level ", value="choices"))
