"""The page of sources in a real Chromium, from a file: clicks, keys, print, and not one request."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from officeflow.flow import trace
from officeflow.intake.desk import Desk
from tests.support.documents import desk
from tests.support.word_edits import edited, overtype

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # A sandbox inside a container run by root is not to be had.
    arguments = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=which("chromium"), headless=True, args=arguments)
        yield found
        found.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = desk(tmp_path_factory.mktemp("desk"))
    for edit in (overtype("捐衣物", "近250件"), overtype("捐书籍", "约838册"), overtype("服务人次", "")):
        document.write_bytes(edited(document.read_bytes(), edit))
    target = document.with_suffix(".html")
    trace.run(Desk.here(), document=document, html=target)
    return target


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """The page opened; whatever it complains of or asks for fails the test."""
    amiss: list[str] = []
    opened = browser.new_page(viewport={"width": 1366, "height": 768})
    opened.on("console", lambda message: amiss.append(message.text))
    opened.on("pageerror", lambda error: amiss.append(str(error)))
    opened.on("request", lambda request: amiss.append(request.url))
    opened.goto(file.as_uri())
    yield opened
    opened.close()

    assert [file.as_uri()] == amiss


def shown(page: Page) -> str:
    """The number whose chain is shown, '' for the list of all."""
    panels = page.locator(".panel:visible")

    assert 1 == panels.count()
    return panels.locator(".shown").inner_text() if panels.get_attribute("id") != "all" else ""


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def figure(page: Page, text: str) -> Locator:
    return page.locator("#text .fig", has_text=text).first


def test_a_click_shows_where_a_number_comes_from(page: Page) -> None:
    """Its rows stand on the right, its own cells marked, the number itself highlighted."""
    figure(page, "1.6万元").click()

    assert "1.6万元" == shown(page)
    assert ["11200", "3000", "1800"] == page.locator(".panel:visible td.source").all_inner_texts()
    assert ["1.6万元"] == page.locator("#text .on").all_inner_texts()
    assert (
        "捐款捐物表里方式为捐赠、类别为现金的各行，金额（元）相加"
        in page.locator(".panel:visible").inner_text()
    )


def test_the_list_of_all_comes_first_and_esc_comes_back_to_it(page: Page) -> None:
    """Esc lets the number go and leaves the reader at its place."""
    assert shown(page) == ""
    figure(page, "1.6万元").click()
    page.keyboard.press("Escape")

    assert shown(page) == ""
    assert 0 == page.locator("#text .on").count()
    assert "1.6万元" == focused(page)


def test_keys_do_what_the_mouse_does(page: Page) -> None:
    """Tab goes from number to number, Enter shows one, arrows go on, Home and End to the ends."""
    figure(page, "近250件").focus()
    page.keyboard.press("Tab")

    assert "约838册" == focused(page)
    page.keyboard.press("Enter")
    assert "约838册" == shown(page)
    page.keyboard.press("ArrowRight")
    assert ("39名", "39名") == (shown(page), focused(page))
    page.keyboard.press("ArrowUp")
    assert "约838册" == shown(page)
    page.keyboard.press("End")
    assert "90份" == shown(page)
    page.keyboard.press("Home")
    assert "本溪满族自治县党的群众路线教育实践活动" == shown(page)
    page.keyboard.press("ArrowLeft")
    assert "本溪满族自治县党的群众路线教育实践活动" == shown(page)


def test_the_number_shown_is_in_sight(page: Page) -> None:
    """Choosing from the list scrolls the text to it, not the page."""
    page.locator("#all a", has_text="90份").click()
    box = figure(page, "90份").bounding_box()

    assert box is not None
    assert 0 < box["y"] < 768
    assert 0 == page.evaluate("window.scrollY")


def test_links_of_a_panel_lead_on_and_back(page: Page) -> None:
    """上一个, 下一个, 回到文稿, 全部的数."""
    figure(page, "约838册").click()
    page.locator(".panel:visible a", has_text="下一个").click()
    assert "39名" == shown(page)
    page.locator(".panel:visible a", has_text="上一个").click()
    assert "约838册" == shown(page)
    page.locator(".panel:visible a", has_text="回到文稿").click()
    assert "约838册" == focused(page)
    page.locator(".panel:visible a", has_text="全部的数").click()
    assert shown(page) == ""


def test_a_number_that_is_gone_is_still_told(page: Page) -> None:
    """Under the text, with its chain."""
    page.locator(".gone a", has_text="23人次").click()

    assert "被人删掉" in page.locator(".panel:visible .state").inner_text()
    assert 6 == page.locator(".panel:visible td.source").count()


def test_states_are_told_apart_without_colour(page: Page) -> None:
    """Words beside the number, in the list and in the panel."""
    flags = page.locator("#text .flag").all_inner_texts()
    figure(page, "近250件").click()

    assert ["被人改过", "改了说法"] == flags
    assert "被人改过" == page.locator(".panel:visible .state").inner_text()
    assert "近250件 捐衣物 被人改过" == page.locator("[role=status]").inner_text()
    assert "248件" in page.locator(".panel:visible .facts").inner_text()


def test_an_address_with_a_number_opens_there(browser: Browser, file: Path) -> None:
    """A link to one number can be kept."""
    opened = browser.new_page()
    opened.goto(f"{file.as_uri()}#f53")

    assert "1.6万元" == shown(opened)
    opened.close()


def test_without_its_script_the_page_is_all_there(browser: Browser, file: Path) -> None:
    """An office may forbid scripts: then the numbers are plain links to their chains."""
    opened = browser.new_context(java_script_enabled=False).new_page()
    opened.goto(file.as_uri())
    figure(opened, "1.6万元").click()
    box = opened.locator(".panel:target").bounding_box()

    assert 70 == opened.locator(".panel:visible").count()
    assert box is not None
    assert 0 <= box["y"] < 720
    opened.context.close()


def test_on_a_narrow_screen_the_chain_is_brought_into_sight(page: Page) -> None:
    """One column: the rows are under the text."""
    page.set_viewport_size({"width": 700, "height": 900})
    figure(page, "1.6万元").click()
    box = page.locator(".panel:visible").bounding_box()

    assert box is not None
    assert 0 <= box["y"] < 700


@pytest.mark.office("pdftotext", "pdfinfo")
def test_it_prints_text_first_then_every_number(page: Page, tmp_path: Path) -> None:
    """A4; the numbers in brackets lead from the text to the chains."""
    figure(page, "1.6万元").click()
    target = tmp_path / "p.pdf"
    page.pdf(path=target, prefer_css_page_size=True)
    pages = subprocess.run(
        ["pdftotext", "-layout", target, "-"], check=True, capture_output=True, text=True
    ).stdout.split("\f")
    info = subprocess.run(["pdfinfo", target], check=True, capture_output=True, text=True).stdout
    chains = next(number for number, text in enumerate(pages) if "文稿里的数" in text)

    assert "A4" in info
    assert "[53]" in "".join("".join(pages[:chains]).split())
    assert "出自" not in "".join(pages[:chains])
    assert "金额（元）相加" in "".join(pages[chains:])
    assert len(pages) < 20
