"""Changing the severity of several tickets: a dry run as lines, one decision a ticket, and taking all of them back.

Each call does one chunk of the tickets: who calls shows progress and can stop in between. What is done stays done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from console.domain.decisions import Actor, Change
from console.domain.errors import UserError
from console.domain.instants import TimeSource
from console.domain.policy import Pack, Reason
from console.domain.roles import Act, require
from console.domain.rules import ClockKind
from console.domain.severity import UP, direction
from console.domain.spoken import said
from console.services.clock_changes import clock_changes
from console.services.severities.severity import SeverityService, Wish
from console.services.standing import BookOf
from console.store import door, queue_rows
from console.store.database import Connection

CHUNK = 25
"""Tickets of one call: the write lock is held for some tens of milliseconds, and progress is seen."""


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One ticket of a dry run. `refusal` says why its severity would not change; `breached_at_once` are the clocks
    whose new deadline has passed already. `base_revision` is what a decision on it names."""

    ticket_id: int
    number: str
    subject: str
    pack: str
    before: int | None
    to: int
    refusal: UserError | None
    breached_at_once: tuple[ClockKind, ...]
    base_revision: int


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one ticket: the decision that was recorded and its revision, or why there is none."""

    ticket_id: int
    number: str
    decision_uid: str | None
    refusal: UserError | None
    revision: int | None = None


class Undoes(Protocol):
    """Takes one decision back by a new one."""

    def undo(self, conn: Connection, decision_uid: str, actor: Actor) -> Change:
        """Raises UserError where that is not possible any more."""
        ...


class BulkSeverityService:
    """A dry run reads; `change` writes a chunk of tickets in the caller's transaction."""

    def __init__(self, severity: SeverityService, book_of: BookOf, time: TimeSource) -> None:
        self._severity = severity
        self._book_of = book_of
        self._time = time

    def packs(self, conn: Connection, ids: Sequence[int]) -> list[Pack]:
        """The packs that these tickets are served by, each once."""
        book, now = self._book_of(conn), self._time.now()
        codes = dict.fromkeys(row.pack for row in queue_rows.rows(conn, ids))
        return [pack for pack in (book.pack(code, now) for code in codes) if pack is not None]

    def reasons(self, conn: Connection, lines: Iterable[BulkLine]) -> tuple[Reason, ...]:
        """The reasons that these lines can be given, each once. Those that deny one definition are left out: every
        reduced ticket has its own."""
        book, now = self._book_of(conn), self._time.now()
        ways = dict.fromkeys((line.pack, direction(line.before, line.to)) for line in lines if line.before != line.to)
        found: dict[str, Reason] = {}
        for code, way in ways:
            pack = book.pack(code, now)
            offered = () if pack is None else pack.reasons_for("severity_up" if way == UP else "severity_down")
            found |= {reason.code: reason for reason in offered if reason.denies is None}
        return tuple(found.values())

    def dry_run(self, conn: Connection, ids: Sequence[int], wish: Wish, actor: Actor) -> tuple[BulkLine, ...]:
        """What the wish would do to each of these tickets, in their order. Raises UserError role_may_not."""
        require(actor, Act.CHANGE_SEVERITY)
        revision = door.revision(conn)
        found = []
        for row in queue_rows.rows(conn, list(dict.fromkeys(ids))):
            trial = self._severity.trial(conn, row.ticket_id, wish, actor)
            changes = clock_changes(trial.before.clocks, trial.after.clocks)
            found.append(
                BulkLine(
                    ticket_id=row.ticket_id,
                    number=row.number,
                    subject=row.subject,
                    pack=row.pack,
                    before=trial.before.severity,
                    to=wish.to,
                    refusal=trial.refusal,
                    breached_at_once=tuple(each.kind for each in changes if each.breached_at_once),
                    base_revision=revision,
                )
            )
        return tuple(found)

    def change(self, conn: Connection, lines: Sequence[BulkLine], wish: Wish, actor: Actor) -> tuple[BulkResult, ...]:
        """One decision for each line that is not refused. A ticket that somebody changed since its dry run stays as it
        is, and its result says who and what. Raises UserError role_may_not and words_missing."""
        require(actor, Act.CHANGE_SEVERITY)
        if said(wish.words) is None:
            raise UserError("words_missing", field="reason")
        return tuple(self._changed(conn, line, wish, actor) for line in lines)

    def _changed(self, conn: Connection, line: BulkLine, wish: Wish, actor: Actor) -> BulkResult:
        if line.refusal is not None:
            return BulkResult(line.ticket_id, line.number, None, line.refusal)
        try:
            change = self._severity.decide(
                conn, line.ticket_id, wish, actor, base_revision=line.base_revision, placed=False
            )
        except UserError as refusal:
            # Refusals come before anything is written.
            return BulkResult(line.ticket_id, line.number, None, refusal)
        return BulkResult(line.ticket_id, line.number, change.decision_uid, None, change.revision)


def undo_many(conn: Connection, undo: Undoes, done: Sequence[BulkResult], actor: Actor) -> tuple[BulkResult, ...]:
    """Take the decisions of these results back, each by a decision of its own; where something came between, or ten
    minutes have passed, the result says so and the ticket stays."""
    return tuple(_undone(conn, undo, each, actor) for each in done if each.decision_uid is not None)


def _undone(conn: Connection, undo: Undoes, done: BulkResult, actor: Actor) -> BulkResult:
    try:
        change = undo.undo(conn, done.decision_uid or "", actor)
    except UserError as refusal:
        return BulkResult(done.ticket_id, done.number, None, refusal)
    return BulkResult(done.ticket_id, done.number, change.decision_uid, None, change.revision)
