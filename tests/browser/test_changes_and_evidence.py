"""The dialogs of what changes with a reason and of what is kept: nothing is chosen for anybody, and what was typed stays."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, Page, expect

from equitybook.store import Store
from equitybook.store.handle import Edit
from tests.browser.harness import WAIT, Harness, Shown, cell, wait_until_saved

pytestmark = pytest.mark.slow

CHARTER = {
    "population_of_focus": "Spanish-speaking residents",
    "condition": "wait longer for a permit",
    "lever": "the intake of applications",
    "focus_departments": ["Police"],
    "problem_statement": "Spanish-speaking residents wait longer for a permit; Police can influence the intake of applications.",
    "desired_result": "The same time for everybody.",
    "sponsor_role": "Mayor",
    "approved_on": "2026-10-30",
}
SHARE = {"measure_id": "M1", "name": "Complete at first submission", "unit": "pct", "direction": "UP", "rba": "HOW_WELL"}
YEAR = {"measure_id": "M1", "period_start": "2025-07-01", "period_end": "2026-06-30"}
VALUES = (
    {**YEAR, "group": "ALL", "numerator": 162, "denominator": 212},
    {**YEAR, "group": "Applied in Spanish", "numerator": 28, "denominator": 46},
)
GAPS = '<article data-finding="PM2.gaps"><h3 class="eq-title">Groups side by side</h3><p>The widest gap is wide.</p></article>'
REASON = "The sponsor gave us the review as well, in November."


def enter(harness: Harness, table: str, row: str, values: Mapping[str, object]) -> None:
    with Store.of(harness.server.folder) as store:
        handle = store.community("prairie-glen", author="ken")
        seen = {one.id: one.cells for one in handle.read(table)}.get(row, {})
        handle.write(
            [
                Edit(table, row, name, value, seen[name].version if name in seen else 0, secrets.token_hex(6))
                for name, value in values.items()
            ]
        )


def dialog_of(page: Page, button: str) -> Locator:
    page.get_by_role("button", name=button).click()
    return page.locator("dialog")


def test_a_change_of_the_charter_asks_whether_the_meaning_changes_and_keeps_what_was_typed(harness: Harness):
    enter(harness, "charter", "one", CHARTER)
    page = harness.show(Shown("changes.js", {"table": "charter"}, "The problem"))
    dialog = dialog_of(page, "Change the charter")
    radios = dialog.get_by_role("radio")
    expect(radios).to_have_count(2)
    assert [radio.is_checked() for radio in radios.all()] == [False, False]
    dialog.get_by_label("What can you influence?").fill("the intake and the review of applications")
    dialog.get_by_label("Why?").fill(REASON)
    dialog.get_by_role("button", name="Change it").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Choose whether only the wording changes, or the meaning")
    expect(dialog.get_by_label("What can you influence?")).to_have_value("the intake and the review of applications")
    expect(dialog.get_by_label("Why?")).to_have_value(REASON)
    dialog.get_by_label("The meaning: another problem").check()
    dialog.get_by_role("button", name="Change it").click()
    expect(page.locator(".eq-changes")).to_contain_text("Changes made with a reason: 1")
    assert harness.stored("charter")[0]["lever"] == "the intake and the review of applications"


def test_one_press_of_escape_throws_no_reason_away(harness: Harness):
    enter(harness, "charter", "one", CHARTER)
    page = harness.show(Shown("changes.js", {"table": "charter"}, "The problem"))
    dialog = dialog_of(page, "Change the charter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)  # nothing was written yet
    dialog = dialog_of(page, "Change the charter")
    dialog.get_by_label("Why?").fill(REASON)
    page.keyboard.press("Escape")
    expect(dialog.get_by_text("Press Escape once more")).to_be_visible()
    dialog.get_by_label("Why?").press_sequentially(" Really.")
    expect(dialog.get_by_text("Press Escape once more")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(dialog.get_by_label("Why?")).to_have_value(f"{REASON} Really.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_history_that_cannot_be_fetched_says_so(harness: Harness):
    harness.put("measures", SHARE)
    page = harness.show(Shown("grid.js", {"table": "measures", "label": "Measures"}, "Measures"))
    cell(page, 1, "name").click()
    page.context.set_offline(True)
    for button in ("History of this table", "History of this cell"):
        dialog = dialog_of(page, button)
        expect(dialog).to_contain_text("The history cannot be shown just now")
        expect(dialog).to_contain_text("connection was lost")
        dialog.get_by_role("button", name="Close").click()
    page.context.set_offline(False)
    expect(dialog_of(page, "History of this table")).to_contain_text("This is how the table is now")


def test_a_revised_baseline_that_is_no_number_is_named_and_stays_in_the_dialog(harness: Harness):
    locked = {"baseline_value": 60.9, "baseline_n": 46, "baseline_period": "2025", "baseline_locked_on": "2026-11-20"}
    harness.put("measures", {**SHARE, **locked})
    page = harness.show(Shown("changes.js", {"table": "measures"}, "Where you start"))
    dialog = dialog_of(page, "Revise the baseline")
    dialog.get_by_label("Why?").fill("The export counted withdrawn applications too.")
    for typed, words in (("abc", "Baseline: "), ("140", "Baseline: 140 is no percentage between 0 and 100")):
        dialog.get_by_label("Baseline", exact=True).fill(typed)
        dialog.get_by_role("button", name="Change it").click()
        expect(dialog.get_by_role("alert")).to_contain_text(words)
        expect(dialog.get_by_label("Baseline", exact=True)).to_have_value(typed)
    dialog.get_by_label("Baseline", exact=True).fill("59.5")
    dialog.get_by_role("button", name="Change it").click()
    expect(page.locator(".eq-changes")).to_contain_text("60.9 → 59.5")
    assert harness.stored("measures")[0]["baseline_value"] == 59.5


def test_a_computed_baseline_is_read_to_two_decimals_with_its_unit_and_kept_whole(harness: Harness):
    locked = {"baseline_value": 41.50943396226415, "baseline_period": "2025", "baseline_locked_on": "2026-11-20"}
    harness.put("measures", {**SHARE, **locked})
    table = Shown("grid.js", {"table": "measures", "label": "Measures", "fields": ["measure_id", "baseline_value"]}, "Measures")
    page = harness.show(Shown("changes.js", {"table": "measures"}, "Where you start"), table)
    expect(page.locator(".eq-changes")).to_contain_text("Baseline 41.51 %, 2025.")
    expect(cell(page, 1, "baseline_value")).to_have_text("41.51")
    assert harness.stored("measures")[0]["baseline_value"] == 41.50943396226415


def test_a_measure_defined_anew_says_what_it_does_not_take_along(harness: Harness):
    locked = {"baseline_value": 60.9, "baseline_period": "2025", "baseline_locked_on": "2026-11-20", "target_value": 80}
    harness.put("measures", {**SHARE, **locked})
    page = harness.show(Shown("changes.js", {"table": "measures"}, "Where you start"))
    dialog = dialog_of(page, "Define it anew")
    dialog.get_by_label("Unit").select_option("days")
    dialog.get_by_label("Why?").fill("We count how long it takes from now on.")
    dialog.get_by_role("button", name="Begin the new measure").click()
    expect(page.locator(".eq-changes [role=status]")).to_contain_text("Not taken along")
    expect(page.locator(".eq-changes [role=status]")).to_contain_text("Target")
    old, new = sorted(harness.stored("measures"), key=lambda one: one["measure_id"])
    assert new["replaces"] == old["measure_id"]
    assert "target_value" not in new
    assert old["retired_on"]


def test_evidence_is_about_the_row_that_is_chosen_by_keyboard_and_brings_its_measure_along(harness: Harness):
    harness.put("measures", SHARE)
    harness.put("pm2_values", *VALUES)
    finding = Shown("finding.js", {"html": GAPS, "charts": {}, "tables": []}, "For whom it moves")
    page = harness.show(finding, cycle=2)
    dialog = dialog_of(page, "Keep as evidence")
    about = dialog.get_by_label("What is it about?")
    expect(about).to_be_focused(timeout=WAIT)  # the first finding of a server takes the longest
    assert about.locator("option").all_inner_texts() == ["The finding as a whole", "M1, Applied in Spanish: 60.9 % (Look closer)"]
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_label("Measure it belongs to")).to_have_value("M1")
    dialog.get_by_role("button", name="Keep it").click()
    expect(page.locator("dialog")).to_contain_text("Say in one sentence of your own what this shows.")
    page.get_by_role("button", name="Go back to it").click()
    expect(dialog.get_by_label("What is it about?")).to_have_value("M1, Applied in Spanish: 60.9 % (Look closer)")
    dialog.get_by_label("What does it show").fill("Files in Spanish, e.g. plumbing, come back. We know why.")
    dialog.get_by_role("button", name="Keep it").click()
    kept = page.locator(".eq-keep")
    expect(kept).to_contain_text("Kept as C2-PM2-", timeout=WAIT)
    expect(kept).to_contain_text("more than one sentence")
    page.evaluate("html => models['finding.js-0'].set('html', html)", GAPS.replace("is wide", "is narrower"))
    expect(page.locator("article")).to_contain_text("is narrower")
    expect(kept).to_contain_text("Kept as C2-PM2-")  # the finding was written anew, what was done is still said
    stored = harness.stored("evidence")[-1]
    assert stored["value"] == pytest.approx(100 * 28 / 46)
    assert (stored["group"], stored["measure_id"], stored["n"], stored["flag"]) == ("Applied in Spanish", "M1", 46, "LOOK_CLOSER")


def test_a_code_of_a_deleted_row_is_given_to_no_other_after_a_reload_and_marked_where_it_is_typed(harness: Harness):
    harness.put(
        "measures", *({"measure_id": f"M{at}", "name": name} for at, name in enumerate(("Calls", "Days", "Visits"), start=1))
    )
    table = Shown("grid.js", {"table": "measures", "label": "Measures", "fields": ["measure_id", "name"]}, "Measures")
    page = harness.show(table)
    given = max(int(str(change.value)[1:]) for change in harness.changes("measures") if change.field == "measure_id")
    highest = page.evaluate(
        "fetch('/equitybook/api/tables/measures').then((answer) => answer.json()).then((said) => said.codes.measure_id)"
    )
    assert highest >= given == 3
    cell(page, 3, "name").click()
    page.get_by_role("button", name="Delete row").click()
    wait_until_saved(page)
    page.reload()
    page.wait_for_selector("body[data-widgets=ready]")
    page.get_by_role("button", name="Add row").click()
    wait_until_saved(page)
    expect(cell(page, 3, "measure_id")).to_have_text(f"M{highest + 1}")
    cell(page, 3, "name").click()
    page.keyboard.type("Forms translated")
    page.keyboard.press("Enter")
    cell(page, 3, "measure_id").click()
    page.keyboard.type("M3")
    page.keyboard.press("Enter")
    wait_until_saved(page)
    expect(page.locator(".eq-grid")).to_contain_text("M3 was the code of “Visits”, which is deleted.")
