"""The grid of letters: typed into by two people, read from the store, usable on a phone and without a mouse."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from equitybook.store import Store
from tests.browser.harness import Harness, Shown, paste, wait_until_saved

pytestmark = pytest.mark.slow

MEMBERS = ({"member_id": "P1", "role_title": "Village manager"}, {"member_id": "P2", "role_title": "Permit technician"})
TASKS = ({"task_id": "T1", "task": "Write the charter"}, {"task_id": "T2", "task": "Ask for the data"})
MATRIX = Shown(
    "matrix.js",
    {
        "table": "ic1_rasci", "rows": "ic1_tasks", "row_key": "task_id", "row_label": "task", "columns": "ic1_members",
        "column_key": "member_id", "column_label": "role_title", "value": "code", "label": "Who does what", "empty": "",
    },
    "Who does what",
)  # fmt: skip


@pytest.fixture
def letters(harness: Harness) -> Harness:
    harness.put("ic1_members", *MEMBERS)
    harness.put("ic1_tasks", *TASKS)
    harness.put("ic1_rasci")
    return harness


def choice(page: Page, task: str, member: str) -> Locator:
    return page.locator(f"td[data-pair='{task}/{member}'] select")


def codes(harness: Harness) -> dict[str, object]:
    return {name: row["code"] for name, row in kept(harness).items()}


def button(page: Page, name: str) -> Locator:
    return page.locator(".eq-matrix > .eq-tools").get_by_role("button", name=name)


def check(page: Page, task: str) -> Locator:
    return page.get_by_role("row", name=task).locator(".eq-matrix-check")


def kept(harness: Harness) -> dict[str, dict[str, object]]:
    with Store.of(harness.server.folder) as store:
        rows = store.community("prairie-glen", author="test").read("ic1_rasci")
    return {row.id: row.values() for row in rows}


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page where somebody asked for pictures."""
    if folder := os.environ.get("EQUITYBOOK_PICTURES"):
        page.screenshot(path=Path(folder) / f"matrix_{name}.png", full_page=True)


def test_two_people_fill_the_grid_and_each_sees_the_others_letters_and_what_is_still_to_do(letters: Harness):
    maria, ken = letters.show(MATRIX), letters.show(MATRIX, username="ken")
    expect(check(maria, "Write the charter")).to_have_text("Nothing chosen yet.")
    choice(maria, "T1", "P1").select_option("A")
    wait_until_saved(maria)
    expect(check(maria, "Write the charter")).to_have_text("Nobody is responsible yet. Choose who does the work: R, or AR.")
    expect(choice(ken, "T1", "P1")).to_have_value("A", timeout=10_000)
    expect(ken.locator("td[data-pair='T1/P1']")).to_have_attribute("data-visitor", "Maria Ruiz")
    choice(ken, "T1", "P2").select_option("R")
    choice(ken, "T2", "P1").select_option("I")
    wait_until_saved(ken)
    expect(choice(maria, "T1", "P2")).to_have_value("R", timeout=10_000)
    expect(check(maria, "Write the charter")).to_have_text("")
    expect(check(maria, "Ask for the data")).to_contain_text("Everybody is only informed.")
    picture(maria, "two_people")
    assert kept(letters) == {
        "T1:P1": {"task_id": "T1", "member_id": "P1", "code": "A"},
        "T1:P2": {"task_id": "T1", "member_id": "P2", "code": "R"},
        "T2:P1": {"task_id": "T2", "member_id": "P1", "code": "I"},
    }
    maria.reload()
    expect(choice(maria, "T1", "P1")).to_have_value("A")


def test_two_letters_for_one_cell_at_the_same_time_meet_in_one_field_and_one_of_the_two_chooses(letters: Harness):
    maria, ken = letters.show(MATRIX), letters.show(MATRIX, username="ken")
    ken.route("**/api/changes*", lambda route: route.abort())  # so that he has not seen it yet
    choice(maria, "T1", "P1").select_option("A")
    wait_until_saved(maria)
    choice(ken, "T1", "P1").select_option("S")
    told = ken.locator(".eq-conflicts")
    expect(told).to_contain_text("Write the charter, Village manager: you wrote “S supports”; Maria Ruiz wrote “A accountable”")
    expect(choice(ken, "T1", "P1")).to_have_value("A")
    picture(ken, "conflict")
    told.get_by_role("button", name="Use mine").click()
    wait_until_saved(ken)
    expect(told).to_have_count(0)
    assert kept(letters) == {"T1:P1": {"task_id": "T1", "member_id": "P1", "code": "S"}}
    expect(choice(maria, "T1", "P1")).to_have_value("S", timeout=10_000)


def test_a_letter_is_typed_and_taken_away_by_keyboard_and_the_cell_says_so(letters: Harness):
    page = letters.show(MATRIX)
    choice(page, "T1", "P1").focus()
    expect(choice(page, "T1", "P1")).to_have_attribute("aria-label", "Write the charter, Village manager: nothing chosen")
    page.keyboard.type("AR")
    expect(choice(page, "T1", "P1")).to_have_attribute(
        "aria-label", "Write the charter, Village manager: AR accountable and responsible"
    )
    page.keyboard.press("Tab")
    page.keyboard.type("c")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    assert {name: row["code"] for name, row in kept(letters).items()} == {"T1:P1": "AR", "T1:P2": "C"}
    choice(page, "T1", "P2").focus()
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    wait_until_saved(page)
    assert {name: row["code"] for name, row in kept(letters).items()} == {"T1:P1": "AR", "T1:P2": None}


def test_a_letter_typed_is_the_letter_chosen_and_typed_again_the_next_that_begins_with_it(letters: Harness):
    page = letters.show(MATRIX)
    cell = choice(page, "T1", "P1")
    cell.focus()
    for key, value in (("i", "I"), ("a", "A"), ("a", "AR"), ("a", "A"), ("s", "S"), ("c", "C")):
        page.keyboard.press(key)
        expect(cell).to_have_value(value)
    wait_until_saved(page)


def test_arrow_keys_move_between_cells_and_change_nothing_and_tab_comes_to_one_cell(letters: Harness):
    letters.put("ic1_rasci", {"task_id": "T1", "member_id": "P1", "code": "AR"})
    page = letters.show(MATRIX)
    choice(page, "T1", "P1").focus()
    moves = [
        ("ArrowUp", "T1/P1"), ("ArrowDown", "T2/P1"), ("ArrowRight", "T2/P2"), ("ArrowRight", "T2/P2"), ("ArrowUp", "T1/P2"),
        ("ArrowLeft", "T1/P1"), ("End", "T1/P2"), ("Home", "T1/P1"), ("Control+End", "T2/P2"), ("Control+Home", "T1/P1"),
        ("PageDown", "T2/P1"), ("PageUp", "T1/P1"), ("ArrowDown", "T2/P1"),
    ]  # fmt: skip
    for key, pair in moves:
        page.keyboard.press(key)
        expect(choice(page, *pair.split("/"))).to_be_focused()
    stops = page.locator(".eq-matrix select").evaluate_all("all => all.filter(one => one.tabIndex === 0).length")
    assert (stops, page.locator(".eq-matrix .eq-scroll[tabindex]").count()) == (1, 0)
    page.keyboard.press("Shift+Tab")
    expect(button(page, "History of this table")).to_be_focused()
    page.keyboard.press("Tab")
    expect(choice(page, "T2", "P1")).to_be_focused()
    wait_until_saved(page)
    assert codes(letters) == {next(iter(kept(letters))): "AR"}
    assert letters.changes("ic1_rasci")[-1].author == "ken"


@pytest.mark.parametrize("key", ["Enter", "F2", "Alt+ArrowDown"])
def test_a_key_opens_the_list_enter_picks_and_escape_closes_it_without_a_change(letters: Harness, key: str):
    page = letters.show(MATRIX)
    cell = choice(page, "T1", "P1")
    cell.focus()
    is_open = "one => one.matches(':open')"
    for last, value in (("Escape", ""), ("Enter", "R"), ("Escape", "R")):
        page.keyboard.press(key)
        page.wait_for_function("document.activeElement.matches(':open')")
        page.wait_for_timeout(400)  # the list is a window of its own, and takes keys a moment later
        page.keyboard.press("ArrowDown")
        page.keyboard.press(last)
        page.wait_for_timeout(700)  # longer than the page waits for the key to be let go
        assert (cell.evaluate(is_open), cell.input_value()) == (False, value)
        wait_until_saved(page)
        assert codes(letters) == ({"T1:P1": value} if value else {})
    expect(cell).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(choice(page, "T2", "P1")).to_be_focused()


def test_a_letter_changed_or_emptied_is_taken_back_and_done_again_by_key_and_by_button(letters: Harness):
    page = letters.show(MATRIX)
    for name in ("Undo", "Redo", "History of this cell"):
        expect(button(page, name)).to_be_disabled()
    cell = choice(page, "T1", "P1")
    cell.focus()
    page.keyboard.press("a")
    page.wait_for_timeout(800)  # a second letter, not the second of two
    page.keyboard.press("i")
    expect(cell).to_have_value("I")
    page.keyboard.press("Control+Z")
    expect(cell).to_have_value("A")
    expect(page.locator(".eq-report")).to_have_text("Taken back: change Write the charter, Village manager.")
    page.keyboard.press("Control+Y")
    expect(cell).to_have_value("I")
    for key in ("Delete", "Backspace"):
        page.keyboard.press(key)
        expect(cell).to_have_value("")
        page.keyboard.press("Control+Z")
        expect(cell).to_have_value("I")
    wait_until_saved(page)
    assert codes(letters) == {"T1:P1": "I"}
    page.keyboard.press("Control+Shift+Z")
    expect(cell).to_have_value("")
    for _ in range(3):
        button(page, "Undo").click()
    expect(button(page, "Undo")).to_be_disabled()
    expect(cell).to_be_focused()  # the button is of no more use
    wait_until_saved(page)
    assert codes(letters) == {"T1:P1": None}
    choice(page, "T2", "P2").select_option("S")
    page.keyboard.press("Control+Z")
    expect(choice(page, "T2", "P2")).to_have_value("")


def test_two_letters_in_quick_succession_are_one_choice_and_one_step_back(letters: Harness):
    letters.put("ic1_rasci", {"task_id": "T1", "member_id": "P1", "code": "S"})
    page = letters.show(MATRIX)
    cell = choice(page, "T1", "P1")
    cell.focus()
    page.keyboard.type("ar")
    expect(cell).to_have_value("AR")
    page.keyboard.press("Control+Z")
    expect(cell).to_have_value("S")
    expect(button(page, "Undo")).to_be_disabled()
    page.keyboard.press("Control+Y")
    expect(cell).to_have_value("AR")


def test_undo_leaves_what_a_colleague_has_chosen_since_though_i_chose_again_after_him(letters: Harness):
    maria, ken = letters.show(MATRIX), letters.show(MATRIX, username="ken")
    choice(maria, "T1", "P1").select_option("A")
    expect(choice(ken, "T1", "P1")).to_have_value("A", timeout=10_000)
    choice(ken, "T1", "P1").select_option("R")
    expect(choice(maria, "T1", "P1")).to_have_value("R", timeout=10_000)
    choice(maria, "T1", "P1").select_option("I")
    wait_until_saved(maria)
    button(maria, "Undo").click()
    expect(choice(maria, "T1", "P1")).to_have_value("R")
    wait_until_saved(maria)
    button(maria, "Undo").click()
    expect(maria.locator(".eq-report")).to_contain_text("1 cell changed by somebody else since was left as it is.")
    choice(maria, "T2", "P1").select_option("C")
    expect(choice(ken, "T2", "P1")).to_have_value("C", timeout=10_000)
    choice(ken, "T2", "P1").select_option("S")
    expect(choice(maria, "T2", "P1")).to_have_value("S", timeout=10_000)
    button(maria, "Undo").click()
    expect(maria.locator(".eq-report")).to_contain_text("1 cell changed by somebody else since was left as it is.")
    wait_until_saved(maria)
    assert codes(letters) == {"T1:P1": "R", "T2:P1": "S"}


def test_the_history_of_a_cell_opens_and_an_earlier_letter_is_used_again(letters: Harness):
    letters.put("ic1_tasks", {"task_id": "T20", "task": "Write the charter"})  # no other test has a letter there
    page = letters.show(MATRIX)
    choice(page, "T20", "P1").select_option("A")
    wait_until_saved(page)
    choice(page, "T20", "P1").select_option("I")
    wait_until_saved(page)
    button(page, "History of this cell").click()
    dialog = page.get_by_role("dialog", name="History: Write the charter, Village manager")
    expect(dialog.locator("tbody tr")).to_have_count(2)
    dialog.get_by_role("row", name="A accountable").get_by_role("button", name="Use this again").click()
    expect(choice(page, "T20", "P1")).to_have_value("A")
    wait_until_saved(page)
    assert codes(letters) == {"T20:P1": "A"}
    button(page, "Undo").click()
    wait_until_saved(page)
    assert codes(letters) == {"T20:P1": "I"}


def test_both_choices_of_a_conflict_are_in_the_history_and_mine_is_taken_back_to_theirs(letters: Harness):
    maria, ken = letters.show(MATRIX), letters.show(MATRIX, username="ken")
    ken.route("**/api/changes*", lambda route: route.abort())  # so that he has not seen it yet
    choice(maria, "T1", "P1").select_option("A")
    wait_until_saved(maria)
    choice(ken, "T1", "P1").select_option("S")
    expect(ken.locator(".eq-conflicts")).to_contain_text("Both are kept in the history.")
    button(ken, "History of this cell").click()
    dialog = ken.get_by_role("dialog")
    expect(dialog).to_contain_text("A accountable")
    expect(dialog).to_contain_text("S supports")
    dialog.get_by_role("button", name="Close").click()
    ken.get_by_role("button", name="Use mine").click()
    wait_until_saved(ken)
    for _ in range(2):
        button(ken, "Undo").click()
    wait_until_saved(ken)
    assert codes(letters) == {"T1:P1": "A"}


def test_the_history_of_the_table_names_tasks_and_members_and_an_earlier_point_is_restored(letters: Harness):
    page = letters.show(MATRIX)
    choice(page, "T1", "P1").select_option("A")
    wait_until_saved(page)
    choice(page, "T1", "P2").select_option("R")
    wait_until_saved(page)
    choice(page, "T1", "P1").focus()
    page.keyboard.press("Delete")
    wait_until_saved(page)
    button(page, "History of this table").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".eq-points")).to_contain_text("Write the charter, Village manager, Letter: A accountable → empty")
    dialog.get_by_role("button", name="Restore this point").first.click()
    expect(choice(page, "T1", "P1")).to_have_value("A")
    report = page.locator(".eq-report")
    expect(report).to_contain_text("1 cell put back to how it was")
    assert codes(letters) == {"T1:P1": "A", "T1:P2": "R"}
    report.get_by_role("button", name="Undo").click()
    expect(report).to_have_text("The table is as it was before.")
    assert codes(letters) == {"T1:P1": None, "T1:P2": "R"}


def test_who_else_is_in_a_cell_is_shown_in_it_and_said(letters: Harness):
    maria, ken = letters.show(MATRIX), letters.show(MATRIX, username="ken")
    choice(maria, "T2", "P1").focus()
    there = ken.locator("td[data-pair='T2/P1']")
    expect(there).to_have_attribute("data-visitor", "Maria Ruiz", timeout=10_000)
    expect(there).to_have_class(re.compile("eq-visited"))
    expect(choice(ken, "T2", "P1")).to_have_attribute(
        "aria-label", "Ask for the data, Village manager: nothing chosen, Maria Ruiz is in this cell"
    )
    choice(ken, "T2", "P1").focus()
    ken.keyboard.press("s")
    expect(ken.locator(".eq-report")).to_have_text("Maria Ruiz is in this cell, too.")
    picture(ken, "presence")
    maria.keyboard.press("ArrowUp")
    expect(ken.locator("td[data-pair='T1/P1']")).to_have_attribute("data-visitor", "Maria Ruiz", timeout=10_000)
    expect(there).not_to_have_class(re.compile("eq-visited"))


def test_a_block_of_letters_is_pasted_from_a_cell_on_blanks_leave_what_is_there_and_one_undo_takes_it_back(letters: Harness):
    letters.put("ic1_rasci", *[{"task_id": task, "member_id": "P2", "code": "C"} for task in ("T1", "T2")])
    before = codes(letters)
    page = letters.show(MATRIX)
    choice(page, "T1", "P1").focus()
    paste(page, "a\t\textra\r\nR/A\tI informed\r\n")
    report = page.locator(".eq-report")
    expect(report).to_contain_text(
        "3 letters pasted. 1 cell that had something in it was written over. 1 cell did not fit and was left out."
    )
    for pair, value in (("T1/P1", "A"), ("T1/P2", "C"), ("T2/P1", "AR"), ("T2/P2", "I")):
        expect(choice(page, *pair.split("/"))).to_have_value(value)
    expect(choice(page, "T1", "P1")).to_be_focused()
    wait_until_saved(page)
    assert "pasted" in {change.source for change in letters.changes("ic1_rasci") if change.field == "code"}
    page.keyboard.press("Control+Z")
    expect(report).to_have_text("Taken back: paste.")
    wait_until_saved(page)
    assert {name: value for name, value in codes(letters).items() if value} == before
    paste(page, "Who\tX")
    expect(report).to_have_text("Nothing was pasted. Left out, as they are none of the letters: “Who”, “X”.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == "C"


def test_a_finger_opens_the_list_of_a_cell_and_what_is_picked_is_saved(letters: Harness):
    context = letters.person("maria", width=360)
    page = letters.open(context, MATRIX)
    cell = choice(page, "T2", "P2")
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box
    session = context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("document.activeElement.matches('select:open')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(cell).to_have_attribute("aria-label", "Ask for the data, Permit technician: R responsible")
    wait_until_saved(page)
    assert codes(letters) == {"T2:P2": "R"}


def test_before_there_are_members_and_tasks_it_says_what_to_do_and_then_appears_by_itself(letters: Harness):
    letters.put("ic1_members")
    letters.put("ic1_tasks")
    page = letters.show(MATRIX)
    expect(page.locator(".eq-empty")).to_have_text(
        "Add the first row to “Members of the group” and to “Tasks of the group” above. The grid then appears here."
    )
    letters.put("ic1_members", *MEMBERS)
    letters.put("ic1_tasks", *TASKS, {"task": "A task without a code"})
    expect(page.locator("table")).to_be_visible(timeout=10_000)
    expect(page.locator(".eq-matrix")).to_contain_text("1 row of “Tasks of the group” has no code yet, and is not shown here.")


def test_letters_of_a_task_that_is_gone_are_told_and_can_be_taken_out_and_given_again(letters: Harness):
    letters.put("ic1_rasci", {"task_id": "T1", "member_id": "P1", "code": "A"}, {"task_id": "T7", "member_id": "P1", "code": "A"})
    page = letters.show(MATRIX)
    page.get_by_role("button", name="Take it out").click()
    wait_until_saved(page)
    assert [row["task_id"] for row in kept(letters).values()] == ["T1"]
    letters.put("ic1_rasci")  # somebody empties the table
    expect(choice(page, "T1", "P1")).to_have_value("", timeout=10_000)
    choice(page, "T1", "P2").select_option("R")
    wait_until_saved(page)
    letters.put("ic1_rasci")
    expect(choice(page, "T1", "P2")).to_have_value("", timeout=10_000)
    page.reload()
    choice(page, "T1", "P2").select_option("C")
    wait_until_saved(page)
    page.wait_for_timeout(500)
    assert kept(letters) == {"T1:P2": {"task_id": "T1", "member_id": "P2", "code": "C"}}


def test_names_of_any_kind_make_names_of_rows_that_the_store_takes(letters: Harness):
    long = "Ville–Prairie & Glen " * 8
    letters.put("ic1_tasks", {"task_id": "Straße/1", "task": "Print signs"}, {"task_id": long, "task": "Long"})
    page = letters.show(MATRIX)
    page.get_by_label("Print signs, Village manager").select_option("A")
    page.get_by_label("Long, Village manager").select_option("R")
    page.get_by_label("Long, Permit technician").select_option("A")
    wait_until_saved(page)
    assert sorted((str(row["task_id"]), row["code"]) for row in kept(letters).values()) == sorted(
        [("Straße/1", "A"), (long.strip(), "R"), (long.strip(), "A")]
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_nothing_scrolls_sideways_and_everything_is_large_enough(letters: Harness, width: int, scheme: str):
    members = [{"member_id": f"P{at}", "role_title": name} for at, name in enumerate(
        ["Village manager", "Assistant village manager", "Permit coordinator", "Permit technician", "Deputy police chief", "Crew leader", "Resident and interpreter"], start=1
    )]  # fmt: skip
    codes = ["A", "R", "S", "C", "I", "AR"]
    given = [{"task_id": "T1", "member_id": f"P{at}", "code": code} for at, code in enumerate(codes, start=1)]
    letters.put("ic1_members", *members)
    letters.put("ic1_rasci", *given, {"task_id": "T2", "member_id": "P2", "code": "AR"})
    page = letters.open(letters.person("maria", width=width), MATRIX)
    page.emulate_media(color_scheme=scheme)
    expect(check(page, "Write the charter")).to_have_text(
        "2 people are accountable. One answers for a task; make the others R, S or C."
    )
    picture(page, f"{width}_{scheme}")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.locator(".eq-matrix select:visible, .eq-matrix button:visible").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 39.5).map(one => one.outerHTML.slice(0, 120))"
    )
    assert small == []
