"""`escalation list | request | accept | reject`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Annotated

import typer

from console.cli import moments
from console.cli.names import severity_text
from console.cli.options import AsJson, AsOf, Code, Db, Reason, Ticket, must_say_why
from console.cli.plain import Column, clean, table
from console.cli.terminal import Terminal
from console.domain.decisions import Change
from console.domain.instants import format_instant
from console.domain.roles import Act, acting
from console.services.desk import Desk
from console.services.escalations import EscalationRequest, RequestOutcome
from console.services.past_desk import undecided_then
from console.store.database import Connection

_COLUMNS = (
    Column("WAITS", right=True),
    Column("NUMBER"),
    Column("SEV"),
    Column("CHANNEL"),
    Column("RULES"),
    Column("CUSTOMER", elastic=True),
    Column("WORDS", elastic=True),
)

_BY_RULES: Mapping[bool | None, str] = MappingProxyType(
    {
        True: "The rules allow it.",
        False: "The rules do not allow it yet: decide all the same.",
        None: "The policy has no rules for it: decide.",
    }
)
_IN_LIST: Mapping[bool | None, str] = MappingProxyType({True: "allow it", False: "not yet", None: "none"})

PlanOfAction = Annotated[
    str, typer.Option("--plan", metavar="TEXT", help="The plan of action that the customer is told.")
]
NextUpdate = Annotated[
    str, typer.Option(metavar="INSTANT", help="When the customer hears next: an instant, or a time from now like +2h.")
]
Channel = Annotated[str, typer.Option(metavar="CHANNEL", help="How the customer asked, such as phone.")]
Level = Annotated[
    int | None, typer.Option(metavar="N", help="The level that is asked for. Without it: the one that waits, or 1.")
]


def waiting(ctx: typer.Context, as_of: AsOf = None, as_json: AsJson = False, db: Db = None) -> None:
    """List what waits for a decision, the oldest first."""
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
            outcome = desk.escalations.request(conn, ticket_id, channel, reason, actor=actor, level=level)
            return outcome, desk.escalations.of_ticket(conn, ticket_id)

        outcome, asked = desk.db.write_now(job)
    answer = {
        "ticket": ticket,
        "revision": outcome.change.revision,
        "decision": outcome.change.decision_uid,
        "channel": channel,
        "level": outcome.level,
        "joined": outcome.joined,
        "requested_at": format_instant(asked.escalation.requested_at),
        "by_the_rules": asked.by_the_rules,
    }
    since = moments.instant(asked.escalation.requested_at)
    said = f"It joins the request that waits since {since}" if outcome.joined else "A new request"
    line = f"{said}, written as revision {outcome.change.revision}. {_BY_RULES[asked.by_the_rules]}"
    terminal.answer(as_json, answer, lambda: [line])


def accept(
    ctx: typer.Context,
    ticket: Ticket,
    plan: PlanOfAction,
    next_update: NextUpdate = "+2h",
    code: Code = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Accept an escalation with a plan of action; the next update runs as a clock."""
    terminal: Terminal = ctx.obj.told(db)
    with terminal.writing() as desk:
        due = moments.read_later("--next-update", next_update, desk.time.now())

        def job(conn: Connection) -> Change:
            seen = _seen(desk, conn, ticket)
            return desk.escalations.accept(
                conn,
                seen.row.ticket_id,
                desk.actor,
                base_revision=seen.base_revision,
                plan_of_action=plan,
                next_update_at=due,
                reason_code=code,
            )

        change = desk.db.write_now(job)
    _say_decided(terminal, as_json, ticket, "accepted", change, due)


def reject(
    ctx: typer.Context,
    ticket: Ticket,
    reason: Reason = "",
    code: Code = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Reject an escalation, with a reason code and words."""
    terminal: Terminal = ctx.obj.told(db)
    must_say_why(reason)
    with terminal.writing() as desk:

        def job(conn: Connection) -> Change:
            seen = _seen(desk, conn, ticket)
            return desk.escalations.reject(
                conn,
                seen.row.ticket_id,
                desk.actor,
                base_revision=seen.base_revision,
                words=reason,
                reason_code=code,
            )

        change = desk.db.write_now(job)
    _say_decided(terminal, as_json, ticket, "rejected", change, None)


def _seen(desk: Desk, conn: Connection, number: str) -> EscalationRequest:
    return desk.escalations.of_ticket(conn, desk.tickets.find(conn, number))


def _say_decided(
    terminal: Terminal, as_json: bool, number: str, decision: str, change: Change, due: int | None
) -> None:
    answer = {
        "ticket": number,
        "decision": decision,
        "revision": change.revision,
        "next_update_at": moments.exact(due),
    }
    promised = "" if due is None else f" Next update by {moments.instant(due)}."
    terminal.answer(
        as_json, answer, lambda: [f"{clean(number)}: {decision}, written as revision {change.revision}.{promised}"]
    )


def _waiting(conn: Connection, desk: Desk, past: bool) -> tuple[int, list[EscalationRequest]]:
    found = desk.escalations.among(conn, undecided_then(conn, desk)) if past else desk.escalations.waiting(conn)
    return desk.db.revision(conn), found


def _request_as_json(request: EscalationRequest, now: int) -> dict[str, object]:
    row, escalation = request.row, request.escalation
    channel = request.verdict.channel(escalation.channel)
    return {
        "number": row.number,
        "severity": row.severity,
        "plan": row.plan,
        "customer": row.customer,
        "subject": row.subject,
        "channel": escalation.channel,
        "level": escalation.level,
        "state": escalation.phase.value,
        "requested_at": format_instant(escalation.requested_at),
        "waiting_seconds": moments.seconds(now - escalation.requested_at),
        "asked_by": request.asked_by,
        "words": request.words,
        "by_the_rules": request.by_the_rules,
        "available_from": None if channel is None else moments.exact(channel.available_at),
    }


def _list_text(found: list[EscalationRequest], now: int, width: int | None) -> Iterator[str]:
    rows = [
        [
            moments.span(now - each.escalation.requested_at),
            each.row.number,
            severity_text(each.row.severity),
            each.escalation.channel,
            _IN_LIST[each.by_the_rules],
            each.row.customer,
            each.words or "",
        ]
        for each in found
    ]
    yield from table(_COLUMNS, rows, width)
    yield f"{len(found)} to decide, as of {moments.instant(now)}"
