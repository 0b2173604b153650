"""Shifts of the last weeks on a made-up desk: three managers in turn, taken and handed over at 06, 14 and 22 UTC.

What a take-over and a handover keep of the desk is counted over its tickets as they stand when it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle
from random import Random
from typing import NamedTuple

from console.domain.decisions import Actor
from console.domain.instants import HOUR, MINUTE
from console.services.generating.people import MANAGERS
from console.services.shifts import ShiftService
from console.services.standing import BookOf
from console.store import people
from console.store.database import Connection
from console.time_source import FixedTime

LENGTH = 8 * HOUR
_FIRST = 6 * HOUR  # after midnight UTC
_ROLE = "shift_manager"
_CREW = 6
_TAKEN = ("Quiet so far.", "Two escalations to look at first.", "The mail outage is over.", "", "All quiet.")
_HANDED = (
    "Nothing is burning; look at what is due before noon.",
    "Two customers wait for a call.",
    "The parked ones were gone through.",
    "Overdue ones have their owners; the migration group is short of one.",
)


def manager_at(at: int) -> str:
    """Who is on duty at an instant (microseconds UTC): each keeps a shift of the day for a week."""
    number = (at - _FIRST) // LENGTH
    return MANAGERS[(number % 3 + number // 21) % len(MANAGERS)]


def begun(at: int) -> int:
    """When the shift of that instant began."""
    return (at - _FIRST) // LENGTH * LENGTH + _FIRST


class ShiftChange(NamedTuple):
    """`taken` and `handed` in microseconds UTC; `to` is who comes next."""

    actor: Actor
    taken: int
    handed: int
    to: str
    words: str
    handed_words: str


class PastShifts:
    """The same seed and now give the same shifts; the last one is handed over to `to`, who sits at the desk."""

    def __init__(self, book_of: BookOf, now: int, seed: int, to: str) -> None:
        self._book_of = book_of
        self._now = now
        self._seed = seed
        self._to = to

    def changes(self, span: int) -> Iterator[ShiftChange]:
        """Shifts that ended within `span` microseconds before now, the oldest first."""
        rng = Random(f"shifts {self._seed}")
        said = zip(cycle(_TAKEN), cycle(_HANDED), strict=False)
        begin, last = begun(self._now - span), begun(self._now)
        while begin < last:
            end = begin + LENGTH
            taken = begin + rng.randrange(3, 9) * MINUTE
            handed = min(end + rng.randrange(-4, 3) * MINUTE, self._now - MINUTE)
            to = self._to if end == last else manager_at(end)
            words, handed_words = next(said)
            yield ShiftChange(Actor(manager_at(begin), _ROLE), taken, handed, to, words, handed_words)
            begin = end

    def take(self, conn: Connection, change: ShiftChange) -> None:
        """Taken over, with some of those who own tickets."""
        self._service(change.taken).take(conn, change.actor, self.crew(conn, change.taken), change.words)

    def crew(self, conn: Connection, at: int) -> Sequence[int]:
        """Who works on the shift of that instant: ids of some who own tickets."""
        known = sorted(people.owners(conn))
        return sorted(Random(f"crew {self._seed} {begun(at)}").sample(known, min(_CREW, len(known))))

    def hand_over(self, conn: Connection, change: ShiftChange) -> None:
        """Handed over to who comes next."""
        if change.to != change.actor.name:
            service = self._service(change.handed)
            service.hand_over(conn, change.actor, change.to, change.handed_words, seen=None)

    def _service(self, at: int) -> ShiftService:
        return ShiftService(self._book_of, FixedTime(at))
