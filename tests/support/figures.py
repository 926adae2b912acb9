"""Figures by hand, for tests of what is done with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from officeflow.model.cells import CellRef
from officeflow.model.document import Origin
from officeflow.model.figures import Figure, State
from officeflow.text.formats import print_value

ORIGIN = Origin(
    kit="community-posts",
    version="1.0",
    period="2014-03-01/2014-06-05",
    unit="县林业局党委",
    digest="0" * 64,
    file="示例.xlsx",
)


def figure(name: str, value: Any, unit: str = "", *, row: int = 5, **more: Any) -> Figure:
    """A known figure from cell 台账!C<row>; None makes it empty."""
    if isinstance(value, int):
        value = Decimal(value)
    if value is None:
        return Figure(id=name, name=name, value=None, state=State.EMPTY, unit=unit, **more)
    text = print_value(value, unit=unit, format=more.get("format", "")).text
    cells = more.pop("cells", (CellRef("台账", row, 3),))
    return Figure(
        id=name, name=name, value=value, state=State.KNOWN, unit=unit, text=text, cells=cells, **more
    )


def row(key: str, number: int, **fields: Any) -> Figure:
    """A row member: its fields by name."""
    own = {
        name: value if isinstance(value, Figure) else figure(name, value, row=number)
        for name, value in fields.items()
    }
    return Figure(id=key, name=key, value=key, state=State.KNOWN, text=key, key=key, fields=own)


def by_id(figures: Iterable[Figure]) -> Mapping[str, Figure]:
    """Figures as `compose` takes them."""
    return {one.id: one for one in figures}


STANDARD = by_id(
    (
        figure("捐衣物", 248, "件", row=6),
        figure("捐书籍", 0, "册", row=7),
        figure("捐款", 16000, "元", row=8),
        figure("党员数", 39, "名", row=9),
        figure("联系社区", ("河北社区", "西山社区"), cells=(CellRef("台账", 5, 2), CellRef("台账", 6, 2))),
        figure("会议日期", date(2014, 5, 30), row=10),
        figure("单位", "县林业局", row=11),
        figure("符号", "<甲>&“乙”\n二行", row=12),
        figure("总期号", None),
        Figure(id="上期捐款", name="上期捐款", value=None, state=State.UNKNOWN, unit="元"),
        Figure(id="项数", name="项数", value=None, state=State.PRINTED, format="汉字"),
        figure("按语", "捐衣物{{捐衣物}}，合｛｛捐款｜数｝｝元。", row=13, has_tags=True),
        figure("错按语", "捐{{捐衣}}。", row=14, has_tags=True),
        figure("捐赠人", "示例甲", row=15, is_personal=True),
        Figure(
            id="帮办",
            name="帮办",
            value=("西山", "河北"),
            state=State.KNOWN,
            text="西山、河北",
            members=(
                row("西山", 5, 社区="西山社区", 到场天数=2, 类别="正在办理"),
                row("河北", 6, 社区="河北社区", 到场天数=0, 类别="列入计划"),
            ),
        ),
        Figure(
            id="名单",
            name="名单",
            value=("甲、乙",),
            state=State.KNOWN,
            text="甲、乙",
            members=(figure("名单", ("甲", "乙"), key="报"),),
        ),
    )
)
