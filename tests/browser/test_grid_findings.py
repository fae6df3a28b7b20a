"""Findings beside the grid: told of every save, drawn from this machine, honest when the analysis is gone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from equitybook.charts import Shares, stacked_shares
from equitybook.findings import Finding
from equitybook.findings import Shown as TableShown
from equitybook.report.fragments import finding_html
from tests.browser.harness import Harness, Shown, cell, grid, wait_until_saved

pytestmark = pytest.mark.slow

POLICE = {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 21}
CHART = stacked_shares([Shares("All staff", 25, {"Female": 24.0, "Male": 76.0})], title="Staff by sex")
FINDING = Finding(
    id="HR1.share.sex", metric_id="HR1.share", title="Staff by sex", sentence="Of 25 people, 76 % are male.", chart=CHART,
    table=TableShown("Staff by sex", ("Sex", "People"), (("Female", "6"), ("Male", "19")), "lr"), notices=("One day.",),
)  # fmt: skip


def view(*, charts: dict | None = None, tables: tuple[str, ...] = ()) -> Shown:
    specs = {FINDING.id: dict(CHART.spec)} if charts is None else charts
    return Shown(
        "finding.js", {"html": finding_html(FINDING, chart="slot"), "charts": specs, "tables": list(tables)}, "What the data say"
    )


def change(page: Page, text: str) -> None:
    cell(page, 1, "n").click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    wait_until_saved(page)


def test_a_save_is_told_to_the_analysis_once_with_its_table(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid(), view(), Shown("finding.js", {"html": "", "charts": {}, "tables": ["hr1_avail"]}))
    change(page, "35")
    page.wait_for_function("window.sent.length > 0")
    page.wait_for_timeout(2500)  # the next look at the changes must not tell it again
    assert page.evaluate("window.sent.map(({type, tables}) => ({type, tables}))") == [{"type": "saved", "tables": ["hr1_grid"]}]


def test_a_chart_is_drawn_from_this_machine_and_described_once(harness: Harness):
    page = harness.show(view())
    slot = page.get_by_role("img", name=CHART.alt)
    expect(slot.locator("svg")).to_be_visible()
    expect(
        page.locator("[role^=graphics]:visible").and_(page.locator(":not([aria-hidden=true] *, [aria-hidden=true])"))
    ).to_have_count(0)
    wide = slot.locator("svg").bounding_box()["width"]
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(500)
    narrow = slot.locator("svg").bounding_box()["width"]
    assert narrow < 320 < wide


def test_a_chart_that_cannot_be_drawn_opens_its_table(harness: Harness):
    page = harness.show(view(charts={FINDING.id: {"mark": "no such mark", "data": {"values": []}}}))
    expect(page.locator("details.eq-as-table")).to_have_attribute("open", "")
    expect(page.get_by_role("rowheader", name="Female")).to_be_visible()


def test_what_was_folded_open_stays_open_when_the_words_change(harness: Harness):
    page = harness.show(view())
    page.get_by_text("Read with care").click()
    page.evaluate(
        """html => window.models["finding.js-0"].set("html", html)""", finding_html(FINDING, chart="slot").replace("25", "26")
    )
    expect(page.locator(".eq-say")).to_contain_text("Of 26 people")
    expect(page.locator("details.eq-care")).to_have_attribute("open", "")


def test_a_chart_whose_numbers_stay_is_not_drawn_again_and_one_that_changes_is_never_gone(harness: Harness):
    page = harness.show(view())
    expect(page.locator("[data-chart] svg")).to_be_visible()
    page.evaluate("""html => {
        window.first = document.querySelector("[data-chart] svg");
        window.models["finding.js-0"].set("html", html);
    }""", finding_html(FINDING, chart="slot").replace("25", "26"))  # fmt: skip
    expect(page.locator(".eq-say")).to_contain_text("Of 26 people")
    assert page.evaluate("window.first === document.querySelector('[data-chart] svg')")
    changed = stacked_shares([Shares("All staff", 25, {"Female": 43.0, "Male": 57.0})], title="Staff by sex")
    page.evaluate("""([charts, html]) => {
        window.heights = [];
        const look = () => {
            const shown = document.querySelector("[data-chart] svg:not(.eq-coming *)");
            window.heights.push(shown && document.querySelector(".eq-figure").offsetHeight);
            requestAnimationFrame(look);
        };
        look();
        window.models["finding.js-0"].set("html", html);
        window.models["finding.js-0"].set("charts", charts);
    }""", [{FINDING.id: dict(changed.spec)}, finding_html(FINDING, chart="slot")])  # fmt: skip
    expect(page.locator("[data-chart] svg").get_by_text("43 %", exact=True)).to_be_visible()
    assert len(set(page.evaluate("window.heights"))) == 1


def test_room_is_kept_before_a_chart_is_there(harness: Harness):
    context, held = harness.person("maria"), []
    context.route("**/vega.js*", lambda route: held.append(route))
    page = harness.open(context, view())
    expect(page.locator("[data-chart] .eq-coming")).to_have_count(1)
    before = page.locator(".eq-figure").bounding_box()["height"]
    held[0].continue_()
    expect(page.locator("[data-chart][data-drawn]")).to_be_visible()
    assert abs(page.locator(".eq-figure").bounding_box()["height"] - before) < 12


def test_a_press_that_meets_a_chart_being_drawn_still_counts(harness: Harness):
    page = harness.show(view(charts={}))
    page.get_by_text("Read with care").hover()
    page.mouse.down()
    page.evaluate("charts => window.models['finding.js-0'].set('charts', charts)", {FINDING.id: dict(CHART.spec)})
    page.wait_for_timeout(700)
    page.mouse.up()
    expect(page.locator("details.eq-care")).to_have_attribute("open", "")
    expect(page.locator("[data-chart][data-drawn]")).to_be_visible()


def test_a_press_that_meets_a_change_of_words_still_counts_and_keeps_the_focus(harness: Harness):
    page = harness.show(view())
    page.get_by_text("Read with care").hover()
    page.mouse.down()
    page.evaluate(
        """html => window.models["finding.js-0"].set("html", html)""", finding_html(FINDING, chart="slot").replace("25", "26")
    )
    page.wait_for_timeout(400)
    page.mouse.up()
    expect(page.locator(".eq-say")).to_contain_text("Of 26 people")
    expect(page.locator("details.eq-care")).to_have_attribute("open", "")
    expect(page.locator("details.eq-care summary")).to_be_focused()


def test_a_silent_analysis_pauses_the_picture_and_says_that_nothing_typed_is_lost(harness: Harness):
    harness.put("hr1_grid", POLICE)
    context = harness.person("maria")
    blank = context.new_page()
    page = harness.open(context, grid(), view())
    blank.close()
    page.clock.install()
    change(page, "35")
    page.clock.run_for(1000)
    page.wait_for_function("window.sent.length > 0")
    page.clock.run_for(16_000)
    expect(page.get_by_role("alert")).to_contain_text(
        "The picture is paused: connection to the analysis was lost. What you typed is saved."
    )
    assert harness.stored("hr1_grid")[0]["n"] == 35
    page.evaluate("""window.models["finding.js-1"].hear({type: "done", request: 1, problem: ""})""")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_submitting_waits_for_what_is_unsent_and_says_when_it_was_done(harness: Harness):
    harness.put("hr1_grid", POLICE)
    page = harness.show(grid(), Shown("submit.js", {"cycle": 2, "checks": [], "submitted": {}}, "Submit"))
    cell(page, 1, "n").click()
    page.keyboard.type("35")
    page.get_by_label("A note for your coach").fill("Look at the police first.")
    page.get_by_role("button", name="Submit to my coach").click()
    expect(page.locator(".eq-submit [role=status]")).to_contain_text("You can keep editing and submit again.")
    page.wait_for_function("window.sent.some((one) => one.type === 'submitted' && one.number === 1)")
    assert harness.submitted(2)["hr1_grid"][0]["values"]["n"] == 35
