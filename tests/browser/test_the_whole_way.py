"""From a payroll file to the coaching session, in a real browser, on workbooks papermill generated from the real notebook."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from equitybook.batch.generate import generate
from equitybook.program import Cohort
from equitybook.store import Store
from tests.browser.harness import Harness, all_steps, go_to
from tests.serving import CYCLE, MARIA, OTIS, SAM, Server, small_cohort

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("whole-way")]

WORKBOOK = f"voila/render/prairie-glen/{CYCLE}.ipynb"
PATIENCE = 90_000

HOUSTON_RACE = {
    "White": "665",
    "Black or African American": "700",
    "Hispanic or Latino": "480",
    "Asian or Pacific Islander (not told apart)": "107",
    "American Indian or Alaska Native": "11",
    "Another group, as recorded": "2",
}
"""Published with the sample of Houston's staff (2,000 people); 35 more have no race on record."""

ANSWERS = {
    "Asian/Pacific Islander": "ASIAN_PI",
    "Others": "OTHER",
    "HFD Deferred Term": "FT",
    "Inactive": "here",
}


@pytest.fixture(scope="module")
def cohort_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two towns whose workbooks are generated as a coach generates them."""
    folder = small_cohort(tmp_path_factory.mktemp("whole-way") / "cohort")
    cohort = Cohort.read(folder)
    with Store.of(folder) as store:
        store.migrate()
        manifest = generate(cohort, store, cycle=2)
    assert [entry.outcome for entry in manifest.entries] == ["generated", "generated"], manifest
    return folder


@pytest.fixture(scope="module")
def town(cohort_folder: Path, chrome: Browser) -> Iterator[Harness]:
    with Server(cohort_folder) as server:
        one = Harness(chrome, server)
        yield one
        for context in one.contexts:
            context.close()
    assert one.strays == []


def opened(town: Harness, username: str, *, width: int = 1280) -> Page:
    page = town.person(username, width=width).new_page()
    page.goto(town.server.url + WORKBOOK, timeout=PATIENCE)
    page.get_by_text("Submit to my coach").wait_for(state="attached", timeout=PATIENCE)
    return page


def finding(page: Page, title: str):
    return page.locator(".eq-finding", has=page.get_by_text(title, exact=True)).first


def serious(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in {"serious", "critical"}]


def saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="Saved").first).to_be_visible(timeout=20_000)


@pytest.fixture(scope="module")
def with_houston(town: Harness, shared_data: Path) -> Page:
    """Maria has uploaded the Houston list, settled what was asked, and imported it."""
    page = opened(town, MARIA)
    go_to(page, page.get_by_label("Count staff as of"))
    page.get_by_label("Count staff as of").fill("2016-12-31")
    page.get_by_label("People on that payroll").fill("2000")
    page.get_by_label("People on that payroll").blur()
    saved(page)
    with page.expect_file_chooser() as chooser:
        page.locator("label", has_text="Upload a staff list").first.click()
    chooser.value.set_files(shared_data / "workforce" / "houston_employees.csv")
    proposal = page.locator(".eq-proposal")
    expect(proposal).to_contain_text("UNIQUE_ID", timeout=PATIENCE)
    expect(proposal).to_contain_text("to settle before this can be imported")
    for word, code in ANSWERS.items():
        proposal.locator(f'select[aria-label^="{word} in "]').select_option(f"={code}")
    expect(proposal).not_to_contain_text("to settle", timeout=20_000)
    proposal.get_by_role("button", name="Import").first.click()
    expect(page.locator("b", has_text="2,000 people imported")).to_be_visible(timeout=PATIENCE)
    return page


def test_a_town_reads_its_own_numbers_after_an_upload(with_houston: Page):
    shares = finding(with_houston, "Staff by race and ethnicity")
    expect(shares).to_contain_text("Black or African American (700)", timeout=PATIENCE)
    shares.get_by_text("Show as a table").click()
    for group, people in HOUSTON_RACE.items():
        expect(shares.locator("tr", has_text=group).first).to_contain_text(people)
    expect(shares).to_contain_text("35")
    headcount = finding(with_houston, "How many people work here")
    headcount.get_by_text("Show as a table").click()
    expect(headcount).to_contain_text("114")


def test_no_group_of_one_reaches_the_coach(with_houston: Page, town: Harness):
    page = town.person(SAM).new_page()
    page.goto(f"{town.server.url}towns/prairie-glen/{CYCLE}.html", timeout=PATIENCE)
    text = page.inner_text("body") + page.content()
    assert "Prairie Glen" in text
    assert "2 are Another group" not in text
    for row in page.locator("tr", has_text="Another group, as recorded").all():
        cells = [cell.inner_text().strip() for cell in row.locator("td").all()]
        assert not {"1", "2", "1.0 %", "0.1 %"} & set(cells), cells
    assert serious(page) == []


def test_another_town_gets_403_for_page_kernel_and_files(with_houston: Page, town: Harness):
    otis = town.server.sign_in(OTIS)
    kernel = with_houston.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    assert otis.get(WORKBOOK).status == 403
    assert otis.get(f"api/kernels/{kernel}").status == 403
    assert otis.get(f"towns/prairie-glen/{CYCLE}.html").status == 403
    assert otis.get("voila/files/prairie-glen/anything.svg").status in {403, 404}


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_workbook_has_no_serious_accessibility_fault(with_houston: Page, town: Harness, width: int):
    with_houston.set_viewport_size({"width": width, "height": 900})
    all_steps(with_houston)
    with_houston.wait_for_timeout(800)
    assert serious(with_houston) == []
    assert with_houston.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_said_to_be_saved_is_there_after_the_server_was_killed(town: Harness):
    page = opened(town, MARIA)
    words = page.get_by_label("Which number surprised you", exact=False).first
    go_to(page, words)
    words.fill("Four of ten are Black; I had thought fewer.")
    words.blur()
    saved(page)
    words.fill("Four of ten are Black; I had thought fewer. Payroll agrees.")
    town.server.kill()
    words.blur()
    expect(page.get_by_text("kept in this browser").first).to_be_visible(timeout=30_000)
    town.server.start()
    saved(page)
    again = opened(town, MARIA)
    expect(again.get_by_label("Which number surprised you", exact=False).first).to_have_value(
        "Four of ten are Black; I had thought fewer. Payroll agrees.", timeout=20_000
    )


def test_the_page_works_with_the_keyboard_alone(town: Harness):
    town.put("hr1_grid", {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21})
    page = opened(town, MARIA)
    page.keyboard.press("Tab")
    step = page.locator("nav.eq-steps").get_by_role("link", name="Who works here")
    for _ in range(60):
        if step.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Who works here")).to_be_focused()
    page.get_by_label("People on that payroll").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("1999")
    page.keyboard.press("Tab")
    saved(page)
    headcount = finding(page, "How many people work here")
    expect(headcount).to_contain_text("1,999", timeout=PATIENCE)
    page.get_by_role("link", name="Next: Who could we hire from").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Who could we hire from")).to_be_focused()
    grid = page.locator('.eq-grid[data-table="hr1_avail"]')
    grid.get_by_role("button", name="Add row").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    saved(page)


def test_a_long_step_lists_its_parts_and_every_part_has_an_address_of_its_own(town: Harness):
    page = opened(town, MARIA)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert sorted(ids) == sorted(set(ids))
    page.get_by_role("navigation", name="Steps of this cycle").get_by_role("link", name="Who works here").click()
    page.get_by_role("navigation", name="Parts of Who works here").get_by_role("link", name="What the data say").click()
    heading = page.locator("#Who-works-here-What-the-data-say")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("heading", name="Who works here", level=2)).to_be_focused()
    page.close()


def test_a_submission_is_frozen_and_shown(town: Harness):
    page = opened(town, MARIA)
    go_to(page, page.locator(".eq-submit"))
    page.get_by_role("button", name="Submit to my coach").click()
    expect(page.locator(".eq-submit [role=status]").get_by_text("Submitted")).to_be_visible(timeout=PATIENCE)
    with Store.of(town.server.folder) as store:
        deadline = time.monotonic() + 10
        while not (made := store.community("prairie-glen", author=MARIA).submissions(2)) and time.monotonic() < deadline:
            time.sleep(0.2)
    assert made[0].number == 1
    assert made[0].answers["hr1_setup"]
