"""What a check kind is: the function and the attributes that a module of this folder puts into its `KIND`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, cast

from officeflow.figures import Registry
from officeflow.model.findings import Finding
from officeflow.model.kit import Rule
from officeflow.text.messages import Catalogue

if TYPE_CHECKING:
    from officeflow.checks._scope import Scope

REGISTRY = Registry("officeflow.checks")
COMMON = frozenset({"use", "id", "name", "of", "when", "severity", "message", "remedy"})
"""Rule attributes that every check kind takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckKind:
    """A check kind: `check` yields the findings of one rule; `takes` are the attributes it reads besides COMMON."""

    check: Callable[[Scope], Iterator[Finding]]
    takes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    """Attributes a rule of this kind cannot do without."""
    alike: tuple[str, ...] = ()
    """Attributes whose operands are held against each other, so that their units must agree; 个 agrees with all counts."""
    slip: Callable[[Rule], str] = lambda _: ""
    """What in a rule's `options` cannot be used, '' for nothing; for `kit check`."""


def find_kind(name: str) -> CheckKind | None:
    """Return the kind of that name, or None."""
    module = REGISTRY.find(name)
    return None if module is None else cast("CheckKind", module.KIND)


@cache
def catalogue_of(name: str) -> Catalogue:
    """Return the messages of a kind, kept beside its module."""
    return Catalogue(REGISTRY.source(name).with_suffix(".toml"))


@cache
def placeholders(name: str) -> frozenset[str]:
    """Return the placeholders that the messages of a kind use, its own ones and those of every finding."""
    messages = catalogue_of(name).messages.values()
    texts = [text for message in messages for text in (message.text, message.remedy)]
    return frozenset(found for text in texts for _, found, _, _ in Formatter().parse(text) if found)
