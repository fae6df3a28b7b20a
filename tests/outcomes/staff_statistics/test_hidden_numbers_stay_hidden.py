"""Whatever disclosure takes away, no finding gives back."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equitybook.findings import Chart, Measured
from equitybook.outcomes.human_resources.staff_statistics import present
from tests.outcomes.staff_statistics.town import HR1, everything_said, invented, measure

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


BUILDERS = ("dumbbell", "rate_bars", "stacked_shares", "step_curve")


@pytest.fixture(scope="module", autouse=True)
def undrawn():
    """Keep what a chart is made of and leave out the drawing, which takes most of the time and adds no number."""
    with pytest.MonkeyPatch.context() as patch:
        for found in pkgutil.iter_modules(present.__path__, f"{present.__name__}."):
            module = importlib.import_module(found.name)
            for name in BUILDERS:
                if hasattr(module, name):
                    patch.setattr(module, name, lambda rows, **words: Chart({"rows": repr(rows)}, repr(words)))
        yield


@cache
def town() -> Measured:
    return measure(**invented())


def without(measured, places, statistics, curves):
    """Hide cells, statistics and curves, as disclosure does."""
    counts = {
        name: replace(table, cells={at: None if (name, at) in places else n for at, n in table.cells.items()})
        for name, table in measured.counts.items()
    }
    kept = tuple(
        replace(one, value=None, interval=None, n=0) if (one.id, one.group) in statistics else one for one in measured.statistics
    )
    return replace(
        measured, counts=counts, statistics=kept, curves=tuple(one for one in measured.curves if one.group not in curves)
    )


def differing(first, second):
    """Name every cell, statistic and curve in which two towns differ."""
    places = {
        (name, at) for name, table in first.counts.items() for at, n in table.cells.items() if second.counts[name].cells[at] != n
    }
    by_name = [{(one.id, one.group): one for one in measured.statistics} for measured in (first, second)]
    statistics = {key for key in by_name[0].keys() | by_name[1].keys() if by_name[0].get(key) != by_name[1].get(key)}
    lines = [{one.group: one.points for one in measured.curves} for measured in (first, second)]
    return places, statistics, {key for key in lines[0].keys() | lines[1].keys() if lines[0].get(key) != lines[1].get(key)}


@FEW
@given(st.data())
def test_changing_one_person_changes_nothing_once_what_differs_is_hidden(data):
    records = invented()
    at = data.draw(st.integers(0, len(records["roster"]) - 1))
    change = data.draw(
        st.sampled_from(
            [{"race": "NHPI"}, {"sex": "NONBINARY"}, {"race": "MENA"}, {"jobcat": "5"}, {"annual_salary": None}, {"race": None}]
        )
    )
    changed = {**records, "roster": [one | change if place == at else one for place, one in enumerate(records["roster"])]}
    first, second = town(), measure(**changed)
    places, statistics, curves = differing(first, second)
    hidden = [without(one, places, statistics, curves) for one in (first, second)]
    # A statistic that only one of the towns has is taken away whole.
    both = [tuple(one for one in kept.statistics if (one.id, one.group) not in statistics) for kept in hidden]
    said = [
        everything_said(finding)
        for kept, rest in zip(hidden, both, strict=True)
        for finding in HR1.present(replace(kept, statistics=rest))
    ]
    half = len(said) // 2
    assert said[:half] == said[half:]
    assert first.facts == second.facts, "facts say nothing about anybody"


@FEW
@given(st.data())
def test_any_cell_may_be_hidden_and_every_finding_still_speaks(data):
    everywhere = [(name, at) for name, table in town().counts.items() for at in table.cells]
    share = data.draw(st.sampled_from([0.05, 0.3, 0.7, 1.0]))
    chosen = data.draw(st.randoms()).sample(everywhere, int(share * len(everywhere)))
    found = HR1.present(without(town(), set(chosen), set(), set()))
    assert [one.id for one in found] == [one.id for one in HR1.present(town())]
    for one in found:
        assert one.empty or (one.sentence and one.table)
        cells = [cell for line in one.table.rows for cell in line] if one.table else []
        assert not re.search(r"\b(None|nan|inf)\b", " ".join((one.sentence, *one.notices, *cells)))


def test_a_group_of_one_is_named_nowhere_once_its_numbers_are_gone():
    records = invented()
    lone = {"emp_key": "lone", "race": "NHPI", "sex": "F", "jobcat": "4", "status": "FT", "hire_date": "2012-01-01"}
    measured = measure(**{**records, "roster": [*records["roster"], lone]})
    label = "Native Hawaiian or Other Pacific Islander"
    assert any(label in everything_said(one) for one in HR1.present(measured))
    gone = {(name, at) for name, table in measured.counts.items() for at in table.cells if at[0] == "NHPI"}
    for one in HR1.present(without(measured, gone, set(), set())):
        assert label not in everything_said(one), one.id


@pytest.mark.parametrize("table", ["staff.race_sex", "staff.race_jobcat", "left.race_kind", "average.race_jobcat", "stayed.race"])
def test_a_whole_table_may_be_missing(table):
    rest = {name: one for name, one in town().counts.items() if name != table}
    for one in HR1.present(replace(town(), counts=rest)):
        assert one.empty or one.table


def test_a_sum_of_hidden_unknowns_is_not_taken_off_the_whole():
    gone = {("staff.race_sex", ("UNK", column)) for column in ("F", "M", "NONBINARY", "UNK", "TOTAL")}
    share = next(one for one in HR1.present(without(town(), gone, set(), set())) if one.id == "HR1.share.race")
    assert "Shares are of all people" in share.table.notes[0]
    assert share.provenance.unknown is None
    assert "Unknown or declined" not in everything_said(share)
