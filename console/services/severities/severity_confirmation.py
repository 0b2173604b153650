"""The customer's confirmation that an engineer attaches to a reduction (OD-2)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from console.domain.decisions import Actor
from console.domain.errors import UserError
from console.domain.facts import ActorKind, Fact, FactKind, NewFact
from console.domain.order import without_voided
from console.domain.spoken import said
from console.services.standing import Standing

NOTE_OF_CONFIRMATION = "confirmation"
"""Marks the note that holds what a customer said on the phone or in a chat."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A message of the ticket by the uid of its fact; else `who` confirmed and in which `words`."""

    message_uid: str | None = None
    who: str = ""
    words: str = ""


def check(was: Standing, given: Confirmation) -> None:
    """Raises UserError confirmation_message_unknown for what is no message of the customer on this ticket,
    confirmation_incomplete where who or what is missing."""
    if given.message_uid is not None:
        if all(each.uid != given.message_uid for each in customer_messages(was.facts, was.state.as_of)):
            raise UserError("confirmation_message_unknown", message=given.message_uid)
    elif said(given.who) is None:
        raise UserError("confirmation_incomplete", field="who confirmed it", expected="the customer's name")
    elif said(given.words) is None:
        raise UserError("confirmation_incomplete", field="the confirmation", expected="what the customer said")


def customer_messages(facts: tuple[Fact, ...], now: int) -> list[Fact]:
    """What the customer wrote up to `now` (microseconds UTC), the latest first. Entries taken back are left out."""
    found = (each for each in without_voided(facts, now) if each.kind == FactKind.MESSAGE)
    return sorted((each for each in found if each.actor_kind == ActorKind.CUSTOMER), reverse=True)


def note_of(given: Confirmation | None, ticket_id: int, at: int, actor: Actor, actor_kind: ActorKind) -> NewFact | None:
    """The note that keeps what was said elsewhere; none where a message of the ticket says it."""
    if given is None or given.message_uid is not None:
        return None
    text = f"{given.who.strip()}: {given.words.strip()}"
    return NewFact(
        ticket_id,
        at,
        FactKind.NOTE,
        t=NOTE_OF_CONFIRMATION,
        actor_kind=actor_kind,
        actor_id=actor.person_id,
        text=text,
        uid=uuid4().hex,
    )
