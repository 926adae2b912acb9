"""Word documents: templates built from Markdown, composed with figures, traced by the record inside.

Why lazy: most commands only check a workbook and must not pay for Jinja and
lxml; a name is imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officeflow.document.build.template import build_template
    from officeflow.document.provenance.record import Record, is_untouched, read_record
    from officeflow.document.render.composing import Composed, compose
    from officeflow.document.wml.structure import structure_problems

__all__ = [
    "Composed",
    "Record",
    "build_template",
    "compose",
    "is_untouched",
    "read_record",
    "structure_problems",
]

_HOMES = {
    "Composed": "render.composing",
    "Record": "provenance.record",
    "build_template": "build.template",
    "compose": "render.composing",
    "is_untouched": "provenance.record",
    "read_record": "provenance.record",
    "structure_problems": "wml.structure",
}


def __getattr__(name: str) -> Any:
    """Return a public name from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
