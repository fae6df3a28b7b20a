"""Buttons with a reason: usual rows, baselines, revisions, definitions anew, evidence; and what typing may not change afterwards."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any

import pytest

from equitybook.analysis import Answers
from equitybook.outcomes import outcome
from equitybook.store import Store
from tests.serving import MARIA, OTIS, PIA, Server, Visitor

pytestmark = pytest.mark.slow

REASON = "The export of the permit log counted withdrawn applications too."
_keys = itertools.count()


@pytest.fixture(scope="module")
def otis(running_server: Server) -> Visitor:
    return running_server.sign_in(OTIS)


def rows(visitor: Visitor, table: str) -> dict[str, dict[str, Any]]:
    said = visitor.get(f"equitybook/api/tables/{table}").json["rows"]
    return {row["id"]: {name: cell["value"] for name, cell in row["cells"].items()} | {"locked": row["locked"]} for row in said}


def type_in(visitor: Visitor, table: str, row: str, values: Mapping[str, object]) -> None:
    for field, value in values.items():
        answer = visitor.edit(table, row, field, value, key=f"acts-{next(_keys)}")
        assert answer.json["results"][0]["status"] == "saved", answer.text


def act(visitor: Visitor, name: str, **said: object):
    return visitor.post(f"equitybook/api/{name}", said)


@pytest.fixture(scope="module")
def measure(otis: Visitor) -> str:
    """A measure with a locked baseline of 31 days."""
    card = {
        "measure_id": "M1",
        "name": "Days to a permit",
        "unit": "days",
        "direction": "DOWN",
        "numerator_def": "days",
        "rba": "HOW_WELL",
    }
    type_in(otis, "measures", "m1", card)
    value = {
        "measure_id": "M1",
        "period_start": "2025-07-01",
        "period_end": "2026-06-30",
        "group": "ALL",
        "denominator": 46,
        "value": 31,
    }
    refused = act(otis, "baselines", row="m1")
    assert refused.status == 409, "there is no value to lock yet"
    type_in(otis, "pm2_values", "v1", value)
    assert act(otis, "baselines", row="m1", look=True).json == {"baseline": "31 days of 46, July 2025 to June 2026"}
    assert "baseline_locked_on" not in rows(otis, "measures")["m1"], "looking locks nothing"
    assert act(otis, "baselines", row="m1").status == 200
    return "m1"


def test_the_usual_rows_are_added_once(otis: Visitor):
    first = act(otis, "starters", table="ic1_tasks").json
    assert first["added"] >= 6
    assert act(otis, "starters", table="ic1_tasks").json["added"] == 0
    assert len(rows(otis, "ic1_tasks")) == first["added"]


def test_a_table_without_usual_rows_says_so(otis: Visitor):
    refused = act(otis, "starters", table="risks")
    assert refused.status == 404
    assert "no usual rows" in refused.json["error"]


def test_a_baseline_is_locked_from_the_values_entered(otis: Visitor, measure: str):
    card = rows(otis, "measures")[measure]
    assert (card["baseline_value"], card["baseline_n"]) == (31, 46)
    assert "July 2025" in card["baseline_period"]
    assert (card["baseline_date"], card["locked_by"]) == ("2026-06-30", "Finance director"), "the role, and no name"
    assert act(otis, "baselines", row=measure).status == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", "pct"),
        ("numerator_def", "working days"),
        ("baseline_value", 12),
        ("baseline_locked_on", "2020-01-01"),
        ("baseline_date", "2020-01-01"),
        ("locked_by", "Somebody else"),
    ],
)
def test_what_is_locked_is_not_typed_over(otis: Visitor, measure: str, field: str, value: object):
    refused = otis.edit("measures", measure, field, value, expected=1, key=f"locked-{field}")
    assert refused.status == 409
    assert rows(otis, "measures")[measure].get(field) != value


def test_a_locked_row_is_not_deleted_and_its_other_fields_are_typed(otis: Visitor, measure: str):
    assert otis.edit("measures", measure, "_deleted", True, key="locked-delete").status == 409
    type_in(otis, "measures", measure, {"owner_role": "Permit coordinator"})
    card = rows(otis, "measures")[measure]
    assert card["owner_role"] == "Permit coordinator"
    assert "unit" in card["locked"]
    assert "owner_role" not in card["locked"]


def test_a_baseline_is_revised_with_a_reason_that_stays(running_server: Server, otis: Visitor, measure: str):
    silent = act(otis, "revisions", table="measures", row=measure, values={"baseline_value": 29}, reason="")
    assert silent.status == 400
    assert "reason" in silent.json["error"]
    assert act(otis, "revisions", table="measures", row=measure, values={"baseline_value": 29}, reason=REASON).status == 200
    pia = running_server.sign_in(PIA)
    [told] = [
        one for one in pia.get("equitybook/api/revisions?table=measures").json["revisions"] if one["field"] == "baseline_value"
    ]
    assert (told["old"], told["new"], told["reason"], told["author"]) == (31, 29, REASON, OTIS)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"baseline_value": "abc"}, "Baseline: “abc” is not a number. Write digits, for example 31."),
        ({"baseline_value": ""}, "Baseline: this cannot be empty."),
        ({"baseline_n": "4.5"}, "Cases behind it: 4.5 is not a whole number."),
        ({"baseline_value": 29}, "Nothing changes."),
    ],
)
def test_a_revision_that_cannot_be_used_is_refused_in_a_sentence_and_changes_nothing(
    otis: Visitor, measure: str, values: dict[str, object], words: str
):
    refused = act(otis, "revisions", table="measures", row=measure, values=values, reason=REASON)
    assert refused.status == 400
    assert refused.json["error"].replace('"abc"', "“abc”").startswith(words)
    assert rows(otis, "measures")[measure]["baseline_value"] == 29


def test_a_measure_that_is_not_locked_has_nothing_to_revise(otis: Visitor, measure: str):
    type_in(otis, "measures", "open", {"measure_id": "M8", "name": "Calls", "unit": "pct"})
    refused = act(otis, "revisions", table="measures", row="open", values={"baseline_value": 12}, reason=REASON)
    assert refused.status == 400
    assert "not locked" in refused.json["error"]
    assert otis.edit("measures", "open", "_deleted", True, key="open-gone").status == 200


def test_another_definition_begins_another_measure_above_every_code_there_ever_was(otis: Visitor, measure: str):
    type_in(otis, "measures", measure, {"target_value": 18, "target_rationale": "trend"})
    before = otis.get("equitybook/api/tables/measures").json
    assert before["codes"] == {"measure_id": 8}, "M8 is deleted, and its code taken"
    values = {"numerator_def": "Files within 20 days", "unit": "pct"}
    answer = act(otis, "redefinitions", row=measure, values=values, reason=REASON)
    assert answer.json["measure_id"] == "M9"
    assert answer.json["left"] == "Target and Why this target"
    cards = {card["measure_id"]: card for card in rows(otis, "measures").values()}
    assert cards["M9"]["replaces"] == "M1"
    assert cards["M9"]["numerator_def"] == "Files within 20 days"
    assert "target_value" not in cards["M9"], "18 days are no 18 percent"
    assert cards["M1"]["retired_on"]
    assert not cards["M9"].get("baseline_locked_on")
    story = otis.get(f"equitybook/api/changes?after={before['seq']}").json["changes"]
    assert len({change["batch"] for change in story}) == 1, "the old one ends and the new one begins in one act"


def test_an_agreed_charter_changes_with_a_reason_only(otis: Visitor):
    type_in(otis, "charter", "one", {"problem_statement": "People wait.", "desired_result": "Nobody waits."})
    early = act(otis, "agreements", day="2026-10-30")
    assert early.status == 400
    assert "Who sponsors it?" in early.json["error"]
    type_in(otis, "charter", "one", {"sponsor_role": "Manager"})
    assert act(otis, "agreements", day="2126-10-30").status == 400
    assert act(otis, "agreements", day="2026-10-30").status == 200
    assert act(otis, "agreements", day="2026-10-30").status == 400, "it is agreed already"
    assert otis.edit("charter", "one", "problem_statement", "Other people wait.", expected=1, key="charter-typed").status == 409
    change = {"table": "charter", "row": "one", "values": {"problem_statement": "Applicants wait."}, "reason": REASON}
    unsaid = act(otis, "revisions", **change)
    assert unsaid.status == 400
    assert "Choose whether only the wording changes" in unsaid.json["error"]
    type_in(otis, "charter", "one", {"constraints": "The union contract"})
    answer = act(otis, "revisions", **change, substance=False)
    assert answer.status == 200
    assert rows(otis, "charter")["one"]["problem_statement"] == "Applicants wait."


def test_a_charters_changes_are_told_without_what_was_typed_before(otis: Visitor):
    assert act(otis, "revisions", table="charter", row="one", values={}, reason=REASON, substance=False).status == 400
    told = otis.get("equitybook/api/revisions?table=charter").json["revisions"]
    assert [(one["field"], one["new"]) for one in told] == [("problem_statement", "Applicants wait.")], "no typing, no agreement"


def test_what_is_typed_taken_back_or_restored_before_the_agreement_is_no_version(running_server: Server):
    maria = running_server.sign_in(MARIA)
    type_in(
        maria, "charter", "one", {"problem_statement": "People wait.", "desired_result": "Nobody waits.", "sponsor_role": "Mayor"}
    )
    seq = maria.get("equitybook/api/tables/charter").json["seq"]
    edit = {"table": "charter", "row": "one", "field": "lever", "value": "x", "expected": 0, "key": "lever", "batch": "paste1"}
    assert maria.post("equitybook/api/edits", {"edits": [edit]}).status == 200
    assert maria.post("equitybook/api/undo", {"batch": "paste1"}).status == 200
    type_in(maria, "charter", "one", {"condition": "wait"})
    assert act(maria, "restore", table="charter", seq=seq).json["restored"]
    early = act(maria, "revisions", table="charter", row="one", values={"lever": "y"}, reason=REASON, substance=False)
    assert "not agreed yet" in early.json["error"]
    assert act(maria, "agreements", day="2026-10-30").status == 200
    assert maria.get("equitybook/api/revisions?table=charter").json["revisions"] == []
    with Store.of(running_server.folder) as store:
        [read] = [Answers.read(store.community("prairie-glen", author="x"), outcome("CHARTER"))]
    assert read.revisions == ()


def test_evidence_keeps_what_the_page_said_and_a_sentence_and_is_never_edited(otis: Visitor):
    offered = otis.get("equitybook/api/evidence?finding=CHARTER.page").json["about"]
    assert offered == [{"label": "The finding as a whole", "measure_id": ""}]
    assert otis.get("equitybook/api/evidence?finding=CHARTER.risks").status == 409
    said = {"cycle": 1, "finding": "CHARTER.page", "confidence": "medium", "measure_id": "M1"}
    assert act(otis, "evidence", **said, statement="").status == 409
    assert act(otis, "evidence", **said, statement="x" * 241).status == 409
    assert act(otis, "evidence", **{**said, "finding": "CHARTER.risks"}, statement="Nothing is there.").status == 409
    codes = [
        act(otis, "evidence", **said, statement="Applicants wait, and we can shorten it.").json["evidence_id"] for _ in range(2)
    ]
    assert codes == ["C1-CHARTER-001", "C1-CHARTER-002"]
    [(row, kept), _] = rows(otis, "evidence").items()
    assert kept["says"] == "Applicants wait."
    assert kept["finding_id"] == "CHARTER.page"
    assert (kept["metric_id"], kept["outcome"], kept["tier"]) == ("CHARTER.page", "CHARTER", "T1")
    assert kept["created_on"]
    assert kept["flag"] == "DATA_QUALITY", "the charter lacks some answers"
    assert not {"group", "value", "lower", "upper", "n"} & set(kept)
    assert otis.edit("evidence", row, "statement", "It was different.", expected=1, key="evidence-typed").status == 409
    assert otis.edit("evidence", row, "_deleted", True, key="evidence-deleted").status == 409


def test_evidence_is_about_the_row_of_the_finding_the_town_chose_with_its_numbers(otis: Visitor):
    share = {"name": "Complete at first submission", "unit": "pct", "direction": "UP", "rba": "HOW_WELL"}
    type_in(otis, "measures", "m20", {"measure_id": "M20", **share})
    year = {"measure_id": "M20", "period_start": "2025-07-01", "period_end": "2026-06-30"}
    for group, part, whole in (("ALL", 162, 212), ("Applied in Spanish", 28, 46)):
        type_in(otis, "pm2_values", f"v20{part}", {**year, "group": group, "numerator": part, "denominator": whole})
    offered = [one["label"] for one in otis.get("equitybook/api/evidence?finding=PM2.gaps").json["about"]]
    assert offered == ["The finding as a whole", "M20, Applied in Spanish: 60.9 % (Look closer)"]
    said = {"cycle": 2, "finding": "PM2.gaps", "confidence": "high", "measure_id": ""}
    statement = "Applications in Spanish, e.g. at St. Mary's, come back twice as often. We know why."
    gone = act(otis, "evidence", **said, statement=statement, about="M20, Applied in Spanish: 58.0 %")
    assert gone.status == 409
    assert "have changed since" in gone.json["error"]
    answer = act(otis, "evidence", **said, statement=statement, about=offered[1]).json
    assert answer["evidence_id"] == "C2-PM2-001"
    assert "more than one sentence" in answer["marks"][0], "kept and marked"
    kept = next(one for one in rows(otis, "evidence").values() if one["evidence_id"] == "C2-PM2-001")
    assert kept["value"] == pytest.approx(100 * 28 / 46)
    assert (kept["n"], kept["flag"], kept["group"], kept["measure_id"]) == (46, "LOOK_CLOSER", "Applied in Spanish", "M20")
    assert kept["lower"] < kept["value"] < kept["upper"]
    assert kept["period"] == "July 2025 to June 2026"
    assert kept["statement"] == statement


def test_a_paste_is_not_taken_back_once_something_in_it_is_locked(otis: Visitor):
    values = {"measure_id": "M9", "name": "Pasted", "unit": "days", "direction": "DOWN", "numerator_def": "days"}
    edits = [
        {
            "table": "measures",
            "row": "m9",
            "field": field,
            "value": value,
            "expected": 0,
            "key": f"paste-{field}",
            "source": "pasted",
            "batch": "b9",
        }
        for field, value in values.items()
    ]
    assert otis.post("equitybook/api/edits", {"edits": edits}).status == 200
    type_in(
        otis,
        "pm2_values",
        "v9",
        {"measure_id": "M9", "period_start": "2025-07-01", "period_end": "2026-06-30", "group": "ALL", "value": 5},
    )
    assert act(otis, "baselines", row="m9").status == 200
    refused = otis.post("equitybook/api/undo", {"batch": "b9"})
    assert refused.status == 409
    assert rows(otis, "measures")["m9"]["unit"] == "days"


CENSUS = "\n".join(
    [
        '"Label (Grouping)","Oak Bluff village, Illinois!!Estimate","Oak Bluff village, Illinois!!Margin of Error"',
        '"Total:","9,000","±40"',
        '"    Not Hispanic or Latino:","7,000","±300"',
        '"        White alone","5,000","±250"',
        '"        Black or African American alone","1,000","±150"',
        '"        American Indian and Alaska Native alone","0","±17"',
        '"        Asian alone","800","±120"',
        '"        Native Hawaiian and Other Pacific Islander alone","0","±17"',
        '"        Some other race alone","50","±40"',
        '"        Two or more races:","150","±70"',
        '"            Two races including Some other race","20","±25"',
        '"            Two races excluding Some other race, and three or more races","130","±65"',
        '"    Hispanic or Latino:","2,000","±280"',
        '"        White alone","900","±180"',
        '"        Black or African American alone","30","±30"',
        '"        American Indian and Alaska Native alone","20","±20"',
        '"        Asian alone","0","±17"',
        '"        Native Hawaiian and Other Pacific Islander alone","0","±17"',
        '"        Some other race alone","700","±160"',
        '"        Two or more races:","350","±110"',
        '"            Two races including Some other race","300","±100"',
        '"            Two races excluding Some other race, and three or more races","50","±40"',
    ]
)


def upload_census(visitor: Visitor, text: str, name: str = "ACSDT5Y2023.B03002-2026.csv") -> dict[str, Any]:
    answer = visitor.request(
        "POST",
        "equitybook/api/uploads",
        text.encode("utf-8-sig"),
        {
            "X-Kind": "census",
            "X-File-Name": name,
            "X-XSRFToken": visitor.cookies["_xsrf"],
            "Content-Type": "application/octet-stream",
        },
    )
    return json.loads(answer.text) | {"status": answer.status}


def test_a_census_table_takes_the_place_of_the_same_topic_and_can_be_taken_back(otis: Visitor):
    type_in(otis, "benchmark", "old", {"topic": "RACE", "group": "TOTAL", "label": "Typed by hand", "estimate": 8000})
    type_in(otis, "benchmark", "other", {"topic": "LANGUAGE", "group": "TOTAL", "label": "Everybody", "estimate": 8500})
    proposal = upload_census(otis, CENSUS)
    assert proposal["status"] == 200, proposal
    wish = {"upload": proposal["upload"], "mapping": proposal["mapping"], "mode": "replace"}
    assert act(otis, "imports", **wish, dry_run=True).json["rows"] == 9
    done = act(otis, "imports", **wish).json
    assert done["added"] == 9
    labels = {row["label"]: row["estimate"] for row in rows(otis, "benchmark").values()}
    assert "Typed by hand" not in labels
    assert (labels["Everybody"], labels["Hispanic or Latino"], labels["Some other race"]) == (8500, 2000, 50)
    assert otis.post("equitybook/api/undo", {"batch": done["batch"]}).status == 200
    assert {row["label"] for row in rows(otis, "benchmark").values()} == {"Typed by hand", "Everybody"}
    again = upload_census(otis, CENSUS)  # once more, after the undo
    assert act(otis, "imports", upload=again["upload"], mapping=again["mapping"], mode="replace").json["added"] == 9
    assert len(rows(otis, "benchmark")) == 10  # nine of the file, and everybody by language


def test_figures_of_another_town_are_asked_about_and_not_taken(otis: Visitor):
    proposal = upload_census(otis, CENSUS.replace("Oak Bluff", "Elsewhere"))
    assert [one["id"] for one in proposal["questions"]] == ["other_place"]
    refused = act(otis, "imports", upload=proposal["upload"], mapping=proposal["mapping"], mode="replace")
    assert refused.status == 400
    assert "settle" in refused.json["error"]


def test_a_file_that_is_no_census_table_is_refused_in_a_sentence(otis: Visitor):
    refused = upload_census(otis, "Name,Pay\nA,1\n", name="staff.csv")
    assert refused["status"] == 400
    assert "staff.csv" in refused["error"]
