"""Pinned tickets and reminders are queues of a person: the index shows those of the marked tickets that are open."""

from __future__ import annotations

import pytest

from models.live_index import LiveIndex
from models.selection import PERSONAL, Selection
from tests.models.desk import NOW_S, changes_of, index_of, paused, ticket

DESK = [ticket(1, 900), ticket(2, -10), paused(3, 50), ticket(4, 20_000)]


def shown(index: LiveIndex, queue: str, marked: tuple[int, ...] | None) -> list[int]:
    order = index.select(Selection(queue, marked), NOW_S)
    return order.ids(0, len(order))


@pytest.mark.parametrize("queue", PERSONAL)
def test_marked_tickets_stand_in_the_order_of_the_queue(queue: str) -> None:
    index = index_of(DESK)
    assert shown(index, queue, (4, 3, 2)) == [2, 4, 3]
    assert shown(index, queue, ()) == []
    # Before the marks are read the queue is empty, not everything.
    assert shown(index, queue, None) == []


def test_only_open_tickets_are_counted() -> None:
    index = index_of(DESK)
    assert (index.count_among((1, 2, 99)), index.count_among(())) == (2, 0)
    index.apply(changes_of([], (2,), 2))
    assert index.count_among((1, 2, 99)) == 1
    assert shown(index, PERSONAL[0], (1, 2)) == [1]
