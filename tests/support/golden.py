"""Golden files: committed text that an output must equal; `pytest --update-golden` rewrites them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Golden:
    """Compares texts with committed files, or rewrites the files when asked to."""

    is_updating: bool

    def check(self, path: Path, text: str) -> None:
        """Fail unless the file holds exactly `text`; one newline ends every golden file."""
        text = text.rstrip("\n") + "\n"
        if self.is_updating:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.is_file(), f"{path} is missing; pytest --update-golden writes it"
        expected = path.read_text(encoding="utf-8")

        assert expected == text, (
            f"{path.name} differs; pytest --update-golden rewrites it, git diff shows how"
        )
