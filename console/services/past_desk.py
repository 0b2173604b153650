"""A desk as it was: the same database, seen by services for which it is another time."""

from __future__ import annotations

from dataclasses import replace

from console.domain.instants import SECOND
from console.domain.queues import belongs
from console.domain.rows import QueueRow
from console.services.acting.people import PeopleService
from console.services.desk import Desk
from console.services.entitling.credits import CreditService
from console.services.entitling.customer_page import CustomerPageService
from console.services.entitling.entitlements import EntitlementService
from console.services.entitling.quota import QuotaService
from console.services.outbox import OutboxService
from console.services.queues import QueueService
from console.services.severities.severity import SeverityService
from console.services.severities.severity_bulk import BulkSeverityService
from console.services.shifts import ShiftService
from console.services.tickets import TicketService
from console.services.undo import UndoService
from console.store.database import Connection
from console.time_source import FixedTime


def as_it_was(desk: Desk, instant: int) -> Desk:
    """The desk whose present is `instant` (microseconds UTC). For reading: decide on the desk itself."""
    time = FixedTime(instant)
    entitlements = EntitlementService(desk.db.book, time)
    quota = QuotaService(desk.db.book, time)
    severity = SeverityService(desk.db.book, time)
    return replace(
        desk,
        time=time,
        queues=QueueService(desk.db.book, time),
        tickets=TicketService(desk.db.book, time, entitlements, as_of=instant),
        severity=severity,
        severity_bulk=BulkSeverityService(severity, desk.db.book, time),
        escalations=desk.escalations.as_it_was(time, instant),
        undo=UndoService(desk.db.book, time),
        entitlements=entitlements,
        outbox=OutboxService(as_of=instant),
        review=desk.review.as_it_was(time, instant),
        people=PeopleService(desk.db.book, time, as_of=instant),
        shifts=ShiftService(desk.db.book, time, as_of=instant),
        customers=CustomerPageService(desk.db.book, time, entitlements, quota),
        credits=CreditService(desk.db.book, time),
        quota=quota,
    )


def undecided_then(conn: Connection, desk: Desk) -> list[QueueRow]:
    """The rows of tickets whose escalation waits for a decision at the present of the desk, folded anew."""
    now = desk.time.now()
    past = desk.queues.as_of(conn, now)
    return [row for row, state in zip(past.rows, past.states, strict=True) if belongs("decide", state, now // SECOND)]
