"""`queue`: the tickets of a queue, those with the least time left first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated

import typer

from console.cli import moments
from console.cli.names import plan_name, severity_text, status_name
from console.cli.options import AsJson, AsOf, Db
from console.cli.plain import Column, table
from console.cli.terminal import Terminal
from console.domain.instants import SECOND
from console.services.desk import Desk, Names
from console.services.queues import QueueLine, QueuePage, line_as_json

SHOWN = 50
_COLUMNS = (
    Column("LEFT", right=True),
    Column("DUE"),
    Column("CLOCK"),
    Column("SEV"),
    Column("NUMBER"),
    Column("STATUS", elastic=True),
    Column("PLAN"),
    Column("CUSTOMER", elastic=True),
    Column("OWNER", elastic=True),
    Column("SUBJECT", elastic=True),
)

Name = Annotated[
    str,
    typer.Option(
        "--queue",
        metavar="NAME",
        help="open, decide, overdue, under_15m, under_1h, under_4h, later, parked, paused, no_clock, closed,"
        " group:NAME, plan:PACK/CODE or status:CODE.",
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(min=0, metavar="N", help=f"At most so many rows. Without it: {SHOWN} as text, all in JSON."),
]


def queue(
    ctx: typer.Context,
    name: Name = "open",
    limit: Limit = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Show a queue: overdue first, paused tickets last."""
    terminal: Terminal = ctx.obj.told(db, as_of)
    instant = terminal.instant()
    shown = limit if limit is not None or as_json else SHOWN
    with terminal.reading() as desk:
        page = desk.db.read_now(partial(desk.queues.page, queue=name, limit=shown, as_of=instant))
        terminal.answer(as_json, page_as_json(page), lambda: _text(page, desk, instant, terminal.width))


def page_as_json(page: QueuePage) -> dict[str, object]:
    """The answer of `queue --json`."""
    return {
        "as_of": moments.exact(page.as_of),
        "revision": page.revision,
        "total": page.total,
        "rows": [line_as_json(line) for line in page.lines],
    }


def _text(page: QueuePage, desk: Desk, as_of: int | None, width: int | None) -> Iterator[str]:
    yield from table(_COLUMNS, [_cells(line, desk.names) for line in page.lines], width)
    yield f"{len(page.lines)} of {page.total} in {page.queue}, as of {moments.instant(page.as_of)}"
    if page.queue == "open" and page.total == 0:
        closed = desk.db.read_now(partial(desk.queues.page, queue="closed", limit=0, as_of=as_of)).total
        yield _why_empty(closed)


def _why_empty(closed: int) -> str:
    if closed == 0:
        return "There are no tickets."
    return f"No ticket is open; closed: {closed}, see --queue closed."


def _cells(line: QueueLine, names: Names) -> list[str]:
    row = line.row
    left = line.work_left_seconds if row.paused else line.left_seconds
    text = "" if left is None else moments.span(left * SECOND)
    return [
        f"paused {text}" if row.paused else text,
        moments.instant(line.due_at),
        "" if row.clock is None else row.clock.replace("_", " "),
        severity_text(row.severity),
        row.number,
        status_name(names, row.pack, row.status),
        plan_name(names, row.pack, row.plan),
        row.customer,
        row.owner or "",
        row.subject,
    ]
