"""The JSON envelope: one document, Chinese unescaped, fields named as the answers name them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from officeflow import __version__
from officeflow.flow.answers import Result

_KEPT_BACK = frozenset({"row_key"})
"""Names a row by what it holds, personal fields too: made for the 情况说明 of the same workbook, not for others."""


def envelope(name: str, result: Result) -> str:
    """Return the result of a command as JSON text."""
    head = {"officeflow": __version__, "command": name, "ok": result.ok, "findings": _plain(result.findings)}
    answer = {} if result.answer is None else _plain(result.answer)
    return json.dumps(head | answer if isinstance(answer, dict) else head, ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        # A trailing underscore only keeps a field's name off Python's own words ('from_').
        return {
            field.name.rstrip("_"): _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in _KEPT_BACK
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
