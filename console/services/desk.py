"""The desk: one database, one actor and the services that work on it. Built once, at the top, and handed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from console.domain.decisions import Actor
from console.domain.instants import TimeSource
from console.domain.policy import Pack
from console.services.acting.acts import ActService
from console.services.acting.marks import MarkService
from console.services.acting.people import PeopleService
from console.services.acting.voids import VoidService
from console.services.entitling.agreements import AgreementService
from console.services.entitling.credits import CreditService
from console.services.entitling.customer_page import CustomerPageService
from console.services.entitling.entitlements import EntitlementService
from console.services.entitling.quota import QuotaService
from console.services.erasing import ErasingService
from console.services.escalating.escalations import EscalationService
from console.services.escalating.messages import MessageTemplates
from console.services.journal import JournalService
from console.services.outbox import OutboxService
from console.services.queues import QueueService
from console.services.reviewing.review import ReviewService
from console.services.roles import OnDuty, everybody
from console.services.severities.severity import SeverityService
from console.services.severities.severity_bulk import BulkSeverityService
from console.services.shifts import ShiftService
from console.services.tickets import TicketService
from console.services.undo import UndoService
from console.store.database import Database

LANGUAGE = "en"

Names = Mapping[tuple[str, str, str], str]
"""(pack, 'plan' | 'status' | 'severity' | 'people', code) -> the name to show."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a window or a terminal works with."""

    db: Database
    time: TimeSource
    duty: OnDuty
    queues: QueueService
    tickets: TicketService
    severity: SeverityService
    severity_bulk: BulkSeverityService
    escalations: EscalationService
    undo: UndoService
    outbox: OutboxService
    entitlements: EntitlementService
    review: ReviewService
    acts: ActService
    voids: VoidService
    marks: MarkService
    people: PeopleService
    shifts: ShiftService
    customers: CustomerPageService
    credits: CreditService
    quota: QuotaService
    agreements: AgreementService
    journal: JournalService
    erasing: ErasingService
    names: Names

    @property
    def actor(self) -> Actor:
        """Who acts, in the role that is chosen now: ask anew for each act."""
        return self.duty.actor

    @property
    def path(self) -> Path | None:
        """The database's file, none when it is not one."""
        return self.db.path

    def data_version(self) -> int:
        """A number that changes with every commit by anyone. Cheap; raises EnvironmentFault when the database is out
        of reach."""
        return self.db.data_version()

    def close_now(self) -> None:
        """Drain what is being written and close."""
        self.db.close_now()


def open_desk(url: str, time: TimeSource, policies: Path, actor: Actor | None = None) -> Desk:
    """Open or create the database at `url` with the packs in the folder `policies`; without an `actor` for everybody.
    The templates of messages lie beside that folder, in `messages`.

    Raises UserError for a URL or a file that is not a desk's, EnvironmentFault when the disk or the database fails.
    """
    db = Database.open(url, time, pack_files(policies))
    templates = MessageTemplates(policies.parent / "messages")

    entitlements = EntitlementService(db.book, time)
    quota = QuotaService(db.book, time)
    severity = SeverityService(db.book, time)
    tickets = TicketService(db.book, time, entitlements)
    return Desk(
        db=db,
        time=time,
        duty=OnDuty(actor or everybody()),
        queues=QueueService(db.book, time),
        tickets=tickets,
        severity=severity,
        severity_bulk=BulkSeverityService(severity, db.book, time),
        escalations=EscalationService(db.book, time, templates),
        undo=UndoService(db.book, time),
        outbox=OutboxService(),
        entitlements=entitlements,
        review=ReviewService(db.book, db.book, time, tickets),
        acts=ActService(db.book, time, templates),
        voids=VoidService(db.book, time),
        marks=MarkService(db.book, time),
        people=PeopleService(db.book, time),
        shifts=ShiftService(db.book, time),
        customers=CustomerPageService(db.book, time, entitlements, quota),
        credits=CreditService(db.book, time),
        quota=quota,
        agreements=AgreementService(db.book, time),
        journal=JournalService(),
        erasing=ErasingService(time),
        names=db.read_now(lambda conn: names_of(db.book(conn).packs())),
    )


def pack_files(policies: Path) -> list[tuple[str, bytes]]:
    """The packs that a new database is made with: name and TOML of each file in the folder."""
    return [(path.name, path.read_bytes()) for path in sorted(policies.glob("*.toml"))]


def names_of(packs: tuple[Pack, ...]) -> Names:
    """The names that rows show for the codes of the packs."""
    names: dict[tuple[str, str, str], str] = {}
    for pack in packs:
        for plan in pack.plans:
            names[pack.code, "plan", plan.code] = plan.name.say(LANGUAGE)
        for status in pack.statuses:
            names[pack.code, "status", status.code] = status.name.say(LANGUAGE)
        for severity in pack.severities:
            names[pack.code, "severity", str(severity.level)] = severity.name.say(LANGUAGE)
        for person in pack.people:
            names[pack.code, "people", person.code] = person.name.say(LANGUAGE)
    return names
