"""From cycle 4 on the charter changes in wording only, unless the town's coach opens it; the town cannot open it for itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from equitybook.reviews import give_leave, leave_until, take_leave_back
from equitybook.store import Store
from equitybook.store.handle import Edit
from tests.serving import COHORT, CYCLE, CYCLES, MARIA, NO_KERNELS, SAM, Server, Visitor, small_cohort

DAY = dt.date(2027, 1, 12)
LEAVE = "equitybook/reviews/prairie-glen/charter-leave"
CHANGE = {
    "table": "charter",
    "row": "one",
    "values": {"population_of_focus": "Residents who rent"},
    "reason": "The log says it is tenants who wait, not only Spanish speakers.",
    "substance": True,
}


def test_a_leave_lasts_two_weeks_and_ends_by_itself(tmp_path):
    with Store.of(tmp_path) as store:
        store.migrate()
        side = store.coach_side("prairie-glen", author="sam")
        assert leave_until(side, DAY) is None
        last = give_leave(side, DAY)
        assert last == dt.date(2027, 1, 26)
        assert leave_until(side, last) == last
        assert leave_until(side, last + dt.timedelta(days=1)) is None
        take_leave_back(side)
        assert leave_until(side, DAY) is None


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server in the fourth cycle, with a charter agreed in Prairie Glen."""
    folder = small_cohort(tmp_path_factory.mktemp("late") / "cohort")
    cycles = [
        CYCLES.format(
            number=number, slug=CYCLE if number == 2 else f"cycle_{number}", title="One", outcomes=f'["{code}"]', month=month
        )
        for number, month, code in ((1, "05", "PM1"), (2, "06", "PM2"), (3, "07", "HR2"), (4, "08", "PM4"))
    ]
    (folder / "cohort.toml").write_text(COHORT + "".join(cycles), encoding="utf-8")
    with Store.of(folder) as store:
        agreed = {"population_of_focus": "Spanish-speaking residents", "approved_on": "2026-05-20"}
        edits = [Edit("charter", "one", *one, expected=0, key=f"agreed-{one[0]}") for one in agreed.items()]
        store.community("prairie-glen", author="maria").write(edits)
    with Server(folder, environment=NO_KERNELS) as server:
        yield server


@pytest.mark.slow
def test_the_meaning_changes_only_while_the_coach_has_opened_it(late: Server):
    maria, sam = late.sign_in(MARIA), late.sign_in(SAM)
    refused = maria.post("equitybook/api/revisions", CHANGE)
    assert refused.status == 400
    assert "ask your coach" in refused.text
    assert "Your coach can open the meaning" in meaning(maria)
    assert 'data-eq="leave"' in sam.get(f"towns/prairie-glen/{CYCLE}.html").text
    assert 'data-eq="leave"' not in maria.get(f"towns/prairie-glen/{CYCLE}.html").text
    opened = sam.post(LEAVE, {"open": True}).json
    assert opened["open"]
    assert "Your coach has opened the meaning until" in meaning(maria)
    assert maria.post("equitybook/api/revisions", CHANGE).status == 200
    assert not sam.post(LEAVE, {"open": False}).json["open"]
    again = {**CHANGE, "values": {"population_of_focus": "Somebody else"}}
    assert maria.post("equitybook/api/revisions", again).status == 400
    assert maria.post("equitybook/api/revisions", {**again, "substance": False}).status == 400, "other people are another meaning"
    words = {**CHANGE, "values": {"condition": "wait longer for a permit of their own"}, "substance": False}
    assert maria.post("equitybook/api/revisions", words).status == 200, "wording may always change"


@pytest.mark.slow
def test_where_nothing_is_agreed_there_is_nothing_to_open(late: Server):
    joy = late.sign_in("joy")
    refused = joy.post("equitybook/reviews/oak-bluff/charter-leave", {"open": True})
    assert refused.status == 409
    assert "nothing to open" in refused.text
    assert 'data-eq="leave"' not in joy.get(f"towns/oak-bluff/{CYCLE}.html").text


@pytest.mark.slow
def test_the_coach_opens_it_by_a_button(late: Server):
    from playwright.sync_api import expect

    from tests.browser.harness import Harness, Shown, chromium

    with chromium() as browser:
        harness = Harness(browser, late)
        page = harness.person(SAM).new_page()
        page.goto(f"{late.url}towns/prairie-glen/{CYCLE}.html")
        page.wait_for_selector("body[data-reviews=ready]")
        page.get_by_role("button", name="Open the meaning for two weeks").click()
        expect(page.locator("[data-eq=leave-words]")).to_contain_text("may change its charter's meaning until")
        changes = Shown("changes.js", {"table": "charter"}, "Your charter")
        maria = harness.show(changes)
        maria.get_by_role("button", name="Change the charter…").click()
        dialog = maria.get_by_role("dialog")
        expect(dialog).to_contain_text("Your coach has opened the meaning until")
        dialog.get_by_label("Who is affected?").fill("Families who rent")
        dialog.get_by_label("Why?").fill("It is tenants who wait.")
        dialog.get_by_label("The meaning:").check()
        page.get_by_role("button", name="Close it now").click()
        expect(page.get_by_role("button", name="Open the meaning for two weeks")).to_be_visible()
        dialog.get_by_role("button", name="Change it").click()
        expect(dialog.get_by_role("alert")).to_contain_text("ask your coach")
        expect(dialog.get_by_label("Who is affected?")).to_have_value("Families who rent")
        page.get_by_role("button", name="Open the meaning for two weeks").click()
        expect(page.get_by_role("button", name="Close it now")).to_be_visible()
        dialog.get_by_role("button", name="Change it").click()
        expect(maria.locator(".eq-report")).to_have_text("Changed. The old words are kept below.")
        expect(dialog).to_have_count(0)
        assert harness.stored("charter")[0]["population_of_focus"] == "Families who rent"
        page.get_by_role("button", name="Close it now").click()
        expect(page.get_by_role("button", name="Open the meaning for two weeks")).to_be_visible()


def meaning(visitor: Visitor) -> str:
    return str(visitor.get("equitybook/api/revisions?table=charter").json["meaning"])
