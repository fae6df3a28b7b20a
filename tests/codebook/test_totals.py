from __future__ import annotations

import pytest

from equitybook.codebook.categories import DEPARTMENT
from equitybook.codebook.totals import is_total, is_total_of


@pytest.mark.parametrize(
    "text", ["Total", "TOTALS", "Grand Total", "grand total:", "Subtotal", "Sub-total", "Sum", "** Total **", "Overall total"]
)
def test_a_total_and_nothing_else_is_one(text: str):
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["Police Total", "Fire/EMS Total", "police subtotal", "Total staff", "Subtotal: Police", "Fire Count"]
)
def test_a_total_of_something_may_be_one(text: str):
    assert is_total_of(text)
    assert not is_total(text)


@pytest.mark.parametrize(
    "text", ["Police", "Summer camp", "Totally new", "Accounting", "County clerk", "", None, 103, *DEPARTMENT.labels]
)
def test_other_words_are_none(text: object):
    assert not is_total(text)
    assert not is_total_of(text)
