"""Units of measure: which name the same thing, and the exact factor between them."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from officeflow.model.values import EXACT
from officeflow.text.numerals import SCALES

_ANY = "any"
_MEASURED = frozenset(
    [
        "money",
        "dollars",
        "visits",
        "percent",
        "points",
        "scores",
        "area",
        "land",
        "length",
        "volume",
        "weight",
        "hours",
        "minutes",
        "days",
        "weeks",
        "months",
        "years",
        "ages",
    ]
)
_IN_BRACKETS = re.compile(r"[（(](?:单位[：:])?([^（）()]+)[）)]\s*$|[/／]([^/／]+)$|单位[：:](.+)$")


class Unit(NamedTuple):
    """A unit: 1 of it is `factor` of its dimension's own unit.  An unknown name is a dimension of its own."""

    name: str
    dimension: str
    factor: Decimal


@cache
def _table() -> dict[str, Unit]:
    dimensions = tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"))
    return {
        name: Unit(name, dimension, Decimal(factor))
        for dimension, names_by_factor in dimensions.items()
        for factor, names in names_by_factor.items()
        for name in names.split()
    }


@cache
def unit_named(name: str) -> Unit | None:
    """Return the unit with this name, 万 and 亿 in front of it understood (万元, 亿元, 千人); None when unknown."""
    known = _table().get(name)
    if known or not name or name[0] not in SCALES:
        return known
    rest = unit_named(name[1:]) if len(name) > 1 else None
    if rest is None:
        return None
    return Unit(name, rest.dimension, EXACT.multiply(rest.factor, Decimal(10 ** SCALES[name[0]])))


def unit_or_own(name: str) -> Unit:
    """Return the unit with this name; one that the table does not know is a dimension of its own."""
    return unit_named(name) or Unit(name, name, Decimal(1))


def unit_beside(name: str, other: Unit | None) -> Unit:
    """Return the unit that a name means beside another: 分 is a coin where money is counted, else a score."""
    coin = (
        _table()[f"{name}钱"] if other is not None and other.dimension == "money" and name == "分" else None
    )
    return coin or unit_or_own(name)


@cache
def ending_units() -> re.Pattern[str]:
    """A pattern that finds the longest known unit at the end of a text."""
    names = sorted(_table(), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, names))})$")


def factor(source: Unit, target: Unit) -> Decimal | None:
    """Return how many `target` one `source` is, or None when they measure different things.

    个 stands for every counted unit.
    """
    if source.dimension == target.dimension:
        ratio = EXACT.divide(source.factor, target.factor)
        return ratio.normalize(EXACT)
    if _ANY in (source.dimension, target.dimension) and _MEASURED.isdisjoint(
        (source.dimension, target.dimension)
    ):
        return EXACT.divide(source.factor, target.factor).normalize(EXACT)
    return None


def is_counted(unit: Unit) -> bool:
    """Whether it counts things or visits, rather than measuring an amount of something."""
    return unit.dimension == "visits" or unit.dimension not in _MEASURED


def unit_of_header(header: str) -> str:
    """Return the unit that a heading names, '' for none.

    >>> unit_of_header("金额（万元）"), unit_of_header("时长/小时"), unit_of_header("社区（全称）")
    ('万元', '小时', '')
    """
    found = _IN_BRACKETS.search(header)
    name = next(filter(None, found.groups()), "").strip() if found else ""
    return name if unit_named(name) else ""
