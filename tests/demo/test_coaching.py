"""What the coach has said about Prairie Glen's first cycle, and who reads it."""

from __future__ import annotations

import datetime as dt

import pytest

from equitybook.demo.coaching import group_of
from equitybook.demo.start import to_generate
from equitybook.errors import ConfigError
from equitybook.outcomes.registry import known
from equitybook.reviews import read_sheet, released_comments
from equitybook.store import Store


@pytest.fixture(scope="module")
def store(demo):
    with Store.of(demo.folder, demo.database_url) as opened:
        yield opened


def test_the_town_reads_two_comments_of_the_coach_of_its_group(demo, store):
    comments = released_comments(store.community("prairie-glen", author="maria"), 1)
    assert [str(one.id) for one in comments] == ["1-CHARTER-problem", "1-IC1-team"]
    assert {one.coach for one in comments} == {"Omar Siddiqui"}
    assert [one.to_fix for one in comments] == [False, True]
    first = demo.cycles[0]
    assert all(first.due < one.released_on <= dt.datetime.now(dt.UTC).date() for one in comments)


def test_a_third_comment_is_still_a_draft(demo, store):
    side = store.coach_side("prairie-glen", author="omar")
    sheet = read_sheet(side, 1, known(demo.parts_of(demo.cycles[0])), {})
    assert [str(one.id) for one in sheet if one.written and one.comment is None] == ["1-PM1-fields"]


def test_no_other_town_has_a_comment(demo, store):
    others = [town.slug for town in demo.communities[1:]]
    assert not any(store.community(slug, author="reader").released_reviews() for slug in others)


def test_a_town_in_no_group_is_named(demo):
    town = demo.communities[0].model_copy(update={"slug": "elsewhere", "name": "Elsewhere"})
    with pytest.raises(ConfigError, match="Elsewhere is in no coaching session"):
        group_of(demo, town)


def test_the_first_start_makes_the_open_cycle_for_all_and_the_one_before_for_the_first_town(demo):
    everybody = [town.slug for town in demo.communities]
    chosen = to_generate(demo, {1: everybody, 2: everybody})
    assert chosen[1] == ["prairie-glen"]
    assert chosen[2] == everybody


def test_a_workbook_of_an_earlier_cycle_that_is_there_is_made_anew(demo):
    path = demo.workbook_path("larkfield", demo.cycle(1))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}", encoding="utf-8")
    try:
        assert to_generate(demo, {1: ["larkfield", "birchmere"]}) == {1: ["larkfield"]}
    finally:
        path.unlink()
