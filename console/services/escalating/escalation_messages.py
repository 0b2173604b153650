"""Who is told what when an escalation is asked for, accepted or rejected: drafts of messages (OD-9, LI-5 to LI-8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.domain.addresses import CUSTOMER, PERSON, ROLE, TICKET, address
from console.domain.escalation_levels import audience, next_level, rejection_replies
from console.domain.escalation_path import PathInForce, escalation_path
from console.domain.escalation_requests import joined
from console.domain.order import without_voided
from console.domain.policy import Pack
from console.domain.rules import ClockKind
from console.domain.state import EscalationState
from console.domain.undo import undoable_until
from console.services.escalating.messages import MessageTemplates, Rendered, edited, one_line
from console.services.letter_times import letter_time
from console.services.standing import Standing
from console.store import parties, people, tickets
from console.store.database import Connection

LANGUAGE = "en"
_LONGEST_ADDRESS = 320
_HINT = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """A message that a decision would send `to` somebody, an address of `console.domain.addresses`; `name` is what that
    one is called, none for a role. It leaves at `not_before` (microseconds UTC).

    `editable`: a reply to a customer; its `text` may be changed before it goes.
    """

    to: str
    subject: str
    body: str
    not_before: int
    editable: bool
    name: str | None = None

    @property
    def text(self) -> str:
        """As the outbox keeps it."""
        return Rendered(self.subject, self.body).text


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What those who hear of an acceptance are told. `next_update_at` is microseconds UTC."""

    plan: str
    next_update_at: int
    owner_id: int | None
    leader: str | None = None
    analysis: str | None = None


class EscalationMessages:
    """Makes the drafts from the templates."""

    def __init__(self, templates: MessageTemplates) -> None:
        self._templates = templates

    def of_request(
        self,
        conn: Connection,
        was: Standing,
        channel: str,
        level: int,
        words: str,
        duty: str | None,
        *,
        nobody_on_duty: bool,
        language: str = LANGUAGE,
    ) -> tuple[MessageDraft, ...]:
        """At once: who is on `duty` or the fallback (OD-9), the roles that hear of every request (LI-5), and those
        informed at every level (LI-8); one message each."""
        now = was.state.as_of
        path = escalation_path(was.pack, was.state.product, now)
        values = {
            **self._ticket(conn, was, language),
            **self._level(was, path, level, channel, language),
            "requested_at": letter_time(now, None, language),
            "review": self._review(was, language),
            "words": words.strip(),
            "rules": self._part(self._rules_say(was, channel), language),
        }
        alerted = was.pack.escalating.alerts if was.pack.escalating is not None else ()
        named = [] if duty is None else [(duty, "escalation_unattended" if nobody_on_duty else "escalation_alert")]
        named += [(address(ROLE, role), "escalation_alert") for role in alerted]
        informed = path.path.informed if path is not None else ()
        named += [(address(ROLE, role), "escalation_informed") for role in informed]
        first = dict(reversed(named))
        return tuple(
            _draft(to, self._templates.render(first[to], language, values), now, editable=False)
            for to in dict.fromkeys(to for to, _ in named)
        )

    def of_acceptance(
        self,
        conn: Connection,
        was: Standing,
        escalation: EscalationState,
        accepted: Acceptance,
        reply: str | None = None,
        language: str = LANGUAGE,
    ) -> tuple[MessageDraft, ...]:
        """The reply to who asked, also to who joined; then the audience of the level (LI-7, LI-8)."""
        path = self._path_of(was, escalation)
        ticket = self._ticket(conn, was, language)
        leader = "" if not accepted.leader else self._part("leader", language, name=accepted.leader) + "\n"
        analysis = "" if not accepted.analysis else self._part("analysis", language, words=accepted.analysis) + "\n"
        common = {
            **ticket,
            **self._level(was, path, escalation.level, escalation.channel, language),
            "plan": accepted.plan.strip(),
            "words": _asked_words(conn, was, escalation),
            "owner": parties.person_name(conn, accepted.owner_id) or self._part("nobody", language),
            "leader": leader,
            "analysis": analysis,
        }
        at = accepted.next_update_at
        shown = letter_time(at, _zone_of(conn, was), language)
        drafted = self._templates.render("escalation_accepted", language, {**common, "next_update": shown})
        told = self._templates.render(
            "escalation_audience",
            language,
            {**common, "next_update": letter_time(at, None, language)},
        )
        roles = audience(path.path, escalation.level) if path is not None else ()
        askers = _askers(was, escalation)
        return self._replies(conn, was, askers, drafted, reply) + tuple(
            _draft(address(ROLE, role), told, undoable_until(was.state.as_of), editable=False) for role in roles
        )

    def of_rejection(
        self,
        conn: Connection,
        was: Standing,
        escalation: EscalationState,
        reason: str | None,
        words: str,
        reply: str | None = None,
        language: str = LANGUAGE,
    ) -> tuple[MessageDraft, ...]:
        """The automated reply to those whom the pack names (LI-6): what, why, and what else can be done."""
        values = {
            **self._ticket(conn, was, language),
            "requested_at": letter_time(escalation.requested_at, _zone_of(conn, was), language),
            "reason": _told_reason(was.pack, reason, language),
            "words": words.strip(),
            "next_steps": "\n".join(self._next_steps(conn, was, escalation, language)),
        }
        drafted = self._templates.render("escalation_rejected", language, values)
        facts = without_voided(was.facts, was.state.as_of)
        return self._replies(conn, was, rejection_replies(was.pack, facts, escalation.uid), drafted, reply)

    def _replies(
        self, conn: Connection, was: Standing, persons: Iterable[int], drafted: Rendered, reply: str | None
    ) -> tuple[MessageDraft, ...]:
        said = drafted if reply is None else edited(reply, drafted)
        asked = list(dict.fromkeys(persons))
        names = people.names(conn, asked)
        # Whose name was erased is not written to any more.
        to = [(address(PERSON, each), names[each]) for each in asked if names.get(each)]
        leaves = undoable_until(was.state.as_of)
        return tuple(
            _draft(each, said, leaves, editable=True, name=name) for each, name in to or [_customer(conn, was)]
        )

    def _next_steps(self, conn: Connection, was: Standing, escalation: EscalationState, language: str) -> list[str]:
        steps = [self._part("answer_in_ticket", language)]
        path = escalation_path(was.pack, was.state.product, was.state.as_of)
        above = None if path is None else path.level(escalation.level + 1)
        if above is not None and next_level(was.pack, was.state, was.state.as_of).refusal != "escalation_closed":
            by = " / ".join(above.by)
            steps.append(self._part("next_level", language, level_name=above.name.say(language), by=by))
        channel = was.verdict.channel(escalation.channel)
        if channel is not None and not channel.available and channel.available_at is not None:
            at = letter_time(channel.available_at, _zone_of(conn, was), language)
            steps.append(self._part("available_from", language, at=at, channel=channel.name.say(language)))
        return steps

    def _ticket(self, conn: Connection, was: Standing, language: str) -> dict[str, str]:
        identity = tickets.identity(conn, was.ticket_id)
        severity = was.pack.severity(was.state.severity)
        customer = identity.customer.name if identity.customer is not None else ""
        unknown = self._part("not_known", language)
        return {
            "number": identity.number,
            "subject": identity.subject,
            "customer": customer or self._part("a_customer", language),
            "severity": unknown if was.state.severity is None else str(was.state.severity),
            "severity_name": unknown if severity is None else severity.name.say(language),
        }

    def _level(
        self, was: Standing, path: PathInForce | None, level: int, channel: str, language: str
    ) -> dict[str, str]:
        step = None if path is None else path.level(level)
        way = next((each.name.say(language) for each in was.pack.channels if each.code == channel), channel)
        return {
            "level": str(level),
            "level_name": str(level) if step is None else step.name.say(language),
            "channel": way,
        }

    def _review(self, was: Standing, language: str) -> str:
        if was.rules.review is None:
            return ""
        axis, _ = was.rules.counting(None, ClockKind.ESCALATION_REVIEW)
        due = axis.reach(was.state.as_of, was.rules.review)
        if due is None:
            return ""
        return self._part("review_due", language, at=letter_time(due, None, language)) + "\n"

    def _rules_say(self, was: Standing, channel: str) -> str:
        found = was.verdict.channel(channel)
        if found is None:
            return "without_rules"
        return "by_the_rules" if found.available else "not_by_the_rules"

    def _part(self, part: str, language: str, **values: str) -> str:
        return self._templates.part(part, language, values)

    def _path_of(self, was: Standing, escalation: EscalationState) -> PathInForce | None:
        """The path goes by the instant of the request (OD-10)."""
        pack = was.book.pack(was.state.pack, escalation.requested_at) or was.pack
        return escalation_path(pack, was.state.product, escalation.requested_at)


def _draft(to: str, said: Rendered, not_before: int, *, editable: bool, name: str | None = None) -> MessageDraft:
    return MessageDraft(one_line(to)[:_LONGEST_ADDRESS], said.subject, said.body, not_before, editable, name)


def _told_reason(pack: Pack, code: str | None, language: str) -> str:
    """The reason as a customer reads it, with its line end: without what is a hint to the manager in brackets, and
    nothing where it only says how the desk stands to its rules."""
    chosen = next((entry for entry in pack.reasons_for("escalation_rejected") if entry.code == code), None)
    if chosen is None or chosen.against_verdict:
        return ""
    return _HINT.sub("", chosen.name.say(language)) + ".\n"


def _askers(was: Standing, escalation: EscalationState) -> Sequence[int]:
    """Who asked and who joined since, each once."""
    facts = without_voided(was.facts, was.state.as_of)
    asked = [fact for fact in facts if fact.uid == escalation.uid]
    everybody = [*asked, *joined(facts, was.state.escalations, escalation)]
    return list(dict.fromkeys(fact.actor_id for fact in everybody if fact.actor_id is not None))


def _asked_words(conn: Connection, was: Standing, escalation: EscalationState) -> str:
    asked = next((fact for fact in was.facts if fact.uid == escalation.uid), None)
    return (tickets.text_and_author(conn, asked)[0] if asked is not None else None) or ""


def _customer(conn: Connection, was: Standing) -> tuple[str, str]:
    """The address of the customer and the name, or of who wrote in the ticket."""
    identity = tickets.identity(conn, was.ticket_id)
    if identity.customer is not None and identity.customer.name:
        return address(CUSTOMER, identity.customer.customer_id), identity.customer.name
    return address(TICKET, identity.number), identity.number


def _zone_of(conn: Connection, was: Standing) -> str | None:
    customer = tickets.identity(conn, was.ticket_id).customer
    return None if customer is None else customer.zone
