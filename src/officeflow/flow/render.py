"""Fill a plain Word template with values from a JSON file: no kit, no workbook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from officeflow.flow._words import TEMPLATES, words
from officeflow.flow.answers import Exit, FilesAnswer, Result
from officeflow.flow.destination import blocked_at, put
from officeflow.intake.desk import Desk
from officeflow.intake.progress import Event, Tell, ignore
from officeflow.intake.source import missing
from officeflow.model.findings import Finding, Outcome
from officeflow.text.nearest import nearest

_LARGEST = 400  # digits: a number of JSON is a page's, 1e999999999 would be a gigabyte


def run(
    desk: Desk,  # noqa: ARG001  every use case takes it
    *,
    template: Path,
    values: Path,
    output: Path | None = None,
    tell: Tell = ignore,
) -> Result:
    """Return where the document was written.

    What a template asks for and the values do not have prints nothing and is a hint, as docxtpl
    does it.  Numbers print as they stand in the file.  What stands at the target is replaced only
    while nobody saved it since we wrote it.

    Raises:
        OSError: a file cannot be read or written now.
    """
    lost = [one for one in (template, values) if not one.is_file()]
    if lost:
        return _nothing(*map(missing, lost), code=Exit.UNUSABLE)
    target = output or values.with_name(f"{values.stem}{words()['rendered']}.docx")
    if target.exists() and target.resolve() == template.resolve():
        return _nothing(TEMPLATES.finding("OUTPUT_IS_SOURCE", file=str(target), name=target.name))
    if blocked := blocked_at("render", target):
        return _nothing(*blocked)
    read = read_values(values)
    if read.value is None:
        return _nothing(*read.findings, *_mistakes(template))
    tell(Event(stage="write", name=target.name))
    filled = _filled(template, read.value)
    findings = filled.findings
    if filled.value is None:
        return _nothing(*findings)
    written = put("render", filled.value, target, is_named=output is not None)
    files = () if written.value is None else (str(written.value),)
    code = Exit.DONE if files else Exit.FINDINGS
    return Result(FilesAnswer(files=files), (*findings, *written.findings), code)


def _nothing(*findings: Finding, code: Exit = Exit.FINDINGS) -> Result:
    return Result(FilesAnswer(files=()), findings, code)


def _mistakes(template: Path) -> tuple[Finding, ...]:
    """Return what is wrong with the template whatever the values are."""
    from officeflow.document.render.checking import check_template
    from officeflow.document.template_api.dialect import PLAIN

    found = check_template(template.read_bytes(), dialect=PLAIN).findings
    return tuple(replace(finding, file=str(template)) for finding in found if finding.is_open)


def _filled(template: Path, values: Mapping[str, object]) -> Outcome[bytes | None]:
    from io import BytesIO

    from officeflow.document.template_api.template import Template, TemplateError

    document = BytesIO()
    try:
        filled = Template(template)
        filled.render(values)
        asked = filled.get_undeclared_template_variables(context=values)
        filled.save(document)
    except TemplateError as error:
        return Outcome(None, tuple(replace(finding, file=str(template)) for finding in error.findings))
    return Outcome(document.getvalue(), tuple(_missing(name, values) for name in sorted(asked)))


def _missing(name: str, values: Mapping[str, object]) -> Finding:
    from officeflow.document.render.printing import suggestion

    return TEMPLATES.finding("VALUE_MISSING", value=name, nearest=suggestion(nearest(name, values)))


def read_values(path: Path) -> Outcome[Mapping[str, object] | None]:
    """Return the values of a JSON file by name, numbers exact; None with the finding that says why not."""
    content = path.read_bytes()
    try:
        values = json.loads(
            _text(content),
            parse_float=_number,
            parse_int=_number,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except _ValueError as error:
        return _unread(path, error.code, value=error.value)
    except json.JSONDecodeError as error:
        return _unread(path, "VALUES_NOT_JSON", line=error.lineno)
    except (UnicodeDecodeError, RecursionError):
        return _unread(path, "VALUES_NOT_JSON", line=1)
    return Outcome(values) if isinstance(values, dict) else _unread(path, "VALUES_NOT_NAMED")


def _unread(path: Path, code: str, **said: object) -> Outcome[Mapping[str, object] | None]:
    return Outcome(None, (TEMPLATES.finding(code, file=str(path), name=path.name, **said),))  # type: ignore[arg-type]


class _ValueError(Exception):
    def __init__(self, code: str, value: str) -> None:
        super().__init__(value)
        self.code, self.value = code, value


def _text(content: bytes) -> str:
    encoding = json.detect_encoding(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("gb18030")  # what Notepad calls ANSI on a Chinese Windows


def _number(digits: str) -> Decimal | int:
    number = Decimal(digits)
    if number and abs(number.adjusted()) > _LARGEST:
        raise _ValueError("VALUES_NUMBER", digits[:20])
    return int(digits) if digits.lstrip("-").isdigit() else number


def _no_number(constant: str) -> NoReturn:
    raise _ValueError("VALUES_NUMBER", constant)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise _ValueError("VALUES_TWICE", name)
        found[name] = value
    return found
