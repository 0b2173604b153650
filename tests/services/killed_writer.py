"""Writes decisions until it is killed: `killed_writer.py FILE`. Each line of input is the id of a ticket: a child
process opens the desk and decides on that ticket without end, saying the id of each decision once it is written."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from console.domain.decisions import Actor, Change
from console.domain.instants import HOUR, SECOND
from console.domain.state import UNDECIDED, EscalationPhase, TicketState
from console.services.desk import Desk, open_desk
from console.store.database import Connection
from tests.store.desk import PACK, SetTime

MANAGER = Actor("Mara", "shift_manager", os_user="mara")


def main(path: Path) -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            write(path, int(line))
        print(child, flush=True)
        os.waitpid(child, 0)
        print("dead", flush=True)


def write(path: Path, ticket: int) -> None:
    time = SetTime()
    desk = open_desk(f"sqlite:///{path}", time, PACK.parent, MANAGER)
    last: str | None = None
    while True:
        time.at += SECOND
        change = desk.db.write_now(partial(next_decision, desk, ticket=ticket, now=time.at, last=last))
        print(change.decision_uid, flush=True)
        last = change.decision_uid if last is None else None


def next_decision(desk: Desk, conn: Connection, ticket: int, now: int, last: str | None) -> Change:
    """What comes next in the life of the ticket's escalation; now and then a severity, or an undo."""
    state = desk.tickets.card(conn, ticket).state
    base = desk.db.revision(conn)
    if last is not None and base % 5 == 0:
        return desk.undo.undo(conn, last, MANAGER)
    if base % 4 == 0:
        to = 2 if state.severity == 3 else 3
        return desk.severity.change(conn, ticket, to, MANAGER, base_revision=base, words="the impact has changed")
    return escalated(desk, conn, ticket, state, base, now)


def escalated(desk: Desk, conn: Connection, ticket: int, state: TicketState, base: int, now: int) -> Change:
    found = state.escalation
    if found is not None and found.phase in UNDECIDED:
        if base % 3 == 0:
            return desk.escalations.reject(conn, ticket, MANAGER, base_revision=base, words="the date holds")
        return desk.escalations.accept(
            conn,
            ticket,
            MANAGER,
            base_revision=base,
            plan_of_action="an engineer calls",
            next_update_at=max(now, state.as_of) + 2 * HOUR,
            against_verdict="they wait",
        )
    if found is not None and found.phase is EscalationPhase.ACCEPTED:
        return desk.escalations.close(
            conn, ticket, MANAGER, base_revision=base, outcome="resolved", words="it runs again"
        )
    return desk.escalations.request(conn, ticket, "phone", "we wait", actor=MANAGER).change


if __name__ == "__main__":
    main(Path(sys.argv[1]))
