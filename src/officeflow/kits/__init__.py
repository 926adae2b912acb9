"""Kits: what an office reports, as data in folders.

Why folders: a kit is added by adding files (kit.toml, one Markdown per report,
sample.toml), never code.  Built-in kits live in `builtin/`; an office's own
kits live in folders that callers name, and one of the same id takes the place
of the built-in kit.
"""

from officeflow.kits._build import blank, build, sample
from officeflow.kits._catalogue import catalogue, find_kit, kit_source, report_template, unusable_kits
from officeflow.kits._layout import genre, profile
from officeflow.kits._load import read_kit
from officeflow.kits._problems import kit_problems
from officeflow.kits._source import KitSource, Rows

__all__ = [
    "KitSource",
    "Rows",
    "blank",
    "build",
    "catalogue",
    "find_kit",
    "genre",
    "kit_problems",
    "kit_source",
    "profile",
    "read_kit",
    "report_template",
    "sample",
    "unusable_kits",
]
