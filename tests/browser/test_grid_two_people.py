"""Two people of one town at once: each sees the other's work, and nobody's is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import Harness, Shown, cell, grid, wait_until_saved

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


@pytest.mark.parametrize("first", [0, 1])
def test_two_who_add_a_row_in_the_same_moment_end_with_two_codes(harness: Harness, first: int):
    harness.put("measures", {"measure_id": "M1", "name": "Calls answered"})
    cards = Shown("grid.js", {"table": "measures", "label": "Measures", "layout_as": "cards"}, "Measures")
    pages = [harness.show(cards), harness.show(cards, username="ken")]
    for page in pages:
        page.route("**/api/changes*", lambda route: route.abort())  # neither has seen the other's row yet
    for page in (pages[first], pages[1 - first]):
        page.get_by_role("button", name="Add a measure").click()
        wait_until_saved(page)
    # Codes are never used twice, so what other tests used up counts on from there.
    _, both, again = sorted((row["measure_id"] for row in harness.stored("measures")), key=lambda code: int(code[1:]))
    assert both == again
    following = f"M{int(both[1:]) + 1}"
    for page in pages:
        page.unroute("**/api/changes*")
    for page in pages:
        expect(page.locator("td[data-field=measure_id]").filter(has_text=following)).to_have_count(1, timeout=12_000)
        expect(page.locator("td[data-field=measure_id]").filter(has_text=both)).to_have_count(1)
        wait_until_saved(page)
    assert {row["measure_id"] for row in harness.stored("measures")} == {"M1", both, following}


def test_a_code_that_somebody_typed_stays_though_another_row_has_it(harness: Harness):
    # Ids are random: among a dozen older rows there is almost surely one that comes before the new one.
    harness.put("measures", *[{"measure_id": "M1", "name": f"Calls {number}"} for number in range(12)])
    table = Shown("grid.js", {"table": "measures", "label": "Measures", "fields": ["measure_id", "name"]}, "Measures")
    maria, ken = harness.show(table), harness.show(table, username="ken")
    maria.get_by_role("button", name="Add row").click()
    maria.keyboard.type("M1")
    maria.keyboard.press("Enter")
    wait_until_saved(maria)
    cell(ken, 1, "name").click()
    ken.keyboard.type("Calls answered")
    ken.keyboard.press("Enter")
    expect(cell(maria, 1, "name")).to_have_text("Calls answered", timeout=10_000)
    wait_until_saved(maria)
    assert [row["measure_id"] for row in harness.stored("measures")] == ["M1"] * 13


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


def test_each_sees_who_else_is_here_and_in_which_cell_without_chatter(harness: Harness):
    harness.put("hr1_grid", POLICE, POLICE)
    form = Shown("form.js", {"table": "hr1_setup", "fields": ["payroll_headcount"]}, "The payday")
    maria = harness.show(grid(), form)
    ken = harness.show(grid(), form, username="ken")
    expect(maria.locator(".eq-also")).to_have_text("Also here: Ken Abara", timeout=10_000)
    expect(maria.locator("[data-eq=announcer]")).to_have_text("Ken Abara is here too.")
    cell(ken, 2, "n").click()
    expect(cell(maria, 2, "n")).to_have_attribute("data-visitor", "Ken Abara", timeout=10_000)
    expect(cell(maria, 2, "n")).to_have_attribute("aria-label", "Row 2, People, 21, Ken Abara is in this cell")
    ken.get_by_label("People on that payroll").focus()
    expect(maria.locator("[data-field=payroll_headcount] .eq-field-other")).to_have_text("Ken Abara is here", timeout=10_000)
    expect(cell(maria, 2, "n")).not_to_have_class("eq-visited")
    expect(maria.locator("[data-eq=announcer]")).to_have_text("Ken Abara is here too.")
    ken.context.close()
    expect(maria.locator(".eq-also")).to_be_hidden(timeout=30_000)


@pytest.mark.parametrize(
    ("mine", "merged"),
    [
        ("Applicants wait. Offers take six weeks.", "Applicants wait too long. Offers take six weeks."),
        ("Applicants give up.", "Applicants wait too long. Offers take a month.\nApplicants give up."),
    ],
)
def test_two_texts_are_kept_both_merged_where_they_can_be_and_corrected_before_saving(harness: Harness, mine: str, merged: str):
    harness.put("measures", {"measure_id": "M1", "result_statement": "Applicants wait. Offers take a month."})
    cards = Shown("grid.js", {"table": "measures", "label": "Measures", "layout_as": "cards"}, "Measures")
    maria, ken = harness.show(cards), harness.show(cards, username="ken")
    ken.route("**/api/changes*", lambda route: route.abort())  # so that he has not seen it yet
    for page, text in ((maria, "Applicants wait too long. Offers take a month."), (ken, mine)):
        cell(page, 1, "result_statement").click()
        page.get_by_role("dialog").get_by_role("textbox").fill(text)
        page.get_by_role("dialog").get_by_role("button", name="Keep").click()
    ken.get_by_role("button", name="Keep both").click()
    box = ken.get_by_role("dialog").get_by_role("textbox")
    expect(box).to_have_value(merged)
    box.fill(f"{merged} Read.")
    ken.get_by_role("dialog").get_by_role("button", name="Keep", exact=True).click()
    expect(ken.locator(".eq-conflicts")).to_have_count(0)
    wait_until_saved(ken)
    assert harness.stored("measures")[0]["result_statement"] == f"{merged} Read."


def test_a_row_deleted_by_the_other_while_one_types_in_it_keeps_what_was_typed(harness: Harness):
    harness.put("hr1_grid", POLICE, {**POLICE, "sex": "F", "n": 4})
    maria, ken = harness.show(grid()), harness.show(grid(), username="ken")
    cell(maria, 2, "n").click()
    maria.keyboard.type("57")
    wait_until_saved(maria)
    cell(ken, 2, "sex").click()
    ken.get_by_role("button", name="Delete row", exact=True).click()
    said = maria.locator(".eq-report")
    expect(said).to_contain_text("Ken Abara deleted the row you were typing in. What you typed is kept: “57”.", timeout=12_000)
    back = said.get_by_role("button", name="Bring the row back")
    expect(said).to_be_focused()
    maria.keyboard.type("9 ")
    expect(back).to_be_visible()
    maria.keyboard.press("Tab")
    expect(back).to_be_focused()
    maria.keyboard.press("Enter")
    expect(cell(maria, 2, "n")).to_have_text("57")
    wait_until_saved(maria)
    assert [row["n"] for row in harness.stored("hr1_grid")] == [21, 57]
    assert harness.problems == []
