"""Which kits are installed, and where their Word templates are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from officeflow.kits.built import built_templates
from officeflow.kits.load import BUILTIN, kit_id, read_kit
from officeflow.kits.source import KitSource
from officeflow.model.findings import Finding
from officeflow.model.kit import Kit, Report


def catalogue(folders: Iterable[Path] = (), *, cache: Path | None = None) -> tuple[Kit, ...]:
    """Return every usable kit, built-in ones first, each once.

    `folders` are folders of kit folders; a kit there replaces a built-in one of
    the same id, and takes it away when it cannot be used itself: nobody's workbook
    is judged by other rules than his office's.  Why kits are left out: `unusable_kits`.
    `cache` is a folder where sound kits are kept between clicks.
    """
    kits: dict[str, Kit | None] = {}
    for folder in _kit_folders(folders):
        kit = read_kit(folder, cache=cache).value
        kits[kit_id(folder) if kit is None else kit.id] = kit
    return tuple(kit for kit in kits.values() if kit is not None)


def unusable_kits(
    folders: Iterable[Path] = (), *, only: str = "", cache: Path | None = None
) -> tuple[Finding, ...]:
    """Return why kits are missing from the catalogue; `only` asks for the one of that id."""
    return tuple(
        finding
        for folder in _kit_folders(folders)
        for finding in read_kit(folder, cache=cache).findings
        if not only or kit_id(folder) == only
    )


def find_kit(wanted: str, folders: Iterable[Path] = (), *, cache: Path | None = None) -> Kit | None:
    """Return the installed kit of that id, or None."""
    source = kit_source(wanted, folders, cache=cache)
    return None if source is None else source.kit


def kit_source(wanted: str, folders: Iterable[Path] = (), *, cache: Path | None = None) -> KitSource | None:
    """Return the installed kit of that id with its reports' Markdown and sample; None when it is missing or unusable."""
    # An office's own kit comes last in the list and first here; of the built-in ones the folder's name is the id.
    own = reversed([folder for parent in folders for folder in _kits_in(parent)])
    for folder in (*own, *(folder for folder in _kits_in(BUILTIN) if folder.name == wanted)):
        kit = read_kit(folder, cache=cache).value
        if (kit_id(folder) if kit is None else kit.id) == wanted:
            return None if kit is None else KitSource(kit=kit, folder=folder)
    return None


def report_template(
    kit: Kit,
    report: Report,
    folders: Sequence[Path] = (),
    *,
    profile_name: str = "",
    cache: Path | None = None,
) -> bytes:
    """Return the Word template of a report: an office's own when it has one, else the built one.

    `profile_name` asks for another profile than the report's own; such a template,
    and that of a kit nobody has built, is made now.

    Raises:
        OSError: a file of the kit is missing or cannot be read now.
        LayoutError: genre or profile cannot be used, or the text cannot be laid out by them.
    """
    own = own_template(kit, report, folders)
    if own is not None:
        return own.read_bytes()
    return built_template(kit, report, folders, profile_name=profile_name, cache=cache)


def template_name(kit: Kit, report: Report) -> str:
    """Return the file name of a report's template."""
    return f"{kit.id}.{report.id}.docx"


def own_template(kit: Kit, report: Report, folders: Sequence[Path]) -> Path | None:
    """Return the template that an office changed for itself, None when there is none."""
    name = template_name(kit, report)
    return next((file for folder in folders if (file := folder / kit.id / name).is_file()), None)


def built_template(
    kit: Kit,
    report: Report,
    folders: Sequence[Path] = (),
    *,
    profile_name: str = "",
    cache: Path | None = None,
) -> bytes:
    """Return the template as the kit defines it, whatever the office's own looks like.

    Raises:
        OSError: a file of the kit is missing or cannot be read now.
        LayoutError: genre or profile cannot be used, or the text cannot be laid out by them.
    """
    built = built_templates() / template_name(kit, report)
    if built.is_file() and profile_name in ("", report.profile) and not _is_shadowed(kit, folders):
        return built.read_bytes()
    # Not on the path of a usual click: the builder brings pydantic and the layout values.
    from officeflow.kits.build import template

    source = kit_source(kit.id, folders, cache=cache)
    if source is None:
        raise FileNotFoundError(template_name(kit, report))
    return template(source, report, profile_name, folders, store=cache and cache / "built")


def template_state(
    kit: Kit, report: Report, folders: Sequence[Path] = (), *, cache: Path | None = None
) -> str:
    """Return a digest that changes when the template that the kit defines changes.

    Raises:
        OSError: a file of the kit is missing or cannot be read now.
    """
    built = built_templates() / template_name(kit, report)
    if built.is_file() and not _is_shadowed(kit, folders):
        return sha256(built.read_bytes()).hexdigest()
    source = kit_source(kit.id, folders, cache=cache)
    text = "" if source is None else source.reports[report.id]
    return sha256(f"{kit.version}\n{text}".encode()).hexdigest()


def _is_shadowed(kit: Kit, folders: Sequence[Path]) -> bool:
    """Whether an office's own kit of that id, genre or profile stands before ours, so that what we built is not its."""
    own = [folder for parent in folders for folder in _kits_in(parent)]
    ours = [
        file.relative_to(BUILTIN.parent)
        for kind in ("genres", "profiles")
        for file in (BUILTIN.parent / kind).glob("*.toml")
    ]
    return any(kit_id(folder) == kit.id for folder in own) or any(
        (parent / name).is_file() for parent in folders for name in ours
    )


def _kit_folders(folders: Iterable[Path]) -> Iterator[Path]:
    for parent in (BUILTIN, *folders):
        yield from _kits_in(parent)


def _kits_in(parent: Path) -> list[Path]:
    return sorted(file.parent for file in parent.glob("*/kit.toml"))
