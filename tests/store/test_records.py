"""Entries without facts, the shift that entries belong to, messages, and personal marks."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from console.domain.decisions import NewDecision, NewMessage
from console.domain.errors import InternalFault
from console.domain.records import (
    LOOKED,
    PIN,
    REMIND,
    SHIFT_HANDED_OVER,
    SHIFT_TAKEN,
    JournalFilter,
    Mark,
    OutboxFilter,
)
from console.store import door, journal, marks, outbox
from console.store.database import Connection
from console.store.shifts import open_shift
from console.store.verify import verify
from tests.store.desk import MANAGER, NOON, StoreDesk


def entered(desk: StoreDesk, uid: str, kind: str, *messages: NewMessage, ticket: int | None = None) -> int:
    decision = NewDecision(uid, kind, ticket, None, MANAGER, None, "words", desk.revision(), {"n": 1}, messages)
    return desk.db.write_now(lambda conn: door.enter(conn, decision, desk.time.at)).revision


def test_decisions_belong_to_the_shift_that_runs(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1", severity=3)
    desk.decide(ticket, "before", severity=2)
    entered(desk, "s1", SHIFT_TAKEN)
    desk.decide(ticket, "within", severity=3)
    running = desk.db.read_now(open_shift)
    assert running is not None
    assert (running.uid, running.seq, running.actor, running.at) == ("s1", 2, "Mara", NOON)
    entered(desk, "h1", SHIFT_HANDED_OVER)
    assert desk.db.read_now(open_shift) is None
    desk.decide(ticket, "between", severity=2)
    entered(desk, "s2", SHIFT_TAKEN)
    entered(desk, "s3", SHIFT_TAKEN)
    desk.decide(ticket, "later", severity=3)

    shifts = {each.uid: each.shift_uid for each in desk.db.read_now(journal.entries)}
    assert shifts == {
        "before": None,
        "s1": "s1",
        "within": "s1",
        "h1": "s1",
        "between": None,
        "s2": "s2",
        "s3": "s3",
        "later": "s3",
    }
    found = desk.db.read_now(lambda conn: journal.find(conn, JournalFilter(shift_uid="s1", newest_first=True)))
    assert [each.uid for each in found] == ["h1", "within", "s1"]
    assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound


def test_an_entry_takes_a_revision_and_sends_its_messages(desk: StoreDesk) -> None:
    before = desk.revision()
    message = NewMessage("mail", "lead@example.org", "Shift taken", NOON)
    assert entered(desk, "s1", SHIFT_TAKEN, message) == before + 1 == desk.revision()
    (sent,) = desk.db.read_now(lambda conn: outbox.messages(conn, OutboxFilter(decision_uid="s1")))
    assert (sent.ticket_id, sent.number, sent.to, sent.text, sent.state) == (
        None,
        None,
        "lead@example.org",
        "Shift taken",
        "waiting",
    )


def test_only_kinds_without_facts_are_entered(desk: StoreDesk) -> None:
    with pytest.raises(InternalFault, match="decision_without_fact"):
        entered(desk, "d1", "severity_changed")
    assert desk.db.read_now(journal.entries) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (JournalFilter(), ["d1", "d2", "d3"]),
        (JournalFilter(limit=2, newest_first=True), ["d3", "d2"]),
        (JournalFilter(kinds=("severity",)), ["d1", "d2", "d3"]),
        (JournalFilter(kinds=("other",)), []),
        (JournalFilter(actors=("Mara", "Otto")), ["d1", "d2", "d3"]),
        (JournalFilter(actors=("Otto",)), []),
        (JournalFilter(ticket_id=2), ["d2"]),
        (JournalFilter(since=NOON + 1), ["d2", "d3"]),
        (JournalFilter(until=NOON + 1), ["d1"]),
        (JournalFilter(since=NOON + 1, until=NOON + 2), ["d2"]),
        (JournalFilter(subject_uid="none"), []),
    ],
)
def test_entries_are_found(desk: StoreDesk, wanted: JournalFilter, found: list[str]) -> None:
    for number in (1, 2, 3):
        desk.decide(desk.open_ticket(f"INC{number}", severity=3), f"d{number}")
        desk.time.at += 1
    assert [each.uid for each in desk.db.read_now(lambda conn: journal.find(conn, wanted))] == found


def test_one_entry_by_its_uid(desk: StoreDesk) -> None:
    desk.decide(desk.open_ticket("INC1"), "d1", severity=3)
    one = desk.db.read_now(lambda conn: journal.entry(conn, "d1"))
    assert one is not None
    assert (one.seq, one.words, one.erased) == (1, "customers are down", False)
    assert desk.db.read_now(lambda conn: journal.entry(conn, "d2")) is None


def test_messages_that_wait_can_be_held_back_once(desk: StoreDesk) -> None:
    first, second = desk.open_ticket("INC1", severity=3), desk.open_ticket("INC2", severity=3)
    desk.decide(first, "d1")
    desk.decide(second, "d2")
    assert desk.db.write_now(lambda conn: outbox.cancel(conn, "d1")) == 1
    assert desk.db.write_now(lambda conn: outbox.cancel(conn, "d1")) == 0

    def states(wanted: OutboxFilter) -> list[tuple[str | None, str]]:
        found = desk.db.read_now(lambda conn: outbox.messages(conn, wanted))
        return [(each.number, each.state) for each in found]

    assert states(OutboxFilter()) == [("INC1", "cancelled"), ("INC2", "waiting")]
    assert states(OutboxFilter(newest_first=True, limit=1)) == [("INC2", "waiting")]
    assert states(OutboxFilter(states=("cancelled",))) == [("INC1", "cancelled")]
    assert states(OutboxFilter(ticket_id=second)) == [("INC2", "waiting")]
    assert states(OutboxFilter(channels=("chat",))) == []
    assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound


def test_marks_are_of_one_person_and_go_without_a_trace(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1")
    reminder = Mark("Mara", ticket, REMIND, NOON + 5, 3, "call Grandmother Quistgaard")
    pin, looked, other = (
        Mark("Mara", ticket, PIN, NOON, 3),
        Mark("Mara", 0, LOOKED, NOON, 3),
        Mark("Otto", 1, PIN, 1, 1),
    )

    def put(conn: Connection) -> None:
        for each in (reminder._replace(words="old"), reminder, pin, looked, other):
            marks.set_mark(conn, each, NOON)

    desk.db.write_now(put)
    assert desk.db.read_now(lambda conn: marks.marks_of(conn, "Mara")) == [looked, pin, reminder]
    assert desk.db.write_now(lambda conn: marks.clear_mark(conn, "Mara", ticket, REMIND, NOON))
    assert not desk.db.write_now(lambda conn: marks.clear_mark(conn, "Mara", ticket, REMIND, NOON))
    assert desk.db.read_now(lambda conn: marks.marks_of(conn, "Mara")) == [looked, pin]
    assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound
    with closing(sqlite3.connect(desk.path)) as file:
        words = "SELECT count(*) FROM text WHERE body LIKE '%Quistgaard%' OR body = 'old'"
        assert file.execute(words).fetchone() == (0,)
