"""The Jinja source that a template's tags and marks become."""

from __future__ import annotations

from officeflow.document.reckoning.sandbox import DELIMITERS
from officeflow.document.reckoning.tags import TagKind
from officeflow.document.templates.blocks import Structure
from officeflow.document.templates.charts import CHART
from officeflow.document.templates.dialect import Dialect, print_source
from officeflow.document.templates.heal import ATTRIBUTE, Tag
from officeflow.document.templates.text_nodes import TEXT, VALUE

_COMMENT, _COMMENT_END = DELIMITERS["comment_start_string"], DELIMITERS["comment_end_string"]
_CALLS = {CHART: "_chart", TEXT: "_value", VALUE: "_value", ATTRIBUTE: "_attribute"}


def tag_source(tag: Tag, structure: Structure, dialect: Dialect) -> str:
    """Return what a tag becomes; it begins with a line feed inside the delimiters, so that lines tell tags."""
    if tag.kind is TagKind.BLOCK and (source := structure.jinja.get(tag.number, "")):
        return dialect.block(source)
    if tag.kind is not TagKind.PRINT:
        return f"{_COMMENT}\n{_COMMENT_END}"
    if tag.number in structure.computed:
        return print_source(f"\n_number({tag.number})")
    if tag.scope in _CALLS:
        return dialect.call(_CALLS[tag.scope], f"\n({tag.body})", tag.number)
    return dialect.printing(tag, structure)


def mark_source(content: str, structure: Structure, dialect: Dialect) -> str:
    """Return what a mark other than a tag's becomes."""
    if content[0] == "K":
        return dialect.call("_chart_end", "none", int(content[1:]))
    return dialect.mark(content, structure)
