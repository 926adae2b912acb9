"""Markings of classified matter on a document: by its name before it is opened, then by what stands in it."""

from __future__ import annotations

from pathlib import Path

from officeflow.checks import STOPS, secrecy_finding, secrecy_of_name
from officeflow.document.wml.markings import is_classified
from officeflow.model.findings import Finding
from officeflow.text.messages import Place


def marked_name(path: Path) -> tuple[Finding, ...]:
    """Return the one finding that stops at a file whose name is marked (某局_机密_2026.docx), else nothing."""
    return _marked(path) if secrecy_of_name(path.stem) in STOPS else ()


def marked_text(path: Path, document: bytes) -> tuple[Finding, ...]:
    """Return the one finding that stops at a document with a marking in it, else nothing."""
    return _marked(path) if is_classified(document) else ()


def _marked(path: Path) -> tuple[Finding, ...]:
    return (secrecy_finding("MARKED", Place(), file=str(path)),)
