"""The journal: whoever changes a word of it is found."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from console.store import journal
from console.store.engine import sqlite_engine
from console.store.journal import ChainBreak
from console.store.tables import journal as journal_table
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


def flipped(value: object) -> Iterator[object]:
    """The value with one byte changed, for every byte of it; with a bit changed where it is a number."""
    if value in (None, ""):
        yield "x"
    elif isinstance(value, int):
        yield from (value ^ 1 << bit for bit in range(max(value.bit_length(), 8)))
        yield None
    else:
        data = str(value).encode()
        # Another letter or digit: it stays text.
        yield from ((data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]).decode() for at in range(len(data)))


@pytest.mark.parametrize("column", [column.name for column in journal_table.columns])
def test_one_flipped_byte_anywhere_in_an_entry_is_found_and_named(decided: StoreDesk, column: str) -> None:
    read = f"SELECT {column} FROM journal WHERE seq = 3"
    (value,) = decided.db.read_now(lambda conn: conn.exec_driver_sql(read).one())
    decided.close()
    with closing(sqlite3.connect(decided.path, isolation_level=None)) as file:
        file.execute("DROP TRIGGER kept_journal_update")
    tried = 0
    reading = sqlite_engine(decided.path, writes=False)
    with closing(sqlite3.connect(decided.path, isolation_level=None)) as file:
        for other in flipped(value):
            if other is None and not journal_table.c[column].nullable:
                continue
            change = f"UPDATE journal SET {column} = ? WHERE {'seq' if column != 'seq' else 'uid'} = ?"
            key = 3 if column != "seq" else "d3"
            try:
                file.execute(change, (other, key))
            except sqlite3.IntegrityError:
                continue  # another entry has this number: SQLite itself keeps them apart
            tried += 1
            with reading.connect() as conn:
                found = journal.verify_chain(conn)
            file.execute(change, (value, key))
            named = {each.seq for each in found}
            assert named, (column, other)
            assert 3 in named or column == "seq", (column, other, found)
    reading.dispose()
    assert tried > 0


def test_entries_that_were_swapped_are_found_and_named(decided: StoreDesk) -> None:
    swap = "UPDATE journal SET seq = {} WHERE seq = {}"
    tamper(decided, swap.format(100, 2), swap.format(2, 4), swap.format(4, 100))
    found = {each.seq for each in breaks(decided)}
    assert {2, 4} <= found


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
