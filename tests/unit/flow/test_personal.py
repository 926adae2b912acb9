"""Personal fields are masked in every message, list and JSON document, whatever is wrong with the workbook."""

import random
from pathlib import Path

import openpyxl
import pytest

from officeflow import flow
from officeflow.cli import main
from officeflow.intake.desk import Desk
from officeflow.kits.catalogue import catalogue
from officeflow.model.kit import Kit
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.recognise import find_layout

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
KIT: Kit = next(kit for kit in catalogue(()) if kit.id == "community-posts")
ODD = (
    "",
    "同上",
    "3.2",
    "约39人",
    "若干",
    "衣物20件、书籍30册",
    "合计",
    "x" * 300,
    "20**年",
    "－5",
    "=1",
    "填表人：{name}",
)


def named(sample: Path, path: Path) -> list[str]:
    """Give every personal cell a name of its own and return the names; then spoil other cells at random."""
    names: list[str] = []
    chance = random.Random(path.stem)  # noqa: S311  spoils test data
    opened = open_book(sample).value
    assert opened is not None
    book = openpyxl.load_workbook(sample)
    for form in KIT.forms:
        sheet = book[form.sheet]
        raw = opened.sheet(next(tab for tab in opened.tabs if tab.name == form.sheet)).value
        assert raw is not None
        layout = find_layout(raw, form)
        rows = list(range(layout.first, layout.first + 12))
        for field in form.fields:
            column = layout.columns.get(field.id)
            places = rows if form.kind != "record" else [layout.rows.get(field.id, 1)]
            for row in places if column else ():
                if raw.at(row, column) == "" and form.kind != "record":
                    continue
                if field.personal:
                    names.append(f"赵{chr(0x4E00 + len(names))}{chr(0x9000 + len(names))}")
                    odd = chance.random() < 0.3
                    sheet.cell(row, column).value = (
                        f"{names[-1]}、{names[-1]}{chance.choice('乙丙')}" if odd else names[-1]
                    )
                elif chance.random() < 0.25 and field.id != "classified":
                    sheet.cell(row, column).value = chance.choice(ODD) or None
    book["岗位认领"]["A300"] = f"填表人：{names[-1]}  审核人：{names[0]}"
    book.save(path)
    return names


@pytest.mark.parametrize("seed", range(3))
def test_no_name_is_said(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Neither JSON nor screen of check and figures holds a name that stands in a personal field."""
    sample = tmp_path / "样表.xlsx"
    flow.run(Desk.here(), "sample", {"kit": "community-posts", "output": sample})
    path = tmp_path / f"某局{seed}.xlsx"
    names = named(sample, path)
    capsys.readouterr()
    for command in ("check", "figures"):
        main([command, str(path), "--json"])
        main([command, str(path)])
    said = capsys.readouterr().out

    assert len(names) > 30
    assert "赵" in said
    assert [] == [name for name in names if name in said]
