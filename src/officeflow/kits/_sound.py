"""Whether a kit can be used: every name leads somewhere, every form can be built and read.

Asked once, when a kit is first read: what is kept in the cache was found sound,
and whatever uses a kit need not fear a name that is not there.  Texts, samples
and templates are no part of it: they concern those who build (`kit check`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from officeflow.checks import kit_problems as check_problems
from officeflow.figures import kit_problems as figure_problems
from officeflow.figures._problems import condition_problems
from officeflow.model.findings import Finding
from officeflow.model.kit import Field, Form, Kit, Report, Scalar
from officeflow.text.messages import Catalogue
from officeflow.text.nearest import nearest
from officeflow.text.words import read_yes_no
from officeflow.workbook.words import folded, words

MESSAGES = Catalogue.beside(__file__)
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$|^.{32}")  # what Excel refuses
_EXPLANATIONS = ("rule_id", "row_key", "typed", "answer")
_OUTLINE = ("level", "heading", "parent", "on")


def kit_faults(kit: Kit, file: Path) -> tuple[Finding, ...]:
    """Return why a kit cannot be used, () when it can; `file` is its kit.toml."""
    found = [*_references(kit), *_forms(kit), *_fields(kit), *_outlines(kit), *_reports(kit)]
    # Rules are looked at in forms that stand: they name fields and choices of these.
    rules = () if found else (*figure_problems(kit), *check_problems(kit))
    return tuple(replace(fault, file=str(file)) for fault in (*found, *rules))


def _reports(kit: Kit) -> Iterator[Finding]:
    for report in kit.reports:
        for known, place, names in (
            (kit.form_by_id, "forms", report.forms),
            (kit.figure_by_id, "slots", tuple(report.slots.values())),
        ):
            for name in names:
                if name not in known:
                    yield MESSAGES.finding(
                        "KIT_REFERENCE",
                        where=f"report.{report.id}.{place}",
                        value=name,
                        expected=nearest(name, known),
                    )


def _references(kit: Kit) -> Iterator[Finding]:
    fields = [f"{form.id}.{field.id}" for form in kit.forms for field in form.fields]
    records = [path for path in fields if kit.form_by_id[path.partition(".")[0]].kind == "record"]
    for known, named in ((records, _named_values(kit)), (fields, _named_fields(kit))):
        for where, path in named:
            if path not in known:
                expected = nearest(path, known)
                yield MESSAGES.finding("KIT_REFERENCE", where=where, value=path, expected=expected)


def _named_values(kit: Kit) -> Iterator[tuple[str, str]]:
    """Yield (where it is said, `form.field`) for every record field a kit names outside its rules."""
    yield "kit.unit", kit.unit
    yield from (("kit.period", path) for path in kit.period)
    yield from (("kit.next", path) for path in (*kit.next.keeps_start, *kit.next.year_start))
    yield from ((f"{form.id}.zero", form.zero) for form in kit.forms if form.zero)


def _named_fields(kit: Kit) -> Iterator[tuple[str, str]]:
    """Yield (where it is said, `form.field`) for every field of any form a kit names outside its rules."""
    for form in kit.forms:
        for field_id in form.key:
            yield f"{form.id}.key", f"{form.id}.{field_id}"
        for field_id in form.carries if isinstance(form.carries, dict) else ():
            yield f"{form.id}.carries", f"{form.id}.{field_id}"
        for field in form.fields:
            yield from ((f"{form.id}.{field.id}", path) for path in _named_by(field, form))


def _named_by(field: Field, form: Form) -> Iterator[str]:
    yield from (path for path in (field.refers, field.suggest) if path)
    for where in (field.required, field.bounds):
        if isinstance(where, dict):
            yield from (f"{form.id}.{other}" for other in where)
    if field.default_by:
        yield f"{form.id}.{field.default_by}"


def _forms(kit: Kit) -> Iterator[Finding]:
    if all(form.kind == "explanations" for form in kit.forms):
        yield MESSAGES.finding("KIT_KEY_MISSING", where="form", value="form")
    yield from _twice("sheet", (folded(form.sheet) for form in kit.forms))
    ours = words().pages | {words().previous}
    for form in kit.forms:
        if not form.sheet or _NO_SHEET_NAME.search(form.sheet) or folded(form.sheet) in ours:
            yield MESSAGES.finding("KIT_SHEET_NAME", where=form.id, value=form.sheet)
        if not form.fields:
            yield MESSAGES.finding("KIT_KEY_MISSING", where=f"{form.id}.field", value="field")
        yield from _twice(f"{form.id}.field", (field.id for field in form.fields))
        yield from _twice(f"{form.id}.field", (folded(field.header) for field in form.fields))
        if form.kind == "explanations":
            yield from _lacking(form, _EXPLANATIONS)


def _twice(where: str, names: Iterable[str]) -> Iterator[Finding]:
    for name, times in Counter(names).items():
        if times > 1:
            yield MESSAGES.finding("KIT_TWICE", where=where, value=name)


def _lacking(form: Form, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if name not in form.by_id:
            yield MESSAGES.finding("KIT_FIELD_NEEDED", where=form.id, value=name)


def _fields(kit: Kit) -> Iterator[Finding]:
    for form in kit.forms:
        for field in form.fields:
            where = f"{form.id}.{field.id}"
            if field.type == "choice" and not field.choices:
                yield MESSAGES.finding("KIT_KEY_MISSING", where=f"{where}.choices", value="choices")
            if field.type == "ref" and not field.refers:
                yield MESSAGES.finding("KIT_KEY_MISSING", where=f"{where}.refers", value="refers")
            for default in _defaults(field):
                if not _fits(default, field):
                    yield MESSAGES.finding("KIT_DEFAULT", where=where, value=default)
            yield from _conditions(form, field, where)


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


def _outlines(kit: Kit) -> Iterator[Finding]:
    for report in kit.reports:
        if report.outline:
            yield from _outline(kit, report)


def _outline(kit: Kit, report: Report) -> Iterator[Finding]:
    where, form = f"report.{report.id}.outline", kit.form_by_id.get(report.outline)
    if form is None or form.kind != "ledger":
        expected = nearest(report.outline, kit.form_by_id)
        yield MESSAGES.finding("KIT_REFERENCE", where=where, value=report.outline, expected=expected)
        return
    yield from _lacking(form, _OUTLINE)
    if "level" in form.by_id and not form.by_id["level"].choices:
        yield MESSAGES.finding("KIT_KEY_MISSING", where=f"{form.id}.level.choices", value="choices")
