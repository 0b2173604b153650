"""What is stored of a ticket's fold: its queue row, clocks and escalations, as columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from console.domain.errors import InternalFault
from console.domain.facts import Fact, FactKind
from console.domain.fold import ENGINE, fold
from console.domain.instants import SECOND
from console.domain.order import without_voided
from console.domain.rules import ClockKind, PolicyBook
from console.domain.state import TicketState
from console.domain.zones import tzdata_version
from console.store import sqlite
from console.store.tables import adoption, ticket

Row = dict[str, object]

STAMPS = frozenset({"engine", "book_seq", "folded_at", "revision", "next_at_s"})
"""Columns that say when and by what a row was folded: no change that a reader has to hear of."""


class Basis(NamedTuple):
    """What the fold stands on: the book, its newest adoption, the present instant, and when the newest adoption begins:
    ahead of the present where a desk adopted it whose time is ahead."""

    book: PolicyBook
    book_seq: int
    now: int
    adopted_at: int = 0


class TicketKeys(NamedTuple):
    """What a queue row repeats of the ticket's identity."""

    ticket_id: int
    org_id: int
    customer_id: int | None


class Derived(NamedTuple):
    """The rows of one ticket, without their revision."""

    row: Row
    clocks: list[Row]
    escalations: list[Row]


def engine_version() -> str:
    """The version of what computes: the fold and the zone rules."""
    return f"{ENGINE}/{tzdata_version()}"


def basis(conn: Connection, book: PolicyBook, now: int) -> Basis:
    """The basis with the newest adoption of the database."""
    seq, adopted_at = conn.execute(select(func.max(adoption.c.seq), func.max(adoption.c.adopted_at))).one()
    return Basis(book, seq or 0, now, adopted_at or 0)


def keys_of(conn: Connection, ids: Collection[int]) -> dict[int, TicketKeys]:
    """Identities by ticket id. Raises InternalFault for an id that is none."""
    query = select(ticket.c.id, ticket.c.org_id, ticket.c.customer_id).where(sqlite.one_of(ticket.c.id, "ids"))
    rows = conn.execute(query, {"ids": sqlite.id_list(ids)})
    found = {row[0]: TicketKeys._make(row) for row in rows}
    for each in ids:
        if each not in found:
            raise InternalFault("ticket_id_unknown", ticket_id=each)
    return found


def derive(keys: TicketKeys, facts: Sequence[Fact], on: Basis) -> Derived:
    """Fold the facts of one ticket. A ticket whose facts all lie ahead (a source's clock is fast) is folded at the
    first of them."""
    at = max(on.now, min(fact.at for fact in facts))
    state = fold(facts, on.book, at)
    return Derived(
        _queue_row(keys, state, facts, on),
        [_clock(keys.ticket_id, state, index) for index in range(len(state.clocks))],
        [
            {
                "uid": each.uid,
                "ticket_id": keys.ticket_id,
                "level": each.level,
                "state": each.phase.value,
                "channel": each.channel,
                "requested_at": each.requested_at,
                "decided_at": each.decided_at,
            }
            for each in state.escalations
        ],
    )


def _queue_row(keys: TicketKeys, state: TicketState, facts: Sequence[Fact], on: Basis) -> Row:
    row = state.row
    return {
        "ticket_id": keys.ticket_id,
        "org_id": keys.org_id,
        "open": row.open,
        "grp": int(row.group),
        "due_s": row.due_s,
        "left_work": row.left_work,
        "clock_kind": None if row.clock is None else row.clock.value,
        "clock_plan": row.clock_plan,
        "calendar_revision_id": row.calendar_id,
        "due_at": row.due_at,
        "clock_started_s": row.clock_started_s,
        "target_work": row.target_work,
        "paused": row.paused,
        "breached": row.breached,
        "rank": row.rank,
        "opened_s": row.opened_s,
        "severity": row.severity,
        "status": row.status,
        "group_id": row.group_id,
        "owner_id": row.owner_id,
        "customer_id": keys.customer_id,
        "contract_id": state.contract_id,
        "pack": row.pack,
        "plan": row.plan,
        "esc_state": None if row.escalation is None else row.escalation.value,
        "last_contact_s": row.last_contact_s,
        "turn_s": row.turn_s,
        "turn": row.turn.value,
        "next_at_s": _next_at(row.next_at_s, [*(fact.at for fact in facts), on.adopted_at], state.as_of),
        "subject_text_id": _subject(facts, state.as_of),
        "policy_revision_id": state.policy_revision_id,
        "book_seq": on.book_seq,
        "engine": engine_version(),
        "folded_at": state.as_of,
        "parked_s": row.parked_s,
    }


def _next_at(by_time: int | None, instants: Iterable[int], folded_at: int) -> int | None:
    """When the row changes although nothing is recorded: by its own rules, or because a fact or a policy lies ahead."""
    ahead = [-(-at // SECOND) for at in instants if at > folded_at]
    return min(ahead if by_time is None else [by_time, *ahead], default=None)


def _subject(facts: Sequence[Fact], at: int) -> int | None:
    opened = [fact for fact in without_voided(facts, at) if fact.kind == FactKind.OPENED and fact.text_id is not None]
    return min(opened).text_id if opened else None


def _clock(ticket_id: int, state: TicketState, index: int) -> Row:
    clock = state.clocks[index]
    return {
        "ticket_id": ticket_id,
        "kind": clock.kind.value,
        "cycle": clock.cycle,
        "escalation_uid": _reviewed(state, clock.started_at, clock.kind),
        "state": clock.phase.value,
        "started_at": clock.started_at,
        "target_work": clock.target_work,
        "used_work": clock.used_work,
        "since_at": clock.since_at,
        "due_at": clock.due_at,
        "original_due_at": clock.original_due_at,
        "stopped_at": clock.stopped_at,
        "breached_at": clock.breached_at,
        "plan": clock.plan,
        "engine": engine_version(),
        "policy_revision_id": state.policy_revision_id,
        "calendar_revision_id": clock.calendar_id,
    }


def _reviewed(state: TicketState, started_at: int, kind: ClockKind) -> str | None:
    if kind != ClockKind.ESCALATION_REVIEW:
        return None
    return next((each.uid for each in state.escalations if each.requested_at == started_at), None)


def differences(stored: Mapping[str, object], computed: Mapping[str, object]) -> list[str]:
    """The columns of `computed`, but for the stamps, in which `stored` says something else."""
    return [column for column, value in computed.items() if column not in STAMPS and stored.get(column) != value]
