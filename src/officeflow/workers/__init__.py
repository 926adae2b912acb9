"""Supervised processes for files that may kill or stall their reader: one file at a time, within memory and time.

A fresh interpreter per worker (spawned, never forked: it holds nothing of the
caller), used for many files, replaced when it dies, outlives its deadline or
runs out of memory.  Not a sandbox: it keeps one bad file from taking the rest
with it.  Nothing here knows what a file is.

This is the supervising side: it starts workers, hands out items and ends what does not
answer.  `__main__` is a worker.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from queue import Empty, SimpleQueue
from threading import Timer
from typing import Any, BinaryIO, TypeVar, cast

__all__ = ["Limits", "Loss", "Lost", "run_each"]

T = TypeVar("T")
R = TypeVar("R")
_START_SECONDS = 60.0
"""For the interpreter and its imports, on a slow disk under a virus scanner."""
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one item may cost.

    `memory_bytes` is address space, which is more than what is resident; it
    holds where the platform can limit it (not on Windows).
    """

    memory_bytes: int = 1 << 30
    seconds: float = 30.0


class Loss(StrEnum):
    """Why an item has no result."""

    DIED = "died"
    SLOW = "slow"
    MEMORY = "memory"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands where the result of an item would be."""

    why: Loss


def run_each(
    task: Callable[[T], R],
    items: Sequence[T],
    *,
    limits: Limits | None = None,
    size: int = 0,
    interpreter: str = "",
) -> Iterator[R | Lost]:
    """Yield for each item, in order, what `task` returned for it in a worker, or that it was lost.

    `task` is a function of a module (or a `partial` of one); items and results
    can be pickled.  `size` is how many work at once, 0 for one per processor;
    `interpreter` is the Python that runs them, '' for the one that runs now.

    Raises:
        OSError: the task raised it (an environment that is broken), or no process can be started.
    """
    count = min(size or os.cpu_count() or 1, len(items))
    if not count:
        return
    crew = _Crew(task, limits or Limits(), interpreter or sys.executable)
    pool = ThreadPoolExecutor(count)
    try:
        for future in [pool.submit(crew.do, item) for item in items]:
            yield cast("R | Lost", future.result())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        crew.end()
        pool.shutdown()


class _Crew:
    def __init__(self, task: Callable[..., Any], limits: Limits, interpreter: str) -> None:
        self._task, self._limits, self._interpreter = task, limits, interpreter
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []
        self._is_over = False

    def do(self, item: object) -> object:
        """Return what a worker makes of an item; a worker that was lost with it is not used again."""
        try:
            worker = self._idle.get_nowait()
        except Empty:
            worker = _Worker(self._task, self._limits, self._interpreter)
            self._all.append(worker)
        if self._is_over:  # nobody listens any more; a worker started meanwhile must not stay
            worker.end()
        answer = worker.do(item)
        if isinstance(answer, Lost) and answer.why is not Loss.FAILED:
            worker.end()
        else:
            self._idle.put(worker)
        if isinstance(answer, OSError):
            raise answer
        return answer

    def end(self) -> None:
        self._is_over = True
        for worker in self._all:
            worker.end()


class _Worker:
    def __init__(self, task: Callable[..., Any], limits: Limits, interpreter: str) -> None:
        self._limits = limits
        # -P: the folder of the clerk's files must not be imported from.
        self._process = subprocess.Popen(  # noqa: S603  the interpreter is the front end's choice
            [interpreter, "-P", "-m", "officeflow.workers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._is_late = False
        self._ready = self._asked((sys.path, limits), _START_SECONDS) is None
        self._ready = self._ready and self._asked(task, _START_SECONDS) is None

    def do(self, item: object) -> object:
        return self._asked(item, self._limits.seconds) if self._ready else Lost(Loss.DIED)

    def _asked(self, value: object, seconds: float) -> object:
        timer = Timer(seconds, self._late)
        timer.start()
        try:
            send(cast("BinaryIO", self._process.stdin), value)
            return receive(cast("BinaryIO", self._process.stdout))
        except (OSError, EOFError, ValueError):  # ValueError: the pipe was closed on this side
            return Lost(Loss.SLOW if self._is_late else Loss.DIED)
        finally:
            timer.cancel()

    def _late(self) -> None:
        self._is_late = True
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                cast("BinaryIO", pipe).close()
            except OSError:  # what it was told last, it will not read
                continue


# Values over a pipe: eight bytes of length, then the pickle.  Both ends are this program.


def send(pipe: BinaryIO, value: object) -> None:
    """Write one value.

    Raises:
        OSError: the other end is gone.
    """
    body = pickle.dumps(value)
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """Return the next value.

    Raises:
        EOFError: the other end is gone.
    """
    head = pipe.read(_LENGTH.size)
    body = pipe.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    if not body:
        raise EOFError
    return pickle.loads(body)  # noqa: S301  written by `send` in a process of ours
