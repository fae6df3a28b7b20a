"""One sentence: what ends one, and what only looks like an end."""

from __future__ import annotations

import pytest

from equitybook.charter.sentences import is_one_sentence
from equitybook.charter.tables import Evidence
from equitybook.codebook.check import check_table


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Applications in Spanish are sent back twice as often.",
        "People wait 3.5 days longer",
        "Applicants near St. Mary's wait twice as long (e.g. 31 against 18 days).",
        "U.S. Census figures show 8.1 percent.",
        "Of 46 files, 12 were returned, i.e. Spanish ones.",
        "No. 5 on the list takes approx. 30 days vs. 18 elsewhere.",
        "It is open until 5 p.m. Spanish speakers come later.",
        "They were told “come back tomorrow.”",
        "Forms (incl. the fee sheet) are in English only; incomplete ones go back.",
        "In Oct. 2025 half waited longer than\na month.",
        "Is it the form?",
    ],
)
def test_a_point_after_an_abbreviation_or_in_a_number_ends_no_sentence(text):
    assert is_one_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "They wait. We know why.",
        "They wait! And they leave.",
        "Half waited in 2025. 12 of 46 files were returned.",
        "It takes 3.5. Elsewhere it takes two.",
        "They said no. We asked again.",
        "They were told “no.” We asked again.",
        "Is it the form? Nobody asked.",
        "They wait\nThey leave",
        "They wait… Nobody calls.",
    ],
)
def test_what_follows_an_end_is_another_sentence(text):
    assert not is_one_sentence(text)


def test_two_sentences_of_evidence_are_kept_and_marked():
    row = {"evidence_id": "C1-PM1-001", "statement": "They wait. We know why.", "confidence": "low", "created_on": "2026-12-10"}
    assert any("more than one sentence" in one.text for one in check_table(Evidence.table, [("a", row)]))
    assert check_table(Evidence.table, [("a", {**row, "statement": "They wait, e.g. at St. Mary's."})]) == ()
