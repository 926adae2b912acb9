"""What people put against a number to make it less exact: 约39名, 39名以上."""

from __future__ import annotations

import re

from officeflow.text.hedges import AFTER, BEFORE, INSIDE

HEDGES = frozenset((*BEFORE, *AFTER, *INSIDE))
"""Put to a number or taken from it, they change the number."""
# 最近, 附近 and 靠近 are no hedges.
_BEFORE = re.compile(rf"(?<![最附靠邻])(?:{'|'.join(sorted(BEFORE, key=len, reverse=True))})$")
_AFTER = re.compile(rf"(?:{'|'.join(sorted(AFTER, key=len, reverse=True))}|[{INSIDE[:2]}])")


def hedge_before(words: str) -> str:
    """Return the hedge that the words before a number end with, '' for none.

    >>> hedge_before("安排党员将近"), hedge_before("在附近")
    ('将近', '')
    """
    found = _BEFORE.search(words)
    return found[0] if found else ""


def hedge_after(words: str) -> str:
    """Return the hedge that the words after a number begin with, '' for none.

    >>> hedge_after("以上，其中"), hedge_after("，以上")
    ('以上', '')
    """
    found = _AFTER.match(words)
    return found[0] if found else ""
