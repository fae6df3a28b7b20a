"""Two people type while tabs, kernels, connections and the server are killed at random: nothing called saved is ever lost."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect
from playwright.sync_api import Error as PlaywrightError

from equitybook.store import Store
from tests.browser.harness import Harness, cell, wait_until_saved
from tests.browser.test_grid_page import NOTEBOOK, PAGE, PATIENCE, kernels
from tests.serving import Server, small_cohort

pytestmark = pytest.mark.slow

FIELDS = ("n", "department")
ROWS = 3
STEPS = 24
SOCKETS = """
window.sockets = [];
window.WebSocket = class extends window.WebSocket { constructor(...given) { super(...given); window.sockets.push(this); } };
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(small_cohort(tmp_path_factory.mktemp("served") / "cohort", notebook=NOTEBOOK), options={"grace": 2}) as server:
        yield server


@dataclass
class Editor:
    """One person, whose tab may die and be opened again. ``told`` is every answer her browser got: key to result."""

    harness: Harness
    name: str
    rng: random.Random
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    told: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.context = self.harness.person(self.name)
        self.context.add_init_script(SOCKETS)
        self.context.on("response", self._hear)
        self.open()

    def open(self) -> None:
        self.page = self.context.new_page()
        self.page.goto(self.harness.server.url + PAGE, timeout=PATIENCE, wait_until="commit")
        self.page.wait_for_selector(".eq-grid [role=gridcell]", timeout=PATIENCE)

    def type(self, row: int = 0, name: str = "") -> None:
        name = name or self.rng.choice(FIELDS)
        cell(self.page, row or self.rng.randint(1, ROWS), name).first.click()
        self.page.keyboard.type(str(self.rng.randint(1, 9999)) if name == "n" else f"Office {self.rng.randint(1, 9999)}")
        if self.rng.random() < 0.7:
            self.page.keyboard.press("Enter")

    def lose_tab(self) -> None:
        self.page.close(run_before_unload=False)
        self.open()

    def lose_line(self) -> None:
        self.context.set_offline(True)
        self.type()
        self.context.set_offline(False)

    def lose_sockets(self) -> None:
        self.page.evaluate("window.sockets.forEach((one) => one.close())")

    def _hear(self, response: Response) -> None:
        if not response.url.endswith("/api/edits") or response.status != 200:
            return
        with contextlib.suppress(PlaywrightError):  # the tab was killed before it had read the answer
            self.told |= {one["key"]: one for one in response.json()["results"]}


def kill_kernels(server: Server) -> None:
    for kernel in kernels(server):
        kernel.kill()


def restart(harness: Harness, editors: list[Editor]) -> None:
    """Both write in one cell while the server is gone: whoever is heard second has a conflict."""
    harness.server.kill()
    for editor in editors:
        editor.type(1, "n")
    harness.server.start()


def go_wild(harness: Harness, editors: list[Editor], rng: random.Random) -> None:
    kills = [lambda one: one.lose_tab(), lambda one: one.lose_line(), lambda one: one.lose_sockets(), lambda _: kill_kernels(harness.server)]  # fmt: skip
    for step in range(STEPS):
        for editor in rng.sample(editors, k=rng.randint(1, 2)):
            editor.type()
        if step in (STEPS // 3, 2 * STEPS // 3):
            restart(harness, editors)
        elif step % 4 == 3:
            kills[step // 4 % len(kills)](rng.choice(editors))
        editors[0].page.wait_for_timeout(rng.randint(0, 400))


@pytest.mark.parametrize("seed", [20261122])
def test_at_the_end_the_store_has_everything_ever_called_saved_and_each_conflict_went_to_one_person(harness: Harness, seed: int):
    harness.put("hr1_grid", *[{"department": "Police", "n": at} for at in range(ROWS)])
    rng = random.Random(seed)
    editors = [Editor(harness, name, rng) for name in ("maria", "ken")]
    go_wild(harness, editors, rng)
    for editor in editors:
        editor.page.keyboard.press("Enter")
        wait_until_saved(editor.page)
    with Store.of(harness.server.folder) as store:
        handle = store.community("prairie-glen", author="test")
        history = handle.changes(table="hr1_grid", after=harness.began, limit=5000, wishes=True)
        rows = handle.read("hr1_grid")
    saved = {(one.row, one.field, one.version): one for one in history if one.status == "saved"}
    lost = [one for one in history if one.status == "conflict"]
    called_saved = [(editor.name, one) for editor in editors for one in editor.told.values() if one["status"] == "saved"]
    assert len(called_saved) > STEPS / 2
    assert lost
    for name, one in called_saved:
        kept = saved[one["row"], one["field"], one["version"]]
        assert (kept.value, kept.author) == (one["value"], name)
    assert len(saved) == len({one.seq for one in saved.values()}), "no version was written twice"
    told = [(editor.name, one["mine"], one["row"], one["field"]) for editor in editors for one in editor.told.values() if one["status"] == "conflict"]  # fmt: skip
    assert sorted(told, key=str) == sorted(((one.author, one.value, one.row, one.field) for one in lost), key=str)
    assert not editors[0].told.keys() & editors[1].told.keys()
    for editor in editors:
        editor.page.reload(wait_until="commit")
        editor.page.wait_for_selector(".eq-grid [role=gridcell]", timeout=PATIENCE)
        for at, row in enumerate(rows, start=1):
            expect(cell(editor.page, at, "department").first).to_have_text(str(row.values()["department"]))
            expect(cell(editor.page, at, "n").first).to_have_text(f"{row.values()['n']:,}")
