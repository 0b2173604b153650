"""`explain`: clocks of a ticket with their segments, the verdict by channel with its rules, and what was decided."""

from __future__ import annotations

from functools import partial
from itertools import chain

import typer

from console.cli.explain_json import card_as_json, decision_as_json
from console.cli.explain_text import card_as_text, decisions_as_text
from console.cli.options import AsJson, AsOf, Db, Ticket
from console.cli.terminal import Terminal
from console.domain.decisions import JournalEntry
from console.domain.errors import InternalFault, UserError
from console.domain.instants import format_instant
from console.services.desk import Desk
from console.services.tickets import TicketCard
from console.store.database import Connection


def explain(ctx: typer.Context, ticket: Ticket, as_of: AsOf = None, as_json: AsJson = False, db: Db = None) -> None:
    """Say why: what each clock has counted and from what to what, when it may be escalated, and what was decided."""
    terminal: Terminal = ctx.obj.told(db, as_of)
    with terminal.reading() as desk:
        card, decisions = desk.db.read_now(partial(_read, desk=desk, number=ticket))
    answer = {**card_as_json(card), "decisions": [decision_as_json(each) for each in decisions]}
    terminal.answer(
        as_json,
        answer,
        lambda: chain(card_as_text(card, terminal.width), decisions_as_text(decisions, card.pack, terminal.width)),
    )


def _read(conn: Connection, desk: Desk, number: str) -> tuple[TicketCard, tuple[JournalEntry, ...]]:
    """The card of a ticket at the present of the desk, and what was decided until then. Raises UserError
    ticket_unknown, ticket_not_yet."""
    ticket_id = desk.tickets.find(conn, number)
    try:
        card = desk.tickets.card(conn, ticket_id)
    except InternalFault as error:
        if error.code != "no_facts":
            raise
        raise UserError("ticket_not_yet", number=number, at=format_instant(desk.time.now())) from error
    return card, desk.tickets.decisions(conn, ticket_id, card.state.as_of)
