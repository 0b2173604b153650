"""Changing a severity: see every clock before and after, then decide (OD-2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from console.domain.decisions import Actor, Change, NewDecision
from console.domain.eligibility import verdict
from console.domain.errors import UserError
from console.domain.facts import ActorKind, Fact, FactKind, NewFact
from console.domain.instants import TimeSource
from console.domain.policy import Pack
from console.domain.queues import order_key
from console.domain.roles import Act, require
from console.domain.severity import may_change, reason_refusal, reasons
from console.domain.spoken import said
from console.domain.state import TicketState
from console.services.clock_changes import clock_changes
from console.services.severities.channel_changes import channel_changes
from console.services.severities.severity_confirmation import Confirmation, check, note_of
from console.services.severities.severity_preview import QueuePosition, SeverityPreview, effects_as_evidence
from console.services.standing import BookOf, Standing, evidence, refuse_if_changed, standing_to_decide
from console.store import door, queue_place
from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class Wish:
    """The severity that is asked for and what is said for it. Without a reason code the pack's own for this direction
    is taken. `bulk_uid` is shared by the decisions of one bulk."""

    to: int
    words: str
    reason_code: str | None = None
    confirmation: Confirmation | None = None
    bulk_uid: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A ticket before and after; where the wish is refused nothing changes."""

    before: TicketState
    after: TicketState
    refusal: UserError | None


class SeverityService:
    """Preview and change share one code path: the preview equals the state after the commit."""

    def __init__(self, book_of: BookOf, time: TimeSource) -> None:
        self._book_of = book_of
        self._time = time

    def preview(
        self, conn: Connection, ticket_id: int, to: int, actor: Actor, *, confirmation: Confirmation | None = None
    ) -> SeverityPreview:
        """Every clock before and after. Raises UserError for a severity that the pack does not know."""
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        facts = _facts(was, Wish(to, "", confirmation=confirmation), actor)
        return self._preview(conn, was, door.revision(conn), to, actor, facts, confirmation is not None)

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
        confirmation: Confirmation | None = None,
    ) -> Change:
        """Record the decision. Without a reason code the pack's own for this direction is taken.

        Raises UserError when refused, without words, or with a confirmation that is none; ConflictError when somebody
        changed the ticket since `base_revision`.
        """
        wish = Wish(to, words, reason_code, confirmation)
        return self.decide(conn, ticket_id, wish, actor, base_revision=base_revision)

    def decide(
        self, conn: Connection, ticket_id: int, wish: Wish, actor: Actor, *, base_revision: int, placed: bool = True
    ) -> Change:
        """The same for a wish. `placed`: its place in the queue was shown, and is kept with the rest of the preview."""
        require(actor, Act.CHANGE_SEVERITY)
        if said(wish.words) is None:
            raise UserError("words_missing", field="reason")
        refuse_if_changed(conn, ticket_id, base_revision)
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        facts = _facts(was, wish, actor)
        code = _reason(was, wish, actor)
        seen = self._preview(conn, was, base_revision, wish.to, actor, facts, wish.confirmation is not None, placed)
        decision = NewDecision(
            uid=uuid4().hex,
            kind="severity_changed",
            ticket_id=ticket_id,
            subject_uid=None,
            actor=actor,
            reason_code=code,
            words=wish.words.strip(),
            base_revision=base_revision,
            evidence=_evidence(was, seen, wish, facts),
        )
        return door.record(conn, was.book, facts, was.state.as_of, decision)

    def trial(self, conn: Connection, ticket_id: int, wish: Wish, actor: Actor) -> Trial:
        """What a wish would come to, without its place in the queue: for a look at many tickets."""
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        try:
            _reason(was, wish, actor)
        except UserError as refusal:
            return Trial(was.state, was.state, refusal)
        return Trial(was.state, _after(was, _facts(was, wish, actor)), None)

    def _preview(
        self,
        conn: Connection,
        was: Standing,
        revision: int,
        to: int,
        actor: Actor,
        facts: Sequence[NewFact],
        confirmed: bool,
        placed: bool = True,
    ) -> SeverityPreview:
        if was.pack.severity(to) is None:
            raise UserError("severity_unknown", severity=to, expected=_known(was.pack))
        after = _after(was, facts)
        foreseen = verdict(after, was.pack, was.rules, after.as_of)
        return SeverityPreview(
            ticket_id=was.ticket_id,
            base_revision=revision,
            to=to,
            before=was.state,
            after=after,
            refusal=_refusal(was, to, actor, confirmed),
            lines=clock_changes(was.state.clocks, after.clocks),
            channels=channel_changes(was.verdict, foreseen),
            queue_position=_position(conn, was.ticket_id, was.state, after) if placed else None,
        )


def _reason(was: Standing, wish: Wish, actor: Actor) -> str | None:
    """The code of the reason. Raises UserError when this actor may not do that, or not for that reason."""
    before, to = was.state.severity, wish.to
    refusal = _refusal(was, to, actor, wish.confirmation is not None)
    if refusal is not None:
        raise UserError(refusal, severity=to, before=before, role=actor.role, expected=_known(was.pack))
    if wish.confirmation is not None:
        check(was, wish.confirmation)
    code = wish.reason_code or _own_reason(was.pack, before, to)
    refusal = reason_refusal(was.pack, actor.role, before, to, code)
    if refusal is not None:
        offered = ", ".join(entry.code for entry in reasons(was.pack, before, to))
        raise UserError(refusal, reason=code or "", expected=offered)
    return code


def _after(was: Standing, facts: Sequence[NewFact]) -> TicketState:
    return was.with_facts(*(_as_fact(each) for each in facts))


def _facts(was: Standing, wish: Wish, actor: Actor) -> list[NewFact]:
    """What is recorded: the severity, which names the customer's confirmation, and a note of words from elsewhere."""
    at, kind, given = was.state.as_of, _actor_kind(actor), wish.confirmation
    note = note_of(given, was.ticket_id, at, actor, kind)
    changed = NewFact(
        ticket_id=was.ticket_id,
        at=at,
        kind=FactKind.SEVERITY_SET,
        a=wish.to,
        b=was.state.severity,
        t=None if given is None else given.message_uid if note is None else note.uid,
        actor_kind=kind,
        actor_id=actor.person_id,
        text=wish.words.strip() or None,
        # Where a note counts as an answer it is given before the severity changes.
        ord=0 if note is None else 1,
    )
    return [changed] if note is None else [note, changed]


def _as_fact(new: NewFact) -> Fact:
    uid = new.uid or "preview"
    return Fact(new.at, new.ord, uid, new.kind, new.a, new.b, new.t, new.actor_kind, new.actor_id)


def _evidence(was: Standing, seen: SeverityPreview, wish: Wish, facts: Sequence[NewFact]) -> Mapping[str, object]:
    found = evidence(was, seen.after, f"severity {was.state.severity} -> {wish.to}")
    found["effects"] = effects_as_evidence(seen)
    if wish.confirmation is not None:
        source = "note" if wish.confirmation.message_uid is None else "message"
        found["confirmation"] = {source: facts[-1].t}
    if wish.bulk_uid is not None:
        found["bulk"] = wish.bulk_uid
    return found


def _position(conn: Connection, ticket_id: int, before: TicketState, after: TicketState) -> QueuePosition | None:
    if not (before.row.open and after.row.open):
        return None
    was, becomes = (queue_place.rows_before(conn, order_key(ticket_id, each.row)) for each in (before, after))
    return QueuePosition(was + 1, becomes + 1)


def _refusal(was: Standing, to: int, actor: Actor, confirmed: bool) -> str | None:
    return may_change(
        was.pack,
        actor.role,
        was.state.severity,
        to,
        status_class=was.state.status_class,
        customer_confirmed=confirmed,
    )


def _known(pack: Pack) -> str:
    return ", ".join(str(severity.level) for severity in pack.severities)


def _own_reason(pack: Pack, before: int | None, to: int) -> str | None:
    """Who gives words only gets the pack's reason for this direction: for a reduction the definition of the severity
    of before that is not met (OD-2)."""
    offered = reasons(pack, before, to)
    denying = next((entry for entry in offered if entry.denies is not None), None)
    chosen = denying or next(iter(offered), None)
    return None if chosen is None else chosen.code


def _actor_kind(actor: Actor) -> ActorKind:
    return ActorKind.AGENT if actor.role == "support_engineer" else ActorKind.MANAGER
