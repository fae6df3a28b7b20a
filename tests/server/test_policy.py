from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import tornado.web
from tornado.routing import Router

from equitybook.program import Cohort, Person
from equitybook.server import policy
from equitybook.server.access import Guard
from equitybook.server.app import make_app
from equitybook.server.policy import RULES, Scope, may_open, refusal
from equitybook.server.routes import API, mount
from tests.serving import CYCLE, DANA, JOY, KEN, MARIA, OTIS, SAM, free_port


@pytest.fixture
def people(cohort_folder: Path) -> dict[str, Person]:
    return {one.username: one for one in Cohort.read(cohort_folder).people}


@pytest.fixture
def application(cohort_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tornado.web.Application]:
    """The application as it runs, without listening."""
    monkeypatch.setenv("JUPYTER_PATH", "")
    monkeypatch.setattr("equitybook.server.vega.bundle", lambda: cohort_folder / "vega.js")
    app = make_app(cohort_folder, port=free_port())
    app.connection_dir = str(cohort_folder)
    served = tornado.web.Application(**app.init_settings())
    served.settings.update(app.tornado_settings)
    served.add_handlers(".*$", app.init_handlers())
    yield served
    app.forks.stop()
    app.shared.pool.shutdown()
    app.shared.store.close()


def addresses(router: Router) -> Iterator[tuple[str, type]]:
    for rule in router.rules:
        if isinstance(rule.target, Router):
            yield from addresses(rule.target)
        else:
            yield rule.matcher.regex.pattern, rule.target


def test_every_address_of_the_running_application_stands_behind_a_rule_of_the_table(application):
    found = [*addresses(application.default_router), *addresses(application.wildcard_router)]
    assert len(found) == len(RULES)
    for pattern, handler in found:
        assert issubclass(handler, Guard), f"{pattern} is answered by {handler} without asking the policy"
        assert handler.rule in RULES.values()
        assert pattern.rstrip("$").endswith(handler.rule.pattern.rstrip("$"))


def test_the_address_that_takes_what_is_left_comes_last(application):
    patterns = [handler.rule.name for _, handler in addresses(application.default_router)]
    assert patterns[-1] == "nothing here"


def test_a_handler_without_a_rule_or_a_rule_without_a_handler_stops_the_server():
    with pytest.raises(RuntimeError, match="policy"):
        mount("/", {**API, "a new page": API["edits"]}, names=policy.API)
    with pytest.raises(RuntimeError, match="edits"):
        mount("/", {name: answer for name, answer in API.items() if name != "edits"}, names=policy.API)


def test_only_assets_and_the_sign_in_page_are_public():
    public = {rule.name for rule in RULES.values() if rule.scope is Scope.PUBLIC}
    assert public == {"sign-in", "static", "theme files", "page files", "lab themes", "lab extensions", "nothing here"}


def test_whatever_is_below_the_api_is_for_the_persons_own_community_only():
    for rule in RULES.values():
        if rule.pattern.startswith("equitybook/api/"):
            assert rule.scope is Scope.OWN_COMMUNITY
            assert rule.roles == {"participant"}


def test_a_participant_opens_the_own_towns_workbook_and_no_other(people):
    assert may_open(people[MARIA], f"prairie-glen/{CYCLE}.ipynb")
    assert may_open(people[KEN], f"prairie-glen/{CYCLE}.ipynb")
    assert not may_open(people[OTIS], f"prairie-glen/{CYCLE}.ipynb")


@pytest.mark.parametrize("username", [SAM, JOY, DANA])
def test_neither_coach_nor_lead_opens_a_workbook(people, username):
    assert not may_open(people[username], f"prairie-glen/{CYCLE}.ipynb")


@pytest.mark.parametrize(
    "path", ["", "manifest.json", "prairie-glen", "prairie-glen/../oak-bluff/x.ipynb", "./prairie-glen/x.ipynb"]
)
def test_a_path_that_is_no_towns_workbook_opens_for_nobody(people, path):
    assert not any(may_open(person, path) for person in people.values())


def test_a_coach_reads_the_summaries_of_the_own_group_and_a_lead_all(people):
    rule = RULES["town summary"]
    assert refusal(rule, people[SAM], community="prairie-glen") == ""
    assert "another coach" in refusal(rule, people[SAM], community="oak-bluff")
    assert refusal(rule, people[DANA], community="oak-bluff") == ""


def test_a_participant_reads_what_the_own_coach_reads_and_no_other_towns(people):
    rule = RULES["town summary"]
    assert refusal(rule, people[MARIA], community="prairie-glen") == ""
    assert "another town" in refusal(rule, people[MARIA], community="oak-bluff")


def test_a_kernel_belongs_to_the_person_it_was_started_for_not_to_the_town(people):
    rule = RULES["kernel channels"]
    assert refusal(rule, people[MARIA], kernel_owner=MARIA) == ""
    assert refusal(rule, people[KEN], kernel_owner=MARIA)
    assert refusal(rule, people[DANA], kernel_owner=MARIA)
    assert refusal(rule, people[MARIA], kernel_owner=None), "a kernel that is gone belongs to nobody"


def test_a_participant_whose_town_is_not_known_is_refused_rather_than_let_everywhere():
    lost = Person(username="lost", name="Lost", role="participant")
    assert refusal(RULES["edits"], lost)
