"""Stored clocks, escalations and rows computed again from the facts, on a real file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console.domain.facts import FactKind, NewFact
from console.domain.instants import DAY, HOUR
from console.services.rebuild import Difference, RebuildReport, rebuild
from console.store import parties, tickets
from console.store.database import Connection
from console.store.queue_rows import changes
from console.store.verify import verify
from tests.services.served_desk import ServedDesk
from tests.store.desk import ADMIN, NOON, many


def tampered(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        assert file.execute(statement).rowcount > 0


def stored(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as file:
        tables = ("clock", "escalation", "queue_row", "head")
        return [file.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in tables]


def run(served: ServedDesk) -> tuple[RebuildReport, list[Difference]]:
    told: list[Difference] = []
    return rebuild(served.desk, told.append, actor=ADMIN), told


def sound(served: ServedDesk) -> bool:
    db = served.desk.db
    return db.read_now(lambda conn: verify(conn, db.book(conn))).sound


@pytest.fixture
def escalated(served: ServedDesk) -> ServedDesk:
    asked = NewFact(0, NOON - HOUR, FactKind.ESCALATION_REQUESTED, a=1, t="phone", uid="esc-1")
    served.store.open_ticket("INC7", asked)
    served.store.open_ticket("INC8")
    return served


def test_a_spoiled_clock_is_told_and_mended_and_then_nothing_is_said(escalated: ServedDesk) -> None:
    revision = escalated.desk.db.read_now(escalated.desk.db.revision) + 1
    tampered(escalated.store.path, "UPDATE clock SET due_at = 42 WHERE kind = 'workaround' AND ticket_id = 1")
    report, told = run(escalated)
    right = NOON - 2 * HOUR + 12 * HOUR
    assert told == [Difference("INC7", "clock", "workaround 0", "due_at", 42, right)]
    assert report == RebuildReport(tickets=2, mended=1, differences=1, revision=revision)
    assert sound(escalated)
    after = stored(escalated.store.path)
    assert run(escalated) == (RebuildReport(tickets=2, mended=0, differences=0, revision=revision), [])
    assert stored(escalated.store.path) == after


def test_a_sound_desk_is_not_changed_at_all_however_late(served: ServedDesk) -> None:
    many(served.store, 40)
    before = stored(served.store.path)
    served.time.at += 30 * DAY
    report, told = run(served)
    assert (report.tickets, report.mended, told) == (40, 0, [])
    assert stored(served.store.path) == before


@pytest.mark.parametrize(
    ("statement", "table", "stored_value"),
    [
        ("DELETE FROM clock WHERE kind = 'workaround' AND ticket_id = 1", "clock", None),
        ("UPDATE clock SET cycle = 9 WHERE kind = 'workaround' AND ticket_id = 1", "clock", "row"),
        ("UPDATE escalation SET state = 'accepted'", "escalation", "accepted"),
        ("DELETE FROM escalation", "escalation", None),
        ("UPDATE queue_row SET due_s = due_s - 1 WHERE ticket_id = 1", "queue_row", None),
        ("UPDATE queue_row SET next_at_s = 7 WHERE ticket_id = 1", "queue_row", 7),
        ("UPDATE queue_row SET status_code = 0 WHERE ticket_id = 1", "queue_row", None),
        ("DELETE FROM queue_row WHERE ticket_id = 1", "queue_row", None),
        ("DELETE FROM search WHERE rowid = 1", "search", None),
        ("UPDATE queue_row SET engine = 'old', severity = 4 WHERE ticket_id = 1", "queue_row", 4),
    ],
)
def test_whatever_is_spoiled_is_mended(escalated: ServedDesk, statement: str, table: str, stored_value: object) -> None:
    revision = escalated.desk.db.read_now(escalated.desk.db.revision)
    tampered(escalated.store.path, statement)
    report, told = run(escalated)
    assert {(each.number, each.table) for each in told} >= {("INC7", table)}
    assert {each.number for each in told} == {"INC7"}
    if stored_value is not None:
        assert stored_value in [each.stored for each in told]
    assert (report.mended, report.revision) == (1, revision + 1)
    assert sound(escalated)
    # Readers that follow the revisions hear of it.
    heard = escalated.desk.db.read_now(lambda conn: changes(conn, revision))
    assert list(heard.columns.ticket_id) == [1]
    assert escalated.desk.db.read_now(lambda conn: tickets.facts(conn, 1))


def test_rows_without_facts_are_taken_away(escalated: ServedDesk) -> None:
    def empty(conn: Connection) -> int:
        return parties.ticket(conn, parties.source(conn, "test", "test"), "INC77", None, NOON)

    ticket = escalated.desk.db.write_now(empty)
    tampered(escalated.store.path, f"UPDATE queue_row SET ticket_id = {ticket} WHERE ticket_id = 2")
    report, told = run(escalated)
    found = {(each.number, each.stored, each.computed) for each in told}
    assert found == {("INC8", None, "row"), ("INC77", "row", None)}
    assert (report.tickets, report.mended) == (3, 2)
    assert sound(escalated)


def test_many_parts_are_told_as_they_are_mended(served: ServedDesk) -> None:
    many(served.store, 40)
    tampered(served.store.path, "UPDATE queue_row SET rank = 77 WHERE ticket_id IN (3, 4, 39)")
    seen: list[object] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))

    report = rebuild(served.desk, lambda each: seen.append(each.number), progress, part=8, actor=ADMIN)
    assert seen == ["T0002", "T0003", (8, 40), (16, 40), (24, 40), (32, 40), "T0038", (40, 40)]
    assert (report.tickets, report.mended, report.differences) == (40, 3, 3)
    assert sound(served)
