"""Asking for an escalation: a request of its own, one that joins, or the next level (OD-9, LI-7, LI-8)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from console.domain.addresses import DUTY, MAIL, address
from console.domain.credentials import strip_credentials
from console.domain.decisions import Actor, Change, NewMessage
from console.domain.errors import UserError
from console.domain.escalation_levels import next_level
from console.domain.escalation_requests import asked_on_the_same_day, level_of_request, outage_line
from console.domain.facts import ActorKind, FactKind, NewFact
from console.domain.instants import TimeSource
from console.domain.on_call import on_call
from console.domain.policy import Pack
from console.domain.roles import Act, require
from console.domain.spoken import said
from console.services.acting.act_decision import ActMade, record_act
from console.services.escalating.escalation_messages import EscalationMessages, MessageDraft
from console.services.standing import BookOf, Standing, standing_to_decide
from console.store import door, shifts
from console.store.database import Connection

CUSTOMER = "customer"
"""Stands in the journal for name and role where a request came from a source by itself and nobody of the desk recorded
it. Who it was the fact says, by a name that can be erased."""


@dataclass(frozen=True, slots=True)
class RequestOutcome:
    """What a request became: one that waits at `level`, or part of the one that waits (`joined`).

    `told` are the addresses of who hears of it at once: roles, who is on duty or the fallback. `nobody_on_duty`: it
    went to the fallback address, as no shift runs (OD-9). `stripped` credentials were taken out of the words (OD-15).
    """

    change: Change
    joined: bool
    level: int
    told: tuple[str, ...]
    nobody_on_duty: bool
    stripped: int = 0


class EscalationRequests:
    """Records requests. A verdict advises only: a request that the rules do not allow yet is recorded all the same."""

    def __init__(self, book_of: BookOf, time: TimeSource, messages: EscalationMessages) -> None:
        self._book_of = book_of
        self._time = time
        self._messages = messages

    def request(
        self,
        conn: Connection,
        ticket_id: int,
        channel: str,
        words: str,
        *,
        actor: Actor | None = None,
        person_id: int | None = None,
        level: int | None = None,
        reason_code: str | None = None,
    ) -> RequestOutcome:
        """Record that the customer asks, for a `level` where one is named. While one request waits, a second joins it,
        also one for a level that may not be asked for yet (LI-7, LI-8); after an answer it is one level higher.

        `actor` is who records it, none where a source did by itself; `person_id` is who asks. A pack without channels
        has no rules for it (OW-10). Raises UserError without words, for a reason that the pack does not offer, what
        `level_of_request` raises, and role_may_not.
        """
        if actor is not None:
            require(actor, Act.REQUEST_ESCALATION)
        if said(words) is None:
            raise UserError("words_missing", field="reason")
        was = standing_to_decide(conn, self._book_of, ticket_id, self._time.now())
        words, stripped = strip_credentials(was.pack.credentials, words.strip())
        asked = _level(was, channel, level)
        _known_reason(was.pack, reason_code)
        waits = was.state.escalation
        fact = NewFact(
            ticket_id=ticket_id,
            at=was.state.as_of,
            kind=FactKind.ESCALATION_JOINED if asked is None else FactKind.ESCALATION_REQUESTED,
            a=asked,
            t=channel,
            actor_kind=ActorKind.CUSTOMER,
            actor_id=person_id,
            text=words,
            uid=uuid4().hex,
        )
        reached = asked or (waits.level if waits is not None else 1)
        joins = asked is None and waits is not None
        drafts, nobody = ((), False) if asked is None else self._alerts(conn, was, channel, asked, words)
        recorder = actor or Actor(CUSTOMER, CUSTOMER, person_id)
        made = ActMade(
            kind="escalation_joined" if joins else "escalation_requested",
            actor=recorder,
            base_revision=door.revision(conn),
            words=words,
            shown=_shown(was, channel, reached),
            subject_uid=waits.uid if joins and waits is not None else fact.uid,
            reason_code=reason_code,
            messages=tuple(NewMessage("mail", each.to, each.text, each.not_before) for each in drafts),
        )
        change = record_act(conn, was, [fact], made)
        return RequestOutcome(change, joins, reached, tuple(each.to for each in drafts), nobody, stripped)

    def _alerts(
        self, conn: Connection, was: Standing, channel: str, level: int, words: str
    ) -> tuple[tuple[MessageDraft, ...], bool]:
        """Mail to the manager on duty where the channel asks for it, and whether nobody is (OD-9); the roles that hear
        of every request (LI-5, LI-8)."""
        way = next((each for each in was.pack.channels if each.code == channel), None)
        duty, nobody = None, False
        fallback = was.pack.escalating.fallback if was.pack.escalating is not None else None
        if way is not None and way.mails_on_duty:
            shift = shifts.open_shift(conn)
            nobody = shift is None
            nobody_else = address(MAIL, fallback) if fallback else None
            duty = nobody_else if shift is None else address(DUTY, shift.actor)
        return self._messages.of_request(conn, was, channel, level, words, duty, nobody_on_duty=nobody), nobody


def _level(was: Standing, channel: str, level: int | None) -> int | None:
    try:
        return level_of_request(was.pack, was.state, channel, level)
    except UserError as error:
        outage = was.pack.escalating.outage if was.pack.escalating is not None else None
        if error.code != "escalation_outage" or outage is None:
            raise
        ways = on_call(was.book, was.pack, outage.role, was.state.as_of)
        named = ", ".join(f"{way.name} {way.address}" for way in ways)
        line = f"{outage_line(was.pack)} {named}." if named else outage_line(was.pack)
        raise UserError("escalation_outage", severity=was.state.severity, line=line) from error


def _known_reason(pack: Pack, code: str | None) -> None:
    offered = [entry.code for entry in pack.reasons_for("escalation_requested")]
    if code is not None and code not in offered:
        raise UserError("reason_unknown", reason=code, expected=", ".join(offered))


def _shown(was: Standing, channel: str, level: int) -> dict[str, object]:
    following = next_level(was.pack, was.state, was.state.as_of)
    way = was.verdict.channel(channel)
    return {
        "channel": channel,
        "level": level,
        "by_the_rules": None if way is None else way.available,
        "before_a_result": following.pending,
        "same_day": asked_on_the_same_day(was.pack, was.state, was.rules, was.state.as_of),
    }
