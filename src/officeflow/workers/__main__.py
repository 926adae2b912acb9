"""A worker: told where to import from, its limits and its task; then answers item by item until the pipe ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from officeflow.workers import Limits, Loss, Lost, receive, send


def main() -> None:
    """Serve until the supervisor closes the pipe."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    questions = sys.stdin.buffer
    try:
        _serve(questions, answers)
    except (EOFError, BrokenPipeError):
        return


def _serve(questions: BinaryIO, answers: BinaryIO) -> None:
    path, limits = receive(questions)
    sys.path[:] = path
    send(answers, None)
    task = receive(questions)  # imports its module
    _keep_within(limits)
    send(answers, None)
    while True:
        send(answers, _answer(task, receive(questions)))


def _answer(task: Callable[[Any], Any], item: object) -> object:
    try:
        return task(item)
    except MemoryError:
        return Lost(Loss.MEMORY)
    except OSError as error:
        return error
    except BaseException:  # noqa: BLE001  one item's failure, a panic inside a library too, is that item's alone
        return Lost(Loss.FAILED)


def _keep_within(limits: Limits) -> None:
    """Bind this process to its limits, and let it leave no memory dump of what it read."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, wanted in ((resource.RLIMIT_AS, limits.memory_bytes), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


if __name__ == "__main__":
    main()
