"""The run chart: every number on the picture and in its words, nothing over anything else, the same on a phone."""

from __future__ import annotations

import datetime as dt
import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook import charts
from equitybook.charts import Panel, RunLine, RunPoint, run_chart
from equitybook.charts.run_chart import _ticks
from tests import drawn as on

YEARS = [dt.date(2024, 6, 30), dt.date(2025, 6, 30), dt.date(2026, 6, 30)]


def line(label: str, *values: float) -> RunLine:
    return RunLine(
        label, tuple(RunPoint(day, value, f"year to {day:%B %Y}", 46) for day, value in zip(YEARS, values, strict=False))
    )


DAYS = Panel(
    "M1 · Days to a permit", (line("Everybody", 43, 38, 31),), after=" days", baseline=31, target=18, target_on=dt.date(2028, 6, 30)
)
SHARE = Panel(
    "M2 · Complete at first submission",
    (line("Everybody", 71.6, 74.4, 76.4), line("Applied in Spanish", 48.7, 54.8, 60.9)),
    after=" %",
    bounds=(0, 100),
)
ANEW = Panel(
    "M4 · Treated fairly",
    (line("Everybody", 80, 82),),
    after=" %",
    earlier=(RunPoint(dt.date(2022, 6, 30), 70, "year to June 2022"),),
    broken_on=dt.date(2023, 7, 1),
)


@pytest.fixture(scope="module", name="drawn")
def one_chart():
    return run_chart([DAYS, SHARE, ANEW], title="Your measures over time")


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    "ends",
    [
        [dt.date(2026, 4, 30)],
        [dt.date(2026, 1, 1)],
        [dt.date(2026, 3, 31), dt.date(2026, 4, 30)],
        YEARS,
        [dt.date(2014, 6, 30), dt.date(2026, 6, 30)],
    ],
)
def test_every_month_is_written_once_under_the_picture(ends):
    points = tuple(RunPoint(day, 40 + at, f"to {day:%B %Y}") for at, day in enumerate(ends))
    drawn = charts.svg(run_chart([Panel("M1", (RunLine("Everybody", points),))], title="One period"), width=640)
    months = [text for text in texts(drawn) if re.fullmatch(r"[A-Z][a-z]{2} [0-9]{4}", text)]
    assert len(months) == len(set(months))
    assert 1 <= len(months) <= 7


def test_the_words_hold_every_value_the_baseline_the_target_and_the_break(drawn):
    for said in (
        "Everybody: 43 days in year to June 2024, 38 days in year to June 2025, 31 days in year to June 2026",
        "Baseline 31 days (dashed line)",
        "Target 18 days by Jun 2028 (diamond)",
        "Applied in Spanish: 48.7 % in year to June 2024",
        "Counted anew from Jul 2023 (dotted)",
        "Before it was defined anew: 70 % in year to June 2022",
    ):
        assert said in drawn.alt
    assert drawn.spec["description"] == drawn.alt


def test_the_last_value_of_every_line_stands_on_the_picture(drawn):
    written = texts(charts.svg(drawn))
    for number in ("31 days", "76.4 %", "60.9 %", "82 %", "Applied in Spanish", "Baseline 31 days (dashed line)"):
        assert number in written


def test_the_specification_keeps_to_its_grammar_and_takes_the_width_of_the_page(drawn):
    import altair

    altair.LayerChart.from_dict(dict(drawn.spec), validate=True)
    assert drawn.spec["width"] == "container"
    assert '"url"' not in json.dumps(drawn.spec)


@pytest.mark.parametrize("width", [280, 1100])
def test_it_is_drawn_at_the_width_of_a_phone_and_of_a_desk(drawn, width):
    root = ElementTree.fromstring(charts.svg(drawn, width=width))
    assert float(root.get("width")) <= width + 2


def test_values_of_the_measure_before_are_joined_to_nothing(drawn):
    before = [layer for layer in drawn.spec["layer"] if any(row.get("label") == "Before" for row in _data(drawn, layer))]
    assert before
    for layer in before:
        assert {row["label"] for row in _data(drawn, layer)} == {"Before"}


def _data(chart, layer) -> list[dict]:
    data = layer.get("data", {})
    return data.get("values") or chart.spec.get("datasets", {}).get(data.get("name"), [])


def test_numbers_at_the_end_of_near_lines_do_not_cover_each_other_or_the_baseline():
    near = Panel("Near", (line("Everybody", 50, 50.2), line("A", 50, 50.3), line("B", 50, 50.1)), baseline=50.2, bounds=(0, 100))
    chart = run_chart([near], title="Near")
    ends = sorted(row["y"] for row in _data(chart, chart.spec["layer"][-1]))
    assert len(ends) == 3
    assert all(later - earlier >= 16 for earlier, later in pairwise(ends))


LONG = Panel(
    "M1 · Applicants who passed the written test and came to the physical test (higher is better)",
    tuple(
        line(group, 50 + 3 * at, 40 + at, 48 - at)
        for at, group in enumerate(["Everybody", "Female", "Male", "Native Hawaiian or Other Pacific Islander", "White", "Asian"])
    ),
    after=" %",
    target=70,
    target_on=dt.date(2028, 6, 30),
    bounds=(0, 100),
)


@pytest.mark.parametrize("width", [273, 307, 640, 736])
@pytest.mark.parametrize("panels", [[DAYS, SHARE, ANEW], [LONG], [DAYS, LONG]], ids=["three", "long", "both"])
def test_nothing_that_is_written_covers_anything_else_or_is_cut_off(panels, width):
    chart = run_chart(panels, title="t")
    assert on.met(on.texts(chart, width)) == []
    assert on.cut(chart, width) == []


def test_numbers_at_the_end_of_many_near_lines_stay_above_the_months():
    found = on.texts(run_chart([LONG], title="t"), 640)
    months = min(one.top for one in found if "axis-label" in one.mark)
    assert all(one.bottom < months for one in found if re.fullmatch(r"4[3-8] %", one.words))


def test_the_words_above_a_panel_take_as_many_lines_as_a_phone_needs():
    words = [one.words for one in on.texts(run_chart([LONG], title="t"), 273)]
    assert words.count("Target 70 % by Jun 2028 (diamond)") == 1
    assert {"M1 · Applicants who passed the", "written test and came to the"} <= set(words)


def test_a_panel_without_a_value_is_left_out_and_a_chart_without_panels_says_so():
    empty = Panel("Nothing yet", (RunLine("Everybody", ()),))
    assert "Nothing yet" not in run_chart([DAYS, empty], title="t").alt
    assert run_chart([empty], title="Measures").alt == "Measures. Nothing to show yet."


@given(st.lists(st.integers(0, 1000).map(lambda tenths: tenths / 10), min_size=1, max_size=6))
def test_the_scale_has_every_value_and_nothing_past_what_a_share_can_be(values):
    ticks = _ticks(values, (0, 100))
    assert len(ticks) > 1
    assert ticks[0] <= min(values) + 1e-6
    assert ticks[-1] >= max(values) - 1e-6
    assert ticks[0] >= 0
    assert ticks[-1] <= 100


@given(st.integers(-10_000_000, 10_000_000).map(lambda tenths: tenths / 10))
def test_a_flat_line_is_drawn_flat(value):
    ticks = _ticks([value, value], (None, None))
    assert ticks[0] <= value <= ticks[-1]
    assert ticks[0] < ticks[-1]


def test_words_of_the_town_cannot_break_out_of_the_picture():
    hostile = Panel("<script>alert(1)</script>", (line("</text>", 1, 2), line("x", 1, 2)))
    assert "<script" not in charts.svg(run_chart([hostile], title="t"))
