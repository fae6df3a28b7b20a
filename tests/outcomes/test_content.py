from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from equitybook.codebook import Kind
from equitybook.errors import ConfigError
from equitybook.outcomes import outcome, table
from equitybook.outcomes.content import read_content

GUIDE = outcome("HR1").guide
SMALL = {
    "code": "PM9",
    "title": "Waits",
    "coach_question": "Who waits?",
    "steps": [{"id": "wait", "title": "Waiting", "minutes": 5, "why": "Because.", "prompts": ["first"]}],
    "prompts": [{"id": "first", "label": "What first?"}],
}


def written(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "content.yml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8")
    return path


def test_prompts_become_one_form_of_long_texts():
    words = table("hr1_words")
    assert words.single
    assert {column.kind for column in words.columns} == {Kind.LONG_TEXT}
    assert [column.name for column in words.columns] == [prompt.id for prompt in GUIDE.prompts]
    assert words.column("surprise").label == "Which number surprised you? Is it the town, or the data?"


def test_the_outcome_counts_the_words_among_its_tables():
    assert "hr1_words" in {row.table.id for row in outcome("HR1").tables}


def test_every_step_names_tables_and_prompts_that_exist():
    for step in GUIDE.steps:
        for table_id in step.tables:
            assert table(table_id).id == table_id
        assert GUIDE.prompts_of(step.id)


def test_every_prompt_is_asked_in_exactly_one_step():
    asked = [name for step in GUIDE.steps for name in step.prompts]
    assert sorted(asked) == sorted(prompt.id for prompt in GUIDE.prompts)


def test_the_words_are_calm():
    text = outcome("HR1").content.read_text(encoding="utf-8")
    for word in ("violation", "compliant", "compliance", "guilty"):
        assert word not in text.lower()
    assert "!" not in text


def test_an_unknown_step_says_which_there_are():
    with pytest.raises(ConfigError, match="who_works_here, who_could_we_hire_from"):
        GUIDE.step("who_works_there")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"prompts": [{"id": "First", "label": "What first?"}]}, r'content.yml, key "prompts.0.id": .First.*pattern'),
        ({"prompts": [{"id": "first", "label": "a"}, {"id": "first", "label": "b"}]}, '"first" is used twice'),
        ({"steps": [{**SMALL["steps"][0], "prompts": ["second"]}]}, 'there is no prompt "second"'),
        ({"colour": "blue"}, 'key "colour".*not permitted'),
        ({"steps": [{**SMALL["steps"][0], "minutes": "soon"}]}, 'key "steps.0.minutes": .soon'),
        ({"done": [{"id": "d", "text": "t", "rule": {"filled": "a.b", "shown": "X"}}]}, "exactly one of"),
    ],
)
def test_a_mistake_is_named_with_its_file_key_and_value(tmp_path, change, words):
    with pytest.raises(ConfigError, match=words):
        read_content(written(tmp_path, {**SMALL, **change}))


def test_a_missing_or_unreadable_file_is_said_plainly(tmp_path):
    with pytest.raises(ConfigError, match="no such file"):
        read_content(tmp_path / "nowhere.yml")
    with pytest.raises(ConfigError, match=r"not readable as YAML .line 2"):
        read_content(written(tmp_path, "steps: [\n  }"))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"table": "measures"}, "at_least or at_most"),
        ({"table": "measures", "at_least": 1, "where": [{"field": "rba"}]}, "one of one_of, filled and day"),
        (
            {"table": "measures", "at_least": 1, "where": [{"field": "rba", "one_of": ["A"], "filled": True}]},
            "one of one_of, filled and day",
        ),
    ],
)
def test_a_rule_about_rows_says_how_many_and_each_condition_one_thing(tmp_path, rows, words):
    content = {**SMALL, "done": [{"id": "some", "text": "Some.", "rule": {"rows": rows}}]}
    with pytest.raises(ConfigError, match=words):
        read_content(written(tmp_path, content))
