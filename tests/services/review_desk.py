"""A desk with decisions to review, told in a line each."""

from __future__ import annotations

from pathlib import Path

from console.domain.decisions import Actor, NewDecision
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import HOUR
from console.domain.reviews import DecisionFilter, DecisionRow
from console.services.reviewing.review import Case, Reviewed
from console.services.reviewing.review_sample import Found
from console.store.database import Connection
from tests.services.served_desk import MANAGER, OTHER, ServedDesk, at

LEAD = Actor("Lea", "team_lead", os_user="lea")
SECOND_LEAD = Actor("Lio", "team_lead", os_user="lio")


class ReviewDesk(ServedDesk):
    """Managers decide, leads look."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.time.at = at("12T10:00")

    def asked(self, number: str, severity: int = 2, plan: str = "gold", level: int = 1) -> int:
        """A ticket opened four hours ago with a request by phone from an hour ago."""
        now = self.time.at
        hours = (now - at("12T00:00")) // HOUR
        opened = f"{12 + (hours - 4) // 24}T{(hours - 4) % 24:02}:00"
        ticket = self.ticket(number, opened, severity, plan)
        self.store.record(
            NewFact(
                ticket, now - HOUR, FactKind.ESCALATION_REQUESTED, level, None, "phone", ActorKind.CUSTOMER, text="Help"
            )
        )
        return ticket

    def accept(self, ticket: int, actor: Actor = MANAGER, words: str = "We look at it at once") -> DecisionRow:
        def write(conn: Connection) -> None:
            self.desk.escalations.accept(
                conn,
                ticket,
                actor,
                base_revision=self.store.db.revision(conn),
                plan_of_action=words,
                next_update_at=self.time.at + 2 * HOUR,
                against_verdict="The customer cannot wait",
            )

        self.desk.db.write_now(write)
        return self.newest()

    def reject(self, ticket: int, actor: Actor = MANAGER, words: str = "Work is on schedule") -> DecisionRow:
        def write(conn: Connection) -> None:
            base = self.store.db.revision(conn)
            self.desk.escalations.reject(conn, ticket, actor, base_revision=base, words=words, reason_code="other")

        self.desk.db.write_now(write)
        return self.newest()

    def severity(self, ticket: int, to: int, actor: Actor = MANAGER) -> DecisionRow:
        def write(conn: Connection) -> None:
            base = self.store.db.revision(conn)
            self.desk.severity.change(conn, ticket, to, actor, base_revision=base, words="As defined")

        self.desk.db.write_now(write)
        return self.newest()

    def newest(self) -> DecisionRow:
        return self.rows(self.find().numbers[:1])[0]

    def find(self, wanted: DecisionFilter | None = None) -> Found:
        return self.desk.db.read_now(lambda conn: self.desk.review.find(conn, wanted or DecisionFilter()))

    def rows(self, numbers: tuple[int, ...], viewer: Actor = LEAD, *, blind: bool = False) -> list[DecisionRow]:
        return self.desk.db.read_now(lambda conn: self.desk.review.rows(conn, numbers, viewer, blind=blind))

    def case(self, number: int, viewer: Actor = LEAD, *, blind: bool = False) -> Case:
        return self.desk.db.read_now(lambda conn: self.desk.review.case(conn, number, viewer, blind=blind))

    def uphold(self, number: int, lead: Actor = LEAD, words: str = "By the book") -> Reviewed:
        return self.desk.db.write_now(lambda conn: self.desk.review.uphold(conn, number, lead, words))

    def overturn(self, number: int, lead: Actor = LEAD, words: str = "It was due") -> Reviewed:
        return self.desk.db.write_now(lambda conn: self.desk.review.overturn(conn, number, lead, words))

    def judge(self, number: int, own: str, lead: Actor = LEAD, words: str = "I would") -> Reviewed:
        return self.desk.db.write_now(lambda conn: self.desk.review.judge(conn, number, lead, own, words))


def decision(uid: str, ticket: int, actor: Actor, base: int, evidence: dict[str, object]) -> NewDecision:
    """A decision with evidence that another engine made."""
    return NewDecision(uid, "severity_changed", ticket, None, actor, "underrated", "grave", base, evidence)


__all__ = ["LEAD", "MANAGER", "OTHER", "SECOND_LEAD", "ReviewDesk", "at", "decision"]
