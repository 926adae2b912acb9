"""From filled ledgers to finished documents: every number knows its cell.

`__all__` is what programs may import from here (decision 39); everything else is reached through `cli` or
`flow`.  docs/architecture.md lists the layers, and the modules of `report` in the order to read them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officeflow.document.template_api.inline_image import InlineImage
    from officeflow.document.template_api.rich_text import RP, Listing, R, RichText, RichTextParagraph
    from officeflow.document.template_api.template import Template, TemplateError

__all__ = [
    "RP",
    "InlineImage",
    "Listing",
    "R",
    "RichText",
    "RichTextParagraph",
    "Template",
    "TemplateError",
    "__version__",
]

__version__ = "0.1.0"
_HOMES = {
    "InlineImage": "document.template_api.inline_image",
    **dict.fromkeys(
        ("Listing", "R", "RP", "RichText", "RichTextParagraph"), "document.template_api.rich_text"
    ),
    **dict.fromkeys(("Template", "TemplateError"), "document.template_api.template"),
}


def __getattr__(name: str) -> Any:
    """Return a public name from the module that defines it, imported when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
