"""What stands at the bottom of the last page (报尾, 版记), let go where it is longer than a page."""

from __future__ import annotations

import re

_FRAME = re.compile(r'<w:framePr [^>]*w:yAlign="bottom"[^>]*/>')
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)")
_END = "</w:p>"
# 版记 is set in 四号 (14 pt) 26 pt apart: 24 lines of 29 characters fill the 225 × 156 mm of a page.
_LINES, _CHARACTERS = 24, 29


def let_go(xml: str) -> str:
    """Return a part's XML; paragraphs framed at the page bottom follow the text where no page could hold them.

    A frame is not broken across pages: Word and LibreOffice print it over the
    page number and past the edge of the paper.
    """
    if not _FRAME.search(xml):
        return xml
    framed = [paragraph for paragraph in xml.split(_END) if _FRAME.search(paragraph)]
    return _FRAME.sub("", xml) if sum(map(_count_lines, framed)) > _LINES else xml


def _count_lines(paragraph: str) -> int:
    own = paragraph[max(paragraph.rfind("<w:p>"), paragraph.rfind("<w:p ")) :]
    return -(-sum(map(len, _TEXT.findall(own))) // _CHARACTERS) or 1
