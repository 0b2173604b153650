"""The manager's other acts on a ticket: an ETA, asking for one, the owner, a note."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.addresses import PERSON, address
from console.domain.decisions import Actor, Change, NewMessage
from console.domain.eligibility import Verdict
from console.domain.errors import UserError
from console.domain.facts import FactKind, NewFact
from console.domain.instants import FURTHEST, TimeSource, format_instant
from console.domain.roles import Act, require
from console.domain.rules import StatusClass
from console.domain.spoken import said
from console.domain.state import TicketState
from console.services.acting.act_decision import ActMade, actor_kind, as_fact, record_act, verdict_after
from console.services.clock_changes import ClockChange, clock_changes
from console.services.escalating.messages import MessageTemplates
from console.services.standing import BookOf, Standing, refuse_if_changed, standing_to_decide
from console.store import door, parties, tickets
from console.store.database import Connection

PROMISES = ("resolution", "update")
"""What an ETA may promise."""

_OWNER_READS = frozenset({FactKind.OWNER_SET, FactKind.VOID})
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class EtaPreview:
    """What an ETA would do: clocks and verdict before and after (OD-7). `refusal` is a code when it may not be set."""

    ticket_id: int
    base_revision: int
    due_at: int
    promise: str
    before: TicketState
    after: TicketState
    refusal: str | None
    lines: tuple[ClockChange, ...]
    verdict_before: Verdict
    verdict_after: Verdict


class ActService:
    """Each act is a decision: facts, journal entry and evidence in one transaction, refused when what it reads has
    changed since `base_revision`."""

    def __init__(self, book_of: BookOf, time: TimeSource, templates: MessageTemplates) -> None:
        self._book_of = book_of
        self._time = time
        self._templates = templates

    def preview_eta(self, conn: Connection, ticket_id: int, due_at: int, promise: str) -> EtaPreview:
        """Clocks and verdict as an ETA at `due_at` (microseconds UTC) would leave them. Raises UserError for another
        promise than `PROMISES`."""
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        _known_promise(promise)
        refusal = eta_refusal(was.state, due_at)
        fact = NewFact(ticket_id, was.state.as_of, FactKind.ETA_SET, a=due_at, t=promise)
        after = was.state if refusal is not None else was.with_facts(as_fact(fact, "preview"))
        return EtaPreview(
            ticket_id=ticket_id,
            base_revision=door.revision(conn),
            due_at=due_at,
            promise=promise,
            before=was.state,
            after=after,
            refusal=refusal,
            lines=clock_changes(was.state.clocks, after.clocks),
            verdict_before=was.verdict,
            verdict_after=verdict_after(was, after),
        )

    def set_eta(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        *,
        base_revision: int,
        due_at: int,
        promise: str,
        words: str | None = None,
    ) -> Change:
        """Promise a resolution or an update for `due_at` (microseconds UTC); rules of escalation read it (OD-7, OD-8).

        Raises UserError role_may_not, eta_promise_unknown, eta_not_after_set (it is refused when due is not after it
        is set), too_far_ahead or eta_closed; ConflictError.
        """
        require(actor, Act.SET_ETA)
        _known_promise(promise)
        refuse_if_changed(conn, ticket_id, base_revision)
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        refusal = eta_refusal(was.state, due_at)
        if refusal == "too_far_ahead":
            raise UserError(refusal, field="due")
        if refusal is not None:
            raise UserError(refusal, field="due", given=format_instant(due_at), set_at=format_instant(was.state.as_of))
        fact = _fact(was, actor, FactKind.ETA_SET, words)._replace(a=due_at, t=promise)
        shown: dict[str, object] = {"due_at": due_at, "promise": promise}
        return record_act(conn, was, [fact], ActMade("eta_set", actor, base_revision, said(words), shown))

    def ask_eta(
        self, conn: Connection, ticket_id: int, actor: Actor, *, base_revision: int, words: str | None = None
    ) -> Change:
        """Ask the owner for an ETA: a message in the outbox, and a note so that others see that it was asked.

        Raises UserError role_may_not, eta_ask_nobody when nobody owns the ticket, or eta_closed.
        """
        require(actor, Act.SET_ETA)
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        owner_id = was.state.owner_id
        owner = parties.person_name(conn, owner_id)
        if was.state.status_class is StatusClass.CLOSED:
            raise UserError("eta_closed")
        if owner_id is None or owner is None:
            raise UserError("eta_ask_nobody", field="owner")
        identity = tickets.identity(conn, ticket_id)
        wording = {
            "number": identity.number,
            "subject": identity.subject,
            "asker": actor.name,
            "words": said(words) or "",
        }
        text = self._templates.render("eta_asked", _LANGUAGE, wording).text
        # To a colleague, and at once: nobody outside reads it.
        message = NewMessage("mail", address(PERSON, owner_id), text, was.state.as_of)
        told = self._templates.part("eta_asked_note", _LANGUAGE, {"owner": owner})
        note = _fact(was, actor, FactKind.NOTE, f"{told} {said(words) or ''}")
        made = ActMade("eta_asked", actor, base_revision, said(words), {"asked_id": owner_id}, messages=(message,))
        return record_act(conn, was, [note], made)

    def set_owner(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        *,
        base_revision: int,
        owner_id: int | None,
        words: str | None = None,
    ) -> Change:
        """Give the ticket to a person, or to nobody for none.

        Raises UserError role_may_not, owner_closed, person_unknown or owner_same; ConflictError when somebody else gave
        it away.
        """
        require(actor, Act.SET_OWNER)
        refuse_if_changed(conn, ticket_id, base_revision, _OWNER_READS)
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        if was.state.status_class is StatusClass.CLOSED:
            raise UserError("owner_closed")
        if owner_id is not None and parties.person_name(conn, owner_id) is None:
            raise UserError("person_unknown", field="owner", person=owner_id)
        if owner_id == was.state.owner_id:
            raise UserError("owner_same", field="owner")
        fact = _fact(was, actor, FactKind.OWNER_SET, words)._replace(a=owner_id, b=was.state.owner_id)
        # A name can be erased, evidence cannot: it keeps ids.
        shown: dict[str, object] = {"owner_id_before": was.state.owner_id, "owner_id_after": owner_id}
        return record_act(conn, was, [fact], ActMade("owner_set", actor, base_revision, said(words), shown))

    def note(self, conn: Connection, ticket_id: int, actor: Actor, *, base_revision: int, words: str) -> Change:
        """Write an internal note: the customer does not see it, and by the pack's `answers` it is no response.

        Raises UserError role_may_not or words_missing. Nothing that others do makes a note wrong: no conflict.
        """
        require(actor, Act.WRITE_NOTE)
        if said(words) is None:
            raise UserError("words_missing", field="note")
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        fact = _fact(was, actor, FactKind.NOTE, words)
        return record_act(conn, was, [fact], ActMade("note_written", actor, base_revision, said(words), {}))


def eta_refusal(state: TicketState, due_at: int) -> str | None:
    """The code of why no ETA for `due_at` can be set at the instant of the state; none where it can."""
    if state.status_class is StatusClass.CLOSED:
        return "eta_closed"
    if due_at > state.as_of + FURTHEST:
        return "too_far_ahead"
    return "eta_not_after_set" if due_at <= state.as_of else None


def _known_promise(promise: str) -> None:
    if promise not in PROMISES:
        raise UserError("eta_promise_unknown", field="promise", found=promise, expected=", ".join(PROMISES))


def _fact(was: Standing, actor: Actor, kind: FactKind, words: str | None) -> NewFact:
    return NewFact(
        ticket_id=was.ticket_id,
        at=was.state.as_of,
        kind=kind,
        actor_kind=actor_kind(actor),
        actor_id=actor.person_id,
        text=said(words),
    )
