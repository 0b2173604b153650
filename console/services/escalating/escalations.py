"""Escalations as a desk shows them: what waits for a decision, with verdict, review time and who joined (OD-7 to OD-10,
LI-2 to LI-8). `EscalationService` is the one door for reading, requesting and deciding."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from console.domain.errors import UserError
from console.domain.escalation_levels import missing_needs
from console.domain.escalation_path import escalation_path
from console.domain.escalation_requests import asked_on_the_same_day, joined
from console.domain.instants import TimeSource
from console.domain.order import without_voided
from console.domain.rows import QueueRow
from console.domain.state import OPEN_ESCALATION, UNDECIDED, EscalationPhase, EscalationState
from console.services.escalating.escalation_decisions import EscalationDecisions
from console.services.escalating.escalation_messages import EscalationMessages, MessageDraft
from console.services.escalating.escalation_request import EscalationRequest, Joined
from console.services.escalating.escalation_requests import EscalationRequests, RequestOutcome
from console.services.escalating.messages import MessageTemplates
from console.services.standing import BookOf, Standing, standing, standing_live
from console.store import door, queue_rows, tickets
from console.store.database import Connection

__all__ = ["EscalationRequest", "EscalationService", "Joined", "MessageDraft", "RequestOutcome"]


class EscalationService:
    """Each decision stores facts, verdict and clocks as they stood."""

    def __init__(
        self, book_of: BookOf, time: TimeSource, templates: MessageTemplates, as_of: int | None = None
    ) -> None:
        """`as_of` (microseconds UTC): requests are read as they were then; none: as they are."""
        self._book_of = book_of
        self._time = time
        self._templates = templates
        self._as_of = as_of
        messages = EscalationMessages(templates)
        requests = EscalationRequests(book_of, time, messages)
        decisions = EscalationDecisions(book_of, time, messages)
        self.request = requests.request
        self.start_review = decisions.start_review
        self.accept = decisions.accept
        self.reject = decisions.reject
        self.withdraw = decisions.withdraw
        self.close = decisions.close
        self.reply_draft = decisions.reply_draft

    def as_it_was(self, time: TimeSource, instant: int) -> EscalationService:
        """The same for a desk as it was at `instant` (microseconds UTC). For reading."""
        return EscalationService(self._book_of, time, self._templates, instant)

    def waiting(self, conn: Connection) -> list[EscalationRequest]:
        """Undecided requests, in the order of `among`."""
        return self.among(conn, queue_rows.rows(conn, queue_rows.undecided(conn)))

    def among(self, conn: Connection, rows: Sequence[QueueRow]) -> list[EscalationRequest]:
        """The undecided requests of these rows: who has not been answered first; then by the due of the review where
        there is one (LI-5), and the others by age, the oldest first."""
        return sorted((self._request(conn, row, UNDECIDED) for row in rows), key=_urgency)

    def of_ticket(self, conn: Connection, ticket_id: int) -> EscalationRequest:
        """The undecided request of one ticket. Raises UserError nothing_to_decide when there is none."""
        return self._of_ticket(conn, ticket_id, UNDECIDED)

    def open_one(self, conn: Connection, ticket_id: int) -> EscalationRequest:
        """The open escalation of one ticket, also one that is accepted. Raises UserError nothing_to_decide."""
        return self._of_ticket(conn, ticket_id, OPEN_ESCALATION)

    def _of_ticket(self, conn: Connection, ticket_id: int, phases: Collection[EscalationPhase]) -> EscalationRequest:
        rows = queue_rows.rows(conn, [ticket_id])
        if not rows:
            raise UserError("nothing_to_decide", ticket=tickets.identity(conn, ticket_id).number)
        return self._request(conn, rows[0], phases)

    def _request(self, conn: Connection, row: QueueRow, phases: Collection[EscalationPhase]) -> EscalationRequest:
        if self._as_of is None:
            was = standing_live(conn, self._book_of, row.ticket_id, self._time.now())
        else:
            was = standing(conn, self._book_of, row.ticket_id, self._as_of)
        escalation = was.state.escalation
        if escalation is None or escalation.phase not in phases:
            raise UserError("nothing_to_decide", ticket=row.number)
        asked = next((fact for fact in was.facts if fact.uid == escalation.uid), None)
        words, who = (None, None) if asked is None else tickets.text_and_author(conn, asked)
        path = escalation_path(was.pack, was.state.product, escalation.requested_at)
        step = None if path is None else path.level(escalation.level)
        return EscalationRequest(
            row=row,
            escalation=escalation,
            words=words,
            asked_by=who,
            verdict=was.verdict,
            state=was.state,
            base_revision=door.revision(conn),
            joined=_joined(conn, was, escalation),
            same_day=asked_on_the_same_day(was.pack, was.state, was.rules, escalation.requested_at),
            level_name=None if step is None else step.name,
            needs=missing_needs(path, escalation.level, was.facts, was.state.as_of),
        )


def _joined(conn: Connection, was: Standing, escalation: EscalationState) -> tuple[Joined, ...]:
    facts = joined(without_voided(was.facts, was.state.as_of), was.state.escalations, escalation)
    return tuple(Joined(fact.at, fact.t or "", *tickets.text_and_author(conn, fact)) for fact in facts)


def _urgency(request: EscalationRequest) -> tuple[bool, bool, int, int]:
    due = request.review_due_at
    return request.answered, due is None, due or request.escalation.requested_at, request.row.ticket_id
