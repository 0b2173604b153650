"""Undoing a decision for ten minutes: a new decision that voids its facts. What is undone leaves no breach, its
messages stay here, and the journal keeps both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.decisions import Actor, Change, JournalEntry
from console.domain.errors import UserError
from console.domain.facts import Fact, FactKind, NewFact
from console.domain.instants import DAY, TimeSource, format_instant
from console.domain.order import without_voided
from console.domain.records import JournalFilter, OutboxFilter, OutboxMessage
from console.domain.spoken import said
from console.domain.state import TicketState
from console.domain.undo import UNDOABLE, UNDONE, may_undo, undoable_until
from console.services.acting.act_decision import ActMade, actor_kind, as_fact, record_act
from console.services.clock_changes import ClockChange, clock_changes
from console.services.standing import READ_BY_DECISIONS, BookOf, Standing, standing_to_decide
from console.store import door, journal, outbox, tickets
from console.store.database import Connection

_ASKING = frozenset({FactKind.ESCALATION_REQUESTED, FactKind.ESCALATION_JOINED})
_SHORTEST = 4
"""Signs of an id that name a decision."""


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What undoing would do: clocks before and after, the messages that would not leave.

    `refusal` is a code with its `values` when it cannot be undone; `until` (microseconds UTC) is when it cannot any
    more.
    """

    entry: JournalEntry
    until: int
    refusal: UserError | None
    before: TicketState
    after: TicketState
    lines: tuple[ClockChange, ...]
    held_back: tuple[OutboxMessage, ...]


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """What an undo would take back of several decisions. `final`: the newest of all never can be. `uid` is none where
    nothing can be undone now; `until` (microseconds UTC) and the `number` of the ticket belong to it."""

    final: bool
    uid: str | None = None
    until: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    entry: JournalEntry
    was: Standing
    voids: tuple[NewFact, ...]
    refusal: UserError | None


class UndoService:
    """Only decisions about a ticket can be undone: by who took them or by a manager, while nothing that decisions read
    came after."""

    def __init__(self, book_of: BookOf, time: TimeSource) -> None:
        self._book_of = book_of
        self._time = time

    def find(self, conn: Connection, wanted: str) -> JournalEntry:
        """A decision by its uid; one of the last day also by its number in the journal or how its uid begins.

        Raises UserError undo_unknown when there is none, or several, undo_final for one that cannot be undone.
        """
        named = journal.entry(conn, wanted)
        lately = JournalFilter(since=self._time.now() - DAY)
        found = [named] if named is not None else [each for each in journal.find(conn, lately) if _named(each, wanted)]
        if len(found) != 1:
            raise UserError("undo_unknown", decision=wanted)
        _ticket_of(found[0])
        return found[0]

    def preview(self, conn: Connection, decision_uid: str, actor: Actor) -> UndoPreview:
        """What `undo` would do now. Raises UserError undo_unknown for what is no decision, undo_final for one that
        cannot be undone."""
        case = self._case(conn, decision_uid, actor)
        after = case.was.state if case.refusal is not None else _after(case)
        waiting = OutboxFilter(decision_uid=decision_uid, states=(outbox.WAITING,))
        return UndoPreview(
            entry=case.entry,
            until=undoable_until(case.entry.at),
            refusal=case.refusal,
            before=case.was.state,
            after=after,
            lines=clock_changes(case.was.state.clocks, after.clocks),
            held_back=tuple(outbox.messages(conn, waiting)),
        )

    def offer(self, conn: Connection, newest_first: Sequence[str], actor: Actor) -> UndoOffer:
        """The newest of these decisions, by their uids, that can be undone now."""
        final = False
        for place, uid in enumerate(newest_first):
            try:
                case = self._case(conn, uid, actor)
            except UserError as error:
                final = final or (place == 0 and error.code == "undo_final")
                continue
            if case.refusal is None:
                number = tickets.identity(conn, _ticket_of(case.entry)).number
                return UndoOffer(final, uid, undoable_until(case.entry.at), number)
        return UndoOffer(final)

    def undo(self, conn: Connection, decision_uid: str, actor: Actor, words: str | None = None) -> Change:
        """Undo it. Raises UserError undo_unknown, undo_final, undo_twice, undo_not_yours, undo_too_late, or
        undo_overtaken with who and what came after."""
        case = self._case(conn, decision_uid, actor)
        if case.refusal is not None:
            raise case.refusal
        held_back = outbox.cancel(conn, decision_uid)
        shown: dict[str, object] = {"undone_kind": case.entry.kind, "held_back": held_back}
        made = ActMade(UNDONE, actor, door.revision(conn), said(words), shown, subject_uid=decision_uid)
        return record_act(conn, case.was, case.voids, made)

    def _case(self, conn: Connection, decision_uid: str, actor: Actor) -> _Case:
        entry = journal.entry(conn, decision_uid)
        if entry is None:
            raise UserError("undo_unknown", decision=decision_uid)
        ticket_id = _ticket_of(entry)
        now = self._time.now()
        was = standing_to_decide(conn, self._book_of, ticket_id, now)
        facts = [fact for fact in was.facts if fact.decision_uid == decision_uid]
        voids = tuple(
            NewFact(
                ticket_id=ticket_id,
                at=was.state.as_of,
                kind=FactKind.VOID,
                t=fact.uid,
                actor_kind=actor_kind(actor),
                actor_id=actor.person_id,
            )
            for fact in facts
        )
        return _Case(entry, was, voids, _refusal(conn, entry, was, actor, now))


def _ticket_of(entry: JournalEntry) -> int:
    """The ticket of a decision that can be undone. Raises UserError undo_final for others."""
    if entry.kind not in UNDOABLE or entry.ticket_id is None:
        raise UserError("undo_final", what=entry.kind.replace("_", " "))
    return entry.ticket_id


def _named(entry: JournalEntry, wanted: str) -> bool:
    return str(entry.seq) == wanted or (len(wanted) >= _SHORTEST and entry.uid.startswith(wanted))


def _after(case: _Case) -> TicketState:
    return case.was.with_facts(*(as_fact(void, f"preview-{place}") for place, void in enumerate(case.voids)))


def _refusal(conn: Connection, entry: JournalEntry, was: Standing, actor: Actor, now: int) -> UserError | None:
    if journal.find(conn, JournalFilter(kinds=(UNDONE,), subject_uid=entry.uid, limit=1)):
        return UserError("undo_twice")
    if not may_undo(actor, entry.kind, entry.actor, entry.os_user):
        return UserError("undo_not_yours", who=entry.actor, role=actor.role)
    until = undoable_until(entry.at)
    if now >= until:
        return UserError("undo_too_late", until=format_instant(until))
    later = _overtaking(entry, was.facts, was.state.as_of)
    if later is None:
        return None
    by = None if later.decision_uid is None else journal.entry(conn, later.decision_uid)
    return UserError(
        "undo_overtaken",
        what=FactKind(later.kind).name.lower(),
        when=format_instant(later.at),
        who="" if by is None else by.actor,
    )


def _overtaking(entry: JournalEntry, facts: Sequence[Fact], now: int) -> Fact | None:
    """The newest fact that decisions read, or that sets anew what this one set, recorded after the decision, and still
    counting: what came after and was undone itself is no reason to refuse."""
    own = {fact.kind for fact in facts if fact.decision_uid == entry.uid}
    read = READ_BY_DECISIONS | ({FactKind.OWNER_SET} & own)
    if own & _ASKING:
        # Somebody is at work on what was asked for.
        read |= {FactKind.REVIEW_STARTED}
    counting = {fact.uid for fact in without_voided(facts, now)}
    later = {fact.uid: fact for fact in facts if fact.revision > entry.revision}
    found = [
        fact
        for fact in later.values()
        if fact.kind in read and (fact.t not in later if fact.kind == FactKind.VOID else fact.uid in counting)
    ]
    return max(found, key=lambda fact: (fact.revision, fact.at, fact.uid), default=None)
