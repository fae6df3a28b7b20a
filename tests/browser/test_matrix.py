"""The grid of letters: typed into by two people, read from the store, usable on a phone and without a mouse."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from equitybook.store import Store
from tests.browser.harness import Harness, Shown, wait_until_saved

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
    page.keyboard.press("Shift+Tab")
    for _ in range(4):
        page.keyboard.press("ArrowUp")
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
