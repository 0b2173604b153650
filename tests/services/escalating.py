"""A desk that has adopted all packs, with tickets of each vendor and what is done to their escalations."""

from __future__ import annotations

from typing import Any

from console.domain.decisions import Actor, Change, JournalEntry
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import HOUR, SECOND
from console.domain.records import OutboxMessage
from console.domain.state import EscalationPhase, EscalationState
from console.services.escalating.escalations import EscalationRequest, RequestOutcome
from console.services.policy_adoption import adopt_pack
from console.store import door, parties
from console.store.database import Connection
from tests.domain.packs import POLICIES
from tests.services.served_desk import MANAGER, ServedDesk, at
from tests.store.desk import ADMIN


class Escalating:
    """Every act is a second after the one before, so that each is later."""

    def __init__(self, served: ServedDesk) -> None:
        self.served = served
        self.db = served.desk.db
        self.escalations = served.desk.escalations
        for name in ("community", "analytics"):
            adopt_pack(self.db, served.time, POLICIES / f"{name}.toml", actor=ADMIN)

    def ticket(
        self,
        plan: str,
        severity: int = 2,
        *,
        opened: str = "11T09:00",
        number: str = "T1",
        product: str | None = None,
        customer: str | None = "Andes",
    ) -> int:
        """A ticket of a customer in Kyiv; `plan` names the pack too."""

        def write(conn: Connection) -> int:
            org = parties.first_organisation(conn)
            who = parties.customer(conn, org, "C-1", customer, "Europe/Kyiv") if customer else None
            made = parties.ticket(conn, parties.source(conn, "t", "t"), number, who, at(opened))
            first = NewFact(made, at(opened), FactKind.OPENED, a=severity, actor_kind=ActorKind.CUSTOMER, text="Help")
            facts = [first, NewFact(made, at(opened), FactKind.PLAN_SET, t=plan)]
            if product is not None:
                facts.append(NewFact(made, at(opened), FactKind.PRODUCT_SET, t=product))
            door.record(conn, self.db.book(conn), facts, at(opened))
            return made

        return self.db.write_now(write)

    def person(self, name: str) -> int:
        return self.db.write_now(lambda conn: parties.person(conn, parties.source(conn, "t", "t"), name))

    def ask(self, ticket: int, channel: str, actor: Actor | None = MANAGER, **values: Any) -> RequestOutcome:
        self.served.time.at += SECOND
        words = values.pop("words", "We wait")
        return self.db.write_now(
            lambda conn: self.escalations.request(conn, ticket, channel, words, actor=actor, **values)
        )

    def review(self, ticket: int, actor: Actor = MANAGER) -> Change:
        return self._decide("start_review", ticket, actor, {})

    def accept(self, ticket: int, actor: Actor = MANAGER, **values: Any) -> Change:
        usual = {"plan_of_action": "An engineer calls", "next_update_at": self.served.time.at + 2 * HOUR}
        return self._decide("accept", ticket, actor, usual | values)

    def reject(self, ticket: int, actor: Actor = MANAGER, **values: Any) -> Change:
        return self._decide("reject", ticket, actor, {"words": "The date holds"} | values)

    def withdraw(self, ticket: int, actor: Actor = MANAGER, **values: Any) -> Change:
        return self._decide("withdraw", ticket, actor, {"words": "They called back"} | values)

    def close(self, ticket: int, actor: Actor = MANAGER, **values: Any) -> Change:
        return self._decide("close", ticket, actor, {"outcome": None, "words": "It runs again"} | values)

    def undo(self, decision: str | None, actor: Actor = MANAGER) -> Change:
        assert decision is not None
        return self.db.write_now(lambda conn: self.served.desk.undo.undo(conn, decision, actor))

    def _decide(self, act: str, ticket: int, actor: Actor, values: dict[str, Any]) -> Change:
        self.served.time.at += SECOND
        given = {"base_revision": self.served.revision()} | values
        made: Change = self.db.write_now(lambda conn: getattr(self.escalations, act)(conn, ticket, actor, **given))
        return made

    def waiting(self) -> list[EscalationRequest]:
        return self.db.read_now(self.escalations.waiting)

    def of_ticket(self, ticket: int) -> EscalationRequest:
        return self.db.read_now(lambda conn: self.escalations.of_ticket(conn, ticket))

    def state(self, ticket: int) -> EscalationState:
        found = self.served.card(ticket, self.served.time.at + SECOND).state.escalation
        assert found is not None
        return found

    def phase(self, ticket: int) -> EscalationPhase:
        return self.state(ticket).phase

    def messages(self, decision: str | None = None) -> list[OutboxMessage]:
        """In the order in which they were written."""
        found = self.db.read_now(lambda conn: self.served.desk.outbox.list(conn, decision_uid=decision))
        return list(reversed(found))

    def told(self, change: Change) -> list[str]:
        return [message.to for message in self.messages(change.decision_uid)]

    def last(self) -> JournalEntry:
        return self.served.journal()[-1]
