"""WordprocessingML as text: elements with `w:` names, in the order they are written."""

from __future__ import annotations

from html import escape as _escape

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def w(name: str, /, *children: str, **attributes: str | float) -> str:
    """Return `<w:name>` with `w:` attributes around its children.

    >>> w("jc", val="both"), w("pPr", w("keepNext"))
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
    return w("r", w("rPr", *style, w("rFonts", hint="eastAsia"), *others), w("tab").join(pieces))
