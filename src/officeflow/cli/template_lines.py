"""The names that a template may use, as lines of Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.cli.parser import screens
from officeflow.flow._template_answers import FieldAnswer, FieldsAnswer

_LONGEST = 30


def template_lines(answer: FieldsAnswer) -> Iterator[str]:
    """Yield one line for each figure, and under a list how its rows are written and what they have."""
    words = screens()["fields"]
    for field in answer.fields:
        yield _line(field, words["line"])
        if field.fields:
            yield words["rows"].format(name=field.name)
            yield from (_line(one, words["row"]) for one in field.fields)
    if answer.fields:
        yield words["how"]
    for path in answer.files:
        yield screens()["files"]["line"].format(path=path)


def _line(field: FieldAnswer, form: str) -> str:
    words = screens()["fields"]
    text = field.text or words.get(field.state, "")
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    title = "" if field.title == field.name else words["title"].format(title=field.title)
    return form.format(name=field.name, text=text, title=title)
