"""Following a real SQLite file that others write to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, QTimer
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from console.domain.errors import EnvironmentFault
from models.following import Batch, Following

# For what has to come: much, because a busy machine is slow.
LIMIT_MS = 10_000


class Base:
    """A database in WAL mode with a writer and a reader of `data_version`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = sqlite3.connect(path, isolation_level=None)
        self.writer.execute("PRAGMA journal_mode = WAL")
        self.writer.execute("CREATE TABLE note (words TEXT)")
        self.reader = sqlite3.connect(path, isolation_level=None)
        self.fault: EnvironmentFault | None = None
        self.reads = 0

    def version(self) -> int:
        self.reads += 1
        if self.fault is not None:
            raise self.fault
        (version,) = self.reader.execute("PRAGMA data_version").fetchone()
        return int(version)

    def write(self) -> None:
        self.writer.execute("INSERT INTO note VALUES ('something')")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    made = Base(tmp_path / "desk.db")
    yield made
    made.writer.close()
    made.reader.close()


@pytest.fixture
def following(base: Base, qapp: QCoreApplication) -> Iterator[Following]:
    made = Following(base.path, base.version)
    yield made
    made.stop()


def without_poll(following: Following) -> None:
    """What is noticed from now on, the system has reported."""
    polls = [each for each in following.findChildren(QTimer) if not each.isSingleShot()]
    assert polls
    for each in polls:
        each.stop()


def test_a_commit_of_somebody_else_is_noticed_soon(base: Base, following: Following) -> None:
    following.start()
    without_poll(following)
    spy = QSignalSpy(following.changed)
    base.write()
    assert spy.wait(LIMIT_MS)
    assert spy.count() == 1


def test_many_commits_are_one_piece_of_news(base: Base, following: Following) -> None:
    following.start()
    spy = QSignalSpy(following.changed)
    for _ in range(20):
        base.write()
    assert spy.wait(LIMIT_MS)
    spy.wait(300)
    assert spy.count() == 1


def test_what_was_there_before_is_no_news(base: Base, following: Following) -> None:
    base.write()
    following.start()
    spy = QSignalSpy(following.changed)
    assert not spy.wait(350)


def test_a_log_that_was_removed_and_came_back_is_watched_again(base: Base, following: Following, qtbot: QtBot) -> None:
    following.start()
    wal = Path(f"{base.path}-wal")
    base.writer.close()
    base.reader.close()
    assert not wal.exists()
    watcher = following.findChild(QFileSystemWatcher)
    assert watcher is not None
    qtbot.waitUntil(lambda: watcher.files() == [], timeout=LIMIT_MS)
    base.writer = sqlite3.connect(base.path, isolation_level=None)
    base.reader = sqlite3.connect(base.path, isolation_level=None)
    base.write()
    qtbot.waitUntil(lambda: watcher.files() == [str(wal)], timeout=LIMIT_MS)
    without_poll(following)
    spy = QSignalSpy(following.changed)
    base.write()
    assert spy.wait(LIMIT_MS)


def test_the_poll_stands_in_where_files_are_not_reported(tmp_path: Path, base: Base, qapp: QCoreApplication) -> None:
    following = Following(tmp_path / "elsewhere.db", base.version)
    following.start()
    spy = QSignalSpy(following.changed)
    base.write()
    assert spy.wait(LIMIT_MS)
    following.stop()


def test_a_lost_database_is_said_once_and_so_is_its_return(base: Base, following: Following) -> None:
    following.start()
    lost, found = QSignalSpy(following.lost), QSignalSpy(following.found)
    base.fault = EnvironmentFault("database_unreachable")
    assert lost.wait(LIMIT_MS)
    lost.wait(600)
    assert (lost.count(), lost.at(0)[0]) == (1, base.fault)
    base.fault = None
    assert found.wait(LIMIT_MS)
    assert (lost.count(), found.count()) == (1, 1)


def test_nothing_is_read_after_the_stop(base: Base, following: Following) -> None:
    following.start()
    following.start()
    following.stop()
    following.stop()
    reads = base.reads
    spy = QSignalSpy(following.changed)
    base.write()
    assert not spy.wait(350)
    assert base.reads == reads


def test_a_batch_is_due_after_the_first_request_and_not_put_off(qapp: QCoreApplication) -> None:
    batch = Batch(50)
    spy = QSignalSpy(batch.due)
    batch.request()
    batch.request()
    assert spy.wait(LIMIT_MS)
    assert spy.count() == 1
    batch.request()
    batch.stop()
    assert not spy.wait(100)
