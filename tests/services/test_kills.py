"""SIGKILL while decisions are written: each is whole or absent, the chain holds, nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from console.store.inspection import check_integrity
from console.store.journal import verify_chain
from console.store.verify import verify
from tests.services.served_desk import ServedDesk

ROOT = Path(__file__).parents[2]
# Facts and messages that each kind of decision writes here.
WHOLE = {
    "escalation_requested": ((1,), (0,)),
    "escalation_accepted": ((2, 3), (1,)),  # with a note where it goes against the verdict
    "escalation_rejected": ((1,), (1,)),
    "escalation_closed": ((1,), (0,)),
    "severity_changed": ((1,), (0,)),
    "undone": ((1, 2, 3), (0,)),
}
HALF_UNDONE = """
    SELECT count(*) FROM outbox
    WHERE (state = 'cancelled') != (decision_uid IN (SELECT subject_uid FROM journal WHERE kind = 'undone'))
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked: starting each anew takes hours")


class Writers:
    """One process that has everything loaded and forks a writer for each kill."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.services.killed_writer", str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.line() == "ready"

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def write_and_kill(self, ticket: int, after: int, wait: float) -> list[str]:
        """The decisions that a writer said were written before it died: at least `after`."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{ticket}\n")
        self.process.stdin.flush()
        said: list[str] = []
        child = 0
        while not (child and len(said) >= after):
            line = self.line()
            assert line, "the writer ended by itself"
            if line.isdecimal() and len(line) < 32:
                child = int(line)
            else:
                said.append(line)
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        while (line := self.line()) != "dead":
            assert line, "the writer ended by itself"
            said.append(line)
        return said

    def end(self) -> None:
        self.process.communicate(timeout=30)


@pytest.fixture
def tickets(served: ServedDesk) -> list[int]:
    return [served.ticket(f"T{number}", severity=3) for number in range(20)]


@pytest.fixture
def writers(served: ServedDesk, tickets: list[int]) -> Iterator[Writers]:
    found = Writers(served.store.path)
    yield found
    found.end()


def kill(served: ServedDesk, writers: Writers, tickets: list[int], kills: int) -> None:
    chance = random.Random(7)
    acknowledged: list[str] = []
    seen = 0
    for number in range(kills):
        wait = chance.uniform(0, 0.03)
        said = writers.write_and_kill(tickets[number % len(tickets)], chance.randint(1, 3), wait)
        acknowledged += said
        # A connection of its own, as the next start of the program has one.
        with closing(sqlite3.connect(served.store.path)) as file:
            seen = decisions_are_whole(file, seen, said)
        if number % 5 == 4:
            assert served.desk.db.read_now(verify_chain) == []
        if number % 20 == 19:
            # Every derived row too: the fold of the facts that are there.
            assert served.desk.db.read_now(lambda conn: verify(conn, served.desk.db.book(conn))).sound
    with closing(sqlite3.connect(served.store.path)) as file:
        kept = [uid for (uid,) in file.execute("SELECT uid FROM journal ORDER BY seq")]
    assert len(set(acknowledged)) == len(acknowledged) >= kills
    assert set(acknowledged) <= set(kept)
    check_integrity(served.store.path)
    assert served.desk.db.read_now(lambda conn: verify(conn, served.desk.db.book(conn))).sound


def decisions_are_whole(file: sqlite3.Connection, seen: int, said: list[str]) -> int:
    """Looks at the entries after number `seen`; says the newest number."""
    query = "SELECT seq, uid, kind, evidence_sha256 FROM journal WHERE seq > ? ORDER BY seq"
    entries = list(file.execute(query, (seen,)))
    assert [seq for seq, *_ in entries] == list(range(seen + 1, seen + 1 + len(entries)))
    # One more at most: written, and killed before it could say so.
    uids = [uid for _, uid, *_ in entries]
    assert uids[: len(said)] == said
    assert len(uids) - len(said) in (0, 1)
    facts, messages = (
        Counter(uid for (uid,) in file.execute(f"SELECT decision_uid FROM {table} WHERE decision_uid IS NOT NULL"))
        for table in ("fact", "outbox")
    )
    for _, uid, kind, evidence in entries:
        assert (facts[uid] in WHOLE[kind][0], messages[uid] in WHOLE[kind][1]) == (True, True), kind
        assert file.execute("SELECT count(*) FROM evidence WHERE sha256 = ?", (evidence,)).fetchone() == (1,)
    # Nothing is there of a decision that is not in the journal.
    journal = {uid for (uid,) in file.execute("SELECT uid FROM journal")}
    assert facts.keys() | messages.keys() <= journal
    assert file.execute(HALF_UNDONE).fetchone() == (0,)
    (kept,) = file.execute("SELECT revision FROM head").fetchone()
    (newest,) = file.execute("SELECT max(revision) FROM fact").fetchone()
    assert kept == newest
    return seen + len(entries)


def test_a_kill_leaves_each_decision_whole_or_absent(served: ServedDesk, writers: Writers, tickets: list[int]) -> None:
    kill(served, writers, tickets, 10)


@pytest.mark.long
def test_1000_kills_leave_each_decision_whole_or_absent(
    served: ServedDesk, writers: Writers, tickets: list[int]
) -> None:
    kill(served, writers, tickets, 1000)
