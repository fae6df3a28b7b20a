from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from equitybook.codebook import Message, Percent, Row, check_table, column
from equitybook.codebook.categories import RACE
from equitybook.outcomes.human_resources.staff_statistics.tables import Flow, Grid, Roster, Setup


class Pets(Row, id="test_pets", name="Pets", one_row="one kind of pet"):
    """Not of this house: for tests."""

    kind: str = column("Kind", required=True)
    n: int = column("People", unit="people", required=True, minimum=0)
    share: Percent = column("Share", minimum=0, maximum=100)
    race: Annotated[str, RACE] = column("Race or ethnicity")

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:
        """Dragons are counted by hand."""
        if row.get("kind") == "dragon":
            yield Message("Dragons are counted by hand.", field="n")
            yield Message("Look closer at this row.")

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Message]:
        """Ten at most."""
        if sum(values.get("n") or 0 for _, values in rows) > 10:
            yield Message("More than ten people in all.")


def texts(messages: tuple[Message, ...]) -> list[str]:
    return [one.text for one in messages]


def test_a_message_names_row_and_column_and_points_at_the_cell():
    records = [("a", {"kind": "cat", "n": 1}), ("b", {"kind": "dog", "n": 2}), ("c", {"kind": "owl", "n": "7.5"})]
    assert check_table(Pets.table, records) == (
        Message("Row 3, People: 7.5 is not a whole number of people. Write 7 or 8. Kept as typed.", row="c", field="n"),
    )


def test_required_cells_are_missed_only_on_rows_that_have_something():
    records = [("a", {}), ("b", {"kind": " ", "n": None}), ("c", {"kind": "owl"})]
    assert check_table(Pets.table, records) == (Message("Row 3, People: nothing entered yet.", row="c", field="n"),)


def test_what_a_row_and_a_table_say_about_themselves_is_passed_on_with_its_place():
    records = [("a", {"kind": "dragon", "n": 11})]
    assert texts(check_table(Pets.table, records)) == [
        "Row 1, People: Dragons are counted by hand.",
        "Row 1: Look closer at this row.",
        "More than ten people in all.",
    ]


def test_a_value_that_cannot_be_used_reaches_no_sum():
    assert check_table(Pets.table, [("a", {"kind": "cat", "n": "<12"})])[0].text.startswith(
        'Row 1, People: "<12" stands for a small number and is kept as not shown.'
    )
    assert len(check_table(Pets.table, [("a", {"kind": "cat", "n": -12}), ("b", {"kind": "cat", "n": 10})])) == 1


def test_a_share_below_one_is_asked_about_although_it_is_stored_as_a_number():
    messages = check_table(Pets.table, [("a", {"kind": "cat", "n": 1, "share": 0.24})])
    assert texts(messages) == ["Row 1, Share: 0.24 is less than one percent. If you mean 24 %, enter 24."]
    assert messages[0].suggestion == "24"


def test_beside_larger_ones_a_percentage_below_one_is_small_and_no_share():
    rows = [("a", {"kind": "cat", "n": 1, "share": 0.3}), ("b", {"kind": "cat", "n": 1, "share": 24})]
    assert check_table(Pets.table, rows) == (), (
        "half a percent of residents is a usual figure, and a step with a question never ends"
    )
    shares = [("a", {"kind": "cat", "n": 1, "share": 0.3}), ("b", {"kind": "cat", "n": 1, "share": 0.24})]
    assert [one.suggestion for one in check_table(Pets.table, shares)] == ["30", "24"]


def test_a_form_has_no_row_numbers():
    messages = check_table(
        Setup.table,
        [("one", {"snapshot_date": "13/2024", "payroll_headcount": 112, "benchmark_geography": "x", "benchmark_source": "y"})],
    )
    assert texts(messages) == ['Count staff as of: "13/2024" is not a date. Write it like 30 Jun 2026 or 6/30/2026. Kept as typed.']


def test_dates_reach_row_rules_as_dates():
    setup = {"period_start": "2026-07-01", "period_end": "6/30/2026"}
    assert (
        "Leavers and promotions to: The period ends (30 Jun 2026) before it starts (1 Jul 2026). Exchange the two dates or correct one."
        in texts(check_table(Setup.table, [("one", setup)]))
    )


def test_staff_counts_say_what_the_eeo4_form_refuses_and_what_is_counted_twice():
    row = {"department": "Police", "eeo_function": "14", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": 3}
    assert [(one.row, one.field) for one in check_table(Grid.table, [("a", row), ("b", row)])] == [
        ("a", "eeo_function"),
        ("b", "eeo_function"),
        ("b", ""),
    ]


def test_more_leavers_than_people_is_said_on_the_flow():
    row = {"period": "2025-26", "group": "HISP", "headcount_start": 2, "sep_vol": 4, "headcount_end": 0}
    assert "4 people left, but only 2 were there" in texts(check_table(Flow.table, [("a", row)]))[0]


def test_five_thousand_people_are_checked_in_a_second():
    row = {
        "department": "Police", "job_title": "Officer", "jobcat": "4", "status": "FT", "annual_salary": 50_000.0, "race": "WHITE",
        "sex": "M", "hire_date": "2014-03-10", "sep_date": None, "sep_type": "Rsigned", "grade": "P2",
    }  # fmt: skip
    records = [(f"r{number}", {"emp_key": f"k{number}", **row}) for number in range(5000)]
    best = min(_seconds(records) for _ in range(3))
    assert best < 1.0


def _seconds(records: list[tuple[str, dict[str, Any]]]) -> float:
    started = time.process_time()  # of this process only: the machine is shared
    assert len(check_table(Roster.table, records)) == 5_000
    return time.process_time() - started
