"""Values made by docxtpl itself, taken as ours: people who come from it need not change their programs at once."""

from __future__ import annotations

from typing import Any

from officeflow.document.inline_image import InlineImage

_PICTURE = "docxtpl.inline_image"


def adopted(value: Any) -> Any:
    """Return docxtpl's picture as our own; rich text, listings and sub-documents say themselves what they print."""
    if type(value).__module__ != _PICTURE:
        return value
    return InlineImage(value.tpl, value.image_descriptor, value.width, value.height, value.anchor)
