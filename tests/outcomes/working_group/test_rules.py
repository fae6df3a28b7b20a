"""The rules of the group on one page: what was chosen, what was typed, and who reads which."""

from __future__ import annotations

import pytest

from equitybook.disclosure import Tier, release
from equitybook.flags import Flag
from tests.outcomes.working_group.group import IC1, example, measure, say

RULES = example()["ic1_group"][0]
TYPED = ("purpose", "sponsor_role", "reports_to", "norms", "conflict_process")


def found(**changes):
    return say(ic1_group=[{**RULES, **changes}])["IC1.rules"]


def test_the_example_reads_as_four_sentences_and_eleven_rows():
    page = found()
    assert page.sentence == (
        "The group recommends to the manager. It decides by consent and it meets every two weeks. "
        "The sponsor signed on 12 November 2026. The rules are looked at again on 15 May 2027."
    )
    rows = dict(page.table.rows)
    assert len(rows) == 11
    assert rows["What may it do?"] == "Recommends to manager"
    assert rows["Who sponsors it?"] == "Village manager"
    assert rows["Budget"] == "$2,500"
    assert rows["Signed by the sponsor on"] == "12 Nov 2026"
    assert page.flags == ()


def test_nothing_written_says_what_to_do():
    page = say()["IC1.rules"]
    assert page.empty == "Fill in the rules above, and they stand here on one page for your sponsor to sign."
    assert page.table is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"authority": "Advisory"}, "The group gives advice."),
        ({"authority": "Decides within budget"}, "The group decides within its budget."),
        ({"authority": "Decides policy"}, "The group decides policy."),
        ({"decision_rule": "Consensus"}, "It decides by consensus and it meets every two weeks."),
        ({"decision_rule": "Majority", "meets": None}, "It decides by majority."),
        ({"decision_rule": "Sponsor decides", "meets": "weekly"}, "Its sponsor has the last word and it meets every week."),
        ({"decision_rule": None, "meets": "monthly"}, "It meets every month."),
        ({"sponsor_signed_on": None}, "The sponsor has not signed yet."),
        ({"review_date": "2026-11-22"}, "The rules are looked at again on 22 November 2026."),
        ({"review_date": "2026-11-21"}, "The rules were to be looked at again on 21 November 2026; that day has passed."),
    ],
)
def test_each_choice_and_day_has_its_words(changes, said):
    assert said in found(**changes).sentence


def test_a_rule_that_is_needed_and_missing_is_named_and_has_a_dash():
    page = found(reports_to=None, review_date=None)
    assert dict(page.table.rows)["Who does it report to?"] == "—"
    [flag] = page.flags
    assert flag.flag is Flag.DATA_QUALITY
    assert flag.reason == "Not written down yet: “Who does it report to?” and “Look at these rules again on”."


def test_a_norm_alone_is_a_page_begun_and_an_unsigned_one():
    page = say(ic1_group=[{"norms": "Start on time"}])["IC1.rules"]
    assert page.sentence == "The sponsor has not signed yet."
    assert dict(page.table.rows)["How do you work together?"] == "Start on time"


def test_a_purpose_larger_than_the_authority_reaches_the_coach():
    [flag] = found(purpose="The group decides what changes", authority="Advisory").flags
    assert flag.reason.startswith("“What may it do?”: The purpose says “decides”, and the group only advises.")


def test_the_town_and_its_coach_read_every_rule():
    for tier in (Tier.T1, Tier.T2):
        [page] = [one for one in release(measure(**example()), IC1.present, tier).findings if one.id == "IC1.rules"]
        assert all(RULES[name].strip() in repr(page) for name in TYPED)


def test_the_public_reads_choices_and_days_and_no_sentence_anybody_typed():
    [page] = [one for one in release(measure(**example()), IC1.present, Tier.T3).findings if one.id == "IC1.rules"]
    assert page.sentence == found().sentence
    assert [label for label, _ in page.table.rows] == [
        "What may it do?",
        "How does it decide?",
        "How often does it meet?",
        "Signed by the sponsor on",
        "Budget",
        "Look at these rules again on",
    ]
    assert not [name for name in TYPED if RULES[name].strip() in repr(page)]
    assert page.flags == ()  # what is not shown is not called missing


def test_what_is_missing_is_said_to_everybody_alike():
    flags = [
        [
            one.flags
            for one in release(measure(ic1_group=[{"meets": "weekly"}]), IC1.present, tier).findings
            if one.id == "IC1.rules"
        ]
        for tier in Tier
    ]
    assert flags[0] == flags[1] == flags[2]
    assert "“What is the group for?”" in flags[0][0][0].reason
