"""Read files where one of them may kill or stall its reader: each in a worker, what is lost with one is a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from officeflow.flow._messages import MESSAGES
from officeflow.intake.desk import Desk
from officeflow.model.findings import Finding
from officeflow.workers import Limits, Loss, Lost, run_each

R = TypeVar("R")

LIMITS = Limits(memory_bytes=1 << 30, seconds=60)
_CODES = {
    Loss.DIED: "READER_STOPPED",
    Loss.FAILED: "READER_STOPPED",
    Loss.SLOW: "READER_SLOW",
    Loss.MEMORY: "READER_FULL",
}


def read_each(
    desk: Desk, task: Callable[[Path], R], files: Sequence[Path], *, limits: Limits | None = None
) -> Iterator[R | Finding]:
    """Yield for each file, in order, what `task` says of it, or the finding that its reader was lost.

    Raises:
        OSError: the machine is in the way.
    """
    if not desk.interpreter:
        # Inside a program that is no Python there is nobody to supervise: better read here than not at all.
        yield from map(task, files)
        return
    answers = run_each(task, files, limits=limits or LIMITS, interpreter=desk.interpreter)
    for path, answer in zip(files, answers, strict=True):
        yield lost(path, answer.why) if isinstance(answer, Lost) else answer


def lost(path: Path, why: Loss) -> Finding:
    """Return the finding that a file's reader did not come back."""
    return MESSAGES.finding(_CODES[why], file=str(path), name=path.name)
