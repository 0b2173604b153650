"""How a ticket stands when a decision is taken: its facts folded, its pack, and whether somebody was there before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from console.domain.compile import CompiledBook
from console.domain.eligibility import Verdict, verdict
from console.domain.errors import ConflictError, InternalFault
from console.domain.facts import Fact, FactKind
from console.domain.fold import fold
from console.domain.instants import format_instant
from console.domain.policy import Pack
from console.domain.rules import Rules
from console.domain.state import ClockState, TicketState
from console.store import door, tickets
from console.store.database import Connection
from console.store.derive import engine_version

BookOf = Callable[[Connection], CompiledBook]
"""The newest adopted policy as the database of this connection has it."""

READ_BY_DECISIONS = frozenset(
    {
        FactKind.SEVERITY_SET,
        FactKind.STATUS_SET,
        FactKind.PLAN_SET,
        FactKind.ETA_SET,
        FactKind.VOID,
        FactKind.ESCALATION_REQUESTED,
        FactKind.ESCALATION_JOINED,
        FactKind.ESCALATION_ACCEPTED,
        FactKind.ESCALATION_REJECTED,
        FactKind.ESCALATION_WITHDRAWN,
        FactKind.ESCALATION_SUPERSEDED,
        FactKind.ESCALATION_CLOSED,
    }
)
"""Facts of these kinds by somebody else refuse a decision; others are shown and do not."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A ticket at an instant with what it is judged by: the pack in force at that instant for decisions, the rules in
    force at its creation for promises."""

    ticket_id: int
    facts: tuple[Fact, ...]
    state: TicketState
    book: CompiledBook
    pack: Pack
    rules: Rules
    verdict: Verdict

    def with_facts(self, *facts: Fact) -> TicketState:
        """The state if these facts were recorded too, at the same instant."""
        return fold((*self.facts, *facts), self.book, self.state.as_of)


def standing(conn: Connection, book_of: BookOf, ticket_id: int, now: int) -> Standing:
    """Read and fold a ticket at `now` (microseconds UTC). Raises InternalFault when it has no policy."""
    return _folded(conn, book_of, ticket_id, tuple(tickets.facts(conn, ticket_id)), now)


def standing_live(conn: Connection, book_of: BookOf, ticket_id: int, now: int) -> Standing:
    """The same for a desk at work: with all that is recorded, be the time of the desk that recorded it a little
    ahead of `now`."""
    facts = tuple(tickets.facts(conn, ticket_id))
    return _folded(conn, book_of, ticket_id, facts, max([now, *(fact.at for fact in facts)]))


def standing_to_decide(conn: Connection, book_of: BookOf, ticket_id: int, now: int) -> Standing:
    """The same for a decision at `now`, or just after the latest fact where another desk's time is ahead: what is
    decided later comes later. The decision is stamped with `state.as_of`."""
    facts = tuple(tickets.facts(conn, ticket_id))
    return _folded(conn, book_of, ticket_id, facts, max([now, *(fact.at + 1 for fact in facts)]))


def _folded(conn: Connection, book_of: BookOf, ticket_id: int, facts: tuple[Fact, ...], now: int) -> Standing:
    book = book_of(conn)
    state = fold(facts, book, now)
    rules = book.rules(state.pack, state.created_at, now)
    pack = book.pack(state.pack, now)
    if rules is None or pack is None:
        raise InternalFault("no_policy", pack=state.pack)
    return Standing(ticket_id, facts, state, book, pack, rules, verdict(state, pack, rules, now))


def as_it_was_seen(
    conn: Connection, book_then: Callable[[Connection, int], CompiledBook], ticket_id: int, revision: int, at: int
) -> TicketState:
    """What a desk that knew everything up to `revision` saw of a ticket at `at` (microseconds UTC): facts and adopted
    policy of then, whatever arrived later. Raises InternalFault when it knew nothing of the ticket."""
    return fold(tickets.facts(conn, ticket_id, until_revision=revision), book_then(conn, revision), at)


def refuse_if_changed(
    conn: Connection, ticket_id: int, base_revision: int, kinds: Collection[FactKind] = READ_BY_DECISIONS
) -> None:
    """Raises ConflictError when facts that the decision reads were recorded after `base_revision`: who and what."""
    changes = door.changed_since(conn, ticket_id, base_revision, kinds)
    if changes:
        latest = changes[-1]
        raise ConflictError(
            "changed_by_someone" if latest.actor else "changed_by_source",
            what=FactKind(latest.kind).name.lower(),
            who=latest.actor or "",
            when=format_instant(latest.at),
            changes=tuple(changes),
        )


def clocks_as_evidence(clocks: Sequence[ClockState]) -> list[dict[str, object]]:
    """The clocks in integers and strings, as evidence keeps them."""
    return [
        {
            "kind": clock.kind.value,
            "cycle": clock.cycle,
            "phase": clock.phase.value,
            "started_at": clock.started_at,
            "target_work": clock.target_work,
            "used_work": clock.used_work,
            "due_at": clock.due_at,
            "original_due_at": clock.original_due_at,
            "breached_at": clock.breached_at,
            "stopped_at": clock.stopped_at,
        }
        for clock in clocks
    ]


def verdict_as_evidence(found: Verdict) -> list[dict[str, object]]:
    """The verdict by channel with its rules, as evidence keeps it."""
    return [
        {
            "channel": channel.channel,
            "available": channel.available,
            "available_at": channel.available_at,
            "rules": [
                {
                    "rule": rule.rule,
                    "text_code": rule.text_code,
                    "holds": rule.holds,
                    "required": rule.required,
                    "at": rule.at,
                }
                for rule in channel.rules
            ],
        }
        for channel in found.channels
    ]


def evidence(was: Standing, after: TicketState, decided: str) -> dict[str, object]:
    """What the manager saw: the facts that were read, clocks and verdict as they stood, and what would follow."""
    return {
        "decided": decided,
        "engine": engine_version(),
        "as_of": was.state.as_of,
        "facts": [fact.uid for fact in was.facts],
        "severity": was.state.severity,
        "status": was.state.status,
        "plan": was.state.plan,
        "clocks": clocks_as_evidence(was.state.clocks),
        "preview": clocks_as_evidence(after.clocks),
        "verdict": verdict_as_evidence(was.verdict),
    }
