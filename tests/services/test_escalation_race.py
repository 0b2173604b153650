"""Two managers in two processes decide one escalation at once: one wins, the other is told by whom."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.domain.facts import FactKind
from console.domain.instants import SECOND
from console.domain.state import UNDECIDED
from console.store.verify import verify
from tests.services.served_desk import ServedDesk

ROOT = Path(__file__).parents[2]
NAMES = ("Mara", "Otto")
DECIDED = {"accept": "escalation_accepted", "reject": "escalation_rejected"}


class Rivals:
    """Two processes on one file, told what to decide at the same moment."""

    def __init__(self, path: Path) -> None:
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.services.rival", str(path), name],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for name in NAMES
        ]
        for process in self.processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"

    def decide(self, ticket: int, base: int, acts: tuple[str, str], first: int) -> list[dict[str, Any]]:
        """What each says, in the order of `NAMES`; `first` is told a moment before the other."""
        for index in (first, 1 - first):
            pipe = self.processes[index].stdin
            assert pipe is not None
            pipe.write(f"{ticket} {base} {acts[index]}\n")
            pipe.flush()
        said = []
        for process in self.processes:
            assert process.stdout is not None
            said.append(json.loads(process.stdout.readline()))
        return said

    def end(self) -> None:
        for process in self.processes:
            process.communicate(timeout=30)


@pytest.fixture
def rivals(served: ServedDesk) -> Iterator[Rivals]:
    found = Rivals(served.store.path)
    yield found
    found.end()


def they_decide(served: ServedDesk, rivals: Rivals, rounds: int) -> None:
    for number in range(rounds):
        ticket = served.ticket(f"T{number}", severity=3)
        served.asks(ticket, "12T11:00")
        base = served.revision()
        acts = (("accept", "reject"), ("accept", "accept"), ("reject", "reject"))[number % 3]
        said = rivals.decide(ticket, base, acts, number % 2)
        assert sorted(each["won"] for each in said) == [False, True], said
        winner = 0 if said[0]["won"] else 1
        loser = said[1 - winner]
        assert (loser["code"], loser["who"]) == ("changed_by_someone", NAMES[winner])
        assert loser["what"] in (DECIDED[acts[winner]], "eta_set")  # the last fact of the decision
        assert loser["words"] == f"{NAMES[1 - winner]} on {ticket}: what was typed with care"
        only_one_is_there(served, ticket, said[winner], NAMES[winner])
    assert served.desk.db.read_now(lambda conn: verify(conn, served.desk.db.book(conn))).sound


def only_one_is_there(served: ServedDesk, ticket: int, won: dict[str, Any], name: str) -> None:
    (entry,) = [each for each in served.journal() if each.ticket_id == ticket]
    assert (entry.uid, entry.actor, entry.words) == (won["decision"], name, won["words"])
    decided = {fact.decision_uid for fact in served.facts(ticket) if fact.decision_uid is not None}
    assert decided == {entry.uid}
    kinds = [fact.kind for fact in served.facts(ticket)]
    assert kinds.count(FactKind.ESCALATION_ACCEPTED) + kinds.count(FactKind.ESCALATION_REJECTED) == 1
    state = served.card(ticket, served.time.at + SECOND).state.escalation
    assert state is not None
    assert state.phase not in UNDECIDED
    messages = served.desk.db.read_now(lambda conn: served.desk.outbox.list(conn, ticket))
    assert {message.decision_uid for message in messages} == {entry.uid}


def test_two_decide_one_escalation_at_once(served: ServedDesk, rivals: Rivals) -> None:
    they_decide(served, rivals, 5)


@pytest.mark.long
def test_two_decide_one_escalation_at_once_200_times(served: ServedDesk, rivals: Rivals) -> None:
    they_decide(served, rivals, 200)
