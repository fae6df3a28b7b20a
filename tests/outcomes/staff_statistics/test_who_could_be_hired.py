from __future__ import annotations

import pytest

from equitybook.flags import FLAG_LABELS, FLAG_TEXTS, Flag
from tests.outcomes.staff_statistics.town import HR1, SETUP, everything_said, findings, measure, people, row, say


def share(jobcat, group, ext_pct, **values):
    return {"jobcat": jobcat, "group": group, "ext_pct": ext_pct, "ext_source": "Census 6W", **values}


def cells(finding, group):
    return next(dict(zip(finding.table.columns, one, strict=True)) for one in finding.table.rows if one[1] == group)


def test_all_five_answers_of_sixteen_in_sixty_eight():
    roster = people(16, race="HISP", jobcat="2") + people(52, race="WHITE", jobcat="2")
    found = say(roster=roster, avail=[share("2", "HISP", 26.8)], setup=[SETUP])["HR1.utilisation"]
    said = cells(found, "Hispanic or Latino")
    assert (said["That is"], said["Short by"]) == ("18.2", "2.2")
    assert (said["Any difference"], said["A whole person"], said["Under four fifths"], said["Both"]) == ("yes", "yes", "no", "no")
    assert said["More than chance"] == "no (p = 0.59)"
    assert [flag.flag for flag in found.flags] == [Flag.NO_SIGNAL]


def test_none_of_six_is_below_with_few_people_and_no_more():
    roster = people(6, race="WHITE", jobcat="1")
    found = say(roster=roster, avail=[share("1", "HISP", 20)], setup=[SETUP])["HR1.utilisation"]
    assert cells(found, "Hispanic or Latino")["Short by"] == "1.2"
    assert [(flag.flag, flag.n) for flag in found.flags] == [(Flag.BELOW_REFERENCE_SMALL_N, 6)]


def test_few_people_are_said_to_change_it_only_where_few_people_could():
    # 2 of 35 where 7.7 could be expected: four fifths are 6.16, five people more.
    seven = [share(jobcat, "HISP", 22) for jobcat in "1245678"]
    rest = [one for jobcat in "145678" for race, n in (("HISP", 7), ("WHITE", 23)) for one in people(n, race=race, jobcat=jobcat)]
    roster = [*people(2, race="HISP", jobcat="2"), *people(33, race="WHITE", jobcat="2"), *rest]
    found = say(roster=roster, avail=seven, setup=[SETUP])["HR1.utilisation"]
    assert "2 of 35 where 7.7 could be expected" in found.sentence
    [flag] = found.flags
    assert flag.label == "Below the reference, could be chance"
    # The exact binomial p of 2 in 35 against 22 % is 0.0222; seven rows make it 0.1554.
    assert flag.reason == "Below the reference line; chance alone could explain it: p = 0.16, corrected for 7 comparisons."
    assert "no (p = 0.16)" in [one[-2] for one in found.table.rows], "the table and the flag give one p"
    assert cells(found, "Hispanic or Latino")["What to do"] != FLAG_LABELS[Flag.BELOW_REFERENCE_SMALL_N]
    assert "few people" not in everything_said(found)
    # 11 of 25 where 14 could be expected: four fifths are 11.2, one person more is enough.
    roster = people(11, race="HISP", jobcat="2") + people(14, race="WHITE", jobcat="2")
    [flag] = say(roster=roster, avail=[share("2", "HISP", 56)], setup=[SETUP])["HR1.utilisation"].flags
    assert (flag.label, flag.reason) == ("Below the reference, few people", FLAG_TEXTS[Flag.BELOW_REFERENCE_SMALL_N])


def test_a_whole_town_short_by_many_is_not_said_to_hang_on_a_few():
    roster = people(9, race="BLACK", jobcat="4") + people(153, race="WHITE", jobcat="4")
    [flag] = say(roster=roster, avail=[share("4", "BLACK", 8.5)], setup=[SETUP])["HR1.rep_index"].flags
    assert flag.flag is Flag.BELOW_REFERENCE_SMALL_N
    assert flag.reason.startswith("Below the reference line; chance alone could explain it: p = 0.")


def test_no_probability_is_printed_as_nought_and_a_surplus_is_not_tested():
    roster = people(40, race="HISP", jobcat="2") + people(10, race="WHITE", jobcat="4") + people(40, race="BLACK", jobcat="4")
    avail = [share("2", "HISP", 20), share("4", "WHITE", 60)]
    found = say(roster=roster, avail=avail, setup=[SETUP])["HR1.utilisation"]
    assert (cells(found, "Hispanic or Latino")["Short by"], cells(found, "Hispanic or Latino")["More than chance"]) == (
        "not short",
    ) * 2
    assert cells(found, "White")["More than chance"] == "yes (p < 0.01)"
    assert "p says how often chance alone" in found.table.notes[1]


def test_one_row_is_spoken_of_as_one():
    alone = say(roster=people(20, race="HISP", jobcat="2"), avail=[share("2", "HISP", 20)], setup=[SETUP])["HR1.utilisation"]
    assert alone.sentence.startswith("The one group with a share filled in is not both under four fifths")
    assert not any("With one rows" in notice for notice in alone.notices)
    short = say(roster=people(20, race="WHITE", jobcat="2"), avail=[share("2", "HISP", 20)], setup=[SETUP])["HR1.utilisation"]
    assert short.sentence.startswith("In the one row a group is under four fifths")


def test_four_people_in_a_job_group_answer_nothing():
    found = say(roster=people(4, race="WHITE", jobcat="1"), avail=[share("1", "HISP", 20)], setup=[SETUP])["HR1.utilisation"]
    assert found.table is None
    assert "five people" in found.empty


def test_two_factors_are_weighed_into_one_share():
    avail = [share("4", "HISP", 32, ext_moe=4, int_pct=20, w_ext=0.7, w_int=0.3)]
    measured = measure(roster=people(30, race="WHITE", jobcat="4"), avail=avail, setup=[SETUP])
    [one] = [one for one in measured.statistics if one.id == "HR1.availability"]
    assert one.value == 0.284
    assert one.interval == pytest.approx((0.284 - 0.028, 0.284 + 0.028))


def test_a_share_inside_without_a_weight_is_left_out_and_said():
    avail = [share("4", "HISP", 32, int_pct=20)]
    found = say(roster=people(30, race="WHITE", jobcat="4"), avail=avail, setup=[SETUP])
    assert cells(found["HR1.utilisation"], "Hispanic or Latino")["Could be expected"] == "32.0 %"
    assert "without the part filled by promotion" in " ".join(found["HR1.rep_index"].notices)


def test_twelve_percent_of_staff_against_twenty_one_plus_or_minus_three():
    roster = people(12, race="HISP", jobcat="4") + people(88, race="WHITE", jobcat="4")
    setup = {**SETUP, "benchmark_geography": "Cook County"}
    found = say(roster=roster, avail=[share("4", "HISP", 21, ext_moe=3)], setup=[setup])["HR1.rep_index"]
    said = row(found, "Hispanic or Latino")
    assert (said["Index"], said["Range of the index"], said["Gap, points"]) == ("0.57", "0.50–0.67", "−9.0")
    assert said["Could be hired or promoted"] == "21.0 % ± 3.0"
    assert "Cook County" in found.provenance.denominator
    assert found.chart


def test_unlike_jobs_are_added_up_each_with_its_own_share():
    roster = people(10, race="HISP", jobcat="1") + people(10, race="WHITE", jobcat="1") + people(30, race="HISP", jobcat="8")
    avail = [share("1", "HISP", 10), share("8", "HISP", 60)]
    found = row(say(roster=roster, avail=avail, setup=[SETUP])["HR1.rep_index"], "Hispanic or Latino")
    # (20 * 10 % + 30 * 60 %) / 50 = 40 %, not the mean of 10 and 60.
    assert found["Could be hired or promoted"] == "40.0 %"
    assert found["Index"] == "2.00"


def test_a_shaky_published_share_is_a_matter_of_data():
    roster = people(2, race="BLACK", jobcat="4") + people(28, race="WHITE", jobcat="4")
    found = say(roster=roster, avail=[share("4", "BLACK", 3, ext_moe=2.5)], setup=[SETUP])["HR1.rep_index"]
    assert [flag.flag for flag in found.flags] == [Flag.DATA_QUALITY]
    assert "Use a larger area" in found.flags[0].next_step


def test_a_whole_is_not_made_of_the_cells_that_happen_to_be_shown():
    roster = people(6, race="HISP", jobcat="4") + people(40, race="WHITE", jobcat="4") + people(20, race="WHITE", jobcat="8")
    measured = measure(roster=roster, avail=[share("4", "HISP", 20), share("8", "HISP", 20)], setup=[SETUP])
    table = measured.counts["staff.race_jobcat"]
    hidden = table.__class__(table.id, table.title, table.of, table.rows, table.columns, {**table.cells, ("HISP", "4"): None})
    whole = row(
        findings(measured.__class__({**measured.counts, table.id: hidden}, measured.statistics, (), measured.facts))[
            "HR1.rep_index"
        ],
        "Hispanic or Latino",
    )
    assert (whole["People"], whole["Of"]) == ("6", "66"), "all job groups are covered, so the group's own total is read"
    gone = {**hidden.cells, ("HISP", "TOTAL"): None}
    hidden = table.__class__(table.id, table.title, table.of, table.rows, table.columns, gone)
    found = HR1.present(measured.__class__({**measured.counts, table.id: hidden}, measured.statistics, (), measured.facts))
    assert next(one for one in found if one.id == "HR1.rep_index").table is None


def test_more_than_a_hundred_percent_and_repeated_rows_are_messages():
    model = next(one for one in HR1.tables if one.table.id == "hr1_avail")
    rows = [
        ("a", share("4", "HISP", 60.0)),
        ("b", share("4", "WHITE", 41.0)),
        ("c", share("4", "HISP", 60.0)),
        ("d", share("4", "F", 45.0)),
    ]
    texts = [message.text for message in model.check_all(rows)]
    assert "Row 3 repeats row 1" in texts[0]
    assert "add up to 101.0 %" in texts[1]
