"""Programs run as a person runs them: through the shell, with this interpreter's programs first on the path."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which `officeflow` is the tested one and has no settings but those in `home`."""
    programs = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    own = {"PATH": programs, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "APPDATA": str(home)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OFFICEFLOW_", "XDG_"))}
    return {**kept, **own, "PYTHONIOENCODING": "utf-8"}
