"""`undo`: takes a decision back for ten minutes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from console.cli import moments
from console.cli.options import AsJson, Db, Reason
from console.cli.plain import Column, clean, counted, table
from console.cli.severity import side_as_json, side_text
from console.cli.terminal import Terminal
from console.domain.decisions import Change
from console.domain.roles import acting
from console.domain.undo import act_of
from console.services.clock_changes import ClockChange
from console.services.undo import UndoPreview
from console.store.database import Connection
from console.words import say

_COLUMNS = (Column("CLOCK"), Column("NOW"), Column("UNDONE"))

Decision = Annotated[
    str,
    typer.Argument(metavar="DECISION", help="The decision: its number in the journal, or its id or how that begins."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what it would do, and write nothing.")]


def undo(
    ctx: typer.Context,
    decision: Decision,
    reason: Reason = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Undo a decision within ten minutes: a new decision that voids its facts and holds its messages back."""
    terminal: Terminal = ctx.obj.told(db)
    with terminal.writing() as desk:

        def job(conn: Connection) -> tuple[UndoPreview, Change | None]:
            entry = desk.undo.find(conn, decision)
            actor = acting(desk.actor, act_of(entry.kind))
            seen = desk.undo.preview(conn, entry.uid, actor)
            return seen, None if dry_run else desk.undo.undo(conn, entry.uid, actor, reason)

        seen, change = desk.db.read_now(job) if dry_run else desk.db.write_now(job)
    answer = {
        "decision_uid": seen.entry.uid,
        "kind": seen.entry.kind,
        "dry_run": dry_run,
        "revision": None if change is None else change.revision,
        "undone_by": None if change is None else change.decision_uid,
        "refusal": None if seen.refusal is None else seen.refusal.code,
        "until": moments.exact(seen.until),
        "clocks": [_line_as_json(line) for line in seen.lines],
        "messages_held_back": len(seen.held_back),
    }
    terminal.answer(as_json, answer, lambda: _text(seen, change, terminal))


def _line_as_json(line: ClockChange) -> dict[str, object]:
    return {
        "kind": line.kind.value,
        "cycle": line.cycle,
        "before": side_as_json(line.before_phase, line.before_due),
        "after": side_as_json(line.after_phase, line.after_due),
    }


def _text(seen: UndoPreview, change: Change | None, terminal: Terminal) -> Iterator[str]:
    rows = [
        [
            line.kind.value.replace("_", " "),
            side_text(line.before_phase, line.before_due),
            side_text(line.after_phase, line.after_due),
        ]
        for line in seen.lines
    ]
    yield from table(_COLUMNS, rows, terminal.width)
    what = seen.entry.kind.replace("_", " ")
    held = counted(len(seen.held_back), "message")
    if change is not None:
        yield f"Undone: {clean(what)}, written as revision {change.revision}; {held} held back."
    elif seen.refusal is not None:
        yield f"Would be refused: {clean(say(seen.refusal))}"
    else:
        yield f"{clean(what)}: can be undone until {moments.instant(seen.until)}; {held} would be held back."
