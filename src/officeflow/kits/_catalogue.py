"""Which kits are installed, and where their Word templates are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from officeflow.kits._load import BUILTIN, read_kit
from officeflow.kits._source import KitSource
from officeflow.kits.built import built_templates
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit, Report


def catalogue(folders: Iterable[Path] = ()) -> tuple[Kit, ...]:
    """Return every usable kit, built-in ones first, each once.

    `folders` are folders of kit folders; a kit there replaces a built-in one of
    the same id.  What is wrong with kits left out: `unusable_kits`.
    """
    kits = (read_kit(folder).value for folder in _kit_folders(folders))
    return tuple({kit.id: kit for kit in kits if kit is not None}.values())


def unusable_kits(folders: Iterable[Path] = ()) -> tuple[Finding, ...]:
    """Return why kits are missing from the catalogue."""
    return tuple(finding for folder in _kit_folders(folders) for finding in read_kit(folder).findings)


def find_kit(kit_id: str, folders: Iterable[Path] = ()) -> Kit | None:
    """Return the installed kit of that id, or None."""
    source = kit_source(kit_id, folders)
    return None if source is None else source.kit


def kit_source(kit_id: str, folders: Iterable[Path] = ()) -> KitSource | None:
    """Return the installed kit of that id with its reports' Markdown and sample, or None."""
    # An office's own kit comes last in the list and first here.
    for folder in reversed(list(_kit_folders(folders))):
        kit = read_kit(folder).value
        if kit is not None and kit.id == kit_id:
            return KitSource(kit=kit, folder=folder)
    return None


def report_template(kit: Kit, report: Report, folders: Iterable[Path] = ()) -> bytes:
    """Return the Word template of a report: an office's own when it has one, else the built one.

    Raises:
        FileNotFoundError: the template has not been built.
    """
    name = f"{kit.id}.{report.id}.docx"
    own = (folder / kit.id / name for folder in folders)
    return next((file for file in own if file.is_file()), built_templates() / name).read_bytes()


def _kit_folders(folders: Iterable[Path]) -> Iterator[Path]:
    for parent in (BUILTIN, *folders):
        yield from sorted(file.parent for file in parent.glob("*/kit.toml"))
