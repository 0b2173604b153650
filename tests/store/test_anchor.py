"""An anchor that was kept elsewhere shows a journal whose end was cut, or that was made anew as a whole."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from console.domain.decisions import NewDecision
from console.domain.errors import UserError
from console.domain.records import SHIFT_HANDED_OVER, Anchor
from console.store import anchor as anchors
from console.store import door, sqlite_schema
from console.store.backup import backup, keep_copy
from console.store.database import Connection
from console.store.journal import FIRST_HASH, entry_hash
from console.store.tables import journal
from console.store.verify import verify
from tests.store.desk import MANAGER, NOON, StoreDesk


@pytest.fixture
def decided(desk: StoreDesk) -> StoreDesk:
    for number in range(1, 6):
        desk.decide(desk.open_ticket(f"INC{number}"), f"d{number}")
    return desk


@pytest.fixture
def taken(decided: StoreDesk) -> Anchor:
    return decided.db.read_now(anchors.take)


def findings(desk: StoreDesk, anchor: Anchor | None) -> list[tuple[int, str]]:
    report = desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn), anchor))
    others = (report.differences, report.schema, report.kept, report.file)
    assert others == ((), (), (), ())
    return [(each.seq, each.problem) for each in report.chain]


def without_triggers(desk: StoreDesk, work: partial[None]) -> None:
    """What somebody can do who may write the file: take the triggers off, change, put them on again."""

    def job(conn: Connection) -> None:
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for name in sqlite_schema.trigger_names(conn):
            conn.exec_driver_sql(f"DROP TRIGGER {name}")
        work(conn)
        sqlite_schema.recreate_triggers(conn)

    desk.db.write_now(job)


def cut(conn: Connection, after: int) -> None:
    """Cut the journal's end with its facts, evidence of nothing else, and set the head back."""
    gone = f"(SELECT uid FROM journal WHERE seq > {after})"
    for statement in (
        "DELETE FROM clock",
        "DELETE FROM escalation",
        "DELETE FROM queue_row",
        f"DELETE FROM outbox WHERE decision_uid IN {gone}",
        f"DELETE FROM fact WHERE decision_uid IN {gone}",
        f"DELETE FROM journal WHERE seq > {after}",
    ):
        conn.exec_driver_sql(statement)
    chained(conn)


def chained(conn: Connection) -> None:
    """Make the chain hold again from the first entry, and the head with it."""
    before, seq = FIRST_HASH, 0
    for row in conn.execute(journal.select().order_by(journal.c.seq)).mappings().all():
        seq = row["seq"]
        found = dict(row) | {"prev_hash": before}
        before = entry_hash(found)
        conn.exec_driver_sql(
            "UPDATE journal SET prev_hash = ?, hash = ? WHERE seq = ?", (found["prev_hash"], before, seq)
        )
    conn.exec_driver_sql("UPDATE head SET journal_seq = ?, journal_hash = ?", (seq, before))


def reworded(conn: Connection) -> None:
    """Write another reason into the second entry, and make the chain anew."""
    conn.exec_driver_sql("UPDATE journal SET reason_code = 'other' WHERE seq = 2")
    chained(conn)


def test_an_untouched_journal_goes_on_from_its_anchor(decided: StoreDesk, taken: Anchor) -> None:
    assert (taken.seq, taken.at) == (5, NOON)
    assert findings(decided, taken) == []
    decided.time.at += 1
    decided.decide(1, "d6", severity=3)
    assert findings(decided, taken) == []


def test_a_chain_made_anew_shows_beside_an_anchor_only(decided: StoreDesk, taken: Anchor) -> None:
    without_triggers(decided, partial(reworded))
    assert findings(decided, None) == []
    assert findings(decided, taken) == [(5, "anchor_entry")]


def test_a_chain_made_anew_shows_beside_what_a_handover_kept(decided: StoreDesk) -> None:
    def hand_over(conn: Connection) -> None:
        kept = {"to": "Viktor", "anchor": anchors.as_json(anchors.take(conn))}
        door.enter(conn, NewDecision("h", SHIFT_HANDED_OVER, None, None, MANAGER, None, None, 0, kept), NOON)

    decided.db.write_now(hand_over)
    assert findings(decided, None) == []
    without_triggers(decided, partial(reworded))
    assert findings(decided, None) == [(5, "anchor_entry")]


def test_a_cut_end_shows_beside_an_anchor(decided: StoreDesk, taken: Anchor) -> None:
    without_triggers(decided, partial(cut, after=3))
    report = decided.db.read_now(lambda conn: verify(conn, decided.db.book(conn)))
    assert report.chain == ()
    report = decided.db.read_now(lambda conn: verify(conn, decided.db.book(conn), taken))
    assert [(each.seq, each.problem, each.found, each.expected) for each in report.chain] == [
        (5, "anchor_cut", "3", "5")
    ]


def test_an_anchor_of_an_earlier_end_does_not_know_what_came_later(decided: StoreDesk) -> None:
    early = decided.db.read_now(anchors.take)
    decided.time.at += 1
    decided.decide(1, "d6", severity=3)
    without_triggers(decided, partial(cut, after=5))
    report = decided.db.read_now(lambda conn: verify(conn, decided.db.book(conn), early))
    assert report.chain == ()


def test_an_anchor_of_another_database_is_told(decided: StoreDesk, tmp_path: Path) -> None:
    other = StoreDesk(tmp_path / "other.db")
    without_triggers(other, partial(lambda conn: conn.exec_driver_sql("UPDATE head SET database_uid = 'other'")))
    foreign = other.db.read_now(anchors.take)
    other.close()
    assert (foreign.seq, foreign.hash, foreign.at) == (0, FIRST_HASH, 0)
    assert findings(decided, foreign) == [(0, "anchor_database")]


def test_each_copy_has_its_anchor_beside_it(decided: StoreDesk, taken: Anchor, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(decided.path, copy)
    assert anchors.read(anchors.beside(copy)) == taken
    decided.time.at += 1
    decided.decide(1, "d6", severity=3)
    backup(decided.path, copy)
    assert anchors.read(anchors.beside(copy)).seq == 6
    kept = keep_copy(decided.path, NOON)
    assert anchors.read(tmp_path / "backups" / f"{kept.name}.anchor.json").seq == 6


def test_the_copy_of_an_old_file_has_one_too(decided: StoreDesk, tmp_path: Path) -> None:
    with closing(sqlite3.connect(decided.path)) as file:
        (uid,) = file.execute("SELECT database_uid FROM head").fetchone()
    assert anchors.take_from(decided.path).database_uid == uid


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("", "the file", "an anchor as backup writes it"),
        ("{", "the file", "an anchor as backup writes it"),
        ("[]", "format", "1"),
        ('{"format": 2}', "format", "1"),
        ('{"format": 1}', "database_uid", "text"),
        ('{"format": 1, "database_uid": "x", "seq": true, "hash": "x", "at": 1}', "seq", "a whole number"),
        ('{"format": 1, "database_uid": "x", "seq": 1, "hash": 7, "at": 1}', "hash", "text"),
        ('{"format": 1, "database_uid": "x", "seq": 1, "hash": "x", "at": "today"}', "at", "a whole number"),
    ],
)
def test_what_is_no_anchor_is_refused(tmp_path: Path, text: str, key: str, expected: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(UserError) as refused:
        anchors.read(path)
    assert (refused.value.code, refused.value.values["key"], refused.value.values["expected"]) == (
        "anchor_invalid",
        key,
        expected,
    )


def test_an_anchor_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="anchor_unreadable"):
        anchors.read(tmp_path / "none.json")


def test_an_anchor_is_four_values(taken: Anchor, tmp_path: Path) -> None:
    anchors.write(taken, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text()) == {"format": 1, **taken._asdict()}
