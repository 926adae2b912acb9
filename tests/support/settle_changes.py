"""Every tracked change of documents accepted, and rejected: a job of `tests.support.uno_jobs`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.uno_jobs import do, load, save
from tests.support.writer_edits import WORD

ORDERS = {"accepted": "AcceptAllTrackedChanges", "rejected": "RejectAllTrackedChanges"}


def run(desktop: Any, folder: str, *documents: str) -> None:
    """Open each document twice and write `folder`/<stem>.accepted.docx and .rejected.docx."""
    for document in map(Path, documents):
        for name, order in ORDERS.items():
            text = load(desktop, str(document))
            do(text, order)
            save(text, Path(folder, f"{document.stem}.{name}.docx"), filter_name=WORD)
            text.close(True)
