"""Files: what comes in, what is kept of it, what is said about it, and what goes out again."""

from __future__ import annotations

import io
import socket
import time
from pathlib import Path
from urllib.parse import quote

import openpyxl
import psutil
import pytest

from equitybook.store import Store
from tests.serving import KEN, MARIA, OTIS, Answer, Server, Visitor

pytestmark = pytest.mark.slow

ROSTER = b"""Employee Name,Emp No,Dept,Job Title,Race,Gender,Hire Date,Base Salary
"Ruiz, Maria",1001,Police,Patrol officer,White,F,3/10/2014,74250
"Bell, Otis",1002,Finance,Accountant,Black or African American,M,5/1/2019,61000
"Kim, Ada",1003,Police,Sergeant,Asian/Pacific Islander,F,7/2/2020,
"""


@pytest.fixture
def maria(running_server: Server) -> Visitor:
    return running_server.sign_in(MARIA)


def send(visitor: Visitor, content: bytes, name: str = "staff.csv", kind: str = "roster", **headers: str) -> Answer:
    sent = {"X-XSRFToken": visitor.cookies["_xsrf"], "X-File-Name": quote(name), "X-Kind": kind, **headers}
    return visitor.request("POST", "equitybook/api/uploads", content, sent)


def settled(proposal: dict) -> dict:
    """The proposed mapping, with the first option wherever something is asked."""
    mapping = proposal["mapping"]
    for field, choices in proposal["codes"].items():
        for one in choices:
            if one["ask"]:
                mapping["codes"].setdefault(field, {})[one["raw"]] = one["options"][0][0]
    for one in proposal["questions"]:
        if one["ask"]:
            mapping["answers"][one["id"]] = one["options"][0][0]
    return mapping


def test_a_roster_comes_in_without_names_is_settled_imported_and_taken_back(maria: Visitor, running_server: Server):
    proposal = send(maria, ROSTER).json
    assert {one["column"] for one in proposal["dropped"]} == {"Employee Name", "Emp No"}
    assert any("Asian/Pacific Islander" in one for one in proposal["open"]), "what has two meanings is asked"

    unsettled = maria.post("equitybook/api/imports", {"upload": proposal["upload"], "mapping": proposal["mapping"]})
    assert unsettled.status == 400
    assert "Asian/Pacific Islander" in unsettled.json["error"]

    mapping = settled(proposal)
    tried = maria.post("equitybook/api/imports", {"upload": proposal["upload"], "mapping": mapping, "dry_run": True}).json
    assert tried["rows"] == 3
    assert tried["counts"]["sex"] == {"F": 2, "M": 1}
    assert not maria.get("equitybook/api/tables/hr1_roster").json["rows"], "a dry run stores nothing"

    done = maria.post("equitybook/api/imports", {"upload": proposal["upload"], "mapping": mapping, "mode": "replace"}).json
    assert (done["added"], done["blanks"]) == (3, {"annual_salary": 1})
    rows = maria.get("equitybook/api/tables/hr1_roster")
    assert len(rows.json["rows"]) == 3
    assert "Ruiz" not in rows.text
    assert "1001" not in rows.text

    with Store.of(running_server.folder) as store:
        assert not store.community("prairie-glen", author=MARIA).files(), "nothing is kept of the file once it is imported"
    everything = b"".join(one.read_bytes() for one in running_server.folder.rglob("*") if one.is_file())
    assert b"Kim, Ada" not in everything
    assert b"Ruiz, Maria" not in everything

    again = send(maria, ROSTER).json
    assert again["remembered"]
    assert again["open"] == []
    assert maria.post("equitybook/api/imports", {"upload": again["upload"], "mode": "cancel"}).json == {"cancelled": True}
    gone = maria.post("equitybook/api/imports", {"upload": again["upload"], "mapping": mapping})
    assert gone.status == 409
    assert "once more" in gone.json["error"]

    assert maria.post("equitybook/api/undo", {"batch": done["batch"]}).json["restored"] > 0
    assert not maria.get("equitybook/api/tables/hr1_roster").json["rows"]


def test_an_upload_of_one_town_is_not_there_for_another(maria: Visitor, running_server: Server):
    proposal = send(maria, ROSTER).json
    otis = running_server.sign_in(OTIS)
    assert otis.post("equitybook/api/imports", {"upload": proposal["upload"], "mapping": settled(proposal)}).status == 409
    assert otis.post("equitybook/api/imports", {"upload": proposal["upload"], "mode": "cancel"}).json == {"cancelled": False}
    assert maria.post("equitybook/api/imports", {"upload": proposal["upload"], "mode": "cancel"}).json == {"cancelled": True}


def test_a_file_for_any_table_comes_in_by_the_same_way(running_server: Server):
    ken = running_server.sign_in(KEN)
    blank = ken.get("equitybook/api/downloads/blank/hr1_grid.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(blank.body))
    sheet = book.worksheets[0]
    sheet["H2"] = 7
    out = io.BytesIO()
    book.save(out)
    proposal = send(ken, out.getvalue(), "grid.xlsx", "table:hr1_grid").json
    done = ken.post("equitybook/api/imports", {"upload": proposal["upload"], "mapping": settled(proposal), "mode": "append"}).json
    assert done["added"] == 1
    file = ken.get("equitybook/api/downloads/hr1_grid.csv")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="prairie-glen-hr1-grid-')
    assert ",7\r\n" in file.text
    wrong = send(ken, out.getvalue(), "grid.xlsx", "table:hr1_flow")
    assert wrong.status == 400
    assert "another table" in wrong.json["error"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "staff.csv", "empty"),
        (b"%PDF-1.7 and so on", "staff.xlsx", "PDF"),
        (b"\x00\x01\x02" * 50, "staff.xlsx", "staff.xlsx"),
        (b"Race,Sex\n", "staff.csv", "no rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_sentence_and_nothing_is_lost(maria: Visitor, content, name, words):
    before = maria.get("equitybook/api/changes?after=0").json["seq"]
    answer = send(maria, content, name)
    assert answer.status == 400
    assert words in answer.json["error"]
    assert maria.get("equitybook/api/changes?after=0").json["seq"] == before


def test_a_file_name_with_accents_and_slashes_is_only_words(maria: Visitor):
    answer = send(maria, b"", "../../Lista de personal – ñ.csv")
    assert "Lista de personal – ñ.csv" in answer.json["error"]


def test_two_hundred_megabytes_are_refused_at_once_and_never_held_in_memory(maria: Visitor, running_server: Server):
    assert running_server.process is not None
    server = psutil.Process(running_server.process.pid)
    before = server.memory_info().rss
    answer = send(maria, bytes(200 * 1024 * 1024))
    assert answer.status == 413
    assert "200 MB; at most 25 MB" in answer.json["error"]
    assert server.memory_info().rss - before < 60 * 1024 * 1024
    assert maria.get("").status == 200


def test_the_answer_to_a_file_too_large_does_not_wait_for_the_file(maria: Visitor):
    host, port = maria.url.removeprefix("http://").rstrip("/").split(":")
    cookies = "; ".join(f"{name}={value}" for name, value in maria.cookies.items())
    head = (
        f"POST /equitybook/api/uploads HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\n"
        f"X-XSRFToken: {maria.cookies['_xsrf']}\r\nX-Kind: roster\r\nContent-Length: {200 * 1024 * 1024}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), 30) as line:
        began = time.monotonic()
        line.sendall(head.encode() + b"name,sex\n")
        got = line.recv(65536)
        assert got.startswith(b"HTTP/1.1 413")
        assert time.monotonic() - began < 10


def test_a_file_sent_in_pieces_without_a_size_is_stopped_at_the_limit(maria: Visitor):
    host, port = maria.url.removeprefix("http://").rstrip("/").split(":")
    cookies = "; ".join(f"{name}={value}" for name, value in maria.cookies.items())
    head = (
        f"POST /equitybook/api/uploads HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\n"
        f"X-XSRFToken: {maria.cookies['_xsrf']}\r\nX-Kind: roster\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"100000\r\n" + bytes(0x100000) + b"\r\n"
    with socket.create_connection((host, int(port)), 60) as line:
        line.sendall(head.encode())
        sent = 0
        try:
            for _ in range(200):
                line.sendall(piece)
                sent += 1
        except OSError:
            pass
        assert sent < 200, "the server stopped listening long before two hundred megabytes"
    assert maria.get("").status == 200


def test_a_formula_typed_into_a_field_goes_out_as_text(maria: Visitor):
    maria.edit("story", "formula", "cause", '=HYPERLINK("http://elsewhere.example","x")', key="formula-1")
    text = maria.get("equitybook/api/downloads/story.csv").text
    assert "'=HYPERLINK" in text
    book = openpyxl.load_workbook(io.BytesIO(maria.get("equitybook/api/downloads/story.xlsx").body))
    cell = next(cell for row in book.worksheets[0] for cell in row if cell.value and "HYPERLINK" in str(cell.value))
    assert cell.data_type == "s"


def test_the_eeo4_report_is_the_towns_own_and_adds_up(running_server: Server):
    otis = running_server.sign_in(OTIS)
    person = {
        "jobcat": "4",
        "status": "FT",
        "salary_band": "8",
        "race": "WHITE",
        "sex": "M",
        "department": "Police",
        "eeo_function": "4",
        "n": 21,
    }
    edits = [
        {"table": "hr1_grid", "row": "eeo", "field": name, "value": value, "expected": 0, "key": f"eeo-{name}", "source": "typed"}
        for name, value in person.items()
    ]
    otis.post("equitybook/api/edits", {"edits": edits})
    answer = otis.get("equitybook/api/downloads/eeo4.xlsx")
    assert answer.status == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body))["Function 4"]
    rows = {row[0].value: row[-1].value for row in sheet.iter_rows(min_row=3)}
    assert (rows[32], rows[65]) == (21, 21)


def test_old_staged_files_are_forgotten_when_the_server_starts(cohort_folder: Path):
    import datetime as dt

    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    with Store.of(cohort_folder, clock=lambda: long_ago) as store:
        store.community("prairie-glen", author=MARIA).keep_file(b"old", media_type="text/plain", purpose="staged:hr1_roster")
    from equitybook.server.app import make_app

    make_app(cohort_folder, port=0).shared.store.close()
    with Store.of(cohort_folder) as store:
        assert not store.community("prairie-glen", author=MARIA).files()
