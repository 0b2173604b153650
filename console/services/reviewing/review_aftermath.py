"""What happened to a ticket after a decision, until now or until an instant: facts and entries, no judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.decisions import JournalEntry
from console.domain.facts import Fact, FactKind
from console.domain.fold import fold
from console.domain.records import JournalFilter
from console.domain.reviews import ACCEPTED, REVIEWS, SEVERITY, UNDONE
from console.domain.rules import ClockKind
from console.domain.state import EscalationState
from console.services.standing import BookOf
from console.store import journal, tickets
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class Breach:
    """A clock that was breached after the decision. `foreseen`: it was breached by the decision itself."""

    kind: ClockKind
    cycle: int
    at: int
    foreseen: bool


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What came after a decision up to `until` (microseconds UTC).

    `again`: escalations asked for afterwards. `undone` and `reversed` are the entries that took it back; a reversal
    gives a ticket the severity of before again. `outcome` is the code with which the escalation was closed. `later` are
    the other decisions about the ticket.
    """

    until: int
    breaches: tuple[Breach, ...]
    again: tuple[EscalationState, ...]
    undone: JournalEntry | None
    reversed: JournalEntry | None
    severity: int | None
    status: str
    outcome: str | None
    outcome_at: int | None
    closed_at: int | None
    later: tuple[JournalEntry, ...]

    @property
    def quiet(self) -> bool:
        """Whether nothing of this kind happened."""
        return not (self.breaches or self.again or self.undone or self.reversed or self.outcome_at or self.closed_at)


def aftermath(
    conn: Connection, book_of: BookOf, entry: JournalEntry, until: int, until_revision: int | None = None
) -> Aftermath:
    """What happened after `entry` up to `until` (microseconds UTC) as far as it was known at `until_revision`."""
    assert entry.ticket_id is not None
    until = max(until, entry.at)
    facts = tickets.facts(conn, entry.ticket_id, until_revision=until_revision)
    after = [fact for fact in facts if entry.at < fact.at <= until and fact.decision_uid != entry.uid]
    state = fold(facts, book_of(conn), until)
    later = _later(conn, entry, until, until_revision)
    closed = _closing(facts, entry, until)
    decided = {fact.uid: fact for fact in facts if fact.decision_uid == entry.uid}
    return Aftermath(
        until=until,
        breaches=tuple(
            Breach(clock.kind, clock.cycle, clock.breached_at, clock.breached_at == entry.at)
            for clock in state.clocks
            if clock.breached_at is not None and entry.at <= clock.breached_at <= until
        ),
        again=tuple(each for each in state.escalations if entry.at < each.requested_at <= until),
        undone=next((each for each in later if each.kind == UNDONE and each.subject_uid == entry.uid), None),
        reversed=_reversal(entry, list(decided.values()), after, later),
        severity=state.severity,
        status=state.status,
        outcome=None if closed is None else closed.t,
        outcome_at=None if closed is None else closed.at,
        closed_at=state.closed_at if state.closed_at is not None and state.closed_at > entry.at else None,
        later=tuple(each for each in later if each.kind not in REVIEWS),
    )


def _later(conn: Connection, entry: JournalEntry, until: int, until_revision: int | None) -> list[JournalEntry]:
    found = journal.find(conn, JournalFilter(ticket_id=entry.ticket_id, until=until + 1))
    return [
        each for each in found if each.seq > entry.seq and (until_revision is None or each.revision <= until_revision)
    ]


def _closing(facts: Sequence[Fact], entry: JournalEntry, until: int) -> Fact | None:
    """The closing of the escalation that was accepted: the first one afterwards, before anybody asked again."""
    if entry.kind != ACCEPTED:
        return None
    for fact in sorted(facts):
        if not entry.at < fact.at <= until:
            continue
        if fact.kind == FactKind.ESCALATION_REQUESTED:
            return None
        if fact.kind == FactKind.ESCALATION_CLOSED:
            return fact
    return None


def _reversal(
    entry: JournalEntry, decided: Sequence[Fact], after: Sequence[Fact], later: Sequence[JournalEntry]
) -> JournalEntry | None:
    """The decision that gave the severity of before again; undoing is told apart."""
    if entry.kind != SEVERITY:
        return None
    was = next((fact.b for fact in decided if fact.kind == FactKind.SEVERITY_SET), None)
    back = next((fact for fact in after if fact.kind == FactKind.SEVERITY_SET and fact.a == was), None)
    if back is None:
        return None
    return next((each for each in later if each.uid == back.decision_uid), None)
