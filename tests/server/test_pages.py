"""The server's own pages: plain words, no outside address, the right headers, readable by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.serving import CYCLE, DANA, MARIA, OTIS, PASSWORD, SAM, Server

pytestmark = pytest.mark.slow
PAGES = {"sign-in": "", "": MARIA, "password": MARIA, "nothing-here": MARIA, f"voila/render/prairie-glen/{CYCLE}.ipynb": OTIS}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield opened
        opened.close()


def open_as(browser: Browser, server: Server, username: str, **options: object) -> Page:
    context = browser.new_context(base_url=server.url, **options)
    if username:
        visitor = server.sign_in(username)
        context.add_cookies(
            [{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"} for name, value in visitor.cookies.items()]
        )
    return context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "username"), [*PAGES.items(), ("", SAM), ("", DANA)])
def test_axe_finds_nothing_and_nothing_is_cut_off_at_360_pixels(browser, running_server, path, username, scheme):
    page = open_as(browser, running_server, username, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not [url for url in asked if not url.startswith((running_server.url, "data:"))]
    small = "[...document.querySelectorAll('main a, main button, header a, header button, main input:not([type=hidden])')].filter(e => e.getBoundingClientRect().height < 40).length"
    assert page.evaluate(small) == 0
    page.context.close()


def test_a_participant_signs_in_by_keyboard_and_lands_on_the_page_asked_for(browser, running_server):
    page = open_as(browser, running_server, "")
    page.goto("password")
    assert page.url.endswith("/sign-in?next=%2Fpassword")
    # The browser gives the first field the focus with its first frame, which on a busy machine comes after the load.
    page.wait_for_function("document.activeElement.id === 'username'")
    page.keyboard.type(MARIA)
    page.keyboard.press("Tab")
    page.keyboard.type("wrong words")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    page.wait_for_function("document.activeElement.id === 'password'")
    assert page.input_value("#username") == MARIA
    page.keyboard.type(PASSWORD)
    assert page.input_value("#password") == PASSWORD
    page.keyboard.press("Enter")
    page.wait_for_url("**/password")
    page.get_by_role("button", name="Sign out").press("Enter")
    page.wait_for_url("**/sign-in")
    page.context.close()


def test_a_coach_chooses_the_cycle_and_every_summary_leads_to_the_other_one(running_server: Server):
    sam = running_server.sign_in(SAM)
    desk = sam.get("").text
    assert 'aria-current="page">Cycle 2: Measures and Workforce' in desk
    earlier = sam.get("?cycle=cycle_1_charter_team_data").text
    assert 'aria-current="page">Cycle 1: Charter, Team and Data' in earlier
    assert "how far they are with cycle 1" in earlier
    assert sam.get("?cycle=no_such").text.count('aria-current="page"') == 1
    first, second = "/towns/prairie-glen/cycle_1_charter_team_data.html", f"/towns/prairie-glen/{CYCLE}.html"
    assert f'href="{first}"' in sam.get(second).text
    assert f'href="{second}"' in sam.get(first).text


def test_a_participants_home_says_what_is_due_and_a_coachs_which_town_is_how_far(running_server: Server):
    home = running_server.sign_in(MARIA).get("").text
    assert "Measures and Workforce" in home
    assert "Due Tuesday 17 November" in home
    assert f"/voila/render/prairie-glen/{CYCLE}.ipynb" in home
    assert "Oak Bluff" not in home
    sam, dana = running_server.sign_in(SAM).get("").text, running_server.sign_in(DANA).get("").text
    assert "Prairie Glen" in sam
    assert "Oak Bluff" not in sam
    assert "Oak Bluff" in dana
    assert "Joy Coach" in dana
    assert "voila/render" not in sam + dana


def test_a_coach_reads_states_and_days_but_neither_names_nor_times_of_who_typed(running_server: Server):
    maria = running_server.sign_in(MARIA)
    maria.edit("hr1_setup", "one", "records_from", "2019-05-01", key="for-the-coach")
    desk = running_server.sign_in(SAM).get("").text
    assert "In progress" in desk or "Submitted" in desk
    assert "Maria" not in desk
    assert not re.search(r"\d\d:\d\d", desk)


def test_a_town_reads_its_own_summary_and_its_coach_the_one_with_small_groups_hidden(running_server: Server):
    maria = running_server.sign_in(MARIA)
    grid = {"department": "Police", "jobcat": "4", "status": "FT", "race": "HISP", "sex": "F", "n": 3}
    edits = [
        {"table": "hr1_grid", "row": "few", "field": name, "value": value, "expected": 0, "key": f"few-{name}", "source": "typed"}
        for name, value in grid.items()
    ]
    maria.post("equitybook/api/edits", {"edits": edits})
    own = maria.get(f"summary/{CYCLE}.html")
    coach = running_server.sign_in(SAM).get(f"towns/prairie-glen/{CYCLE}.html")
    assert own.status == coach.status == 200
    assert own.text != coach.text
    assert "Prairie Glen" in coach.text
    pdf = running_server.sign_in(SAM).get(f"towns/prairie-glen/{CYCLE}.pdf")
    assert pdf.body.startswith(b"%PDF-")
    assert pdf.headers["Content-Disposition"] == f'inline; filename="prairie-glen-{CYCLE.replace("_", "-")}-summary.pdf"'
    assert running_server.sign_in(DANA).get(f"towns/no-such-town/{CYCLE}.html").status == 404
    assert running_server.sign_in(DANA).get("towns/prairie-glen/cycle_9.html").status == 404


@pytest.mark.parametrize(
    "path",
    ["sign-in", "", "nothing-here", "equitybook/static/pages.css", "voila/static/voila.js", "equitybook/api/changes", "voila/tree"],
)
def test_every_answer_carries_the_security_headers(running_server: Server, path):
    for visitor in (running_server.visitor(), running_server.sign_in(MARIA)):
        headers = visitor.get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert "http" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Server" not in headers


def test_no_served_page_names_an_outside_address_to_load_from(running_server: Server):
    maria = running_server.sign_in(MARIA)
    pages = [
        maria.get(path) for path in ("", "password", "nothing", f"voila/render/prairie-glen/{CYCLE}.ipynb", f"summary/{CYCLE}.html")
    ]
    for page in (*pages, running_server.sign_in(SAM).get(""), running_server.visitor().get("sign-in")):
        loaded = re.findall(
            r"""(?:src|srcset|action|data-src)\s*=\s*["']\s*(https?:)?//|@import|url\(["']?(?:https?:)?//|<link[^>]+href=["'](?:https?:)?//""",
            page.text,
        )
        assert not loaded
        assert "jsdelivr" not in page.text
        assert "unpkg" not in page.text


def test_errors_are_pages_in_plain_words_with_a_way_on(running_server: Server):
    maria = running_server.sign_in(MARIA)
    missing = maria.get("nothing-here")
    assert missing.status == 404
    assert "Go to your home page" in missing.text
    refused = running_server.sign_in(OTIS).get(f"voila/render/prairie-glen/{CYCLE}.ipynb")
    assert refused.status == 403
    assert "belongs to another town" in refused.text
    not_yet = maria.get("voila/render/prairie-glen/cycle_1_charter_team_data.ipynb")
    assert not_yet.status == 404
    assert "has not generated the workbook" in not_yet.text
    for page in (missing, refused, not_yet):
        assert "Traceback" not in page.text


def test_modules_are_kept_by_version_and_asked_for_again_without(running_server: Server):
    visitor = running_server.visitor()
    version = re.search(r"pages\.css\?v=([0-9a-f]+)", visitor.get("sign-in").text)
    assert version
    assert "immutable" in visitor.get(f"equitybook/static/pages.css?v={version[1]}").headers["Cache-Control"]
    assert visitor.get("equitybook/static/pages.css?v=old").headers["Cache-Control"] == "no-cache"
    vega = visitor.get("equitybook/static/vega.js")
    assert vega.status == 200
    assert "vegaEmbed" in vega.text[-200:]
    assert visitor.get("equitybook/static/.hidden").status == 404


def test_the_pages_script_is_told_where_it_is(running_server: Server):
    page = running_server.sign_in(MARIA).get(f"voila/render/prairie-glen/{CYCLE}.ipynb").text
    for fact in (
        '"town": "Prairie Glen"',
        '"cycle": 2',
        '"cycles": 2',
        '"due": "2026-11-17"',
        '"due_words": "due Tuesday 17 November"',
        '"person": "Maria Ruiz"',
        '"home_url": "/"',
    ):
        assert fact in page
