"""Many files, or one that may kill or stall its reader: each is read in a supervised worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from officeflow.intake.desk import Desk
from officeflow.intake.progress import Event, Tell, ignore
from officeflow.intake.source import MESSAGES, Source
from officeflow.model.findings import Finding
from officeflow.workers import Limits, Loss, Lost, run_each

T = TypeVar("T")
R = TypeVar("R")
READER_LIMITS = Limits(memory_bytes=1 << 30, seconds=60)
"""What one file may cost its reader."""
_LOSSES = {
    Loss.DIED: "READER_STOPPED",
    Loss.FAILED: "READER_STOPPED",
    Loss.SLOW: "READER_SLOW",
    Loss.MEMORY: "READER_FULL",
}


def read_each(
    desk: Desk,
    task: Callable[[T], R],
    files: Sequence[T],
    *,
    limits: Limits | None = None,
    tell: Tell = ignore,
) -> Iterator[R | Finding]:
    """Yield for each file, in order, what `task` says of it, or the finding that its reader was lost.

    Each file (a path or a `Source`) is read in a worker: one that kills or stalls its reader costs itself alone.

    `tell` hears of each file before it is waited for; what it raises ends the workers.

    Raises:
        OSError: the environment is broken.
    """
    if not desk.interpreter:
        # Inside a program that is not a Python nobody can supervise: better read here than not at all.
        for done, file in enumerate(files):
            tell(Event(stage="read", done=done, of=len(files), name=_path(file).name))
            yield task(file)
        return
    answers = run_each(task, files, limits=limits or READER_LIMITS, interpreter=desk.interpreter)
    for done, file in enumerate(files):
        tell(Event(stage="read", done=done, of=len(files), name=_path(file).name))
        answer = next(answers)
        yield _lost(_path(file), answer.why) if isinstance(answer, Lost) else answer


def _path(file: object) -> Path:
    return file.path if isinstance(file, Source) else Path(str(file))


def _lost(path: Path, why: Loss) -> Finding:
    return MESSAGES.finding(_LOSSES[why], file=str(path), name=path.name)
