"""The page's modules in a real browser, against the real server and store, without a kernel.

``browse`` opens Chromium and fails on any request that leaves this machine; ``Harness`` signs a person in and shows
widgets on a bare page of the server's own address, with a model that stands in for the kernel's side.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, sync_playwright

from equitybook.store import Store
from equitybook.widgets import static_version
from tests.serving import PASSWORD, Server

CHROMIUM = "/usr/bin/chromium"

WAIT = 30_000
"""Milliseconds: a loaded machine is slow, and no test measures it here."""

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Harness</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/equitybook/static/equitybook.css" data-eq-style>
<link rel="stylesheet" href="/equitybook/static/page.css">
<script src="/equitybook/static/leaving.js"></script>
<script src="/equitybook/static/preparing.js"></script>
<script id="jupyter-config-data" type="application/json">CONFIG</script>
<script>localStorage["equitybook:all-steps"] ??= "1"; // what stands side by side in a test is seen side by side</script>
<script type="module" src="/equitybook/static/page.js"></script></head>
<body class="eq-page"><a class="eq-skip" href="#eq-main">Skip to the workbook</a>
<header class="eq-header"><a class="eq-brand" href="/">Equitybook</a><span class="eq-town">Prairie Glen</span>
<div class="eq-right"><span class="eq-saved" aria-hidden="true"></span><span class="eq-unseen" role="status" data-eq="saved"></span></div></header>
<div class="eq-columns"><nav class="eq-steps" aria-label="Steps of this cycle" hidden><div><ol></ol></div></nav>
<main id="eq-main" tabindex="-1"><div id="eq-preparing" role="status"><p data-eq="preparing-words"></p></div><div id="eq-cells" hidden><div><h1>Harness</h1></div>PLACES</div></main></div>
<script>equitybookPreparing.finish()</script>
<script type="module">
const sent = window.sent = [];
const models = window.models = {};
function modelOf(name, traits) {
  const listeners = {};
  return models[name] = {
    get: (key) => traits[key],
    set: (key, value) => { traits[key] = value; (listeners[`change:${key}`] ?? []).forEach((call) => call()); },
    on: (event, call) => { (listeners[event] ??= []).push(call); },
    off: () => {}, save_changes: () => {},
    send: (content) => { sent.push(content); },
    hear: (content) => { (listeners["msg:custom"] ?? []).forEach((call) => call(content)); },
  };
}
for (const place of document.querySelectorAll("[data-module]")) {
  const view = await import(`/equitybook/static/${place.dataset.module}?v=VERSION`);
  await view.render({ model: modelOf(place.dataset.name, JSON.parse(place.dataset.traits)), el: place });
}
document.body.dataset.widgets = "ready";
</script></body></html>"""


@dataclass(frozen=True)
class Shown:
    """One widget on the harness page: its module, its traits, and the step heading above it."""

    module: str
    traits: dict[str, Any]
    step: str = ""


def harness_html(widgets: tuple[Shown, ...], username: str, *, cycle: int | None = None) -> str:
    """Return the page that shows these widgets to this person, as part of a cycle's workbook or of none."""
    facts = {
        "cycle": cycle,
        "town": "Prairie Glen",
        "community": "prairie-glen",
        "cohort": "Test cohort",
        "username": username,
        "names": {"maria": "Maria Ruiz", "ken": "Ken Abara"},
    }
    config = json.dumps({"baseUrl": "/", "equitybook": facts})
    places = "".join(_place(number, one) for number, one in enumerate(widgets))
    return PAGE.replace("CONFIG", config).replace("PLACES", places).replace("VERSION", static_version())


def _place(number: int, one: Shown) -> str:
    traits = json.dumps(one.traits).replace("&", "&amp;").replace('"', "&quot;")
    heading = f"<div><h2>{one.step}</h2></div>" if one.step else ""
    return f'{heading}<div><div data-module="{one.module}" data-name="{one.module}-{number}" data-traits="{traits}"></div></div>'


@dataclass
class Harness:
    """One person's browser on a server. Requests that leave 127.0.0.1 are stopped and remembered in ``strays``."""

    browser: Browser
    server: Server
    began: int = 0
    strays: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def person(self, username: str, *, width: int = 1280, height: int = 900) -> BrowserContext:
        """Return a fresh browser context in which this person is signed in: by hand the first time, with its cookies from then on."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, permissions=["clipboard-read", "clipboard-write"]
        )
        context.route("**/*", self._guard)
        self.contexts.append(context)
        if username in self.server.cookies:
            context.add_cookies(self.server.cookies[username])
        else:
            self.sign_in(context, username)
            self.server.cookies[username] = context.cookies()
        return context

    def sign_in(self, context: BrowserContext, username: str) -> None:
        """Sign a person in, in this browser."""
        page = context.new_page()
        page.goto(f"{self.server.url}sign-in")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("button.go")
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.close()

    def open(self, context: BrowserContext, *widgets: Shown, username: str = "maria", cycle: int | None = None) -> Page:
        """Show widgets to a signed-in person."""
        body = harness_html(widgets, username, cycle=cycle)
        context.route("**/harness", lambda route: route.fulfill(body=body, content_type="text/html"))
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(f"{self.server.url}harness")
        page.set_default_timeout(WAIT)
        page.wait_for_selector("body[data-widgets=ready]")
        return page

    def show(
        self, *widgets: Shown, username: str = "maria", width: int = 1280, height: int = 900, cycle: int | None = None
    ) -> Page:
        """Sign a person in and show widgets."""
        return self.open(self.person(username, width=width, height=height), *widgets, username=username, cycle=cycle)

    def stored(self, table: str) -> list[dict[str, Any]]:
        """Return what the server's store holds of a table of Prairie Glen, row by row."""
        with Store.of(self.server.folder) as store:
            return [record.values() for record in store.community("prairie-glen", author="test").read(table)]

    def submitted(self, cycle: int) -> dict[str, Any]:
        """Return the answers Prairie Glen last submitted."""
        with Store.of(self.server.folder) as store:
            return dict(store.community("prairie-glen", author="test").submissions(cycle)[-1].answers)

    def changes(self, table: str) -> list[Any]:
        """Return the history of a table of Prairie Glen since the test began."""
        with Store.of(self.server.folder) as store:
            return list(store.community("prairie-glen", author="test").changes(table=table, after=self.began, limit=5000))

    def put(self, table: str, *rows: dict[str, Any]) -> None:
        """Store rows as Ken, before anybody looks."""
        with Store.of(self.server.folder) as store:
            store.community("prairie-glen", author="ken").add_rows(
                table, rows, replace=True, source="imported", batch=secrets.token_hex(6)
            )

    def _guard(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in {"http", "https"} and address.hostname != "127.0.0.1":
            self.strays.append(route.request.url)
            route.abort()
        else:
            route.fallback()


def grid(table: str = "hr1_grid") -> Shown:
    """Return the entry grid of a table."""
    return Shown("grid.js", {"table": table, "label": "Staff counts"}, "Who works here")


def cell(page: Page, row: int, field: str) -> Locator:
    """Return a cell of the grid by its row, from 1, and its field."""
    return page.locator(f"tr[aria-rowindex='{row + 1}'] td[data-field={field}]")


def wait_until_saved(page: Page) -> None:
    """Wait until the header says that everything is saved."""
    page.wait_for_function(
        "window.equitybook.unsent() === 0 && document.querySelector('.eq-saved').dataset.state === 'saved'", timeout=WAIT
    )


def go_to(page: Page, part: Locator) -> None:
    """Open the step a part of the page is in, by the list at the side, as a person does."""
    step = part.first.evaluate("one => one.closest('section.eq-step[hidden]')?.id")
    if step:
        page.locator(f'nav.eq-steps a[href="#{step}"]').click()


def all_steps(page: Page) -> None:
    """Show every step on one page, if it is not so already."""
    switch = page.locator("nav.eq-steps button")
    if switch.inner_text() == "Show all steps":
        switch.click()


def paste(page: Page, text: str) -> None:
    """Paste text where the focus is, as Control and V do."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
