"""Personal values where many eyes see them: messages, lists, JSON."""

from __future__ import annotations


def masked(text: str) -> str:
    """Return a personal text as it is shown: its first character.

    >>> masked("示例甲")
    '示＊'
    """
    return text[:1] + "＊" if text else ""
