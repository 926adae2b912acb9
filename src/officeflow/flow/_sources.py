"""Write the 数据来源表 of a document: laid out as the office's other pages, never over somebody's work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from officeflow.document.bound.sources_table import sources_table
from officeflow.flow._placing import place
from officeflow.flow._settings import kit_folders, read_settings
from officeflow.kits import LayoutError, profile
from officeflow.model.document import Origin
from officeflow.model.findings import Outcome
from officeflow.model.trace import Trace

_USUAL = "gb9704"


def write_sources(
    trace: Trace, origins: Sequence[Origin], target: Path, *, source: Path, profile_name: str = ""
) -> Outcome[Path | None]:
    """Write the table of the document `source` and return where; None with why: the layout cannot be used, or the file is somebody's work.

    `profile_name` is the layout of the report itself; the office's own setting goes before it.

    Raises:
        OSError: the target folder is out of reach now.
    """
    try:
        layout = profile(read_settings().profile or profile_name or _USUAL, kit_folders())
    except LayoutError as error:
        return Outcome(None, error.findings)
    outcome = sources_table(trace, layout, origins)
    if outcome.value is None:
        return Outcome(None, outcome.findings)
    target.parent.mkdir(parents=True, exist_ok=True)
    return place(outcome.value.document, target, source=source, is_asked=True)
