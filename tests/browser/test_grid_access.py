"""For everyone: nothing axe objects to, names a screen reader can say, no sideways scrolling on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.harness import Harness, Shown, cell, grid, wait_until_saved

pytestmark = pytest.mark.slow

POLICE = {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": "7.5"}
LOCKED = {"measure_id": "M1", "name": "Calls", "baseline_value": 31, "baseline_n": 46, "baseline_locked_on": "2026-12-05"}
CHECKS = [{"text": "Headcount agrees", "done": True, "where": "", "detail": ""}, {"text": "Source named", "done": False, "where": "#The-payday", "detail": "One field is empty."}]  # fmt: skip
EVERYTHING = (
    grid(),
    Shown("grid.js", {"table": "measures", "label": "Measures", "layout_as": "cards", "example": "<p>An example.</p>"}, "Measures"),
    Shown("form.js", {"table": "hr1_setup", "fields": [], "example": "<p>An example.</p>"}, "The payday"),
    Shown("importer.js", {"kind": "roster", "label": "Upload a staff list", "most_megabytes": 25}, "Upload"),
    Shown("submit.js", {"cycle": 2, "checks": CHECKS, "submitted": {}}, "Submit"),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(harness: Harness, width: int, scheme: str):
    harness.put("hr1_grid", POLICE, {**POLICE, "n": None})
    harness.put("measures", LOCKED)
    context = harness.person("maria", width=width)
    page = harness.open(context, *EVERYTHING)
    page.get_by_role("button", name="Show all examples").click()
    page.emulate_media(color_scheme=scheme)
    expect(cell(page, 1, "n")).to_have_attribute("aria-invalid", "true")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_open_editor_and_an_open_dialog_are_accessible_too(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "race").click()
    page.keyboard.press("Enter")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Paste from Excel").click()
    expect(page.get_by_role("dialog", name="Paste from Excel or Google Sheets")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Paste from Excel")).to_be_focused()
    page.get_by_role("button", name="History of this table").click()
    expect(page.get_by_role("dialog", name="History: Staff counts")).to_contain_text("Ken Abara")
    assert Axe().run(page).response["violations"] == []


def test_every_cell_says_its_row_its_column_and_its_value(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    names = page.locator("[role=gridcell]").evaluate_all("cells => cells.map(cell => cell.getAttribute('aria-label'))")
    assert names[0] == "Row 1, Department, Police"
    assert names[1] == "Row 1, EEO-4 function, empty"
    assert names[2] == "Row 1, Job group, Protective Service Workers"
    assert names[7].startswith("Row 1, People, 7.5, check: 7.5 is not a whole number of people.")
    assert page.locator("[role=gridcell][tabindex='0']").count() == 1


def test_on_a_phone_a_row_is_a_card_that_a_finger_can_fill(harness: Harness):
    harness.put("hr1_grid", *[POLICE] * 30)
    page = harness.show(grid(), width=360, height=740)
    expect(page.locator("table.eq-cards")).to_be_visible()
    assert page.locator("tbody tr[data-row]").count() == 20
    expect(page.locator(".eq-pager")).to_contain_text("Rows 1 to 20 of 30")
    page.get_by_role("button", name="Row 1 ·").click()
    cell(page, 1, "n").click()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 9
    page.get_by_role("button", name="Delete row 2", exact=True).click()
    wait_until_saved(page)
    assert len(harness.stored("hr1_grid")) == 29
    page.get_by_role("button", name="Later rows").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(9)


@pytest.mark.parametrize("width", [360, 1280])
def test_everything_to_press_is_at_least_forty_pixels_high(harness: Harness, width: int):
    harness.put("hr1_grid", POLICE)
    page = harness.show(*EVERYTHING, width=width)
    small = page.locator("main button:visible, main select:visible, main .eq-button:visible, main input[type=text]:visible, main [role=gridcell]:visible").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 39.5).map(one => one.outerHTML.slice(0, 120))"
    )  # fmt: skip
    assert small == []
