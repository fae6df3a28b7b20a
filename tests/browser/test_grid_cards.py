"""Tables as cards, empty tables and their titles: what a tired person sees first, and that nothing is out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from equitybook.store import Store
from equitybook.store.handle import Edit
from tests.browser.harness import Harness, Shown, cell, grid, wait_until_saved

pytestmark = pytest.mark.slow

POLICE = {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21}
TEAM = Shown("grid.js", {"table": "ic1_members", "label": "Members of the group"}, "Your team")
PROFILE = Shown("form.js", {"table": "hr1_setup", "label": "The payday"}, "The payday")
CHARTER = Shown("form.js", {"table": "charter", "label": "Your charter"}, "Your charter")


def name_of(page: Page, row: int):
    return page.get_by_role("button", name=f"Row {row} ·")


def test_many_cards_are_closed_and_say_what_they_are_and_what_they_lack(harness: Harness):
    harness.put("hr1_grid", *[POLICE] * 4, {"department": "Fire"})
    page = harness.show(grid(), width=360, height=740)
    expect(name_of(page, 1)).to_have_text("Row 1 · Police, Protective Service Workers")
    expect(page.locator("[role=gridcell]:visible")).to_have_count(0)
    expect(page.locator("tr[aria-rowindex='6'] .eq-open-count")).to_contain_text("to fill in or check")
    expect(page.locator("tr[aria-rowindex='2'] .eq-open-count")).to_have_count(0)
    name_of(page, 2).focus()
    page.keyboard.press("Enter")
    expect(name_of(page, 2)).to_have_attribute("aria-expanded", "true")
    expect(name_of(page, 2)).to_be_focused()
    for _ in range(5):  # past Up, Down, Duplicate and Delete
        page.keyboard.press("Tab")
    expect(cell(page, 2, "department")).to_be_focused()
    page.keyboard.type("Fire")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[1]["department"] == "Fire"
    name_of(page, 2).press("Enter")
    expect(name_of(page, 2)).to_be_focused()
    expect(cell(page, 2, "n")).to_be_hidden()


def test_the_focus_stays_on_the_same_button_when_somebody_elses_row_goes(harness: Harness):
    harness.put("hr1_grid", *[POLICE] * 4)
    page = harness.show(grid(), width=360, height=740)
    name_of(page, 2).click()
    page.get_by_role("button", name="Duplicate row 2", exact=True).focus()
    ken = harness.show(grid(), username="ken")
    cell(ken, 4, "n").click()
    ken.get_by_role("button", name="Delete row", exact=True).click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(3, timeout=12_000)
    expect(page.get_by_role("button", name="Duplicate row 2", exact=True)).to_be_focused()


def test_undo_that_empties_a_table_by_keyboard_leaves_the_focus_on_a_button(harness: Harness):
    page = harness.show(grid())
    page.get_by_role("button", name="Add row").click()
    page.locator(".eq-quiet").get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(".eq-empty")).to_be_visible()
    expect(page.get_by_role("button", name="Add row")).to_be_focused()


def test_a_card_opens_when_it_is_made_or_led_to(harness: Harness):
    harness.put("hr1_grid", *[POLICE] * 4, {**POLICE, "n": 7.5})
    page = harness.show(grid(), width=360, height=740)
    page.get_by_role("button", name="Add row").click()
    expect(cell(page, 6, "department")).to_be_visible()
    expect(cell(page, 5, "n")).to_be_hidden()
    page.get_by_role("button", name="Row 5, People").click()
    expect(cell(page, 5, "n")).to_be_focused()
    page.get_by_role("button", name="Open every row").click()
    expect(page.locator("[role=gridcell]:visible")).to_have_count(6 * 8)
    page.get_by_role("button", name="Close every row").click()
    expect(page.locator("[role=gridcell]:visible")).to_have_count(0)


def test_three_cards_stay_open(harness: Harness):
    harness.put("hr1_grid", *[POLICE] * 3)
    page = harness.show(grid(), width=360, height=740)
    expect(cell(page, 3, "n")).to_be_visible()
    expect(page.get_by_role("button", name="Open every row")).to_be_hidden()


def test_an_empty_table_shows_its_title_and_no_button_without_a_use_but_can_be_put_back(harness: Harness):
    page = harness.show(grid())
    expect(page.locator(".eq-table-title")).to_have_text("Staff counts")
    for name in ("Undo", "Duplicate row", "Delete row", "Move row up", "History of this cell"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="History of this table")).to_be_visible()
    page.get_by_role("button", name="Add row").click()
    expect(page.get_by_role("button", name="Delete row", exact=True)).to_be_visible()
    page.get_by_role("button", name="Delete row", exact=True).click()
    expect(page.get_by_role("button", name="Undo", exact=True).first).to_be_visible()
    wait_until_saved(page)


@pytest.mark.parametrize("shown", [grid(), TEAM])
def test_no_word_of_a_heading_or_a_department_is_broken_in_two(harness: Harness, shown: Shown):
    if shown is TEAM:
        harness.put("ic1_members", {"member_id": "P1", "department": "Community Development/Planning"})
    else:
        harness.put("hr1_grid", {**POLICE, "department": "Administration/Manager"})
    page = harness.show(shown)
    expect(page.locator("tbody tr[data-row]")).to_have_count(1)
    broken = page.locator("thead button, td[data-field=department]").evaluate_all(
        """all => all.filter(one => { one.style.overflowWrap = "normal"; one.style.wordBreak = "normal"; return one.scrollWidth > one.clientWidth + 1; })
                  .map(one => one.textContent)"""
    )
    assert broken == []


def test_a_day_in_a_form_reads_as_everywhere_else_and_is_stored_as_a_date(harness: Harness):
    page = harness.show(PROFILE)
    day = page.get_by_label("Count staff as of")
    day.fill("2026-06-30")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    expect(day).to_have_value("30 Jun 2026")
    day.fill("1 Sept 2026")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    assert harness.stored("hr1_setup")[0]["snapshot_date"] == "2026-09-01"
    day.fill("next summer")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    expect(day).to_have_value("next summer")
    assert harness.stored("hr1_setup")[0]["snapshot_date"] == "next summer"


def test_a_reason_that_several_locked_fields_share_is_seen_once_and_heard_at_each(harness: Harness):
    agreed = {"population_of_focus": "Residents", "problem_statement": "They wait.", "approved_on": "2026-11-02"}
    with Store.of(harness.server.folder) as store:
        store.community("prairie-glen", author="ken").write(
            [Edit("charter", "one", *one, expected=0, key=one[0]) for one in agreed.items()]
        )
    page = harness.show(CHARTER)
    reason = page.get_by_text("The charter is agreed, so this does not change by typing.")
    expect(reason).not_to_have_count(0)
    seen = reason.evaluate_all("all => all.filter(one => one.getBoundingClientRect().width > 2).length")
    assert seen == 1
    assert reason.count() == 6


def test_on_a_phone_what_is_needed_less_often_waits_behind_one_button(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid(), width=360, height=740)
    expect(page.get_by_role("button", name="Add row")).to_be_visible()
    expect(page.get_by_role("button", name="Paste from Excel")).to_be_visible()
    for name in ("Blank spreadsheet", "Download"):
        expect(page.get_by_role("link", name=name)).to_have_count(0)
    more = page.get_by_role("button", name="More for this table")
    more.focus()
    page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(more).to_be_focused()
    expect(page.get_by_role("link", name="Blank spreadsheet")).to_be_visible()
    page.get_by_role("button", name="History of this table").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_on_a_wide_page_every_button_is_in_sight(harness: Harness):
    page = harness.show(grid())
    expect(page.get_by_role("link", name="Blank spreadsheet")).to_be_visible()
    expect(page.get_by_role("button", name="More for this table")).to_have_count(0)


def test_cards_say_what_tells_their_rows_apart(harness: Harness):
    rows = [{**POLICE, "race": race, "sex": sex} for race in ("WHITE", "HISP") for sex in ("M", "F")]
    harness.put("hr1_grid", *rows)
    page = harness.show(grid(), width=360, height=740)
    expect(page.locator(".eq-fold")).to_have_text([
        "Row 1 · White, Male", "Row 2 · White, Female", "Row 3 · Hispanic or Latino, Male", "Row 4 · Hispanic or Latino, Female",
    ])  # fmt: skip
