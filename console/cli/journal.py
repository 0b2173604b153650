"""`journal`: what was decided here, by whom and in which role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from console.cli import moments
from console.cli.options import AsJson, Db
from console.cli.plain import Column, counted, table
from console.cli.terminal import Terminal
from console.domain.records import JournalFilter
from console.services import upkeep
from console.services.journal import JournalLine
from console.store.database import Connection

_COLUMNS = (
    Column("ENTRY", right=True),
    Column("AT"),
    Column("WHAT"),
    Column("TICKET"),
    Column("WHO"),
    Column("ROLE"),
    Column("REASON"),
    Column("WORDS", elastic=True),
)

Kinds = Annotated[list[str] | None, typer.Option("--kind", metavar="KIND", help="Only this kind; may be repeated.")]
Actors = Annotated[list[str] | None, typer.Option("--actor", metavar="NAME", help="Only of this person; repeatable.")]
OfTicket = Annotated[str | None, typer.Option("--ticket", metavar="TICKET", help="Only of this ticket.")]
Since = Annotated[str | None, typer.Option(metavar="INSTANT", help="From this instant on.")]
Until = Annotated[str | None, typer.Option(metavar="INSTANT", help="Before this instant.")]
OfShift = Annotated[str | None, typer.Option("--shift", metavar="ID", help="Only of this shift.")]
AnchorTo = Annotated[
    Path | None,
    typer.Option("--anchor-to", metavar="FILE", help="Write the end of the journal into FILE, for verify --anchor."),
]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="The newest so many.")]


def journal(
    ctx: typer.Context,
    kind: Kinds = None,
    actor: Actors = None,
    ticket: OfTicket = None,
    since: Since = None,
    until: Until = None,
    shift: OfShift = None,
    limit: Limit = 100,
    anchor_to: AnchorTo = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """List what was decided, the oldest first; without more the newest 100 entries."""
    terminal: Terminal = ctx.obj.told(db)
    wanted = JournalFilter(
        kinds=tuple(kind or ()),
        actors=tuple(actor or ()),
        since=None if since is None else moments.read_instant("--since", since),
        until=None if until is None else moments.read_instant("--until", until),
        shift_uid=shift,
        limit=limit,
        newest_first=True,
    )
    with terminal.unchanged() as desk:

        def job(conn: Connection) -> tuple[JournalLine, ...]:
            ticket_id = None if ticket is None else desk.tickets.find(conn, ticket)
            return desk.journal.find(conn, wanted._replace(ticket_id=ticket_id))

        found = tuple(reversed(desk.db.read_now(job)))
        if anchor_to is not None:
            upkeep.write_anchor(desk, anchor_to)
    terminal.answer(
        as_json, {"entries": [line_as_json(each) for each in found]}, lambda: _text(found, limit, terminal.width)
    )


def line_as_json(line: JournalLine) -> dict[str, object]:
    """All that the journal keeps of an entry. `words` is null where there were none, or they were erased."""
    entry = line.entry
    return {
        **entry._asdict(),
        "at": moments.exact(entry.at),
        "ticket": line.number,
        "erased": entry.erased,
    }


def _text(found: tuple[JournalLine, ...], limit: int, width: int | None) -> Iterator[str]:
    if found:
        yield from table(_COLUMNS, [_cells(each) for each in found], width)
    yield counted(len(found), "entry").replace("entrys", "entries")
    if len(found) == limit:
        yield "There may be older ones: --limit N shows more."


def _cells(line: JournalLine) -> list[str]:
    entry = line.entry
    return [
        str(entry.seq),
        moments.instant(entry.at),
        entry.kind.replace("_", " "),
        line.number or "",
        entry.actor,
        entry.role.replace("_", " "),
        entry.reason_code or "",
        "(erased)" if entry.erased else entry.words or "",
    ]
