"""Escalations: what waits for a decision, and deciding it (OD-7..OD-10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from console.domain.decisions import Actor, Change, NewDecision
from console.domain.eligibility import Verdict
from console.domain.errors import UserError
from console.domain.escalation_requests import level_of_request
from console.domain.facts import ActorKind, Fact, FactKind, NewFact
from console.domain.instants import TimeSource, format_instant
from console.domain.rows import QueueRow
from console.domain.state import UNDECIDED, EscalationState, TicketState
from console.services.standing import (
    BookOf,
    Standing,
    evidence,
    refuse_if_changed,
    standing,
    standing_live,
    standing_to_decide,
)
from console.store import door, queue_rows, tickets
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class EscalationRequest:
    """A request that waits for a decision, with what the customer wrote and how the rules stand."""

    row: QueueRow
    escalation: EscalationState
    words: str | None
    asked_by: str | None
    verdict: Verdict
    state: TicketState
    base_revision: int

    @property
    def by_the_rules(self) -> bool | None:
        """Whether the rules allowed it on the channel by which it came, as they stand now; none where the pack has no
        rules for it (OW-10)."""
        channel = self.verdict.channel(self.escalation.channel)
        return None if channel is None else channel.available


class EscalationService:
    """Each decision stores facts, verdict and clocks as they stood."""

    def __init__(self, book_of: BookOf, time: TimeSource, as_of: int | None = None) -> None:
        """`as_of` (microseconds UTC): requests are read as they were then; none: as they are."""
        self._book_of = book_of
        self._time = time
        self._as_of = as_of

    def waiting(self, conn: Connection) -> list[EscalationRequest]:
        """Undecided requests, the oldest first."""
        return self.among(conn, queue_rows.rows(conn, queue_rows.undecided(conn)))

    def among(self, conn: Connection, rows: Sequence[QueueRow]) -> list[EscalationRequest]:
        """The undecided requests of these rows, the oldest first."""
        found = [self._request(conn, row) for row in rows]
        return sorted(found, key=lambda request: (request.escalation.requested_at, request.row.ticket_id))

    def of_ticket(self, conn: Connection, ticket_id: int) -> EscalationRequest:
        """The undecided request of one ticket. Raises UserError when there is none."""
        rows = queue_rows.rows(conn, [ticket_id])
        if not rows:
            raise UserError("nothing_to_decide", ticket=tickets.identity(conn, ticket_id).number)
        return self._request(conn, rows[0])

    def request(
        self,
        conn: Connection,
        ticket_id: int,
        channel: str,
        words: str,
        *,
        person_id: int | None = None,
        level: int | None = None,
    ) -> Change:
        """Record that the customer asks, for a `level` where one is named. While one request waits, a second joins it,
        also one for a level that may not be asked for yet (LI-7, LI-8).

        A request that the rules do not allow is recorded all the same, and a pack without channels has none (OW-10).
        Raises UserError without words, and what `level_of_request` raises.
        """
        if not words.strip():
            raise UserError("words_missing", field="reason")
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        asked = level_of_request(was.pack, was.state, channel, level)
        fact = NewFact(
            ticket_id=ticket_id,
            at=was.state.as_of,
            kind=FactKind.ESCALATION_JOINED if asked is None else FactKind.ESCALATION_REQUESTED,
            a=asked,
            t=channel,
            actor_kind=ActorKind.CUSTOMER,
            actor_id=person_id,
            text=words,
        )
        return door.record(conn, was.book, [fact], was.state.as_of)

    def accept(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        *,
        base_revision: int,
        plan_of_action: str,
        next_update_at: int,
        reason_code: str | None = None,
    ) -> Change:
        """Accept with a plan of action and the instant (microseconds UTC) of the next update, which runs as a clock.

        Raises UserError without a plan, for an update that is not in the future, or when nothing waits;
        ConflictError when somebody was there before.
        """
        now = self._time.now()
        if not plan_of_action.strip():
            raise UserError("plan_of_action_missing", field="plan of action")
        if next_update_at <= now:
            raise UserError("next_update_past", field="next update", given=format_instant(next_update_at))
        facts = [
            _fact(ticket_id, now, FactKind.ESCALATION_ACCEPTED, actor, plan_of_action, a=next_update_at),
            _fact(ticket_id, now, FactKind.ETA_SET, actor, None, a=next_update_at, t="update"),
        ]
        return self._decide(conn, ticket_id, actor, base_revision, "escalation_accepted", facts, reason_code)

    def reject(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        *,
        base_revision: int,
        words: str,
        reason_code: str | None = None,
    ) -> Change:
        """Reject with reason code and words. Raises UserError without words, for an unknown code, or when nothing
        waits; ConflictError when somebody was there before."""
        if not words.strip():
            raise UserError("words_missing", field="reason")
        fact = _fact(ticket_id, self._time.now(), FactKind.ESCALATION_REJECTED, actor, words)
        return self._decide(conn, ticket_id, actor, base_revision, "escalation_rejected", [fact], reason_code)

    def _decide(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        base_revision: int,
        kind: str,
        facts: Sequence[NewFact],
        reason_code: str | None,
    ) -> Change:
        refuse_if_changed(conn, ticket_id, base_revision)
        was = standing_to_decide(conn, self._book_of, ticket_id, facts[0].at)
        at = was.state.as_of
        escalation = was.state.escalation
        if escalation is None or escalation.phase not in UNDECIDED:
            raise UserError("nothing_to_decide", ticket=tickets.identity(conn, ticket_id).number)
        code = _reason(was, kind, reason_code)
        facts = [
            fact._replace(at=at, t=code if fact.kind == FactKind.ESCALATION_REJECTED else fact.t) for fact in facts
        ]
        decision = NewDecision(
            uid=uuid4().hex,
            kind=kind,
            ticket_id=ticket_id,
            subject_uid=escalation.uid,
            actor=actor,
            reason_code=code,
            words=facts[0].text,
            base_revision=base_revision,
            evidence=evidence(was, was.with_facts(*(_as_fact(fact) for fact in facts)), kind),
        )
        return door.record(conn, was.book, facts, at, decision)

    def _request(self, conn: Connection, row: QueueRow) -> EscalationRequest:
        if self._as_of is None:
            was = standing_live(conn, self._book_of, row.ticket_id, self._time.now())
        else:
            was = standing(conn, self._book_of, row.ticket_id, self._as_of)
        escalation = was.state.escalation
        if escalation is None or escalation.phase not in UNDECIDED:
            raise UserError("nothing_to_decide", ticket=row.number)
        asked = next((fact for fact in was.facts if fact.uid == escalation.uid), None)
        words, who = (None, None) if asked is None else tickets.text_and_author(conn, asked)
        return EscalationRequest(row, escalation, words, who, was.verdict, was.state, door.revision(conn))


def _fact(
    ticket_id: int, at: int, kind: FactKind, actor: Actor, text: str | None, a: int | None = None, t: str | None = None
) -> NewFact:
    words = None if text is None else text.strip()
    return NewFact(ticket_id, at, kind, a, None, t, ActorKind.MANAGER, actor.person_id, words)


def _as_fact(new: NewFact) -> Fact:
    return Fact(new.at, new.ord, f"preview-{new.kind}", new.kind, new.a, new.b, new.t, new.actor_kind, new.actor_id)


def _reason(was: Standing, kind: str, code: str | None) -> str | None:
    """A code of the pack. Without one it is the pack's first, none where the pack offers none."""
    offered = [entry.code for entry in was.pack.reasons_for(kind)]
    if code is None:
        return offered[0] if offered else None
    if code not in offered:
        raise UserError("reason_unknown", reason=code, expected=", ".join(offered))
    return code
