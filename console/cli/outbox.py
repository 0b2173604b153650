"""`outbox`: the messages that decisions have written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from console.cli import moments
from console.cli.names import whom
from console.cli.options import AsJson, Db
from console.cli.plain import Column, clean, counted, table
from console.cli.terminal import Terminal
from console.domain.instants import format_instant
from console.domain.records import OutboxMessage
from console.services.desk import Names
from console.store.database import Connection

_COLUMNS = (
    Column("NOT BEFORE"),
    Column("STATE"),
    Column("TICKET"),
    Column("TO", elastic=True),
    Column("SUBJECT", elastic=True),
)

Ticket = Annotated[str | None, typer.Option(metavar="TICKET", help="Only those of this ticket, with their words.")]
State = Annotated[str | None, typer.Option(metavar="STATE", help="Only those: waiting or cancelled.")]
Limit = Annotated[int, typer.Option(metavar="N", min=1, max=500, help="At most so many.")]


def outbox(
    ctx: typer.Context,
    ticket: Ticket = None,
    state: State = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List the messages that decisions have written, the newest first. Nothing delivers them yet."""
    terminal: Terminal = ctx.obj.told(db)
    with terminal.reading() as desk:

        def job(conn: Connection) -> tuple[int, tuple[OutboxMessage, ...]]:
            ticket_id = None if ticket is None else desk.tickets.find(conn, ticket)
            return desk.db.revision(conn), desk.outbox.list(conn, ticket_id, state=state, limit=limit)

        revision, found = desk.db.read_now(job)
        now, names = desk.time.now(), desk.names
    answer = {
        "as_of": format_instant(now),
        "revision": revision,
        "messages": [_as_json(message) for message in found],
    }
    terminal.answer(as_json, answer, lambda: _text(found, ticket is not None, now, terminal.width, names))


def _as_json(message: OutboxMessage) -> dict[str, object]:
    return {
        "uid": message.uid,
        "decision_uid": message.decision_uid,
        "ticket": message.number,
        "channel": message.channel,
        "to": message.to,
        "name": message.name,
        "text": message.text,
        "not_before": moments.exact(message.not_before),
        "state": message.state,
    }


def _text(found: tuple[OutboxMessage, ...], whole: bool, now: int, width: int | None, names: Names) -> Iterator[str]:
    rows = [
        [
            moments.instant(message.not_before),
            message.state,
            message.number or "",
            whom(message.to, message.name, names),
            (message.text or "").partition("\n")[0].removeprefix("Subject: "),
        ]
        for message in found
    ]
    yield from table(_COLUMNS, rows, width)
    for message in found if whole else ():
        yield ""
        to = clean(whom(message.to, message.name, names))
        yield f"To {to}, {message.state}, not before {moments.instant(message.not_before)}:"
        yield from (f"  {clean(line)}" for line in (message.text or "(erased)").rstrip("\n").split("\n"))
    yield f"{counted(len(found), 'message')}, as of {moments.instant(now)}"
