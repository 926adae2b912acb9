"""Kits: what an office reports, as data in folders.

Why folders: a kit is added by adding files (kit.toml, one Markdown per report,
sample.toml), never code.  Built-in kits live in `builtin/`; an office's own
kits live in folders that callers name, and one of the same id takes the place
of the built-in kit.

The story, in order.  `_catalogue` finds the folder.  `_notation` reads kit.toml
and its parts and spells them out into the plain table of a `Kit`, keeping where
each piece was written; `_load` makes the kit of it, `_refusals` and `_lines`
say what is wrong, with file and line, and `_sound` judges whether it can be
used.  What was found sound stays in `_cache`.  `_source` adds texts and sample;
`_layout` finds genres and profiles, `_build` makes workbooks and templates.
`_problems` and `_rehearsal` try a whole kit out for its author, `_copy` starts
one from another.  `_carry` says what goes into the next period's workbook,
`_concerned` which reports a finding stops.

In the order things happen: `_notation` spells out what an author wrote, keeping where
he wrote it; `_load` makes it a `Kit` (`_refusals` says in his words why not), `_sound`
judges it, `_cache` keeps it, `_catalogue` finds it.  `_source` is the kit with its texts and
sample, `_layout` its genres and profiles, `_build` what people pick up, `_carry` what goes
into the next period, `_copy` a kit to start from.  `kit check` is `_problems`; it tries the kit out in
`_rehearsal`, and `_lines` knows the line of everything.

Why lazy: reading a filled workbook needs a kit, not the builders of workbooks
and templates.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from officeflow.kits._build import blank, build, filled, proposes, sample
    from officeflow.kits._carry import Carried, carry, next_period
    from officeflow.kits._catalogue import (
        built_template,
        catalogue,
        find_kit,
        kit_source,
        own_template,
        report_template,
        template_name,
        template_state,
        unusable_kits,
    )
    from officeflow.kits._concerned import with_reports
    from officeflow.kits._copy import copy_kit, is_kit_id
    from officeflow.kits._layout import genre, profile
    from officeflow.kits._load import LayoutError, parse_kit, read_kit
    from officeflow.kits._problems import kit_problems, tried_kit
    from officeflow.kits._source import KitSource, Rows

__all__ = [
    "Carried",
    "KitSource",
    "LayoutError",
    "Rows",
    "blank",
    "build",
    "built_template",
    "carry",
    "catalogue",
    "copy_kit",
    "filled",
    "find_kit",
    "genre",
    "is_kit_id",
    "kit_problems",
    "kit_source",
    "next_period",
    "own_template",
    "parse_kit",
    "profile",
    "proposes",
    "read_kit",
    "report_template",
    "sample",
    "template_name",
    "template_state",
    "tried_kit",
    "unusable_kits",
    "with_reports",
]

_HOMES = {
    "_build": ("blank", "build", "filled", "proposes", "sample"),
    "_concerned": ("with_reports",),
    "_carry": ("Carried", "carry", "next_period"),
    "_catalogue": (
        "built_template",
        "catalogue",
        "find_kit",
        "kit_source",
        "own_template",
        "report_template",
        "template_name",
        "template_state",
        "unusable_kits",
    ),
    "_copy": ("copy_kit", "is_kit_id"),
    "_layout": ("genre", "profile"),
    "_load": ("LayoutError", "parse_kit", "read_kit"),
    "_problems": ("kit_problems", "tried_kit"),
    "_source": ("KitSource", "Rows"),
}


def __getattr__(name: str) -> Any:
    """Return a public name from the module that defines it."""
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{home}"), name)
