"""`escalation review | accept | reject | withdraw | close`: deciding what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from console.cli import moments
from console.cli.names import whom
from console.cli.options import AsJson, Code, Db, Reason, Ticket, must_say_why
from console.cli.persons import person_named
from console.cli.plain import clean
from console.cli.terminal import Terminal
from console.domain.decisions import Actor, Change
from console.domain.errors import UserError
from console.domain.records import OutboxMessage
from console.domain.roles import Act, acting
from console.services.desk import Desk, Names
from console.services.escalating.escalations import EscalationRequest
from console.store.database import Connection

PlanOfAction = Annotated[
    str, typer.Option("--plan", metavar="TEXT", help="The plan of action that the customer is told.")
]
NextUpdate = Annotated[
    str, typer.Option(metavar="INSTANT", help="When the customer hears next: an instant, or a time from now like +2h.")
]
Owner = Annotated[str | None, typer.Option(metavar="NAME", help="Who owns the ticket from now on.")]
Analysis = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Why it came to this level, in full, where the level asks for it."),
]
Leader = Annotated[str | None, typer.Option(metavar="NAME", help="Who takes it over, where the level asks for one.")]
Against = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Why it is accepted although the rules do not allow it yet.")
]
Reply = Annotated[
    str | None, typer.Option(metavar="TEXT", help="What the customer is told instead of the text of the template.")
]
Language = Annotated[str, typer.Option(metavar="en|ru", help="The language of the messages.")]
_LANGUAGES = ("en", "ru")
Outcome = Annotated[str | None, typer.Option(metavar="CODE", help="How it ended, by its code in the policy pack.")]

Decide = Callable[[Desk, Connection, Actor, EscalationRequest], Change]


def review(ctx: typer.Context, ticket: Ticket, as_json: AsJson = False, db: Db = None) -> None:
    """Say that you are looking at the request."""

    def decide(desk: Desk, conn: Connection, actor: Actor, seen: EscalationRequest) -> Change:
        return desk.escalations.start_review(conn, seen.row.ticket_id, actor, base_revision=seen.base_revision)

    _decide(ctx, ticket, as_json, db, "under_review", decide)


def accept(
    ctx: typer.Context,
    ticket: Ticket,
    plan: PlanOfAction,
    next_update: NextUpdate = "+2h",
    owner: Owner = None,
    code: Code = None,
    analysis: Analysis = None,
    leader: Leader = None,
    against_verdict: Against = None,
    reply: Reply = None,
    language: Language = "en",
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Accept an escalation with a plan of action; the next update runs as a clock."""
    _known_language(language)
    due = moments.read_later("--next-update", next_update, ctx.obj.time.now())

    def decide(desk: Desk, conn: Connection, actor: Actor, seen: EscalationRequest) -> Change:
        return desk.escalations.accept(
            conn,
            seen.row.ticket_id,
            actor,
            base_revision=seen.base_revision,
            plan_of_action=plan,
            next_update_at=due,
            owner_id=None if owner is None else person_named(desk, conn, "--owner", owner),
            reason_code=code,
            analysis=analysis,
            leader=leader,
            against_verdict=against_verdict,
            reply=reply,
            language=language,
        )

    _decide(ctx, ticket, as_json, db, "accepted", decide, due)


def reject(
    ctx: typer.Context,
    ticket: Ticket,
    reason: Reason = "",
    code: Code = None,
    analysis: Analysis = None,
    reply: Reply = None,
    language: Language = "en",
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Reject an escalation, with a reason code and words; shows the reply that the customer gets."""
    _known_language(language)
    must_say_why(reason)

    def decide(desk: Desk, conn: Connection, actor: Actor, seen: EscalationRequest) -> Change:
        return desk.escalations.reject(
            conn,
            seen.row.ticket_id,
            actor,
            base_revision=seen.base_revision,
            words=reason,
            reason_code=code,
            analysis=analysis,
            reply=reply,
            language=language,
        )

    _decide(ctx, ticket, as_json, db, "rejected", decide)


def withdraw(
    ctx: typer.Context, ticket: Ticket, reason: Reason = "", code: Code = None, as_json: AsJson = False, db: Db = None
) -> None:
    """The customer takes the request back."""
    must_say_why(reason)

    def decide(desk: Desk, conn: Connection, actor: Actor, seen: EscalationRequest) -> Change:
        return desk.escalations.withdraw(
            conn, seen.row.ticket_id, actor, base_revision=seen.base_revision, words=reason, reason_code=code
        )

    _decide(ctx, ticket, as_json, db, "withdrawn", decide)


def close(
    ctx: typer.Context,
    ticket: Ticket,
    outcome: Outcome = None,
    reason: Reason = "",
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """End an accepted escalation with its outcome."""
    must_say_why(reason)

    def decide(desk: Desk, conn: Connection, actor: Actor, seen: EscalationRequest) -> Change:
        return desk.escalations.close(
            conn, seen.row.ticket_id, actor, base_revision=seen.base_revision, outcome=outcome, words=reason
        )

    _decide(ctx, ticket, as_json, db, "closed", decide)


def _known_language(language: str) -> None:
    if language not in _LANGUAGES:
        raise UserError("option_invalid", option="--language", found=language, expected=" or ".join(_LANGUAGES))


def _decide(
    ctx: typer.Context,
    number: str,
    as_json: bool,
    db: str | None,
    decision: str,
    decide: Decide,
    due: int | None = None,
) -> None:
    terminal: Terminal = ctx.obj.told(db)
    with terminal.writing() as desk:

        def job(conn: Connection) -> tuple[Change, tuple[OutboxMessage, ...]]:
            seen = desk.escalations.open_one(conn, desk.tickets.find(conn, number))
            change = decide(desk, conn, acting(desk.actor, Act.DECIDE_ESCALATION), seen)
            return change, desk.outbox.list(conn, decision_uid=change.decision_uid)[::-1]

        change, messages = desk.db.write_now(job)
        names = desk.names
    answer = {
        "ticket": number,
        "decision": decision,
        "revision": change.revision,
        "decision_uid": change.decision_uid,
        "next_update_at": moments.exact(due),
        "messages": [message_as_json(each) for each in messages],
    }
    terminal.answer(as_json, answer, lambda: _decided_text(number, decision, change, due, messages, names))


def message_as_json(message: OutboxMessage) -> dict[str, object]:
    """A message as JSON gives it."""
    return {
        "to": message.to,
        "name": message.name,
        "channel": message.channel,
        "text": message.text,
        "not_before": moments.exact(message.not_before),
        "state": message.state,
    }


def _decided_text(
    number: str,
    decision: str,
    change: Change,
    due: int | None,
    messages: tuple[OutboxMessage, ...],
    names: Names,
) -> Iterator[str]:
    promised = "" if due is None else f" Next update by {moments.instant(due)}."
    said = decision.replace("_", " ")
    yield f"{clean(number)}: {said}, written as revision {change.revision}.{promised}"
    shown: set[str] = set()
    for message in messages:
        yield f"Leaves at {moments.instant(message.not_before)} for {clean(whom(message.to, message.name, names))}:"
        if message.text is not None and message.text not in shown:
            yield from (f"  {clean(line)}" for line in message.text.rstrip("\n").split("\n"))
            shown.add(message.text)
    yield f"main.py undo {change.decision_uid} takes it back for ten minutes."
