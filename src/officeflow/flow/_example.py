"""A kit's sample as a workbook that was read: what templates are shown and judged by before there is any data."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from officeflow.flow._reading import Reading, read
from officeflow.intake.desk import Desk
from officeflow.kits import KitSource, sample


def example(desk: Desk, source: KitSource) -> Reading | None:
    """Return the kit's filled example as it is read back, None when it cannot be (`kit check` says why)."""
    with TemporaryDirectory(prefix="officeflow-") as folder:
        path = Path(folder) / f"{source.kit.id}.xlsx"
        path.write_bytes(sample(source))
        return read(desk, path).value
