"""What the manager's acts share: how a decision with facts is put together and goes through the one door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from console.domain.decisions import Actor, Change, NewDecision, NewMessage
from console.domain.eligibility import Verdict, verdict
from console.domain.errors import InternalFault
from console.domain.facts import ActorKind, Fact, NewFact
from console.domain.roles import Role
from console.domain.state import TicketState
from console.services.standing import Standing, evidence, verdict_as_evidence
from console.store import door
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class ActMade:
    """What makes one act a decision: its kind in the journal, who, why, and the revision it was taken on.

    `shown` is what the actor saw beside clocks and verdict, kept with the evidence: integers, strings, lists, tables.
    """

    kind: str
    actor: Actor
    base_revision: int
    words: str | None
    shown: Mapping[str, object]
    subject_uid: str | None = None
    reason_code: str | None = None
    messages: tuple[NewMessage, ...] = ()


def record_act(conn: Connection, was: Standing, facts: Sequence[NewFact], made: ActMade) -> Change:
    """Record facts and their decision at the instant of the standing."""
    after = was.with_facts(*(as_fact(each, f"preview-{place}") for place, each in enumerate(facts)))
    kept = evidence(was, after, made.kind)
    decision = NewDecision(
        uid=uuid4().hex,
        kind=made.kind,
        ticket_id=was.ticket_id,
        subject_uid=made.subject_uid,
        actor=made.actor,
        reason_code=made.reason_code,
        words=made.words,
        base_revision=made.base_revision,
        evidence={**kept, "verdict_after": verdict_as_evidence(verdict_after(was, after)), **made.shown},
        messages=made.messages,
    )
    return door.record(conn, was.book, list(facts), was.state.as_of, decision)


def verdict_after(was: Standing, after: TicketState) -> Verdict:
    """The verdict of a state that would follow: by the same pack and rules, or by those of the pack that would serve
    the ticket then, as when its plan is voided."""
    at = was.state.as_of
    if after.pack == was.state.pack:
        return verdict(after, was.pack, was.rules, at)
    pack, rules = was.book.pack(after.pack, at), was.book.rules(after.pack, after.created_at, at)
    if pack is None or rules is None:
        raise InternalFault("no_policy", pack=after.pack)
    return verdict(after, pack, rules, at)


def as_fact(new: NewFact, uid: str) -> Fact:
    """A fact that is about to be recorded as the fold reads it."""
    return Fact(
        at=new.at,
        ord=new.ord,
        uid=new.uid or uid,
        kind=new.kind,
        a=new.a,
        b=new.b,
        t=new.t,
        actor_kind=new.actor_kind,
        actor_id=new.actor_id,
    )


def actor_kind(actor: Actor) -> ActorKind:
    """Which kind of author the facts of this actor have."""
    return ActorKind.MANAGER if actor.role == Role.MANAGER else ActorKind.AGENT
