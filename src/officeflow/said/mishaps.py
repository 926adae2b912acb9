"""Findings about the call or the machine, for front ends that caught them."""

from __future__ import annotations

import errno
import tomllib
from pathlib import Path

from officeflow.model.findings import Finding
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__)


def environment(error: OSError) -> Finding:
    """Return the finding for a file, disk or network that is in the way."""
    path = str(error.filename or "")
    return MESSAGES.finding("ENVIRONMENT", file=path, name=Path(path).name, value=_reason(error))


def _reason(error: OSError) -> str:
    words = tomllib.loads(Path(__file__).with_name("mishaps.toml").read_text(encoding="utf-8"))
    code = errno.errorcode.get(error.errno or 0, "")
    return str(words.get(code) or error.strerror or type(error).__name__)


def usage(text: str) -> Finding:
    """Return the finding for a command that cannot be understood."""
    return MESSAGES.finding("USAGE", value=text)


def defect() -> Finding:
    """Return the finding for a mistake of our own, met while a use case ran."""
    return MESSAGES.finding("PROGRAM_BROKEN")


def stopped() -> Finding:
    """Return the finding for a use case that the person stopped."""
    return MESSAGES.finding("STOPPED")
