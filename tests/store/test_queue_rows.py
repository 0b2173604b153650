"""The queue as it is read: index, pages, rows and first rows say the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from console.domain.facts import FactKind, NewFact
from console.domain.fold import fold
from console.domain.instants import HOUR, MINUTE, SECOND
from console.domain.queues import QUEUES, belongs, order_key
from console.domain.state import RowState
from console.store import queue_rows, tickets
from console.store.database import Connection
from console.store.first_rows import first_rows
from tests.store.desk import NOON, StoreDesk, many

ROOT = Path(__file__).parents[2]


@pytest.fixture
def busy(desk: StoreDesk) -> StoreDesk:
    many(desk, 80)
    return desk


def states(desk: StoreDesk) -> dict[int, RowState]:
    def read(conn: Connection) -> dict[int, RowState]:
        found = {ticket: fold(facts, desk.db.book(conn), NOON).row for ticket, facts in tickets.all_facts(conn)}
        return dict(sorted(found.items(), key=lambda item: order_key(*item)))

    return desk.db.read_now(read)


def test_the_desk_of_these_tests_has_tickets_in_every_state(busy: StoreDesk) -> None:
    rows = states(busy).values()
    assert {row.group for row in rows} == {0, 1, 2}
    assert {row.open for row in rows} == {True, False}
    assert any(row.escalation for row in rows)
    assert any(row.parked_s is not None for row in rows)


@pytest.mark.parametrize("later", [0, 90 * MINUTE])
def test_a_page_holds_what_belongs_to_its_queue(busy: StoreDesk, later: int) -> None:
    now_s = (NOON + later) // SECOND
    rows_of = {row.ticket_id: row for row in every_row(busy)}
    found_states = states(busy)
    for queue in (*QUEUES, "group:Mail", "group:no such", "plan:odin/gold", "status:waiting"):
        total, rows = busy.db.read_now(partial(queue_rows.page, now_s=now_s, queue=queue, limit=None))
        found = [row.ticket_id for row in rows]
        expected = [
            each for each, row in found_states.items() if belongs(queue, row, now_s, rows_of[each].support_group)
        ]
        if queue == "closed":
            newest = sorted(rows, key=lambda row: (-row.revision, -row.ticket_id))
            assert rows == newest
            found, expected = sorted(found), sorted(expected)
        assert (queue, total, found) == (queue, len(expected), expected)
        _, first = busy.db.read_now(partial(queue_rows.page, now_s=now_s, queue=queue, limit=3))
        assert first == rows[:3]


def every_row(desk: StoreDesk) -> list[queue_rows.QueueRow]:
    return desk.db.read_now(lambda conn: queue_rows.rows(conn, list(range(1, 200))))


def test_rows_come_in_the_order_asked_for(busy: StoreDesk) -> None:
    rows = busy.db.read_now(lambda conn: queue_rows.rows(conn, [7, 3, 9999, 5]))
    assert [row.ticket_id for row in rows] == [7, 3, 5]
    assert all(type(row.paused) is bool and type(row.breached) is bool for row in rows)


def test_rows_of_another_instant_are_decorated_like_those_stored(busy: StoreDesk) -> None:
    found = states(busy)
    decorated = busy.db.read_now(lambda conn: queue_rows.decorate(conn, found))
    stored = busy.db.read_now(lambda conn: queue_rows.rows(conn, list(found)))
    assert decorated == [replace(row, revision=0, escalation_s=None) for row in stored]


def test_a_request_shows_since_when_it_waits(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1", NewFact(0, NOON - HOUR, FactKind.ESCALATION_REQUESTED, a=1, t="phone"))
    (row,) = desk.db.read_now(lambda conn: queue_rows.rows(conn, [ticket]))
    assert (row.escalation, row.escalation_s) == ("requested", (NOON - HOUR) // SECOND)
    assert desk.db.read_now(queue_rows.undecided) == [ticket]
    desk.record(NewFact(ticket, NOON, FactKind.ESCALATION_REJECTED, t="other"))
    (row,) = desk.db.read_now(lambda conn: queue_rows.rows(conn, [ticket]))
    assert (row.escalation, row.escalation_s) == ("rejected", None)
    assert desk.db.read_now(queue_rows.undecided) == []


def test_the_index_is_the_open_queue(busy: StoreDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    # Chunks smaller than the desk, so that their seams are crossed.
    monkeypatch.setattr(queue_rows, "_CHUNK", 7)
    columns, names = busy.db.read_now(queue_rows.index)
    order = np.lexsort((columns.ticket_id, columns.opened_s, columns.rank, columns.due_s, columns.group))
    _, rows = busy.db.read_now(lambda conn: queue_rows.page(conn, 0, "open", None))
    assert [int(columns.ticket_id[each]) for each in order] == [row.ticket_id for row in rows]
    for place, row in zip(order, rows, strict=True):
        assert names.status[columns.status[place]] == row.status
        assert names.plan[columns.plan[place]] == f"{row.pack}/{row.plan}"
        assert names.support_group[columns.support_group[place]] == (row.support_group or "")
        assert names.owner[columns.owner[place]] == (row.owner or "")
        assert names.escalation[columns.escalation[place]] == (row.escalation or "")
        assert columns.severity[place] == row.severity
    assert columns.revision == busy.revision()


def test_changes_bring_an_old_index_up_to_date(busy: StoreDesk) -> None:
    base = busy.revision()
    columns, names = busy.db.read_now(queue_rows.index)
    closing, changing = (int(each) for each in columns.ticket_id[:2])
    busy.record(NewFact(closing, NOON, FactKind.STATUS_SET, t="closed"))
    busy.record(NewFact(changing, NOON, FactKind.STATUS_SET, t="waiting_internal"))
    opened = busy.open_ticket("NEW1")

    changes = busy.db.read_now(partial(queue_rows.changes, since_revision=base))
    assert sorted(changes.columns.ticket_id) == sorted([changing, opened])
    assert list(changes.closed) == [closing]
    assert changes.columns.revision == busy.revision()
    # Codes of before stay what they were; new words are added at the end.
    assert changes.names.status[: len(names.status)] == names.status
    assert "waiting_internal" in changes.names.status
    none = busy.db.read_now(partial(queue_rows.changes, since_revision=busy.revision()))
    assert (len(none.columns.ticket_id), len(none.closed)) == (0, 0)


def test_an_empty_desk_has_an_empty_queue(desk: StoreDesk) -> None:
    columns, names = desk.db.read_now(queue_rows.index)
    assert len(columns.ticket_id) == 0
    assert names.status == ("",)
    assert desk.db.read_now(lambda conn: queue_rows.page(conn, 0, "open", 10)) == (0, [])
    assert first_rows(desk.path, 10) == []


def test_the_first_rows_are_those_of_the_queue(busy: StoreDesk, tmp_path: Path) -> None:
    _, rows = busy.db.read_now(lambda conn: queue_rows.page(conn, 0, "open", 20))
    assert first_rows(busy.path, 20) == rows
    assert first_rows(tmp_path / "none.db", 20) == []
    assert not (tmp_path / "none.db").exists()


def test_the_first_rows_use_the_index_of_the_order(busy: StoreDesk) -> None:
    query = "EXPLAIN QUERY PLAN " + queue_rows.sqlite_rows.FIRST
    plan = busy.db.read_now(lambda conn: [row[3] for row in conn.exec_driver_sql(query, (10,))])
    assert any("USING INDEX ix_queue_row_order" in line for line in plan), plan


def test_the_first_rows_need_nothing_heavy(busy: StoreDesk) -> None:
    code = (
        "import sys; from pathlib import Path; from console.store.first_rows import first_rows;"
        "assert len(first_rows(Path(sys.argv[1]), 5)) == 5;"
        "heavy = {'sqlalchemy', 'numpy', 'pydantic', 'alembic', 'asyncio'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code, str(busy.path)], cwd=ROOT, check=True)


@pytest.mark.parametrize(
    ("by", "key"),
    [("number", lambda row: (len(row.number), row.number.lower())), ("customer", lambda row: row.customer.lower())],
)
def test_open_tickets_are_ranked_by_words_that_the_index_lacks(
    busy: StoreDesk, by: str, key: Callable[[queue_rows.QueueRow], object]
) -> None:
    ranks = {int(ticket): int(place) for ticket, place in busy.db.read_now(partial(queue_rows.ranks, by=by))}
    _, rows = busy.db.read_now(lambda conn: queue_rows.page(conn, 0, "open", None))
    assert set(ranks) == {row.ticket_id for row in rows}
    named = [row for row in rows if key(row)]
    words = sorted({key(row) for row in named})  # type: ignore[type-var]
    assert all(ranks[row.ticket_id] == 1 + words.index(key(row)) for row in named)
