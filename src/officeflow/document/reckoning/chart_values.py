"""What a value of a template's tag is as a chart: a figure by groups, columns of a list, a table of names and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinja2 import Environment, Undefined, pass_environment

from officeflow.document.reckoning.expressions import Nothing, Operand, number_in
from officeflow.document.wml.chart_xml import ChartData, Series
from officeflow.document.wml.placing import UnplacedError
from officeflow.document.words import WORDS
from officeflow.model.figures import Figure, State

MOST_POINTS = 1000
"""More cannot be told apart on a page."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns of a list, as the filter {{ 名单|栏("社区", "户数") }} takes them: for a chart, not to be printed."""

    names: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    figure: Figure | None = None
    """The list, where it is a figure."""

    def __str__(self) -> str:
        raise UnplacedError("CHART_DATA", name="、".join(self.names))


@pass_environment
def columns(environment: Environment, value: Any, *names: str) -> Columns:
    """Return columns of a list's rows by the names of their fields."""
    rows = () if isinstance(value, Undefined) else tuple(value)
    listed = tuple(tuple(environment.getitem(row, name) for name in names) for row in rows)
    return Columns(names, listed, value.figure if isinstance(value, Operand) else None)


def chart_data(value: Any, name: str) -> ChartData:
    """Return what a chart of a value shows; `name` is that of its only series where the value has none.

    Raises:
        UnplacedError: it has no numbers by name, or more than a chart can show.
    """
    match value:
        case Operand():
            return _of_figure(value.figure)
        case Figure():
            return _of_figure(value)
        case Columns():
            return _of_rows(value.rows, value.names[1:])
        case Mapping():
            return _of_rows(tuple(value.items()), (name,))
        case list() | tuple() if value and all(isinstance(row, Mapping) for row in value):
            return _of_rows(tuple(tuple(row.values()) for row in value), tuple(map(str, [*value[0]][1:])))
        case list() | tuple() if value and all(isinstance(row, (list, tuple)) for row in value):
            return _of_rows(value, tuple(name for _ in value[0][1:]))
    raise UnplacedError("CHART_DATA", name=name)


def drawn(value: Any, title: object = "") -> Operand:
    """Return a value as the figure that a chart shows: its text names every point, its members are the series.

    A title is part of it where it is given: one that names a period must move with the data.

    Raises:
        UnplacedError: as `chart_data`.
    """
    sources = sources_of(value)
    name = next((one.name or one.id for one in sources), "")
    figure = drawn_figure(value, chart_data(value, name), name, " ".join(str(title).split()))
    return Operand(figure, lambda code, lost, _: Nothing(hint=code, name=lost))


def drawn_figure(value: Any, data: ChartData, name: str, title: str = "") -> Figure:
    """Return the figure of a chart that shows these data of a value; its key is the title."""
    text = entitled(data.text, title)
    sources = sources_of(value)
    own = (
        cell
        for one in sources
        for cell in (one.cells or [cell for member in one.members for cell in member.cells])
    )
    series = tuple(
        Figure(
            id=one.name,
            name=one.name,
            key=one.name,
            value=None,
            state=State.KNOWN,
            members=tuple(
                Figure(
                    id=label,
                    name=label,
                    key=label,
                    value=number,
                    state=State.EMPTY if number is None else State.KNOWN,
                )
                for label, number in zip(data.categories, one.values, strict=True)
            ),
        )
        for one in data.series
    )
    return Figure(
        id=sources[0].id if len(sources) == 1 and sources[0].id else name,
        name=sources[0].name if len(sources) == 1 and sources[0].name else name,
        value=text,
        state=State.KNOWN,
        text=text,
        key=title,
        cells=tuple(dict.fromkeys(own)),
        members=series,
        is_personal=any(map(_is_personal, sources)),
    )


def entitled(text: str, title: str) -> str:
    """Return what a chart shows with its title before it."""
    return WORDS.entitled.format(title=title, text=text) if title else text


def data_of(figure: Figure) -> ChartData:
    """Return what a chart shows whose figure `drawn_figure` made."""
    labels = figure.members[0].members if figure.members else ()
    series = (
        Series(one.name, tuple(number_in(point.value) for point in one.members)) for one in figure.members
    )
    return ChartData(tuple(point.name for point in labels), tuple(series))


def _is_personal(figure: Figure) -> bool:
    return figure.is_personal or any(map(_is_personal, figure.members))


def sources_of(value: Any) -> list[Figure]:
    """Return the figures that a chart of a value rests on, one per point or the one that has them as groups."""
    match value:
        case Operand():
            return [value.figure]
        case Figure():
            return [value]
        case Columns():
            return [cell.figure for row in value.rows for cell in row if isinstance(cell, Operand)]
    return []


def named_in(value: Any) -> list[Figure]:
    """Return the figures that a value names: the list itself before what is in it."""
    if isinstance(value, Columns) and value.figure is not None:
        return [value.figure]
    return sources_of(value)


def missing_in(value: Any) -> State | None:
    """Return why a figure has nothing to be drawn, None when it has."""
    if isinstance(value, Columns) and value.rows:
        return None
    figure = value.figure if isinstance(value, (Operand, Columns)) else value
    if not isinstance(figure, Figure):
        return None
    return (State.EMPTY if isinstance(value, Columns) else None) if figure.is_known else figure.state


def _of_figure(figure: Figure) -> ChartData:
    numbers = [number_in(member.value) for member in figure.members]
    if not figure.members or all(number is None for number in numbers):
        raise UnplacedError(
            "CHART_COLUMNS" if figure.members else "CHART_DATA", name=figure.name or figure.id
        )
    name = figure.name or figure.id
    unit = next((member.unit for member in figure.members if member.unit), figure.unit)
    said = WORDS.with_unit.format(name=name, unit=unit) if unit else name
    labels = [member.label or member.key or member.name or member.text for member in figure.members]
    return _bounded(ChartData(tuple(labels), (Series(said, tuple(numbers)),)))


def _of_rows(rows: Sequence[Sequence[Any]] | Iterable[Sequence[Any]], names: tuple[str, ...]) -> ChartData:
    listed = list(rows)
    width = len(names) + 1
    if width < 2 or any(len(row) != width for row in listed):  # noqa: PLR2004  a name and a number at least
        raise UnplacedError("CHART_DATA", name="、".join(names))
    series = tuple(
        Series(name, tuple(_number(row[place]) for row in listed))
        for place, name in enumerate(names, start=1)
    )
    if listed and all(value is None for one in series for value in one.values):
        raise UnplacedError("CHART_DATA", name="、".join(names))
    return _bounded(ChartData(tuple(str(row[0]) for row in listed), series))


def _number(value: Any) -> Decimal | None:
    figure = value.figure if isinstance(value, Operand) else value
    return number_in(figure.value if isinstance(figure, Figure) else figure)


def _bounded(data: ChartData) -> ChartData:
    if len(data.categories) * len(data.series) > MOST_POINTS:
        raise UnplacedError("CHART_LARGE", name=data.series[0].name)
    return data
