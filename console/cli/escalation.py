"""`escalation list | request`: what waits for a decision, and asking for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Annotated

import typer

from console.cli import moments
from console.cli.names import severity_text
from console.cli.options import AsJson, AsOf, Db, Reason, Ticket, must_say_why
from console.cli.plain import Column, clean, counted, table
from console.cli.terminal import Terminal
from console.domain.eligibility import rule_words
from console.domain.instants import format_instant
from console.domain.roles import Act, acting
from console.services.desk import LANGUAGE, Desk
from console.services.escalating.escalations import EscalationRequest, RequestOutcome
from console.services.past_desk import undecided_then
from console.store.database import Connection

_COLUMNS = (
    Column("WAITS", right=True),
    Column("REVIEW IN", right=True),
    Column("NUMBER"),
    Column("SEV"),
    Column("LEVEL", right=True),
    Column("CHANNEL"),
    Column("RULES"),
    Column("CUSTOMER", elastic=True),
    Column("WORDS", elastic=True),
)

_BY_RULES: Mapping[bool | None, str] = MappingProxyType(
    {
        True: "The rules allow it.",
        False: "The rules do not allow it as things stand: decide all the same.",
        None: "The policy has no rules for it: decide.",
    }
)
_IN_LIST: Mapping[bool | None, str] = MappingProxyType({True: "allow it", False: "not yet", None: "none"})

Channel = Annotated[str, typer.Option(metavar="CHANNEL", help="How the customer asked, such as phone.")]
Level = Annotated[
    int | None,
    typer.Option(metavar="N", help="The level that is asked for. Without it: the one that waits, or the next."),
]
WhyAsked = Annotated[str | None, typer.Option("--code", metavar="CODE", help="Why, by its code in the policy pack.")]


def waiting(ctx: typer.Context, as_of: AsOf = None, as_json: AsJson = False, db: Db = None) -> None:
    """List what waits for a decision: who has not been answered first, then by review due or age."""
    terminal: Terminal = ctx.obj.told(db, as_of)
    with terminal.reading() as desk:
        now = desk.time.now()
        past = terminal.instant() is not None
        revision, found = desk.db.read_now(partial(_waiting, desk=desk, past=past))
    answer = {
        "as_of": format_instant(now),
        "revision": revision,
        "total": len(found),
        "rows": [_request_as_json(request, now) for request in found],
    }
    terminal.answer(as_json, answer, lambda: _list_text(found, now, terminal.width))


def request(
    ctx: typer.Context,
    ticket: Ticket,
    channel: Channel,
    reason: Reason = "",
    code: WhyAsked = None,
    level: Level = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Record that a customer asks for an escalation, by phone for instance."""
    terminal: Terminal = ctx.obj.told(db)
    must_say_why(reason)
    with terminal.writing() as desk:

        def job(conn: Connection) -> tuple[RequestOutcome, EscalationRequest]:
            ticket_id = desk.tickets.find(conn, ticket)
            actor = acting(desk.actor, Act.REQUEST_ESCALATION)
            outcome = desk.escalations.request(
                conn, ticket_id, channel, reason, actor=actor, level=level, reason_code=code
            )
            return outcome, desk.escalations.of_ticket(conn, ticket_id)

        outcome, asked = desk.db.write_now(job)
    answer = {
        "ticket": ticket,
        "revision": outcome.change.revision,
        "decision_uid": outcome.change.decision_uid,
        "channel": channel,
        "level": outcome.level,
        "joined": outcome.joined,
        "requested_at": format_instant(asked.escalation.requested_at),
        "by_the_rules": asked.by_the_rules,
        "same_day": asked.same_day,
        "review_due_at": moments.exact(asked.review_due_at),
        "told": list(outcome.told),
        "nobody_on_duty": outcome.nobody_on_duty,
        "credentials_stripped": outcome.stripped,
    }
    terminal.answer(as_json, answer, lambda: _request_text(outcome, asked))


def _request_text(outcome: RequestOutcome, asked: EscalationRequest) -> Iterator[str]:
    since = moments.instant(asked.escalation.requested_at)
    said = (
        f"It joins the request that waits since {since}"
        if outcome.joined
        else f"A new request of level {outcome.level}"
    )
    yield f"{said}, written as revision {outcome.change.revision}. {_BY_RULES[asked.by_the_rules]}"
    channel = asked.verdict.channel(asked.escalation.channel)
    for rule in () if channel is None else channel.rules:
        if rule.required and not rule.holds:
            words = rule_words(rule, LANGUAGE, lambda at: moments.instant(at), lambda span: moments.span(span))
            yield f"  does not hold: {clean(words)}" + ("" if rule.at is None else f", from {moments.instant(rule.at)}")
    if asked.same_day:
        yield "  Asked on the day on which the ticket was opened."
    if asked.review_due_at is not None:
        yield f"Review due {moments.instant(asked.review_due_at)}."
    if outcome.stripped:
        yield f"{counted(outcome.stripped, 'credential')} taken out of what the customer wrote."
    if outcome.nobody_on_duty:
        yield "Nobody is on duty: the mail goes to the fallback address."
    if outcome.told:
        yield f"Told at once: {clean(', '.join(outcome.told))}."
    yield f"main.py undo {outcome.change.decision_uid} takes it back for ten minutes."


def _waiting(conn: Connection, desk: Desk, past: bool) -> tuple[int, list[EscalationRequest]]:
    found = desk.escalations.among(conn, undecided_then(conn, desk)) if past else desk.escalations.waiting(conn)
    return desk.db.revision(conn), found


def _request_as_json(request: EscalationRequest, now: int) -> dict[str, object]:
    row, escalation = request.row, request.escalation
    channel = request.verdict.channel(escalation.channel)
    due = request.review_due_at
    return {
        "number": row.number,
        "severity": row.severity,
        "plan": row.plan,
        "customer": row.customer,
        "subject": row.subject,
        "channel": escalation.channel,
        "level": escalation.level,
        "level_name": None if request.level_name is None else request.level_name.say(LANGUAGE),
        "state": escalation.phase.value,
        "requested_at": format_instant(escalation.requested_at),
        "waiting_seconds": moments.seconds(now - escalation.requested_at),
        "answered": request.answered,
        "review_due_at": moments.exact(due),
        "asked_by": request.asked_by,
        "words": request.words,
        "joined": [
            {"at": format_instant(each.at), "channel": each.channel, "asked_by": each.asked_by, "words": each.words}
            for each in request.joined
        ],
        "same_day": request.same_day,
        "by_the_rules": request.by_the_rules,
        "available_from": None if channel is None else moments.exact(channel.available_at),
        "needs": list(request.needs),
    }


def _list_text(found: list[EscalationRequest], now: int, width: int | None) -> Iterator[str]:
    rows = [
        [
            moments.span(now - each.escalation.requested_at),
            "" if each.review_due_at is None else moments.span(each.review_due_at - now),
            each.row.number,
            severity_text(each.row.severity),
            str(each.escalation.level),
            _channels(each),
            _IN_LIST[each.by_the_rules] + (", same day" if each.same_day else ""),
            each.row.customer,
            each.words or "",
        ]
        for each in found
    ]
    yield from table(_COLUMNS, rows, width)
    yield f"{len(found)} to decide, as of {moments.instant(now)}"


def _channels(request: EscalationRequest) -> str:
    more = len(request.joined)
    return request.escalation.channel + (f" +{more}" if more else "")
