"""The page as Voilà serves it: prepared in words, saved without its kernel, left only when it is really left."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import Harness, cell, wait_until_saved
from tests.serving import CYCLE, Server, small_cohort

pytestmark = pytest.mark.slow

NOTEBOOK = (
    "from IPython.display import Markdown, HTML\nHTML('<h1>Measures</h1><p>Plain words.</p><a href=\"mailto:sam@example.org\">Write to Sam</a>')",
    "HTML('<h2>Who works here</h2>')",
    "from equitybook.outcomes.registry import table\nfrom equitybook.widgets import EntryForm, EntryGrid, FindingView\nEntryGrid(table('hr1_grid'))",
    "view = FindingView(lambda tables: view.show(f'<p id=\"told\">Told of {tables[0]}</p>'), html='<p id=\"told\">Nothing yet</p>')\nview",
    "HTML('<h2>The payday</h2>' + '<p>Words.</p>' * 40)",
    "EntryForm(table('hr1_setup'), fields=['payroll_headcount'])",
)
PAGE = f"voila/render/prairie-glen/{CYCLE}.ipynb"
PATIENCE = 90_000


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = small_cohort(tmp_path_factory.mktemp("served") / "cohort", notebook=NOTEBOOK)
    with Server(folder, options={"grace": 2}) as server:
        yield server


def open_page(harness: Harness, *, width: int = 1280) -> Page:
    page = harness.person("maria", width=width).new_page()
    page.on("pageerror", lambda error: harness.problems.append(str(error)))
    page.goto(harness.server.url + PAGE, timeout=PATIENCE, wait_until="commit")
    page.wait_for_selector(".eq-grid", timeout=PATIENCE)
    return page


def kernels(server: Server) -> list[psutil.Process]:
    children = psutil.Process(server.process.pid).children(recursive=True)
    return [one for one in children if is_kernel(one)]


def kernel_id(page: Page) -> str:
    return page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")


def is_kernel(process: psutil.Process) -> bool:
    try:
        return "ipykernel" in " ".join(process.cmdline())
    except psutil.Error:  # gone, or a zombie: ended and not yet waited for
        return False


def test_the_page_says_that_it_is_being_prepared_and_then_shows_its_steps(harness: Harness):
    page = harness.person("maria").new_page()
    # It may be over before a test has looked.
    page.add_init_script("""new MutationObserver(() => {
        const box = document.getElementById("eq-preparing");
        if (box) window.prepared = `${box.getAttribute("role")}: ${box.innerText}`;
    }).observe(document, { childList: true, subtree: true });""")
    page.goto(harness.server.url + PAGE, timeout=PATIENCE, wait_until="commit")
    page.wait_for_selector(".eq-grid", timeout=PATIENCE)
    assert "status: Preparing your workbook" in page.evaluate("window.prepared")
    steps = page.get_by_role("navigation", name="Steps of this cycle")
    expect(steps.get_by_role("link")).to_have_text([r"1Who works hereStep 1 of 2", r"2The paydayStep 2 of 2"])
    expect(page.get_by_role("banner")).to_contain_text("Prairie Glen · Cycle 2 of 2 · due Tuesday 17 November")
    expect(page.get_by_role("main")).to_have_count(1)
    steps.get_by_role("link", name="The payday").click()
    expect(steps.get_by_role("link", name="The payday")).to_have_attribute("aria-current", "step")


def test_a_save_is_told_to_the_kernel_which_shows_the_new_words(harness: Harness):
    page = open_page(harness)
    page.get_by_role("button", name="Add row").click()
    page.keyboard.type("Police")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("Told of hr1_grid", timeout=PATIENCE)


def test_typing_is_saved_after_the_kernel_died(harness: Harness):
    harness.put("hr1_grid", {"department": "Police", "n": 21})
    page = open_page(harness)
    for kernel in kernels(harness.server):
        kernel.kill()
    cell(page, 1, "n").click()
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 35
    expect(page.get_by_role("alert")).to_contain_text("The picture is paused", timeout=40_000)


def test_a_mail_link_and_a_download_leave_the_page_and_its_kernel_alive(harness: Harness):
    harness.put("hr1_grid", {"department": "Police", "n": 21})
    page = open_page(harness)
    beacons = []
    page.context.on("request", lambda request: beacons.append(request.url) if "shutdown" in request.url else None)
    page.get_by_role("link", name="Write to Sam").click()
    with page.expect_download():
        page.get_by_role("link", name="Download", exact=True).click()
    page.wait_for_timeout(1000)
    assert beacons == []
    cell(page, 1, "n").click()
    page.keyboard.type("36")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("Told of hr1_grid", timeout=PATIENCE)


def test_leaving_the_page_lets_its_kernel_go(harness: Harness):
    page = open_page(harness)
    # This page's own: a browser that another test closed may not have had time to say that it was leaving.
    mine = kernel_id(page)
    assert any(mine in argument for one in kernels(harness.server) for argument in one.cmdline())
    page.goto(harness.server.url)
    for _ in range(150):
        if page.request.get(f"{harness.server.url}api/kernels/{mine}").status == 403:
            return
        page.wait_for_timeout(200)
    raise AssertionError("The kernel of a page that was left is still running.")


def test_coming_back_finds_the_step_where_one_was(harness: Harness):
    page = open_page(harness)
    page.get_by_role("navigation", name="Steps of this cycle").get_by_role("link", name="The payday").click()
    expect(page.locator("nav.eq-steps [aria-current=step]")).to_contain_text("The payday")
    page.goto(harness.server.url)
    page.goto(harness.server.url + PAGE, timeout=PATIENCE, wait_until="commit")
    expect(page.locator("nav.eq-steps [aria-current=step]")).to_contain_text("The payday", timeout=PATIENCE)
    expect(page.get_by_role("heading", name="The payday")).to_be_in_viewport()


def test_a_page_that_is_not_there_says_so_in_words(harness: Harness):
    page = harness.person("maria").new_page()
    answer = page.goto(f"{harness.server.url}voila/render/prairie-glen/cycle_9_nothing.ipynb")
    assert answer.status == 404
    expect(page.get_by_role("link", name="home")).not_to_have_count(0)
