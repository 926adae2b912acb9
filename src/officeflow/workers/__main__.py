"""A worker: told where to import from, its limits and its task; then answers item by item until the pipe ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from officeflow.workers._frames import receive, send
from officeflow.workers._limits import Loss, Lost, keep_within


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
    keep_within(limits)
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


if __name__ == "__main__":
    main()
