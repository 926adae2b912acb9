"""What a worker may use, and what is left of an item whose worker did not come back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


def keep_within(limits: Limits) -> None:
    """Bind this process to its limits, and let it leave no memory dump of what it read."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, wanted in ((resource.RLIMIT_AS, limits.memory_bytes), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
