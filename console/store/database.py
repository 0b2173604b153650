"""One database: opened with checks, asked and written through its threads, closed in order."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine

from console.domain.axis import AxisCache
from console.domain.compile import CompiledBook
from console.domain.instants import TimeSource
from console.domain.pack_file import load_pack
from console.domain.policy import Pack
from console.store import head, parties, policies
from console.store.backup import go_on, keep_copy, keep_daily
from console.store.changes import CommitProbe
from console.store.engine import database_path, sqlite_engine
from console.store.inspection import SCHEMA, schema_of
from console.store.sqlite_faults import translated
from console.store.worker import Job, T, Workers

__all__ = ["Connection", "Database", "Job"]

CLOSE_SECONDS = 10.0
_FIRST_ORGANISATION = "support"


class Database:
    """An open database. Jobs get a connection inside a transaction and run on the database's own threads."""

    def __init__(self, path: Path, writing: Engine, reading: Engine) -> None:
        """Use `open`."""
        self.path = path
        self._engines = (writing, reading)
        self._workers = Workers(writing, reading, str(path))
        self._axes = AxisCache()
        self._compiling = threading.Lock()
        self._books: dict[int, CompiledBook] = {}
        self._probe: CommitProbe | None = None

    @classmethod
    def open(cls, url: str, time: TimeSource, packs: Sequence[policies.PackFile] | None = None) -> Database:
        """Open `sqlite:///PATH`, making the file and bringing an older schema up to date after a backup.

        Into a database without policy the `packs` (file name and TOML) are copied; one that has its policy does not
        look at them. Raises UserError
        database_url, database_is_folder, database_not_ours, database_newer, pack_invalid and
        EnvironmentFault database_damaged, database_locked, disk_full ...; nothing is written then.
        """
        path = database_path(url).absolute()
        found = schema_of(path)
        # Before the file is made or changed: packs with a fault leave nothing behind. A desk that has its policy does
        # not need them.
        loaded = _loaded(packs) if found < SCHEMA else []
        if found == 0:
            with translated(str(path.parent)):
                path.parent.mkdir(parents=True, exist_ok=True)
        elif found < SCHEMA:
            keep_copy(path, time.now())
        writing = sqlite_engine(path, writes=True)
        reading = sqlite_engine(path, writes=False)
        opened = cls(path, writing, reading)
        try:
            if found < SCHEMA:
                opened.write_now(_bring_up_to_date)
            if packs and opened.read_now(policies.newest_adoption) == 0:
                loaded = loaded or _loaded(packs)
                opened.write_now(lambda conn: _first_use(conn, loaded, time.now()))
        except BaseException:
            opened.close_now()
            raise
        return opened

    def read(self, job: Job[T]) -> Awaitable[T]:
        """Run `job(conn)` on a reading thread, in one consistent view of the data."""
        return self._workers.read(job)

    def write(self, job: Job[T]) -> Awaitable[T]:
        """Run `job(conn)` on the writing thread under the write lock; committed when the answer is there.

        Cancelling the wait drops the answer, never the transaction.
        """
        return self._workers.write(job)

    def read_now(self, job: Job[T]) -> T:
        """`read` for callers without a loop."""
        return self._workers.read_now(job)

    def write_now(self, job: Job[T]) -> T:
        """`write` for callers without a loop."""
        return self._workers.write_now(job)

    @property
    def pending_writes(self) -> int:
        """Writes that are not committed yet."""
        return self._workers.pending_writes

    async def close(self, limit_seconds: float = CLOSE_SECONDS) -> bool:
        """Take no more jobs, let writes end within the limit, release the file. False when writes were dropped."""
        self._end_probe()
        drained = await self._workers.close(limit_seconds)
        self._dispose()
        return drained

    def close_now(self, limit_seconds: float = CLOSE_SECONDS) -> bool:
        """`close` for callers without a loop."""
        self._end_probe()
        drained = self._workers.close_now(limit_seconds)
        self._dispose()
        return drained

    def book(self, conn: Connection, until_revision: int | None = None) -> CompiledBook:
        """The adopted policy, compiled; kept until there is a newer adoption. With a revision: as it was known then."""
        seq = policies.newest_adoption(conn, until_revision)
        with self._compiling:
            known = self._books.get(seq)
            if known is None:
                known = policies.read_book(conn, self._axes, seq)
                self._books[seq] = known
            return known

    def revision(self, conn: Connection) -> int:
        """The newest revision that this transaction sees."""
        return head.revision(conn)

    def data_version(self) -> int:
        """A number that changes with every commit by anyone; some microseconds. For one thread, the window's.

        Raises EnvironmentFault when the file is out of reach.
        """
        if self._probe is None:
            self._probe = CommitProbe(self.path)
        return self._probe.data_version()

    def keep_daily_backup(self, now: int, stop: Callable[[], bool] = go_on) -> Path | None:
        """Make the copy of the day when it is due; where it is. Takes as long as the file is big: not on a window's
        thread. `stop` is asked now and then; then EnvironmentFault backup_stopped or database_interrupted is raised."""
        return keep_daily(self.path, now, stop)

    def _end_probe(self) -> None:
        if self._probe is not None:
            self._probe.close()
            self._probe = None

    def _dispose(self) -> None:
        for engine in self._engines:
            engine.dispose()


def _bring_up_to_date(conn: Connection) -> None:
    # Another process may have done it while this one waited for the lock.
    if int(conn.exec_driver_sql("PRAGMA user_version").scalar_one()) == SCHEMA:
        return
    from console.store.migrate import upgrade  # Alembic loads slowly and is rarely needed

    upgrade(conn)
    if conn.exec_driver_sql("SELECT count(*) FROM organisation").scalar() == 0:
        parties.organisation(conn, _FIRST_ORGANISATION)


def _loaded(packs: Sequence[policies.PackFile] | None) -> list[tuple[Pack, bytes]]:
    return [(load_pack(toml, name), toml) for name, toml in packs or ()]


def _first_use(conn: Connection, packs: Sequence[tuple[Pack, bytes]], now: int) -> None:
    if policies.newest_adoption(conn) == 0:
        policies.adopt(conn, packs, now)
