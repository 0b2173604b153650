"""Several processes on one file: no decision is lost, no reader misses one, a kill leaves whole transactions."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from console.domain.facts import FactKind
from console.store import queue_rows, tickets
from console.store.inspection import check_integrity
from console.store.verify import verify
from tests.store.desk import StoreDesk

ROOT = Path(__file__).parents[2]


def start(desk: StoreDesk, ticket: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.decider", str(desk.path), str(ticket), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def two_processes_decide(desk: StoreDesk, each: int) -> None:
    ticket = desk.open_ticket("INC1")
    base = desk.revision()
    processes = [start(desk, ticket, each) for _ in range(2)]
    seen = desk.revision()
    heard: set[int] = set()
    while any(process.poll() is None for process in processes):
        changes = desk.db.read_now(partial(queue_rows.changes, since_revision=seen))
        if changes.columns.revision > seen:
            # What is newer than the last revision read is there, whoever wrote it.
            assert list(changes.columns.ticket_id) == [ticket]
            heard.add(changes.columns.revision)
        seen = changes.columns.revision
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    assert heard, "the reader never saw a change while the others wrote"
    facts = desk.db.read_now(lambda conn: tickets.facts(conn, ticket))
    written = [fact for fact in facts if fact.kind == FactKind.CUSTOMER_PRIORITY_SET]
    assert sorted(fact.a or 0 for fact in written) == list(range(1, 2 * each + 1))
    assert sorted(fact.revision for fact in written) == list(range(base + 1, base + 2 * each + 1))
    assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound


def test_two_processes_lose_no_decision(desk: StoreDesk) -> None:
    two_processes_decide(desk, 100)


def test_a_reader_of_newer_revisions_misses_no_row(desk: StoreDesk) -> None:
    processes = [start(desk, 0, 60) for _ in range(2)]
    heard: list[int] = []
    seen, ended = desk.revision(), False
    while not ended:
        ended = all(process.poll() is not None for process in processes)
        changes = desk.db.read_now(partial(queue_rows.changes, since_revision=seen))
        heard.extend(changes.columns.ticket_id)
        seen = changes.columns.revision
    for process in processes:
        assert process.communicate(timeout=60)[1] == ""
    # Each ticket was written once, so each is heard of once.
    assert sorted(heard) == list(range(1, 121))


@pytest.mark.long
def test_two_processes_lose_none_of_many(desk: StoreDesk) -> None:
    two_processes_decide(desk, 400)


def kill_while_it_writes(desk: StoreDesk, ticket: int, after: int) -> None:
    process = start(desk, ticket, 10_000)
    assert process.stdout is not None
    said = 0
    for _ in process.stdout:
        said += 1
        if said == after:
            break
    assert said == after, process.communicate()[1]
    before = desk.db.read_now(lambda conn: len(tickets.facts(conn, ticket)))
    process.kill()
    process.communicate(timeout=30)
    facts = desk.db.read_now(lambda conn: tickets.facts(conn, ticket))
    assert len(facts) >= before
    check_integrity(desk.path)
    assert desk.db.read_now(lambda conn: verify(conn, desk.db.book(conn))).sound
    revisions = {fact.revision for fact in facts}
    assert max(revisions) == desk.revision()


@pytest.mark.parametrize("after", [1, 7])
def test_a_kill_leaves_whole_transactions(desk: StoreDesk, after: int) -> None:
    kill_while_it_writes(desk, desk.open_ticket("INC1"), after)


@pytest.mark.long
def test_many_kills_leave_whole_transactions(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("INC1")
    for after in range(1, 30):
        kill_while_it_writes(desk, ticket, after)


def test_two_processes_make_one_file_together(tmp_path: Path) -> None:
    path = tmp_path / "new" / "desk.db"
    code = (
        "import sys; from pathlib import Path; from tests.store.desk import *;"
        "db = open_database(Path(sys.argv[1]), SetTime()); print(db.read_now(lambda c:"
        " c.exec_driver_sql('SELECT count(*) FROM adoption').scalar())); db.close_now()"
    )
    command = [sys.executable, "-c", code, str(path)]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for process in processes:
        out, errors = process.communicate(timeout=60)
        assert (out.strip(), process.returncode) == ("1", 0), errors
