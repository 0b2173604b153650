"""`explain`: every clock of a ticket with its segments, and the verdict by channel with its rules."""

from __future__ import annotations

from functools import partial

import typer

from console.cli.explain_json import card_as_json
from console.cli.explain_text import card_as_text
from console.cli.options import AsJson, AsOf, Db, Ticket
from console.cli.terminal import Terminal
from console.domain.errors import InternalFault, UserError
from console.domain.instants import format_instant
from console.services.desk import Desk
from console.services.tickets import TicketCard


def explain(ctx: typer.Context, ticket: Ticket, as_of: AsOf = None, as_json: AsJson = False, db: Db = None) -> None:
    """Say why: what each clock has counted and from what to what, and when the ticket may be escalated."""
    terminal: Terminal = ctx.obj.told(db, as_of)
    with terminal.reading() as desk:
        card = read_card(desk, ticket)
        terminal.answer(as_json, card_as_json(card), lambda: card_as_text(card, terminal.width))


def read_card(desk: Desk, number: str) -> TicketCard:
    """The card of a ticket at the present of the desk. Raises UserError ticket_unknown, ticket_not_yet."""
    ticket_id = desk.db.read_now(partial(desk.tickets.find, number=number))
    try:
        return desk.db.read_now(partial(desk.tickets.card, ticket_id=ticket_id))
    except InternalFault as error:
        if error.code != "no_facts":
            raise
        raise UserError("ticket_not_yet", number=number, at=format_instant(desk.time.now())) from error
