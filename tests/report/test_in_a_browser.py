"""The page as a browser shows it: axe finds nothing, a phone needs no sideways scrolling, nothing is asked of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from equitybook.report import Beside, render_html
from tests.report.made import report

pytestmark = pytest.mark.slow
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module", name="page")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    path = tmp_path_factory.mktemp("page") / "summary.html"
    path.write_text(render_html(report()), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.goto(path.as_uri())
        yield page
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_light_and_in_dark(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"]) for one in found] == []


def test_a_phone_shows_it_without_scrolling_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_opening_it_asks_for_nothing_else(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert asked == [page.url]


def test_the_keyboard_reaches_the_summary_first(page: Page) -> None:
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_on_the_servers_page_the_table_behind_a_picture_is_folded_and_on_paper_it_is_not(page: Page) -> None:
    page.set_content(render_html(report(), beside=Beside()))
    table = page.locator(".eq-as-table table").first
    # Playwright's own idea of what is visible does not know of "::details-content".
    shown = "(one) => one.checkVisibility({contentVisibilityAuto: true}) && one.getBoundingClientRect().height > 20"
    assert not table.evaluate(shown)
    page.emulate_media(media="print")
    assert table.evaluate(shown)
    page.emulate_media(media="screen")
