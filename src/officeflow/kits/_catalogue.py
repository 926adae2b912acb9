"""Which kits are installed, and where their Word templates are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from officeflow.kits._load import BUILTIN, kit_id, read_kit
from officeflow.kits._source import KitSource
from officeflow.kits.built import built_templates
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit, Report


def catalogue(folders: Iterable[Path] = ()) -> tuple[Kit, ...]:
    """Return every usable kit, built-in ones first, each once.

    `folders` are folders of kit folders; a kit there replaces a built-in one of
    the same id, and takes it away when it cannot be used itself: nobody's workbook
    is judged by other rules than his office's.  Why kits are left out: `unusable_kits`.
    """
    kits: dict[str, Kit | None] = {}
    for folder in _kit_folders(folders):
        kit = read_kit(folder).value
        kits[kit_id(folder) if kit is None else kit.id] = kit
    return tuple(kit for kit in kits.values() if kit is not None)


def unusable_kits(folders: Iterable[Path] = (), *, only: str = "") -> tuple[Finding, ...]:
    """Return why kits are missing from the catalogue; `only` asks for the one of that id."""
    return tuple(
        finding
        for folder in _kit_folders(folders)
        for finding in read_kit(folder).findings
        if not only or kit_id(folder) == only
    )


def find_kit(wanted: str, folders: Iterable[Path] = ()) -> Kit | None:
    """Return the installed kit of that id, or None."""
    source = kit_source(wanted, folders)
    return None if source is None else source.kit


def kit_source(wanted: str, folders: Iterable[Path] = ()) -> KitSource | None:
    """Return the installed kit of that id with its reports' Markdown and sample; None when it is missing or unusable."""
    # An office's own kit comes last in the list and first here.
    for folder in reversed(list(_kit_folders(folders))):
        kit = read_kit(folder).value
        if (kit_id(folder) if kit is None else kit.id) == wanted:
            return None if kit is None else KitSource(kit=kit, folder=folder)
    return None


def report_template(
    kit: Kit, report: Report, folders: Sequence[Path] = (), *, profile_name: str = ""
) -> bytes:
    """Return the Word template of a report: an office's own when it has one, else the built one.

    `profile_name` asks for another profile than the report's own; such a template,
    and that of a kit nobody has built, is made now.

    Raises:
        OSError: a file of the kit is missing or cannot be read now.
        LayoutError: genre or profile cannot be used, or the text cannot be laid out by them.
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
