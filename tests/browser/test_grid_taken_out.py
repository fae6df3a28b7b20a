"""Rows that somebody else takes out or fills while one types, and conflicts that go on: nothing vanishes under the word "Saved"."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import Page, expect

from equitybook.store import Store
from tests.browser.harness import Harness, Shown, cell, grid, paste, wait_until_saved

pytestmark = pytest.mark.slow

POLICE = {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21}
MANY = [{**POLICE, "n": number} for number in range(1, 104)]
"""So many cells that the page fetches the table anew instead of following them."""


def type_into(page: Page, row: int, field: str, text: str) -> None:
    cell(page, row, field).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def deaf(page: Page) -> None:
    """Hear nothing of others, as a moment before the next look for changes."""
    page.route("**/api/changes*", lambda route: route.abort())


def numbers(harness: Harness) -> list[int | None]:
    return [row.get("n") for row in harness.stored("hr1_grid")]


def replace_all(harness: Harness, rows: list[dict]) -> None:
    with Store.of(harness.server.folder) as store:
        handle = store.community("prairie-glen", author="ken")
        handle.add_rows("hr1_grid", rows, replace=True, source="imported", batch=secrets.token_hex(6))


def test_what_was_typed_offline_into_rows_taken_out_meanwhile_is_told_and_comes_back_by_one_press(harness: Harness):
    harness.put("hr1_grid", POLICE, {**POLICE, "n": 4}, {**POLICE, "n": 9})
    maria, ken = harness.show(grid()), harness.show(grid(), username="ken")
    maria.context.set_offline(True)
    for row, text in ((1, "901"), (2, "902")):
        type_into(maria, row, "n", text)
    for _ in range(2):
        cell(ken, 1, "sex").click()
        ken.get_by_role("button", name="Delete row", exact=True).click()
    wait_until_saved(ken)
    maria.context.set_offline(False)
    told = maria.get_by_role("alert").filter(has_text="Somebody else took out 2 rows you typed in (Staff counts).")
    expect(told).to_be_visible(timeout=15_000)
    told.get_by_role("button", name="Bring the rows back").click()
    expect(told).to_have_count(0)
    wait_until_saved(maria)
    assert sorted(numbers(harness)) == [9, 901, 902]
    expect(ken.locator("tr[aria-rowindex] td[data-field=n]")).to_have_count(3, timeout=12_000)


def test_after_an_import_undo_makes_no_row_that_nobody_else_sees(harness: Harness):
    harness.put("hr1_grid", POLICE)
    maria = harness.show(grid())
    type_into(maria, 1, "n", "22")
    wait_until_saved(maria)
    replace_all(harness, MANY)
    expect(maria.locator("[role=grid]")).to_have_attribute("aria-rowcount", str(len(MANY) + 1), timeout=12_000)
    cell(maria, 1, "n").click()
    maria.keyboard.press("Control+z")
    expect(maria.locator(".eq-report")).to_contain_text("1 cell changed by somebody else since was left as it is.")
    expect(maria.locator("[role=grid]")).to_have_attribute("aria-rowcount", str(len(MANY) + 1))
    wait_until_saved(maria)
    assert len(numbers(harness)) == len(MANY)


def test_who_types_while_another_replaces_the_whole_table_is_told_and_keeps_the_words(harness: Harness):
    harness.put("hr1_grid", POLICE, {**POLICE, "n": 4})
    maria = harness.show(grid())
    cell(maria, 2, "n").click()
    maria.keyboard.type("57")
    replace_all(harness, MANY)
    said = maria.locator(".eq-report")
    expect(said).to_contain_text("deleted the row you were typing in. What you typed is kept: “57”.", timeout=12_000)
    said.get_by_role("button", name="Bring the row back").click()
    wait_until_saved(maria)
    assert numbers(harness).count(57) == 2, "one of them came with the file"
    assert len(numbers(harness)) == len(MANY) + 1
    assert harness.problems == []


def test_undo_leaves_rows_a_colleague_has_filled_since(harness: Harness):
    harness.put("hr1_grid", POLICE)
    maria, ken = harness.show(grid()), harness.show(grid(), username="ken")
    cell(maria, 1, "department").click()
    maria.get_by_role("button", name="Add row").click()
    paste(maria, "Library\nFinance\nClerk")
    wait_until_saved(maria)
    expect(cell(ken, 3, "department")).to_have_text("Finance", timeout=12_000)
    type_into(ken, 3, "n", "12")
    expect(cell(maria, 3, "n")).to_have_text("12", timeout=12_000)
    maria.get_by_role("button", name="Undo", exact=True).first.click()
    wait_until_saved(maria)
    assert numbers(harness) == [21, None, 12], "of the two pasted rows the one nobody has touched went, the one Ken filled did not"
    expect(maria.locator(".eq-report")).to_contain_text("left as it is")


def test_the_panel_of_a_conflict_follows_what_the_other_writes_on(harness: Harness):
    harness.put("hr1_grid", POLICE)
    maria, ken = harness.show(grid()), harness.show(grid(), username="ken")
    deaf(ken)
    type_into(maria, 1, "n", "5")
    wait_until_saved(maria)
    type_into(ken, 1, "n", "6")
    told = ken.locator(".eq-conflicts")
    expect(told).to_contain_text("you wrote “6”; Maria Ruiz wrote “5”")
    ken.unroute("**/api/changes*")
    type_into(maria, 1, "n", "75")
    wait_until_saved(maria)
    expect(told).to_contain_text("Maria Ruiz wrote “75”", timeout=12_000)
    type_into(maria, 1, "n", "6")
    expect(told).to_have_count(0, timeout=12_000)
    assert numbers(harness) == [6]


def test_what_the_other_adds_while_both_texts_are_put_together_is_read_before_it_is_kept(harness: Harness):
    harness.put("measures", {"measure_id": "M1", "result_statement": "Applicants wait. Offers take a month."})
    cards = Shown("grid.js", {"table": "measures", "label": "Measures", "layout_as": "cards"}, "Measures")
    maria, ken = harness.show(cards), harness.show(cards, username="ken")
    deaf(ken)

    def write(page: Page, text: str) -> None:
        cell(page, 1, "result_statement").click()
        page.get_by_role("dialog").get_by_role("textbox").fill(text)
        page.get_by_role("dialog").get_by_role("button", name="Keep", exact=True).click()
        wait_until_saved(page)

    write(maria, "Applicants wait too long. Offers take a month.")
    cell(ken, 1, "result_statement").click()
    ken.get_by_role("dialog").get_by_role("textbox").fill("Applicants wait. Offers take six weeks.")
    ken.get_by_role("dialog").get_by_role("button", name="Keep", exact=True).click()
    ken.get_by_role("button", name="Keep both").click()
    box = ken.get_by_role("dialog").get_by_role("textbox")
    expect(box).to_have_value("Applicants wait too long. Offers take six weeks.")
    ken.unroute("**/api/changes*")
    write(maria, "Applicants wait far too long. Offers take a month.")
    expect(ken.locator(".eq-conflicts")).to_contain_text("far too long", timeout=12_000)
    ken.get_by_role("dialog").get_by_role("button", name="Keep", exact=True).click()
    expect(box).to_have_value("Applicants wait far too long. Offers take six weeks.")
    ken.get_by_role("dialog").get_by_role("button", name="Keep", exact=True).click()
    expect(ken.locator(".eq-conflicts")).to_have_count(0)
    wait_until_saved(ken)
    assert harness.stored("measures")[0]["result_statement"] == "Applicants wait far too long. Offers take six weeks."


def test_undo_never_passes_over_what_a_colleague_wrote_in_between(harness: Harness):
    harness.put("hr1_grid", POLICE)
    maria, ken = harness.show(grid()), harness.show(grid(), username="ken")
    type_into(maria, 1, "n", "5")
    wait_until_saved(maria)
    expect(cell(ken, 1, "n")).to_have_text("5", timeout=12_000)
    type_into(ken, 1, "n", "50")
    expect(cell(maria, 1, "n")).to_have_text("50", timeout=12_000)
    type_into(maria, 1, "n", "7")
    wait_until_saved(maria)
    undo = maria.get_by_role("button", name="Undo", exact=True).first
    undo.click()
    expect(cell(maria, 1, "n")).to_have_text("50")
    undo.click()
    expect(maria.locator(".eq-report")).to_contain_text("left as it is")
    wait_until_saved(maria)
    assert numbers(harness) == [50], "it bears Maria's name by now, and is Ken's all the same"
