"""Which kits are installed, and where their Word templates are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


def report_template(
    kit: Kit, report: Report, folders: Sequence[Path] = (), *, profile_name: str = ""
) -> bytes:
    """Return the Word template of a report: an office's own when it has one, else the built one.

    `profile_name` asks for another profile than the report's own; such a template,
    and that of a kit nobody has built, is made now.

    Raises:
        OSError: the kit's, the genre's or the profile's file is missing or cannot be read now.
    """
    name = f"{kit.id}.{report.id}.docx"
    own = next((file for folder in folders if (file := folder / kit.id / name).is_file()), None)
    built = built_templates() / name
    if own is not None or (built.is_file() and profile_name in ("", report.profile)):
        return (own or built).read_bytes()
    # Not on the path of a usual click: the builder brings pydantic and the layout values.
    from officeflow.kits._build import template

    source = kit_source(kit.id, folders)
    if source is None:
        raise FileNotFoundError(name)
    return template(source, report, profile_name, folders)


def _kit_folders(folders: Iterable[Path]) -> Iterator[Path]:
    for parent in (BUILTIN, *folders):
        yield from sorted(file.parent for file in parent.glob("*/kit.toml"))
