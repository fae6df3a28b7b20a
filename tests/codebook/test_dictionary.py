from __future__ import annotations

from equitybook.codebook.dictionary import data_dictionary, kind_in_words
from equitybook.outcomes.human_resources.staff_statistics.tables import Availability, Grid, Roster

PAGE = data_dictionary([("HR1 · Staff statistics", [Grid.table, Roster.table])])


def test_every_column_of_every_table_has_a_line_with_what_to_write():
    assert "| People | `n` | A whole number (people), 0 or more | yes | 21 |  |" in PAGE
    for row in (Grid, Roster):
        assert f"(`{row.table.id}`)" in PAGE
        for column in row.table.columns:
            assert f"| {column.label} | `{column.name}` |" in PAGE


def test_each_list_of_codes_stands_once_and_lists_of_one_name_stay_apart():
    assert PAGE.count('<a id="list-race-or-ethnicity"></a>') == 1
    assert PAGE.count('<a id="list-employment-status-2"></a>') == PAGE.count("(#list-employment-status-2)") == 1
    assert PAGE.count("### Employment status") == len(
        {Grid.table.column("status").vocabulary, Roster.table.column("status").vocabulary}
    )
    assert "| `HISP` | Hispanic or Latino |" in PAGE


def test_examples_are_in_words_and_tables_keep_their_shape():
    assert "Protective Service Workers" in PAGE
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "`" in line]
    assert {line.replace("\\|", "").count("|") for line in rows} <= {7, 3}


def test_a_kind_is_said_in_plain_words():
    assert kind_in_words(Availability.table.column("ext_pct")) == "A percentage, 0 to 100 (%)"
    assert kind_in_words(Grid.table.column("sex")) == "One of the list: Female; Male; Non-binary; Unknown or declined"
    assert kind_in_words(Grid.table.column("department")) == "One of the list Department, or your own word"
    assert kind_in_words(Roster.table.column("annual_salary")) == "An amount in US dollars, 0 or more"
    assert kind_in_words(Availability.table.column("w_ext")) == "A number, from 0 to 1"
