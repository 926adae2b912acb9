"""The Jinja source that a template's tags and marks become, in either dialect."""

from __future__ import annotations

from officeflow.document.blocks import Structure
from officeflow.document.dialect import Dialect
from officeflow.document.heal import Tag
from officeflow.document.sandbox import DELIMITERS
from officeflow.document.settling import KEPT, token
from officeflow.document.tags import Kind

PRINT, PRINT_END = DELIMITERS["variable_start_string"], DELIMITERS["variable_end_string"]
BLOCK, BLOCK_END = DELIMITERS["block_start_string"], DELIMITERS["block_end_string"]
_COMMENT, _COMMENT_END = DELIMITERS["comment_start_string"], DELIMITERS["comment_end_string"]
_CALL_END = f"{BLOCK}endcall{BLOCK_END}"
_GUARDS = {"gb": "_paragraph", "gt": "_rows", "gr": "_cells"}


def tag_source(tag: Tag, structure: Structure, dialect: Dialect) -> str:
    """Return what a tag becomes; it begins with a line feed inside the delimiters, so that lines tell tags."""
    if tag.kind is Kind.BLOCK and (source := structure.jinja.get(tag.number, "")):
        return f"{BLOCK}\n{source}{BLOCK_END}"
    if tag.kind is not Kind.PRINT:
        return f"{_COMMENT}\n{_COMMENT_END}"
    if tag.number in structure.computed:
        return f"{PRINT}\n_number({tag.number}){PRINT_END}"
    if dialect.is_plain:  # a filter: it is looked up once, and calling it costs no check
        return f"{PRINT}\n({tag.body})|_print({tag.number}){PRINT_END}"
    return f"{PRINT}\n_print(({tag.body}),{tag.number}){PRINT_END}"


def mark_source(own: str, structure: Structure, dialect: Dialect) -> str:
    """Return what a mark other than a tag's becomes."""
    if dialect.is_plain:  # a call block would keep `set` inside to itself
        return token(own) if own in KEPT else ""
    if own in _GUARDS:
        return f"{BLOCK}call {_GUARDS[own]}(){BLOCK_END}"
    if own == "G":
        return _CALL_END
    if own[0] in "hH" and int(own[1:]) in structure.headings:
        return f"{BLOCK}call _heading({own[1:]}){BLOCK_END}" if own[0] == "h" else _CALL_END
    return ""
