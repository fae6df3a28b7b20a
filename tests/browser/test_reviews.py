"""A coach's boxes in a real browser: typed, saved, released, read and answered; by keyboard, on a phone, and not on paper."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from equitybook.reviews import comment_html, released_comments
from equitybook.store import Store
from tests.browser.harness import WAIT, Harness, Shown
from tests.serving import CYCLE, DANA, MARIA, SAM

pytestmark = pytest.mark.slow

PATH = f"towns/prairie-glen/{CYCLE}.html"
FIRST_CYCLE = "towns/prairie-glen/cycle_1_charter_team_data.html"
WORDS, PROFILE = "CHARTER-reflect", "CHARTER-community"
HERE, HIRE, STAY, REFLECT = (
    f"HR1-{step}" for step in ("who_works_here", "who_could_we_hire_from", "who_stays_who_moves_up", "reflect")
)


def opened(harness: Harness, context: BrowserContext, path: str = PATH) -> Page:
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.on("pageerror", lambda error: harness.problems.append(str(error)))
    page.goto(f"{harness.server.url}{path}")
    page.wait_for_selector("body[data-reviews=ready]")
    return page


def box(page: Page, step: str, field: str):
    return page.locator(f"[data-step={step}] [data-field={field}]")


def saved(page: Page) -> None:
    expect(page.locator("[data-eq=saved]")).to_contain_text("Saved", timeout=WAIT)


def drafted(harness: Harness, step: str) -> dict[str, object]:
    with Store.of(harness.server.folder) as store:
        rows = store.coach_side("prairie-glen", author="test").read("review")
    return next((row.values() for row in rows if row.id == f"2-{step}"), {})


def released(harness: Harness, cycle: int = 2):
    with Store.of(harness.server.folder) as store:
        return {
            f"{one.id.code}-{one.id.step}": one for one in released_comments(store.community("prairie-glen", author="t"), cycle)
        }


def test_what_a_coach_types_is_saved_while_typing_and_there_after_a_reload(harness: Harness):
    page = opened(harness, harness.person(SAM))
    box(page, HERE, "strengths").get_by_label("What is strong?").press_sequentially("One list for everybody.")
    box(page, HERE, "rating").get_by_label("2 Developing").check()
    box(page, HERE, "must_fix").get_by_role("checkbox").check()
    page.wait_for_timeout(900)
    saved(page)
    assert drafted(harness, HERE) == {"strengths": "One list for everybody.", "rating": "2", "must_fix": True}
    page.reload()
    page.wait_for_selector("body[data-reviews=ready]")
    assert box(page, HERE, "strengths").locator("textarea").input_value() == "One list for everybody."
    assert box(page, HERE, "rating").get_by_label("2 Developing").is_checked()
    assert box(page, HERE, "must_fix").get_by_role("checkbox").is_checked()
    assert page.locator(f"[data-step={HERE}] [data-eq=state]").inner_text() == "Draft, not released"
    assert released(harness) == {}


def test_typing_at_the_moment_of_releasing_is_in_the_release(harness: Harness):
    page = opened(harness, harness.person(SAM))
    box(page, HIRE, "question").locator("textarea").fill("Why this benchmark?")
    page.locator(f"[data-step={HIRE}]").get_by_role("button", name="Release this step to the town").click()
    expect(page.locator(f"[data-step={HIRE}] [data-eq=report]")).to_contain_text("1 comment is released", timeout=WAIT)
    assert released(harness)[HIRE].question == "Why this benchmark?"
    assert page.locator(f"[data-step={HIRE}] [data-eq=state]").inner_text().endswith("by Sam Coach")
    noted = page.get_by_role("region", name="Where each step stands").get_by_role("row").filter(has_text="Who could we hire from")
    expect(noted).to_contain_text("by Sam Coach")
    box(page, HIRE, "question").locator("textarea").fill("Why not the county?")
    expect(page.locator(f"[data-step={HIRE}] [data-eq=state]")).to_contain_text("changed since", timeout=WAIT)
    expect(noted).to_contain_text("changed since")
    assert released(harness)[HIRE].question == "Why this benchmark?"


def test_ready_asks_for_a_reason_while_a_check_is_open(harness: Harness):
    page = opened(harness, harness.person(SAM))
    reason = box(page, REFLECT, "override_reason")
    assert reason.is_hidden()
    box(page, REFLECT, "rating").get_by_label("3 Ready").check()
    assert reason.is_visible()
    page.locator(f"[data-step={REFLECT}]").get_by_role("button").click()
    expect(page.locator(f"[data-step={REFLECT}] [data-eq=report]")).to_contain_text(
        "Not released: “Reflect and submit” is rated Ready", timeout=WAIT
    )
    reason.locator("textarea").fill("They answered in the session.")
    page.get_by_role("button", name="Release all comments to the town").click()
    expect(page.locator("[data-eq=report-all]")).to_contain_text("released", timeout=WAIT)
    assert released(harness)[REFLECT].override_reason == "They answered in the session."
    assert axe(page) == 0


def test_a_lost_connection_is_said_and_what_was_typed_goes_out_when_it_is_back(harness: Harness):
    context = harness.person(SAM)
    page = opened(harness, context)
    context.set_offline(True)
    box(page, STAY, "strengths").locator("textarea").fill("Typed in a tunnel")
    expect(page.locator("[data-eq=saved]")).to_contain_text("Not saved: the connection was lost", timeout=WAIT)
    assert drafted(harness, STAY).get("strengths") is None
    context.set_offline(False)
    saved(page)
    expect(page.locator("[data-eq=saved]")).not_to_contain_text("Not saved", timeout=WAIT)
    assert drafted(harness, STAY)["strengths"] == "Typed in a tunnel"


def test_two_who_write_in_one_box_choose_and_nothing_is_lost(harness: Harness):
    sam, dana = opened(harness, harness.person(SAM)), opened(harness, harness.person(DANA))
    box(dana, STAY, "question").locator("textarea").fill("Dana's question")
    dana.wait_for_timeout(900)
    saved(dana)
    box(sam, STAY, "question").locator("textarea").fill("Sam's question")
    alert = sam.locator(f"[data-step={STAY}]").get_by_role("alert")
    expect(alert).to_contain_text("Dana Lead wrote here", timeout=WAIT)
    assert axe(sam) == 0
    alert.get_by_role("button", name="Keep mine").press("Enter")
    sam.wait_for_timeout(900)
    saved(sam)
    assert drafted(harness, STAY)["question"] == "Sam's question"
    assert alert.count() == 0


def axe(page: Page) -> int:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    return int(results.violations_count)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_boxes_and_a_phone_needs_no_sideways_scrolling(harness: Harness, width: int, scheme):
    context = harness.person(SAM, width=width)
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{harness.server.url}{PATH}")
    page.wait_for_selector("body[data-reviews=ready]")
    assert axe(page) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = "[...document.querySelectorAll('.eq-review :is(button, textarea, .eq-choice, summary), .eq-review-bar :is(button, a)')].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 40).map(e => e.outerHTML)"
    assert page.evaluate(small) == []


def test_all_of_it_works_by_keyboard(harness: Harness):
    page = opened(harness, harness.person(SAM), FIRST_CYCLE)
    box(page, WORDS, "rating").get_by_role("radio").first.focus()
    for key in ("ArrowDown", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("By keyboard")
    page.keyboard.press("Tab")
    page.keyboard.type("Why?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-step={WORDS}] [data-eq=report]")).to_contain_text("released", timeout=WAIT)
    comment = released(harness, 1)[WORDS]
    assert (comment.strengths, comment.question) == ("By keyboard", "Why?")


def test_a_printed_summary_has_no_boxes(harness: Harness):
    page = opened(harness, harness.person(SAM))
    assert page.locator(".eq-review").first.is_visible()
    page.emulate_media(media="print")
    assert not any(one.is_visible() for one in page.locator(".eq-review, .eq-review-bar, .eq-review-saved, .eq-review-more").all())


def test_an_open_workbook_hears_of_a_release_of_its_cycle_and_of_no_draft(harness: Harness):
    coach = opened(harness, harness.person(SAM))
    town = harness.show(Shown("grid.js", {"table": "hr1_grid", "label": "Staff counts"}, "Who works here"), cycle=2)
    told = town.get_by_role("alert").filter(has_text="Your coach has written to you")
    box(coach, STAY, "question").locator("textarea").fill("Who left in the first year?")
    saved(coach)
    town.wait_for_timeout(2500)  # it looks every second and a half
    expect(told).to_have_count(0)
    coach.locator(f"[data-step={STAY}]").get_by_role("button", name="Release this step to the town").click()
    expect(told).to_be_visible(timeout=WAIT)
    told.get_by_role("button", name="Reload").click()
    town.wait_for_selector("body[data-widgets=ready]")
    town.wait_for_timeout(2500)
    expect(told).to_have_count(0)


def test_a_town_reads_a_must_fix_in_its_page_and_marks_it_as_put_right(harness: Harness):
    coach = opened(harness, harness.person(SAM), FIRST_CYCLE)
    box(coach, PROFILE, "question").locator("textarea").fill("Which payday?")
    box(coach, PROFILE, "must_fix").get_by_role("checkbox").check()
    coach.locator(f"[data-step={PROFILE}]").get_by_role("button").last.click()
    expect(coach.locator(f"[data-step={PROFILE}] [data-eq=report]")).to_contain_text("released", timeout=WAIT)
    html = comment_html(released(harness, 1)[PROFILE], served=True)
    page = harness.show(
        *(Shown("finding.js", {"html": html, "charts": {}, "tables": []}, step) for step in ("Recap", "Who you are")),
        username=MARIA,
    )
    assert axe(page) == 0
    page.get_by_role("button", name="Mark as put right").first.press("Enter")
    expect(page.locator(".eq-fix").last).to_contain_text("by Maria Ruiz", timeout=WAIT)
    assert page.get_by_role("button", name="Mark as put right").count() == 0, "it stands twice on the page"
    assert not released(harness, 1)[PROFILE].to_fix
    coach.reload()
    expect(coach.locator(f"[data-step={PROFILE}]")).to_contain_text("by Maria Ruiz")
