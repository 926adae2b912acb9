"""The Jinja source that a template's tags and marks become, in either dialect."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from officeflow.document.reckoning.sandbox import DELIMITERS
from officeflow.document.reckoning.tags import Kind
from officeflow.document.templates.blocks import Structure
from officeflow.document.templates.charts import CHART
from officeflow.document.templates.dialect import Dialect
from officeflow.document.templates.elsewhere import ATTRIBUTE
from officeflow.document.templates.heal import Tag
from officeflow.document.templates.text_nodes import TEXT, VALUE
from officeflow.document.wml.settling import KEPT, token

PRINT, PRINT_END = DELIMITERS["variable_start_string"], DELIMITERS["variable_end_string"]
BLOCK, BLOCK_END = DELIMITERS["block_start_string"], DELIMITERS["block_end_string"]
_COMMENT, _COMMENT_END = DELIMITERS["comment_start_string"], DELIMITERS["comment_end_string"]
_CALL_END = f"{BLOCK}endcall{BLOCK_END}"
_GUARDS = {"gb": "_paragraph", "gt": "_rows", "gr": "_cells"}


_CALLS = {CHART: "_chart", TEXT: "_value", VALUE: "_value", ATTRIBUTE: "_attribute"}
_LOOP = {"i": "if loop.first", "E": "else", "I": "endif"}


def tag_source(tag: Tag, structure: Structure, dialect: Dialect) -> str:
    """Return what a tag becomes; it begins with a line feed inside the delimiters, so that lines tell tags."""
    if tag.kind is Kind.BLOCK and (source := structure.jinja.get(tag.number, "")):
        word, _, rest = source.partition(" ")
        return _CELLS[word](rest) if word in dialect.cells else _block(f"\n{source}")
    if tag.kind is not Kind.PRINT:
        return f"{_COMMENT}\n{_COMMENT_END}"
    if tag.number in structure.computed:
        return _print(f"\n_number({tag.number})")
    if tag.scope in _CALLS:
        return _call(_CALLS[tag.scope], f"\n({tag.body})", tag.number, dialect)
    if tag.number in structure.looks:
        return _print(f"\n({tag.body})|_text({tag.number})")
    if dialect.is_plain:  # a filter: it is looked up once, and calling it costs no check
        return _print(f"\n({tag.body})|_print({tag.number})")
    return _print(f"\n_print(({tag.body}),{tag.number})")


def mark_source(own: str, structure: Structure, dialect: Dialect) -> str:
    """Return what a mark other than a tag's becomes."""
    if own[0] == "K":
        return _call("_chart_end", "none", int(own[1:]), dialect)
    if dialect.is_plain:
        return _plain_mark(own)
    if own in _GUARDS:
        return _block(f"call {_GUARDS[own]}()")
    if own == "G":
        return _CALL_END
    if own[0] in "hH" and int(own[1:]) in structure.headings:
        return _block(f"call _heading({own[1:]})") if own[0] == "h" else _CALL_END
    return ""


def _call(name: str, value: str, number: int, dialect: Dialect) -> str:
    return _print(f"{value}|{name}({number})" if dialect.is_plain else f"{name}({value},{number})")


def _plain_mark(own: str) -> str:
    if own in KEPT:  # a call block would keep `set` inside to itself
        return token(own)
    if own in _LOOP:
        return _block(_LOOP[own])
    if own[0] == "m":
        return _print(f"(loop.length * {own[1:]})|_span")
    return ""


def _block(source: str) -> str:
    return f"{BLOCK}{source}{BLOCK_END}"


def _print(source: str) -> str:
    return f"{PRINT}{source}{PRINT_END}"


def _merged(_: str) -> str:
    value = _block("\nif loop.first") + "restart" + _block("else") + "continue" + _block("endif")
    return f'<w:vMerge w:val="{value}"/>'


_CELLS: Mapping[str, Callable[[str], str]] = {
    "colspan": lambda rest: _print(f"\n({rest})|_span"),
    "cellbg": lambda rest: _print(f"\n({rest})|_color"),
    "hm": lambda _: _block("\nif loop.first"),
    "vm": _merged,
}
