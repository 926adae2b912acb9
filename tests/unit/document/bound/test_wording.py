"""Words that no longer agree with the numbers: cases as data, through composed documents."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from officeflow.document.bound.document import read_bound
from officeflow.document.bound.wording import News, wording_findings
from officeflow.document.reckoning.recipes import reckon
from officeflow.document.render.composing import compose
from officeflow.model.figures import Figure
from officeflow.model.kit import Kit, Rule
from tests.support.cases import load_cases
from tests.support.docx import docx, p, package, part, part_names
from tests.support.figures import ORIGIN, figure


def last(of: str) -> Rule:
    return Rule(use="value", of=of, previous=True)


KIT = Kit(
    id="wording",
    title="示例",
    version="1",
    unit="",
    period=("", ""),
    forms=(),
    figures=(
        Rule(id="捐衣物", use="total"),
        Rule(id="到岗数", use="count"),
        Rule(id="党员数", use="count"),
        Rule(id="衣物增幅", use="change", of="捐衣物", to=last("捐衣物")),
        Rule(id="衣物增减", use="difference", of="捐衣物", to=last("捐衣物")),
        Rule(id="上期投诉", use="value", of="投诉", previous=True),
        Rule(id="名次", use="rank", of="服务人次"),
        Rule(id="书籍名次", use="rank", of="捐书籍"),
        Rule(id="女党员占比", use="share", of="女党员数", to=Rule(use="value", of="党员数")),
    ),
    checks=(Rule(use="equals", of="到岗数", to=Rule(use="value", of="党员数")),),
)


def figures(said: dict[str, str]) -> dict[str, Figure]:
    """Figures as the cases write them: 258件, -2件, or a text."""
    found = {}
    for name, text in said.items():
        number = re.fullmatch(r"(-?[0-9.]+)(.*)", text)
        found[name] = figure(name, Decimal(number[1]), number[2]) if number else figure(name, text)
    return found


def typed_over(document: bytes, old: str, new: str) -> bytes:
    """The document with the text of one run replaced, as a person does it."""
    files = {name: part(document, name) for name in part_names(document)}
    files["word/document.xml"] = files["word/document.xml"].replace(f">{old}<", f">{new}<")
    return package(files)


def findings(case: dict) -> list:
    was, now = figures(case["was"]), figures(case["now"])
    document = compose(docx(p(case["text"])), was, origins=(ORIGIN,)).value.document
    for name, text in case.get("typed", {}).items():
        document = typed_over(document, was[name].text, text)
    bound = read_bound(document).value
    news = News(
        now={name: reckon(one.recipe or one.id, now) for name, one in bound.record.figures.items()},
        kit=KIT,
        figures=now,
        previous=case.get("last", {}),
        is_next=case.get("is_next", False),
    )
    return list(wording_findings(bound, news))


@pytest.mark.parametrize(("_", "case"), load_cases("wording"))
def test_wording(_, case):
    """A sentence is listed when its claim may have held for the old numbers and does not for the new ones."""
    said = [
        f"{one.value}：{one.expected}{'?' if one.code == 'WORDING_MOVED' else ''}" for one in findings(case)
    ]

    assert case["found"] == said


def test_finding_says_paragraph_words_and_numbers():
    """第几段、哪几个字、现在的数: what a writer needs to mend the sentence, `verify`."""
    (found,) = findings(
        {
            "text": "捐衣物{{ 捐衣物 }}，比上月增长。",
            "was": {"捐衣物": "262件"},
            "now": {"捐衣物": "256件"},
            "last": {"捐衣物": "258"},
        }
    )

    assert "第1段说“比上月增长”，现在是减少2件（258→256）。" == found.message
    assert ("WORDING", "verify", "请改这句话。") == (found.code, found.severity, found.remedy)
