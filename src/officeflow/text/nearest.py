"""The nearest known name for a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, '' when none is like it.

    >>> nearest("捐衣服", ["捐款", "捐衣物", "捐书籍"])
    '捐衣物'
    """
    # Chinese names are short: of four characters one may differ and one be missing, so half must agree.
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.5)), "")
