"""Supervised processes for files that may kill or stall their reader: one file at a time, within memory and time.

A fresh interpreter per worker (spawned, never forked: it holds nothing of the
caller), used for many files, replaced when it dies, outlives its deadline or
runs out of memory.  Not a sandbox: it keeps one bad file from taking the rest
with it.  Nothing here knows what a file is.
"""

from officeflow.workers._crew import run_each
from officeflow.workers._limits import Limits, Loss, Lost

__all__ = ["Limits", "Loss", "Lost", "run_each"]
