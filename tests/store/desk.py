"""A desk on a real file: tickets, facts and decisions in one line each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from console.domain.decisions import Actor, Change, NewDecision, NewMessage
from console.domain.facts import ActorKind, Fact, FactKind, NewFact
from console.domain.instants import HOUR, MINUTE, parse_instant
from console.domain.records import TEXT_ERASED
from console.store import door, parties, tickets
from console.store.database import Connection, Database
from console.store.texts import erase
from tests.rig.fresh_desk import fresh_desk

PACK = Path(__file__).parents[2] / "resources" / "policies" / "odin.toml"
NOON = parse_instant("2017-09-12T12:00:00Z")
MANAGER = Actor("Mara", "shift_manager", os_user="mara", desk_uid="desk-1")
ADMIN = Actor("Ada", "administrator", os_user="ada")


class SetTime:
    """A time source that stands where it was put."""

    def __init__(self, now: int = NOON) -> None:
        self.at = now

    def now(self) -> int:
        return self.at


class StoreDesk:
    """An open database with its time."""

    def __init__(self, path: Path, now: int = NOON) -> None:
        self.path = path
        self.time = SetTime(now)
        fresh_desk(path, now, PACK.name)
        self.db = open_database(path, self.time)

    def open_ticket(self, number: str, *facts: NewFact, severity: int = 2, plan: str = "gold", **more: str) -> int:
        """A ticket opened two hours ago by a customer with a contract."""

        def add(conn: Connection) -> int:
            ticket, found = self.new(conn, number, facts, severity, plan, **more)
            door.record(conn, self.db.book(conn), found, self.time.at)
            return ticket

        return self.db.write_now(add)

    def new(
        self,
        conn: Connection,
        number: str,
        facts: Sequence[NewFact] = (),
        severity: int = 2,
        plan: str = "gold",
        subject: str = "Mail queue stuck",
        customer: str = "Northwind",
        code: str = "12345-67890",
    ) -> tuple[int, list[NewFact]]:
        """A new ticket and its facts, not recorded yet."""
        org = parties.first_organisation(conn)
        who = parties.customer(conn, org, f"C-{customer}", customer, "Europe/Kyiv")
        wanted = parties.NewContract(f"K-{customer}-{plan}", org, who, "odin", plan, 0, support_code=code)
        contract = parties.contract(conn, wanted)
        opened = self.time.at - 2 * HOUR
        ticket = parties.ticket(conn, parties.source(conn, "test", "test"), number, who, opened)
        first = [
            NewFact(ticket, opened, FactKind.OPENED, a=severity, text=subject, actor_kind=ActorKind.CUSTOMER),
            NewFact(ticket, opened, FactKind.PLAN_SET, a=contract, t=f"odin/{plan}"),
        ]
        return ticket, [*first, *(each._replace(ticket_id=ticket) for each in facts)]

    def record(self, *facts: NewFact, decision: NewDecision | None = None) -> Change:
        return self.db.write_now(lambda conn: door.record(conn, self.db.book(conn), facts, self.time.at, decision))

    def decide(self, ticket: int, uid: str, severity: int = 1, words: str | None = "customers are down") -> Change:
        """Change the severity by a decision with a message."""
        message = NewMessage("mail", "duty@example.org", "Severity changed", self.time.at + MINUTE)
        decision = NewDecision(
            uid, "severity", ticket, None, MANAGER, "impact", words, self.revision(), {"due": self.time.at}, (message,)
        )
        return self.record(NewFact(ticket, self.time.at, FactKind.SEVERITY_SET, a=severity), decision=decision)

    def revision(self) -> int:
        return self.db.read_now(self.db.revision)

    def facts(self, ticket: int) -> list[Fact]:
        return self.db.read_now(lambda conn: tickets.facts(conn, ticket))

    def close(self) -> None:
        self.db.close_now()


def open_database(path: Path, time: SetTime) -> Database:
    return Database.open(f"sqlite:///{path}", time, [(PACK.name, PACK.read_bytes())])


def many(desk: StoreDesk, count: int, seed: int = 1) -> None:
    """Tickets in all states that a queue shows, in one transaction."""
    chance = random.Random(seed)

    def fill(conn: Connection) -> None:
        source = parties.source(conn, "test", "test")
        owners = list(parties.persons(conn, source, ["Ann", "Bo", "Cy"]).values())
        groups = list(parties.support_groups(conn, ["Mail", "Billing"]).values())
        all_facts: list[NewFact] = []
        for number in range(count):
            plan = chance.choice(["silver_plus", "gold", "platinum", "diamond"])
            name = f"Customer {number % 7}"
            ticket, facts = desk.new(conn, f"T{number:04}", (), chance.randint(1, 4), plan, customer=name)
            at = desk.time.at - chance.randint(1, 100) * MINUTE
            facts += [NewFact(ticket, at, FactKind.GROUP_SET, a=chance.choice([None, *groups]))]
            facts.append(NewFact(ticket, at, FactKind.OWNER_SET, a=chance.choice([None, *owners])))
            extra = chance.choice(["", "reply", "wait", "close", "ask"])
            if extra in ("reply", "wait"):
                facts.append(NewFact(ticket, at, FactKind.MESSAGE, a=1, actor_kind=ActorKind.AGENT, text="We look"))
            if extra == "wait":
                facts.append(NewFact(ticket, at + 1, FactKind.STATUS_SET, t="waiting"))
            if extra == "close":
                facts.append(NewFact(ticket, at + 1, FactKind.STATUS_SET, t="closed"))
            if extra == "ask":
                facts.append(NewFact(ticket, at, FactKind.ESCALATION_REQUESTED, a=1, t="phone"))
            all_facts += facts
        door.record(conn, desk.db.book(conn), all_facts, desk.time.at)

    desk.db.write_now(fill)


def said_and_erased(conn: Connection, text_id: int) -> None:
    """Words are erased, and the journal says so."""
    kept = {"texts": [{"id": text_id, "what": "note", "sha256": ""}]}
    door.enter(conn, NewDecision(f"e{text_id}", TEXT_ERASED, None, None, ADMIN, None, None, 0, kept), NOON)
    erase(conn, text_id, NOON)
