"""`erase`: blank words and names of people on request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

import typer

from console.cli import moments
from console.cli.options import AsJson, Db, must_say_why
from console.cli.plain import Column, counted, table
from console.cli.terminal import Terminal
from console.domain.decisions import Change
from console.domain.errors import UserError
from console.domain.records import KeptText
from console.domain.roles import Act, acting
from console.services.desk import Desk
from console.store.database import Connection

_COLUMNS = (Column("TEXT", right=True), Column("AT"), Column("WHAT"), Column("WHOSE"), Column("WORDS", elastic=True))

Texts = Annotated[list[int] | None, typer.Argument(metavar="TEXT...", help="The numbers of the texts to erase.")]
OfTicket = Annotated[str | None, typer.Option("--ticket", metavar="TICKET", help="Texts of this ticket.")]
OfDecision = Annotated[
    str | None,
    typer.Option("--decision", metavar="ID", help="Texts of this decision: its number in the journal, or its id."),
]
OfPerson = Annotated[
    str | None, typer.Option("--person", metavar="NAME", help="The name of this person, and words that say it.")
]
OfCustomer = Annotated[
    str | None, typer.Option("--customer", metavar="CUSTOMER", help="The name of this customer, and words that say it.")
]
All = Annotated[bool, typer.Option("--all", help="All of them.")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why. It stays: repeat nothing of what goes.")]


class _Whose(NamedTuple):
    """Whose words are meant: one of these is given."""

    ticket: str | None
    decision: str | None
    person: str | None
    customer: str | None


class _Found(NamedTuple):
    """The texts that are meant, and what the entry of the journal is about."""

    texts: tuple[KeptText, ...]
    ticket_id: int | None = None
    decision_uid: str | None = None
    address: str | None = None


def erase(
    ctx: typer.Context,
    texts: Texts = None,
    ticket: OfTicket = None,
    decision: OfDecision = None,
    person: OfPerson = None,
    customer: OfCustomer = None,
    everything: All = False,
    reason: Why = "",
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Erase words of a ticket or a decision, or a name, for good. Without numbers or --all it lists and erases none."""
    terminal: Terminal = ctx.obj.told(db)
    whose = _Whose(ticket, decision, person, customer)
    if sum(each is not None for each in whose) != 1:
        given = [f"--{option}" for option, value in whose._asdict().items() if value is not None]
        expected = "one of --ticket, --decision, --person and --customer"
        raise UserError("option_invalid", option="--ticket", found=", ".join(given) or "none", expected=expected)
    if not texts and not everything:
        with terminal.unchanged() as desk:
            found = desk.db.read_now(lambda conn: _found(conn, desk, whose).texts)
        terminal.answer(as_json, _as_json(found, None), lambda: _listed(found, terminal.width))
        return
    must_say_why(reason)
    with terminal.writing() as desk:
        actor = acting(desk.actor, Act.ERASE)

        def job(conn: Connection) -> tuple[tuple[KeptText, ...], Change]:
            known = _found(conn, desk, whose)
            chosen = known.texts if everything else desk.erasing.chosen(known.texts, texts or ())
            change = desk.erasing.erase(
                conn,
                chosen,
                actor,
                words=reason,
                ticket_id=known.ticket_id,
                decision_uid=known.decision_uid,
                of=known.address,
            )
            return tuple(each._replace(body=None) for each in chosen if each.body is not None), change

        gone, change = desk.db.write_now(job)
    terminal.answer(as_json, _as_json(gone, change), lambda: _erased(gone))


def _found(conn: Connection, desk: Desk, whose: _Whose) -> _Found:
    erasing = desk.erasing
    if whose.ticket is not None:
        ticket_id = desk.tickets.find(conn, whose.ticket)
        return _Found(erasing.of_ticket(conn, ticket_id), ticket_id=ticket_id)
    if whose.decision is not None:
        entry = desk.journal.named(conn, whose.decision)
        return _Found(erasing.of_decision(conn, entry.uid), ticket_id=entry.ticket_id, decision_uid=entry.uid)
    person = whose.person
    to = erasing.customer(conn, whose.customer or "") if person is None else erasing.person(conn, person)
    return _Found(erasing.naming(conn, to), address=to)


def _as_json(found: Sequence[KeptText], change: Change | None) -> dict[str, object]:
    return {
        "texts": [
            {
                "text": each.id,
                "what": each.what,
                "at": moments.exact(each.at),
                "whose": each.who,
                "words": each.body,
                "sha256": each.sha256,
            }
            for each in found
        ],
        "erased": change is not None,
        "revision": None if change is None else change.revision,
        "decision_uid": None if change is None else change.decision_uid,
    }


def _listed(found: Sequence[KeptText], width: int | None) -> Iterator[str]:
    if found:
        rows = [
            [
                str(each.id),
                moments.instant(each.at),
                each.what,
                each.who or "",
                each.body or "(erased)",
            ]
            for each in found
        ]
        yield from table(_COLUMNS, rows, width)
    yield f"{counted(len(found), 'text')}. Nothing was erased: name the numbers, or --all, and --reason."


def _erased(gone: Sequence[KeptText]) -> Iterator[str]:
    yield f"{counted(len(gone), 'text')} erased. The journal keeps that it was done, and by whom."
    yield "Copies of the database that were made before still have the words."
