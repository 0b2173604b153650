"""Cases of the community vendor on the demo desk: requests with a time of review, one of them at level 3 (LI-2, LI-7).

A desk serves several organisations; beside 2,000 tickets of one a few of another show what their rules differ in.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.decisions import Actor
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import DAY, HOUR, MINUTE, SECOND, TimeSource
from console.services.escalating.escalations import EscalationService
from console.services.escalating.messages import MessageTemplates
from console.services.generating.people import MANAGERS
from console.store import door, parties
from console.store.database import Connection, Database
from console.time_source import FixedTime

_PACK = "community"
_ENGINEER = "Priya Nair"


@dataclass(frozen=True, slots=True)
class _Case:
    """A case: when it was opened and when each level was asked for, as time before now; all but the last request were
    rejected an hour later."""

    number: str
    subject: str
    customer: str
    person: str
    plan: str
    severity: int
    opened: int
    asked: tuple[int, ...]
    words: tuple[str, ...]


_CASES = (
    _Case(
        number="C-10231",
        subject="Scheduled jobs run twice after the failover",
        customer="Harbour Freight Online",
        person="Ursula Keller",
        plan="premium",
        severity=2,
        opened=4 * DAY,
        asked=(3 * DAY, 30 * HOUR, 50 * MINUTE),
        words=(
            "Orders are sent twice since Monday and nobody tells us when this ends.",
            "The answer of yesterday says triage. We have paid two refunds since.",
            "Two levels said no and nothing moved. Our board meets at nine and asks for a date.",
        ),
    ),
    _Case(
        number="C-10236",
        subject="Single sign-on asks for the password again and again",
        customer="Lumen Community College",
        person="David Osei",
        plan="non_premium",
        severity=3,
        opened=95 * MINUTE,
        asked=(25 * MINUTE,),
        words=("The exam of this morning needs the portal; 200 students are locked out.",),
    ),
)


class CommunityCases:
    """Adds the cases; their requests and decisions go through the services, each at its instant."""

    def __init__(self, db: Database, time: TimeSource, templates: MessageTemplates) -> None:
        self._db = db
        self._now = time.now() // SECOND * SECOND
        self._templates = templates

    def run(self) -> None:
        """Add them all in one transaction; nothing where the pack is not adopted."""
        self._db.write_now(self._write)

    def _write(self, conn: Connection) -> None:
        if self._db.book(conn).pack(_PACK, self._now) is None:
            return
        for case in _CASES:
            self._add(conn, case)

    def _add(self, conn: Connection, case: _Case) -> None:
        opened = self._now - case.opened
        source = parties.source(conn, "portal", "Case portal")
        org = parties.first_organisation(conn)
        customer = parties.customer(conn, org, case.number, case.customer, "America/New_York")
        ticket = parties.ticket(conn, source, case.number, customer, opened)
        asker, engineer = parties.person(conn, source, case.person), parties.person(conn, source, _ENGINEER)
        said, text = ActorKind.CUSTOMER, case.subject
        facts = [
            NewFact(ticket, opened, FactKind.OPENED, case.severity, None, "portal", said, asker, text),
            NewFact(ticket, opened, FactKind.PLAN_SET, t=f"{_PACK}/{case.plan}"),
            NewFact(ticket, opened + MINUTE, FactKind.OWNER_SET, engineer, actor_kind=ActorKind.AGENT),
        ]
        door.record(conn, self._db.book(conn), facts, opened + MINUTE)
        for place, (before, words) in enumerate(zip(case.asked, case.words, strict=True)):
            at = self._now - before
            reasons = ("unresponsive", "impaired_function", "time_constraint")
            code = reasons[place] if len(case.asked) > 1 else "time_constraint"
            self._service(at).request(conn, ticket, "portal", words, person_id=asker, reason_code=code)
            if place + 1 < len(case.asked):
                manager = Actor(MANAGERS[place % len(MANAGERS)], "shift_manager")
                self._service(at + HOUR).reject(
                    conn,
                    ticket,
                    manager,
                    base_revision=door.revision(conn),
                    words="The engineers have found the cause and work on it; an escalation would not speed it up.",
                    reason_code="not_urgent_enough",
                )

    def _service(self, at: int) -> EscalationService:
        return EscalationService(self._db.book, FixedTime(at), self._templates)
