from __future__ import annotations

import datetime as dt
from typing import Annotated

import pandas as pd

from equitybook.codebook import Money, Percent, Row, column
from equitybook.codebook.categories import RACE, SEX
from equitybook.codebook.frames import frame, unread


class Kinds(Row, id="test_kinds", name="Kinds", one_row="one of each"):
    """Not of this house: one column of each kind."""

    words: str = column("Words")
    whole: int = column("Whole", minimum=0)
    number: float = column("Number")
    money: Money = column("Money")
    share: Percent = column("Share", maximum=100)
    day: dt.date = column("Day")
    sex: Annotated[str, SEX] = column("Sex")
    races: list[Annotated[str, RACE]] = column("Races")
    open: bool = column("Open")


GOOD = {
    "words": "a", "whole": 3, "number": 1.5, "money": 2.0, "share": 24.0, "day": "2026-06-30", "sex": "F", "races": ["WHITE", "ASIAN"], "open": True,
}  # fmt: skip
BAD = {
    "words": None,
    "whole": "7.5",
    "number": "x",
    "money": "€5",
    "share": 120.0,
    "day": "13/2024",
    "sex": "Z",
    "races": "Martian",
    "open": "maybe",
}


def test_each_kind_has_its_dtype_with_and_without_rows():
    expected = ["str", "Int64", "Float64", "Float64", "Float64", "datetime64[us]", "str", "object", "boolean"]
    assert [str(one) for one in frame(Kinds.table, []).dtypes] == expected
    assert [str(one) for one in frame(Kinds.table, [("a", GOOD), ("b", BAD)]).dtypes] == expected


def test_columns_are_the_row_models_in_order_and_the_index_is_the_row_id():
    made = frame(Kinds.table, [("a", {**GOOD, "left_over": 1}), ("b", {})])
    assert list(made.columns) == list(Kinds.model_fields)
    assert list(made.index) == ["a", "b"]


def test_usable_values_arrive_typed():
    row = frame(Kinds.table, [("a", GOOD)]).loc["a"]
    assert row["day"] == pd.Timestamp(2026, 6, 30)
    assert row["races"] == ["WHITE", "ASIAN"]
    assert row["whole"] == 3
    assert bool(row["open"])


def test_what_cannot_be_used_is_not_known():
    made = frame(Kinds.table, [("a", BAD)])
    assert made.drop(columns="races").isna().all(axis=None)
    assert made.loc["a", "races"] == []


def test_a_column_with_something_that_cannot_be_used_is_told_from_an_empty_one():
    every = tuple(name for name in Kinds.model_fields if name != "words")
    assert unread(frame(Kinds.table, [("a", GOOD), ("b", BAD)])) == every
    assert unread(frame(Kinds.table, [("a", GOOD), ("b", {})])) == ()
    assert unread(frame(Kinds.table, [("a", {"whole": "<5", "day": "n/a"})])) == ("whole",)


def test_a_number_typed_as_text_is_counted_once_it_can_be_read():
    assert frame(Kinds.table, [("a", {"whole": "1,200"})])["whole"].sum() == 1200
