"""Saving: what the page calls saved is in the store, and what is not is kept in this browser until it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import Harness, Shown, cell, grid, wait_until_saved

pytestmark = pytest.mark.slow

POLICE = {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21}
FORM = Shown(
    "form.js", {"table": "hr1_setup", "fields": ["benchmark_geography", "benchmark_source", "payroll_headcount"]}, "The payday"
)


def type_into(page: Page, row: int, text: str) -> None:
    cell(page, row, "n").click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def reopen(page: Page) -> None:
    page.reload()
    page.wait_for_selector("body[data-widgets=ready]")


def test_what_was_typed_while_the_server_was_gone_is_saved_once_after_a_reload(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    harness.server.kill()
    type_into(page, 1, "35")
    expect(page.locator(".eq-saved")).to_have_text("Not saved: connection lost, kept in this browser", timeout=20_000)
    expect(page.get_by_role("status").filter(has_text="Not saved")).to_have_count(1)
    harness.server.start()
    reopen(page)
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 35
    assert [change.value for change in harness.changes("hr1_grid") if change.field == "n" and change.author == "maria"] == [35]
    reopen(page)
    expect(cell(page, 1, "n")).to_have_text("35")
    assert len([change for change in harness.changes("hr1_grid") if change.author == "maria"]) == 1


def test_typing_that_was_never_left_survives_the_tab(harness: Harness):
    harness.put("hr1_grid", POLICE)
    context = harness.person("maria")
    page = harness.open(context, grid())
    context.set_offline(True)
    cell(page, 1, "n").click()
    page.keyboard.type("4")
    page.close(run_before_unload=False)
    context.set_offline(False)
    again = harness.open(context, grid())
    wait_until_saved(again)
    assert harness.stored("hr1_grid")[0]["n"] == 4


FULL = """() => {  // a browser's storage is full
    const room = Object.getPrototypeOf(localStorage), set = room.setItem;
    room.setItem = function (name, value) {
        if (name.startsWith("equitybook:outbox")) throw new DOMException("full", "QuotaExceededError");
        return set.call(this, name, value);
    };
}"""


def test_what_this_browser_has_no_room_for_is_said_and_saved_once_the_connection_is_back(harness: Harness):
    harness.put("hr1_grid", POLICE)
    context = harness.person("maria")
    page = harness.open(context, grid())
    page.evaluate(FULL)
    context.set_offline(True)
    type_into(page, 1, "35")
    saved = page.locator(".eq-saved")
    expect(saved).to_have_text(
        "Not saved, and too much to keep in this browser: leave this page open until it is saved", timeout=20_000
    )
    expect(page.get_by_role("status").filter(has_text="leave this page open")).to_have_count(1)
    context.set_offline(False)
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 35


def test_a_paste_too_large_for_this_browser_asks_to_stay_while_it_is_being_saved(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    page.evaluate(FULL)
    held = []
    page.route("**/api/edits", lambda route: held.append(route))
    type_into(page, 1, "35")
    expect(page.locator(".eq-saved")).to_have_text("Saving… Leave this page open: it is too much to keep in this browser")
    page.unroute("**/api/edits")
    for route in held:
        route.fallback()
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 35


def test_a_lost_answer_does_not_save_twice(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    lost = []

    def lose_the_first(route):
        if lost:
            route.fallback()
            return
        lost.append(route.fetch())
        route.abort()

    page.route("**/api/edits", lose_the_first)
    type_into(page, 1, "35")
    wait_until_saved(page)
    assert lost[0].status == 200
    assert [change.value for change in harness.changes("hr1_grid") if change.field == "n" and change.author == "maria"] == [35]
    expect(page.locator(".eq-conflicts")).to_have_count(0)


def test_quick_typing_over_a_slow_line_is_no_conflict_with_oneself(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())

    def slowly(route):
        page.wait_for_timeout(300)
        route.fallback()

    page.route("**/api/edits", slowly)
    for text in ("5", "6", "7"):
        type_into(page, 1, text)
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 7
    expect(page.locator(".eq-conflicts")).to_have_count(0)


def test_somebody_signed_out_is_asked_to_sign_in_and_loses_nothing(harness: Harness):
    harness.put("hr1_grid", POLICE)
    context = harness.person("maria")
    page = harness.open(context, grid())
    cookies = context.cookies()
    context.clear_cookies()
    type_into(page, 1, "35")
    link = page.get_by_role("link", name="Sign in in a new tab")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("target", "_blank")
    expect(page.get_by_role("status").filter(has_text="kept in this browser")).to_have_count(1)
    context.add_cookies(cookies)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 35


def test_one_text_the_server_cannot_take_holds_up_no_other(harness: Harness):
    page = harness.show(FORM)
    page.get_by_label("Where you hire from").fill("x" * 20_001)
    page.get_by_label("People on that payroll").fill("112")
    expect(page.locator("[data-field=benchmark_geography] .eq-field-msg")).to_contain_text("20,001 characters")
    expect(page.locator(".eq-saved")).to_contain_text("Not saved")
    assert harness.stored("hr1_setup")[0]["payroll_headcount"] == 112
    page.get_by_label("Where you hire from").fill("Cook County")
    wait_until_saved(page)
    assert harness.stored("hr1_setup")[0]["benchmark_geography"] == "Cook County"


def test_leaving_warns_only_while_something_is_unsent(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid())
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
    type_into(page, 1, "35")
    wait_until_saved(page)
    reopen(page)
    assert asked == []
    page.route("**/api/edits", lambda route: route.abort())
    type_into(page, 1, "36")
    reopen(page)
    assert asked == ["beforeunload"]


def test_a_form_saves_while_typing_and_marks_what_does_not_fit_beside_the_field(harness: Harness):
    page = harness.show(FORM)
    people = page.get_by_label("People on that payroll")
    people.fill("112.5")
    wait_until_saved(page)
    assert harness.stored("hr1_setup")[0]["payroll_headcount"] == "112.5"
    people.blur()
    expect(page.locator("[data-field=payroll_headcount] .eq-field-msg")).to_contain_text("not a whole number")
    expect(people).to_have_attribute("aria-invalid", "true")
    people.fill("112")
    people.blur()
    wait_until_saved(page)
    expect(page.locator("[data-field=payroll_headcount] .eq-field-msg")).to_have_text("")


def test_another_person_who_signs_in_here_sends_nothing_in_the_first_ones_name(harness: Harness):
    harness.put("hr1_grid", POLICE)
    context = harness.person("maria")
    page = harness.open(context, grid())
    context.set_offline(True)
    type_into(page, 1, "35")
    page.close(run_before_unload=False)
    context.set_offline(False)
    context.clear_cookies()
    harness.sign_in(context, "ken")
    context.unroute("**/harness")
    as_ken = harness.open(context, grid(), username="ken")
    as_ken.wait_for_timeout(1500)
    # A page that is closing may still get Maria's edit out, in her own name; nothing of hers ever goes out in Ken's.
    assert "ken" not in {one.author for one in harness.changes("hr1_grid") if one.source == "typed"}
    assert as_ken.evaluate("window.equitybook.unsent()") == 0
