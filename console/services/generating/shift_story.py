"""A desk in the middle of a shift, for the manual: taken over some hours ago, with its first decisions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from console.domain.decisions import Actor
from console.domain.instants import HOUR, MINUTE, SECOND, TimeSource
from console.domain.roles import Role
from console.domain.rows import QueueRow
from console.domain.severity import reasons
from console.services.demo_desk import fill_past
from console.services.desk import Desk, open_desk
from console.services.generate import generate
from console.services.generating.past_shifts import PastShifts, begun, manager_at
from console.services.generating.people import PACK
from console.services.standing import standing
from console.store import door
from console.store.database import Connection
from console.time_source import FixedTime

_TICKETS = 900
_SEED = 1
_MAKER = Actor("Shift Console", Role.ADMINISTRATOR)


def tell(url: str, policies: Path, time: TimeSource) -> None:
    """Make the desk at `url`, where there is none yet. Raises what opening raises."""
    now = time.now() // SECOND * SECOND
    manager = Actor(manager_at(now), Role.MANAGER)
    desk = open_desk(url, time, policies, manager)
    try:
        generate(desk.db, time, actor=_MAKER, tickets=_TICKETS, seed=_SEED)
        desk.db.write_now(fill_past(desk))
    finally:
        desk.close_now()
    acts = (
        (begun(now) + 6 * MINUTE, _take),
        (now - 48 * MINUTE, _lower),
        (now - 21 * MINUTE, partial(_answer, accepted=False)),
        (now - 9 * MINUTE, partial(_answer, accepted=True)),
        (now - 4 * MINUTE, _note),
    )
    for at, act in acts:
        _at(url, policies, at, manager, act)


def _at(url: str, policies: Path, at: int, manager: Actor, act: Callable[[Desk, Connection, int], None]) -> None:
    desk = open_desk(url, FixedTime(at), policies, manager)
    try:
        desk.db.write_now(lambda conn: act(desk, conn, at))
    finally:
        desk.close_now()


def _take(desk: Desk, conn: Connection, at: int) -> None:
    shifts = PastShifts(desk.db.book, at, _SEED, desk.actor.name)
    desk.shifts.take(conn, desk.actor, shifts.crew(conn, at), "Two escalations to look at first.")


def _quiet(row: QueueRow, at: int) -> bool:
    """Nothing came since, and nothing else is asked for."""
    return row.pack == PACK and row.escalation is None and (row.last_contact_s or row.opened_s) * SECOND < at


def _rows(desk: Desk, conn: Connection, queue: str, at: int) -> list[QueueRow]:
    return [each.row for each in desk.queues.page(conn, queue).lines if _quiet(each.row, at)]


def _lower(desk: Desk, conn: Connection, at: int) -> None:
    row = next(each for each in _rows(desk, conn, "later", at) if each.severity == 3)
    pack = standing(conn, desk.db.book, row.ticket_id, at).pack
    code = next((each.code for each in reasons(pack, 3, 4) if each.denies in (None, 3)), None)
    words = "Only the wording of an invoice is wrong; agreed with the customer."
    desk.severity.change(
        conn, row.ticket_id, 4, desk.actor, base_revision=door.revision(conn), words=words, reason_code=code
    )


def _note(desk: Desk, conn: Connection, at: int) -> None:
    row = _rows(desk, conn, "under_4h", at)[0]
    words = "The owner is in a call with the customer and writes before it is due."
    desk.acts.note(conn, row.ticket_id, desk.actor, base_revision=door.revision(conn), words=words)


def _answer(desk: Desk, conn: Connection, at: int, *, accepted: bool) -> None:
    """The oldest request for which the rules say the same as the answer."""
    waiting = [each for each in desk.escalations.waiting(conn) if each.escalation.requested_at < at]
    found = next((each for each in waiting if each.by_the_rules is accepted), waiting[0])
    kind = "escalation_accepted" if accepted else "escalation_rejected"
    pack = standing(conn, desk.db.book, found.row.ticket_id, at).pack
    against = found.by_the_rules is not accepted
    code = next((each.code for each in pack.reasons_for(kind) if each.against_verdict == against), None)
    ticket_id, base = found.row.ticket_id, found.base_revision
    if accepted:
        desk.escalations.accept(
            conn,
            ticket_id,
            desk.actor,
            base_revision=base,
            plan_of_action="A second engineer joins at once; the customer is called every hour.",
            next_update_at=at + HOUR,
            reason_code=code,
        )
    else:
        words = "The ETA that was named has not passed; the engineer writes before it does."
        desk.escalations.reject(conn, ticket_id, desk.actor, base_revision=base, words=words, reason_code=code)
