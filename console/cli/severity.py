"""`severity`: change a severity, or see what a change would do to every clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from console.cli import moments
from console.cli.names import severity_text
from console.cli.options import AsJson, Code, Db, Reason, Ticket, must_say_why
from console.cli.plain import Column, clean, table
from console.cli.terminal import Terminal
from console.domain.decisions import Change
from console.domain.errors import ConsoleError, UserError
from console.domain.state import ClockPhase
from console.services.clock_changes import ClockChange
from console.services.desk import Desk
from console.services.severity import SeverityPreview
from console.store.database import Connection
from console.words import say

_COLUMNS = (Column("CLOCK"), Column("BEFORE"), Column("AFTER"), Column("NOTE"))

Level = Annotated[int, typer.Argument(metavar="N", help="The new severity; 1 is the gravest.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what it would do, and write nothing.")]
Confirmed = Annotated[bool, typer.Option("--confirmed", help="The customer has confirmed the change.")]


def severity(
    ctx: typer.Context,
    ticket: Ticket,
    to: Level,
    reason: Reason = "",
    code: Code = None,
    dry_run: DryRun = False,
    confirmed: Confirmed = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Change the severity of a ticket; says every clock before and after."""
    terminal: Terminal = ctx.obj.told(db)
    if not dry_run:
        must_say_why(reason)
    with terminal.writing() as desk:
        seen, change = _decide(desk, ticket, to, reason, code, confirmed, dry_run)
    terminal.answer(
        as_json, preview_as_json(ticket, seen, change, dry_run), lambda: _text(ticket, seen, change, terminal.width)
    )


def _decide(
    desk: Desk, number: str, to: int, words: str, code: str | None, confirmed: bool, dry_run: bool
) -> tuple[SeverityPreview, Change | None]:
    """Preview and change in one transaction: what is shown is what was decided on."""

    def job(conn: Connection) -> tuple[SeverityPreview, Change | None]:
        ticket_id = desk.tickets.find(conn, number)
        seen = desk.severity.preview(conn, ticket_id, to, desk.actor, customer_confirmed=confirmed)
        if dry_run:
            return seen, None
        change = desk.severity.change(
            conn,
            ticket_id,
            to,
            desk.actor,
            base_revision=seen.base_revision,
            words=words,
            reason_code=code,
            customer_confirmed=confirmed,
        )
        return seen, change

    return desk.db.read_now(job) if dry_run else desk.db.write_now(job)


def preview_as_json(number: str, seen: SeverityPreview, change: Change | None, dry_run: bool) -> dict[str, object]:
    """The answer of `severity --json`."""
    return {
        "ticket": number,
        "from": seen.before.severity,
        "to": seen.to,
        "dry_run": dry_run,
        "revision": None if change is None else change.revision,
        "refusal": seen.refusal,
        "clocks": [
            {
                "kind": line.kind.value,
                "cycle": line.cycle,
                "before": side_as_json(line.before_phase, line.before_due),
                "after": side_as_json(line.after_phase, line.after_due),
                "breached_at_once": line.breached_at_once,
            }
            for line in seen.lines
        ],
    }


def side_as_json(phase: ClockPhase | None, due: int | None) -> dict[str, object] | None:
    """A clock before or after; null where it does not exist."""
    return None if phase is None else {"state": phase.value, "due_at": moments.exact(due)}


def _text(number: str, seen: SeverityPreview, change: Change | None, width: int | None) -> Iterator[str]:
    yield clean(f"{number}: severity {severity_text(seen.before.severity)} -> {seen.to}")
    if seen.lines:
        yield from table(_COLUMNS, [_cells(line) for line in seen.lines], width)
    if seen.refusal is not None:
        yield f"Would be refused: {clean(say(refused(seen)))}"
    elif change is None:
        yield "Nothing was written."
    else:
        yield f"Written as revision {change.revision}."


def refused(seen: SeverityPreview) -> ConsoleError:
    """The refusal of a preview as the error that a change would raise."""
    return UserError(seen.refusal or "", severity=seen.to, before=seen.before.severity)


def _cells(line: ClockChange) -> list[str]:
    cycle = f" {line.cycle + 1}" if line.cycle else ""
    note = "breached at once" if line.breached_at_once else "" if line.changes else "does not move"
    return [
        line.kind.value.replace("_", " ") + cycle,
        side_text(line.before_phase, line.before_due),
        side_text(line.after_phase, line.after_due),
        note,
    ]


def side_text(phase: ClockPhase | None, due: int | None) -> str:
    """The same in words."""
    if phase is None:
        return "-"
    return phase.value if due is None else f"{phase.value}, due {moments.instant(due)}"
