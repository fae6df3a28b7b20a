"""What the invented answers say: enough to show every kind of finding."""

from __future__ import annotations

from collections import Counter

import pytest

from equitybook.analysis import Answers
from equitybook.demo.staff import AS_OF
from equitybook.demo.towns import town_answers
from equitybook.flags import Flag
from equitybook.outcomes import outcome


@pytest.fixture(scope="module")
def flags(demo):
    """Flags by town, from the answers as they are entered."""
    hr1 = outcome("HR1")
    found = {}
    for town in demo.communities:
        entered = town_answers(town)
        tables = {
            row.table.id: tuple((f"r{n}", row_) for n, row_ in enumerate(entered.get(row.table.id, ()))) for row in hr1.tables
        }
        findings = hr1.present(Answers(hr1, tables).measure(town.name, today=AS_OF))
        found[town.slug] = Counter(flagged.flag for finding in findings for flagged in finding.flags)
    return found


def test_the_demonstration_shows_every_kind_of_flag(flags):
    assert set().union(*flags.values()) == set(Flag) - {Flag.NA}


def test_the_town_with_faults_is_asked_to_check_its_data_most(flags):
    assert max(flags, key=lambda slug: flags[slug][Flag.DATA_QUALITY]) == "otter-ridge"


def test_the_smallest_town_mostly_has_too_few_people_to_say_anything(flags):
    assert flags["wren-lake"].most_common(1)[0][0] is Flag.NOT_ENOUGH_DATA


def test_towns_that_have_entered_nothing_are_told_nothing(flags):
    assert not flags["hazel-fork"]
    assert not flags["prairie-glen"]
