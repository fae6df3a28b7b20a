"""Two people of one town at once: each sees the other's work, and nobody's is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import Harness, cell, grid, wait_until_saved

pytestmark = pytest.mark.slow

POLICE = {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21}


def test_the_others_edit_appears_with_her_name_and_leaves_my_focus_and_my_typing_alone(harness: Harness):
    harness.put("hr1_grid", POLICE, {**POLICE, "sex": "F", "n": 4})
    maria = harness.show(grid())
    ken = harness.show(grid(), username="ken")
    cell(maria, 2, "n").click()
    maria.keyboard.type("5")
    cell(ken, 1, "n").click()
    ken.keyboard.type("35")
    ken.keyboard.press("Enter")
    expect(cell(maria, 1, "n")).to_have_text("35", timeout=10_000)
    expect(cell(maria, 1, "n")).to_have_attribute("data-visitor", "Ken Abara")
    assert maria.evaluate("document.activeElement.value") == "5"
    expect(maria.locator("[data-eq=announcer]")).to_have_text("Ken Abara changed People in row 1.")


def test_a_conflict_is_told_to_one_of_two_who_chooses_and_both_values_stay_in_the_history(harness: Harness):
    harness.put("hr1_grid", POLICE)
    maria = harness.show(grid())
    ken = harness.show(grid(), username="ken")
    ken.route("**/api/changes*", lambda route: route.abort())  # so that he has not seen it yet
    cell(ken, 1, "n").click()
    cell(maria, 1, "n").click()
    maria.keyboard.type("5")
    maria.keyboard.press("Enter")
    wait_until_saved(maria)
    ken.keyboard.type("6")
    ken.keyboard.press("Enter")
    told = ken.locator(".eq-conflicts")
    expect(told).to_contain_text("Row 1, People: you wrote “6”; Maria Ruiz wrote “5”")
    expect(maria.locator(".eq-conflicts")).to_have_count(0)
    expect(cell(ken, 1, "n")).to_have_text("5")
    ken.reload()
    ken.wait_for_selector("body[data-widgets=ready]")
    expect(told).to_contain_text("you wrote “6”")  # a reload does not choose for him
    told.get_by_role("button", name="Use mine").click()
    wait_until_saved(ken)
    expect(told).to_have_count(0)
    assert harness.stored("hr1_grid")[0]["n"] == 6
    expect(cell(maria, 1, "n")).to_have_text("6", timeout=10_000)
    assert {change.value for change in harness.changes("hr1_grid") if change.field == "n"} >= {21, 5, 6}


def test_a_row_added_by_one_appears_for_the_other_and_undo_leaves_the_others_words(harness: Harness):
    harness.put("hr1_grid", POLICE)
    maria = harness.show(grid())
    ken = harness.show(grid(), username="ken")
    maria.get_by_role("button", name="Add row").click()
    maria.keyboard.type("Library")
    maria.keyboard.press("Enter")
    expect(cell(ken, 2, "department")).to_have_text("Library", timeout=10_000)
    cell(ken, 2, "department").click()
    ken.keyboard.type("Finance")
    ken.keyboard.press("Enter")
    expect(cell(maria, 2, "department")).to_have_text("Finance", timeout=10_000)
    maria.get_by_role("button", name="Undo").first.click()
    expect(maria.locator(".eq-report")).to_contain_text("1 cell changed by somebody else since was left as it is.")
    assert harness.stored("hr1_grid")[1]["department"] == "Finance"
