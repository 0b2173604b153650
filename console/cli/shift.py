"""`shift show | take | hand-over | list`: who is on duty, and the desk at the take-over beside the desk now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated

import typer

from console.cli import moments
from console.cli.options import AsJson, AsOf, Db
from console.cli.persons import person_named
from console.cli.plain import Column, clean, counted, table
from console.cli.terminal import Terminal
from console.domain.decisions import Change
from console.domain.queues import QUEUES
from console.domain.roles import Act, acting
from console.services.desk import Desk
from console.services.desk_state import DeskState, state_as_evidence
from console.services.shifts import Shift
from console.store.database import Connection

_DESK = (Column("QUEUE"), Column("TAKEN", right=True), Column("NOW", right=True))
_SHIFTS = (
    Column("SINCE"),
    Column("UNTIL"),
    Column("ON DUTY", elastic=True),
    Column("HANDED OVER TO", elastic=True),
    Column("PEOPLE", right=True),
    Column("ID"),
)

With = Annotated[
    list[str] | None, typer.Option("--with", metavar="NAME", help="Somebody who works on the shift; may be repeated.")
]
To = Annotated[str, typer.Argument(metavar="NAME", help="Who takes over.")]
Note = Annotated[str, typer.Option(metavar="TEXT", help="A note that stands with it.")]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="The newest so many.")]


def show(ctx: typer.Context, as_of: AsOf = None, as_json: AsJson = False, db: Db = None) -> None:
    """Show who is on duty, with whom, and the desk at the take-over and now."""
    terminal: Terminal = ctx.obj.told(db, as_of)
    with terminal.reading() as desk:
        shift = desk.db.read_now(desk.shifts.latest)
        now = desk.db.read_now(desk.shifts.state_of_desk) if desk.shifts.as_of is None else None
    answer = {
        "on_duty": None if shift is None or shift.until is not None else shift.actor,
        "shift": None if shift is None else shift_as_json(shift),
        "now": None if now is None else state_as_json(now),
    }
    terminal.answer(as_json, answer, lambda: _text(shift, now, terminal.width))


def take(ctx: typer.Context, on_shift: With = None, note: Note = "", as_json: AsJson = False, db: Db = None) -> None:
    """Take over: be on duty from now on. A shift that runs ends."""
    terminal: Terminal = ctx.obj.told(db)
    with terminal.writing() as desk:

        def job(conn: Connection) -> Change:
            people = [person_named(desk, conn, "--with", name) for name in on_shift or ()]
            return desk.shifts.take(conn, acting(desk.actor, Act.TAKE_SHIFT), people, note)

        _say(terminal, desk, desk.db.write_now(job), as_json)


def hand_over(ctx: typer.Context, to: To, note: Note = "", as_json: AsJson = False, db: Db = None) -> None:
    """Hand over: the shift ends, the one named takes over next."""
    terminal: Terminal = ctx.obj.told(db)
    with terminal.writing() as desk:

        def job(conn: Connection) -> Change:
            return desk.shifts.hand_over(conn, acting(desk.actor, Act.TAKE_SHIFT), to, note, seen=None)

        _say(terminal, desk, desk.db.write_now(job), as_json)


def list_(ctx: typer.Context, limit: Limit = 20, as_of: AsOf = None, as_json: AsJson = False, db: Db = None) -> None:
    """List shifts, the newest first; journal --shift ID lists what was decided in one."""
    terminal: Terminal = ctx.obj.told(db, as_of)
    with terminal.reading() as desk:
        found = desk.db.read_now(partial(desk.shifts.list, limit=limit))
    rows = [_row(shift) for shift in found]
    terminal.answer(
        as_json,
        {"shifts": [shift_as_json(shift) for shift in found]},
        lambda: [*table(_SHIFTS, rows, terminal.width), counted(len(found), "shift")],
    )


def shift_as_json(shift: Shift) -> dict[str, object]:
    """One shift; what was kept of the desk as tables, null where nothing was."""
    return {
        "id": shift.uid,
        "on_duty": shift.actor,
        "role": shift.role,
        "since": moments.exact(shift.since),
        "until": moments.exact(shift.until),
        "handed_to": shift.handed_to,
        "note": shift.words,
        "handover_note": shift.handed_words,
        "people": [each.name or None for each in shift.people],
        "taken": None if shift.state_taken is None else state_as_json(shift.state_taken),
        "handed_over": None if shift.state_handed is None else state_as_json(shift.state_handed),
    }


def state_as_json(state: DeskState) -> dict[str, object]:
    """The desk at an instant; instants as ISO 8601, whole seconds where that is all there is."""
    kept = state_as_evidence(state)
    return kept | {
        "as_of": moments.exact(state.as_of),
        "counts": {code: state.counts[code] for code in QUEUES if code in state.counts},
        "escalations": [
            {
                "number": each.number,
                "level": each.level,
                "state": each.state,
                "requested_at": moments.exact(each.requested_at),
            }
            for each in state.escalations
        ],
        "at_risk": [
            {"number": each.number, "severity": each.severity, "due_at": moments.exact(each.due_s * 1_000_000)}
            for each in state.at_risk
        ],
        "quotas": [{"customer": each.customer, "plan": each.plan, "left": each.left} for each in state.quotas],
    }


def _say(terminal: Terminal, desk: Desk, change: Change, as_json: bool) -> None:
    shift = desk.db.read_now(desk.shifts.latest)
    answer = {"revision": change.revision, "shift": None if shift is None else shift_as_json(shift)}
    terminal.answer(as_json, answer, lambda: [_who(shift), f"Written as revision {change.revision}."])


def _text(shift: Shift | None, now: DeskState | None, width: int | None) -> Iterator[str]:
    yield _who(shift)
    if shift is not None and shift.people and shift.until is None:
        yield f"On shift: {clean(', '.join(each.name or '(erased)' for each in shift.people))}"
    running = shift is not None and shift.until is None
    then = shift.state_taken if shift is not None and running else None
    shown = now or then
    if shown is None:
        return
    rows = [
        [
            code.replace("_", " "),
            "" if then is None else str(then.counts.get(code, "")),
            "" if now is None else str(number),
        ]
        for code, number in shown.counts.items()
    ]
    yield from table(_DESK, rows, width)
    for each in shown.escalations:
        age = moments.span(shown.as_of - each.requested_at)
        yield clean(f"Escalation {each.number}: level {each.level}, {each.state.replace('_', ' ')} for {age}")
    for used in shown.quotas:
        yield clean(f"Incidents used up: {used.customer}, {used.left} left")


def _who(shift: Shift | None) -> str:
    if shift is None:
        return "Nobody is on duty: no shift was taken yet."
    if shift.until is None:
        note = f" {shift.words}" if shift.words else ""
        return clean(f"On duty: {shift.actor}, since {moments.instant(shift.since)}.{note}")
    to = f" to {shift.handed_to}" if shift.handed_to else ""
    note = f" {shift.handed_words}" if shift.handed_words else ""
    return clean(f"Nobody is on duty: {shift.actor} handed over{to} at {moments.instant(shift.until)}.{note}")


def _row(shift: Shift) -> list[str]:
    return [
        moments.instant(shift.since),
        moments.instant(shift.until),
        shift.actor,
        shift.handed_to or "",
        str(len(shift.people)),
        shift.uid,
    ]
