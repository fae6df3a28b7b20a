from __future__ import annotations

import pytest

from equitybook.codebook.read_choice import plain
from equitybook.intake import codes
from equitybook.intake.roster import FORM
from equitybook.intake.wordlists import code_words


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Black or African American", "BLACK"),
        ("White", "WHITE"),
        ("W", "WHITE"),
        ("1 - White", "WHITE"),
        ("White (Not Hispanic or Latino)", "WHITE"),
        ("Hispanic/Latino", "HISP"),
        ("Hispanic or Latino of any race", "HISP"),
        ("American Indian or Alaskan Native", "AIAN"),
        ("Native Hawaiian or Other Pacific Islander (Not Hispanic or Latino)", "NHPI"),
        ("Two or More Races", "TWO"),
        ("Prefer not to say", "UNK"),
        ("N/A", "UNK"),
        ("", "UNK"),
    ],
)
def test_races_of_one_meaning_are_proposed(word: str, code: str):
    assert codes.read_race(word, ()) == codes.Meaning(code)


@pytest.mark.parametrize(
    "word",
    ["I", "S", "M", "H", "A", "O", "N", "P", "2+", "Others", "Other", "Indian", "Mixed", "7", "Klingon", "Not Hispanic or Latino"],
)
def test_races_of_several_meanings_are_asked_and_never_guessed(word: str):
    meaning = codes.read_race(word, ())
    assert meaning.ask
    assert meaning.code is None


def test_asian_or_pacific_islander_may_be_either_or_kept_as_one_group():
    assert codes.read_race("Asian/Pacific Islander", ()).likely == ("ASIAN", "NHPI", "ASIAN_PI")


def test_m_is_male_only_beside_words_that_leave_no_doubt():
    assert codes.read_sex("M", ("M", "F", "")) == codes.Meaning("M")
    assert codes.read_sex("M", ("M", "Female")) == codes.Meaning("M")
    for others in (("M",), ("M", "W"), ("M", "S"), ("M", "F", "1"), ("M", "")):
        assert codes.read_sex("M", others).ask


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Full Time", "FT"),
        ("Part Time 30", "OTFT"),
        ("Temporary", "SEASONAL"),
        ("PT", "OTFT"),
        ("Part-time 19 hrs", "OTFT"),
        ("", ""),
    ],
)
def test_kinds_of_employment_are_proposed(word: str, code: str):
    assert codes.read_status(word, ()) == codes.Meaning(code)


def test_one_letter_statuses_are_read_only_as_a_pair():
    assert codes.read_status("F", ("F", "P")) == codes.Meaning("FT")
    assert codes.read_status("P", ("P", "F", "")) == codes.Meaning("OTFT")
    assert codes.read_status("P", ("P", "F", "T")).ask
    assert codes.read_status("HFD Deferred Term", ()).ask


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Resigned", "VOLUNTARY"),
        ("Resignation - other employment", "VOLUNTARY"),
        ("Disability Retirement", "RETIREMENT"),
        ("Involuntary discharge", "INVOLUNTARY"),
        ("Laid off", "LAYOFF"),
        ("Reduction in force", "LAYOFF"),
        ("End of season", "END_OF_TERM"),
        ("Deceased", "DEATH"),
    ],
)
def test_reasons_for_leaving_are_proposed(word: str, code: str):
    assert codes.read_separation(word, ()) == codes.Meaning(code)


@pytest.mark.parametrize(
    "word", ["R", "Terminated", "Transfer", "Resigned in lieu of termination", "Retired/Resigned", "Not rehired", "X12"]
)
def test_reasons_of_two_kinds_or_none_are_asked(word: str):
    assert codes.read_separation(word, ()).ask


def test_the_likely_codes_come_first_and_every_code_is_offered():
    race = FORM.column("race")
    assert race is not None
    (choice,) = codes.choices(race, ["Indian", "indian "], codes.read_race, {})
    assert (choice.raw, choice.count) == ("Indian", 2)
    assert [code for code, _ in choice.options[:2]] == ["AIAN", "ASIAN"]
    assert {code for code, _ in choice.options} == set(race.vocabulary.labels)


def test_what_was_settled_last_time_is_proposed_for_the_same_word_only():
    race = FORM.column("race")
    assert race is not None
    made = {one.raw: one for one in codes.choices(race, ["O", "I"], codes.read_race, {"o": "OTHER", "I": "no such code"})}
    assert (made["O"].code, made["O"].ask) == ("OTHER", False)
    assert (made["I"].code, made["I"].ask) == (None, True)


@pytest.mark.parametrize("kind", ["race", "sex", "status", "separation", "active", "hispanic"])
def test_the_word_lists_name_only_codes_that_exist_and_texts_as_they_are_compared(kind: str):
    field = {"separation": "sep_type"}.get(kind, kind)
    column = FORM.column(field)
    assert column is not None
    known = set(column.vocabulary.labels)
    lists = code_words()[kind]
    assert set(lists["known"]) <= known
    assert set(lists.get("keywords", {})) <= known
    assert {code for likely in lists["asked"].values() for code in likely} <= known
    texts = [text for texts in lists["known"].values() for text in texts] + list(lists["asked"])
    assert [text for text in texts if not isinstance(text, str) or plain(text) != text] == []
    assert sorted(texts) == sorted(set(texts)), "a text stands in one place only"
