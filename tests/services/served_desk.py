"""A small desk on a real file with its services: facts are told through the door, time stands where it is put."""

from __future__ import annotations

from pathlib import Path

from console.domain.decisions import Actor, JournalEntry
from console.domain.facts import ActorKind, Fact, FactKind, NewFact
from console.domain.instants import parse_instant
from console.domain.rows import QueueRow
from console.services.desk import Desk, open_desk
from console.services.tickets import TicketCard
from console.store import door, journal, parties, queue_rows, tickets
from console.store.database import Connection
from tests.store.desk import PACK, StoreDesk

MANAGER = Actor("Mara", "shift_manager", os_user="mara")
ENGINEER = Actor("Egon", "support_engineer", os_user="egon")
OTHER = Actor("Otto", "shift_manager", os_user="otto")


def at(text: str) -> int:
    """Microseconds of 'DDTHH:MM' in September 2017, UTC."""
    return parse_instant(f"2017-09-{text}:00Z")


class ServedDesk:
    """The file as the store has it, and the desk that a window or a terminal would open on it."""

    def __init__(self, path: Path) -> None:
        self.store = StoreDesk(path)
        self.time = self.store.time
        self.desk: Desk = open_desk(f"sqlite:///{path}", self.time, PACK.parent, MANAGER)

    def close(self) -> None:
        self.desk.close_now()
        self.store.close()

    def ticket(self, number: str = "T1", opened: str = "12T10:00", severity: int = 3, plan: str = "gold") -> int:
        """A ticket of a customer with a contract, recorded at the instant at which it was opened."""
        when = at(opened)

        def write(conn: Connection) -> int:
            org = parties.first_organisation(conn)
            customer = parties.customer(conn, org, "C-1", "Northwind", "Europe/Kyiv")
            contract = parties.contract(conn, parties.NewContract(f"K-{plan}", org, customer, "odin", plan, 0))
            ticket_id = parties.ticket(conn, parties.source(conn, "test", "test"), number, customer, when)
            facts = [
                NewFact(ticket_id, when, FactKind.OPENED, a=severity, text="Mail queue stuck"),
                NewFact(ticket_id, when, FactKind.PLAN_SET, a=contract, t=f"odin/{plan}"),
            ]
            door.record(conn, self.store.db.book(conn), facts, when)
            return ticket_id

        return self.store.db.write_now(write)

    def tell(self, ticket_id: int, when: str, kind: FactKind, **values: object) -> None:
        """One more fact, recorded at the present of the desk."""
        self.store.record(NewFact(ticket_id, at(when), kind, **values))  # type: ignore[arg-type]

    def support_writes(self, ticket_id: int, when: str) -> None:
        self.tell(ticket_id, when, FactKind.MESSAGE, a=1, b=0, actor_kind=ActorKind.AGENT, text="We look into it")

    def customer_writes(self, ticket_id: int, when: str) -> None:
        self.tell(ticket_id, when, FactKind.MESSAGE, a=1, b=0, actor_kind=ActorKind.CUSTOMER, text="Any news?")

    def asks(self, ticket_id: int, when: str, channel: str = "phone") -> None:
        self.tell(
            ticket_id,
            when,
            FactKind.ESCALATION_REQUESTED,
            a=1,
            t=channel,
            actor_kind=ActorKind.CUSTOMER,
            text="We wait since morning",
        )

    def card(self, ticket_id: int, now: int | None = None) -> TicketCard:
        return self.desk.db.read_now(lambda conn: self.desk.tickets.card(conn, ticket_id, now))

    def row(self, ticket_id: int) -> QueueRow:
        return self.desk.db.read_now(lambda conn: queue_rows.rows(conn, [ticket_id]))[0]

    def facts(self, ticket_id: int) -> list[Fact]:
        return self.desk.db.read_now(lambda conn: tickets.facts(conn, ticket_id))

    def revision(self) -> int:
        return self.desk.db.read_now(door.revision)

    def journal(self) -> list[JournalEntry]:
        return self.desk.db.read_now(journal.entries)

    def evidence(self, entry: JournalEntry) -> dict[str, object]:
        sha256 = entry.evidence_sha256
        assert sha256 is not None

        def read(conn: Connection) -> dict[str, object]:
            return dict(journal.evidence_of(conn, sha256))

        return self.desk.db.read_now(read)

    def everything(self) -> tuple[object, ...]:
        """What a refused decision must leave as it was."""

        def read(conn: Connection) -> tuple[object, ...]:
            facts = list(tickets.all_facts(conn))
            rows = queue_rows.page(conn, self.time.at // 1_000_000, "open", None)
            return door.revision(conn), facts, rows, journal.entries(conn)

        return self.desk.db.read_now(read)
