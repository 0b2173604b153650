"""A file of an older program opens: copied first, its journal as it was, nothing lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console.domain.errors import UserError
from console.store import database, door, inspection, journal
from console.store.database import Database
from console.store.first_rows import first_rows
from console.store.inspection import SCHEMA, check_integrity, schema_of
from console.store.verify import verify
from tests.store.desk import NOON, SetTime, StoreDesk, many, open_database
from tests.store.old_file import first_schema


@pytest.fixture
def old(desk: StoreDesk, tmp_path: Path) -> Path:
    """A file of the first schema with 30 tickets and three decisions."""
    many(desk, 30)
    for number in (1, 2, 3):
        desk.time.at += 1
        desk.decide(number, f"d{number}", severity=number)
    path = tmp_path / "old" / "desk.db"
    path.parent.mkdir()
    first_schema(desk.path, path)
    return path


def test_an_old_file_opens_as_it_was_and_goes_on(old: Path, desk: StoreDesk) -> None:
    assert schema_of(old) == 1
    with closing(sqlite3.connect(old)) as file:
        assert "shift_uid" not in [row[1] for row in file.execute("PRAGMA table_info(journal)")]
    before = desk.db.read_now(journal.entries)
    db = open_database(old, SetTime(desk.time.at))
    try:
        assert db.read_now(journal.entries) == before
        found = db.read_now(lambda conn: verify(conn, db.book(conn)))
        assert (found.sound, found.tickets, found.to_fold_again) == (True, 30, 30)
        db.write_now(lambda conn: door.refold_due(conn, db.book(conn), desk.time.at))
        found = db.read_now(lambda conn: verify(conn, db.book(conn)))
        assert (found.sound, found.to_fold_again) == (True, 0)
    finally:
        db.close_now()
    assert schema_of(old) == SCHEMA


def test_before_it_is_changed_it_is_copied(old: Path) -> None:
    open_database(old, SetTime()).close_now()
    copy = old.parent / "backups" / "desk-20170912T120000Z.db"
    check_integrity(copy)
    assert schema_of(copy) == 1
    open_database(copy, SetTime()).close_now()
    assert schema_of(copy) == SCHEMA


def test_the_next_decision_goes_on_with_the_chain(old: Path) -> None:
    db = open_database(old, SetTime())
    db.close_now()
    again = StoreDesk(old, NOON + 10)
    try:
        again.decide(4, "d4", severity=4)
        assert again.db.read_now(journal.verify_chain) == []
        assert [each.seq for each in again.db.read_now(journal.entries)] == [1, 2, 3, 4]
    finally:
        again.close()


def test_a_program_of_then_leaves_the_new_file_alone(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_database(old, SetTime()).close_now()
    for module in (inspection, database):
        monkeypatch.setattr(module, "SCHEMA", 1)
    with pytest.raises(UserError, match="database_newer"):
        Database.open(f"sqlite:///{old}", SetTime())


def test_the_first_page_waits_for_the_step(old: Path) -> None:
    assert first_rows(old, 10) == []
    open_database(old, SetTime()).close_now()
    assert len(first_rows(old, 10)) == 10
