"""The demonstration: fourteen towns at different stages, in which a newcomer can begin at once."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import openpyxl
import pytest
import yaml

from equitybook.codebook.check import check_table
from equitybook.demo.create import create_demo
from equitybook.demo.fill import CYCLE
from equitybook.demo.sign_ins import open_accounts, read_sign_ins, worth_showing
from equitybook.demo.spreadsheet import HEADINGS
from equitybook.demo.towns import town_answers
from equitybook.errors import ConfigError
from equitybook.outcomes import registry
from equitybook.program import Level, remarks
from equitybook.store import Store


@pytest.fixture(scope="module")
def store(demo):
    with Store.of(demo.folder, demo.database_url) as opened:
        yield opened


def rows(store, slug, table):
    return store.community(slug, author="reader").read(table)


def test_fourteen_towns_of_five_to_sixty_thousand_people_all_eligible(demo):
    assert len(demo.communities) == 14
    assert all(5_000 <= town.population <= 60_000 for town in demo.communities)
    assert {one.level for one in remarks(demo)} == {Level.FINE}


def test_cycle_two_is_open_today(demo):
    cycle = demo.cycle(CYCLE)
    assert cycle.work_from <= dt.datetime.now(dt.UTC).date() <= cycle.due


def test_prairie_glen_is_as_the_programme_describes_it(demo):
    town = demo.communities[0]
    assert (town.slug, town.population, town.employees, len(town.departments)) == ("prairie-glen", 18_400, 112, 5)
    assert (town.form_of_government, town.fiscal_year_start) == ("Council-manager", "05-01")


def test_prairie_glen_has_its_form_filled_in_and_empty_tables(demo, store):
    (form,) = rows(store, "prairie-glen", "hr1_setup")
    assert form.id == "one"
    assert form.values()["payroll_headcount"] == 112
    assert all(not rows(store, "prairie-glen", table) for table in ("hr1_roster", "hr1_grid", "hr1_flow", "hr1_words"))


def test_the_towns_are_at_different_stages(demo, store):
    stages = {
        town.slug: tuple(
            len(rows(store, town.slug, table)) > 0 for table in ("hr1_setup", "hr1_grid", "hr1_roster", "hr1_flow", "hr1_words")
        )
        for town in demo.communities
    }
    assert not any(stages["hazel-fork"])
    assert len(set(stages.values())) >= 6


def test_two_towns_have_handed_in_once_and_one_twice(demo, store):
    handed_in = {town.slug: len(store.community(town.slug, author="reader").submissions(CYCLE)) for town in demo.communities}
    assert {slug: n for slug, n in handed_in.items() if n} == {"copper-crossing": 1, "larkfield": 1, "tallgrass-junction": 2}


def test_the_page_has_nothing_to_ask_except_in_the_town_with_faults_and_of_the_quota(demo):
    for town in demo.communities:
        asked = [
            message.text
            for table, found in town_answers(town).items()
            for message in check_table(registry.table(table), numbered(found))
        ]
        assert bool(asked) == (town.slug in {"otter-ridge", "stone-harrow"}), (town.slug, asked[:3])


def test_the_town_with_faults_gives_the_page_many_different_things_to_ask(demo):
    town = demo.community("otter-ridge")
    found = town_answers(town)
    messages = [message.text for table, given in found.items() for message in check_table(registry.table(table), numbered(given))]
    assert any("Function 14" in text for text in messages)
    assert any("repeats row" in text for text in messages)
    assert any("add up to 1.2" in text for text in messages)
    assert len(messages) >= 7


def test_the_words_of_the_invented_teams_answer_prompts_that_are_asked():
    asked = {column.name for column in registry.table("hr1_words").columns}
    told = yaml.safe_load(files("equitybook.demo").joinpath("content/words.yml").read_text(encoding="utf-8"))
    assert {prompt for words in told.values() for prompt in words} <= asked


def numbered(found):
    return [(f"r{number}", values) for number, values in enumerate(found)]


def test_wren_lake_is_too_small_for_most_groups(demo):
    races = [row["race"] for row in town_answers(demo.community("wren-lake"))["hr1_roster"] if "sep_date" not in row]
    assert len(races) == 31
    assert sum(race != "WHITE" for race in races) < 5


def test_everybody_can_sign_in_with_the_password_in_the_file(demo, store):
    sign_ins = read_sign_ins(demo.folder)
    assert {one.username for one in sign_ins} == {person.username for person in demo.people}
    assert store.accounts.verify("maria", next(one.password for one in sign_ins if one.username == "maria"))
    assert (demo.folder / "demo-sign-ins.txt").stat().st_mode & 0o777 == 0o600
    assert open_accounts(store, sign_ins) == 0


def test_the_few_sign_ins_to_show_cover_every_role(demo):
    shown = worth_showing(demo, read_sign_ins(demo.folder))
    assert [one.username for one in shown] == ["maria", "ana", "howard", "grace", "lena"]


def test_the_practice_list_is_messy_and_reconciles_with_the_payroll(demo):
    sheet = openpyxl.load_workbook(demo.folder / "try-this-roster.xlsx").active
    heading, *people = sheet.iter_rows(values_only=True)
    assert heading == HEADINGS
    table = [dict(zip(HEADINGS, row, strict=True)) for row in people]
    here = [row for row in table if row["Term Date"] is None]
    assert len(here) == 112
    assert sum(row["FT/PT"] == "PT" for row in here) == 16
    assert any(isinstance(row["Annual Rate"], str) for row in table)
    assert any(row["Annual Rate"] is None for row in table)
    assert any(isinstance(row["Hire Date"], str) for row in table)
    assert {"W", "B", "H"} <= {row["Ethnic Code"] for row in table}


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="is not empty"):
        create_demo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_creation_that_is_cut_off_leaves_nothing(tmp_path):
    def stop(town, done, total):
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_demo(tmp_path / "demo", on_progress=stop)
    assert list(tmp_path.iterdir()) == []
