"""Medians of things that are run in turn, so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter


def medians(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return name → median seconds of `rounds` runs each; one more run before them is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for counted in range(-1, rounds):
        for name, run in runs.items():
            gc.collect()  # what one left behind is not swept up in another's time
            began = perf_counter()
            run()
            if counted >= 0:
                taken[name].append(perf_counter() - began)
    return {name: median(seconds) for name, seconds in taken.items()}


def table(seconds: Mapping[str, float], base: str) -> str:
    """Return the medians in milliseconds, each with its ratio to `base`."""
    width = max(map(len, seconds))
    return "\n".join(
        f"{name:{width}}  {taken * 1000:8.1f} ms  {taken / seconds[base]:6.2f} ×"
        for name, taken in seconds.items()
    )
