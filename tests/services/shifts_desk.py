"""People and words that stories of shifts and acts share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from console.domain.facts import FactKind
from console.services.shifts import Shift
from console.store import parties
from console.store.database import Connection
from tests.services.served_desk import ServedDesk

T = TypeVar("T")


def read(served: ServedDesk, job: Callable[[Connection], T]) -> T:
    return served.desk.db.read_now(job)


def write(served: ServedDesk, job: Callable[[Connection], T]) -> T:
    return served.desk.db.write_now(job)


def people(served: ServedDesk, *names: str) -> list[int]:
    """The ids of people of the support side, by name."""

    def add(conn: Connection) -> list[int]:
        found = parties.persons(conn, parties.source(conn, "test", "test"), names)
        return [found[name] for name in names]

    return write(served, add)


def owned(served: ServedDesk, number: str, owner: int, opened: str = "12T10:00", severity: int = 3) -> int:
    """A ticket that a person owns."""
    ticket = served.ticket(number, opened, severity)
    served.tell(ticket, opened, FactKind.OWNER_SET, a=owner)
    return ticket


def running(served: ServedDesk) -> Shift | None:
    return read(served, served.desk.shifts.current)
