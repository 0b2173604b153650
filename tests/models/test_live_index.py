"""The live index: who is in which queue, in which order, before and after changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.index_columns import IndexNames, RowChanges
from console.domain.rows import QueueRow
from models.array_order import ArrayOrder
from models.live_index import LiveIndex
from models.selection import Selection, SortKey
from models.ticket_order import ListOrder
from tests.models.desk import NAMES, NOW_S, changes_of, columns_of, index_of, paused, ticket, without_clock

DESK = [
    ticket(1, 20_000, support_group="Billing", severity=4, owner=None),
    ticket(2, 0),
    ticket(3, 1, escalation="requested", severity=1),
    ticket(4, 899, plan="silver", severity=3),
    ticket(5, 900, status="new"),
    ticket(6, 3599, escalation="under_review"),
    ticket(7, 3600, escalation="accepted", severity=None),
    ticket(8, 14_399),
    ticket(9, 14_400),
    ticket(10, -100),
    paused(11, 50, status="waiting"),
    paused(12, -50),
    without_clock(13, plan=None),
]


def shown(index: LiveIndex, queue: str = "open", **values: object) -> list[int]:
    order = index.select(Selection(queue, **values), NOW_S)  # type: ignore[arg-type]
    return order.ids(0, len(order))


@pytest.mark.parametrize(
    ("queue", "ids"),
    [
        ("open", [10, 2, 3, 4, 5, 6, 7, 8, 9, 1, 12, 11, 13]),
        ("overdue", [10, 2]),
        ("under_15m", [3, 4]),
        ("under_1h", [5, 6]),
        ("under_4h", [7, 8]),
        ("later", [9, 1]),
        ("paused", [12, 11]),
        ("no_clock", [13]),
        ("decide", [3, 6]),
        ("group:Billing", [1]),
        ("plan:odin/silver", [4]),
        ("status:new", [5]),
        ("group:Nobody", []),
        ("nonsense", []),
        ("nonsense:new", []),
    ],
)
def test_each_queue_has_its_tickets_in_order(queue: str, ids: list[int]) -> None:
    index = index_of(DESK)
    assert shown(index, queue) == ids
    assert index.counts(NOW_S).get(queue, 0) == len(ids)


def test_counts_name_every_queue_and_sum_up() -> None:
    counts = index_of(DESK).counts(NOW_S)
    bands = ("overdue", "under_15m", "under_1h", "under_4h", "later", "paused", "no_clock")
    assert sum(counts[each] for each in bands) == counts["open"] == len(DESK)
    assert sum(count for code, count in counts.items() if code.startswith("status:")) == len(DESK)
    assert "plan:" not in counts


def test_an_empty_desk_has_empty_queues() -> None:
    index = index_of([])
    assert shown(index) == []
    assert index.counts(NOW_S)["open"] == 0
    assert index.next_edge_s(NOW_S) is None


def test_a_search_narrows_a_queue() -> None:
    assert shown(index_of(DESK), "under_1h", within=(6, 10, 999_999)) == [6]
    assert shown(index_of(DESK), within=()) == []


@pytest.mark.parametrize(
    ("sort", "descending", "ids"),
    [
        (SortKey.SEVERITY, False, [3, 2, 5, 4, 1, 7]),
        (SortKey.SEVERITY, True, [7, 1, 4, 2, 5, 3]),
        (SortKey.DEADLINE, True, [1, 7, 5, 4, 3, 2]),
        (SortKey.OWNER, False, [2, 3, 4, 5, 7, 1]),
        (SortKey.GROUP, False, [1, 2, 3, 4, 5, 7]),
        (SortKey.STATUS, False, [5, 2, 3, 4, 7, 1]),
    ],
)
def test_sorts_keep_the_deadline_among_equals(sort: SortKey, descending: bool, ids: list[int]) -> None:
    index = index_of(DESK)
    index.apply(changes_of([replace(DESK[0], status="waiting")]))
    assert shown(index, within=(1, 2, 3, 4, 5, 7), sort=sort, descending=descending) == ids


def test_sorting_by_opening() -> None:
    rows = [ticket(each, opened_s=NOW_S - 10 * each) for each in (1, 2, 3)]
    assert shown(index_of(rows), sort=SortKey.OPENED) == [3, 2, 1]


def test_changes_are_merged_and_closed_tickets_leave() -> None:
    index = index_of(DESK)
    applied = index.apply(changes_of([ticket(1, 5), ticket(20, 10)], closed=[10, 4, 555], revision=7))
    assert shown(index) == [2, 3, 1, 20, 5, 6, 7, 8, 9, 12, 11, 13]
    assert sorted(applied.changed.tolist()) == [1, 20]
    assert sorted(applied.closed.tolist()) == [4, 10, 555]
    assert (index.revision, len(index)) == (7, 12)


def test_words_that_the_store_numbered_anew_keep_their_meaning() -> None:
    index = index_of(DESK)
    names = IndexNames(("", "waiting", "on_hold", "open"), ("", "odin/bronze"), ("", "Billing"), ("",), ("",))
    row = ticket(2, 0, status="on_hold", plan="bronze", support_group="Billing", owner=None)
    index.apply(RowChanges(columns_of([row], 2, names), np.array([], dtype=np.int32), names))
    assert shown(index, "status:on_hold") == [2]
    assert shown(index, "plan:odin/bronze") == [2]
    assert shown(index, "group:Billing") == [2, 1]
    assert shown(index, "status:waiting") == [11]


def test_words_that_came_after_the_index_was_made_are_found() -> None:
    index = index_of(DESK)
    names = replace(NAMES, support_group=(*NAMES.support_group, "Network"))
    row = ticket(2, 0, support_group="Network")
    index.apply(RowChanges(columns_of([row], 2, names), np.array([], dtype=np.int32), names))
    assert shown(index, "group:Network") == [2]
    assert index.counts(NOW_S)["group:Network"] == 1


def test_the_next_edge_is_when_a_ticket_changes_queues_by_time_alone() -> None:
    index = index_of(DESK)
    codes = ("overdue", "under_15m", "under_1h", "under_4h", "later")
    seen = [index.counts(NOW_S)]
    now_s = NOW_S
    while (edge := index.next_edge_s(now_s)) is not None:
        assert [index.counts(edge - 1)[code] for code in codes] == [seen[-1][code] for code in codes]
        assert [index.counts(edge)[code] for code in codes] != [seen[-1][code] for code in codes]
        seen.append(index.counts(edge))
        now_s = edge
    assert seen[-1]["overdue"] == 10


def test_parked_tickets_are_a_queue_that_fills_by_time_alone() -> None:
    index = LiveIndex(columns_of(DESK[10:], parked={11: NOW_S, 12: NOW_S + 60, 13: NOW_S + 7}), NAMES)
    assert shown(index, "parked") == [11]
    assert index.counts(NOW_S)["parked"] == 1
    assert index.next_edge_s(NOW_S) == NOW_S + 7
    assert index.next_edge_s(NOW_S + 7) == NOW_S + 60
    assert index.next_edge_s(NOW_S + 60) is None
    order = index.select(Selection("parked"), NOW_S + 60)
    assert order.ids(0, len(order)) == [12, 11, 13]
    assert index.counts(NOW_S + 59)["parked"] == 2


SECONDS = st.sampled_from([-(10**7), -5000, -1, 0, 1, 60, 899, 900, 5000, 10**7])
ROWS = st.lists(
    st.builds(
        lambda ticket_id, group, due_s, severity, opened: ticket(
            ticket_id, group=group, due_s=due_s + NOW_S * (group == 0), severity=severity, opened_s=NOW_S + opened
        ),
        st.integers(1, 60),
        st.integers(0, 2),
        SECONDS,
        st.integers(1, 4),
        SECONDS,
    ),
    max_size=40,
    unique_by=lambda row: row.ticket_id,
)


def by_lexsort(rows: list[QueueRow]) -> list[int]:
    columns = columns_of(rows)
    keys = (columns.ticket_id, columns.opened_s, columns.rank, columns.due_s, columns.group)
    ids: list[int] = columns.ticket_id[np.lexsort(keys)].tolist()
    return ids


@given(ROWS, st.lists(st.tuples(ROWS, st.sets(st.integers(1, 60), max_size=10)), max_size=4))
@settings(deadline=None)
def test_the_order_equals_lexsort_after_any_changes(rows: list[QueueRow], steps: list) -> None:  # type: ignore[type-arg]
    index = index_of(rows)
    alive = {row.ticket_id: row for row in rows}
    for changed, closed in steps:
        index.apply(changes_of(changed, sorted(closed)))
        alive |= {row.ticket_id: row for row in changed}
        alive = {ticket_id: row for ticket_id, row in alive.items() if ticket_id not in closed}
        assert shown(index) == by_lexsort(list(alive.values()))
        assert index.counts(NOW_S) == index_of(alive.values()).counts(NOW_S)
    assert shown(index) == by_lexsort(list(alive.values()))


IDS = st.lists(st.integers(1, 12), unique=True, max_size=12)


@given(IDS, IDS)
def test_both_kinds_of_order_agree_on_what_changes(before: list[int], after: list[int]) -> None:
    arrays = ArrayOrder(np.array(after, dtype=np.int32)).change_from(ArrayOrder(np.array(before, dtype=np.int32)))
    lists = ListOrder(after).change_from(ListOrder(before))
    mixed = ArrayOrder(np.array(after, dtype=np.int32)).change_from(ListOrder(before))
    for change in (lists, mixed):
        assert change.extended.ids(0, 99) == arrays.extended.ids(0, 99)
        assert change.rearranged.ids(0, 99) == arrays.rearranged.ids(0, 99)
        assert (change.arriving, change.leaving) == (arrays.arriving, arrays.leaving)
        assert (change.same_places, change.nothing) == (arrays.same_places, arrays.nothing)
    assert arrays.rearranged.ids(0, len(after)) == after
    assert arrays.extended.ids(0, len(before)) == before


@pytest.mark.parametrize(
    ("before", "after", "candidates", "moved"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], [2], 0),
        ([1, 2, 3, 4], [2, 3, 4, 1], [1], 1),
        ([1, 2, 3, 4], [1, 3, 4, 5], [2, 5], 2),
        ([1, 2, 3, 4], [4, 3, 2, 1, 5], [1, 2, 3, 4, 5], 5),
        ([1, 2], [2, 1], [1, 2], 2),
        ([], [1, 2], [1, 2], 2),
    ],
)
def test_how_many_rows_a_held_queue_would_move(
    before: list[int], after: list[int], candidates: list[int], moved: int
) -> None:
    old, new = (ArrayOrder(np.array(each, dtype=np.int32)) for each in (before, after))
    assert new.moved_from(old, candidates) == moved


def test_customers_and_numbers_are_sorted_by_ranks_of_the_store() -> None:
    index = index_of([ticket(1, 60), ticket(2, 50), ticket(3, 40), ticket(9, 30)])
    assert index.lacks_ranks(SortKey.CUSTOMER)
    assert not index.lacks_ranks(SortKey.SEVERITY)
    index.set_ranks(SortKey.CUSTOMER, np.array([[1, 2], [2, 1], [3, 2], [9, 3]]))
    assert not index.lacks_ranks(SortKey.CUSTOMER)
    # Those of one customer follow in the order of the deadline.
    assert shown(index, sort=SortKey.CUSTOMER) == [2, 3, 1, 9]
    assert shown(index, sort=SortKey.CUSTOMER, descending=True) == [9, 3, 1, 2]
    index.apply(changes_of([ticket(4, 10)], (), 2))
    assert index.lacks_ranks(SortKey.CUSTOMER)
    assert shown(index, sort=SortKey.CUSTOMER) == [2, 3, 1, 9, 4]
