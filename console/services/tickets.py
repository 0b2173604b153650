"""One ticket as the desk shows it: state, stories of its clocks, verdict, conversation, entitlements."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.decisions import JournalEntry
from console.domain.eligibility import Verdict, verdict
from console.domain.errors import InternalFault
from console.domain.explain import ClockStory, explain
from console.domain.facts import Fact
from console.domain.instants import TimeSource
from console.domain.parked import ParkedBecause, parked
from console.domain.policy import Pack
from console.domain.rows import Message, TicketIdentity
from console.domain.state import TicketState
from console.services.entitling.entitlements import Entitlements, EntitlementService
from console.services.standing import BookOf
from console.store import door, journal, parties, tickets
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class TicketCard:
    """A ticket at `state.as_of`. `base_revision` is what a decision taken on this card names. `parked` says why a
    ticket that waits counts as parked or will."""

    identity: TicketIdentity
    state: TicketState
    stories: tuple[ClockStory, ...]
    verdict: Verdict
    conversation: tuple[Message, ...]
    entitlements: Entitlements
    pack: Pack
    owner: str | None
    support_group: str | None
    facts: tuple[Fact, ...]
    base_revision: int
    parked: tuple[ParkedBecause, ...] = ()


class TicketService:
    """Reads tickets as they are, or as they were at `as_of` (microseconds UTC)."""

    def __init__(
        self, book_of: BookOf, time: TimeSource, entitlements: EntitlementService, as_of: int | None = None
    ) -> None:
        self._book_of = book_of
        self._time = time
        self._entitlements = entitlements
        self._as_of = as_of

    def find(self, conn: Connection, number: str) -> int:
        """The id of a ticket by its number. Raises UserError when there is none or several."""
        return tickets.find(conn, number)

    def card(self, conn: Connection, ticket_id: int, now: int | None = None) -> TicketCard:
        """The card at `now` (microseconds UTC): what happened later is not on it. By default the present, with all that
        is recorded, be the time of the desk that recorded it a little ahead."""
        book = self._book_of(conn)
        facts = tickets.facts(conn, ticket_id)
        instant = self._as_of if now is None else now
        if instant is None:
            instant = max([self._time.now(), *(fact.at for fact in facts)])
        state, stories = explain(facts, book, instant)
        pack, rules = book.pack(state.pack, instant), book.rules(state.pack, state.created_at, instant)
        if pack is None or rules is None:
            raise InternalFault("no_policy", pack=state.pack)
        identity = tickets.identity(conn, ticket_id)
        return TicketCard(
            identity=identity,
            state=state,
            stories=stories,
            verdict=verdict(state, pack, rules, instant),
            parked=parked(state, rules),
            conversation=tuple(tickets.conversation(conn, ticket_id, until=instant)),
            entitlements=self._entitlements.for_state(
                conn, identity.customer, identity.number, pack, state, instant, ticket_id
            ),
            pack=pack,
            owner=parties.person_name(conn, state.owner_id),
            support_group=parties.support_group_name(conn, state.group_id),
            facts=tuple(fact for fact in facts if fact.at <= instant),
            base_revision=door.revision(conn),
        )

    def decisions(self, conn: Connection, ticket_id: int, until: int) -> tuple[JournalEntry, ...]:
        """What was decided on a ticket until an instant (microseconds UTC), the oldest first."""
        return tuple(entry for entry in journal.entries(conn, ticket_id) if entry.at <= until)
