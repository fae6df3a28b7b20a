"""What people read is in American English: the towns are in Illinois."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_STEMS = "neighbour|favour|behaviour|labour|honour|colour|organis|recognis|summaris|prioritis|standardis"
BRITISH = re.compile(rf"\b(?:programmes?|licences?|centres?|grey)\b|(?:{_STEMS})", re.IGNORECASE)
WORDS = re.compile(r"[A-Za-z]+ [A-Za-z]+")
"""A text with two words after each other is a sentence or a label; a name in the code is not."""
# Words a file is searched for, in both spellings.
SEARCHED_FOR = {"remedies.py", "screening.yml", "heat_map.py"}


def python_texts(path: Path) -> Iterator[str]:
    """The strings of a module, without its documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def yaml_texts(path: Path) -> Iterator[str]:
    yield from (
        line.split("#")[0] if line.lstrip().startswith("#") else line for line in path.read_text(encoding="utf-8").splitlines()
    )


FILES = [
    one
    for pattern in ("lib/equitybook/**/*.py", "lib/equitybook/**/*.yml", "templates/cohort/*.toml")
    for one in sorted(ROOT.glob(pattern))
    if one.name not in SEARCHED_FOR
]


@pytest.mark.parametrize("kind", [".py", ".yml", ".toml"])
def test_words_people_read_are_spelled_as_in_illinois(kind: str):
    found = [
        f"{path.relative_to(ROOT)}: {text.strip()}"
        for path in FILES
        if path.suffix == kind
        for text in (python_texts if kind == ".py" else yaml_texts)(path)
        if WORDS.search(text) and BRITISH.search(text)
    ]
    assert not found
