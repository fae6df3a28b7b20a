from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook.codebook import Column, Kind, Vocabulary, coerce
from equitybook.codebook.categories import DEPARTMENT, JOBCAT, RACE
from equitybook.codebook.coerce import typed

PEOPLE = Column("n", "People", Kind.WHOLE, unit="people", minimum=0, example=21)
PAY = Column("pay", "Yearly pay", Kind.MONEY, minimum=0, example=74_250)
LEDGER = Column("amount", "Amount", Kind.MONEY)
SHARE = Column("pct", "Share outside", Kind.PERCENT, unit="%", minimum=0, maximum=100)
MARGIN = Column("moe", "Margin of error", Kind.PERCENT, unit="points", minimum=0, maximum=100)
HIRED = Column("hired", "Hired on", Kind.DATE)
RACE_OF = Column("race", "Race or ethnicity", Kind.CHOICE, vocabulary=RACE)
JOB = Column("jobcat", "Job group", Kind.CHOICE, vocabulary=JOBCAT)
PLACE = Column("department", "Department", Kind.CHOICE, vocabulary=DEPARTMENT)
SEVERAL = Column("races", "Races", Kind.CHOICES, vocabulary=RACE)
OPEN = Column("open", "Competitive", Kind.YES_NO)
NOTE = Column("note", "Note", Kind.TEXT)
ALL = (PEOPLE, PAY, LEDGER, SHARE, MARGIN, HIRED, RACE_OF, JOB, PLACE, SEVERAL, OPEN, NOTE)


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        (PEOPLE, "1,200", 1200),
        (PEOPLE, " 12\u00a0", 12),
        (PEOPLE, 12.0, 12),
        (PEOPLE, "0", 0),
        (PAY, "$1,200.00", 1200.0),
        (PAY, "USD 1200", 1200.0),
        (PAY, "$74k", 74_000.0),
        (PAY, "1,200.00 DR", 1200.0),
        (LEDGER, "$1,200.00 CR", -1200.0),
        (LEDGER, "(350)", -350.0),
        (LEDGER, "350-", -350.0),
        (SHARE, "24%", 24.0),
        (SHARE, "24 percent", 24.0),
        (SHARE, "24 per cent", 24.0),
        (SHARE, 24, 24.0),
        (HIRED, "2014-03-10", "2014-03-10"),
        (HIRED, "3/10/2014", "2014-03-10"),
        (HIRED, "03-10-2014", "2014-03-10"),
        (HIRED, "2014-03-10T08:30:00", "2014-03-10"),
        (HIRED, "3/10/2014 12:00 AM", "2014-03-10"),
        (HIRED, "Monday, March 10, 2014", "2014-03-10"),
        (HIRED, "10 Mar 2014", "2014-03-10"),
        (HIRED, "20140310", "2014-03-10"),
        (HIRED, dt.datetime(2014, 3, 10, 8, 30), "2014-03-10"),  # noqa: DTZ001 - as spreadsheets hold it
        (RACE_OF, "white", "WHITE"),
        (RACE_OF, "BLACK or african-american", "BLACK"),
        (JOB, 4, "4"),
        (JOB, "04", "4"),
        (JOB, "4 – Protective Service Workers", "4"),
        (PLACE, "police", "Police"),
        (PLACE, "Harbor patrol", "Harbor patrol"),
        (SEVERAL, "White; Asian", ["WHITE", "ASIAN"]),
        (SEVERAL, ["WHITE", "WHITE"], ["WHITE"]),
        (OPEN, "Yes", True),
        (OPEN, 0, False),
        (NOTE, 12.0, "12"),
        (NOTE, "  a  ", "a"),
    ],
)
def test_what_people_usually_write_is_read_without_a_word(column: Column, raw: Any, value: Any):
    read = coerce(column, raw)
    assert read.value == value
    assert type(read.value) is type(value)
    assert (read.message, read.usable, read.hidden) == ("", True, False)


@pytest.mark.parametrize(
    ("column", "raw", "sentence"),
    [
        (PEOPLE, "7.5", "7.5 is not a whole number of people. Write 7 or 8. Kept as typed."),
        (PEOPLE, "-1.5", "-1.5 is not a whole number of people. Write -2 or -1. Kept as typed."),
        (PEOPLE, "seven", '"seven" is not a whole number. Write digits, for example 21. Kept as typed.'),
        (PEOPLE, "1,20", '"1,20" is not a whole number. Write digits, for example 21. Kept as typed.'),
        (PEOPLE, "#REF!", "#REF! is an error in the spreadsheet, not a value. Type the value itself. Kept as typed."),
        (PAY, "€1,200", '"€1,200" is not in US dollars. Write the amount in dollars. Kept as typed.'),
        (PAY, "$22.50/hr", '"$22.50/hr" is a rate by the hour. Write the amount for a year. Kept as typed.'),
        (HIRED, "13/2024", '"13/2024" is not a date. Write it like 30 Jun 2026 or 6/30/2026. Kept as typed.'),
        (HIRED, "2/30/2024", '"2/30/2024" is not a date. Write it like 30 Jun 2026 or 6/30/2026. Kept as typed.'),
        (HIRED, "Mar-14", '"Mar-14" is not a date. Write it like 30 Jun 2026 or 6/30/2026. Kept as typed.'),
        (HIRED, 2014, "2014 is not a date. Write it like 30 Jun 2026 or 6/30/2026. Kept as typed."),
        (RACE_OF, "Asain", '"Asain" is not in the list Race or ethnicity. Did you mean Asian? Kept as typed.'),
        (JOB, "99", '"99" is not in the list Job group. Choose one from the list. Kept as typed.'),
        (OPEN, "maybe", '"maybe" is neither yes nor no. Write yes or no. Kept as typed.'),
        (SEVERAL, "White; Purple", '"Purple" is not in the list Race or ethnicity. Choose one from the list. Kept as typed.'),
    ],
)
def test_what_cannot_be_read_is_kept_as_typed_with_what_would_be_right(column: Column, raw: Any, sentence: str):
    read = coerce(column, raw)
    assert read.value == raw
    assert read.message == sentence
    assert not read.usable
    assert typed(column, raw) is None


@pytest.mark.parametrize(("raw", "code"), [("Asain", "ASIAN"), ("WHIT", "WHITE"), ("99 bottles", None)])
def test_what_was_probably_meant_comes_with_its_code_and_is_not_put_in_by_itself(raw: str, code: str | None):
    read = coerce(RACE_OF, raw)
    assert (read.value, read.suggestion, read.usable) == (raw, code, False)


def test_a_day_before_its_month_is_hinted_at_and_never_turned_round():
    read = coerce(HIRED, "13/5/2024")
    assert read.value == "13/5/2024"
    assert "If the day comes first, it is 13 May 2024." in read.message
    assert "If the day comes first" not in coerce(HIRED, "31/2/2024").message, "there is no 31 February"


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("30 Jun 2026", "2026-06-30"),
        ("6/30/2026", "2026-06-30"),
        ("3/4/2026", "2026-03-04"),
        ("June 30, 2026", "2026-06-30"),
        ("2026-06-30", "2026-06-30"),
    ],
)
def test_a_day_is_read_the_ways_its_message_asks_for_month_first(raw: str, date: str):
    read = coerce(HIRED, raw)
    assert (read.value, read.message) == (date, "")


def test_a_number_outside_its_range_is_kept_as_a_number_and_not_used():
    credit = coerce(PAY, "$1,200.00 CR")
    assert (credit.value, credit.usable) == (-1200.0, False)
    assert credit.message == '"$1,200.00 CR" means -1,200, which is below 0, the least this can be. Kept as typed.'
    assert coerce(SHARE, 120).message == "120 is above 100, the most this can be. Kept as typed."


def test_a_share_typed_into_a_percentage_is_asked_about_but_small_margins_are_not():
    assert coerce(SHARE, "0.24").value == 0.24
    assert coerce(SHARE, "0.24").message == "0.24 is less than one percent. If you mean 24 %, enter 24."
    assert coerce(MARGIN, "0.24").message == ""


@pytest.mark.parametrize("raw", ["<5", "< 11", "fewer than 5", "*", "suppressed"])
def test_a_count_its_source_hides_is_kept_and_is_never_zero(raw: str):
    read = coerce(PEOPLE, raw)
    assert (read.value, read.hidden, read.usable) == (raw, True, False)
    assert "it is not 0" in read.message
    assert typed(PEOPLE, raw) is None


@pytest.mark.parametrize("raw", ["N/A", "-", "—", "none", "#N/A"])
@pytest.mark.parametrize("column", [PEOPLE, PAY, SHARE, HIRED, RACE_OF, OPEN])
def test_words_for_nothing_become_empty_and_say_so(column: Column, raw: str):
    assert coerce(column, raw).value is None
    assert coerce(column, raw).message == f'"{raw}" is read as empty.'


@pytest.mark.parametrize("column", ALL)
@pytest.mark.parametrize("raw", [None, "", "   ", "\u00a0", [], float("nan")])
def test_nothing_typed_is_nothing_stored(column: Column, raw: Any):
    assert coerce(column, raw).value is None
    assert coerce(column, raw).message == ""


@pytest.mark.parametrize(
    ("raw", "date", "words"),
    [
        (45200, "2023-10-01", "1 Oct 2023"),
        ("45200", "2023-10-01", "1 Oct 2023"),
        ("3/10/14", "2014-03-10", "10 Mar 2014"),
        ("3/10/71", "1971-03-10", "10 Mar 1971"),
    ],
)
def test_a_guessed_century_or_serial_number_is_said(raw: Any, date: str, words: str):
    read = coerce(HIRED, raw)
    assert read.value == date
    assert f"is read as {words}." in read.message


def test_a_word_that_two_codes_share_stands_for_neither():
    doubled = Column("x", "X", Kind.CHOICE, vocabulary=Vocabulary("Doubled", {"A": "Same", "B": "Same"}))
    assert not coerce(doubled, "same").usable


_ANYTHING = st.one_of(
    st.text(max_size=40),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.lists(st.text(max_size=8), max_size=4),
)


@pytest.mark.parametrize("column", ALL, ids=lambda column: column.name)
@given(raw=_ANYTHING)
def test_any_value_at_all_is_stored_as_json_and_reads_back_the_same(column: Column, raw: Any):
    once = coerce(column, raw)
    kept = json.loads(json.dumps(once.value, allow_nan=False))
    again = coerce(column, kept)
    assert again.value == once.value
    assert again.usable == once.usable


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_date_survives_iso_and_american_writing(date: dt.date):
    assert coerce(HIRED, date.isoformat()).value == date.isoformat()
    assert coerce(HIRED, f"{date.month}/{date.day}/{date.year}").value == date.isoformat()


@given(st.integers(min_value=0, max_value=2**52))
def test_every_count_survives_thousands_separators(count: int):
    assert coerce(PEOPLE, f"{count:,}").value == count
