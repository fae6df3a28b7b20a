from __future__ import annotations

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitybook.intake.census.symbols import read_estimate, read_margin


@pytest.mark.parametrize("text", ["-", "**", "***", "*****", "N", "(X)", "null", "", ".", "\xa0", "n/a", "<5", "abc", "12 34"])
def test_a_sign_is_never_a_number_of_people(text):
    number, note = read_estimate(text)
    assert number is None
    assert note


@pytest.mark.parametrize("text", ["-", "**", "***", "N", "(X)", "null", "", "-1", "±null"])
def test_a_sign_is_never_a_margin(text):
    number, note = read_margin(text)
    assert number is None
    assert note


@pytest.mark.parametrize("text", ["*****", "-555555555", "-555555555.0", "-555,555,555", "-5.55555555E8", " ***** "])
def test_five_stars_are_a_margin_of_zero(text):
    number, note = read_margin(text)
    assert number == 0
    assert "controlled" in note


@pytest.mark.parametrize("digit", "23456789")
@pytest.mark.parametrize("form", ["-{0}", "-{0}.0", "−{0}"])
def test_a_stand_in_of_nine_like_digits_is_no_number_in_any_spelling(digit, form):
    assert read_estimate(form.format(digit * 9))[0] is None


@pytest.mark.parametrize("text", ["2,500-", "250,000+", "350-"])
def test_an_open_ended_figure_is_not_read_as_negative(text):
    number, note = read_estimate(text)
    assert number is None
    assert "open end" in note


@pytest.mark.parametrize(("text", "number"), [("1,240", 1240), ("'1240", 1240), (" 0 ", 0), ("38.6", 38.6), ("1.24E3", 1240)])
def test_numbers_as_the_census_and_spreadsheets_write_them(text, number):
    assert read_estimate(text) == (number, "")


@pytest.mark.parametrize(("text", "number"), [("±310", 310), ("+/-1,310", 1310), ("± 22", 22), ("0", 0)])
def test_margins_with_and_without_their_sign(text, number):
    assert read_margin(text) == (number, "")


@given(st.integers(0, 400_000_000))
def test_every_count_is_read_back_with_and_without_commas(number):
    assert read_estimate(str(number))[0] == read_estimate(f"{number:,}")[0] == number
    assert read_margin(f"±{number:,}")[0] == number


@given(st.text(max_size=12))
def test_any_text_gives_a_number_or_a_reason_never_both_or_an_error(text):
    for number, note in (read_estimate(text), read_margin(text)):
        assert (number is None) <= bool(note)
        assert number is None or isfinite(number)
