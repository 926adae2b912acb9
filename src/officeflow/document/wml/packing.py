"""Write a template's package again with what was filled: parts that nothing changed are copied as they are packed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from officeflow.ooxml import Packed


def packed_again(template: bytes, before: Mapping[str, bytes], parts: Mapping[str, bytes]) -> bytes:
    """Return the document with these parts; `before` are the template's, told from changed ones by identity."""
    return _packed(template).with_parts(
        {name: part for name, part in parts.items() if before.get(name) is not part}
    )


@lru_cache(maxsize=16)
def _packed(template: bytes) -> Packed:
    return Packed.of(template)
