"""What the page calls saved is saved: conflicts, replays, and a server that dies in the middle of typing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from equitybook.server.edits import LONGEST_TEXT
from equitybook.store import Store
from tests.serving import KEN, MARIA, NO_KERNELS, OTIS, PIA, Server, Visitor

pytestmark = pytest.mark.slow


@pytest.fixture
def otis(running_server: Server) -> Visitor:
    return running_server.sign_in(OTIS)


def test_a_value_is_stored_as_its_column_means_it_or_else_as_typed(otis: Visitor):
    saved = otis.edit("hr1_setup", "one", "payroll_headcount", "1,112", key="typed-1").json
    assert saved["results"][0] | {"at": ""} == {
        "key": "typed-1", "status": "saved", "table": "hr1_setup", "row": "one", "field": "payroll_headcount",
        "value": 1112, "version": 1, "author": OTIS, "at": "",
    }  # fmt: skip
    kept = otis.edit("hr1_setup", "one", "payroll_headcount", "about 100", expected=1, key="typed-2").json
    assert kept["results"][0]["value"] == "about 100"
    assert any("about 100" in one["text"] and one["field"] == "payroll_headcount" for one in kept["messages"]["hr1_setup"])


def test_a_table_comes_with_its_columns_rows_and_what_to_check(otis: Visitor):
    otis.edit("hr1_avail", "row1", "jobcat", "4", key="table-1")
    said = otis.get("equitybook/api/tables/hr1_avail").json
    columns = {one["name"]: one for one in said["table"]["columns"]}
    assert columns["ext_pct"]["kind"] == "percent"
    assert columns["ext_pct"]["required"]
    assert ["4", columns["jobcat"]["choices"][3][1]] in columns["jobcat"]["choices"]
    assert next(row for row in said["rows"] if row["id"] == "row1")["cells"]["jobcat"]["value"] == "4"
    assert any(one["row"] == "row1" and one["field"] == "ext_pct" for one in said["messages"])
    assert said["seq"] > 0


def test_a_stale_write_keeps_both_values_and_says_whose_came_first(running_server: Server, otis: Visitor):
    pia = running_server.sign_in(PIA)
    assert otis.edit("hr1_setup", "one", "benchmark_geography", "Will County", key="first").json["results"][0]["status"] == "saved"
    stale = pia.edit("hr1_setup", "one", "benchmark_geography", "Cook County", key="second").json["results"][0]
    assert (stale["status"], stale["value"], stale["author"], stale["mine"]) == ("conflict", "Will County", OTIS, "Cook County")
    history = pia.get("equitybook/api/history?table=hr1_setup&row=one&field=benchmark_geography").json["changes"]
    assert [one["value"] for one in history] == ["Will County", "Cook County"]


def test_sending_the_same_edit_again_changes_nothing(otis: Visitor):
    once = otis.edit("hr1_setup", "one", "benchmark_source", "EEO 6W", key="again").json["results"][0]
    twice = otis.edit("hr1_setup", "one", "benchmark_source", "EEO 6W", key="again").json["results"][0]
    assert once == twice


def test_the_other_person_of_the_town_sees_a_change_and_other_towns_do_not(running_server: Server, otis: Visitor):
    pia, maria = running_server.sign_in(PIA), running_server.sign_in(MARIA)
    before = pia.get("equitybook/api/changes?after=0").json["seq"]
    otis.edit("hr1_flow", "f1", "period", "2025-26 seen", key="seen")
    seen = pia.get(f"equitybook/api/changes?after={before}").json
    assert [(one["table"], one["value"], one["author"]) for one in seen["changes"]] == [("hr1_flow", "2025-26 seen", OTIS)]
    assert seen["seq"] > before
    assert "hr1_flow" in seen["messages"]
    assert "2025-26 seen" not in maria.get("equitybook/api/changes?after=0").text
    assert "2025-26 seen" not in maria.get("equitybook/api/tables/hr1_flow").text


def test_who_writes_into_a_row_taken_out_meanwhile_is_told_which(running_server: Server, otis: Visitor):
    pia = running_server.sign_in(PIA)
    for row in ("g1", "g2"):
        assert otis.edit("hr1_moves", row, "date", "2026-01-31", key=f"gone-{row}").json["gone"] == {}
    pia.edit("hr1_moves", "g1", "_deleted", value=True, key="gone-delete")
    late = otis.edit("hr1_moves", "g1", "kind", "PROMOTION", key="gone-late").json
    assert (late["results"][0]["status"], late["gone"]) == ("saved", {"hr1_moves": ["g1"]})
    assert otis.edit("hr1_moves", "g2", "_deleted", value=True, key="gone-own").json["gone"] == {}, "who takes a row out knows it"


def test_a_paste_is_taken_back_as_one(otis: Visitor):
    paste = [
        {"table": "story", "row": f"p{number}", "field": "cause", "value": f"k{number}", "expected": 0,
         "key": f"paste-{number}", "source": "pasted", "batch": "paste"}
        for number in range(3)
    ]  # fmt: skip
    assert otis.post("equitybook/api/edits", {"edits": paste}).status == 200
    assert len(otis.get("equitybook/api/tables/story").json["rows"]) == 3
    assert otis.post("equitybook/api/undo", {"batch": "paste"}).json["restored"] > 0
    left = otis.get("equitybook/api/tables/story").json["rows"]
    assert not [row for row in left if row["cells"].get("cause", {}).get("value")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"table": "no_such"}, "no table"),
        ({"field": "no_such"}, "no column"),
        ({"row": "a/b"}, "row is 1 to 64"),
        ({"key": ""}, "key is 1 to 64"),
        ({"expected": -1}, "whole number"),
        ({"expected": True}, "whole number"),
        ({"source": "imported"}, "source"),
        ({"value": {"a": 1}}, "A value is"),
        ({"value": "x" * (LONGEST_TEXT + 1)}, "characters"),
        ({"field": "_order", "value": "first"}, "number"),
    ],
)
def test_an_edit_that_cannot_be_meant_is_refused_in_words(otis: Visitor, change, sentence):
    edit = {
        "table": "hr1_setup",
        "row": "one",
        "field": "payroll_headcount",
        "value": 1,
        "expected": 0,
        "key": "odd",
        "source": "typed",
    }
    answer = otis.post("equitybook/api/edits", {"edits": [edit | change]})
    assert answer.status in {400, 404}
    assert sentence in answer.json["error"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"edits": 3}', b'{"edits": [1]}', b"\xff\xfe"])
def test_what_is_not_json_is_refused_in_words(otis: Visitor, body):
    answer = otis.request("POST", "equitybook/api/edits", body, {"X-XSRFToken": otis.cookies["_xsrf"]})
    assert answer.status == 400
    assert answer.json["error"].endswith(".")


def test_submitting_freezes_the_answers_once_per_key(otis: Visitor):
    otis.edit("hr1_setup", "one", "period_start", "2025-07-01", key="before-submit")
    one = otis.post("equitybook/api/submit", {"cycle": 2, "note": "Done for now.", "key": "submit-1"}).json
    again = otis.post("equitybook/api/submit", {"cycle": 2, "note": "Done for now.", "key": "submit-1"}).json
    other = otis.post("equitybook/api/submit", {"cycle": 2, "key": "submit-2"}).json
    assert again == one
    assert other["number"] == one["number"] + 1
    assert "cycle is one of 1, 2" in otis.post("equitybook/api/submit", {"cycle": 7}).json["error"]


def test_everything_acknowledged_is_there_after_the_server_is_killed_and_nobody_is_signed_out(cohort_folder: Path):
    acknowledged: dict[str, str] = {}
    with Server(cohort_folder, environment=NO_KERNELS) as server:
        maria, ken, otis = server.sign_in(MARIA), server.sign_in(KEN), server.sign_in(OTIS)
        typing = [threading.Thread(target=type_on, args=(one, acknowledged)) for one in (maria, ken)]
        for one in typing:
            one.start()
        while len(acknowledged) < 40 and any(one.is_alive() for one in typing):
            threading.Event().wait(0.01)
        server.kill()
        for one in typing:
            one.join()
        with Store.of(cohort_folder) as store:
            store.accounts.end_sessions(OTIS)
        toml = cohort_folder / "cohort.toml"
        toml.write_text(toml.read_text().replace('username = "ken"', 'username = "kenneth"'))

        server.start()
        assert maria.get("").status == 200, "the keys outlive a restart"
        assert otis.get("").status == 302, "an ended session stays ended"
        assert ken.get("").status == 302, "who left the cohort is out"
        rows = maria.get("equitybook/api/tables/story").json["rows"]
    assert len(acknowledged) >= 40
    stored = {row["id"]: row["cells"]["cause"]["value"] for row in rows}
    assert {row: stored.get(row) for row in acknowledged} == acknowledged


def type_on(visitor: Visitor, acknowledged: dict[str, str]) -> None:
    """Type until the server is gone; note what it called saved."""
    name = threading.current_thread().name.replace(" ", "").replace("(", "").replace(")", "")
    for number in range(10_000):
        row, value = f"{name}-{number}", f"k{number}"
        try:
            answer = visitor.edit("story", row, "cause", value, key=f"{name}-{number}")
        except OSError:
            return
        if answer.status == 200 and answer.json["results"][0]["status"] == "saved":
            acknowledged[row] = value
