"""A coach's comments over real HTTP: who writes, who releases, who reads, and what nobody else gets."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from equitybook.errors import AccessError
from equitybook.reviews import released_comments
from equitybook.server.keys import read_keys
from equitybook.server.tokens import KernelToken
from equitybook.store import Store
from equitybook.store.beside import RELEASED, coach_side
from equitybook.store.handle import Edit
from equitybook.store.remote import RemoteHandle
from tests.serving import CYCLE, DANA, JOY, KEN, MARIA, NO_KERNELS, OTIS, SAM, Answer, Server, Visitor, small_cohort

pytestmark = pytest.mark.slow

SECRET = "Thinking-aloud-not-for-the-town"
STEP = "HR1-who_works_here"
DRAFT = f"equitybook/reviews/prairie-glen/{CYCLE}"
PAGE = f"towns/prairie-glen/{CYCLE}.html"
keys = (f"k{number}" for number in itertools.count())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(small_cohort(tmp_path_factory.mktemp("reviews") / "cohort"), environment=NO_KERNELS) as server:
        yield server


@pytest.fixture(scope="module")
def people(served: Server) -> dict[str, Visitor]:
    return {name: served.sign_in(name) for name in (MARIA, KEN, OTIS, SAM, JOY, DANA)}


def stored(folder: Path) -> tuple:
    """Everything a coach has drafted and released on Prairie Glen."""
    with Store.of(folder) as store:
        side = store.coach_side("prairie-glen", author="test")
        return side.read("review"), side.read(RELEASED)


def write(visitor: Visitor, step: str = STEP, *, path: str = DRAFT, expected: int | None = None, **values: object) -> Answer:
    """Draft fields as the page's script does, over whatever version there is unless one is given."""
    if expected is None:
        probe = visitor.post(path, {"edits": [edit(step, name, value, 10**9) for name, value in values.items()]})
        versions = [one["version"] for one in probe.json["results"]] if probe.status == 200 else [0] * len(values)
    else:
        versions = [expected] * len(values)
    return visitor.post(path, {"edits": [edit(step, *item, seen) for item, seen in zip(values.items(), versions, strict=True)]})


def edit(step: str, name: str, value: object, expected: int) -> dict[str, object]:
    return {"step": step, "field": name, "value": value, "expected": expected, "key": next(keys)}


def release(visitor: Visitor, step: str = STEP) -> Answer:
    return visitor.post(f"{DRAFT}/release", {"step": step})


def kernel(served: Server, username: str = MARIA, town: str = "prairie-glen") -> RemoteHandle:
    """A kernel's own way to the store, with a token as the server signs it."""
    token = KernelToken(community=town, cycle=2, username=username).sign(read_keys(served.folder).kernel)
    return RemoteHandle(f"{served.url}equitybook/kernel/store", token)


def test_a_draft_is_saved_and_the_coachs_page_shows_it_again(people):
    answer = write(people[SAM], strengths=SECRET, rating="1", must_fix=True)
    assert [one["status"] for one in answer.json["results"]] == ["saved"] * 3
    page = people[SAM].get(PAGE)
    assert SECRET in page.text
    assert "Draft, not released" in page.text
    assert "Quote no group of fewer than five." in page.text
    assert SECRET in people[DANA].get(PAGE).text, "the lead of the cohort works with the coach"


def test_no_participant_finds_a_draft_anywhere(served, people):
    write(people[SAM], question=SECRET)
    for name in (MARIA, KEN, OTIS):
        visitor = people[name]
        paths = [
            "",
            PAGE,
            f"summary/{CYCLE}.html",
            "equitybook/api/changes?after=0",
            "equitybook/api/tables/review",
            f"equitybook/api/tables/{RELEASED}",
            f"equitybook/api/history?table=review&row=2-{STEP}&field=question",
            f"equitybook/api/history?table={RELEASED}&row=2-{STEP}&field=question",
            "equitybook/api/downloads/review.csv",
            DRAFT,
        ]
        for path in paths:
            assert SECRET not in visitor.get(path).text, path
        for table in ("review", RELEASED):
            assert visitor.get(f"equitybook/api/tables/{table}").status == 404
            assert visitor.get(f"equitybook/api/history?table={table}&row=2-{STEP}&field=question").status == 404
            assert visitor.get(f"equitybook/api/downloads/{table}.csv").status == 404
    people[MARIA].post("equitybook/api/submit", {"cycle": 2, "note": "", "key": "submitted"})
    with Store.of(served.folder) as store:
        (made,) = store.community("prairie-glen", author="test").submissions(2)
    assert SECRET not in json.dumps(dict(made.answers))
    assert not {"review", RELEASED} & set(made.answers)


def test_another_coach_reads_and_writes_nothing_of_a_town_outside_the_group(people):
    for answer in (people[JOY].get(PAGE), write(people[JOY], question="x"), release(people[JOY])):
        assert answer.status == 403
        assert SECRET not in answer.text


def test_participants_change_neither_draft_nor_release_by_any_way(served, people):
    write(people[SAM], question="Which payday?", must_fix=True)
    release(people[SAM])
    before = stored(served.folder)
    maria = people[MARIA]
    for table in ("review", RELEASED):
        row = f"2-{STEP}"
        assert maria.edit(table, row, "question", "Mine", key=next(keys)).status == 404
        upload = maria.request(
            "POST",
            "equitybook/api/uploads",
            b"rating\n3\n",
            {"X-Kind": f"table:{table}", "X-File-Name": "a.csv", "X-XSRFToken": maria.cookies["_xsrf"]},
        )
        assert upload.status == 404
    with Store.of(served.folder) as store:
        batches = {one.batch for one in store.coach_side("prairie-glen", author="test").changes() if one.batch}
    assert batches
    for batch in batches:
        assert maria.post("equitybook/api/undo", {"batch": batch}).json.get("restored", 0) == 0
    assert write(maria, question="Mine").status == 403
    assert release(maria).status == 403
    assert stored(served.folder) == before


def test_a_kernel_reads_what_is_released_and_reaches_no_draft(served, people):
    write(people[SAM], question="What would you stop doing?", strengths="A complete list.")
    release(people[SAM])
    write(people[SAM], question=SECRET)
    remote = kernel(served)
    (comment,) = released_comments(remote, 2)
    assert (comment.question, comment.strengths, comment.coach) == ("What would you stop doing?", "A complete list.", "Sam Coach")
    with Store.of(served.folder) as store:
        assert released_comments(store.community("prairie-glen", author="x"), 2) == (comment,), "the same beside the database"
    assert released_comments(remote, 1) == ()
    assert remote.read("review") == remote.read(RELEASED) == ()
    assert not [one for one in remote.changes(wishes=True, limit=10_000) if one.table in {"review", RELEASED}]
    frozen = remote.submit(1, tables=["review", RELEASED], key="by-a-kernel")
    assert frozen.answers == {"review": [], RELEASED: []}
    before = stored(served.folder)
    remote.write([Edit(table, f"2-{STEP}", "question", "Mine", 0, next(keys)) for table in ("review", RELEASED)])
    assert released_comments(remote, 2) == (comment,)
    assert stored(served.folder) == before
    remote.close()


def test_another_towns_kernel_and_a_token_of_a_coach_get_none_of_it(served, people):
    release(people[SAM])
    other = kernel(served, OTIS, "oak-bluff")
    assert released_comments(other, 2) == ()
    other.close()
    for username, town in ((OTIS, "prairie-glen"), (SAM, "prairie-glen"), (MARIA, coach_side("prairie-glen"))):
        wrong = kernel(served, username, town)
        with pytest.raises(AccessError):
            wrong.released_reviews()
        wrong.close()


def test_a_released_comment_stands_on_the_towns_pages_without_any_box(people):
    write(people[SAM], question="Who is missing from the list?")
    release(people[SAM])
    for path in (PAGE, f"summary/{CYCLE}.html"):
        page = people[KEN].get(path)
        assert "Who is missing from the list?" in page.text
        assert "<textarea" not in page.text
        assert "<script" not in page.text
        assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "Sam Coach has commented on 1 step" in people[KEN].get("").text
    assert "Who is missing" not in people[OTIS].get(f"summary/{CYCLE}.html").text


def test_the_coachs_page_runs_this_servers_modules_and_nothing_inline(people):
    rules = people[SAM].get(PAGE).headers["Content-Security-Policy"]
    assert "default-src 'none'" in rules
    assert "script-src 'self';" in rules
    assert people[SAM].get(PAGE.replace(".html", ".pdf")).body.startswith(b"%PDF")


def test_ready_is_held_back_until_a_reason_is_written(people):
    step = "HR1-reflect"
    write(people[SAM], step, rating="3")
    held = release(people[SAM], step).json
    assert held["released"] == []
    assert "The three questions for the coaching session are answered." in held["held"][0]["why"]
    write(people[SAM], step, override_reason="They answered all three in the session.")
    assert release(people[SAM], step).json["held"] == []


def test_releasing_all_lets_out_what_can_go_and_says_what_waits(people):
    write(people[SAM], "HR1-who_could_we_hire_from", rating="3")
    write(people[SAM], "HR1-who_stays_who_moves_up", question="Who leaves in the first year?")
    said = release(people[SAM], "").json
    assert "HR1-who_stays_who_moves_up" in [one["step"] for one in said["released"]]
    again = release(people[SAM], "").json
    assert again["released"] == [], "what the town reads already is not released once more"
    assert [one["step"] for one in again["held"]] == [one["step"] for one in said["held"]]


def test_two_who_write_in_one_box_are_told_of_each_other(people):
    step = "HR1-who_stays_who_moves_up"
    assert write(people[SAM], step, strengths="Sam's words").json["results"][0]["status"] == "saved"
    (result,) = write(people[DANA], step, expected=0, strengths="Dana's words").json["results"]
    assert (result["status"], result["value"], result["author"]) == ("conflict", "Sam's words", "Sam Coach")


def test_a_town_marks_a_must_fix_as_put_right_and_the_coach_sees_who(served, people):
    write(people[SAM], question="Which payday is this?", must_fix=True)
    release(people[SAM])
    remote = kernel(served)
    (comment,) = (one for one in released_comments(remote, 2) if str(one.id) == f"2-{STEP}")
    asked = {"comment": f"2-{STEP}", "version": comment.version, "resolved": True}
    for name in (OTIS, SAM, JOY, DANA):
        assert people[name].post("equitybook/api/reviews/resolved", asked).status in {400, 403}
    assert served.visitor().post("equitybook/api/reviews/resolved", asked).status in {401, 403}
    stale = people[KEN].post("equitybook/api/reviews/resolved", {**asked, "version": comment.version - 1})
    assert (stale.status, "new comment" in stale.json["error"]) == (400, True)
    done = people[KEN].post("equitybook/api/reviews/resolved", asked)
    assert (done.status, done.json["resolved_by"]) == (200, "Ken Abara")
    assert "by Ken Abara" in people[SAM].get(PAGE).text
    assert not next(one for one in released_comments(remote, 2) if one.id == comment.id).to_fix
    remote.close()


def test_a_coachs_typing_is_no_news_on_the_towns_side(served, people):
    people[MARIA].post("equitybook/api/submit", {"cycle": 2, "note": "", "key": "quiet"})
    seq = people[MARIA].get("equitybook/api/changes?after=0").json["seq"]
    write(people[SAM], question="One more thought")
    release(people[SAM])
    assert people[MARIA].get("equitybook/api/changes?after=0").json["seq"] == seq
    assert "changed since then" not in people[MARIA].get("").text.split("Cycle 1 of")[0]
    desk = people[SAM].get("").text
    assert "changed since" not in desk
    assert "released" in desk


def test_the_coach_sees_at_the_top_whether_a_town_submitted_and_reads_its_note(people):
    """Oak Bluff has submitted nothing before; Joy coaches it."""
    page = "towns/oak-bluff/cycle_2_measures_workforce.html"
    assert "Not submitted yet" in people[JOY].get(page).text
    assert "Nothing is entered yet." in people[JOY].get(page).text
    people[OTIS].edit("hr1_setup", "one", "benchmark_geography", "Will County", key=next(keys))
    working = people[JOY].get(page).text
    assert "This is work in progress." in working
    assert "A note from the town" not in people[JOY].get("").text
    note = "Start with <script>alert(1)</script> turnover.\nThen pay."
    assert people[OTIS].post("equitybook/api/submit", {"cycle": 2, "note": note, "key": next(keys)}).status == 200
    for reader in (JOY, DANA):
        read = people[reader].get(page).text
        assert "Oak Bluff submitted on" in read
        assert "nothing has changed since then" in read
        assert "A note from Oak Bluff, written by Otis Bell on" in read
        assert "Start with &lt;script&gt;alert(1)&lt;/script&gt; turnover." in read
        assert "<script>alert" not in read
        assert 'oak-bluff/cycle_2_measures_workforce.html#note">A note from the town' in people[reader].get("").text
    people[OTIS].edit("hr1_setup", "one", "benchmark_source", "Census 6W", key=next(keys))
    people[OTIS].post("equitybook/api/submit", {"cycle": 1, "note": "About the charter", "key": next(keys)})
    later = people[JOY].get(page).text
    assert "something has changed since then" in later
    assert "not as they were submitted" in later
    assert "About the charter" not in later, "each cycle has its own note"


def test_a_town_reads_its_note_back_and_a_later_submission_without_one_does_not_take_it_away(people):
    people[MARIA].post("equitybook/api/submit", {"cycle": 2, "note": "Please begin with the ladder.", "key": next(keys)})
    people[KEN].post("equitybook/api/submit", {"cycle": 2, "note": "  ", "key": next(keys)})
    for path in (PAGE, f"summary/{CYCLE}.html"):
        read = people[KEN].get(path).text
        assert "Your note to your coach, written by Maria Ruiz on" in read
        assert "Please begin with the ladder." in read
        assert "You submitted on" in read
    assert "Your coach has your note of" in people[KEN].get("").text
    assert "begin with the ladder" in people[SAM].get(PAGE).text
    assert "begin with the ladder" not in people[JOY].get("").text
    assert people[JOY].get(PAGE).status == 403


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        (edit("HR1-no_such_step", "question", "x", 0), 404),
        (edit("CHARTER-problem", "question", "x", 0), 404),
        (edit(STEP, "resolved_on", "2026-11-24", 0), 400),
        (edit(STEP, "rating", "4", 0), 400),
        (edit(STEP, "must_fix", "yes", 0), 400),
        (edit(STEP, "question", ["x"], 0), 400),
        (edit(STEP, "question", "x" * 4001, 0), 400),
        (edit(STEP, "question", "x", -1), 400),
        (edit(STEP, "question", "x", 0) | {"key": ""}, 400),
        ("no edit", 400),
    ],
)
def test_what_is_no_field_of_a_comment_is_refused_in_words(served, people, wish, status):
    before = stored(served.folder)
    answer = people[SAM].post(DRAFT, {"edits": [wish]})
    assert answer.status == status
    assert answer.json["error"].endswith((".", "underscores."))
    assert stored(served.folder) == before


def test_a_town_or_cycle_that_is_not_there_is_not_invented(people):
    for path in (f"equitybook/reviews/nowhere/{CYCLE}", "equitybook/reviews/prairie-glen/cycle_9_nothing"):
        assert write(people[DANA], path=path, question="x").status == 404
    assert people[SAM].post(f"equitybook/reviews/nowhere/{CYCLE}/release", {"step": ""}).status == 403
    assert people[SAM].post(f"{DRAFT}/release", {"step": "HR1-nothing"}).status == 404
