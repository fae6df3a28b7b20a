"""The grid of choices: what it asks the page to show, and its face in a saved notebook."""

from __future__ import annotations

from typing import Any

import pytest

from equitybook.outcomes import table
from equitybook.widgets import STATIC, MatrixEntry

PLACES = {
    "rows": "ic1_tasks", "row_key": "task_id", "row_label": "task",
    "columns": "ic1_members", "column_key": "member_id", "column_label": "role_title", "value": "code",
}  # fmt: skip
STILL: dict[str, list[dict[str, Any]]] = {
    "ic1_tasks": [{"task_id": "T1", "task": "Write the charter"}, {"task": "No code yet"}, {"task_id": "T2"}],
    "ic1_members": [{"member_id": "P1", "role_title": "Village manager"}, {"member_id": "P2", "role_title": "<b>Clerk</b>"}],
    "ic1_rasci": [
        {"task_id": "T1", "member_id": "P1", "code": "AR"},
        {"task_id": "T1", "member_id": "P2", "code": None},
        {"task_id": "T1", "member_id": "P2", "code": "odd"},
        {"task_id": "T9", "member_id": "P1", "code": "R"},
    ],
}


def matrix(**more: Any) -> MatrixEntry:
    return MatrixEntry(table("ic1_rasci"), **{**PLACES, **more})


def test_the_page_is_told_every_name_it_needs():
    state = matrix().get_state()
    module = (STATIC / "matrix.js").read_text(encoding="utf-8")
    for name, value in PLACES.items():
        assert state[name] == value
        assert f'"{name}"' in module
    assert state["table"] == "ic1_rasci"
    assert state["label"] == "Who does what"


def test_a_saved_notebook_has_a_table_with_headings_both_ways_and_words_for_letters():
    html = matrix(still=STILL).static_face()
    assert html == (
        '<table class="eq-table"><caption>Who does what</caption>'
        '<thead><tr><td></td><th scope="col">Village manager</th><th scope="col">&lt;b&gt;Clerk&lt;/b&gt;</th></tr></thead>'
        '<tbody><tr><th scope="row">Write the charter</th><td>AR accountable and responsible</td><td>odd</td></tr>'
        '<tr><th scope="row">T2</th><td></td><td></td></tr></tbody></table>'
    )


@pytest.mark.parametrize("missing", ["ic1_tasks", "ic1_members"])
def test_without_lines_it_says_what_to_do_first(missing):
    still = {**STILL, missing: []}
    assert (
        matrix(still=still, empty="Add members and tasks first.").static_face()
        == '<p class="eq-empty">Add members and tasks first.</p>'
    )
    assert "nothing here yet" in matrix(still=still).static_face()


@pytest.mark.parametrize("name", ["row_key", "column_key", "value"])
def test_a_column_the_table_does_not_have_is_refused(name):
    with pytest.raises(KeyError, match="misspelled"):
        matrix(**{name: "misspelled"})
