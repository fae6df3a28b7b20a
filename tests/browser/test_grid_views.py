"""Other ways to look at a table: sorted, found, moved, as cards, as it was; none of them changes what was entered."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from equitybook.store import Store
from equitybook.store.handle import Edit
from tests.browser.harness import Harness, Shown, cell, grid, paste, wait_until_saved

pytestmark = pytest.mark.slow

POLICE = {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21}
THREE = (POLICE, {**POLICE, "department": "Fire", "n": 4}, {**POLICE, "department": "Library", "n": None})
EXAMPLE = "<p>Prairie Glen counted 21 officers.</p>"
CARDS = Shown("grid.js", {"table": "measures", "label": "Measures", "layout_as": "cards", "example": EXAMPLE}, "Measures")
LOCKED = {"measure_id": "M1", "name": "Calls answered", "baseline_value": 31, "baseline_n": 46, "baseline_period": "2025", "baseline_locked_on": "2026-12-05"}  # fmt: skip


def column(page: Page, field: str) -> list[str]:
    return page.locator(f"tbody tr[data-row] td[data-field={field}]").all_inner_texts()


def test_a_column_sorts_up_down_and_back_and_the_stored_order_stays(harness: Harness):
    harness.put("hr1_grid", *THREE)
    page = harness.show(grid())
    head = page.get_by_role("columnheader", name="People")
    cell(page, 1, "n").click()
    page.keyboard.press("ArrowUp")
    expect(head.get_by_role("button")).to_be_focused()
    seen = []
    for _ in range(3):
        page.keyboard.press("Enter")
        seen.append((head.get_attribute("aria-sort"), column(page, "department")))
    assert seen == [
        ("ascending", ["Fire", "Police", "Library"]),
        ("descending", ["Police", "Fire", "Library"]),
        ("none", ["Police", "Fire", "Library"]),
    ]
    page.keyboard.press("Enter")
    expect(page.locator("[data-eq=announcer]")).to_have_text("Sorted by People, smallest first. The order of entry is kept.")
    expect(cell(page, 1, "n")).to_have_attribute("aria-label", "Row 2, People, 4")
    page.keyboard.press("ArrowDown")
    expect(cell(page, 1, "n")).to_be_focused()
    assert [row["department"] for row in harness.stored("hr1_grid")] == ["Police", "Fire", "Library"]
    assert harness.changes("hr1_grid")[-1].author == "ken", "looking writes nothing"


def test_a_row_typed_into_neither_jumps_nor_vanishes_while_the_table_is_narrowed(harness: Harness):
    harness.put("hr1_grid", *[POLICE] * 8, *[{**POLICE, "department": "Fire", "n": 4}] * 8)
    page = harness.show(grid())
    page.get_by_label("Find").fill("fire")
    expect(page.locator("tbody tr[data-row]")).to_have_count(8)
    page.get_by_role("columnheader", name="People").get_by_role("button").click()
    cell(page, 1, "n").click()
    page.keyboard.type("99")
    page.keyboard.press("Tab")
    cell(page, 2, "department").click()
    page.keyboard.type("Library")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    ken = harness.show(grid(), username="ken")
    ken.get_by_role("button", name="Add row").click()
    wait_until_saved(ken)
    expect(page.locator("tbody tr[data-row]")).to_have_count(9, timeout=10_000)
    expect(cell(page, 1, "n")).to_have_text("99")
    expect(cell(page, 2, "department")).to_have_text("Library")
    expect(cell(page, 1, "n")).to_have_attribute("aria-label", "Row 9, People, 99")
    page.get_by_role("button", name="Show every row as entered").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(17)
    assert harness.stored("hr1_grid")[8]["n"] == 99


def test_a_paste_into_a_narrowed_table_fills_the_rows_that_are_seen(harness: Harness):
    harness.put("hr1_grid", *[POLICE] * 8, *[{**POLICE, "department": "Fire"}] * 8)
    page = harness.show(grid())
    page.get_by_label("Find").fill("fire")
    expect(page.locator("tbody tr[data-row]")).to_have_count(8)
    cell(page, 1, "n").click()
    paste(page, "1\n2\n3")
    wait_until_saved(page)
    assert [row["n"] for row in harness.stored("hr1_grid")] == [21] * 8 + [1, 2, 3] + [21] * 5


def test_a_chosen_block_is_let_go_where_rows_are_shown_in_another_order_or_fewer(harness: Harness):
    harness.put("hr1_grid", *[{**POLICE, "department": f"Ward {number:02}", "n": 30 - number} for number in range(1, 19)])
    page = harness.show(grid())
    chosen, report = page.locator("td.eq-selected"), page.locator(".eq-report")
    ways = (
        (
            lambda: page.get_by_role("columnheader", name="People").get_by_role("button").click(),
            "Sorted by People, smallest first.",
        ),
        (lambda: page.get_by_label("Find").fill("ward 0"), "9 rows of 18 shown."),
    )
    for change, said in ways:
        cell(page, 1, "department").click()
        page.keyboard.press("Shift+ArrowDown")
        expect(chosen).to_have_count(2)
        change()
        expect(chosen).to_have_count(0)
        expect(report).to_contain_text(said)
        expect(report).to_contain_text("The block of cells is no longer chosen.")
    assert len(harness.stored("hr1_grid")) == 18


def test_the_rows_chosen_stay_the_chosen_ones_when_a_colleagues_row_comes_or_goes(harness: Harness):
    harness.put("hr1_grid", *[{**POLICE, "department": name} for name in ("Clerk", "Fire", "Library", "Parks", "Police")])
    page, ken = harness.show(grid()), harness.show(grid(), username="ken")
    cell(page, 3, "department").click()
    page.keyboard.press("Shift+ArrowDown")
    cell(ken, 1, "department").click()
    ken.get_by_role("button", name="Delete row").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(4, timeout=10_000)
    expect(page.locator("td.eq-selected")).to_have_text(["Library", "Parks"])
    cell(ken, 1, "department").click()
    for _ in range(2):
        ken.get_by_role("button", name="Duplicate row").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(6, timeout=10_000)
    expect(page.locator("td.eq-selected")).to_have_text(["Library", "Parks"])
    page.get_by_role("button", name="Delete row").click()
    expect(page.locator(".eq-report")).to_contain_text("2 rows deleted.")
    wait_until_saved(page)
    assert [row["department"] for row in harness.stored("hr1_grid")] == ["Fire", "Fire", "Fire", "Police"]


def test_a_row_deleted_from_a_sorted_table_comes_back_to_its_place_there(harness: Harness):
    harness.put("hr1_grid", *THREE)
    page = harness.show(grid())
    page.get_by_role("columnheader", name="People").get_by_role("button").click()
    cell(page, 1, "n").click()
    page.get_by_role("button", name="Delete row").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(2)
    page.keyboard.press("Control+Z")
    expect(page.locator("tbody tr[data-row]")).to_have_count(3)
    assert column(page, "department") == ["Fire", "Police", "Library"]


def test_a_row_is_moved_by_keys_and_by_button_and_the_move_is_said_and_taken_back(harness: Harness):
    harness.put("hr1_grid", *THREE)
    page = harness.show(grid())
    cell(page, 3, "department").click()
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(page.locator("[data-eq=announcer]")).to_have_text("Moved up: now row 2 of 3.")
    expect(cell(page, 2, "department")).to_be_focused()
    page.get_by_role("button", name="Move row up").click()
    page.get_by_role("button", name="Move row up").click()
    expect(page.locator(".eq-report")).to_have_text("This is the first row already.")
    wait_until_saved(page)
    assert [row["department"] for row in harness.stored("hr1_grid")] == ["Library", "Police", "Fire"]
    page.get_by_role("button", name="Undo", exact=True).first.click()
    wait_until_saved(page)
    assert [row["department"] for row in harness.stored("hr1_grid")] == ["Police", "Library", "Fire"]


def test_a_row_moved_again_before_the_first_move_is_stored_stands_where_it_was_last_put(harness: Harness):
    harness.put("hr1_grid", *THREE)
    page = harness.show(grid())
    held: list[Route] = []
    page.route("**/api/edits", lambda route: held.append(route), times=1)
    cell(page, 3, "department").click()
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(page.locator("[data-eq=announcer]")).to_have_text("Moved up: now row 2 of 3.")
    page.wait_for_function("window.equitybook.unsent() === 1")
    ken = harness.show(grid(), username="ken")
    cell(ken, 3, "department").click()
    for _ in range(2):
        ken.keyboard.press("Alt+Shift+ArrowUp")
        wait_until_saved(ken)
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(page.locator("[data-eq=announcer]")).to_have_text("Moved up: now row 1 of 3.")
    held[0].continue_()
    wait_until_saved(page)
    assert [row["department"] for row in harness.stored("hr1_grid")] == ["Library", "Police", "Fire"]


def test_a_move_says_which_place_it_saw_so_that_nothing_is_asked_twice(harness: Harness):
    harness.put("hr1_grid", *THREE)
    page = harness.show(grid())
    cell(page, 3, "department").click()
    for _ in range(2):
        page.keyboard.press("Alt+Shift+ArrowUp")
        wait_until_saved(page)
    with Store.of(harness.server.folder) as store:
        history = store.community("prairie-glen", author="test").changes(
            table="hr1_grid", field="_order", after=harness.began, wishes=True
        )
    assert [one.status for one in history if one.author == "maria"] == ["saved", "saved"]


def test_the_history_of_a_table_tells_who_did_what_and_puts_an_earlier_point_back(harness: Harness):
    harness.put("hr1_grid", *THREE)
    page = harness.show(grid())
    cell(page, 1, "n").click()
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    cell(page, 2, "n").click()
    page.get_by_role("button", name="Delete row").click()
    wait_until_saved(page)
    page.get_by_role("button", name="History of this table").click()
    told = page.get_by_role("dialog")
    expect(told).to_contain_text("Maria Ruiz: 1 cell, typed")
    expect(told).to_contain_text("Row 1, People: 21 → 35")
    expect(told).to_contain_text("Ken Abara: 17 cells, 3 rows added, from a file")
    point = told.get_by_role("listitem").filter(has_text="Ken Abara: 17 cells, 3 rows added, from a file").first
    point.get_by_role("button", name="Restore this point").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(3)
    assert [(row["department"], row.get("n")) for row in harness.stored("hr1_grid")] == [
        ("Police", 21),
        ("Fire", 4),
        ("Library", None),
    ]
    page.locator(".eq-report").get_by_role("button", name="Undo").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(2)
    assert [row.get("n") for row in harness.stored("hr1_grid")] == [35, None]


@pytest.mark.parametrize("width", [360, 1280])
def test_wide_tables_are_cards_at_every_width_and_a_locked_cell_says_why(harness: Harness, width: int):
    harness.put("measures", LOCKED)
    page = harness.show(CARDS, width=width)
    expect(page.locator("table.eq-cards")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    locked = cell(page, 1, "baseline_value")
    expect(locked).to_have_attribute("aria-readonly", "true")
    why = locked.get_attribute("aria-label").partition("locked: ")[2]
    assert why.endswith(".")
    locked.click()
    page.keyboard.type("5")
    expect(page.locator(".eq-report")).to_contain_text(why)
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Delete row 1", exact=True).click()
    expect(page.locator(".eq-report")).to_contain_text("so it stays")
    page.get_by_role("button", name="Add a measure").click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(2)
    wait_until_saved(page)
    first, second = harness.stored("measures")
    assert (first["measure_id"], first["baseline_value"]) == ("M1", 31)
    assert set(second) == {"measure_id"}, "a code that was never used before, and nothing else"


def test_a_long_text_in_a_card_is_saved_while_it_is_typed_and_put_back_where_it_is_left(harness: Harness):
    harness.put("measures", {"measure_id": "M1", "result_statement": "Safe streets"})
    page = harness.show(CARDS)
    cell(page, 1, "result_statement").click()
    box = page.get_by_role("dialog").get_by_role("textbox")
    box.fill("Streets everyone feels safe on")
    page.wait_for_function("window.equitybook.unsent() === 0 && document.querySelector('.eq-saved').dataset.state === 'saved'")
    page.wait_for_timeout(900)
    assert harness.stored("measures")[0]["result_statement"] == "Streets everyone feels safe on"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_contain_text("Press Escape once more to leave it as it was")
    page.keyboard.press("Escape")
    expect(cell(page, 1, "result_statement")).to_have_text("Safe streets")  # the dialog closes a moment after the key
    wait_until_saved(page)
    assert harness.stored("measures")[0]["result_statement"] == "Safe streets"


def test_one_switch_opens_every_example_and_is_remembered(harness: Harness):
    context = harness.person("maria")
    page = harness.open(context, CARDS, Shown("form.js", {"table": "hr1_setup", "fields": [], "example": EXAMPLE}, "The payday"))
    example = page.locator("details", has_text="See Prairie Glen's example")
    expect(example).to_have_count(2)
    expect(page.get_by_text("Prairie Glen counted 21 officers.").first).to_be_hidden()
    page.get_by_role("button", name="Show all examples").click()
    expect(page.get_by_text("Prairie Glen counted 21 officers.")).to_have_count(2)
    expect(page.get_by_text("Prairie Glen counted 21 officers.").last).to_be_visible()
    page.reload()
    page.wait_for_selector("body[data-widgets=ready]")
    expect(page.get_by_text("Prairie Glen counted 21 officers.").last).to_be_visible()
    page.get_by_role("button", name="Hide all examples").click()
    expect(page.get_by_text("Prairie Glen counted 21 officers.").last).to_be_hidden()


def test_a_locked_field_of_a_form_is_read_and_reached_and_cannot_be_typed_into(harness: Harness):
    with Store.of(harness.server.folder) as store:
        agreed = {"condition": "Offers take six weeks", "approved_on": "2026-11-01"}
        store.community("prairie-glen", author="ken").write(
            [Edit("charter", "one", name, value, expected=0, key=f"agreed-{name}") for name, value in agreed.items()]
        )
    page = harness.show(Shown("form.js", {"table": "charter", "fields": ["condition", "lever"]}, "The charter"))
    field = page.locator("[data-field=condition]")
    locked = field.get_by_role("textbox")
    expect(locked).to_have_text("Offers take six weeks")
    expect(locked).to_have_attribute("aria-readonly", "true")
    expect(field).to_contain_text("Locked")
    expect(locked).to_have_accessible_description(field.locator(".eq-why").inner_text())
    locked.focus()
    page.keyboard.type("Changed")
    page.wait_for_timeout(1000)
    assert harness.stored("charter")[0]["condition"] == "Offers take six weeks"
