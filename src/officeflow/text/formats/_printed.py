"""What a slot format gives."""

from __future__ import annotations

from typing import NamedTuple


class Printed(NamedTuple):
    """A printed value in parts: 约 39 人, 第 27 期, (nothing) 1.6万 元, 50 人 以上."""

    prefix: str = ""
    number: str = ""
    """The digits, with 万, 亿 and a hedge that stands inside (1000余, 1.6万)."""
    unit: str = ""
    suffix: str = ""

    @property
    def text(self) -> str:
        """The whole."""
        return f"{self.prefix}{self.number}{self.unit}{self.suffix}"
