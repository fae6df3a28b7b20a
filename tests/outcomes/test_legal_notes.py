"""The law around each outcome: plain words, a date, and what to ask counsel (specification 0)."""

from __future__ import annotations

import datetime as dt

import pytest

from equitybook.outcomes import all_outcomes, outcome
from equitybook.outcomes.gate import self_check
from equitybook.report.fragments import sources_html

NOTES = {code: {note.id: note for note in one.guide.legal} for code, one in all_outcomes().items()}
REVOKED = dt.date(2025, 1, 21)
"""The day Executive Order 11246 was revoked."""


@pytest.mark.parametrize(
    ("code", "notes"),
    [
        (
            "HR1",
            "effect_in_illinois effect_federal four_fifths goals_are_no_quotas keep_staff_records file_eeo4 non_binary race_question",
        ),
        ("PM2", "targets_on_the_way effect_in_illinois"),
        ("CHARTER", "effect_in_illinois keep_staff_records language_access"),
        ("IC1", "effect_in_illinois"),
        ("PM1", "keep_staff_records simplified_record file_eeo4 race_question"),
    ],
)
def test_each_outcome_has_the_law_that_concerns_it(code, notes):
    assert set(notes.split()) <= set(NOTES[code])


@pytest.mark.parametrize("code", NOTES)
def test_every_note_has_its_source_and_its_day_and_nearly_every_one_a_question_for_counsel(code):
    for note in NOTES[code].values():
        assert note.source
        assert dt.date(2025, 1, 1) < note.as_of <= dt.date(2026, 11, 30)
        assert note.verify or note.id == "simplified_record"


@pytest.mark.parametrize("code", NOTES)
def test_the_law_is_told_calmly(code):
    said = " ".join(note.text + note.verify for note in NOTES[code].values()).lower()
    assert [word for word in ("violation", "violate", "compliant", "compliance", "illegal", "must ", "!") if word in said] == []


def test_what_rests_on_a_revoked_order_is_not_dated_before_its_revocation():
    dated = [(source.title, source.as_of) for one in all_outcomes().values() for source in one.guide.sources]
    dated += [(note.source, note.as_of) for notes in NOTES.values() for note in notes.values()]
    assert [title for title, as_of in dated if "41 CFR 60-2" in title and as_of < REVOKED] == []


def test_what_was_not_looked_up_is_said():
    hr = NOTES["HR1"]
    assert "not looked up" in hr["four_fifths"].verify
    assert "not looked up" in hr["non_binary"].verify
    assert "revoked in January 2025" in hr["goals_are_no_quotas"].text
    assert "no quotas, ceilings or floors" in hr["goals_are_no_quotas"].text


def test_a_small_town_reads_of_the_records_it_keeps_and_not_of_a_report_it_does_not_file():
    guide = outcome("HR1").guide
    small, large = sources_html(guide, 64), sources_html(guide, 112)
    assert "keeps them for three years" in small
    assert "EEO-4 report is also filed" not in small
    assert "EEO-4 report is also filed" in large
    assert "It is not legal advice; ask your counsel." in small


def test_the_workforce_is_done_when_what_was_found_is_put_into_words():
    guide = outcome("HR1").guide
    words = {"first_look_here": "Of 112 people 39 are women.", "first_look_hire": "Of 35, 5 are.", "first_look_stay": "35 left."}

    def done(said):
        lines = self_check(guide, {"hr1_words": [said]}, ())
        return next(line.done for line in lines if line.id == "findings_said")

    assert done(words)
    assert not done({**words, "first_look_hire": ""})
