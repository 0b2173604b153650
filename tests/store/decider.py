"""A desk in a process of its own: `decider.py FILE TICKET COUNT` decides, each time on what it reads.

With the ticket 0 it opens tickets instead.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from console.domain.facts import FactKind, NewFact
from console.store import door, parties, tickets
from console.store.database import Connection
from tests.store.desk import NOON, SetTime, open_database


def main(path: str, ticket: int, count: int) -> None:
    time = SetTime()
    db = open_database(Path(path), time)

    def decide(conn: Connection) -> None:
        seen = [fact.a or 0 for fact in tickets.facts(conn, ticket) if fact.kind == FactKind.CUSTOMER_PRIORITY_SET]
        fact = NewFact(ticket, NOON, FactKind.CUSTOMER_PRIORITY_SET, a=max(seen, default=0) + 1, ord=len(seen))
        door.record(conn, db.book(conn), [fact], NOON)

    def open_one(conn: Connection) -> None:
        source = parties.source(conn, "test", f"process {os.getpid()}")
        made = parties.ticket(conn, source, secrets.token_hex(8), None, NOON)
        door.record(conn, db.book(conn), [NewFact(made, NOON, FactKind.OPENED, a=2)], NOON)

    for _ in range(count):
        db.write_now(decide if ticket else open_one)
        print("ok", flush=True)
    db.close_now()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
