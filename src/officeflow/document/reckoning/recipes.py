"""Recipes: the expression by which a printed figure is found again in other data, and what it gives there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import TemplateError, TemplateSyntaxError, meta
from jinja2.environment import TemplateExpression

from officeflow.document.reckoning.cell_tags import split_tags
from officeflow.document.reckoning.expressions import Nothing, Operand
from officeflow.document.reckoning.limits import look, watched
from officeflow.document.reckoning.sandbox import DELIMITERS, sandbox
from officeflow.document.wml.wordml import legible
from officeflow.model.figures import Figure
from officeflow.text.formats import format_names

UNKNOWN = "?"
"""The recipe of what no expression gives again: a filter chose it, or a loop inside a loop."""
_LONGEST = 2000
"""Characters of a recipe; a record comes from outside and may hold anything."""
_FAILURES = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    RecursionError,
)


@lru_cache(maxsize=1024)
def names_in(expression: str) -> frozenset[str]:
    """Return the names an expression asks for; a name that no figure can have if it does not parse.

    >>> sorted(names_in("(捐款 + 捐物)|数"))
    ['捐款', '捐物']
    """
    if len(expression) > _LONGEST:
        return frozenset((UNKNOWN,))
    source = f"{DELIMITERS['variable_start_string']} {expression} {DELIMITERS['variable_end_string']}"
    try:
        return frozenset(meta.find_undeclared_variables(sandbox().parse(source)))
    except TemplateSyntaxError:
        return frozenset((UNKNOWN,))


def reckon(recipe: str, figures: Mapping[str, Figure]) -> Figure | None:
    """Return the figure that a recipe gives from these figures, its text as it would be printed.

    None when it gives none: a row or name it rests on is gone, the recipe is UNKNOWN, no
    expression, or takes more time or room than a document has (`limits.watched`).
    """
    if recipe in figures:
        found: Any = Operand(figures[recipe], _lost, recipe)
    else:
        found = _reckoned(recipe, figures)
    if isinstance(found, list) and found and all(isinstance(item, Operand) for item in found):
        found = Operand.gathered(found)
    if not isinstance(found, Operand):
        return None
    return _with_cell_tags(found.figure, figures)


def _reckoned(recipe: str, figures: Mapping[str, Figure]) -> object:
    with watched():
        try:
            look()
            expression = _expression(recipe)
            named = {name: Operand(figure, _lost, name) for name, figure in figures.items()}
            return None if expression is None else expression(named)
        except _FAILURES:
            return None


@lru_cache(maxsize=1024)
def _expression(recipe: str) -> TemplateExpression | None:
    """Return the compiled expression, or None if it does not parse."""
    try:
        long = len(recipe) > _LONGEST
        return None if long else sandbox().compile_expression(recipe, undefined_to_none=False)
    except _FAILURES:
        return None


def _lost(code: str, name: str, _known: Iterable[str]) -> Nothing:
    return Nothing(hint=code, name=name)


class CellPiece(NamedTuple):
    """A piece of a cell's text: words, or a figure that the clerk named there, known by its recipe."""

    text: str
    recipe: str = ""
    figure: Figure | None = None


def cell_pieces(figure: Figure, figures: Mapping[str, Figure]) -> tuple[CellPiece, ...]:
    """Return the pieces of a text with {{指标}} in it, () when one of them gives nothing."""
    pieces: list[CellPiece] = []
    for piece in split_tags(figure.text):
        if isinstance(piece, str):
            pieces.append(CellPiece(legible(piece)))
            continue
        named = figures.get(piece.name)
        if named is None or not named.is_known or piece.format not in ("", *format_names()):
            return ()
        operand = Operand(named, _lost, piece.name)
        printed = operand.printed_as(piece.format) if piece.format else operand
        pieces.append(CellPiece(legible(printed.figure.text), printed.recipe, printed.figure))
    return tuple(pieces)


def _with_cell_tags(figure: Figure, figures: Mapping[str, Figure]) -> Figure | None:
    """Return a figure with the {{指标}} in its cell's text replaced; None when one of them gives nothing."""
    if not figure.has_tags or not figure.is_known:
        return figure
    pieces = cell_pieces(figure, figures)
    if not pieces:
        return None
    is_personal = figure.is_personal or any(one.figure.is_personal for one in pieces if one.figure)
    text = "".join(piece.text for piece in pieces)
    return replace(figure, text=text, has_tags=False, is_personal=is_personal)
