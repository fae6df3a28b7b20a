"""Census figures as shares with their margins (specification 1.3 and 8.8)."""

from __future__ import annotations

import datetime as dt

import pytest

from equitybook.charter import OUTCOME
from equitybook.charter.tables import Benchmark
from equitybook.codebook.check import check_table
from equitybook.codebook.frames import frame
from equitybook.disclosure import Tier, release
from equitybook.flags import Flag
from equitybook.outcomes import Context
from equitybook.program import Cohort
from equitybook.report import FindingBlock
from equitybook.store import Store
from equitybook.summary import summary
from tests.serving import small_cohort


def measured(**tables):
    frames = {
        row.table.id: frame(row.table, [(f"r{at}", values) for at, values in enumerate(tables.get(row.table.id, ()))])
        for row in OUTCOME.tables
    }
    return OUTCOME.measure(frames, Context("Prairie Glen", dt.date(2026, 11, 20)))


def finding(found_id, **tables):
    return next(one for one in OUTCOME.present(measured(**tables)) if one.id == found_id)


def figures(topic, *rows):
    return [
        {"topic": topic, "group": group, "label": group, "estimate": estimate, "moe": moe, "geography": "Here", "source": "ACS"}
        for group, estimate, moe in rows
    ]


def test_a_share_has_the_margin_of_the_published_formula():
    rows = figures("DISABILITY", ("TOTAL", 24_800, 190), ("WITH_DISABILITY", 1_240, 310))
    found = finding("CHARTER.residents.disability", benchmark=rows)
    assert "1,240 of 24,800 residents live with a disability: 5.0 %, give or take 1.2 points." in found.sentence  # vector 10: 1.249
    [line, everybody] = found.table.rows
    assert line[1:] == ("1,240", "±310", "5.0 %", "±1.2", "Medium, use with caution (15 %)")  # vector 10: CV 15.2
    assert everybody[0] == "Everybody"


def test_the_limited_english_of_prairie_glen_is_the_sum_of_its_groups():
    example = OUTCOME.example["benchmark"]
    found = finding("CHARTER.residents.language", benchmark=example)
    assert found.sentence.startswith("1,390 of 17,250")  # 1,020 + 310 + 60
    assert "The largest group is Spanish." in found.sentence
    assert any("A language group is not a language" in line for line in found.notices)
    assert any("Too uncertain to lean on: Chinese" in line for line in found.notices)  # 55 / 1.645 / 60 is 56 %


def test_shares_of_a_whole_add_up_or_somebody_is_asked_who_is_missing():
    example = [row for row in OUTCOME.example["benchmark"] if row["topic"] == "RACE"]
    whole = finding("CHARTER.residents.race", benchmark=example)
    assert whole.flags == ()
    shares = [float(row[3].removesuffix(" %")) for row in whole.table.rows[:-1]]
    assert sum(shares) == pytest.approx(100, abs=0.3)
    without = finding("CHARTER.residents.race", benchmark=[row for row in example if row["group"] != "SOR"])
    assert [flag.flag for flag in without.flags] == [Flag.DATA_QUALITY]
    assert "some other race" in without.flags[0].next_step


@pytest.mark.parametrize("rows", [[], figures("RACE", ("TOTAL", 0, 0), ("WHITE", 0, 12)), figures("RACE", ("WHITE", 10, 2))])
def test_nothing_is_shown_without_a_whole(rows):
    found = finding("CHARTER.residents.race", benchmark=rows)
    assert "Upload the Census table" in found.empty


def test_a_margin_that_is_not_known_is_said_to_be_unknown_and_never_zero():
    rows = figures("LANGUAGE", ("TOTAL", 17_250, 190), ("SPANISH", 1_020, None), ("SLAVIC", 310, 140))
    found = finding("CHARTER.residents.language", benchmark=rows)
    assert found.sentence == (
        "1,330 of 17,250 residents aged 5 and over speak English less than very well: 7.7 %. "
        "Their margin of error is not known. The largest group is SPANISH."
    )


def test_a_group_that_is_not_published_leaves_a_sum_of_at_least():
    rows = figures("LANGUAGE", ("TOTAL", 17_250, 190), ("SPANISH", None, None), ("SLAVIC", 310, 140))
    found = finding("CHARTER.residents.language", benchmark=rows)
    assert found.sentence.startswith("At least 310 of 17,250 residents")
    assert "1.8 % or more, because not every group is published." in found.sentence


def test_a_part_larger_than_its_whole_is_asked_about():
    rows = figures("DISABILITY", ("TOTAL", 1_000, 50), ("WITH_DISABILITY", 1_200, 80))
    found = finding("CHARTER.residents.disability", benchmark=rows)
    assert found.sentence == "A group has more people than everybody together. Check the figures."
    assert "one group has 1,200 people and everybody is 1,000" in found.flags[0].reason


def test_a_group_that_stands_twice_is_asked_about_in_the_table_and_in_the_picture():
    rows = figures("LANGUAGE", ("TOTAL", 17_250, 190), ("SPANISH", 1_020, 260), ("spanish ", 1_020, 260), ("SPANISH", 1_020, 260))
    messages = [one.text for one in check_table(Benchmark.table, [(f"r{at}", row) for at, row in enumerate(rows)])]
    assert "Row 3, Code: spanish" in messages[0]
    assert "Row 4, Code: SPANISH stands in row 2 already." in messages[1]
    [flag] = finding("CHARTER.residents.language", benchmark=rows).flags
    assert "SPANISH stands on 2 rows" in flag.reason


def test_figures_of_two_periods_are_asked_about():
    rows = figures("LANGUAGE", ("TOTAL", 17_250, 190), ("SPANISH", 1_020, 260))
    rows[0]["source"], rows[1]["source"] = "ACS 5-year 2019–2023, table C16001", "ACS 5-year 2018–2022, table C16001"
    [flag] = finding("CHARTER.residents.language", benchmark=rows).flags
    assert "of 2 periods, 2018–2022 and 2019–2023" in flag.reason


def test_a_figure_that_is_not_published_is_named_and_not_zero():
    rows = figures("RACE", ("TOTAL", 100, 5), ("WHITE", 90, 6), ("BLACK", None, None))
    found = finding("CHARTER.residents.race", benchmark=rows)
    assert ("BLACK", "—", "—", "—", "—", "Not known") in found.table.rows
    assert any("Not published for your town: BLACK" in line for line in found.notices)


def test_published_figures_reach_everybody_and_typed_words_do_not():
    tables = {table: list(rows) for table, rows in OUTCOME.example.items() if table != "charter_words"}
    public = release(measured(**tables), OUTCOME.present, Tier.T3)
    told = {one.id: one for one in public.findings}
    assert told["CHARTER.residents.race"].table is not None
    assert told["CHARTER.page"].empty
    assert "Village manager" not in repr(public.findings)
    coach = {one.id: one for one in release(measured(**tables), OUTCOME.present, Tier.T2).findings}
    assert "Spanish-speaking residents" in coach["CHARTER.page"].sentence


def test_the_one_page_names_what_is_still_open():
    found = finding("CHARTER.page", charter=[{"population_of_focus": "Residents"}])
    assert [flag.flag for flag in found.flags] == [Flag.DATA_QUALITY]
    assert "Who sponsors it?" in found.flags[0].reason


def test_the_heaviest_risk_comes_first_and_asks_for_somebody_who_watches():
    risks = [
        {"risk": "Rain", "likelihood": "2", "impact": "2"},
        {"risk": "The sponsor leaves", "likelihood": "3", "impact": "5"},
        {"risk": "Half filled in", "likelihood": "3"},
    ]
    found = finding("CHARTER.risks", risks=risks)
    assert [row[:2] for row in found.table.rows] == [("1", "The sponsor leaves"), ("2", "Rain")]
    assert found.table.rows[0][4] == "15"
    assert found.chart.alt == (
        "Risks by likelihood and impact. 1. The sponsor leaves: likelihood 3, impact 5. 2. Rain: likelihood 2, impact 2."
    )
    assert found.sentence == "2 risks. Plan now for 1 “The sponsor leaves”."
    assert found.notices == ("“The sponsor leaves” has no response or nobody who watches it.",)


def test_a_public_summary_leaves_out_what_only_asks_the_town_to_do_something(tmp_path):
    cohort = Cohort.read(small_cohort(tmp_path / "cohort"))
    with Store.of(cohort.folder) as store:
        handle = store.community("prairie-glen", author="maria")
        handle.add_rows("benchmark", OUTCOME.example["benchmark"], replace=True, source="pasted", batch="b")
        shown = {
            tier: [
                block.finding_id
                for section in summary(cohort, handle, cycle=1, tier=tier).sections
                for block in section.blocks
                if isinstance(block, FindingBlock)
            ]
            for tier in (Tier.T2, Tier.T3)
        }
    assert "CHARTER.page" in shown[Tier.T2]
    assert "CHARTER.residents.race" in shown[Tier.T3]
    assert "CHARTER.page" not in shown[Tier.T3]
