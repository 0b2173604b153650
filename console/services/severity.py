"""Changing a severity: see every clock before and after, then decide (OD-2)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from console.domain.decisions import Actor, Change, NewDecision
from console.domain.errors import UserError
from console.domain.facts import ActorKind, Fact, FactKind, NewFact
from console.domain.instants import TimeSource
from console.domain.policy import Pack
from console.domain.severity import may_change, reason_refusal, reasons
from console.domain.state import TicketState
from console.services.clock_changes import ClockChange, clock_changes
from console.services.standing import BookOf, Standing, evidence, refuse_if_changed, standing_to_decide
from console.store import door
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class SeverityPreview:
    """What a severity would do. `refusal` is a code when this actor may not, or it changes nothing."""

    ticket_id: int
    base_revision: int
    to: int
    before: TicketState
    after: TicketState
    refusal: str | None
    lines: tuple[ClockChange, ...]


class SeverityService:
    """Preview and change share one code path: the preview equals the state after the commit."""

    def __init__(self, book_of: BookOf, time: TimeSource) -> None:
        self._book_of = book_of
        self._time = time

    def preview(
        self, conn: Connection, ticket_id: int, to: int, actor: Actor, *, customer_confirmed: bool = False
    ) -> SeverityPreview:
        """Every clock before and after. Raises UserError for a severity that the pack does not know."""
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        return self._preview(was, door.revision(conn), to, actor, customer_confirmed)

    def change(
        self,
        conn: Connection,
        ticket_id: int,
        to: int,
        actor: Actor,
        *,
        base_revision: int,
        words: str,
        reason_code: str | None = None,
        customer_confirmed: bool = False,
    ) -> Change:
        """Record the decision. Without a reason code the pack's own for this direction is taken.

        Raises UserError when refused or without words, ConflictError when somebody changed the ticket since
        `base_revision`.
        """
        if not words.strip():
            raise UserError("words_missing", field="reason")
        refuse_if_changed(conn, ticket_id, base_revision)
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        seen = self._preview(was, base_revision, to, actor, customer_confirmed)
        if seen.refusal is not None:
            raise UserError(seen.refusal, severity=to, before=was.state.severity, role=actor.role)
        code = reason_code or _own_reason(was.pack, was.state.severity, to)
        refusal = reason_refusal(was.pack, actor.role, was.state.severity, to, code)
        if refusal is not None:
            offered = ", ".join(entry.code for entry in reasons(was.pack, was.state.severity, to))
            raise UserError(refusal, reason=code or "", expected=offered)
        decision = NewDecision(
            uid=uuid4().hex,
            kind="severity_changed",
            ticket_id=ticket_id,
            subject_uid=None,
            actor=actor,
            reason_code=code,
            words=words.strip(),
            base_revision=base_revision,
            evidence=evidence(was, seen.after, f"severity {was.state.severity} -> {to}"),
        )
        fact = NewFact(
            ticket_id=ticket_id,
            at=was.state.as_of,
            kind=FactKind.SEVERITY_SET,
            a=to,
            b=was.state.severity,
            actor_kind=_actor_kind(actor),
            actor_id=actor.person_id,
            text=words.strip(),
        )
        return door.record(conn, was.book, [fact], was.state.as_of, decision)

    def _preview(
        self, was: Standing, revision: int, to: int, actor: Actor, customer_confirmed: bool
    ) -> SeverityPreview:
        if was.pack.severity(to) is None:
            known = ", ".join(str(severity.level) for severity in was.pack.severities)
            raise UserError("severity_unknown", severity=to, expected=known)
        proposed = Fact(
            at=was.state.as_of,
            ord=0,
            uid="preview",
            kind=FactKind.SEVERITY_SET,
            a=to,
            b=was.state.severity,
            actor_kind=_actor_kind(actor),
            actor_id=actor.person_id,
        )
        after = was.with_facts(proposed)
        return SeverityPreview(
            ticket_id=was.ticket_id,
            base_revision=revision,
            to=to,
            before=was.state,
            after=after,
            refusal=may_change(
                was.pack,
                actor.role,
                was.state.severity,
                to,
                status_class=was.state.status_class,
                customer_confirmed=customer_confirmed,
            ),
            lines=clock_changes(was.state.clocks, after.clocks),
        )


def _own_reason(pack: Pack, before: int | None, to: int) -> str | None:
    """Who gives words only gets the pack's reason for this direction: for a reduction the definition of the severity
    of before that is not met (OD-2)."""
    offered = reasons(pack, before, to)
    denying = next((entry for entry in offered if entry.denies is not None), None)
    chosen = denying or next(iter(offered), None)
    return None if chosen is None else chosen.code


def _actor_kind(actor: Actor) -> ActorKind:
    return ActorKind.AGENT if actor.role == "support_engineer" else ActorKind.MANAGER
