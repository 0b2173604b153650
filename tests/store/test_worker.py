"""Jobs on threads: answers may be dropped, transactions are not; closing ends in order."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from pathlib import Path

import pytest

from console.domain.errors import EnvironmentFault, InternalFault
from console.store import parties
from console.store.database import Connection
from tests.store.desk import SetTime, StoreDesk, open_database

COUNT = "SELECT count(*) FROM support_group"


def count(conn: Connection) -> int:
    return int(conn.exec_driver_sql(COUNT).scalar_one())


def add_slowly(started: threading.Event, go_on: threading.Event, conn: Connection) -> int:
    started.set()
    assert go_on.wait(10)
    return parties.support_group(conn, "Mail")


def test_answers_come_to_any_loop(desk: StoreDesk) -> None:
    for name in ("one", "two"):
        assert asyncio.run(work(desk, name)) == name


async def work(desk: StoreDesk, name: str) -> str:
    number = await desk.db.write(lambda conn: parties.support_group(conn, name))
    found = await desk.db.read(lambda conn: parties.support_group_name(conn, number))
    assert found is not None
    return found


def test_a_cancelled_wait_drops_the_answer_not_the_transaction(desk: StoreDesk) -> None:
    started, go_on = threading.Event(), threading.Event()

    async def leave() -> None:
        first = asyncio.ensure_future(desk.db.write(partial(add_slowly, started, go_on)))
        waiting = asyncio.ensure_future(desk.db.write(lambda conn: parties.support_group(conn, "Billing")))
        await asyncio.to_thread(started.wait, 10)
        first.cancel()
        waiting.cancel()
        await asyncio.gather(first, waiting, return_exceptions=True)
        assert desk.db.pending_writes == 2

    asyncio.run(leave())
    go_on.set()
    desk.db.write_now(lambda conn: None)
    assert desk.db.read_now(count) == 2


def test_a_job_that_fails_is_undone_and_says_so(desk: StoreDesk) -> None:
    def fail(conn: Connection) -> None:
        parties.support_group(conn, "Mail")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        desk.db.write_now(fail)
    with pytest.raises(InternalFault, match="database_rule_broken"):
        desk.db.write_now(lambda conn: conn.exec_driver_sql("INSERT INTO support_group VALUES (1, NULL)"))
    assert desk.db.read_now(count) == 0


def test_a_reader_writes_nothing(desk: StoreDesk) -> None:
    with pytest.raises(EnvironmentFault, match="database_read_only"):
        desk.db.read_now(lambda conn: parties.support_group(conn, "Mail"))


def test_a_reader_sees_one_state_from_its_first_question_on(desk: StoreDesk) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def twice(conn: Connection) -> tuple[int, int]:
        before = count(conn)
        asked.set()
        assert go_on.wait(10)
        return before, count(conn)

    async def both() -> tuple[int, int]:
        reading = asyncio.ensure_future(desk.db.read(twice))
        await asyncio.to_thread(asked.wait, 10)
        await desk.db.write(lambda conn: parties.support_group(conn, "Mail"))
        go_on.set()
        return await reading

    assert asyncio.run(both()) == (0, 0)
    assert desk.db.read_now(count) == 1


def test_a_job_within_a_job_is_refused_rather_than_waited_for(desk: StoreDesk) -> None:
    with pytest.raises(InternalFault, match="database_job_in_job"):
        desk.db.write_now(lambda conn: desk.db.write_now(count))


def test_closing_lets_writes_end(tmp_path: Path) -> None:
    db = open_database(tmp_path / "x.db", SetTime())
    started, go_on = threading.Event(), threading.Event()

    async def close() -> bool:
        first = asyncio.ensure_future(db.write(partial(add_slowly, started, go_on)))
        second = asyncio.ensure_future(db.write(lambda conn: parties.support_group(conn, "Billing")))
        await asyncio.to_thread(started.wait, 10)
        asyncio.get_running_loop().call_later(0.05, go_on.set)
        drained = await db.close(5)
        assert {await first, await second} == {1, 2}
        return drained

    assert asyncio.run(close()) is True
    with pytest.raises(EnvironmentFault, match="database_closed"):
        db.read_now(count)
    again = open_database(tmp_path / "x.db", SetTime())
    assert again.read_now(count) == 2
    again.close_now()


def test_closing_waits_no_longer_than_the_limit(tmp_path: Path) -> None:
    db = open_database(tmp_path / "x.db", SetTime())
    started = threading.Event()
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"

    def never(conn: Connection) -> None:
        parties.support_group(conn, "Mail")
        started.set()
        conn.exec_driver_sql(endless)

    async def close() -> bool:
        first = asyncio.ensure_future(db.write(never))
        second = asyncio.ensure_future(db.write(lambda conn: parties.support_group(conn, "Billing")))
        await asyncio.to_thread(started.wait, 10)
        drained = await db.close(0.1)
        with pytest.raises(EnvironmentFault, match="database_interrupted"):
            await first
        with pytest.raises(asyncio.CancelledError):
            await second
        return drained

    assert asyncio.run(close()) is False
    again = open_database(tmp_path / "x.db", SetTime())
    assert again.read_now(count) == 0
    again.close_now()


def test_closing_ends_a_read_that_goes_on_and_on(tmp_path: Path) -> None:
    db = open_database(tmp_path / "x.db", SetTime())
    started = threading.Event()

    def forever(conn: Connection) -> None:
        while True:
            count(conn)
            started.set()

    async def close() -> bool:
        reading = asyncio.ensure_future(db.read(forever))
        await asyncio.to_thread(started.wait, 10)
        drained = await db.close(5)
        with pytest.raises(EnvironmentFault, match="database_interrupted"):
            await reading
        return drained

    assert asyncio.run(close()) is True


def test_other_connections_are_heard(desk: StoreDesk) -> None:
    before = desk.db.data_version()
    assert desk.db.data_version() == before
    desk.open_ticket("INC1")
    assert desk.db.data_version() != before
