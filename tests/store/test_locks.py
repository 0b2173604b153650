"""The file of an open desk is touched by SQLite alone: its locks stay, whatever else this process does with it.

POSIX drops all locks of a process on a file when it closes any descriptor of it. Then the next process takes itself
for the last one that has the desk open, and removes the log under it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from console.domain.errors import EnvironmentFault
from console.domain.instants import DAY
from console.services import upkeep
from console.store import backup
from console.store.changes import log_path
from console.store.first_rows import first_rows
from console.store.inspection import check_integrity, schema_of
from console.store.verify import verify
from tests.store.desk import NOON, SetTime, StoreDesk, open_database

OTHER = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("BEGIN IMMEDIATE")
file.execute("INSERT INTO support_group SELECT max(id) + 1, hex(randomblob(8)) FROM support_group")
file.execute("COMMIT")
file.close()
"""


def another_process_writes(path: Path) -> None:
    """It opens the file, writes and goes; the last one to go would take the log with it."""
    subprocess.run([sys.executable, "-c", OTHER, str(path)], check=True)


def refused_restore(desk: StoreDesk) -> None:
    copy = desk.path.with_name("restored.db")
    backup.backup(desk.path, copy)
    with pytest.raises(EnvironmentFault, match="database_in_use"):
        backup.restore(copy, desk.path, NOON)


def second_desk(desk: StoreDesk) -> None:
    other = open_database(desk.path, SetTime())
    other.read_now(other.revision)
    other.close_now()


TOUCHES: dict[str, Callable[[StoreDesk], object]] = {
    "daily backup": lambda desk: desk.db.keep_daily_backup(NOON),
    "backup": lambda desk: backup.backup(desk.path, desk.path.with_name("copy.db")),
    "refused restore": refused_restore,
    "inspection": lambda desk: schema_of(desk.path),
    "must exist": lambda desk: upkeep.must_exist(f"sqlite:///{desk.path}"),
    "integrity": lambda desk: check_integrity(desk.path),
    "first rows": lambda desk: first_rows(desk.path, 10),
    "data version": lambda desk: desk.db.data_version(),
    "second desk": second_desk,
    "verify": lambda desk: desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))),
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_another_process_leaves_the_log_of_an_open_desk(desk: StoreDesk, touch: Callable[[StoreDesk], object]) -> None:
    ticket = desk.open_ticket("INC1")
    desk.db.write_now(lambda conn: conn.exec_driver_sql("INSERT INTO support_group VALUES (1, 'Mail')"))
    log = log_path(desk.path)
    before = log.stat().st_ino
    touch(desk)
    another_process_writes(desk.path)
    assert log.exists()
    assert log.stat().st_ino == before

    desk.decide(ticket, "d1")
    another_process_writes(desk.path)
    desk.decide(ticket, "d2", severity=3)
    desk.close()
    found = open_database(desk.path, SetTime())
    try:
        count = "SELECT (SELECT count(*) FROM journal), (SELECT count(*) FROM support_group)"
        assert tuple(found.read_now(lambda conn: conn.exec_driver_sql(count).one())) == (2, 3)
        assert found.read_now(lambda conn: verify(conn, found.book(conn))).sound
    finally:
        found.close_now()
    check_integrity(desk.path)


def test_the_copy_of_the_day_is_made_while_another_process_writes(desk: StoreDesk) -> None:
    desk.db.write_now(lambda conn: conn.exec_driver_sql("INSERT INTO support_group VALUES (1, 'Mail')"))
    writer = [sys.executable, "-c", f"for _ in range(50):\n    exec({OTHER!r})", str(desk.path)]
    with subprocess.Popen(writer) as other:
        copies = [desk.db.keep_daily_backup(NOON + day * DAY) for day in range(5)]
        assert other.wait(60) == 0
    for copy in copies:
        assert copy is not None
        check_integrity(copy)
    count = desk.db.read_now(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM support_group").scalar())
    assert count == 51
