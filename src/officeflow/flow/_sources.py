"""Write the 数据来源表 of a document: laid out as the office's other pages, never over somebody's work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from officeflow.document.authoring.sources_table import sources_table
from officeflow.flow.destination import put
from officeflow.intake.desk import Desk
from officeflow.kits.load import LayoutError
from officeflow.model.document import Origin
from officeflow.model.findings import Outcome
from officeflow.model.trace import Trace


def write_sources(
    desk: Desk,
    output: str,
    trace: Trace,
    origins: Sequence[Origin],
    target: Path,
    *,
    source: Path,
    profile_name: str = "",
) -> Outcome[Path | None]:
    """Write the table of the document `source` and return where; None with why: the layout cannot be used, or the file is somebody's work.

    `output` names the policy of flow/destinations.toml.  `profile_name` is the layout of the report itself; the office's own setting takes precedence.

    Raises:
        OSError: the target folder is out of reach now.
    """
    try:
        layout = desk.profile(profile_name)
    except LayoutError as error:
        return Outcome(None, error.findings)
    outcome = sources_table(trace, layout, origins, store=desk.cache and desk.cache / "built")
    if outcome.value is None:
        return Outcome(None, outcome.findings)
    return put(output, outcome.value.document, target, is_named=True, source=source)
