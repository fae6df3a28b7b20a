from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook.errors import DataError
from equitybook.intake import census
from equitybook.intake.census.places import is_town
from equitybook.statistics.census import Estimate, moe_of_sum
from tests.intake.census.make_census import FIGURES, TOWN, csv_a, csv_b, packed
from tests.intake.make_files import csv_of

NAME = "ACSDT5Y2023.{}-Data.csv"


def _rows(table_id: str, town: str = "Prairie Glen"):
    found = census.propose(csv_a(table_id), NAME.format(table_id), town)
    return census.rows(found.kept, found.proposal.mapping, town)


def test_race_gives_the_total_and_eight_groups_that_add_up_to_it():
    made = _rows("B03002")
    assert [row["group"] for row in made.rows] == ["TOTAL", "WHITE", "BLACK", "AIAN", "ASIAN", "NHPI", "SOR", "TWO", "HISP"]
    assert [row["estimate"] for row in made.rows] == [18_400, 9936, 2024, 0, 1288, 0, 184, 552, 4416]
    assert sum(row["estimate"] for row in made.rows[1:]) == 18_400
    assert made.rows[6] == {
        "topic": "RACE",
        "group": "SOR",
        "label": "Some other race",
        "estimate": 184,
        "moe": 95.0,
        "geography": TOWN,
        "source": "ACS 5-year 2019-2023, table B03002",
    }
    assert made.rows[0]["moe"] == 0.0
    assert made.notes == ()


def test_language_counts_those_who_speak_english_less_than_very_well():
    made = _rows("C16001")
    found = {row["group"]: (row["estimate"], row["moe"]) for row in made.rows}
    assert found["TOTAL"] == (17_250, 60.0)
    assert found["SPANISH"] == (1020, 260.0)
    assert found["SLAVIC"] == (310, 140.0)
    assert found["CHINESE"] == (60, 55.0)
    assert found["TAGALOG"] == (25, 30.0), "029 is easily left out"
    assert found["OTHER"] == (15, 20.0), "038, not 037 with its 30 who speak it very well"
    assert len(made.rows) == 13
    assert sum(estimate for group, (estimate, _) in found.items() if group != "TOTAL") == 1430
    assert "less than very well" in made.notes[0]


def test_disability_is_the_sum_of_twelve_lines_with_its_margin():
    made = _rows("B18101")
    total, with_disability = made.rows
    assert (total["estimate"], with_disability["estimate"]) == (12_000, 1000)
    # Ten margins of 30, and of the two zeros one margin of 22: sqrt(10 x 900 + 484).
    assert with_disability["moe"] == pytest.approx(97.386, abs=5e-4)
    assert with_disability["moe"] == moe_of_sum([(100, 30)] * 10 + [(0, 22)] * 2)


def test_one_file_of_three_tables_gives_all_rows_at_once():
    found = census.propose(packed("B03002", "C16001", "B18101"), "productDownload.zip", "Prairie Glen")
    made = census.rows(found.kept, {}, "Prairie Glen")
    assert made.counts == {"topic": {"RACE": 9, "LANGUAGE": 13, "DISABILITY": 2}}
    assert {row["geography"] for row in made.rows} == {TOWN}
    assert found.proposal.rows == 24


def test_a_figure_that_is_not_published_keeps_its_row_and_says_why():
    figures = [*FIGURES["B18101"]]
    figures[6] = ("-", "**")
    found = census.propose(csv_a("B18101", {("160", TOWN): figures}), NAME.format("B18101"), "Prairie Glen")
    made = census.rows(found.kept, {}, "Prairie Glen")
    assert (made.rows[1]["estimate"], made.rows[1]["moe"]) == (None, None)
    assert made.blanks == {"estimate": 1, "moe": 1}
    assert made.notes == (f"With a disability has no figure for {TOWN}: one of the figures is not published.",)


def test_a_margin_that_is_not_published_is_not_zero():
    figures = [*FIGURES["B03002"]]
    figures[7] = ("184", "**")
    found = census.propose(csv_b("B03002", {TOWN: figures}), NAME.format("B03002"), "Prairie Glen")
    made = census.rows(found.kept, {}, "Prairie Glen")
    assert (made.rows[6]["estimate"], made.rows[6]["moe"]) == (184, None)
    assert "Some other race has no margin of error" in made.notes[0]


def test_a_negative_count_is_nothing_and_never_people():
    figures = [*FIGURES["B03002"]]
    figures[7] = ("-184", "±95")
    found = census.propose(csv_a("B03002", {("160", TOWN): figures}), "x.csv", "Prairie Glen")
    assert census.rows(found.kept, {}, "Prairie Glen").rows[6]["estimate"] is None


@pytest.mark.parametrize(
    ("line", "said"), [(7, 'Line 002 of B03002, "Not Hispanic or Latino",'), (0, 'Line 001 of B03002, "Total",')]
)
def test_parts_that_do_not_add_up_are_pointed_out(line, said):
    figures = [*FIGURES["B03002"]]
    figures[line] = ("1,184", "±95")
    found = census.propose(csv_a("B03002", {("160", TOWN): figures}), NAME.format("B03002"), "Prairie Glen")
    assert any(text.startswith(said) and "its parts add up to" in text for text in found.proposal.problems)


def test_eight_groups_are_checked_even_where_the_headings_between_were_deleted():
    lines = (1, 3, 4, 5, 6, 7, 8, 9, 12)
    header = ["GEO_ID", "NAME", *(f"B03002_{line:03d}{kind}" for line in lines for kind in "EM")]
    cells = [cell.replace(",", "").lstrip("±") for line in lines for cell in FIGURES["B03002"][line - 1]]
    right = census.propose(csv_of([header, ["160", TOWN, *cells]]), "x.csv", "Prairie Glen")
    assert right.proposal.problems == ()
    cells[2] = "9000"
    wrong = census.propose(csv_of([header, ["160", TOWN, *cells]]), "x.csv", "Prairie Glen")
    assert wrong.proposal.problems[0].startswith("The total is 18,400")


def test_a_line_left_out_of_the_file_is_said_and_not_zero():
    found = census.propose(b"NAME,B03002_001E,B03002_001M\nPrairie Glen village,18400,0\n", "x.csv", "Prairie Glen")
    made = census.rows(found.kept, {}, "Prairie Glen")
    assert [row["estimate"] for row in made.rows] == [18_400] + [None] * 8
    assert "Some other race has no figure for Prairie Glen village: the line is not in the file." in made.notes


def test_a_file_about_another_place_asks_before_it_is_used():
    content = csv_b("B03002", {"Cook County, Illinois": FIGURES["B03002"]})
    found = census.propose(content, NAME.format("B03002"), "Prairie Glen")
    (question,) = found.proposal.questions
    assert question.text == "The file is about Cook County, Illinois, your town is Prairie Glen. Use it?"
    assert (question.answer, found.chosen, found.proposal.preview) == (None, None, ())
    with pytest.raises(DataError, match="please settle: whether the figures of Cook County, Illinois are to be used"):
        census.rows(found.kept, {}, "Prairie Glen")
    made = census.rows(found.kept, {"answers": {question.id: "use"}}, "Prairie Glen")
    assert made.rows[0]["geography"] == "Cook County, Illinois"
    assert made.notes[0] == "These are figures of Cook County, Illinois, not of Prairie Glen."
    with pytest.raises(DataError, match="not to be used, so there is nothing to read in"):
        census.rows(found.kept, {"answers": {question.id: "leave"}}, "Prairie Glen")


def test_of_several_places_the_town_is_proposed_and_another_can_be_chosen():
    places = {"Illinois": FIGURES["B03002"], "Cook County, Illinois": FIGURES["B03002"], TOWN: FIGURES["B03002"]}
    found = census.propose(csv_b("B03002", places), NAME.format("B03002"), "Prairie Glen")
    assert found.chosen == TOWN
    assert found.proposal.open == ()
    (question,) = found.proposal.questions
    assert [code for code, _ in question.options] == [TOWN, "Illinois", "Cook County, Illinois"]
    again = census.propose_again(found.kept, "Prairie Glen", {"answers": {question.id: "Illinois"}})
    assert again.chosen == "Illinois"
    assert again.proposal.problems == ("These are figures of Illinois, not of Prairie Glen.",)


def test_two_places_of_one_name_are_asked_about_and_neither_is_chosen():
    places = {"Springfield city, Illinois": FIGURES["B03002"], "Springfield township, Illinois": FIGURES["B03002"]}
    found = census.propose(csv_b("B03002", places), NAME.format("B03002"), "Springfield")
    assert found.chosen is None
    assert (
        found.proposal.questions[0].text
        == "The file holds 2 places. 2 of them have the name Springfield. Whose figures are to be used?"
    )
    assert found.proposal.open == ("which of the 2 places in the file is to be used",)


def test_a_choice_of_before_that_no_longer_fits_is_passed_over():
    found = census.propose(
        csv_a("B03002"), "x.csv", "Prairie Glen", remembered={"answers": {"geography": "gone"}, "columns": {"x": None}}
    )
    assert found.chosen == "1600000US1761000"
    assert census.propose(csv_a("B03002"), "x.csv", "Prairie Glen", remembered=["nonsense"]).chosen is not None


def test_years_and_places_other_than_those_in_the_benchmark_are_pointed_out():
    already = [
        {"topic": "LANGUAGE", "source": "ACS 5-year 2018–2022, table C16001", "geography": "Cook County, Illinois"},
        {"topic": "RACE", "source": "ACS 5-year 2010-2014, table B03002", "geography": TOWN},
        {"topic": None, "source": None},
    ]
    found = census.propose(csv_a("B03002"), NAME.format("B03002"), "Prairie Glen", already=already)
    assert found.proposal.problems == (
        "The figures on language are of 2018-2022, these on race and ethnicity of 2019-2023. Take both from the same years.",
        f"The figures on language are of Cook County, Illinois, these on race and ethnicity of {TOWN}. Is that meant?",
    )


def test_a_table_the_benchmark_does_not_use_is_refused_with_those_it_does():
    content = b"NAME,B17001_001E,B17001_001M\nPrairie Glen village,18100,90\n"
    with pytest.raises(DataError, match=r"This is table B17001, .* B03002 \(race and ethnicity\), C16001 \(language\), B18101"):
        census.propose(content, "x.csv", "Prairie Glen")


def test_the_proposal_is_json_with_everything_a_page_shows():
    found = census.propose(packed("B03002", "C16001"), "productDownload.zip", "Prairie Glen")
    said = json.loads(json.dumps(found.json()))
    assert said["table"] == "benchmark"
    assert said["chosen"] == "1600000US1761000"
    assert said["geographies"] == [{"id": "1600000US1761000", "name": TOWN}]
    assert said["tables"][0] == {
        "id": "B03002",
        "topic": "RACE",
        "vintage": "2019-2023",
        "source": "ACS 5-year 2019-2023, table B03002",
    }
    assert said["preview"][1] == {"group": "WHITE", "label": "White", "estimate": "9,936", "moe": "±395", "geography": TOWN}
    assert said["preview"][0]["moe"] == "0 (controlled)"
    assert said["mapping"] == {"columns": {}, "codes": {}, "answers": {}}


def test_forty_real_block_groups_all_have_eight_groups_that_partition_them(shared_data):
    file = shared_data / "census" / "ACSDT5Y2020.B03002-Data_first40_block_groups.csv"
    found = census.propose(file.read_bytes(), file.name, "Evanston")
    (question,) = found.proposal.questions
    assert len(question.options) == 40
    assert question.answer is None
    for geo_id, name in question.options:
        made = census.rows(found.kept, {"answers": {"geography": geo_id}}, "Evanston")
        assert sum(row["estimate"] for row in made.rows[1:]) == made.rows[0]["estimate"]
        assert made.notes == (f"These are figures of {name}, not of Evanston.",)


@pytest.mark.parametrize(
    ("name", "town", "same"),
    [
        (TOWN, "Prairie Glen", True),
        (TOWN, "Village of Prairie Glen", True),
        (TOWN, "PRAIRIE GLEN", True),
        (TOWN, "Prairie Glen, Illinois", True),
        ("Prairie Glen village; Cook County; Illinois", "Prairie Glen", True),
        ("Calumet City city, Illinois", "Calumet City", True),
        ("St. Charles city, Illinois", "Saint Charles", True),
        ("O'Fallon city, Illinois", "O'Fallon", True),
        ("Prairie Glen village, Wisconsin", "Prairie Glen, Illinois", False),
        ("Prairie Grove village, Illinois", "Prairie Glen", False),
        ("Cook County, Illinois", "Prairie Glen", False),
        ("Calumet Park village, Illinois", "Calumet City", False),
        ("Block Group 1, Census Tract 203.01, Cook County, Illinois", "Prairie Glen", False),
        (TOWN, "", False),
    ],
)
def test_a_census_name_is_the_town_or_is_not(name, town, same):
    assert is_town(name, town) is same


@given(st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 999)), min_size=8, max_size=8))
def test_whatever_the_figures_the_eight_groups_keep_their_margins_and_their_sum(pairs):
    lines = (3, 4, 5, 6, 7, 8, 9, 12)
    header = ["NAME", "B03002_001E", "B03002_001M", *(f"B03002_{line:03d}{kind}" for line in lines for kind in "EM")]
    cells = [TOWN, sum(value for value, _ in pairs), 0, *(number for pair in pairs for number in pair)]
    (table,) = census.read_census(csv_of([header, cells]), "x.csv")
    place = table.geographies[0]
    assert [place.values[f"{line:03d}"] for line in lines] == [Estimate(value, moe) for value, moe in pairs]
    assert census.remarks(table, place) == ()
    assert sum(row["estimate"] for row in census.benchmark_rows(table, place)[1:]) == cells[1]
