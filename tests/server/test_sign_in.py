from __future__ import annotations

import time
from pathlib import Path

import pytest

from equitybook.errors import AccessError, ConfigError
from equitybook.server.keys import read_keys
from equitybook.server.sessions import Session
from equitybook.server.sign_in import local_path
from equitybook.server.throttle import LIMIT, WINDOW, Throttle
from equitybook.server.tokens import MAX_AGE, KernelToken
from equitybook.store import Store
from tests.serving import CYCLE, JOY, MARIA, OTHER_WORDS, OTIS, PASSWORD, PIA, SAM, Server

NEW_WORDS = "four quite plain words"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "/a\nb",
        "",
        "home",
    ],
)
def test_signing_in_never_leads_to_another_site(wanted):
    assert local_path(wanted, base="/") == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for():
    assert local_path(f"/voila/render/prairie-glen/{CYCLE}.ipynb?a=b", base="/") == f"/voila/render/prairie-glen/{CYCLE}.ipynb?a=b"
    assert local_path("/elsewhere", base="/book/") == "/book/"


def test_an_address_with_many_failures_waits_and_is_free_again_after_a_while():
    now = [1000.0]
    throttle = Throttle(clock=lambda: now[0])
    for _ in range(LIMIT):
        assert throttle.wait("10.0.0.1") == 0
        throttle.failed("10.0.0.1")
    assert 0 < throttle.wait("10.0.0.1") <= WINDOW + 1
    assert throttle.wait("10.0.0.2") == 0
    now[0] += WINDOW + 1
    assert throttle.wait("10.0.0.1") == 0


@pytest.mark.parametrize("cookie", ["", "{}", "[]", '{"u": "maria"}', '{"u": "maria", "e": "x"}', "maria"])
def test_a_session_of_another_make_is_nobodys(cookie):
    assert Session.from_cookie(cookie) is None


@pytest.mark.slow
def test_a_wrong_password_and_an_unknown_name_are_told_the_same(running_server: Server):
    visitor = running_server.visitor()
    visitor.get("sign-in")
    wrong = visitor.form("sign-in", username=SAM, password=OTHER_WORDS)
    unknown = visitor.form("sign-in", username="sally", password=OTHER_WORDS)
    assert wrong.status == unknown.status == 401
    assert words(wrong.text, SAM) == words(unknown.text, "sally")
    assert "do not belong together" in wrong.text


def words(page: str, username: str) -> str:
    """The page without what differs by itself: the name typed, and the mask of the XSRF token."""
    return "\n".join(line for line in page.replace(f'"{username}"', '""').splitlines() if "_xsrf" not in line)


@pytest.mark.slow
def test_a_form_without_the_xsrf_token_signs_nobody_in(running_server: Server):
    visitor = running_server.visitor()
    visitor.get("sign-in")
    visitor.cookies.clear()
    assert visitor.form("sign-in", username=MARIA, password=PASSWORD).status == 403


@pytest.mark.slow
def test_writing_needs_the_xsrf_token_too(running_server: Server):
    maria = running_server.sign_in(MARIA)
    maria.cookies.pop("_xsrf")
    refused = maria.post("equitybook/api/edits", {"edits": []})
    assert refused.status == 403
    assert "Load it again" in refused.json["error"]


@pytest.mark.slow
def test_a_request_from_another_site_is_refused(running_server: Server):
    maria = running_server.sign_in(MARIA)
    assert maria.post("equitybook/api/undo", {"batch": "x"}, {"Origin": "https://elsewhere.example"}).status in {403, 404}


@pytest.mark.slow
def test_signing_in_sets_cookies_that_scripts_and_other_sites_do_not_get(running_server: Server):
    visitor = running_server.visitor()
    visitor.get("sign-in")
    answer = visitor.form("sign-in", username=MARIA, password=PASSWORD, next="//elsewhere.example")
    assert answer.headers["Location"] == "/"
    session = next(one for one in answer.headers.get_all("Set-Cookie") if one.startswith("equitybook-"))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert "_xsrf" in visitor.cookies


@pytest.mark.slow
def test_signing_out_ends_the_session(running_server: Server):
    maria = running_server.sign_in(MARIA)
    assert maria.form("sign-out").status == 302
    assert maria.get("").headers["Location"].startswith("/sign-in")
    assert maria.get("equitybook/api/changes").status == 401


@pytest.mark.slow
def test_a_session_is_signed_and_a_changed_one_is_nobodys(running_server: Server):
    maria = running_server.sign_in(MARIA)
    name = next(one for one in maria.cookies if one.startswith("equitybook-"))
    maria.cookies[name] = maria.cookies[name].replace("|", "|x", 1)
    assert maria.get("").status == 302


@pytest.mark.slow
def test_a_changed_password_ends_every_other_session(running_server: Server):
    there, here = running_server.sign_in(PIA), running_server.sign_in(PIA)
    changed = here.form("password", old=PASSWORD, new=NEW_WORDS, again=NEW_WORDS)
    assert "Your password is changed" in changed.text
    assert here.get("").status == 200
    assert there.get("").status == 302
    assert "not right" in here.form("password", old=PASSWORD, new="other plain words", again="other plain words").text
    assert "differ" in here.form("password", old=NEW_WORDS, new="one one one", again="two two two").text
    assert "8 to 1,000" in here.form("password", old=NEW_WORDS, new="short", again="short").text
    assert here.form("password", old=NEW_WORDS, new=PASSWORD, again=PASSWORD).status == 200


@pytest.mark.slow
def test_guessing_at_a_person_is_slowed_down_without_keeping_others_waiting(running_server: Server):
    guess = running_server.visitor()
    guess.get("sign-in")
    got = [guess.form("sign-in", username=JOY, password=f"guess number {number}") for number in range(7)]
    assert [one.status for one in got[:4]] == [401] * 4
    assert got[-1].status == 429
    assert "Wait" in got[-1].text
    assert guess.form("sign-in", username=JOY, password=PASSWORD).status == 429, "not even the right one while the wait runs"
    assert running_server.sign_in(OTIS).get("").status == 200
    with Store.of(running_server.folder) as store:
        store.accounts.set_password(JOY, PASSWORD)


def test_the_keys_are_for_this_user_alone_and_stay_the_same(cohort_folder: Path):
    keys = read_keys(cohort_folder)
    file = cohort_folder / "secrets" / "cookie.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert read_keys(cohort_folder) == keys
    assert keys.cookie != keys.kernel
    assert keys.cookie.decode() not in repr(keys)


def test_a_key_that_others_may_read_or_that_is_too_short_is_refused(cohort_folder: Path):
    read_keys(cohort_folder)
    file = cohort_folder / "secrets" / "cookie.key"
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        read_keys(cohort_folder)
    file.chmod(0o600)
    file.write_text("short")
    with pytest.raises(ConfigError, match="too short"):
        read_keys(cohort_folder)


def test_a_kernel_token_is_good_for_its_own_town_and_for_a_day(monkeypatch: pytest.MonkeyPatch):
    token = KernelToken(community="prairie-glen", cycle=2, username=MARIA)
    signed = token.sign(b"a key of this cohort")
    assert KernelToken.read(signed, b"a key of this cohort") == token
    with pytest.raises(AccessError):
        KernelToken.read(signed, b"a key of another one")
    with pytest.raises(AccessError):
        KernelToken.read("x" + signed, b"a key of this cohort")
    later = time.time() + MAX_AGE + 60
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    with pytest.raises(AccessError, match="Open the workbook again"):
        KernelToken.read(signed, b"a key of this cohort")
