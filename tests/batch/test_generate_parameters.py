"""Parameters are checked against the notebook before anything runs."""

from __future__ import annotations

import nbformat
import pytest

from equitybook.batch.parameters import check_parameters
from equitybook.errors import GenerateError


@pytest.fixture
def declares(tmp_path):
    """Write a notebook with that parameters cell."""

    def write(source: str):
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
        kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
        path = tmp_path / "with {braces}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=kernel), path)
        return path

    return write


@pytest.mark.parametrize(
    ("source", "parameters"),
    [
        ('community: str = ""', {"community": "bluestem"}),
        ('community: str = ""  # the town\'s name; empty = the signed-in team', {"community": "bluestem"}),
        ("cycle = 2", {"cycle": 3}),
        ("share: float = 0.5", {"share": 1}),
        ("towns: list[str] = []", {"towns": ["bluestem"]}),
        ("anything = compute()", {"anything": {"of": "any kind"}}),
    ],
)
def test_what_the_notebook_declares_is_taken(declares, source, parameters):
    check_parameters(declares(source), parameters)


@pytest.mark.parametrize(
    ("source", "parameters", "words"),
    [
        ('comunity: str = ""', {"community": "bluestem"}, 'no parameter "community". Did you mean "comunity"?'),
        ("cycle: int = 2", {"cycle": "two"}, "should be int, for example 2; it is 'two'"),
        ("cycle: int = 2", {"cycle": True}, "should be int"),
        ('community = ""', {"community": 7}, "should be str"),
        ("draft: bool = False", {"draft": 1}, "should be bool"),
    ],
)
def test_another_name_or_type_is_an_error(declares, source, parameters, words):
    with pytest.raises(GenerateError) as caught:
        check_parameters(declares(source), parameters)
    assert words in str(caught.value)
