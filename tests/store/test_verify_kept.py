"""What is kept for ever and was changed past the triggers: found as far as a database can know it of itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from console.domain.decisions import NewLedger
from console.domain.facts import FactKind, NewFact
from console.store import door
from console.store.database import Connection
from console.store.verify import Report, verify
from console.store.verify_kept import KeptBreak
from tests.store.desk import NOON, StoreDesk, said_and_erased


@pytest.fixture
def used(desk: StoreDesk) -> StoreDesk:
    """Two tickets, two decisions with words and messages, two ledger entries."""
    for number in (1, 2):
        ticket = desk.open_ticket(f"INC{number}")
        desk.decide(ticket, f"d{number}")
        message = NewFact(ticket, NOON, FactKind.MESSAGE, a=1, text="We look into it")

        def charge(conn: Connection, ticket: int = ticket, message: NewFact = message) -> None:
            entries = [NewLedger(1, ticket, "incident", -1, "OD-6:opened", NOON)]
            door.record(conn, desk.db.book(conn), [message], NOON, ledger=entries)

        desk.db.write_now(charge)
    return desk


def report(desk: StoreDesk) -> Report:
    return desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn)))


def tampered(desk: StoreDesk, statement: str) -> list[KeptBreak]:
    """What is found after a change past triggers and foreign keys, the triggers put back."""
    with closing(sqlite3.connect(desk.path)) as file, file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f"DROP TRIGGER {name}")
        assert file.execute(statement).rowcount > 0
        for _, sql in triggers:
            file.execute(sql)
    found = report(desk)
    assert not found.sound
    return list(found.kept)


def test_a_desk_in_use_is_sound_also_with_erased_words(used: StoreDesk) -> None:
    assert report(used).kept == ()
    query = "SELECT text_id FROM fact WHERE text_id IS NOT NULL UNION SELECT text_id FROM journal"
    found = used.db.read_now(lambda conn: conn.exec_driver_sql(query).scalars().all())
    for text_id in [each for each in found if each is not None]:
        used.db.write_now(lambda conn, text_id=text_id: said_and_erased(conn, text_id))  # type: ignore[misc]
    assert report(used).sound


def test_words_that_were_blanked_and_nobody_says_so_are_named(used: StoreDesk) -> None:
    blanked = "UPDATE text SET body = NULL, salt = NULL, erased_at = 1 WHERE body = 'We look into it' AND id < 7"
    assert [(each.table, each.key, each.problem) for each in tampered(used, blanked)] == [
        ("text", "5", "words_blanked")
    ]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM ledger WHERE id = 1", [("ledger", "", "rows_missing")]),
        ("DELETE FROM outbox WHERE id = 1", [("outbox", "", "rows_missing")]),
        (
            "DELETE FROM contract",
            [("ledger", "1", "names_missing"), ("ledger", "2", "names_missing")],
        ),
        (
            "UPDATE text SET body = 'All is well' WHERE body = 'We look into it' AND id < 7",
            [("text", "5 (ticket INC1)", "words_changed")],
        ),
        (
            "UPDATE text SET body = NULL WHERE body = 'We look into it' AND id < 7",
            [("text", "5 (ticket INC1)", "words_changed")],
        ),
        (
            "UPDATE policy_revision SET body = replace(body, '24x7', '24by7')",
            [("policy_revision", "1", "body_changed")],
        ),
        (
            "UPDATE calendar_revision SET definition = definition || ' '",
            [("calendar_revision", "1", "body_changed")],
        ),
        (
            "UPDATE fact SET decision_uid = 'other' WHERE decision_uid = 'd2'",
            [("journal", "2", "decision_without_fact"), ("fact", "7", "decision_unknown")],
        ),
        ("UPDATE ledger SET revision = 999 WHERE id = 2", [("ledger", "", "revision_ahead")]),
        ("UPDATE journal SET revision = revision || 'x' WHERE seq = 2", [("journal", "2", "number_changed")]),
        ("UPDATE fact SET at = at || 'x' WHERE id = 3", [("fact", "3", "number_changed")]),
        ("UPDATE ledger SET amount = 'one' WHERE id = 2", [("ledger", "2", "number_changed")]),
    ],
)
def test_what_was_changed_is_named(used: StoreDesk, statement: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(each.table, each.key, each.problem) for each in tampered(used, statement)] == expected


def test_a_deleted_fact_is_missed(used: StoreDesk) -> None:
    found = tampered(used, "DELETE FROM fact WHERE id = 3")
    assert ("fact", "rows_missing") in [(each.table, each.problem) for each in found]


def test_what_cannot_be_known_is_as_the_manual_says(used: StoreDesk) -> None:
    """The newest ledger entry and the amounts have no digest: docs/terminal.md says so."""
    with closing(sqlite3.connect(used.path)) as file, file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'ledger' AND type = 'trigger'")
        kept = triggers.fetchall()
        for name, _ in kept:
            file.execute(f"DROP TRIGGER {name}")
        file.execute("DELETE FROM ledger WHERE id = 2")
        file.execute("UPDATE ledger SET amount = -5")
        for _, sql in kept:
            file.execute(sql)
    assert report(used).sound
