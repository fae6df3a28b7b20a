from __future__ import annotations

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from equitybook.statistics import kaplan_meier


def _columns(path, *names):
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [np.array([float(row[name]) for row in rows]) for name in names]


def test_the_worked_example_by_hand():
    found = kaplan_meier([1, 2, 2, 3, 4, 5, 6, 8], [1, 1, 0, 1, 0, 1, 0, 0])
    assert found.survival == pytest.approx([0.875, 0.75, 0.60, 0.60, 0.40, 0.40, 0.40])
    assert list(found.at_risk) == [8, 7, 5, 4, 3, 2, 1]
    assert found.median == 5


def test_published_leukaemia_data_have_their_published_medians(shared_data):
    time, event, group = _columns(shared_data / "retention" / "aml_leukemia.csv", "time", "cens", "group")
    kept = kaplan_meier(time[group == 1], event[group == 1] == 1)
    assert kept.survival[kept.events > 0] == pytest.approx([0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184], abs=5e-4)
    assert kept.median == 31
    assert kaplan_meier(time[group == 2], event[group == 2] == 1).median == 23


def test_rossi_recidivism_ends_at_its_published_share(shared_data):
    week, arrest = _columns(shared_data / "retention" / "rossi.csv", "week", "arrest")
    found = kaplan_meier(week, arrest == 1)
    assert found.events.sum() == 114
    assert found.survival[-1] == pytest.approx(0.7361, abs=5e-5)
    assert found.median is None, "the curve never comes down to one half"


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 15), st.integers(1, 15), st.booleans()), min_size=1, max_size=60))
def test_it_agrees_with_statsmodels_also_for_people_followed_late(people):
    entry, follow, event = (np.array(column) for column in zip(*people, strict=True))
    time = entry + follow
    found = kaplan_meier(time, event, entry=entry)
    theirs = SurvfuncRight(time.astype(float), event.astype(int), entry=entry.astype(float))
    with_events = found.events > 0
    assert found.times[with_events] == pytest.approx(theirs.surv_times)
    assert found.survival[with_events] == pytest.approx(theirs.surv_prob, abs=1e-12)
    assert list(found.at_risk[with_events]) == list(theirs.n_risk)


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=40), st.randoms())
def test_the_order_of_people_does_not_matter(people, random):
    first = kaplan_meier(*zip(*people, strict=True))
    random.shuffle(people)
    second = kaplan_meier(*zip(*people, strict=True))
    assert list(first.survival) == list(second.survival)


def test_forgetting_late_entry_would_make_staying_look_longer():
    # Everyone was hired 5 years before records begin; only those who stayed past then can be on file.
    served, left = [6, 7, 8, 9], [1, 1, 1, 0]
    honest, naive = kaplan_meier(served, left, entry=[5, 5, 5, 5]), kaplan_meier([*served, 1], [*left, 1])
    assert honest.at_risk[0] == 4
    assert naive.survival[0] == pytest.approx(0.8), "a leaver of the first year counts only where records reach back"


def test_one_half_exactly_is_a_median():
    assert kaplan_meier([1, 2, 3, 4], [1, 1, 0, 0]).median == 2


def test_the_curve_stops_where_too_few_are_followed():
    curve = kaplan_meier(range(1, 21), [1] * 20).while_at_risk(10)
    assert curve.times[-1] == 11
    assert curve.at_risk.min() == 10
    assert kaplan_meier([1, 2], [1, 1]).while_at_risk(10).median is None


def test_nobody_followed_is_an_empty_curve():
    assert len(kaplan_meier([], []).times) == 0
    with pytest.raises(ValueError, match="one of each per person"):
        kaplan_meier([1, 2], [1])
