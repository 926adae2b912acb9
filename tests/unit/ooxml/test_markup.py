"""XML as text that can be cut: written plainly, and what goes in is fit for it."""

from __future__ import annotations

import pytest

from officeflow.ooxml.markup import MarkupError, escaped, plain


def test_odd_writing_is_made_plain_and_nothing_else():
    """Single quotes, comments and CDATA would be cut wrongly; a broken part is not cut at all."""
    assert b'<a b="1">x</a>' == plain(b"<a b='1'><!-- - --><![CDATA[x]]></a>").partition(b"\n")[2]
    assert b"<a>it's</a>" == plain(b"<a>it's</a>")
    with pytest.raises(MarkupError):
        plain(b"<a b='1'>")


def test_text_goes_in_without_what_xml_cannot_hold():
    """Control characters are left out, signs become entities."""
    assert "a&amp;b&lt;&quot;汉\n".encode() == escaped('a&b<"汉\x00\x0b\n\uffff')
