"""`severity`: change the severity of a ticket or of several, or see what a change would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple
from uuid import uuid4

import typer

from console.cli import moments
from console.cli.names import severity_text
from console.cli.options import AsJson, Code, Db, Reason, must_say_why
from console.cli.plain import Column, clean, table
from console.cli.severity_many import change_many, many_as_json, many_as_text
from console.cli.terminal import Terminal
from console.domain.decisions import Change
from console.domain.errors import ConsoleError, UserError
from console.domain.roles import Act, acting
from console.domain.state import ClockPhase
from console.services.clock_changes import ClockChange
from console.services.desk import LANGUAGE, Desk
from console.services.severities.channel_changes import ChannelSide
from console.services.severities.severity import Wish
from console.services.severities.severity_confirmation import Confirmation, customer_messages
from console.services.severities.severity_preview import SeverityPreview
from console.store.database import Connection
from console.words import say

_COLUMNS = (Column("CLOCK"), Column("BEFORE"), Column("AFTER"), Column("NOTE"))

Words = Annotated[
    list[str],
    typer.Argument(metavar="TICKET...", help="One ticket or several by their numbers; without --to the severity last."),
]
To = Annotated[int | None, typer.Option("--to", metavar="N", help="The new severity; 1 is the gravest.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what it would do, and write nothing.")]
ConfirmedBy = Annotated[str, typer.Option(metavar="NAME", help="Who of the customer has confirmed a reduction.")]
Confirmation_ = Annotated[str, typer.Option("--confirmation", metavar="TEXT", help="What they said.")]
InMessage = Annotated[
    int | None,
    typer.Option("--confirmed-in", metavar="K", min=1, help="Or their message that says it: 1 is the latest."),
]


def severity(
    ctx: typer.Context,
    words: Words,
    to: To = None,
    reason: Reason = "",
    code: Code = None,
    dry_run: DryRun = False,
    confirmed_by: ConfirmedBy = "",
    confirmation: Confirmation_ = "",
    confirmed_in: InMessage = None,
    as_json: AsJson = False,
    db: Db = None,
) -> None:
    """Change the severity of tickets, one decision each; says every clock before and after."""
    terminal: Terminal = ctx.obj.told(db)
    numbers, level = _asked(words, to)
    if not dry_run:
        must_say_why(reason)
    if len(numbers) > 1:
        with terminal.writing() as desk:
            told = change_many(desk, numbers, Wish(level, reason, code, bulk_uid=uuid4().hex), dry_run)
        terminal.answer(as_json, many_as_json(told), lambda: many_as_text(told, terminal.width))
        return
    ticket = numbers[0]
    given = _Given(confirmed_by, confirmation, confirmed_in)
    with terminal.writing() as desk:
        seen, change = _decide(desk, ticket, Wish(level, reason, code), given, dry_run)
        names = channel_names(desk, seen)
    terminal.answer(
        as_json, preview_as_json(ticket, seen, change, dry_run), lambda: _text(ticket, seen, change, names, terminal)
    )


def _asked(words: Sequence[str], to: int | None) -> tuple[Sequence[str], int]:
    """The tickets and the severity: `T1 2`, `T1 --to 2`, `T1 T2 T3 --to 2`."""
    if to is not None:
        return words, to
    if len(words) < 2:
        raise UserError("severity_missing")
    if len(words) > 2 or not words[-1].isdecimal():
        expected = "a severity such as 2 behind one ticket; several tickets need --to N"
        raise UserError("option_invalid", option="TICKET... N", found=words[-1], expected=expected)
    return words[:-1], int(words[-1])


class _Given(NamedTuple):
    """The customer's confirmation as it was given on the command line."""

    who: str
    words: str
    message: int | None

    def confirmation(self, desk: Desk, conn: Connection, ticket_id: int) -> Confirmation | None:
        """What is attached. Raises UserError confirmation_message_unknown."""
        if self.message is None:
            return Confirmation(None, self.who, self.words) if self.who or self.words else None
        card = desk.tickets.card(conn, ticket_id)
        found = customer_messages(card.facts, card.state.as_of)
        if self.message > len(found):
            raise UserError("confirmation_message_unknown", message=f"No. {self.message} from the end")
        return Confirmation(found[self.message - 1].uid)


def _decide(desk: Desk, number: str, wish: Wish, given: _Given, dry_run: bool) -> tuple[SeverityPreview, Change | None]:
    """Preview and change in one transaction: what is shown is what was decided on."""
    actor = acting(desk.actor, Act.CHANGE_SEVERITY)

    def job(conn: Connection) -> tuple[SeverityPreview, Change | None]:
        ticket_id = desk.tickets.find(conn, number)
        confirmed = replace(wish, confirmation=given.confirmation(desk, conn, ticket_id))
        seen = desk.severity.preview(conn, ticket_id, wish.to, actor, confirmation=confirmed.confirmation)
        if dry_run:
            return seen, None
        return seen, desk.severity.decide(conn, ticket_id, confirmed, actor, base_revision=seen.base_revision)

    return desk.db.read_now(job) if dry_run else desk.db.write_now(job)


def preview_as_json(number: str, seen: SeverityPreview, change: Change | None, dry_run: bool) -> dict[str, object]:
    """The answer of `severity --json` for one ticket."""
    place = seen.queue_position
    return {
        "ticket": number,
        "from": seen.before.severity,
        "to": seen.to,
        "dry_run": dry_run,
        "revision": None if change is None else change.revision,
        "decision_uid": None if change is None else change.decision_uid,
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
        "channels": [
            {"channel": each.channel, "before": _channel_as_json(each.before), "after": _channel_as_json(each.after)}
            for each in seen.channels
        ],
        "queue_position": None if place is None else {"before": place.before, "after": place.after},
        "ends_escalation": seen.ends_escalation,
    }


def _channel_as_json(side: ChannelSide) -> dict[str, object]:
    return {"available": side.available, "available_at": moments.exact(side.available_at)}


def side_as_json(phase: ClockPhase | None, due: int | None) -> dict[str, object] | None:
    """A clock before or after; null where it does not exist."""
    return None if phase is None else {"state": phase.value, "due_at": moments.exact(due)}


def channel_names(desk: Desk, seen: SeverityPreview) -> Mapping[str, str]:
    """The channels in the words of the ticket's pack."""
    pack = desk.db.read_now(desk.db.book).pack(seen.before.pack, seen.before.as_of)
    return {} if pack is None else {each.code: each.name.say(LANGUAGE) for each in pack.channels}


def _text(
    number: str, seen: SeverityPreview, change: Change | None, names: Mapping[str, str], terminal: Terminal
) -> Iterator[str]:
    yield clean(f"{number}: severity {severity_text(seen.before.severity)} -> {seen.to}")
    if seen.lines:
        yield from table(_COLUMNS, [_cells(line) for line in seen.lines], terminal.width)
    for each in seen.becomes_escalatable:
        name = clean(names.get(each.channel, each.channel))
        yield f"Escalation by {name}: {_channel_text(each.before)} -> {_channel_text(each.after)}"
    if seen.ends_escalation:
        yield "The open escalation ends: this severity is an outage."
    if seen.queue_position is not None:
        yield f"Place in the queue: {seen.queue_position.before} -> {seen.queue_position.after}"
    if seen.refusal is not None:
        yield f"Would be refused: {clean(say(refused(seen)))}"
    elif change is None:
        yield "Nothing was written."
    else:
        yield f"Written as revision {change.revision}."
        yield f"main.py undo {change.decision_uid} takes it back for ten minutes."


def _channel_text(side: ChannelSide) -> str:
    if side.available:
        return "open"
    return "not available" if side.available_at is None else f"from {moments.instant(side.available_at)}"


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
