"""Who is here: of one town only, one person however many tabs, gone when nothing more is heard."""

from __future__ import annotations

import pytest

from equitybook.server.presence import EXPIRES, Place, Presence
from tests.serving import KEN, MARIA, OTIS, SAM, Server

CELL = Place("hr1_grid", "r1", "n")


@pytest.fixture
def now() -> list[float]:
    return [100.0]


@pytest.fixture
def presence(now: list[float]) -> Presence:
    return Presence(clock=lambda: now[0])


def test_a_person_is_seen_by_the_others_of_her_town_and_by_nobody_elsewhere(presence: Presence):
    presence.note("prairie-glen", MARIA, CELL)
    assert presence.others("prairie-glen", KEN) == {MARIA: CELL}
    assert presence.others("prairie-glen", MARIA) == {}
    assert presence.others("oak-bluff", OTIS) == {}


def test_somebody_not_heard_of_is_gone(presence: Presence, now: list[float]):
    presence.note("prairie-glen", MARIA, CELL)
    now[0] += EXPIRES + 1
    assert presence.others("prairie-glen", KEN) == {}


def test_two_tabs_of_one_person_are_one_person_where_she_types(presence: Presence, now: list[float]):
    presence.note("prairie-glen", MARIA, CELL, tab="typing")
    now[0] += 1
    presence.note("prairie-glen", MARIA, Place(), tab="reading")
    assert presence.others("prairie-glen", KEN) == {MARIA: CELL}
    now[0] += 1
    presence.note("prairie-glen", MARIA, Place("hr1_setup", "one", "period_end"), tab="reading")
    assert presence.others("prairie-glen", KEN) == {MARIA: Place("hr1_setup", "one", "period_end")}


@pytest.mark.slow
def test_presence_travels_with_the_look_for_changes_and_a_coach_is_never_in_a_cell(running_server: Server):
    maria, ken, otis, sam = (running_server.sign_in(name) for name in (MARIA, KEN, OTIS, SAM))
    look = "equitybook/api/changes?after=0&tab=t1&table=hr1_grid&row=r1&field=n"
    assert sam.get(look).status == 403
    before = maria.get(look).json["seq"]
    otis.get(look)
    assert ken.get("equitybook/api/changes?after=0").json["here"] == [
        {"username": MARIA, "table": "hr1_grid", "row": "r1", "field": "n"}
    ]
    assert maria.get(look).json["seq"] == before, "nothing of it is stored"
