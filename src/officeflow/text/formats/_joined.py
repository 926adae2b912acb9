"""Lists in one line."""

from __future__ import annotations

from officeflow.model.values import FigureValue


def texts(value: FigureValue) -> tuple[str, ...]:
    """Return a value as a list of texts; one text is a list of one.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, tuple):
        raise ValueError(value)  # noqa: TRY004  one kind of refusal for every format
    return value


def joined(items: tuple[str, ...]) -> str:
    """Return the items joined by 、, which GB/T 15834 (4.5.3.5) leaves out between “”“” and between 《》《》.

    >>> joined(("“甲”工作室", "“乙”", "“丙”"))
    '“甲”工作室、“乙”“丙”'
    """
    text = items[0] if items else ""
    for item in items[1:]:
        text += ("" if text[-1:] + item[:1] in {"”“", "》《"} else "、") + item
    return text
