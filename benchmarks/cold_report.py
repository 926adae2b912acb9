"""A cold `officeflow report`, against only importing the libraries one would write it with.

python benchmarks/cold_report.py [rounds]
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import medians, table

HEAVY = (
    "openpyxl",
    "docx",
    "docxtpl",
    "jinja2",
    "markdown_it",
    "lxml",
    "pydantic",
    "python_calamine",
    "xlrd",
)
REPORT, IMPORTS = "officeflow report, whole process", "python -c 'import docx, pydantic, python_calamine'"
CALL = "import sys; from officeflow.cli import main; sys.exit(main(sys.argv[1:]))"
# An installed program has its compiled modules; the uncounted first run leaves them for the others.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
IMPORT_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\w+)")


def officeflow(*arguments: str, options: tuple[str, ...] = ()) -> str:
    """Run the command line in a process of its own; return what it said on standard error."""
    return python([sys.executable, *options, "-c", CALL, *arguments])


def python(command: list[str]) -> str:
    """Run a process to its end; return what it said on standard error."""
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT
    )
    return done.stderr


def heavy_imports(log: str) -> dict[str, float]:
    """Return library → milliseconds its own modules took, for the heavy ones in the log of `-X importtime`."""
    taken: dict[str, float] = {}
    for microseconds, name in IMPORT_LINE.findall(log):
        taken[name] = taken.get(name, 0) + int(microseconds) / 1000
    return {name: taken[name] for name in HEAVY if name in taken}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        sample, target = str(Path(folder) / "s.xlsx"), str(Path(folder) / "out")
        officeflow("sample", "community-posts", "-o", sample)
        report = ("report", sample, "-o", target, "--json")
        seconds = medians(
            {
                IMPORTS: lambda: python([sys.executable, "-c", "import docx, pydantic, python_calamine"]),
                REPORT: lambda: officeflow(*report),
            },
            rounds,
        )
        imported = heavy_imports(officeflow(*report, options=("-X", "importtime")))
    print(f"medians of {rounds} cold processes\n\n{table(seconds, IMPORTS)}")
    print(f"\nofficeflow report takes {seconds[REPORT] / seconds[IMPORTS]:.2f} × the bare imports (aim ≤ 3)")
    print(
        "heavy libraries it imported:",
        ", ".join(f"{name} {ms:.0f} ms" for name, ms in imported.items()) or "none",
    )
    print("and did not:", ", ".join(name for name in HEAVY if name not in imported))


if __name__ == "__main__":
    main()
