"""The place of a ticket in the order of the open queue, counted on the index."""

from __future__ import annotations

from console.domain.fold import fold
from console.domain.queues import order_key
from console.store import queue_place, queue_rows, tickets
from console.store.database import Connection
from tests.store.desk import StoreDesk, many


def test_every_open_ticket_stands_where_the_queue_shows_it(desk: StoreDesk) -> None:
    many(desk, 60)

    def places(conn: Connection) -> list[int]:
        _, rows = queue_rows.page(conn, desk.time.at // 1_000_000, "open", None)
        book = desk.db.book(conn)
        states = [fold(tickets.facts(conn, row.ticket_id), book, desk.time.at) for row in rows]
        keys = [order_key(row.ticket_id, state.row) for row, state in zip(rows, states, strict=True)]
        return [queue_place.rows_before(conn, key) for key in keys]

    found = desk.db.read_now(places)
    assert found == list(range(len(found)))
    assert 20 < len(found) < 60


def test_a_key_of_the_future_counts_all_but_the_ticket_itself(desk: StoreDesk) -> None:
    first, *_ = (desk.open_ticket(f"T{number}") for number in range(3))
    assert desk.db.read_now(lambda conn: queue_place.rows_before(conn, (2, 0, 99, 0, first))) == 2
    assert desk.db.read_now(lambda conn: queue_place.rows_before(conn, (0, 0, 0, 0, first))) == 0


def test_the_count_is_a_range_of_the_index(desk: StoreDesk) -> None:
    desk.open_ticket("T1")

    def plan(conn: Connection) -> str:
        found = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {queue_place.BEFORE}", (0, 0, 0, 0, 1, 1))
        return " ".join(row[3] for row in found)

    said = desk.db.read_now(plan)
    assert said.startswith("SEARCH queue_row USING INDEX ix_queue_row_order ((grp,due_s,rank,opened_s)<"), said
