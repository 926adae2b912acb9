"""Templates that no kit carries built, kept between clicks: an office's own kit or profile, the table of sources.

A kept template is named by all it was made from: text, genre, profile, title,
numbering and the modules of this package.  python-docx is loaded only to build one.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from officeflow import __version__
from officeflow.model.layout import Genre, Profile
from officeflow.ooxml import keep, kept


def kept_template(
    markdown: str,
    genre: Genre,
    profile: Profile,
    *,
    title: str = "",
    numbering: str = "",
    store: Path | None = None,
) -> bytes:
    """Return `build_template` of these, from the folder `store` when it was built before.

    Raises:
        KeyError: the genre names a style or label that the profile lacks; `template_problems` finds these.
    """
    said = repr((_builder(), markdown, genre, profile, title, numbering))
    path = None if store is None else store / f"{sha256(said.encode()).hexdigest()}.docx"
    known = None if path is None else kept(path)
    if known is not None:
        return known
    from officeflow.document.authoring.template import build_template

    template = build_template(markdown, genre, profile, title=title, numbering=numbering)
    if path is not None:
        keep(path, template)
    return template


@cache
def _builder() -> tuple[object, ...]:
    files = sorted(Path(__file__).parent.glob("[!_]*.*"))
    return (__version__, *((file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files))
