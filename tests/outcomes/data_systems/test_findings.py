"""What the page says: with nothing entered, with all of it, and what is left of it outside the town."""

from __future__ import annotations

import pytest

from equitybook.disclosure import Tier, release
from equitybook.flags import Flag
from equitybook.outcomes.performance_management.data_systems import OUTCOME
from tests.outcomes.data_systems.inventory_of import core, data_set, everything_said, field, findings, measure, request, say

SECRETS = ("Secret name", "Secret department", "Secret role", "Secret measure", "Secret request", "Secret vendor", "Secret promise")
WHOLE = {
    "datasets": [
        data_set(
            "D1", 100, name="Secret name", department="Secret department", steward_role="Secret role", collection_method="IMPUTED"
        ),
        data_set("D2", 0, steward_role=None),
    ],
    "fields": [*core("D1", 80, 80, 80, 80, 80), field("D2", "language", n_asked=4, n_usable=0)],
    "requests": [request(what="Secret request", who_role="Secret vendor", expected_on="2026-11-10")],
    "notice": [{"purpose": "Secret promise"}],
    "measures": [
        {"measure_id": "M1", "name": "Secret measure", "dataset_id": "D1"},
        {"measure_id": "M2", "name": "Secret measure"},
    ],
    "profile": [{"departments": ["Secret department", "Finance"], "employees_total": 112}],
}


def test_empty_tables_say_what_to_do():
    found = say()
    assert set(found) == {"inventory", "heat_map", "measure_link", "requests", "notice"}
    assert all(one.empty and not one.table for one in found.values())
    assert "Say above which fields are asked" in say(datasets=[data_set()])["heat_map"].empty


def test_the_heat_map_says_every_number_in_words_and_in_the_table():
    found = say(**WHOLE)["heat_map"]
    assert found.sentence == (
        "Of 2 data sets, 1 is ready for results by group, over race, sex, address, language and disability together. 1 cannot be scored yet."
    )
    assert found.chart is not None
    assert "0.80 ready · Secret name (D1): Race 80 %, Sex 80 %, Age not filled in, Disability 80 %" in found.chart.alt
    assert "no records · Log D2 (D2): Race" in found.chart.alt
    assert found.table is not None
    row = dict(zip(found.table.columns, found.table.rows[0], strict=True))
    assert (row["Records"], row["Score"], row["Class"], row["Language"]) == ("100", "0.80", "ready", "80 % (100 %)")
    assert dict(zip(found.table.columns, found.table.rows[1], strict=True))["Score"] == "—"


def test_without_records_no_share_is_said_to_be_nought():
    found = say(datasets=[data_set(records=0)], fields=core("D1", 0, 0, 0, 0, 0, asked=0))["heat_map"]
    assert found.table is not None
    assert "0 %" not in found.table.rows[0]
    assert found.table.rows[0][2:4] == ("—", "no records")


def test_fields_asked_nowhere_are_named():
    found = say(datasets=[data_set()], fields=[*core("D1", 90, 90, None, None, None), field("D1", "income", asked=False)])[
        "heat_map"
    ]
    assert found.sentence.endswith("None asks for neighborhood or address or language or disability.")
    assert found.table is not None
    assert "Income" not in found.table.columns
    assert "Asked nowhere: disability, language, neighborhood or address and income." in found.table.notes


@pytest.mark.parametrize(
    ("method", "noticed"), [("STAFF_OBSERVED", True), ("IMPUTED", True), ("SELF_REPORT", False), ("THIRD_PARTY", False)]
)
def test_observed_and_imputed_race_is_noticed(method: str, *, noticed: bool):
    datasets = [data_set(collection_method=method)]
    found = say(datasets=datasets, fields=core("D1", 90, 90, 90, 90, 90))["heat_map"]
    assert any("not what people said of themselves" in one for one in found.notices) is noticed
    assert not any("themselves" in one for one in say(datasets=datasets, fields=core("D1", None, 9, 9, 9, 9))["heat_map"].notices)


def test_a_data_set_without_a_steward_is_flagged():
    found = say(datasets=[data_set(), data_set("D2", steward_role=None)])["inventory"]
    assert [(flag.flag, flag.reason) for flag in found.flags] == [(Flag.DATA_QUALITY, "Nobody answers for “Log D2 (D2)” yet.")]


@pytest.mark.parametrize(
    ("staff", "kept", "simple", "filed"),
    [
        (14, False, False, False),
        (15, True, True, False),
        (99, True, True, False),
        (100, True, True, True),
        (101, True, False, True),
    ],
)
def test_rules_on_staff_records_fit_the_size_of_the_town(staff: int, kept: bool, simple: bool, filed: bool):
    said = " ".join(say(datasets=[data_set()], profile=[{"employees_total": staff}])["inventory"].notices)
    assert ("kept for two" in said) is kept
    assert ("simplified yearly record" in said) is simple
    assert ("report is also filed" in said) is filed
    assert ("not legal advice" in said) is kept
    assert ("as of 27 January 2025" in said) is kept


def test_an_unknown_size_is_asked_for():
    assert any("Enter the number of staff" in one for one in say(datasets=[data_set()])["inventory"].notices)


def test_the_notice_becomes_one_paragraph():
    parts = {"purpose": "To see who waits", "voluntary": "You may say no.", "who_sees": "The clerk", "kept": "One year"}
    found = say(notice=[parts])["notice"]
    assert found.sentence == "To see who waits. You may say no. The clerk. One year."
    assert not found.flags
    part = say(notice=[{"purpose": "To see who waits."}])["notice"]
    assert (
        part.flags[0].reason
        == "The notice does not say yet whether people must answer, who sees the answers and how long they are kept."
    )


def test_the_town_and_its_coach_read_their_own_words():
    for tier in (Tier.T1, Tier.T2):
        released = release(measure(**WHOLE), OUTCOME.present, tier)
        said = everything_said({one.id: one for one in released.findings})
        assert all(secret in said for secret in SECRETS)


def test_a_wider_circle_reads_numbers_and_no_words_of_the_town():
    released = release(measure(**WHOLE), OUTCOME.present, Tier.T3)
    said = everything_said({one.id: one for one in released.findings})
    assert not [secret for secret in SECRETS if secret in said]
    assert "0.80 ready · Data set 1" in said
    assert "Measure 1 · Data set 1: Race usable" in said
    assert "Measure 2 · no data set yet: Race no data" in said
    assert "Request 1" in said
    assert "The notice says 1 of the four things people need to know." in said


def test_the_words_stay_calm():
    said = everything_said(say(**WHOLE)).lower()
    assert not [word for word in ("violation", "compliant", "compliance") if word in said]


def test_findings_are_the_same_for_the_same_tables():
    assert findings(measure(**WHOLE)) == findings(measure(**WHOLE))
