"""Documents with figures bound in them: composed of the standard figures, and opened again."""

from __future__ import annotations

from collections.abc import Mapping

from officeflow.document.bound.document import BoundDocument, read_bound
from officeflow.document.render.composing import compose
from officeflow.model.figures import Figure
from tests.support.docx import docx
from tests.support.figures import ORIGIN, STANDARD


def written(body: str, figures: Mapping[str, Figure] = STANDARD, **more: str) -> bytes:
    """The document that a template with this body (and header) becomes."""
    outcome = compose(docx(body, **more), figures, origins=(ORIGIN,))
    assert outcome.value is not None, outcome.findings
    return outcome.value.document


def opened(document: bytes) -> BoundDocument:
    """The document with its figures found again."""
    value = read_bound(document).value
    assert value is not None
    return value
