"""Voiding a wrong fact: it stays recorded and does not count any more. The clocks are counted anew without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from console.domain.decisions import Actor, Change
from console.domain.eligibility import Verdict
from console.domain.errors import UserError
from console.domain.fact_line import FactLine, VoidableFact
from console.domain.facts import Fact, FactKind, NewFact
from console.domain.instants import TimeSource
from console.domain.roles import Act, require
from console.domain.spoken import said
from console.domain.state import TicketState
from console.domain.undo import UNDO_WINDOW
from console.services.acting.act_decision import ActMade, actor_kind, as_fact, record_act, verdict_after
from console.services.clock_changes import ClockChange, clock_changes
from console.services.standing import BookOf, Standing, refuse_if_changed, standing_to_decide
from console.store import door
from console.store.database import Connection
from console.store.fact_lines import fact_lines


@dataclass(frozen=True, slots=True)
class VoidPreview:
    """A ticket before and after one of its facts is voided."""

    ticket_id: int
    base_revision: int
    fact: FactLine
    before: TicketState
    after: TicketState
    refusal: str | None
    lines: tuple[ClockChange, ...]
    verdict_before: Verdict
    verdict_after: Verdict


class VoidService:
    """Lists the facts of a ticket, shows what would follow without one, and voids it with a reason."""

    def __init__(self, book_of: BookOf, time: TimeSource) -> None:
        self._book_of = book_of
        self._time = time

    def facts(self, conn: Connection, ticket_id: int) -> tuple[VoidableFact, ...]:
        """Every fact of a ticket, the newest first, each with what stands against voiding it."""
        now = self._time.now()
        lines = with_voids(fact_lines(conn, ticket_id))
        return tuple(VoidableFact(line, void_refusal(line, now)) for line in reversed(lines))

    def preview(self, conn: Connection, ticket_id: int, fact_uid: str) -> VoidPreview:
        """Clocks and verdict without this fact, by the same fold. Raises UserError void_unknown."""
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        line = _line(conn, ticket_id, fact_uid)
        refusal = void_refusal(line, self._time.now())
        after = was.state if refusal is not None else was.with_facts(_void(was, fact_uid))
        return VoidPreview(
            ticket_id=ticket_id,
            base_revision=door.revision(conn),
            fact=line,
            before=was.state,
            after=after,
            refusal=refusal,
            lines=clock_changes(was.state.clocks, after.clocks),
            verdict_before=was.verdict,
            verdict_after=verdict_after(was, after),
        )

    def void(
        self, conn: Connection, ticket_id: int, actor: Actor, *, base_revision: int, fact_uid: str, words: str
    ) -> Change:
        """Record that a fact does not count. A void can be voided: the fact then counts again.

        Raises UserError role_may_not, words_missing, void_unknown, void_opening, void_already, or void_undo_instead
        for a decision that can still be undone; ConflictError when somebody changed the ticket.
        """
        require(actor, Act.VOID_FACT)
        if said(words) is None:
            raise UserError("words_missing", field="reason")
        refuse_if_changed(conn, ticket_id, base_revision)
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        line = _line(conn, ticket_id, fact_uid)
        refusal = void_refusal(line, self._time.now())
        if refusal is not None:
            raise UserError(refusal, field="fact")
        fact = NewFact(
            ticket_id=ticket_id,
            at=was.state.as_of,
            kind=FactKind.VOID,
            t=fact_uid,
            actor_kind=actor_kind(actor),
            actor_id=actor.person_id,
            text=said(words),
        )
        shown: dict[str, object] = {"voided": fact_uid, "voided_kind": FactKind(line.kind).name.lower()}
        return record_act(conn, was, [fact], ActMade("fact_voided", actor, base_revision, said(words), shown, fact_uid))


def void_refusal(line: FactLine, now: int) -> str | None:
    """The code of why a fact cannot be voided at `now` (microseconds UTC); none where it can.

    Without its opening a ticket has no beginning. What a decision wrote is undone as a whole while that can be.
    """
    if line.kind == FactKind.OPENED:
        return "void_opening"
    if line.voided_by is not None:
        return "void_already"
    if line.decided_at is not None and now < line.decided_at + UNDO_WINDOW:
        return "void_undo_instead"
    return None


def with_voids(lines: Sequence[FactLine]) -> list[FactLine]:
    """The lines with what voids each: the latest void speaks first, as in `order.without_voided`."""
    voids = [Fact(line.at, 0, line.uid, line.kind, t=line.t) for line in lines if line.kind == FactKind.VOID]
    by: dict[str, str] = {}
    for void in sorted(voids, reverse=True):
        if void.uid not in by and void.t is not None:
            by.setdefault(void.t, void.uid)
    return [replace(line, voided_by=by.get(line.uid)) for line in lines]


def _line(conn: Connection, ticket_id: int, fact_uid: str) -> FactLine:
    found: Mapping[str, FactLine] = {line.uid: line for line in with_voids(fact_lines(conn, ticket_id))}
    if fact_uid not in found:
        raise UserError("void_unknown", field="fact", found=fact_uid)
    return found[fact_uid]


def _void(was: Standing, fact_uid: str) -> Fact:
    return as_fact(NewFact(was.ticket_id, was.state.as_of, FactKind.VOID, t=fact_uid), "preview")
