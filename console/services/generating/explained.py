"""A desk with one ticket whose clock has seen a night, a lunch, a pause and another severity: for the manual."""

from __future__ import annotations

from pathlib import Path

from console.domain.decisions import Actor
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import DAY, HOUR, MINUTE, SECOND, TimeSource
from console.domain.roles import Role
from console.services.desk import Desk
from console.services.policy_adoption import adopt_pack
from console.store import door, parties
from console.store.database import Connection
from console.time_source import FixedTime

NUMBER = "31007"
_PACK = "small_desk"
_MAKER = Actor("Shift Console", Role.ADMINISTRATOR)
# From the beginning of the day before yesterday, UTC; the desk of the pack is an hour ahead of it.
_OPENED, _ANSWERED, _LOWERED = 14 * HOUR, 14 * HOUR + 30 * MINUTE, 15 * HOUR
_WAITING, _RETURNED = DAY + 10 * HOUR, DAY + 14 * HOUR
_EARLIER = 3 * DAY


def tell(desk: Desk, pack: Path, time: TimeSource) -> None:
    """Adopt the example pack in `pack` and add the ticket; `desk` is a new one. Raises what adopting raises."""
    begin = time.now() // DAY * DAY - 2 * DAY
    adopt_pack(desk.db, FixedTime(begin - _EARLIER), pack, actor=_MAKER)

    def write(conn: Connection) -> None:
        source = parties.source(conn, "mail", "Support mail")
        customer = parties.customer(conn, parties.first_organisation(conn), "C-7", "Vistula Print", "Europe/Warsaw")
        ticket = parties.ticket(conn, source, NUMBER, customer, begin + _OPENED)
        engineer = parties.person(conn, source, "Ewa Lis")
        support, asker = ActorKind.AGENT, ActorKind.CUSTOMER
        told = [
            NewFact(ticket, _OPENED, FactKind.OPENED, 1, None, "mail", asker, text="Labels print without a barcode"),
            NewFact(ticket, _OPENED, FactKind.PLAN_SET, t=f"{_PACK}/standard"),
            NewFact(ticket, _OPENED + MINUTE, FactKind.OWNER_SET, engineer, actor_kind=support),
            NewFact(ticket, _ANSWERED, FactKind.MESSAGE, 1, 0, None, support, engineer, "Which printers are these?"),
            NewFact(ticket, _ANSWERED, FactKind.STATUS_SET, t="open", actor_kind=support, actor_id=engineer),
            NewFact(ticket, _LOWERED, FactKind.SEVERITY_SET, 2, 1, None, ActorKind.MANAGER),
            NewFact(ticket, _WAITING, FactKind.STATUS_SET, t="waiting", actor_kind=support, actor_id=engineer),
            NewFact(ticket, _RETURNED, FactKind.MESSAGE, 1, 0, None, asker, text="Only the two in the warehouse."),
        ]
        facts = [fact._replace(at=begin + fact.at) for fact in told]
        door.record(conn, desk.db.book(conn), facts, time.now() // SECOND * SECOND)

    desk.db.write_now(write)
