"""Deciding an escalation: review, acceptance, rejection, withdrawal, closing (OD-9, LI-5 to LI-7)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from console.domain.decisions import Actor, Change, NewMessage
from console.domain.errors import UserError
from console.domain.escalation_levels import finish_refusal, recorded
from console.domain.escalation_path import escalation_path
from console.domain.escalation_reasons import accepting_reason, offered_reason, rejecting_reason
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import FURTHEST, TimeSource, format_instant
from console.domain.roles import Act, require
from console.domain.spoken import said
from console.domain.state import UNDECIDED, EscalationPhase, EscalationState
from console.services.acting.act_decision import ActMade, record_act
from console.services.escalating.escalation_messages import LANGUAGE, Acceptance, EscalationMessages, MessageDraft
from console.services.escalating.escalation_verdict import against_the_verdict, review_due
from console.services.standing import BookOf, Standing, refuse_if_changed, standing_to_decide
from console.store import parties, tickets
from console.store.database import Connection

ANALYSIS, LEADER, AGAINST_VERDICT = "analysis", "leader", "against_verdict"
"""What notes that belong to a decision record: `t` of the fact."""

_ACCEPTED = frozenset({EscalationPhase.ACCEPTED})


@dataclass(frozen=True, slots=True)
class _Case:
    """The ticket as it stands and the escalation that is decided."""

    was: Standing
    escalation: EscalationState


class EscalationDecisions:
    """Each decision is facts, evidence, a journal entry and its messages in one transaction.

    `base_revision` is what the manager saw: every method raises ConflictError when somebody was there before, and
    UserError role_may_not for a role that may not decide.
    """

    def __init__(self, book_of: BookOf, time: TimeSource, messages: EscalationMessages) -> None:
        self._book_of = book_of
        self._time = time
        self._messages = messages

    def start_review(self, conn: Connection, ticket_id: int, actor: Actor, *, base_revision: int) -> Change:
        """Say that one is looking at the request. Raises UserError nothing_to_decide, or review_started_already."""
        case = self._case(conn, ticket_id, actor, base_revision, UNDECIDED)
        if case.escalation.phase is EscalationPhase.UNDER_REVIEW:
            raise UserError("review_started_already", ticket=tickets.identity(conn, ticket_id).number)
        fact = _fact(case, FactKind.REVIEW_STARTED, actor)
        return _record(conn, case, actor, base_revision, "escalation_review_started", [fact])

    def accept(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        *,
        base_revision: int,
        plan_of_action: str,
        next_update_at: int,
        owner_id: int | None = None,
        reason_code: str | None = None,
        analysis: str | None = None,
        leader: str | None = None,
        reply: str | None = None,
        against_verdict: str | None = None,
        language: str = LANGUAGE,
    ) -> Change:
        """Accept with a plan of action and the instant (microseconds UTC) of the next update, which runs as a clock.

        `owner_id` none: the owner stays. `reply` is the text to the customer, none: the template's. Where the rules do
        not allow the escalation, `reason_code` is one that says so or `against_verdict` has the words.
        Raises UserError without a plan, for an update that is not in the future or too far in it, an unknown person or
        reason, what the level still needs (LI-7), escalation_against_verdict, and when nothing waits.
        """
        case = self._case(conn, ticket_id, actor, base_revision, UNDECIDED)
        was = case.was
        if said(plan_of_action) is None:
            raise UserError("plan_of_action_missing", field="plan of action")
        if next_update_at <= was.state.as_of:
            raise UserError("next_update_past", field="next update", given=format_instant(next_update_at))
        if next_update_at > was.state.as_of + FURTHEST:
            raise UserError("too_far_ahead", field="next update")
        if owner_id is not None and parties.person_name(conn, owner_id) is None:
            raise UserError("person_unknown", field="owner", person=owner_id)
        notes = {ANALYSIS: said(analysis), LEADER: said(leader), AGAINST_VERDICT: said(against_verdict)}
        _refuse_unfinished(case, [kind for kind, words in notes.items() if words])
        against = against_the_verdict(was, case.escalation, accepted=True)
        code = accepting_reason(was.pack, reason_code, against=against, explained=bool(notes[AGAINST_VERDICT]))
        # Words against a verdict that allows it by now are kept as a plain note.
        names = {ANALYSIS: ANALYSIS, LEADER: LEADER} | ({AGAINST_VERDICT: AGAINST_VERDICT} if against else {})
        facts = [
            _fact(case, FactKind.ESCALATION_ACCEPTED, actor, plan_of_action, a=next_update_at),
            _fact(case, FactKind.ETA_SET, actor, a=next_update_at, t="update"),
            *(_fact(case, FactKind.NOTE, actor, words, t=names.get(kind)) for kind, words in notes.items() if words),
        ]
        if owner_id is not None and owner_id != was.state.owner_id:
            facts.append(_fact(case, FactKind.OWNER_SET, actor, a=owner_id, b=was.state.owner_id))
        owner = was.state.owner_id if owner_id is None else owner_id
        accepted = Acceptance(plan_of_action, next_update_at, owner, notes[LEADER], notes[ANALYSIS])
        drafts = self._messages.of_acceptance(conn, was, case.escalation, accepted, reply, language)
        return _record(
            conn, case, actor, base_revision, "escalation_accepted", facts, code, drafts, against=against, edited=reply
        )

    def reject(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        *,
        base_revision: int,
        words: str,
        reason_code: str | None = None,
        analysis: str | None = None,
        reply: str | None = None,
        language: str = LANGUAGE,
    ) -> Change:
        """Reject with reason code and words; `reply` is the text to the customer, none: the template's (LI-6).

        Raises UserError without words, for an unknown code or one that claims of what the rules allow that they do not,
        for an empty reply, what the level still needs (LI-7), or
        when nothing waits.
        """
        case = self._case(conn, ticket_id, actor, base_revision, UNDECIDED)
        if said(words) is None:
            raise UserError("words_missing", field="reason")
        # Nobody takes over what is rejected.
        _refuse_unfinished(case, [LEADER, *([ANALYSIS] if said(analysis) else ())])
        against = against_the_verdict(case.was, case.escalation, accepted=False)
        code = rejecting_reason(case.was.pack, reason_code, against=against)
        facts = [_fact(case, FactKind.ESCALATION_REJECTED, actor, words, t=code)]
        if said(analysis):
            facts.append(_fact(case, FactKind.NOTE, actor, analysis, t=ANALYSIS))
        drafts = self._messages.of_rejection(conn, case.was, case.escalation, code, words, reply, language)
        return _record(
            conn, case, actor, base_revision, "escalation_rejected", facts, code, drafts, against=against, edited=reply
        )

    def withdraw(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        *,
        base_revision: int,
        words: str,
        reason_code: str | None = None,
    ) -> Change:
        """The customer takes the request back. Raises UserError without words or when nothing waits."""
        case = self._case(conn, ticket_id, actor, base_revision, UNDECIDED)
        if said(words) is None:
            raise UserError("words_missing", field="reason")
        code = offered_reason(case.was.pack, "escalation_withdrawn", reason_code)
        fact = _fact(case, FactKind.ESCALATION_WITHDRAWN, actor, words, t=code)
        return _record(conn, case, actor, base_revision, "escalation_withdrawn", [fact], code)

    def close(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        *,
        base_revision: int,
        outcome: str | None,
        words: str,
    ) -> Change:
        """End an accepted escalation with an outcome, a code of the pack (escalation_closed); none: the pack's first.

        Raises UserError without words, for an unknown outcome, or escalation_not_accepted.
        """
        case = self._case(conn, ticket_id, actor, base_revision, _ACCEPTED)
        if said(words) is None:
            raise UserError("words_missing", field="outcome")
        code = offered_reason(case.was.pack, "escalation_closed", outcome)
        fact = _fact(case, FactKind.ESCALATION_CLOSED, actor, words, t=code)
        return _record(conn, case, actor, base_revision, "escalation_closed", [fact], code)

    def reply_draft(
        self,
        conn: Connection,
        ticket_id: int,
        kind: str,
        words: str,
        next_update_at: int | None = None,
        language: str = LANGUAGE,
        *,
        reason_code: str | None = None,
        owner_id: int | None = None,
        leader: str | None = None,
        analysis: str | None = None,
    ) -> tuple[MessageDraft, ...]:
        """What `accept` (kind "accepted": `words` are the plan of action) or `reject` (kind "rejected") would send now,
        and to whom. Raises UserError when nothing waits, or for an unknown reason."""
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        case = _Case(was, _open(conn, was, UNDECIDED))
        if kind == "rejected":
            against = against_the_verdict(was, case.escalation, accepted=False)
            code = rejecting_reason(was.pack, reason_code, against=against)
            return self._messages.of_rejection(conn, was, case.escalation, code, words, language=language)
        promised = was.state.as_of if next_update_at is None else next_update_at
        owner = was.state.owner_id if owner_id is None else owner_id
        accepted = Acceptance(words, promised, owner, said(leader), said(analysis))
        return self._messages.of_acceptance(conn, was, case.escalation, accepted, language=language)

    def _case(
        self,
        conn: Connection,
        ticket_id: int,
        actor: Actor,
        base_revision: int,
        phases: Collection[EscalationPhase],
    ) -> _Case:
        require(actor, Act.DECIDE_ESCALATION)
        refuse_if_changed(conn, ticket_id, base_revision)
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        return _Case(was, _open(conn, was, phases))


def _open(conn: Connection, was: Standing, phases: Collection[EscalationPhase]) -> EscalationState:
    found = was.state.escalation
    if found is not None and found.phase in phases:
        return found
    number = tickets.identity(conn, was.ticket_id).number
    early = phases == _ACCEPTED and found is not None and found.phase in UNDECIDED
    raise UserError("escalation_not_accepted" if early else "nothing_to_decide", ticket=number)


def _record(
    conn: Connection,
    case: _Case,
    actor: Actor,
    base_revision: int,
    kind: str,
    facts: Sequence[NewFact],
    reason_code: str | None = None,
    drafts: Sequence[MessageDraft] = (),
    *,
    against: bool = False,
    edited: str | None = None,
) -> Change:
    shown: dict[str, object] = {
        "escalation_uid": case.escalation.uid,
        "level": case.escalation.level,
        "channel": case.escalation.channel,
        "requested_at": case.escalation.requested_at,
        "review_due_at": review_due(case.was.state),
        "against_verdict": against,
        "told": [each.to for each in drafts],
        "reply_edited": edited is not None,
    }
    made = ActMade(
        kind=kind,
        actor=actor,
        base_revision=base_revision,
        words=facts[0].text,
        shown=shown,
        subject_uid=case.escalation.uid,
        reason_code=reason_code,
        messages=tuple(NewMessage("mail", each.to, each.text, each.not_before) for each in drafts),
    )
    return record_act(conn, case.was, facts, made)


def _fact(
    case: _Case,
    kind: FactKind,
    actor: Actor,
    words: str | None = None,
    *,
    a: int | None = None,
    b: int | None = None,
    t: str | None = None,
) -> NewFact:
    at = case.was.state.as_of
    return NewFact(case.was.ticket_id, at, kind, a, b, t, ActorKind.MANAGER, actor.person_id, said(words))


def _refuse_unfinished(case: _Case, given: Collection[str]) -> None:
    path = escalation_path(case.was.pack, case.was.state.product, case.escalation.requested_at)
    if path is None:
        return
    level = case.escalation.level
    refusal = finish_refusal(path.path, level, [*given, *recorded(case.was.facts, case.was.state.as_of)])
    if refusal is not None:
        raise UserError(refusal, level=level, field=refusal.removeprefix("escalation_needs_"))
