"""One step at a time: the list at the side leads, tells how far each step is, and keeps the place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import Harness, Shown, cell, go_to, grid, wait_until_saved

pytestmark = pytest.mark.slow

RECAP = """<table class="eq-table eq-recap"><tbody>
<tr><th scope="row"><a href="#Who-works-here">Who works here</a></th><td>In progress</td><td>2 things</td><td>40 min</td></tr>
<tr><th scope="row">The payday</th><td>Complete</td><td>Nothing</td><td>5 min</td></tr></tbody></table>
<article data-eq-comment="1" data-eq-section="The payday"><h3>Sam on the payday</h3></article>"""
PAYDAY = Shown("form.js", {"table": "hr1_setup", "fields": ["payroll_headcount"]}, "The payday")


def workbook(harness: Harness, *, width: int = 1280) -> Page:
    recap = Shown("finding.js", {"html": RECAP, "charts": {}, "tables": []}, "Recap")
    page = harness.show(recap, grid(), PAYDAY, width=width)
    page.get_by_role("button", name="One step at a time").click()
    return page


def steps(page: Page):
    return page.get_by_role("navigation", name="Steps of this cycle")


def test_only_one_step_is_shown_and_the_list_leads_to_the_others(harness: Harness):
    page = workbook(harness)
    expect(page.get_by_role("heading", level=2)).to_have_text(["Recap"])
    steps(page).get_by_role("link", name="Who works here").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Who works here"])
    expect(page.get_by_role("heading", name="Who works here")).to_be_focused()
    expect(page).to_have_title("Who works here · Harness")
    page.get_by_role("link", name="Next: The payday").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["The payday"])
    page.go_back()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Who works here"])


def test_the_list_says_how_far_each_step_is_and_how_many_are_complete(harness: Harness):
    page = workbook(harness)
    expect(steps(page)).to_contain_text("1 of 2 steps complete")
    expect(steps(page).get_by_role("link", name="Who works here")).to_contain_text("In progress · 2 things to check")
    expect(steps(page).get_by_role("link", name="The payday")).to_contain_text("Complete")
    page.get_by_role("main").get_by_role("link", name="Who works here", exact=True).click()
    expect(page.get_by_text("Step 1 of 2, about 40 min")).to_be_visible()


def test_a_comment_stands_at_its_step_too(harness: Harness):
    page = workbook(harness)
    expect(page.get_by_role("heading", name="Sam on the payday")).to_have_count(1)
    steps(page).get_by_role("link", name="The payday").click()
    expect(page.get_by_role("heading", name="Sam on the payday")).to_be_visible()


def test_what_is_typed_in_a_step_is_saved_when_it_is_left_for_another(harness: Harness):
    harness.put("hr1_grid", {"department": "Police", "n": 21})
    page = workbook(harness)
    go_to(page, page.locator(".eq-grid"))
    cell(page, 1, "n").click()
    page.keyboard.type("34")
    steps(page).get_by_role("link", name="The payday").click()
    wait_until_saved(page)
    assert harness.stored("hr1_grid")[0]["n"] == 34


def test_two_who_wrote_at_once_in_a_step_that_is_not_shown_is_told_in_the_list(harness: Harness):
    harness.put("hr1_grid", {"department": "Police", "n": 21})
    page = workbook(harness)
    go_to(page, page.locator(".eq-grid"))
    other = harness.show(grid(), username="ken")
    page.context.set_offline(True)
    cell(page, 1, "n").click()
    page.keyboard.type("34")
    page.keyboard.press("Enter")
    steps(page).get_by_role("link", name="The payday").click()
    cell(other, 1, "n").click()
    other.keyboard.type("35")
    other.keyboard.press("Enter")
    wait_until_saved(other)
    page.context.set_offline(False)
    link = steps(page).get_by_role("link", name="Who works here")
    expect(link).to_contain_text("1 to settle", timeout=30_000)
    link.click()
    page.get_by_role("button", name="Use mine").click()
    expect(link).not_to_contain_text("to settle")
    wait_until_saved(page)


def test_coming_back_shows_the_step_where_one_was_unless_the_address_names_another(harness: Harness):
    page = workbook(harness)
    steps(page).get_by_role("link", name="The payday").click()
    bare = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(bare)
    expect(page.get_by_role("heading", level=2)).to_have_text(["The payday"])
    page.goto("about:blank")
    page.goto(f"{bare}#Recap")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Recap"])


def test_all_steps_on_one_page_are_a_switch_away_and_the_choice_is_kept(harness: Harness):
    page = workbook(harness)
    steps(page).get_by_role("link", name="The payday").click()
    page.get_by_role("button", name="Show all steps").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Recap", "Who works here", "The payday"])
    page.reload()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Recap", "Who works here", "The payday"])
    expect(steps(page).get_by_role("link", name="The payday")).to_have_attribute("aria-current", "step")


def test_the_browsers_own_search_opens_the_step_it_finds_a_word_in(harness: Harness):
    page = workbook(harness)
    page.evaluate("document.querySelector('section.eq-step[hidden]').dispatchEvent(new Event('beforematch', {bubbles: true}))")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Who works here"])


def test_on_paper_every_step_is_there(harness: Harness):
    page = workbook(harness)
    page.emulate_media(media="print")
    expect(page.locator("section.eq-step h2").last).to_be_visible()
    assert page.locator("section.eq-step").last.bounding_box()["height"] > 100


@pytest.mark.parametrize("width", [360, 768])
def test_steps_fit_a_phone_and_a_tablet(harness: Harness, width: int):
    page = workbook(harness, width=width)
    steps(page).get_by_role("link", name="The payday").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("heading", name="The payday", exact=True)).to_be_in_viewport()
