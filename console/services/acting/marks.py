"""Personal marks: pins, reminders, and what changed since somebody looked. They are nobody else's, and no decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.domain.compile import CompiledBook
from console.domain.decisions import Actor
from console.domain.errors import UserError
from console.domain.fact_line import FactLine
from console.domain.instants import FURTHEST, TimeSource, format_instant
from console.domain.records import LOOKED, PIN, REMIND, Mark
from console.services.clock_changes import ClockChange, clock_changes
from console.services.standing import as_it_was_seen
from console.services.tickets import TicketCard
from console.store import door, marks
from console.store.database import Connection
from console.store.fact_lines import fact_lines


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to be reminded of at an instant (microseconds UTC), with words or without."""

    ticket_id: int
    at: int
    words: str | None


@dataclass(frozen=True, slots=True)
class Looked:
    """The instant (microseconds UTC) at which somebody saw a ticket, and the revision that was on screen."""

    at: int
    revision: int


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a person: the tickets that are pinned, reminders by their instant, and when each was looked at."""

    pinned: frozenset[int] = frozenset()
    reminders: tuple[Reminder, ...] = ()
    looked: Mapping[int, Looked] | None = None

    def reminder(self, ticket_id: int) -> Reminder | None:
        """The reminder of a ticket."""
        return next((each for each in self.reminders if each.ticket_id == ticket_id), None)

    def due(self, now: int) -> tuple[Reminder, ...]:
        """The reminders whose instant has come, the oldest first."""
        return tuple(each for each in self.reminders if each.at <= now)


@dataclass(frozen=True, slots=True)
class SinceLooked:
    """What is new on a ticket since it was looked at: facts by others than oneself, and clocks that moved."""

    looked: Looked
    facts: tuple[FactLine, ...]
    clocks: tuple[ClockChange, ...]


BookThen = Callable[[Connection, int], CompiledBook]


class MarkService:
    """Reads and writes the marks of one actor at a time. Viewers may mark too: it concerns nobody else."""

    def __init__(self, book_then: BookThen, time: TimeSource) -> None:
        self._book_then = book_then
        self._time = time

    def of(self, conn: Connection, actor: Actor) -> Marks:
        """All marks of the actor."""
        found = marks.marks_of(conn, actor.name)
        reminders = [Reminder(mark.ticket_id, mark.at, mark.words) for mark in found if mark.kind == REMIND]
        return Marks(
            pinned=frozenset(mark.ticket_id for mark in found if mark.kind == PIN),
            reminders=tuple(sorted(reminders, key=lambda each: (each.at, each.ticket_id))),
            looked={mark.ticket_id: Looked(mark.at, mark.revision) for mark in found if mark.kind == LOOKED},
        )

    def pin(self, conn: Connection, ticket_id: int, actor: Actor) -> None:
        """Pin a ticket."""
        self._set(conn, Mark(actor.name, ticket_id, PIN, self._time.now(), door.revision(conn)))

    def unpin(self, conn: Connection, ticket_id: int, actor: Actor) -> None:
        """Take the pin off, if there is one."""
        marks.clear_mark(conn, actor.name, ticket_id, PIN, self._time.now())

    def remind(self, conn: Connection, ticket_id: int, actor: Actor, at: int, words: str | None) -> None:
        """Remind of a ticket at an instant (microseconds UTC). Raises UserError remind_past for one that has come,
        too_far_ahead."""
        if at <= self._time.now():
            raise UserError("remind_past", field="remind at", given=format_instant(at))
        if at > self._time.now() + FURTHEST:
            raise UserError("too_far_ahead", field="remind at")
        self._set(conn, Mark(actor.name, ticket_id, REMIND, at, door.revision(conn), (words or "").strip() or None))

    def forget(self, conn: Connection, ticket_id: int, actor: Actor) -> None:
        """Take the reminder off, if there is one: it was heard, or is not wanted any more."""
        marks.clear_mark(conn, actor.name, ticket_id, REMIND, self._time.now())

    def looked(self, conn: Connection, ticket_id: int, actor: Actor, seen: Looked) -> None:
        """Note that the actor has seen the ticket as it stood then."""
        self._set(conn, Mark(actor.name, ticket_id, LOOKED, seen.at, seen.revision))

    def since(self, conn: Connection, card: TicketCard, actor: Actor, looked: Looked) -> SinceLooked | None:
        """What has changed on a card since it was looked at; none where nothing has."""
        ticket_id = card.identity.ticket_id
        new = tuple(
            line
            for line in fact_lines(conn, ticket_id)
            if looked.revision < line.revision <= card.base_revision and not _own(line, actor)
        )
        then = as_it_was_seen(conn, self._book_then, ticket_id, looked.revision, looked.at)
        moved = tuple(line for line in clock_changes(then.clocks, card.state.clocks) if line.changes)
        return SinceLooked(looked, new, moved) if new or moved else None

    def _set(self, conn: Connection, mark: Mark) -> None:
        marks.set_mark(conn, mark, self._time.now())


def _own(line: FactLine, actor: Actor) -> bool:
    """What one decided oneself is no news."""
    return line.decided_by == actor.name
