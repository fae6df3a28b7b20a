"""Typing into the grid: what a spreadsheet user's hands expect, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import Harness, cell, grid, paste, wait_until_saved

pytestmark = pytest.mark.slow

HEADINGS = "Department\tJob group\tStatus\tRace or ethnicity\tSex\tPeople"
POLICE = {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21}
FINANCE = {"department": "Finance", "jobcat": "2", "status": "FT", "race": "BLACK", "sex": "F", "n": 2}
CLOCK = "new Date().toTimeString().slice(0, 5)"


def test_an_empty_table_says_what_to_do_and_a_row_is_filled_by_keyboard_alone(harness: Harness):
    page = harness.show(grid())
    began = page.evaluate(CLOCK)
    expect(page.locator(".eq-empty")).to_contain_text("add the first row")
    page.get_by_role("button", name="Add row").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Police")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("P")  # the first job group that begins with it
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.keyboard.type("21")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [{"department": "Police", "jobcat": "2", "n": 21}]
    assert page.locator(".eq-saved").inner_text() in {f"Saved {began}", f"Saved {page.evaluate(CLOCK)}"}


def test_what_is_typed_is_saved_before_the_cell_is_left(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "n").click()
    page.keyboard.type("35")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 35
    assert page.evaluate("document.activeElement.tagName") == "INPUT"


def test_a_value_of_another_kind_is_kept_marked_and_named(harness: Harness):
    harness.put("hr1_grid", POLICE, FINANCE)
    page = harness.show(grid())
    cell(page, 2, "n").click()
    page.keyboard.type("7.5")
    page.keyboard.press("Enter")
    expect(cell(page, 2, "n")).to_have_attribute("aria-invalid", "true")
    assert harness.stored("hr1_grid")[1]["n"] == "7.5"
    name = cell(page, 2, "n").get_attribute("aria-label")
    assert name.startswith("Row 2, People, 7.5, check: 7.5 is not a whole number")
    page.keyboard.press("Control+Home")
    page.get_by_role("button", name="Row 2, People: 7.5 is not a whole number").click()
    expect(cell(page, 2, "n")).to_be_focused()


def test_the_same_mistake_in_many_rows_is_one_line_and_put_right_in_one_step(harness: Harness):
    odd = {**POLICE, "race": "Whit", "sex": "??"}
    harness.put("hr1_grid", POLICE, odd, {**odd, "department": "Fire"}, {**odd, "race": "Blak", "sex": "F"})
    page = harness.show(grid())
    lines = page.get_by_role("list", name="Things to check").get_by_role("listitem")
    expect(page.locator(".eq-msg-count")).to_have_text("5 things to check. Everything is kept as typed.")
    expect(lines).to_have_count(3)
    expect(lines.nth(0)).to_contain_text("Did you mean White")
    expect(lines.nth(0)).to_contain_text("In rows 2 and 3.")
    expect(lines.nth(2)).to_contain_text("Row 4, Race or ethnicity")
    lines.nth(2).get_by_role("button", name="Change to Black").click()
    expect(lines).to_have_count(2)
    lines.nth(0).get_by_role("button", name="Change to White in both rows").click()
    wait_until_saved(page)
    expect(lines).to_have_count(1)
    assert [row["race"] for row in harness.stored("hr1_grid")] == ["WHITE", "WHITE", "WHITE", "BLACK"]
    lines.nth(0).get_by_role("button", name="Change in both rows").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").select_option("F")
    dialog.get_by_role("button", name="Keep").click()
    wait_until_saved(page)
    expect(page.locator(".eq-msg-count")).to_have_count(0)
    assert [row["sex"] for row in harness.stored("hr1_grid")] == ["M", "F", "F", "F"]
    page.keyboard.press("Control+Z")
    page.keyboard.press("Control+Z")
    wait_until_saved(page)
    assert [(row["race"], row["sex"]) for row in harness.stored("hr1_grid")][1:3] == [("Whit", "??")] * 2


def test_escape_leaves_a_cell_as_it_was_even_after_a_pause_while_typing(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "n").click()
    page.keyboard.type("99")
    wait_until_saved(page)
    page.keyboard.press("Escape")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 21
    expect(cell(page, 1, "n")).to_have_text("21")
    expect(cell(page, 1, "n")).to_be_focused()


def test_a_block_from_a_spreadsheet_is_matched_by_its_headings_and_undone_in_one_step(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "department").click()
    rows = [
        HEADINGS,
        "Police\tProtective Service Workers\tFull-time\thispanic or latino\tMale\t4",
        '"Parks & Recreation"\t2\tFT\tBlack or African American\tFemale\t"1,200"',
        "Finance\tProfessionals\tFull-time\tMartian\tFemale\t<5",
    ]
    paste(page, "\r\n".join(rows) + "\r\n")
    expect(page.locator(".eq-report")).to_contain_text("3 rows pasted, 18 cells; 2 rows added.")
    wait_until_saved(page)
    stored = harness.stored("hr1_grid")
    assert [row["race"] for row in stored] == ["HISP", "BLACK", "Martian"]
    assert [row["n"] for row in stored] == [4, 1200, "<5"]
    assert stored[1]["department"] == "Parks & Recreation"
    assert {change.source for change in harness.changes("hr1_grid") if change.field == "n" and change.author == "maria"} == {
        "pasted"
    }
    expect(page.locator(".eq-tocheck")).to_contain_text("things to check")
    page.locator(".eq-report").get_by_role("button", name="Undo").click()
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [POLICE]


def test_a_large_block_arrives_whole(harness: Harness):
    page = harness.show(grid())
    page.get_by_role("button", name="Add row").click()
    line = "Police\t4\tProtective Service Workers\tFull-time\t8\tWhite\tMale\t"
    paste(page, "\n".join(f"{line}{number}" for number in range(1, 201)))
    expect(page.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "201")
    wait_until_saved(page)
    stored = harness.stored("hr1_grid")
    assert [row["n"] for row in stored] == list(range(1, 201))
    assert {len(row) for row in stored} == {8}


def test_a_pasted_block_is_undone_pasted_again_offline_reloaded_and_seen_by_the_other(harness: Harness):
    harness.put("hr1_grid", POLICE)
    context = harness.person("maria")
    page, ken = harness.open(context, grid()), harness.show(grid(), username="ken")
    block = "\n".join(f"Police\t4\tProtective Service Workers\tFull-time\t8\tWhite\tMale\t{number}" for number in range(1, 201))
    cell(page, 1, "department").click()
    paste(page, block)
    wait_until_saved(page)
    expect(ken.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "201", timeout=10_000)
    page.locator(".eq-report").get_by_role("button", name="Undo").click()
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [{**POLICE, "eeo_function": None, "salary_band": None}]
    expect(ken.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "2", timeout=10_000)
    context.set_offline(True)
    cell(page, 1, "department").click()
    paste(page, block)
    expect(page.locator(".eq-saved")).to_have_text("Not saved: connection lost, kept in this browser", timeout=20_000)
    assert len(harness.stored("hr1_grid")) == 1
    context.set_offline(False)
    page.reload()
    page.wait_for_selector("body[data-widgets=ready]")
    wait_until_saved(page)
    assert [row["n"] for row in harness.stored("hr1_grid")] == list(range(1, 201))
    expect(ken.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "201", timeout=10_000)


PASTED = [
    ("hr1_roster", "annual_salary", "$1,200.00 CR", -1200, "below"),
    ("hr1_roster", "hire_date", "45000", "2023-03-15", ""),
    ("hr1_grid", "n", "<5", "<5", "stands for a small number and is kept as not shown. It is not counted, and it is not 0."),
    ("hr1_grid", "n", "N/A", None, ""),
    ("hr1_avail", "ext_pct", "0.24", 0.24, "If you mean 24 %, enter 24."),
    ("hr1_avail", "ext_pct", "24 %", 24, ""),
]
"""Table, column, what is pasted, what is stored, what the page says."""


@pytest.mark.parametrize("case", PASTED, ids=lambda case: case[2])
def test_what_spreadsheets_hold_is_pasted_as_it_was_meant(harness: Harness, case: tuple[str, str, str, object, str]):
    table, field, text, stored, said = case
    harness.put(table, {"department": "Police"} if table != "hr1_avail" else {"jobcat": "4"})
    page = harness.show(grid(table))
    cell(page, 1, field).click()
    paste(page, text)
    wait_until_saved(page)
    assert harness.stored(table)[0][field] == stored
    if said:
        expect(page.locator(".eq-msgs")).to_contain_text(said)
    else:
        expect(page.locator(".eq-msgs li", has_text=text)).to_have_count(0)


def test_columns_that_do_not_fit_are_left_out_and_said(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "sex").click()
    paste(page, "Male\t3\textra\tmore")
    expect(page.locator(".eq-report")).to_contain_text("These columns did not fit and were left out: column 3, column 4.")


def test_deleting_duplicating_undoing_and_redoing_rows(harness: Harness):
    harness.put("hr1_grid", POLICE, FINANCE)
    page = harness.show(grid())
    cell(page, 1, "n").click()
    page.get_by_role("button", name="Duplicate row").click()
    wait_until_saved(page)
    assert [row["department"] for row in harness.stored("hr1_grid")] == ["Police", "Police", "Finance"]
    page.get_by_role("button", name="Delete row").click()
    page.keyboard.press("Control+Z")
    wait_until_saved(page)
    assert [row["department"] for row in harness.stored("hr1_grid")] == ["Police", "Police", "Finance"]
    page.keyboard.press("Control+Z")
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [POLICE, FINANCE]
    page.keyboard.press("Control+Y")
    wait_until_saved(page)
    assert len(harness.stored("hr1_grid")) == 3


def test_a_chosen_block_is_copied_as_a_spreadsheet_takes_it_and_emptied_in_one_step(harness: Harness):
    harness.put("hr1_grid", POLICE, FINANCE)
    page = harness.show(grid())
    cell(page, 1, "race").click()
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Control+C")
    expect(page.locator(".eq-report")).to_contain_text("2 × 3 cells copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "White\tMale\t21\nBlack or African American\tFemale\t2"
    page.keyboard.press("Delete")
    wait_until_saved(page)
    assert [row["n"] for row in harness.stored("hr1_grid")] == [None, None]
    page.keyboard.press("Control+Z")
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [POLICE, FINANCE]


def test_tab_goes_along_the_row_and_out_of_the_table_at_its_end(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "race").click()
    page.keyboard.press("Tab")
    expect(cell(page, 1, "sex")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table')") is None


def test_a_long_table_keeps_few_rows_on_the_page_and_reaches_the_last_by_one_key(harness: Harness):
    harness.put("hr1_grid", *({**POLICE, "n": number} for number in range(1, 2001)))
    page = harness.show(grid())
    expect(page.locator("table[role=grid]")).to_have_attribute("aria-rowcount", "2001")
    assert page.locator("tbody tr[data-row]").count() < 80
    cell(page, 1, "department").click()
    page.keyboard.press("Control+End")
    expect(cell(page, 2000, "n")).to_be_focused()
    expect(cell(page, 2000, "n")).to_have_text("2,000")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[-1]["n"] == 7


def test_finding_rows_changes_what_is_shown_and_nothing_that_is_stored(harness: Harness):
    harness.put("hr1_grid", *[POLICE] * 10, *[FINANCE] * 10)
    page = harness.show(grid())
    page.get_by_label("Find").fill("professional")
    expect(page.locator("tbody tr[data-row]")).to_have_count(10)
    page.get_by_label("Find").fill("")
    expect(page.locator("tbody tr[data-row]")).to_have_count(20)
    assert len(harness.stored("hr1_grid")) == 20


def test_an_earlier_value_is_found_in_the_history_and_used_again(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "n").click()
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    cell(page, 1, "n").click()
    page.get_by_role("button", name="History of this cell").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Maria Ruiz")
    dialog.get_by_role("button", name="Use this again").click()
    expect(cell(page, 1, "n")).to_have_text("21")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 21


def test_the_paste_box_asks_where_to_and_adds_rows_unless_told_otherwise(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "department").click()
    ways = (
        ("As new rows at the end", "1 row added", ["Police", "Fire"]),
        ("Into the table in row 1", "1 cell that had something in it was written over.", ["Fire", "Fire"]),
    )
    for choice, said, rows in ways:
        page.get_by_role("button", name="Paste from Excel").click()
        page.get_by_label("Cells copied from a spreadsheet").fill("Department\nFire")
        page.get_by_label(choice).check()
        page.get_by_role("dialog").get_by_role("button", name="Paste", exact=True).click()
        expect(page.locator(".eq-report")).to_contain_text(said)
        wait_until_saved(page)
        assert [row["department"] for row in harness.stored("hr1_grid")] == rows
        cell(page, 1, "department").click()


def test_without_a_chosen_cell_a_paste_writes_over_nothing(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    page.get_by_role("button", name="Paste from Excel").click()
    expect(page.get_by_text("Where to?")).to_have_count(0)
    page.get_by_label("Cells copied from a spreadsheet").fill("Fire")
    page.get_by_role("dialog").get_by_role("button", name="Paste", exact=True).click()
    expect(page.locator(".eq-report")).to_contain_text("1 row pasted")
    wait_until_saved(page)
    assert [row["department"] for row in harness.stored("hr1_grid")] == ["Police", "Fire"]


def test_a_word_for_no_value_empties_a_cell_and_says_so(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "n").click()
    page.keyboard.type("N/A")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    expect(page.locator(".eq-report")).to_contain_text("Row 1, People: “N/A” stands for no value, so the cell is empty.")


def test_what_the_columns_mean_is_told_in_words(harness: Harness):
    page = harness.show(grid())
    page.get_by_text("What the columns mean").click()
    expect(page.locator(".eq-meanings dt").first).to_have_text("Department")
    expect(page.locator(".eq-meanings")).not_to_contain_text("object")


def test_undoing_an_added_row_by_keyboard_leaves_the_focus_where_it_can_be_done_again(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    page.get_by_role("button", name="Add row").click()
    page.keyboard.press("Control+Z")
    expect(page.locator("tbody tr[data-row]")).to_have_count(1)
    expect(cell(page, 1, "department")).to_be_focused()
    page.keyboard.press("Control+Y")
    expect(page.locator("tbody tr[data-row]")).to_have_count(2)
    page.keyboard.press("Control+Z")


def test_typing_on_a_long_text_replaces_it_as_in_every_other_cell(harness: Harness):
    harness.put("decisions", {"question": "All permits?", "why": "Nine in ten are residential."})
    page = harness.show(grid("decisions"))
    cell(page, 1, "why").click()
    page.keyboard.type("Most are.")
    expect(page.get_by_role("dialog").locator("textarea")).to_have_value("Most are.")
    page.get_by_role("button", name="Leave as it was").click()
    wait_until_saved(page)
    assert harness.stored("decisions")[0]["why"] == "Nine in ten are residential."


def test_a_choice_that_is_not_in_the_list_stays_when_another_is_ticked(harness: Harness):
    harness.put("measures", {"measure_id": "M1", "name": "Days", "disaggregate_by": ["language", "Ward of the town"]})
    page = harness.show(grid("measures"))
    cell(page, 1, "disaggregate_by").dblclick()
    page.get_by_label("Ward of the town (as typed)").is_checked()
    page.get_by_role("dialog").locator("input[value=disability]").check()
    page.get_by_role("button", name="Keep").click()
    wait_until_saved(page)
    assert set(harness.stored("measures")[0]["disaggregate_by"]) == {"language", "disability", "Ward of the town"}


def test_names_and_numbers_pasted_into_the_staff_list_are_not_kept_anywhere(harness: Harness):
    page = harness.show(grid("hr1_roster"))
    page.get_by_role("button", name="Paste from Excel").click()
    page.get_by_label("Cells copied from a spreadsheet").fill("14247\tRobert\tBrian\n14248\tLinda\tMaria")
    page.get_by_role("dialog").get_by_role("button", name="Paste", exact=True).click()
    expect(page.locator(".eq-report")).to_contain_text("Job title was left out. It looked like names of people")
    wait_until_saved(page)
    rows = harness.stored("hr1_roster")
    assert [set(row) for row in rows] == [{"emp_key"}, {"emp_key"}]
    kept = (
        str(rows) + str([change.value for change in harness.changes("hr1_roster")]) + page.evaluate("JSON.stringify(localStorage)")
    )
    assert not [word for word in ("14247", "Robert", "Brian", "Linda", "Maria\\t") if word in kept]
    expect(cell(page, 1, "emp_key")).to_have_text(rows[0]["emp_key"], timeout=12_000)


WORDS = [
    ("race", "White", "WHITE"),
    ("race", "Two or More Races", "TWO"),
    ("race", "two or", "TWO"),
    ("jobcat", "Service-Maintenance", "8"),
    ("jobcat", "4", "4"),
    ("status", "FT", "FT"),
    ("race", "Wj\bhite", "WHITE"),
]
"""Field, what is typed on the cell, what is stored."""


@pytest.mark.parametrize("case", WORDS, ids=lambda case: repr(case[1]))
def test_a_word_typed_on_a_drop_down_is_the_word_stored(harness: Harness, case: tuple[str, str, str]):
    field, text, stored = case
    harness.put("hr1_grid", {"department": "Police"}, POLICE)
    page = harness.show(grid())
    cell(page, 1, field).click()
    for key in text:
        page.keyboard.press({"\b": "Backspace", " ": "Space"}.get(key, key))
    page.keyboard.press("Enter")
    expect(cell(page, 2, field)).to_be_focused()
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0][field] == stored
    page.keyboard.press("Control+Z")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0].get(field) is None


def test_a_word_that_is_not_in_the_list_leaves_the_cell_as_it_was_and_says_so(harness: Harness):
    harness.put("hr1_grid", POLICE, FINANCE)
    page = harness.show(grid())
    cell(page, 1, "race").click()
    page.keyboard.type("Blue")
    expect(page.locator(".eq-report")).to_have_text("“Blue” is not in the list of Race or ethnicity. The cell stays as it was.")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    expect(cell(page, 1, "race")).to_have_text("White")
    cell(page, 1, "race").click()
    page.keyboard.type("AI")  # the first letters of a code, and of no word
    page.keyboard.press("Tab")
    expect(page.locator(".eq-report")).to_have_text("“AI” is not in the list of Race or ethnicity. The cell stays as it was.")
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [POLICE, FINANCE]


def test_a_slow_hand_and_the_keys_of_every_drop_down_work_on_a_typed_one(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "race").click()
    chosen = page.locator("td.eq-editing select")
    for letters, words in (("t", "Two or More Races"), ("wo ", "Two or More Races"), ("b", "Black or African American")):
        page.keyboard.type(letters)
        expect(chosen.locator("option:checked")).to_have_text(words)
        expect(page.locator("[data-eq=announcer]")).to_have_text(words)
        page.wait_for_timeout(1100)
    page.keyboard.press("ArrowDown")
    below = chosen.locator("option:checked").inner_text()
    assert below not in {"", "Black or African American"}
    page.keyboard.type("Blue")
    expect(page.locator(".eq-report")).to_contain_text("“Blue” is not in the list")
    expect(chosen.locator("option:checked")).to_have_text("White")
    page.keyboard.press("ArrowDown")
    assert chosen.locator("option:checked").inner_text() != "White"
    page.keyboard.press("Escape")
    expect(cell(page, 1, "race")).to_have_text("White")
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [POLICE]
    cell(page, 1, "jobcat").click()
    page.keyboard.type("SS")  # one letter again and again goes through what begins with it
    page.keyboard.press("Enter")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["jobcat"] == "8"


def test_an_open_list_takes_words_by_keyboard_too(harness: Harness):
    harness.put("hr1_grid", {**POLICE, "race": "HISP"}, FINANCE)
    page = harness.show(grid())
    cell(page, 1, "race").click()
    page.keyboard.press("Enter")
    page.keyboard.type("White")
    page.keyboard.press("Enter")
    if page.locator("td.eq-editing").count():
        page.keyboard.press("Enter")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["race"] == "WHITE"


def test_a_paste_onto_a_chosen_block_starts_at_its_top_left_and_one_value_fills_it(harness: Harness):
    harness.put("hr1_grid", POLICE, POLICE, POLICE)
    page = harness.show(grid())
    cell(page, 1, "sex").click()
    for key in ("Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    paste(page, "F\t1\nF\t2")
    wait_until_saved(page)
    assert [(row["sex"], row["n"]) for row in harness.stored("hr1_grid")] == [("F", 1), ("F", 2), ("M", 21)]
    expect(cell(page, 1, "sex")).to_be_focused()
    cell(page, 1, "n").click()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowDown")
    paste(page, "7")
    expect(page.locator(".eq-report")).to_contain_text("3 cells filled.")
    wait_until_saved(page)
    assert [row["n"] for row in harness.stored("hr1_grid")] == [7, 7, 7]
    paste(page, "8\n9")
    wait_until_saved(page)
    assert [row["n"] for row in harness.stored("hr1_grid")] == [8, 9, 7]


def test_words_for_no_value_are_one_line_in_the_report_of_a_paste(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "n").click()
    paste(page, "N/A\n5\nN/A")
    report = page.locator(".eq-report")
    expect(report).to_contain_text("3 rows pasted, 3 cells; 2 rows added.")
    expect(report).to_contain_text("2 cells with “N/A” are empty.")
    wait_until_saved(page)
    report.get_by_role("button", name="Undo").click()
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [POLICE]


def test_cut_copies_and_empties_what_is_not_locked_in_one_step(harness: Harness):
    harness.put("hr1_grid", POLICE, FINANCE)
    page = harness.show(grid())
    page.evaluate("navigator.clipboard.writeText('old')")
    cell(page, 1, "race").click()
    for key in ("Shift+ArrowRight", "Shift+ArrowDown", "Control+X"):
        page.keyboard.press(key)
    expect(page.locator(".eq-report")).to_contain_text("2 × 2 cells cut.")
    assert page.evaluate("navigator.clipboard.readText()") == "White\tMale\nBlack or African American\tFemale"
    wait_until_saved(page)
    assert [(row["race"], row["sex"]) for row in harness.stored("hr1_grid")] == [(None, None)] * 2
    page.keyboard.press("Control+Z")
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [POLICE, FINANCE]


def test_a_locked_cell_is_cut_as_a_copy(harness: Harness):
    locked = {"measure_id": "M1", "name": "Calls", "baseline_value": 31, "baseline_n": 46, "baseline_locked_on": "2026-12-05"}
    harness.put("measures", locked)
    page = harness.show(grid("measures"))
    cell(page, 1, "baseline_value").click()
    page.keyboard.press("Control+X")
    expect(page.locator(".eq-report")).to_have_text("1 cell cut. 1 locked cell was left as it is.")
    assert page.evaluate("navigator.clipboard.readText()") == "31"
    assert harness.stored("measures")[0]["baseline_value"] == 31


def test_the_mouse_chooses_cells_by_sweeping_over_them_and_opens_one_by_a_second_press(harness: Harness):
    harness.put("hr1_grid", POLICE, FINANCE, POLICE)
    page = harness.show(grid())
    cell(page, 1, "sex").click()
    cell(page, 1, "sex").hover()  # the sweep begins on the cell one is in
    page.mouse.down()
    cell(page, 2, "n").hover()
    page.mouse.up()
    expect(page.locator("td.eq-selected")).to_have_count(4)
    expect(page.locator("td.eq-editing")).to_have_count(0)
    page.mouse.move(5, 5)
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == "Male\t21\nFemale\t2"
    cell(page, 3, "n").click()
    expect(page.locator("td.eq-selected")).to_have_count(0)
    expect(page.locator("td.eq-editing")).to_have_count(0)
    cell(page, 3, "n").click()
    expect(page.locator("td.eq-editing")).to_have_count(1)


def test_column_names_with_nothing_under_them_are_said_and_leave_undo_alone(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    cell(page, 1, "n").click()
    page.keyboard.type("35")
    page.keyboard.press("Enter")
    paste(page, HEADINGS)
    expect(page.locator(".eq-report")).to_have_text("Only column names were pasted, nothing under them.")
    cell(page, 1, "department").click()
    paste(page, "Status")
    wait_until_saved(page)
    assert harness.stored("hr1_grid") == [{**POLICE, "department": "Status", "n": 35}]


def test_a_paste_that_changed_nothing_offers_no_undo(harness: Harness):
    harness.put("measures", {"measure_id": "M1", "baseline_value": 31, "baseline_n": 46, "baseline_locked_on": "2026-12-05"})
    page = harness.show(grid("measures"))
    cell(page, 1, "baseline_value").click()
    paste(page, "40")
    expect(page.locator(".eq-report")).to_contain_text("1 locked cell was left as it is.")
    expect(page.locator(".eq-report").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("text", ["language, disability", '"language\ndisability"', "language;disability"])
def test_several_choices_are_pasted_as_a_files_cell_is_read(harness: Harness, text: str):
    harness.put("measures", {"measure_id": "M1", "name": "Days"})
    page = harness.show(grid("measures"))
    cell(page, 1, "disaggregate_by").click()
    paste(page, text)
    wait_until_saved(page)
    assert harness.stored("measures")[0]["disaggregate_by"] == ["language", "disability"]
