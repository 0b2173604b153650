"""Database work on threads of its own: one that writes, two that read.

A thread keeps one connection and runs each job as one transaction. Cancelling the wait for a write
drops the answer, never the transaction.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from console.domain.errors import EnvironmentFault, InternalFault
from console.store.sqlite_faults import fault

T = TypeVar("T")
Job = Callable[[Connection], T]

_INTERRUPT_SECONDS = 0.05


class Lane:
    """A few threads with a connection each to one engine. Jobs of a one-thread lane keep their order."""

    def __init__(self, engine: Engine, threads: int, name: str, path: str) -> None:
        self._engine = engine
        self._path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[Connection] = []
        self._waiting: set[Future[object]] = set()
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)

    @property
    def pending(self) -> int:
        """Jobs that have not ended yet."""
        with self._lock:
            return len(self._waiting)

    def submit(self, job: Job[T]) -> Future[T]:
        """Run `job` in a transaction on a thread of this lane. Raises EnvironmentFault after the end."""
        if getattr(self._local, "connection", None) is not None:
            # It would wait for the thread that it runs on.
            raise InternalFault("database_job_in_job")
        try:
            future = self._executor.submit(self._run, job)
        except RuntimeError as error:
            raise EnvironmentFault("database_closed", path=self._path) from error
        with self._lock:
            self._waiting.add(future)  # type: ignore[arg-type]
        future.add_done_callback(self._ended)
        return future

    def stop(self) -> set[Future[object]]:
        """Take no more jobs; the jobs that are still to end."""
        self._executor.shutdown(wait=False)
        with self._lock:
            return set(self._waiting)

    def finish(self) -> None:
        """Drop what has not begun, interrupt what runs (it is rolled back), end threads and connections."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        while left := self.stop():
            # An interrupt reaches the statement that runs now; a job that is between two needs the next one.
            for connection in list(self._connections):
                raw = connection.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                raw.interrupt()
            wait(left, timeout=_INTERRUPT_SECONDS)
        self._executor.shutdown(wait=True)
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def _run(self, job: Job[T]) -> T:
        try:
            connection = self._connection()
            with connection.begin():
                return job(connection)
        except DBAPIError as error:
            if not isinstance(error.orig, sqlite3.Error):
                raise
            raise fault(error.orig, self._path) from error
        except sqlite3.Error as error:
            raise fault(error, self._path) from error

    def _connection(self) -> Connection:
        found: Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._engine.connect()
            self._local.connection = found
            with self._lock:
                self._connections.append(found)
        return found

    def _ended(self, future: Future[T]) -> None:
        with self._lock:
            self._waiting.discard(future)


class Workers:
    """The writer and the readers of one database."""

    def __init__(self, writing: Engine, reading: Engine, path: str) -> None:
        self._writer = Lane(writing, 1, "database-writer", path)
        self._readers = Lane(reading, 2, "database-reader", path)

    @property
    def pending_writes(self) -> int:
        """Writes that have not been committed yet: what a closing window waits for."""
        return self._writer.pending

    def read(self, job: Job[T]) -> Awaitable[T]:
        """Run `job` on a reader; its answer may be awaited on the running loop or be dropped."""
        return asyncio.wrap_future(self._readers.submit(job), loop=asyncio.get_running_loop())

    def write(self, job: Job[T]) -> Awaitable[T]:
        """Run `job` on the writer, in order. It runs also when nobody waits for it any more."""
        future = self._writer.submit(job)
        return asyncio.shield(asyncio.wrap_future(future, loop=asyncio.get_running_loop()))

    def read_now(self, job: Job[T]) -> T:
        """Run `job` on a reader and wait."""
        return self._readers.submit(job).result()

    def write_now(self, job: Job[T]) -> T:
        """Run `job` on the writer and wait."""
        return self._writer.submit(job).result()

    async def close(self, limit_seconds: float) -> bool:
        """End in order: no new jobs, writes drained for at most `limit_seconds`. False when some were dropped."""
        self._readers.stop()
        left = self._writer.stop()
        if left:
            await _ended(left, limit_seconds)
        return self._finish()

    def close_now(self, limit_seconds: float) -> bool:
        """Like `close`, waiting where it stands."""
        self._readers.stop()
        wait(self._writer.stop(), timeout=limit_seconds)
        return self._finish()

    def _finish(self) -> bool:
        drained = self._writer.pending == 0
        self._readers.finish()
        self._writer.finish()
        return drained


async def _ended(jobs: set[Future[object]], limit_seconds: float) -> None:
    """Wait until the jobs have ended, however they did: their errors belong to those who await the answers."""
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    left = set(jobs)

    def one_less(job: Future[object]) -> None:
        left.discard(job)
        if not left:
            over.set()

    def ended(job: Future[object]) -> None:
        loop.call_soon_threadsafe(one_less, job)

    for job in jobs:
        job.add_done_callback(ended)
    with suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), limit_seconds)
