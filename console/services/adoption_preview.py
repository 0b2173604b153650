"""What the adoption of a policy pack changes: entries, holidays, and every deadline of an open ticket that moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

from console.domain.axis import AxisCache
from console.domain.compile import AdoptedCalendar, AdoptedPack, CompiledBook
from console.domain.fold import fold
from console.domain.policy import Pack
from console.domain.policy_text import lines
from console.services.clock_changes import ClockChange, clock_changes
from console.services.policy_adoption import Progress
from console.store import policies, queue_rows, tickets
from console.store.database import Connection

_BATCH = 1000
_LAST = 1 << 62


class EntryChange(NamedTuple):
    """An entry of the pack, in words before and after; none where it is not there."""

    part: str
    entry: str
    before: str | None
    after: str | None


class HolidayChange(NamedTuple):
    """The days on which a calendar is closed now, and those on which it is no more."""

    calendar: str
    added: tuple[date, ...]
    removed: tuple[date, ...]


class Move(NamedTuple):
    """A clock of an open ticket that the adoption moves."""

    number: str
    clock: ClockChange


@dataclass(frozen=True, slots=True)
class AdoptionPreview:
    """What would be otherwise at `at` (microseconds UTC) if the pack were adopted then.

    `in_force`: the very same is adopted already. `moves` are the first, by the deadline of before; `moved` counts all
    clocks that move, `moved_tickets` their tickets and `breached` the clocks that would be breached at once.
    """

    pack: str
    at: int
    in_force: bool
    entries: tuple[EntryChange, ...]
    holidays: tuple[HolidayChange, ...]
    tickets: int
    moved_tickets: int
    moved: int
    breached: int
    moves: tuple[Move, ...]


class _Count:
    """Counts the moves that pass through."""

    def __init__(self) -> None:
        self.tickets = self.moved_tickets = self.moved = self.breached = 0


def newest_pack(conn: Connection, code: str) -> Pack | None:
    """The pack as it was adopted last, its calendars with the dates that they got then; none when it never was."""
    mine = [each for each in policies.adoptions(conn) if each.pack.code == code]
    if not mine:
        return None
    newest = mine[-1]
    dated = tuple(
        entry.model_copy(update={"hours": newest.calendars[entry.code].calendar, "holidays_of": ()})
        if entry.code in newest.calendars
        else entry
        for entry in newest.pack.calendars
    )
    return newest.pack.model_copy(update={"calendars": dated})


def preview(
    conn: Connection, pack: Pack, data: bytes, at: int, limit: int, on_progress: Progress = lambda done, total: None
) -> AdoptionPreview:
    """What an adoption of `pack`, read from the TOML `data`, at `at` changes; `at` is not before the latest adoption.

    Open tickets are folded with the policy of now and with that of then: what comes out is what will be stored.
    """
    before = newest_pack(conn, pack.code)
    if policies.is_in_force(conn, pack, data):
        return AdoptionPreview(pack.code, at, True, (), (), 0, 0, 0, 0, ())
    count = _Count()
    moves = nsmallest(
        limit, _moves(conn, pack, at, count, on_progress), key=lambda move: (move.clock.before_due or _LAST, *move[:1])
    )
    return AdoptionPreview(
        pack=pack.code,
        at=at,
        in_force=False,
        entries=() if before is None else tuple(_entries(before, pack)),
        holidays=() if before is None else tuple(_holidays(before, pack)),
        tickets=count.tickets,
        moved_tickets=count.moved_tickets,
        moved=count.moved,
        breached=count.breached,
        moves=tuple(moves),
    )


def _moves(conn: Connection, pack: Pack, at: int, count: _Count, on_progress: Progress) -> Iterator[Move]:
    adopted, axes = policies.adoptions(conn), AxisCache()
    # No stored revision has these numbers: no promise may be taken for one of another adoption.
    calendars = {
        entry.code: AdoptedCalendar(-number, entry.hours) for number, entry in enumerate(pack.calendars, start=1)
    }
    books = (
        CompiledBook(adopted, axes),
        CompiledBook([*adopted, AdoptedPack(pack, -1, at, calendars)], axes),
    )
    same_default = books[0].default_pack() == books[1].default_pack()
    found = queue_rows.open_tickets(conn, pack.code if same_default else None)
    count.tickets = len(found)
    for begin in range(0, len(found), _BATCH):
        numbers = dict(found[begin : begin + _BATCH])
        for ticket_id, facts in tickets.facts_of(conn, list(numbers)).items():
            moment = max([at, min(fact.at for fact in facts)])
            was, becomes = (fold(facts, book, moment) for book in books)
            moved = [line for line in clock_changes(was.clocks, becomes.clocks) if line.changes]
            count.moved += len(moved)
            count.moved_tickets += bool(moved)
            count.breached += sum(line.breached_at_once for line in moved)
            yield from (Move(numbers[ticket_id], line) for line in moved)
        on_progress(min(begin + _BATCH, len(found)), len(found))


def _entries(before: Pack, after: Pack) -> Iterator[EntryChange]:
    """What the entries say otherwise, but for the dates of calendars, which are told apart."""
    was = {(line.part, line.entry): line.says for line in lines(_without_dates(before), "en")}
    becomes = {(line.part, line.entry): line.says for line in lines(_without_dates(after), "en")}
    for key in dict.fromkeys((*was, *becomes)):
        if was.get(key) != becomes.get(key):
            yield EntryChange(*key, was.get(key), becomes.get(key))


def _without_dates(pack: Pack) -> Pack:
    bare = tuple(
        entry.model_copy(update={"hours": entry.hours.model_copy(update={"holidays": ()})}) for entry in pack.calendars
    )
    return pack.model_copy(update={"calendars": bare})


def _holidays(before: Pack, after: Pack) -> Iterator[HolidayChange]:
    was = {entry.code: set(entry.hours.holidays) for entry in before.calendars}
    for entry in after.calendars:
        old, new = was.get(entry.code, set()), set(entry.hours.holidays)
        if old != new:
            yield HolidayChange(entry.code, tuple(sorted(new - old)), tuple(sorted(old - new)))
