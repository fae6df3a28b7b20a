"""Submissions: frozen, numbered, hashed, made once."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from equitybook.errors import StoreError
from equitybook.store.handle import DELETED, Edit


@pytest.fixture
def maria(store):
    handle = store.community("prairie-glen", author="maria")
    handle.write([Edit("hr1_setup", "one", "payroll_headcount", 112, 0, "k1"), Edit("notes", "a", "text", "Ñ", 0, "k2")])
    handle.write([Edit("notes", "gone", "text", "x", 0, "k3"), Edit("notes", "gone", DELETED, True, 0, "k4")])
    return handle


def test_a_submission_freezes_what_stands_and_later_edits_do_not_change_it(maria):
    made = maria.submit(2, tables=["notes", "hr1_setup"], note="First try")
    maria.write([Edit("notes", "a", "text", "later", 1, "k5")])
    (kept,) = maria.submissions(2)
    assert kept == made
    assert kept.answers == {
        "hr1_setup": [{"id": "one", "values": {"payroll_headcount": 112}}],
        "notes": [{"id": "a", "values": {"text": "Ñ"}}],
    }
    assert (kept.number, kept.author, kept.note, kept.seq, maria.last_seq()) == (1, "maria", "First try", 4, 5)


def test_the_hash_is_that_of_the_canonical_json_of_the_answers(maria):
    made = maria.submit(2, tables=["hr1_setup"])
    canonical = '{"hr1_setup":[{"id":"one","values":{"payroll_headcount":112}}]}'
    assert json.loads(canonical) == made.answers
    assert made.content_hash == hashlib.sha256(canonical.encode()).hexdigest()


def test_equal_answers_have_an_equal_hash_and_changed_ones_another(maria):
    first = maria.submit(2, tables=["notes", "hr1_setup"])
    again = maria.submit(2, tables=["hr1_setup", "notes", "notes"])
    maria.write([Edit("notes", "a", "text", "other", 1, "k5")])
    changed = maria.submit(2, tables=["notes", "hr1_setup"])
    assert first.content_hash == again.content_hash != changed.content_hash
    assert [one.number for one in maria.submissions(2)] == [1, 2, 3]


def test_each_cycle_and_community_counts_for_itself(store, maria):
    maria.submit(2, tables=["notes"])
    assert maria.submit(3, tables=["notes"]).number == 1
    other = store.community("oak-bluff", author="otis")
    assert other.submissions(2) == ()
    assert other.submit(2, tables=["notes"]).number == 1


def test_the_same_key_submits_once_even_when_sent_from_many_threads(maria):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: maria.submit(2, tables=["notes"], key="click"), range(8)))
    assert all(one == made[0] for one in made)
    assert maria.submissions(2) == (made[0],)


@pytest.mark.parametrize(
    "wrong", [{"tables": []}, {"tables": ["a\0"]}, {"tables": ["notes"], "note": "\0"}, {"tables": ["notes"], "key": "\n"}]
)
def test_what_cannot_be_kept_is_refused(maria, wrong):
    with pytest.raises(StoreError):
        maria.submit(2, **wrong)
    assert maria.submissions(2) == ()
