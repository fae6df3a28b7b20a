from __future__ import annotations

import pytest

from equitybook.intake.census import pack, read_census, unpack
from equitybook.statistics.census import Estimate
from tests.intake.census.make_census import FIGURES, LINES, NBSP, TOWN, csv_a, csv_b, on_screen, packed, with_codes
from tests.intake.make_files import csv_of, zip_of

NAME_A = "ACSDT5Y2023.{}-Data.csv"
NAME_B = "ACSDT5Y2023.{}-2025-01-16T113140.csv"
RACES = ("003", "004", "005", "006", "007", "008", "009", "012")


def test_forty_block_groups_are_read_as_numbers_and_their_parts_sum_to_the_total(shared_data):
    file = shared_data / "census" / "ACSDT5Y2020.B03002-Data_first40_block_groups.csv"
    (table,) = read_census(file.read_bytes(), file.name)
    assert (table.table_id, table.vintage, table.source) == ("B03002", "2016-2020", "ACS 5-year 2016-2020, table B03002")
    assert len(table.geographies) == 40
    assert len({one.geo_id for one in table.geographies}) == 40
    assert table.messages == ()
    for place in table.geographies:
        assert place.geo_id.startswith("1500000US17031"), "the second row of headings is not a place"
        assert list(place.values) == [f"{number:03d}" for number in range(1, 22)]
        for figure in place.values.values():
            assert isinstance(figure.value, int)
            assert isinstance(figure.moe, int)
        assert sum(place.values[number].value for number in RACES) == place.values["001"].value
    last = table.geographies[-1]
    assert last.name == "Block Group 1, Census Tract 203.01, Cook County, Illinois"
    assert last.values["003"] == Estimate(1415, 408)


@pytest.mark.parametrize("table_id", LINES)
def test_both_layouts_of_one_table_give_the_same_figures(table_id):
    (with_ids,) = read_census(csv_a(table_id), NAME_A.format(table_id))
    (by_label,) = read_census(csv_b(table_id), NAME_B.format(table_id))
    assert with_ids.geographies[0].values == by_label.geographies[0].values
    assert (with_ids.source, with_ids.vintage) == (by_label.source, by_label.vintage)
    assert (with_ids.geographies[0].geo_id, by_label.geographies[0].geo_id) == ("1600000US1761000", TOWN)
    assert by_label.messages == ()


def test_the_same_label_under_two_headings_is_two_lines():
    (table,) = read_census(csv_b("B03002"), NAME_B.format("B03002"))
    values = table.geographies[0].values
    assert (values["003"].value, values["013"].value) == (9936, 1500)
    assert values["001"] == Estimate(18_400, 0, values["001"].note)
    assert "controlled" in values["001"].note


@pytest.mark.parametrize(
    ("line", "label"),
    [("005", "Spanish"), ("029", "Tagalog"), ("038", "Other and unspecified")],
)
def test_less_than_very_well_is_the_third_line_of_each_language(line, label):
    lines = LINES["C16001"]
    assert label in lines[int(line) - 3]
    assert "less than" in lines[int(line) - 1]
    assert "less than" not in lines[int(line) - 2], "037 is those who speak it very well"


def test_the_table_is_known_by_its_lines_when_the_file_was_renamed():
    (table,) = read_census(csv_b("C16001"), "languages of our town.csv")
    assert (table.table_id, table.vintage, table.source) == ("C16001", "", "ACS, table C16001")
    assert "which years the figures cover" in table.messages[0]
    (other,) = read_census(csv_b("C16001"), NAME_B.format("B03002"))
    assert other.table_id == "C16001"
    assert "is named B03002, but its lines are those of C16001" in other.messages[0]


def test_labels_that_lost_their_blanks_are_read_by_their_order():
    flat = on_screen("B18101", {TOWN: FIGURES["B18101"]}, indent="")
    (table,) = read_census(csv_of(flat, separator=";"), NAME_B.format("B18101"))
    assert table.geographies[0].values["007"].value == 100


def test_plain_blanks_and_tabs_do_as_well_as_the_ones_that_do_not_break():
    for indent in ("  ", "\t", NBSP):
        (table,) = read_census(csv_of(on_screen("B03002", {TOWN: FIGURES["B03002"]}, indent=indent)), "race.csv")
        assert table.table_id == "B03002"


def test_several_places_are_kept_in_both_layouts():
    places = {"Cook County, Illinois": FIGURES["B03002"], TOWN: FIGURES["B03002"], "Illinois": FIGURES["B03002"]}
    (by_label,) = read_census(csv_b("B03002", places), NAME_B.format("B03002"))
    assert [one.name for one in by_label.geographies] == list(places)
    (with_ids,) = read_census(csv_a("B03002", {(str(at), name): one for at, (name, one) in enumerate(places.items())}), "x.csv")
    assert [one.name for one in with_ids.geographies] == list(places)


def test_a_zip_of_three_tables_gives_three_with_the_years_of_their_notes():
    tables = read_census(packed("B03002", "C16001", "B18101", year=2022), "productDownload_2025.zip")
    assert [one.table_id for one in tables] == ["B03002", "C16001", "B18101"]
    assert {one.vintage for one in tables} == {"2018-2022"}


def test_a_zip_of_before_2022_with_its_other_names_is_read():
    stem = "ACSDT5Y2019.B03002_{}_2021-03-01T120000"
    parts = {
        f"{stem.format('data_with_overlays')}.csv": csv_a("B03002"),
        f"{stem.format('metadata')}.csv": "GEO_ID,id\nNAME,Geographic Area Name\n",
    }
    (table,) = read_census(zip_of(parts), "productDownload.zip")
    assert (table.table_id, table.vintage) == ("B03002", "2015-2019")


def test_other_tables_are_read_too():
    rows = [["GEO_ID", "NAME", "B17001_001E", "B17001_001M"], ["Geography", "Geographic Area Name", "Estimate!!Total:", "x"]]
    (poverty,) = read_census(csv_of([*rows, ["160", TOWN, "18100", "90"]]), "ACSDT1Y2023.B17001-Data.csv")
    assert (poverty.table_id, poverty.vintage, poverty.survey) == ("B17001", "2023", "ACS 1-year")
    screen = [
        ["Label (Grouping)", f"{TOWN}!!Estimate", f"{TOWN}!!Margin of Error"],
        ["Total:", "18,100", "±90"],
        ["    Male", "9", "±2"],
    ]
    (again,) = read_census(csv_of(screen), NAME_B.format("B17001"))
    assert again.geographies[0].values == {"001": Estimate(18_100, 90), "002": Estimate(9, 2)}


def test_a_file_without_the_row_of_labels_is_read_from_its_first_place():
    rows = with_codes("B03002", {("160", TOWN): FIGURES["B03002"]}, labels=False)
    (table,) = read_census(csv_of(rows), NAME_A.format("B03002"))
    assert len(table.geographies) == 1


def test_a_sign_in_the_column_of_notes_stands_for_the_number_beside_it():
    rows = [["NAME", "B03002_001E", "B03002_001EA", "B03002_001M", "B03002_001MA"], [TOWN, "18400", "null", "-555555555", "*****"]]
    (table,) = read_census(csv_of(rows), "x.csv")
    assert table.geographies[0].values["001"].moe == 0
    hidden = [rows[0], [TOWN, "0", "N", "0", "N"]]
    (table,) = read_census(csv_of(hidden), "x.csv")
    assert table.geographies[0].values["001"].value is None


def test_leading_zeros_of_a_place_stay():
    (table,) = read_census(csv_of([["GEO_ID", "NAME", "B03002_001E"], ["0107000", "Birmingham city, Alabama", "1"]]), "x.csv")
    assert table.geographies[0].geo_id == "0107000"
    assert "no margins of error" in table.messages[0]


def test_what_is_kept_is_read_again_as_it_was():
    tables = read_census(packed("B03002", "B18101"), "x.zip")
    assert unpack(pack(tables, "x.zip")) == ("x.zip", tables)
