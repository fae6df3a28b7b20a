"""Groups put together: nobody is lost, the words say who is in which group."""

from __future__ import annotations

from equitybook.disclosure import Tier, Together, collapse, policy
from equitybook.disclosure.ladder import groups_of
from equitybook.disclosure.linked import protect
from equitybook.findings import TOTAL, UNKNOWN
from tests.disclosure.made import dimension, table

RACE = dimension("race", 6, labels=("WHITE", "HISP", "BLACK", "ASIAN", "AIAN", UNKNOWN))
KIND = dimension("kind", 2)
NUMBERS = [[60, 20], [14, 6], [9, 4], [3, 1], [1, 0], [2, 1]]


def joined(rung: str) -> dict[str, tuple[str, ...]]:
    groups = groups_of({"rung": rung, "first": "WHITE"}, table(NUMBERS, rows=RACE, columns=KIND), dimension="race", k=5)
    return {} if groups is None else {code: one.codes for code, one in groups.items() if len(one.codes) > 1}


def test_groups_put_together_add_up_to_the_same_margins() -> None:
    made = table(NUMBERS, rows=RACE, columns=KIND)
    small = collapse(
        made,
        {
            **{c: Together(c, (c,)) for c in ("WHITE", "HISP", "BLACK", UNKNOWN)},
            "ASIAN+AIAN": Together("Others", ("ASIAN", "AIAN")),
        },
        dimension="race",
    )
    assert small.at("ASIAN+AIAN", "k0") == 4
    assert small.at("ASIAN+AIAN") == 5
    assert [small.at(column=code) for code in ("k0", "k1", TOTAL)] == [made.at(column=code) for code in ("k0", "k1", TOTAL)]


def test_columns_are_put_together_like_rows() -> None:
    made = table([list(pair) for pair in zip(*NUMBERS, strict=True)], rows=KIND, columns=RACE)
    assert collapse(made, {"all": Together("Everyone", tuple(RACE.labels))}, dimension="race").at("k0", "all") == 89


def test_each_rung_joins_more_and_leaves_the_unknown_apart() -> None:
    assert joined("small") == {"ASIAN+AIAN": ("ASIAN", "AIAN")}
    assert joined("three") == {"BLACK+ASIAN+AIAN": ("BLACK", "ASIAN", "AIAN")}
    assert joined("two") == {"HISP+BLACK+ASIAN+AIAN": ("HISP", "BLACK", "ASIAN", "AIAN")}
    assert set(joined("all")) == {"WHITE+HISP+BLACK+ASIAN+AIAN"}


def test_small_groups_take_in_the_next_one_until_they_can_be_shown() -> None:
    rows = dimension("race", 4, labels=("WHITE", "HISP", "ASIAN", "AIAN"))
    groups = groups_of(
        {"rung": "small"}, table([[50, 20], [10, 9], [5, 2], [1, 1]], rows=rows, columns=KIND), dimension="race", k=5
    )
    assert groups is not None
    assert "ASIAN+AIAN" in groups


def test_a_table_that_would_show_nothing_goes_down_the_ladder_and_says_so() -> None:
    numbers = [[4, 3], [2, 1], [1, 1], [3, 0], [0, 1], [0, 0]]
    tables, words = protect(
        {"left": table(numbers, name="left", of="people who left", rows=RACE, columns=KIND)},
        Tier.T2.thresholds.smallest_group,
        policy(),
    )
    assert len(tables["left"].table.rows.labels) < len(RACE.labels)
    assert not tables["left"].collapsed
    assert words == ("People who left: some groups of race are counted together, as “Everyone”.",)


def test_a_table_with_too_few_people_for_any_rung_shows_nothing_inside() -> None:
    tables, _ = protect({"left": table([[1, 0], [1, 1]], rows=dimension("race", 2), columns=KIND)}, 5, policy())
    assert tables["left"].collapsed
    assert not any(tables["left"].table.cells.values())
