"""Documents of other programs as .docx: plain text by ourselves, the rest through LibreOffice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from html import escape as _escape
from pathlib import Path

from officeflow.model.findings import Outcome
from officeflow.ooxml import FileKind, file_finding, kind_of, open_package, write_package
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__, "converting.toml")

_TIMEOUT_S = 180
_SAYS_ENOUGH = frozenset({FileKind.EMPTY, FileKind.ENCRYPTED})
# The name LibreOffice gets: it decides by the extension, and WPS calls a .doc .wps.
_ENDINGS = {FileKind.OTHER_OFFICE: ".doc", FileKind.HTML: ".html", FileKind.ZIP: ".odt"}
_NAMESPACE = "http://schemas.openxmlformats.org"
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")


def as_docx(data: bytes, name: str, *, soffice: str = "") -> Outcome[bytes | None]:
    """Return a document as .docx, with a hint when it was converted; None and why not.

    A .docx is returned as it stands.  Plain text needs no other program; .doc, .wps,
    .rtf, .odt and web pages need LibreOffice (`soffice` is the program, '' if there is none).
    """
    kind = kind_of(data)
    if kind in _SAYS_ENOUGH:
        return Outcome(None, (file_finding(kind, name),))
    if kind is FileKind.CSV:
        return Outcome(_from_text(data))
    package = open_package(data, name=name).value if kind is FileKind.ZIP else None
    if kind is FileKind.ZIP and (package is None or "mimetype" not in package):
        return Outcome(data)
    if kind not in _ENDINGS:
        return Outcome(None, (MESSAGES.finding("WORD_NEEDED", name=name),))
    if not soffice:
        return Outcome(None, (MESSAGES.finding("LIBREOFFICE_NEEDED", name=name),))
    with tempfile.TemporaryDirectory() as folder:
        ending = ".rtf" if data.startswith(b"{\\rtf") else _ENDINGS[kind]
        source = Path(folder) / f"returned{ending}"
        source.write_bytes(data)
        made = convert_to("docx", source, Path(folder), soffice=soffice)
        if made is None:
            return Outcome(None, (MESSAGES.finding("NOT_CONVERTED", name=name),))
        return Outcome(made.read_bytes(), (MESSAGES.finding("CONVERTED", name=name),))


def convert_to(kind: str, source: Path, folder: Path, *, soffice: str = "") -> Path | None:
    """Return the file of that extension which LibreOffice makes of `source` in `folder`, or None when it is missing or fails."""
    if not soffice:
        return None
    with tempfile.TemporaryDirectory() as profile:
        # A profile of its own: a running LibreOffice would otherwise swallow the call and write nothing.
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = [soffice, own, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=_TIMEOUT_S, env=_clean())  # noqa: S603
        except subprocess.TimeoutExpired:
            return None
    made = folder / f"{source.stem}.{kind}"
    return made if made.is_file() else None


def _clean() -> dict[str, str]:
    # Python's own variables would reach LibreOffice's bundled Python.
    drop = {"PYTHONPATH", "PYTHONHOME", *(("LD_LIBRARY_PATH",) if sys.platform != "win32" else ())}
    return {name: value for name, value in os.environ.items() if name not in drop}


def _from_text(data: bytes) -> bytes:
    """Return plain text as a document; Notepad writes UTF-16 with a mark, older programs GB 18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030", errors="replace")
    lines = _INVISIBLE.sub("", text).replace("\f", "\n").splitlines() or [""]
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = f"{_NAMESPACE}/package/2006/relationships"
    kinds = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    )
    relation = (
        f'<Relationship Id="rId1" Type="{_NAMESPACE}/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_NAMESPACE}/package/2006/content-types">{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}">{relation}</Relationships>',
    }
    body = root(
        "document",
        element("body", *(element("p", run(line) if line else "") for line in lines), element("sectPr")),
    )
    return write_package({
        **{name: (DECLARATION + part).encode() for name, part in parts.items()},
        "word/document.xml": body,
    })  # fmt: skip


def as_pdf(document: Path, *, soffice: str = "") -> bytes | None:
    """Return a document as PDF, or None if LibreOffice is missing or fails."""
    with tempfile.TemporaryDirectory() as scratch:
        made = convert_to("pdf", document, Path(scratch), soffice=soffice)
        return None if made is None else made.read_bytes()


DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def element(name: str, /, *children: str, **attributes: str | float) -> str:
    """Return `<w:name>` with `w:` attributes around its children.

    >>> element("jc", val="both"), element("pPr", element("keepNext"))
    ('<w:jc w:val="both"/>', '<w:pPr><w:keepNext/></w:pPr>')
    """
    opening = f"<w:{name}" + "".join(f' w:{key}="{_escape(str(value))}"' for key, value in attributes.items())
    inner = "".join(children)
    return f"{opening}>{inner}</w:{name}>" if inner else f"{opening}/>"


def root(name: str, *children: str) -> bytes:
    """Return a whole part whose root is `<w:name>`."""
    return f"{DECLARATION}<w:{name} {NAMESPACES}>{''.join(children)}</w:{name}>".encode()


def run(text: str, *properties: str) -> str:
    """Return one run; tab characters become tab stops.

    The hint makes “ ” — … use the Chinese face: they exist in both scripts, and
    Word takes the Latin one without it (docformat-gui issue 31).
    """
    style = [tag for tag in properties if tag.startswith("<w:rStyle")]
    others = [tag for tag in properties if not tag.startswith("<w:rStyle")]
    pieces = [
        f'<w:t xml:space="preserve">{_escape(piece, quote=False)}</w:t>' if piece else ""
        for piece in text.split("\t")
    ]
    return element(
        "r", element("rPr", *style, element("rFonts", hint="eastAsia"), *others), element("tab").join(pieces)
    )
