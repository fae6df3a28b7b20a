"""The notebook's one-line calls, on a real store, without a browser."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from equitybook.errors import AccessError, ConfigError, StoreError
from equitybook.outcomes import known
from equitybook.place import Place, arrive
from equitybook.program import Cohort
from equitybook.store import Store
from equitybook.workbook import Workbook
from tests.serving import MARIA, small_cohort

TODAY = dt.date(2026, 11, 15)


@pytest.fixture
def cohort(tmp_path):
    return Cohort.read(small_cohort(tmp_path / "cohort"))


@pytest.fixture
def handle(cohort):
    with Store.of(cohort.folder) as store:
        yield store.community("prairie-glen", author=MARIA)


@pytest.fixture
def book(cohort, handle):
    return Workbook(Place.of(cohort, "prairie-glen", 2), handle, today=TODAY)


def roster(n, **values):
    person = {"hire_date": "2015-01-01", "status": "FT", **values}
    return [{"emp_key": f"{values.get('race')}{at}", **person} for at in range(n)]


def add(handle, table, *rows):
    handle.add_rows(table, rows, replace=True, source="imported", batch=f"{table}-{len(rows)}")


def test_a_place_travels_to_the_kernel_and_back(cohort):
    place = Place.of(cohort, "prairie-glen", 2, base="/")
    assert Place.from_json(place.to_json()) == place
    assert place.served
    assert place.outcomes == ("PM2", "HR1")
    assert Place.of(cohort, "prairie-glen", 1).outcomes == ("CHARTER", "IC1", "PM1"), "the first cycle begins with the charter"
    cycle = cohort.cycle(2).model_copy(update={"outcomes": ("HR1", "FM2")})
    assert [one.code for one in known(cohort.parts_of(cycle))] == ["HR1"], "outcomes the workbook does not have yet are left out"


def test_a_served_page_cannot_be_widened_by_its_parameters(cohort):
    given = {
        "EQUITYBOOK_KERNEL_TOKEN": "signed elsewhere",
        "EQUITYBOOK_STORE_URL": "http://127.0.0.1:1/equitybook/kernel/store",
        "EQUITYBOOK_PLACE": Place.of(cohort, "prairie-glen", 2, base="/").to_json(),
        "EQUITYBOOK_COHORT": str(cohort.folder),
    }
    with pytest.raises(AccessError, match="another town or cycle"):
        arrive("oak-bluff", 2, environment=given)
    with pytest.raises(AccessError):
        arrive("prairie-glen", 1, environment=given)
    place, remote = arrive("", 2, environment=given)
    assert place.community == "prairie-glen"
    with pytest.raises(StoreError):
        remote.last_seq()


def test_a_notebook_that_knows_no_cohort_says_how_to_open_it():
    with pytest.raises(ConfigError, match="equitybook serve"):
        arrive("prairie-glen", 2, environment={})


def test_a_notebook_without_a_town_lists_the_towns(cohort):
    with pytest.raises(ConfigError, match="prairie-glen, oak-bluff"):
        arrive("", 2, environment={"EQUITYBOOK_COHORT": str(cohort.folder)})


def test_an_empty_workbook_says_what_to_do_first(book):
    face = book.recap().static_face()
    assert "in 2 days" in face
    assert "Nothing has been submitted yet." in face
    assert 'Next: <a href="#Sharpen-your-measures">Sharpen your measures</a>, about 40 minutes.' in face
    assert face.count("Not started") == 9


def test_the_recap_counts_what_there_is_to_check(book, handle):
    add(handle, "hr1_grid", {"department": "Police", "jobcat": "4", "status": "FT", "race": "WHITE", "sex": "M", "n": "7.5"})
    face = book.recap().static_face()
    assert "In progress" in face
    assert "1 thing" in face


def test_a_finding_follows_what_was_saved(book, handle):
    view = book.finding("HR1.headcount")
    before = view.html
    add(handle, "hr1_roster", *roster(20, race="WHITE"), *roster(12, race="HISP"))
    view._hear(None, {"type": "saved", "tables": ["hr1_roster"], "request": 1}, [])
    assert "32 people work here" in view.html
    assert view.html != before


def test_a_finding_is_computed_once_for_each_state_of_the_store(book, handle, monkeypatch):
    asked = []
    read = handle.read
    monkeypatch.setattr(type(handle), "read", lambda self, table: asked.append(table) or read(table))
    book.finding("HR1.headcount")
    first = len(asked)
    book.finding("HR1.share.race")
    assert len(asked) == first


def test_a_saved_notebook_has_pictures_and_a_served_page_leaves_drawing_to_the_browser(book, handle, monkeypatch):
    add(handle, "hr1_roster", *roster(20, race="WHITE"), *roster(12, race="HISP"))
    view = book.finding("HR1.share.race")
    assert view.charts["HR1.share.race"]["$schema"]
    assert "<svg" in view._repr_mimebundle_()[0]["text/html"]
    monkeypatch.setenv("EQUITYBOOK_STORE_URL", "http://127.0.0.1:1/")
    assert "text/html" not in view._repr_mimebundle_()[0]


def test_an_unknown_finding_is_an_error_for_a_designer_and_a_card_for_a_reader(cohort, handle, book):
    with pytest.raises(ConfigError, match=r"It is one of: HR1\.headcount"):
        book.finding("HR1.no_such")
    card = Workbook(Place.of(cohort, "prairie-glen", 2, base="/"), handle, today=TODAY).finding("HR1.no_such")
    assert "What you typed is saved" in card.data
    assert 'role="alert"' in card.data


def test_the_self_check_follows_the_answers(book, handle):
    panel = book.submit()
    assert not any(one["done"] for one in panel.checks)
    add(handle, "hr1_setup", {"benchmark_geography": "Cook County", "benchmark_source": "EEO Tabulation 6W"})
    view = book.recap()
    view._hear(None, {"type": "saved", "tables": ["hr1_setup"], "request": 1}, [])
    assert [one["done"] for one in panel.checks].count(True) >= 2


def test_the_words_of_a_step_are_its_own_prompts(book):
    form = book.words("HR1", step="who_works_here")
    assert form.fields == ["first_look_here"]


def test_the_recap_says_that_something_changed_after_submitting(book, handle):
    handle.submit(2, tables=["hr1_setup"])
    assert "changed since" not in book.recap().static_face()
    add(handle, "hr1_setup", {"payroll_headcount": 112})
    assert "Something has changed since" in book.recap().static_face()


def test_what_a_kernel_is_told_names_no_secret_and_no_other_town(cohort):
    facts = json.loads(Place.of(cohort, "prairie-glen", 2, base="/").to_json())
    assert set(facts) == {"community", "town", "cycle", "cycles", "slug", "title", "due", "outcomes", "start_now", "base", "roles"}
    assert facts["roles"] == {"maria": "Assistant village manager", "ken": "Director"}, "roles, and no names"
    assert "oak-bluff" not in json.dumps(facts)


def test_the_eeo4_form_is_fetched_from_the_server_and_not_from_a_saved_notebook(cohort, handle, book):
    served = Workbook(Place.of(cohort, "prairie-glen", 2, base="/"), handle, today=TODAY)
    assert 'href="/equitybook/api/downloads/eeo4.xlsx" download' in served.eeo4().data
    assert "href" not in book.eeo4().data
