"""The journal: whoever changes a word of it is found."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest

from console.store import journal
from console.store.journal import ChainBreak
from console.store.verify import verify
from tests.store.desk import StoreDesk


@pytest.fixture
def decided(desk: StoreDesk) -> StoreDesk:
    for number in range(1, 6):
        desk.decide(desk.open_ticket(f"INC{number}"), f"d{number}")
    return desk


def tamper(desk: StoreDesk, *statements: str) -> None:
    with closing(sqlite3.connect(desk.path)) as file, file:
        for name, table in file.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if table in ("journal", "evidence", "head", "text"):
                file.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            file.execute(statement)


def breaks(desk: StoreDesk) -> list[ChainBreak]:
    return desk.db.read_now(journal.verify_chain)


def test_an_untouched_chain_holds(decided: StoreDesk) -> None:
    assert breaks(decided) == []
    entries = decided.db.read_now(journal.entries)
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.prev_hash for entry in entries][1:] == [entry.hash for entry in entries][:-1]
    assert [each.seq for each in decided.db.read_now(lambda conn: journal.entries(conn, after_seq=3))] == [4, 5]
    newest = decided.db.read_now(lambda conn: journal.entries(conn, limit=1, newest_first=True))
    assert [each.uid for each in newest] == ["d5"]


def test_the_hash_is_as_the_data_model_says(decided: StoreDesk) -> None:
    query = "SELECT * FROM journal WHERE seq = 2"
    row = decided.db.read_now(lambda conn: dict(conn.exec_driver_sql(query).mappings().one()))
    stored = row.pop("hash")
    values = {key: value for key, value in row.items() if value is not None}
    text = "1\n" + json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == stored


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE journal SET reason_code = 'other' WHERE seq = 3", [(3, "journal_entry")]),
        ("UPDATE journal SET at = at + 1 WHERE seq = 5", [(5, "journal_entry")]),
        ("UPDATE journal SET hash = 'x' WHERE seq = 2", [(2, "journal_entry"), (3, "journal_link")]),
        ("DELETE FROM journal WHERE seq = 2", [(3, "journal_gap"), (3, "journal_link")]),
        ("DELETE FROM journal WHERE seq = 5", [(4, "journal_tail")]),
        ("DELETE FROM journal", [(0, "journal_tail")]),
        (
            "UPDATE text SET body = 'fine' WHERE id = (SELECT text_id FROM journal WHERE seq = 4)",
            [(4, "journal_words")],
        ),
        ("DELETE FROM evidence", [(seq, "journal_evidence") for seq in range(1, 6)]),
        (
            "DELETE FROM text WHERE id = (SELECT text_id FROM journal WHERE seq = 4)",
            [(4, "journal_words")],
        ),
        (
            "UPDATE text SET body = NULL, salt = NULL WHERE id = (SELECT text_id FROM journal WHERE seq = 4)",
            [(4, "journal_words")],
        ),
        (
            "UPDATE text SET body = NULL, erased_at = 1, sha256 = 'x' WHERE id ="
            " (SELECT text_id FROM journal WHERE seq = 4)",
            [(4, "journal_words")],
        ),
        ("UPDATE evidence SET body = '{}'", [(seq, "journal_evidence") for seq in range(1, 6)]),
    ],
)
def test_tampering_is_found_and_named(decided: StoreDesk, statement: str, expected: list[tuple[int, str]]) -> None:
    tamper(decided, statement)
    assert [(each.seq, each.problem) for each in breaks(decided)] == expected
    report = decided.db.read_now(lambda conn: verify(conn, decided.db.book(conn)))
    assert not report.sound
    assert any("kept_journal_update is missing" in line for line in report.schema)


def test_evidence_that_no_entry_names_is_checked_too(decided: StoreDesk) -> None:
    tamper(decided, "INSERT INTO evidence VALUES ('x', '{}')")
    assert [(each.seq, each.problem, each.expected) for each in breaks(decided)] == [(0, "evidence", "x")]


def test_the_changed_evidence_of_one_entry_names_that_entry(decided: StoreDesk) -> None:
    decided.time.at += 1
    decided.decide(1, "d6", severity=3)
    tamper(
        decided, "UPDATE evidence SET body = '{}' WHERE sha256 = (SELECT evidence_sha256 FROM journal WHERE seq = 6)"
    )
    (found,) = breaks(decided)
    assert (found.seq, found.problem, found.found) == (6, "journal_evidence", hashlib.sha256(b"{}").hexdigest())
