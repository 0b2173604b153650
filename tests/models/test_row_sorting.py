"""Rows that were given as a list are sorted as the live index sorts tickets."""

from __future__ import annotations

import pytest

from models.row_sorting import sorted_rows
from models.selection import Selection, SortKey
from tests.models.desk import NOW_S, index_of, ticket

ROWS = [
    ticket(1, 10, severity=3, customer="beta", owner=None, number="T9", plan="silver"),
    ticket(2, 20, severity=1, customer="Alpha", owner="Grace", number="T10", status="new"),
    ticket(3, 30, severity=None, customer="alpha", owner="Ada", number="T8", support_group="Billing"),
    ticket(4, 40, severity=3, customer="", owner="Ada", number="A100", plan=None),
]


@pytest.mark.parametrize(
    ("key", "up", "down"),
    [
        (SortKey.DEADLINE, [1, 2, 3, 4], [4, 3, 2, 1]),
        (SortKey.CUSTOMER, [2, 3, 1, 4], [4, 1, 2, 3]),
        (SortKey.NUMBER, [3, 1, 2, 4], [4, 2, 1, 3]),
        (SortKey.SEVERITY, [2, 1, 4, 3], [3, 1, 4, 2]),
    ],
)
def test_a_list_is_sorted_and_equal_rows_stay_in_the_order_of_the_deadline(
    key: SortKey, up: list[int], down: list[int]
) -> None:
    assert [row.ticket_id for row in sorted_rows(ROWS, Selection(sort=key))] == up
    assert [row.ticket_id for row in sorted_rows(ROWS, Selection(sort=key, descending=True))] == down


@pytest.mark.parametrize("key", [SortKey.SEVERITY, SortKey.STATUS, SortKey.PLAN, SortKey.GROUP, SortKey.OWNER])
@pytest.mark.parametrize("descending", [False, True])
def test_both_ways_to_sort_agree(key: SortKey, descending: bool) -> None:
    selection = Selection(sort=key, descending=descending)
    order = index_of(ROWS).select(selection, NOW_S)
    assert [row.ticket_id for row in sorted_rows(ROWS, selection)] == order.ids(0, len(order))
