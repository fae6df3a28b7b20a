"""Typing: how long until an edit is acknowledged, until the other person sees it, and what fifty-six open pages do to that."""

from __future__ import annotations

import secrets
import statistics
import threading
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from equitybook.codebook.check import check_table
from equitybook.outcomes.registry import table
from equitybook.server.checked import CheckedTables
from equitybook.store import Store
from equitybook.store.handle import Edit, Handle
from tests.browser.harness import Harness, cell, chromium, grid, paste, wait_until_saved
from tests.serving import KEN, MARIA, OTIS, PIA, Server, Visitor

Measured = tuple[str, list[float], list[float]]

PAGES = 56
"""Twenty-eight people with two pages each."""

LONG = 5000
"""Rows of the longest table a town is expected to have."""

SECONDS = 20.0
LOOK_EVERY, TYPE_EVERY = 1.5, 5.0


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def percentile(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def checking(store: Store, people: list[dict[str, Any]]) -> list[Measured]:
    """The part of an edit that grows with the table, in a list of two thousand: only what changed, and all of it."""
    handle = store.community("oak-bluff", author=OTIS)
    handle.add_rows("hr1_roster", people, replace=True, source="imported", batch="bench-checking")
    declared, checked = table("hr1_roster"), CheckedTables()
    checked.messages(handle, declared)
    ours, plain = [], []
    for at in range(15):
        _write(handle, f"check-{at}")
        ours.append(seconds(lambda: checked.messages(handle, declared)))
        plain.append(seconds(lambda: check_table(declared, [(row.id, row.values()) for row in handle.read("hr1_roster")])))
    return [(f"check a list of {len(people):,} after an edit / all of it afresh", ours, plain)]


def _write(handle: Handle, key: str) -> None:
    handle.write([Edit("hr1_roster", f"row-{key}", "grade", "P-2", 0, key)])


def acknowledging(server: Server, people: int) -> list[Measured]:
    """Edits by HTTP into a list that is already long, one after the other; and a paste of 2,000 cells as one request."""
    otis = server.sign_in(OTIS)
    one = [seconds(lambda at=at: otis.edit("hr1_roster", f"ack{at}", "grade", "P-2", key=f"ack-{at}")) for at in range(60)]
    pasted = [seconds(lambda: _paste(otis)) for _ in range(5)]
    return [
        (f"one edit, sent to acknowledged, list of {people:,} people (p95)", [percentile(one)], []),
        ("a paste of 2,000 cells, sent to acknowledged", pasted, []),
    ]


def _paste(visitor: Visitor) -> None:
    batch = secrets.token_hex(4)
    edits = [
        {"table": "hr1_grid", "row": f"{batch}-{at // 8}", "field": name, "value": "4", "expected": 0, "key": f"{batch}-{at}",
         "source": "pasted", "batch": batch}
        for at, name in enumerate(("department", "eeo_function", "jobcat", "status", "salary_band", "race", "sex", "n") * 250)
    ]  # fmt: skip
    answer = visitor.post("equitybook/api/edits", {"edits": edits})
    assert answer.status == 200, answer.text


def seeing(server: Server) -> list[Measured]:
    """In Chromium: from Enter on Ken's page until Maria's page shows it; and a block of 250 by 8 pasted until "Saved"."""
    with chromium() as chrome:
        harness = Harness(chrome, server)
        harness.put("hr1_grid", *[{"department": "Police", "n": at} for at in range(20)])
        maria, ken = harness.show(grid()), harness.show(grid(), username=KEN)
        seen = [seconds(lambda at=at: _seen(maria, ken, at)) for at in range(20)]
        pasted, many = _pasted(maria, 250), _pasted(maria, LONG)
    return [
        ("the other's edit, typed to seen, two browsers (p95)", [percentile(seen)], []),
        ("250 × 8 cells pasted in a browser, until “Saved”", [pasted], []),
        (f"{LONG:,} × 8 cells pasted in a browser, until “Saved”", [many], []),
    ]


def _pasted(page: Page, rows: int) -> float:
    cell(page, 1, "department").click()
    block = "\n".join(f"Department {at}\t4\t4\tFull-time\t8\tWhite\tMale\t{at}" for at in range(rows))
    return seconds(lambda: (paste(page, block), wait_until_saved(page)))


def _seen(maria: Page, ken: Page, at: int) -> None:
    cell(ken, 1 + at % 20, "n").click()
    ken.keyboard.type(str(5000 + at))
    ken.keyboard.press("Enter")
    maria.wait_for_function(
        "([row, text]) => document.querySelector(`tr[aria-rowindex='${row}'] td[data-field=n]`)?.textContent === text",
        arg=[2 + at % 20, f"{5000 + at:,}"],
        polling=20,
    )


def many_pages(server: Server) -> list[Measured]:
    """What 56 pages ask of the server: each looks for changes and types. HTTP clients stand in for the pages; no kernels run."""
    looks: list[float] = []
    edits: list[float] = []
    people = [server.sign_in(name) for name in (MARIA, KEN, OTIS, PIA)]
    until = time.monotonic() + SECONDS
    pages = [
        threading.Thread(target=_page, args=(Visitor(server.url, dict(people[at % 4].cookies)), at, until, looks, edits))
        for at in range(PAGES)
    ]
    for one in pages:
        one.start()
    for one in pages:
        one.join()
    return [
        (f"{PAGES} pages at once: a look for changes (p95 of {len(looks)})", [percentile(looks)], []),
        (f"{PAGES} pages at once: an edit, sent to acknowledged (p95 of {len(edits)})", [percentile(edits)], []),
    ]


def _page(visitor: Visitor, number: int, until: float, looks: list[float], edits: list[float]) -> None:
    after = visitor.get("equitybook/api/tables/hr1_avail").json["seq"]
    typed = time.monotonic() - TYPE_EVERY * (number / PAGES)
    time.sleep(LOOK_EVERY * (number / PAGES))
    for at in range(10_000):
        if time.monotonic() > until:
            return
        place = f"&tab=t{number}&table=hr1_avail&row=p{number}&field=ext_source"
        started = time.perf_counter()
        after = visitor.get(f"equitybook/api/changes?after={after}{place}").json["seq"]
        looks.append(time.perf_counter() - started)
        if time.monotonic() - typed > TYPE_EVERY:
            typed = time.monotonic()
            edits.append(
                seconds(lambda at=at: visitor.edit("hr1_avail", f"p{number}-{at}", "ext_source", "County", key=f"p{number}-{at}"))
            )
        time.sleep(LOOK_EVERY)
